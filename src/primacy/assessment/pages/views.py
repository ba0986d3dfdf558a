"""What the leadership says of a finding: the answer to the form on the page of the benchmark."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.assessment import pages, services
from primacy.assessment.forms import PassOnView, ViewOfLeadership
from primacy.assessment.pages.benchmark import benchmark_page


@require_POST
@require("assessment.view")
def view(request: SignedIn, benchmark_id: str) -> HttpResponse:
    """Keep a view, or the reason for passing on it, and show what was computed."""
    passes = "passed" in request.POST
    form = PassOnView(request.POST) if passes else ViewOfLeadership(request.POST)
    shown = pages.must_be_shown(request)
    if not form.is_valid():
        typed = {"passing": form} if isinstance(form, PassOnView) else {"form": form}
        return benchmark_page(request, benchmark_id, **typed)
    try:
        services.give_view(
            by=request.user, assessment_id=shown.id, benchmark_id=benchmark_id,
            status="" if passes else form.cleaned_data["status"], reason=form.cleaned_data["reason"],
        )  # fmt: skip
    except LookupError as error:
        raise Http404 from error
    except ValueError:
        messages.error(request, _("A view cannot be given on this benchmark now."))
    else:
        messages.success(request, _("Your reason is kept.") if passes else _("Your view is kept and signed."))
    keep = f"?assessment={shown.id}" if "assessment" in request.GET else ""
    return redirect(reverse("assessment:benchmark", args=[benchmark_id]) + keep)
