"""What a finding meant for people: never more than a source said, and no group so small that it names somebody."""

from datetime import date

import pytest

from primacy.assessment.told.consequences import Consequences, Harm, _told, told
from primacy.assessment.told.sentences import say_all

DAYS = date(2024, 10, 31), date(2025, 10, 31)
LINEAGES = {"d1": "events", "d2": "events", "d3": "monitors"}


def row(dataset: str, measure: str, persons: float, group: str = "", spread: float = 0.0) -> dict[str, object]:
    return {"dataset": dataset, "measure": measure, "group": group, "persons": persons,
            "low": persons - spread, "high": persons + spread}  # fmt: skip


CASES = [
    # what it shows, rows, (measure, persons, low, high, groups) of each
    ("two files of one source are summed", [row("d1", "deaths", 3), row("d2", "deaths", 4)], [("deaths", 7, None, None, ())]),
    ("two sources are not", [row("d1", "deaths", 3), row("d3", "deaths", 4)], [("deaths", 4, None, None, ())]),
    ("the source that tells of most dead is taken whole",
     [row("d1", "deaths", 9), row("d1", "civilian_deaths", 2), row("d3", "deaths", 4), row("d3", "civilian_deaths", 4)],
     [("deaths", 9, None, None, ()), ("civilian_deaths", 2, None, None, ())]),
    ("who counts the displaced and not the dead is heard on the displaced",
     [row("d1", "deaths", 9), row("d3", "displaced", 400), row("d3", "injured", 2)],
     [("deaths", 9, None, None, ()), ("displaced", 400, None, None, ())]),
    ("a source that counts both is taken whole",
     [row("d1", "deaths", 9), row("d1", "displaced", 50), row("d3", "displaced", 400)],
     [("deaths", 9, None, None, ()), ("displaced", 50, None, None, ())]),
    ("a range is kept", [row("d1", "deaths", 9, spread=2)], [("deaths", 9, 7, 11, ())]),
    ("groups of five and more are told", [row("d1", "deaths", 11), row("d1", "deaths", 5, "sex=f"), row("d1", "deaths", 6, "sex=m")],
     [("deaths", 11, None, None, (("sex=f", 5), ("sex=m", 6)))]),
    ("a smaller one would be known by subtraction too", [row("d1", "deaths", 10), row("d1", "deaths", 4, "sex=f"), row("d1", "deaths", 6, "sex=m")],
     [("deaths", 10, None, None, ())]),
    ("groups alone give the total of one of their ways to divide",
     [row("d1", "deaths", 5, "sex=f"), row("d1", "deaths", 6, "sex=m"), row("d1", "deaths", 11, "age=18-59")],
     [("deaths", 11, None, None, (("age=18-59", 11), ("sex=f", 5), ("sex=m", 6)))]),
    ("nobody is not told", [row("d1", "deaths", 0)], []),
    ("nothing known is nothing told", [], []),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "rows", "expected"), CASES, ids=[each[0] for each in CASES])
def test_persons_by_measure(shows, rows, expected):
    found = _told(*DAYS, rows, LINEAGES)
    assert [(h.measure, h.persons, h.low, h.high, h.groups) for h in found.harms] == expected


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_dead_are_told_first_then_those_hurt(language):
    harms = (
        Harm("deaths", 11.0, 9.0, 12.0, (("age=18-59", 6.0), ("sex=f", 5.0))),
        Harm("civilian_deaths", 7.0),
        Harm("injured", 1.0),
        Harm("displaced", 1930.0),
    )
    said = say_all(told(Consequences(*DAYS, harms, 2)), language)
    assert said.index("11") < said.index("9") < said.index("7") < said.index("930")
    assert "18-59" in said
    assert "{" not in said


def test_in_english_one_person_is_one():
    assert say_all(told(Consequences(*DAYS, (Harm("deaths", 1.0),), 1))).startswith("One person was killed")
