"""Comparisons of any two assessments for scripts."""

from django.http import HttpResponse
from ninja import Query, Router

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.assessment import queries
from primacy.assessment.api.asking import AssessmentId, GivenId, found, language, named
from primacy.assessment.api.runs import ACCEPTED, SELDOM, begun
from primacy.assessment.api.shapes import Begun, Comparison
from primacy.assessment.over_time.changes import Change
from primacy.assessment.over_time.changes_listed import as_tree
from primacy.assessment.queries.telling import told_to
from primacy.assessment.tasks import explain_changes
from primacy.assessment.told.sentences import say
from primacy.assessment.told.telling import Told
from primacy.jobs.services import enqueue
from primacy.ui.questions import Spoken, Tree, answer
from primacy.ui.refusals import answers

router = Router(tags=["comparisons"])


@router.get("/comparisons/{before}/{after}", response=answers(Comparison), summary="What changed, and why")
@require("assessment.read")
def compared(request: SignedIn, before: GivenId, after: AssessmentId, asked: Query[Spoken]) -> HttpResponse:
    """Every benchmark whose status or probability differs, and what each cause contributed where that was asked."""
    one, other = named(request, before), named(request, after)
    told = found(lambda: told_to(viewer=request.user, assessment_id=other))
    changes, explained = found(lambda: queries.changes_between(viewer=request.user, before_id=one, after_id=other))
    tree = as_tree(changes)
    said = {each.benchmark: _sentence(each, told) for each in changes}
    listed: Tree = {
        name: [{**each, "sentence": said[each["benchmark"]]} for each in tree[name]] for name in ("changes", "moved")
    }
    return answer({"before": one, "after": other, "explained": explained, **listed})


def _sentence(change: Change, told: Told) -> str:
    return say(change.sentence, language(), framework=told.framework, places=told.names(language()))


@router.post(
    "/comparisons/{before}/{after}", response=answers(Begun, status=ACCEPTED), summary="Look for causes",
    throttle=[SELDOM],
)  # fmt: skip
@require("assessment.run")
def explain(request: SignedIn, before: GivenId, after: AssessmentId, asked: Query[Spoken]) -> HttpResponse:
    """Look for the causes in the background. Only by a token: a session reads."""
    one, other = named(request, before), named(request, after)
    for each in (one, other):
        found(lambda id=each: queries.asking(viewer=request.user, assessment_id=id))  # type: ignore[misc]
    job = enqueue(explain_changes, kind="causes", by=request.user, assessment=other, before=one)
    return begun(str(job.pk))
