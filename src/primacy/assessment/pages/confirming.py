"""Defaults of the framework that the mission stands for: confirmed by one person with a reason, and taken back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.assessment import pages
from primacy.assessment.pages.proposing import LONGEST, SECTION
from primacy.assessment.proposing import proposals
from primacy.assessment.services import proposing
from primacy.framework import FrameworkError, Instance
from primacy.framework.entries import Measured
from primacy.framework.pages import thresholds_of


@require_http_methods(["GET", "POST"])
@require("framework.confirm")
def confirm(request: SignedIn, entry_id: str) -> HttpResponse:
    """The numbers of one entry that nobody published, each to be confirmed as it is; none is ticked beforehand."""
    overlay = Instance.here().overlay
    framework, _mission = pages.here(Instance.here())
    entry = framework.entries.get(entry_id)
    if not isinstance(entry, Measured):
        raise Http404
    given, token = proposals.confirmations(overlay, entry_id), proposals.token(overlay, entry_id)
    ticked, because, fault = set(given), "", ""
    if request.method == "POST":
        ticked, because = set(request.POST.getlist("threshold")), request.POST.get("because", "").strip()[:LONGEST]
        fault = _keep(request, entry_id, ticked, because)
        if not fault:
            return redirect("assessment:confirm-thresholds", entry_id=entry_id)
    listed = thresholds_of(framework, entry)
    context = {
        "section": SECTION, "framework": framework, "entry": entry, "token": token, "because": because, "fault": fault,
        "ticked": ticked, "given": given, "thresholds": listed,
        "left": sum(not each.confirmed for each in listed),
    }  # fmt: skip
    return render(request, "assessment/confirm.html", context, status=400 if fault else 200)


def _keep(request: SignedIn, entry_id: str, ticked: set[str], because: str) -> str:
    """What is wrong with what was sent; nothing where it was kept."""
    if not because:
        return _("Say why these numbers suit the mission; the reason is kept with your name.")
    try:
        proposing.confirm(
            by=request.user, entry=entry_id, names=ticked, because=because, opened_on=request.POST.get("token", "")
        )
    except LookupError as error:
        raise Http404 from error
    except ValueError:
        return _("Nothing was ticked or taken back.")
    except proposing.Outdated:
        return _("Somebody changed this entry since you opened the page. Read the numbers again, then confirm them.")
    except FrameworkError as error:
        return _("It cannot be kept: %(faults)s") % {"faults": error.told(get_language() or "en")}
    messages.success(request, _("Kept. It counts at once, and stands in the audit trail with your reason."))
    return ""
