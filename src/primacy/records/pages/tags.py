"""Tags of a record, and the vocabulary of the mission."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.records.forms import unfit
from primacy.records.pages.found import SECTION, the_one, the_type
from primacy.records.queries import tags as queries
from primacy.records.services import tags as services


@require_POST
@require("records.write")
def change(request: SignedIn, record_type: str, record_id: UUID) -> HttpResponse:
    """Add a tag to a record, or take one off."""
    seen = the_one(request, the_type(request, record_type), record_id, "write")
    gone, name = request.POST.get("off", ""), request.POST.get("name", "")
    try:
        if gone:
            services.untag_record(by=request.user, type_=seen.type, id=record_id, tag=_number(gone))
        elif fault := unfit(name):
            messages.error(request, fault)
        else:
            services.tag_record(by=request.user, type_=seen.type, id=record_id, name=name)
    except ValueError:
        messages.error(request, _("A tag is one or a few words, and a record has twenty at most."))
    except LookupError as error:
        raise Http404 from error
    return redirect("records:record", record_type, record_id)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


@require_http_methods(["GET", "POST"])
@require("tags.manage")
def vocabulary(request: SignedIn) -> HttpResponse:
    """The words of the mission, and others that this person sees on records: listed, named anew, put together."""
    if request.method == "POST":
        _change_vocabulary(request)
        return redirect("records:tags")
    found = list(queries.offered(viewer=request.user))
    context = {
        "section": SECTION,
        "own": [each for each in found if each.own],
        "free": [each for each in found if not each.own],
    }
    return render(request, "records/tags.html", context)


def _change_vocabulary(request: SignedIn) -> None:
    given, name = request.POST, request.POST.get("name", "")
    if name and (fault := unfit(name)):
        messages.error(request, fault)
        return
    try:
        if "drop" in given:
            services.drop_own_tag(by=request.user, tag=_number(given["drop"]))
        elif "tag" in given:
            services.rename_tag(by=request.user, tag=_number(given["tag"]), name=name)
        else:
            services.add_own_tag(by=request.user, name=name)
    except ValueError:
        messages.error(request, _("A tag is one or a few words, forty letters at most."))
    except LookupError as error:
        raise Http404 from error
    else:
        messages.success(request, _("It is kept."))
