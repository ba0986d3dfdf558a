"""The charts of a finding for scripts: as numbers, as a Vega-Lite object, as SVG and as PNG."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Literal

from django.http import Http404, HttpResponse
from ninja import P, PathEx, Query, Router
from pydantic import BaseModel, Field

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.assessment.api.asking import AssessmentId, BenchmarkId, found, language, named
from primacy.assessment.front.pictured import pictures_of
from primacy.assessment.queries.telling import mission_of, told_to
from primacy.ui.pictures import Picture, png, specification, svg
from primacy.ui.questions import Spoken, Tree, answer
from primacy.ui.refusals import answers, of_types

router = Router(tags=["charts"])
FORMS: Mapping[str, tuple[str, Callable[[dict[str, Any]], str | bytes]]] = {
    "svg": ("image/svg+xml", svg),
    "png": ("image/png", png),
}
Number = PathEx[int, P(description="Which of the charts, from 1.", example=1, ge=1, le=99)]


class LevelShown(BaseModel):
    kind: str = Field(description="baseline, other, now, needed or expected", examples=["needed"])
    value: float = Field(examples=[24.0])
    words: str


class ChartShown(BaseModel):
    """One series by month as it is drawn: `values` are null where nobody looked. Spans are places in `months`, from one
    up to, not including, another. `told` says in words what the picture shows."""

    number: int = Field(description="Its place in the address of its picture.", examples=[1])
    title: str = Field(examples=["Attacks on civilians"])
    unit: str = Field(examples=["events a month"])
    share: bool = Field(examples=[False])
    told: str
    months: list[str] = Field(examples=[["2026-05-01", "2026-06-01"]])
    values: list[float | None] = Field(examples=[[31.0, None]])
    effort: list[float | None] | None
    baseline: list[int] | None
    window: list[int] | None
    band: list[float] | None
    levels: list[LevelShown]
    incomplete_from: int | None


def _pictures(request: SignedIn, assessment_id: str, benchmark_id: str) -> tuple[Picture, ...]:
    id = named(request, assessment_id)
    told = found(lambda: told_to(viewer=request.user, assessment_id=id))
    finding = next((each for each in told.findings if each.benchmark == benchmark_id), None)
    if finding is None:
        raise Http404
    return pictures_of(finding, told.framework, mission_of(id), language(), told.names(language()))


def _shown(number: int, picture: Picture) -> Tree:
    plain = ("title", "unit", "share", "told", "months", "values", "effort", "baseline", "window", "band",
             "incomplete_from")  # fmt: skip
    levels = [{"kind": each.kind, "value": each.value, "words": each.words} for each in picture.levels]
    return {"number": number, **{name: getattr(picture, name) for name in plain}, "levels": levels}


@router.get(
    "/assessments/{assessment_id}/findings/{benchmark_id}/charts", response=answers(list[ChartShown]), summary="Charts"
)
@require("assessment.read")
def charts(
    request: SignedIn, assessment_id: AssessmentId, benchmark_id: BenchmarkId, asked: Query[Spoken]
) -> HttpResponse:
    """The series behind a finding as numbers and words, the deciding one first; none where it rests on no series."""
    pictures = _pictures(request, assessment_id, benchmark_id)
    return answer([_shown(number, each) for number, each in enumerate(pictures, 1)])


def _one(request: SignedIn, assessment_id: str, benchmark_id: str, number: int) -> Picture:
    pictures = _pictures(request, assessment_id, benchmark_id)
    if number > len(pictures):
        raise Http404
    return pictures[number - 1]


@router.get(
    "/assessments/{assessment_id}/findings/{benchmark_id}/charts/{number}.json", response=answers(dict[str, Any]),
    summary="A chart as Vega-Lite",
)  # fmt: skip
@require("assessment.read")
def chart(
    request: SignedIn, assessment_id: AssessmentId, benchmark_id: BenchmarkId, number: Number, asked: Query[Spoken]
) -> HttpResponse:
    """A chart as a Vega-Lite object with its data in it, to be drawn or changed by other tools."""
    return answer(_specified(_one(request, assessment_id, benchmark_id, number), language()))


@router.get(
    "/assessments/{assessment_id}/findings/{benchmark_id}/charts/{number}.{form}", response=answers(None),
    summary="A chart as a picture",
    openapi_extra=of_types({"image/svg+xml": {"type": "string"}, "image/png": {"type": "string", "format": "binary"}}),
)  # fmt: skip
@require("assessment.read")
def picture(
    request: SignedIn, assessment_id: AssessmentId, benchmark_id: BenchmarkId, number: Number,
    form: PathEx[Literal["svg", "png"], P(description="The form of the picture.", example="svg")], asked: Query[Spoken],
) -> HttpResponse:  # fmt: skip
    """A chart as SVG for screens or PNG for papers, with what it shows in words as its description."""
    drawn = _drawn(_one(request, assessment_id, benchmark_id, number), language(), form)
    return HttpResponse(drawn, content_type=FORMS[form][0])


@lru_cache(maxsize=200)
def _specified(picture: Picture, language: str) -> dict[str, Any]:
    return specification(picture, language)


@lru_cache(maxsize=200)
def _drawn(picture: Picture, language: str, form: str) -> str | bytes:
    return FORMS[form][1](_specified(picture, language))
