"""Findings for scripts: as they are judged, and explained in full."""

from django.http import Http404, HttpResponse
from ninja import Query, Router
from pydantic import Field

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.assessment.api.asking import AssessmentId, BenchmarkId, EntryId, found, language, named
from primacy.assessment.api.shapes import Explanation, FindingInFull, FindingShown
from primacy.assessment.queries.telling import told_to
from primacy.assessment.told.telling import Told, explanation, watch_told
from primacy.ui.questions import NotGiven, Spoken, answer
from primacy.ui.refusals import answers

router = Router(tags=["findings"])


class FindingsAsked(Spoken):
    status: str | NotGiven = Field(
        None, max_length=40, description="Findings of this status alone (in English).", examples=["met"]
    )
    output: str | NotGiven = Field(None, max_length=16, description="Findings of this output alone.", examples=["O2"])


def told_of(request: SignedIn, assessment_id: str) -> Told:
    return found(lambda: told_to(viewer=request.user, assessment_id=named(request, assessment_id)))


@router.get("/assessments/{assessment_id}/findings", response=answers(list[FindingShown]), summary="Findings")
@require("assessment.read")
def findings(request: SignedIn, assessment_id: AssessmentId, asked: Query[FindingsAsked]) -> HttpResponse:
    """The findings of an assessment, in the order of the framework."""
    told = told_of(request, assessment_id)
    return answer([
        told.contract(each, language())
        for each in told.findings
        if asked.status in (None, each.status) and asked.output in (None, each.benchmark.split(".")[0])
    ])  # fmt: skip


@router.get(
    "/assessments/{assessment_id}/findings/{benchmark_id}", response=answers(FindingInFull), summary="One finding"
)
@require("assessment.read")
def finding(
    request: SignedIn, assessment_id: AssessmentId, benchmark_id: BenchmarkId, asked: Query[Spoken]
) -> HttpResponse:
    """One finding with what to look at together with it."""
    told = told_of(request, assessment_id)
    if benchmark_id not in {each.benchmark for each in told.findings}:
        raise Http404
    return answer(told.finding_object(benchmark_id, language()))


@router.get(
    "/assessments/{assessment_id}/explanations/{entry_id}", response=answers(Explanation), summary="An explanation"
)
@require("assessment.read")
def explained(request: SignedIn, assessment_id: AssessmentId, entry_id: EntryId, asked: Query[Spoken]) -> HttpResponse:
    """A finding, risk or trade-off told in full in a language: what `primacy explain` prints."""
    told = told_of(request, assessment_id)
    if entry_id in {each.benchmark for each in told.findings}:
        lines, paragraph = explanation(told, entry_id, language()), told.finding_object(entry_id, language())
        return answer({
            "id": entry_id, "title": paragraph["title"], "paragraph": paragraph["paragraph"], "lines": list(lines),
        })  # fmt: skip
    if entry_id in {each.entry for each in told.watches}:
        title = told.watch_object(entry_id, language())["title"]
        lines = watch_told(told, entry_id, language())
        return answer({"id": entry_id, "title": title, "paragraph": None, "lines": list(lines)})
    raise Http404
