"""Stored assessments: the list with what each is for, running one, one of them with what can be done with it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.assessment import queries
from primacy.assessment.forms import NewAssessment
from primacy.assessment.inputs import FULL
from primacy.assessment.packages.signing import fingerprint, public_of
from primacy.assessment.queries import StoredAssessment
from primacy.assessment.queries.signed_off import sign_offs
from primacy.assessment.services import signing_off
from primacy.assessment.tasks import run_assessment
from primacy.assessment.views import VIEW_DUE
from primacy.framework import Instance
from primacy.framework.grammar import STATUSES
from primacy.jobs.services import enqueue

SECTION = "assessments"


@require_http_methods(["GET", "POST"])
@require("assessment.read")
def assessments(request: SignedIn) -> HttpResponseBase:
    """Every stored assessment, newest first, and the form that runs a new one."""
    if request.method == "POST":
        return _run(request)
    return _listed(request, NewAssessment())


@require("assessment.run")
def _run(request: SignedIn) -> HttpResponse:
    form = NewAssessment(request.POST)
    if not form.is_valid():
        return _listed(request, form)
    job = enqueue(run_assessment, kind="assessment", by=request.user, **form.arguments())
    return redirect("jobs:job", job_id=job.pk)


def _listed(request: SignedIn, form: NewAssessment) -> HttpResponse:
    listed, public = queries.assessments(viewer=request.user), public_of(Instance.here().signing_key)
    context = {
        "section": SECTION, "stored": listed, "form": form, "statuses": (*STATUSES, VIEW_DUE), "full": FULL,
        "share": queries.share(viewer=request.user), "fingerprint": fingerprint(public) if public else "",
    }  # fmt: skip
    return render(request, "assessment/assessments.html", context)


def one(request: SignedIn, assessment_id: str) -> StoredAssessment:
    """The assessment that an address names; 404 where it is not there for this reader."""
    for each in queries.assessments(viewer=request.user):
        if each.id == assessment_id:
            return each
    raise Http404


@require_safe
@require("assessment.read")
def stored(request: SignedIn, assessment_id: str) -> HttpResponse:
    """One assessment: what it is for, who answers for it, and what can be done with it."""
    shown = one(request, assessment_id)
    others = [each for each in queries.assessments(viewer=request.user) if each.id != shown.id]
    signed = sign_offs(viewer=request.user, assessment_id=shown.id)
    context = {
        "section": SECTION, "shown": shown, "others": others, "full": FULL, "statuses": (*STATUSES, VIEW_DUE),
        "sign_offs": signed, "signed_by_me": any(each.by == request.user.username for each in signed),
        "asking": queries.asking(viewer=request.user, assessment_id=shown.id),
    }  # fmt: skip
    return render(request, "assessment/stored.html", context)


@require_POST
@require("assessment.sign-off")
def sign_off(request: SignedIn, assessment_id: str) -> HttpResponse:
    """Sign an assessment off, once one's own views are given."""
    shown = one(request, assessment_id)
    try:
        signing_off.sign_off(by=request.user, assessment_id=shown.id)
    except LookupError as error:
        raise Http404 from error
    except ValueError:
        messages.error(request, _("You signed it before, or views that you owe come first."))
    else:
        messages.success(request, _("The assessment is signed off."))
    return redirect("assessment:stored", assessment_id=shown.id)
