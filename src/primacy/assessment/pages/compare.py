"""Any two assessments side by side: what changed and why, under an address that can be passed on."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.assessment import pages, queries
from primacy.assessment.pages.stored import SECTION, one
from primacy.assessment.tasks import explain_changes
from primacy.framework import Instance
from primacy.jobs.services import enqueue
from primacy.places.at_hand import place_names


@require_http_methods(["GET", "POST"])
@require("assessment.read")
def compare(request: SignedIn) -> HttpResponseBase:
    """The choice of two, and what differs between them; a POST has the causes looked for."""
    listed = queries.assessments(viewer=request.user)
    given = request.POST if request.method == "POST" else request.GET
    before_id, after_id = given.get("before", ""), given.get("after", "")
    framework, _mission = pages.here(Instance.here())
    context: dict[str, object] = {
        "section": SECTION, "stored": listed, "framework": framework, "before_id": before_id, "after_id": after_id,
        "place_names": place_names(Instance.here().places, pages.language()),
    }  # fmt: skip
    if not (before_id and after_id):
        if len(listed) > 1:
            context |= {"before_id": listed[1].id, "after_id": listed[0].id}
        return render(request, "assessment/compare.html", context)
    before, after = one(request, before_id), one(request, after_id)
    if request.method == "POST":
        return _explain(request, before.id, after.id)
    try:
        found, explained = queries.changes_between(viewer=request.user, before_id=before.id, after_id=after.id)
    except LookupError as error:
        raise Http404 from error
    context |= {
        "before": before, "after": after, "shown": after, "keep": f"?assessment={after.id}", "explained": explained,
        "same": before.id == after.id, "changes": [each for each in found if each.of_status],
        "moved": [each for each in found if not each.of_status],
    }  # fmt: skip
    return render(request, "assessment/compare.html", context)


@require("assessment.run")
def _explain(request: SignedIn, before_id: str, after_id: str) -> HttpResponse:
    job = enqueue(explain_changes, kind="causes", by=request.user, assessment=after_id, before=before_id)
    return redirect("jobs:job", job_id=job.pk)
