"""People by sex and age: what can be put together, and what cannot."""

import pytest

from primacy.places.living import Group, Living

FIGURES = {
    "age=0-4;sex=f": 1.0, "age=5-14;sex=f": 2.0, "age=15-24;sex=f": 4.0, "age=25-64;sex=f": 8.0, "age=65+;sex=f": 16.0,
    "age=0-14;sex=f": 3.0, "age=0-4;sex=m": 32.0, "sex=m": 64.0, "status=displaced": 5.0,
}  # fmt: skip
CASES = [
    ("as published", "age=0-4;sex=f", 1.0),
    ("age groups one after the other", "age=0-24;sex=f", 7.0),
    ("all ages together", "sex=f", 31.0),
    ("women and men", "", 95.0),
    ("girls and boys", "age=0-4", 33.0),
    ("boys above four are not published", "age=0-14", None),
    ("a range that cuts a group", "age=15-29;sex=f", None),
    ("an open range", "age=25+;sex=f", 24.0),
    ("what is no age", "age=adult;sex=f", None),
    ("another group is found only as published", "status=displaced", 5.0),
    ("and is not put together from everybody", "sex=f;status=displaced", None),
]


@pytest.mark.parametrize(("shows", "group", "persons"), CASES, ids=[case[0] for case in CASES])
def test_persons(shows: str, group: str, persons: float | None) -> None:
    living = Living(("XX1", each, 2015, count) for each, count in FIGURES.items())
    assert living.persons("XX1", Group.of(group)) == persons


YEARS = [(None, 3.0), (2011, 1.0), (2012, 2.0), (2013, 2.0), (2017, 3.0), (1990, 1.0), (2099, 3.0)]


@pytest.mark.parametrize(("year", "persons"), YEARS)
def test_the_nearest_year_counts_and_of_two_the_later(year: int | None, persons: float) -> None:
    living = Living([("XX1", "", 2010, 1.0), ("XX1", "", 2014, 2.0), ("XX1", "", 2020, 3.0)])
    assert living.persons("XX1", Group(), year) == persons


def test_a_sum_never_mixes_years() -> None:
    living = Living([("XX1", "sex=f", 2010, 1.0), ("XX1", "sex=m", 2015, 2.0)])
    assert living.persons("XX1", Group()) is None


def test_a_group_is_written_in_one_way() -> None:
    assert str(Group.of("sex=f;age=0-4")) == "age=0-4;sex=f"
    assert str(Group.of("status=displaced;sex=f")) == "sex=f;status=displaced"
    assert str(Group.of("")) == ""
