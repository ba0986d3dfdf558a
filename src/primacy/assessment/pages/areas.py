"""One area: its names and people, what is known of it, and how the findings stand there."""

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from primacy.access.queries import SignedIn
from primacy.access.requiring import may, require
from primacy.access.services import record
from primacy.assessment import queries
from primacy.assessment.pages import WORST_FIRST, here, language
from primacy.evidence.queries import explored
from primacy.evidence.shown.exploring import Question
from primacy.framework import Instance
from primacy.framework.queries import today
from primacy.places.areas import Areas
from primacy.places.at_hand import areas_of, place_names
from primacy.places.coarseness import DISTRICT_AND_WEEK

A_YEAR = timedelta(days=365)
GROUPS = ("", "sex=f", "sex=m")


@require_safe
@require("place.read")
def area(request: SignedIn, area_code: str) -> HttpResponse:
    """What is known of an area in the last year by kind, and the benchmarks that are judged there, worst first.

    Evidence is counted as coarsely as the viewer may see it: nothing below a district for who may not see details.
    """
    instance = Instance.here()
    areas = areas_of(instance.places)
    found = areas.area(area_code)
    if found is None:
        raise Http404
    framework, _mission = here(instance)
    shown = queries.latest(viewer=request.user)
    findings = queries.findings(viewer=request.user, assessment_id=shown.id) if shown else []
    there = [
        (each.benchmark, part, each.areas_of) for each in findings for part in each.areas if part.area == area_code
    ]  # fmt: skip
    since = (shown.as_of if shown else today()) - A_YEAR
    known = explored(viewer=request.user, question=Question(area=area_code, since=since), by="kind").sums.by_key()
    record(request.user, "looked at evidence", f"area {area_code}")
    above = [a for each, a, _level in areas.closure() if each == area_code != a]
    context = {
        "section": "places", "shown": shown, "keep": "", "framework": framework, "areas": areas, "area": found,
        "place_names": place_names(instance.places, language()), "name": areas.name(area_code, language()),
        "trail": _named(above[::-1], areas),
        "inside": sorted(_named(areas.children(area_code), areas), key=lambda each: each[1]),
        "people": [(group, number) for group in GROUPS if (number := areas.population(area_code, group)) is not None],
        "years": areas.population_years(area_code), "disputed": area_code in areas.disputed(), "since": since,
        "former": areas.former_inside(area_code),
        "known": sorted(known.items(), key=lambda each: -each[1][0]),
        "there": sorted(there, key=lambda each: WORST_FIRST.index(each[1].status)),
        "coarse": found.level > DISTRICT_AND_WEEK.level and not may(request.user, "evidence.detail"),
    }  # fmt: skip
    return render(request, "assessment/area.html", context)


def _named(codes: list[str], areas: Areas) -> list[tuple[str, str]]:
    return [(each, areas.name(each, language())) for each in codes]
