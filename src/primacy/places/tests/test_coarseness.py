"""What may be shown of a place and a day, by confidentiality and viewer."""

from datetime import date

import pytest

from primacy.places.areas import Area, Areas
from primacy.places.coarseness import SPANS, Coarseness, coarseness

AREAS = Areas(
    [
        Area(code, level, code[:-1] if level else "", {"en": code})
        for level, code in enumerate(["X", "X1", "X11", "X112"])
    ]
)
CASES = [
    # what it shows                                          confidentiality, details, kind -> area of X112, first day
    ("open evidence is shown as it is",                      0, False, "incident",       "X112", date(2024, 5, 15)),
    ("internal: district and week",                          1, False, "incident",       "X11",  date(2024, 5, 13)),
    ("strictly confidential: district and week",             3, False, "incident",       "X11",  date(2024, 5, 13)),
    ("a level that nobody knows counts as the highest",      9, False, "incident",       "X11",  date(2024, 5, 13)),
    ("whoever may see details sees them",                    3, True,  "incident",       "X112", date(2024, 5, 15)),
    ("sexual violence: first level and quarter",             0, False, "crsv-aggregate", "X1",   date(2024, 4, 1)),
    ("sexual violence: to those with all rights as well",    3, True,  "crsv-aggregate", "X1",   date(2024, 4, 1)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("shows", "confidentiality", "details", "kind", "area", "first"), CASES, ids=[case[0] for case in CASES]
)
def test_area_and_day(shows: str, confidentiality: int, details: bool, kind: str, area: str, first: date) -> None:
    rule = coarseness(confidentiality, details=details, kind=kind)
    assert rule.area("X112", AREAS) == area
    assert rule.days(date(2024, 5, 15), date(2024, 5, 15))[0] == first
    assert (rule.point(1.0, 2.0) is None) == (area != "X112")


UNKNOWN = [
    ("a code of an older edition gives the country", AREAS, "X119", 3, "X"),
    ("also without a level",                         AREAS, "X119", None, "X"),
    ("coarse enough by its level",                   AREAS, "OLD1", 1, "OLD1"),
    ("the country where no boundaries are here",     Areas(), "XXX", 0, "XXX"),
    ("a district's ward where no boundaries are here", Areas(), "X112", 3, ""),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "areas", "code", "level", "area"), UNKNOWN, ids=[case[0] for case in UNKNOWN])
def test_codes_that_are_not_among_the_areas(shows: str, areas: Areas, code: str, level: int | None, area: str) -> None:
    assert coarseness(2, details=False).area(code, areas, level=level) == area
    assert coarseness(0, details=False).area(code, areas, level=level) == code


def test_a_period_keeps_its_length_in_whole_weeks_and_quarters() -> None:
    first, last = date(2024, 12, 30), date(2025, 1, 9)
    assert Coarseness(span="week").days(first, last) == (date(2024, 12, 30), date(2025, 1, 12))
    assert Coarseness(span="quarter").days(first, last) == (date(2024, 10, 1), date(2025, 3, 31))
    assert Coarseness().days(first, last) == (first, last)


def test_more_confidential_is_never_finer_and_details_are_never_coarser() -> None:
    for kind in ("incident", "crsv-aggregate", ""):
        rules = [coarseness(level, details=False, kind=kind) for level in range(4)]
        assert [each.level for each in rules] == sorted((each.level for each in rules), reverse=True)
        assert [SPANS.index(each.span) for each in rules] == sorted(SPANS.index(each.span) for each in rules)
        assert all(coarseness(n, details=True, kind=kind).level >= rules[n].level for n in range(4))
