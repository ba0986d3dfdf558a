"""One benchmark: the answer first, then everything that it rests on; and its areas on a map that can be enlarged."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from shapely.geometry import mapping

from primacy.access.queries import SignedIn
from primacy.access.requiring import may, require
from primacy.assessment import pages, queries
from primacy.assessment.finding import AreaFinding, Finding, Watch
from primacy.assessment.forms import PassOnView, ViewOfLeadership
from primacy.assessment.front.drawn import Drawn, drawn_all, in_areas
from primacy.assessment.pages import WORST_FIRST, _context, finding_of, here, language, must_be_shown
from primacy.assessment.queries import StoredAssessment
from primacy.assessment.told import consequences
from primacy.assessment.views import STATUSES as STATUSES_OF_VIEWS
from primacy.framework import Framework, Instance, Mission
from primacy.framework.entries import Activity, Benchmark
from primacy.places.at_hand import areas_of
from primacy.ui import marks

DECIMALS = 4  # of a degree: some ten metres, far finer than a simplified boundary


@require_safe
@require("assessment.read")
def benchmark(request: SignedIn, benchmark_id: str) -> HttpResponse:
    """One benchmark: the finding, its reasons, what holds it back, and the way to the evidence."""
    return benchmark_page(request, benchmark_id)


def benchmark_page(
    request: SignedIn, benchmark_id: str, form: ViewOfLeadership | None = None, passing: PassOnView | None = None
) -> HttpResponse:
    """The page with what somebody of the leadership typed, where it must be corrected."""
    shown = must_be_shown(request)
    instance = Instance.here()
    framework, mission = here(instance)
    findings = pages._findings(request, shown)
    finding = next((each for each in findings if each.benchmark == benchmark_id), None)
    definition = framework.benchmarks.get(benchmark_id)
    if benchmark_id in framework.retired:
        return redirect("framework:entry", benchmark_id)  # which says who set it aside, and why
    if finding is None or definition is None:
        raise Http404
    people = queries.people(viewer=request.user, assessment_id=shown.id, benchmark_id=benchmark_id)
    context = _context(
        request, shown, framework=framework, finding=finding, benchmark=definition,
        output=next(each for each in framework.outputs if each.id == definition.output),
        due=(mission.horizon(benchmark_id, definition.horizon) or (None, None))[1],
        thresholds=[(name, each, framework.is_published(each), framework.is_confirmed(each))
                    for name, each in definition.thresholds.items()],
        people=consequences.told(people), answers=_answers(definition, people),
        history=finding.history[::-1], areas=_worst_first(finding), outlines=outlines(instance, finding),
        disputed=areas_of(instance.places).disputed(mission.disputed),
        beside=_beside(definition, findings), detail=may(request.user, "evidence.read"),
        asking=queries.asking(viewer=request.user, assessment_id=shown.id), form=form or ViewOfLeadership(),
        passing=passing or PassOnView(), answerable=finding.status in STATUSES_OF_VIEWS,
        learnt_here=queries.learnt_here(viewer=request.user, assessment_id=shown.id),
        views=queries.views(viewer=request.user, assessment_id=shown.id, benchmark_id=benchmark_id),
        **_pictures(instance, shown, finding, framework, mission), **_related(request, shown, framework, benchmark_id),
    )  # fmt: skip
    return render(request, "assessment/benchmark.html", context)


def _pictures(
    instance: Instance, shown: StoredAssessment, finding: Finding, framework: Framework, mission: Mission
) -> dict[str, Any]:
    """The deciding series, those beside it, and those that only say whether something exists."""
    found: list[Drawn] = drawn_all(instance, shown.id, finding, framework, mission, language())
    charts = [each for each in found if not each.picture.yes_no]
    # whoever owes a view is not told by which condition areas are judged: the first series told by area stands
    told = next(
        (
            each.picture
            for each in found
            if (each.picture.series in finding.areas_of if finding.areas_of else each.picture.areas)
        ),
        None,
    )
    return {
        "lead": charts[0] if charts else None,
        "area_series": told,
        "by_area": told and in_areas(told, [each.area for each in _worst_first(finding)], language()),
        "statuses": {each.area: each.status for each in finding.areas},
        "more_charts": charts[1:],
        "yes_no": [each for each in found if each.picture.yes_no],
    }


def _related(request: SignedIn, shown: StoredAssessment, framework: Framework, benchmark_id: str) -> dict[str, Any]:
    """What the mission does for a benchmark, what threatens it, and which choices bear on it, as they stand."""
    watches = {each.entry: each for each in pages._watches(request, shown)}

    def watched(entries: Mapping[str, Any]) -> list[Watch]:
        return [watches[id] for id, each in entries.items() if benchmark_id in each.benchmarks and id in watches]

    activities: list[Activity] = [each for each in framework.activities.values() if benchmark_id in each.benchmarks]
    return {"activities": activities, "risks": watched(framework.risks), "choices": watched(framework.trade_offs)}


def _answers(definition: Benchmark, people: consequences.Consequences) -> list[tuple[str, list[consequences.Answer]]]:
    """(indicator, what each group answered), for those questions of which groups are known."""
    found: list[tuple[str, list[consequences.Answer]]] = []
    for id, indicator in definition.indicators.items():
        asked = indicator.where.get("category")
        answers = [each for each in people.answers if each.category == asked]
        if answers and all(answers != known for _id, known in found):
            found.append((id, answers))
    return found


def _worst_first(finding: Finding) -> list[AreaFinding]:
    return sorted(finding.areas, key=lambda each: WORST_FIRST.index(each.status))


def outlines(instance: Instance, finding: Finding) -> list[tuple[str, str, Any]]:
    """Outlines of the level at which the finding speaks of areas, with names in the reader's language."""
    if not finding.areas:
        return []
    areas = areas_of(instance.places)
    levels = [level for each in finding.areas if (level := areas.level_of(each.area)) is not None]
    return areas.outline(max(levels), language()) if levels else []


def _beside(definition: Benchmark, findings: Sequence[Finding]) -> list[tuple[str, Finding | None]]:
    """What to look at together: benchmarks as they stand, and other subjects, which are only named."""
    found = {each.benchmark: each for each in findings}
    return [(each, found.get(each)) for each in definition.beside]


def _drawn_areas(
    request: SignedIn, shown: StoredAssessment, benchmark_id: str
) -> tuple[Framework, Finding, list[tuple[str, str, Any]], set[str]]:
    """The framework, a finding that speaks of areas, their outlines, and which are disputed. Raises Http404 without."""
    instance = Instance.here()
    framework, mission = here(instance)
    finding = finding_of(request, shown, benchmark_id, framework)
    found = outlines(instance, finding)
    if not found:
        raise Http404
    return framework, finding, found, areas_of(instance.places).disputed(mission.disputed)


@require_safe
@require("assessment.read")
def area_map(request: SignedIn, benchmark_id: str) -> HttpResponse:
    """The areas of a finding, large: drawn by the server, and enlarged by a script where there is one."""
    shown = must_be_shown(request)
    framework, finding, found, disputed = _drawn_areas(request, shown, benchmark_id)
    definition = framework.benchmarks[benchmark_id]
    context = _context(
        request, shown, framework=framework, finding=finding, benchmark=definition, outlines=found,
        areas=_worst_first(finding), disputed=disputed,
        output=next(each for each in framework.outputs if each.id == definition.output),
    )  # fmt: skip
    return render(request, "assessment/map.html", context)


@require_safe
@require("assessment.read")
def area_outlines(request: SignedIn, benchmark_id: str) -> JsonResponse:
    """The same areas as GeoJSON for the script: name, status in words, and the class of its filling; nothing else."""
    _framework, finding, found, disputed = _drawn_areas(request, must_be_shown(request), benchmark_id)
    status = {each.area: each.status for each in finding.areas}
    features = [
        {
            "type": "Feature",
            "properties": {
                "name": name,
                "words": marks.word(status[code]) if code in status else "",
                "filling": marks.style_class(status[code]) if code in status else "unknown",
                "disputed": code in disputed,
            },
            "geometry": _rounded(mapping(shape)),
        }
        for code, name, shape in found
        if not shape.is_empty
    ]
    return JsonResponse({"type": "FeatureCollection", "features": features})


def _rounded(geometry: Any) -> Any:
    """A geometry, or any part of one, with no more decimals than it means."""
    if isinstance(geometry, float):
        return round(geometry, DECIMALS)
    if isinstance(geometry, Mapping):
        return {name: _rounded(part) for name, part in geometry.items()}
    return [_rounded(part) for part in geometry] if isinstance(geometry, list | tuple) else geometry
