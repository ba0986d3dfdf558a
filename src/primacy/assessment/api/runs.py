"""Assessments for scripts: the list, one in full, and starting another."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Query, Router

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.assessment import queries
from primacy.assessment.api.asking import AssessmentId, found, language, named
from primacy.assessment.api.shapes import AssessmentShown, Begun, Listed, Run
from primacy.assessment.forms import NewAssessment
from primacy.assessment.queries import StoredAssessment
from primacy.assessment.queries.telling import told_to
from primacy.assessment.tasks import run_assessment
from primacy.jobs.services import enqueue
from primacy.ui.questions import Spoken, Tree, answer
from primacy.ui.refusals import INVALID, Fault, Refused, answers
from primacy.ui.throttling import PerPerson

router = Router(tags=["assessments"])
ACCEPTED = 202
SELDOM = PerPerson("6/m", "runs")


def _listed(stored: StoredAssessment) -> Tree:
    return {
        "id": stored.id, "as_of": stored.as_of.isoformat(), "known": stored.known.isoformat(),
        "created": stored.created.isoformat(), "created_by": stored.created_by, "code": stored.code,
        "framework": stored.framework_hash, "evidence": stored.evidence_hash, "purpose": stored.purpose,
        "level": stored.level, "signed": stored.signed is not None, "counts": stored.counts,
    }  # fmt: skip


@router.get("/assessments", response=answers(list[Listed]), summary="Assessments")
@require("assessment.read")
def assessments(request: SignedIn, asked: Query[Spoken]) -> HttpResponse:
    """Every stored assessment, the newest first."""
    return answer([_listed(each) for each in queries.assessments(viewer=request.user)])


@router.post(
    "/assessments", response=answers(Begun, status=ACCEPTED), summary="Run an assessment", throttle=[SELDOM],
)  # fmt: skip
@require("assessment.run")
def run(request: SignedIn, given: Run, asked: Query[Spoken]) -> HttpResponse:
    """Begin a run in the background. Only by a token: a session reads."""
    form = NewAssessment({"as_of": given.as_of, "known": given.known, "purpose": given.purpose})
    if not form.is_valid():
        raise Refused(INVALID, *_faults(form))
    job = enqueue(run_assessment, kind="assessment", by=request.user, **form.arguments())
    return begun(str(job.pk))


def _faults(form: NewAssessment) -> Iterator[Fault]:
    for name, listed in form.errors.items():
        for what in listed:
            yield Fault(what=str(what), where=f"body/{name}", do=_("See the description of this address."))


def begun(job_id: str) -> HttpResponse:
    """Where to ask how far a job is."""
    response = answer({"job": job_id}, status=ACCEPTED)
    response["Location"] = reverse("api:job", args=[job_id])
    return response


@router.get("/assessments/{assessment_id}", response=answers(AssessmentShown), summary="One assessment")
@require("assessment.read")
def assessment(request: SignedIn, assessment_id: AssessmentId, asked: Query[Spoken]) -> HttpResponse:
    """One assessment with all of its findings, risks and trade-offs: what `primacy assess --json` prints."""
    told = found(lambda: told_to(viewer=request.user, assessment_id=named(request, assessment_id)))
    return answer(told.assessment_object(language()))
