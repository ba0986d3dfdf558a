"""What other sources tell where the figures of an indicator come from an official one: shown, and deciding nothing."""

from dataclasses import replace
from typing import Any

import pytest

from primacy.assessment.finding import Finding, OtherSources, SourceTold
from primacy.assessment.tests.building import Judge
from primacy.assessment.told.other_sources_told import for_reader, in_words
from primacy.framework import load

Tree = dict[str, Any]
SPAN = "2015-01-01 to 2026-06-30"
SUM = """
indicators: {deaths: {kind: incident, where: {category: violence/one-sided}, measure: deaths, aggregate: sum, window: 12 months}}
rule: {reaches: {indicator: deaths, at_most: 100}}
"""
FALL = """
indicators: {attacks: {kind: incident, where: {category: violence/one-sided}, measure: deaths, aggregate: rate}}
rule: {falls: {indicator: attacks, by: 20 %, window: 12 months, against: previous}}
"""
SHARE = """
indicators:
  all: {kind: incident, measure: deaths, aggregate: sum, window: 12 months}
  part: {kind: incident, where: {area: XX01}, measure: deaths, aggregate: share, of: all, window: 12 months}
rule: {share: {indicator: part, at_least: 50 %}}
"""
TRUST = """
indicators: {trust: {kind: survey, where: {category: survey/trust}, measure: share, aggregate: latest}}
rule: {believes: {indicator: trust, at_least: 50 %}}
"""
SEATS = """
indicators: {seats: {kind: seat, register: seat, measure: filled, pass: {value: ">= 1"}, aggregate: share}}
rule: {share: {indicator: seats, at_least: 50 %}}
"""
PEOPLE = """
indicators: {met: {kind: contact, aggregate: distinct, by: target, window: 12 months}}
rule: {reaches: {indicator: met, at_least: 2}}
"""
OTHER = "incident/violence/one-sided"


def deaths(name: str, each: int, *official_for: str, covers: str | None = SPAN, months: str = "2015-01..2026-06",
           **more: Any) -> Tree:  # fmt: skip
    line = f"{months} deaths={each} area=XX01 category=violence/one-sided"
    told: Tree = {"kind": "incident", "data": name, "official_for": official_for, "monthly": [line], **more}
    return told if covers is None else {**told, "covers": covers}


def told(finding: Finding) -> list[tuple[str, float | None, float | None, int | None, int | None]]:
    """(source, figure, that of the official one in the same months, months or items told, of how many)."""
    return [
        (each.name, each.figure, each.official_figure, each.told, each.asked)
        for found in finding.other_sources
        for each in found.sources
    ]


OFFICIAL = ("GED", 24.0, 24.0, 12, 12)
CASES = [
    # what it shows, evidence, what is told
    ("no mark, no comparison", [deaths("GED", 2), deaths("ACLED", 3)], []),
    ("one source has nothing beside it", [deaths("GED", 2, OTHER)], []),
    ("the same months", [deaths("GED", 2, OTHER), deaths("ACLED", 3)], [OFFICIAL, ("ACLED", 36.0, 24.0, 12, 12)]),
    ("a mark on another topic", [deaths("GED", 2, "incident/protest"), deaths("ACLED", 3)], []),
    ("by name, the official one first", [deaths("b", 1), deaths("GED", 2, OTHER), deaths("a", 1)],
     [OFFICIAL, ("a", 12.0, 24.0, 12, 12), ("b", 12.0, 24.0, 12, 12)]),
    ("half of the months", [deaths("GED", 2, OTHER), deaths("ACLED", 3, covers="2015-01-01 to 2025-12-31")],
     [OFFICIAL, ("ACLED", 18.0, 12.0, 6, 12)]),
    ("no such months: no coverage",
     [deaths("GED", 2, OTHER), deaths("ACLED", 3, covers="2015-01-01 to 2024-12-31", months="2015-01..2024-12")],
     [OFFICIAL, ("ACLED", None, None, 0, 12)]),
    ("complete in no month", [deaths("GED", 2, OTHER), deaths("press", 3, covers=None)],
     [OFFICIAL, ("press", 36.0, 24.0, 0, 12)]),
    ("silence of a complete source is zero", [deaths("GED", 2, OTHER), deaths("ACLED", 3, months="2015-01..2016-01")],
     [OFFICIAL, ("ACLED", 0.0, 24.0, 12, 12)]),
    ("an official source that is silent here",
     [deaths("GED", 2, OTHER, covers="2015-01-01 to 2020-12-31", months="2015-01..2020-12"), deaths("ACLED", 3)], []),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "evidence", "expected"), CASES, ids=[case[0] for case in CASES])
def test_every_other_source_tells_its_figure(judge: Judge, shows: str, evidence: list[Tree], expected: Any) -> None:
    assert told(judge(SUM, evidence)) == expected


def test_releases_of_one_source_are_one(judge: Judge) -> None:
    later = deaths("ACLED 2", 3, covers="2026-01-01 to 2026-06-30", months="2026-01..2026-06", lineage="acled")
    first = deaths("ACLED 1", 3, covers="2015-01-01 to 2025-12-31", months="2015-01..2025-12", lineage="acled")
    found = judge(SUM, [deaths("GED", 2, OTHER), first, later])
    assert told(found) == [OFFICIAL, ("ACLED 2", 36.0, 24.0, 12, 12)]


def test_a_change_is_told_with_the_months_before(judge: Judge) -> None:
    fell = deaths("GED", 2, OTHER, months="2025-07..2026-06")
    fell["monthly"].append("2015-01..2025-06 deaths=9 area=XX01 category=violence/one-sided")
    late = deaths("late", 4, covers="2025-01-01 to 2026-06-30", months="2025-01..2026-06")
    press = deaths("press", 1, covers=None)
    found = judge(FALL, [fell, deaths("ACLED", 5), late, press])
    (compared,) = found.other_sources
    assert (compared.start, compared.end) == ("2025-07-01", "2026-06-01")
    before = [(each.name, each.before, each.figure) for each in compared.sources]
    assert before == [("GED", 108.0, 24.0), ("ACLED", 60.0, 60.0), ("late", None, 48.0), ("press", 12.0, 12.0)]


def test_indicators_are_told_in_the_order_of_their_ids(judge: Judge) -> None:
    """A package keeps its framework in no order of its own, and is judged anew to the letter."""
    indicator = "kind: incident, where: {category: violence/one-sided}, measure: deaths, aggregate: sum"
    rules = [
        f"indicators: {{{', '.join(f'{each}: {{{indicator}, window: 12 months}}' for each in order)}}}\n"
        "rule: {all: [{reaches: {indicator: late, at_most: 100}}, {reaches: {indicator: early, at_most: 90}}]}"
        for order in (("late", "early"), ("early", "late"))
    ]
    one, other = (judge(rule, [deaths("GED", 2, OTHER), deaths("ACLED", 3)]).other_sources for rule in rules)
    assert [each.indicator for each in one] == ["early", "late"]
    assert one == other


def test_the_status_is_the_same_without_the_others(judge: Judge) -> None:
    alone, beside = judge(SUM, [deaths("GED", 2, OTHER)]), judge(SUM, [deaths("GED", 2, OTHER), deaths("ACLED", 90)])
    assert (alone.status, alone.probability, alone.numbers) == (beside.status, beside.probability, beside.numbers)


def test_a_share_is_computed_of_each_source_by_itself(judge: Judge) -> None:
    def where(name: str, inside: int, outside: int, *official_for: str) -> Tree:
        lines = [f"2015-01..2026-06 deaths={n} area={a}" for n, a in ((inside, "XX01"), (outside, "XX02"))]
        return {"kind": "incident", "data": name, "covers": SPAN, "official_for": official_for, "monthly": lines}

    found = judge(SHARE, [where("GED", 3, 1, "incident"), where("ACLED", 1, 4)])
    by_indicator = {each.indicator: [source.figure for source in each.sources] for each in found.other_sources}
    assert by_indicator == {"all": [48.0, 60.0], "part": [0.75, 0.2]}
    assert found.other_sources[1].unit == "share"


def survey(name: str, share: float, day: str, *official_for: str) -> Tree:
    line = f"{day} q share={share} se=0.02 category=survey/trust"
    return {"kind": "survey", "source_type": "survey", "data": name, "official_for": official_for, "points": [line]}


def test_an_estimate_has_its_day(judge: Judge) -> None:
    found = judge(TRUST, [survey("office", 0.6, "2026-04-01", "survey"), survey("poll", 0.4, "2026-05-01"),
                          survey("old", 0.3, "2015-05-01")])  # fmt: skip
    (compared,) = found.other_sources
    assert (compared.start, compared.end) == (None, None)
    days = [(each.name, each.figure, each.day) for each in compared.sources]
    assert days == [("office", 0.6, "2026-04-01"), ("old", None, "2015-05-01"), ("poll", 0.4, "2026-05-01")]


def test_items_are_told_of_those_on_the_list(judge: Judge) -> None:
    def seats(name: str, filled: dict[str, int], *official_for: str, listed: bool = False) -> Tree:
        lines = [f"2026-01-01 s{n} expected=1" for n in range(4)] if listed else []
        lines += [f"2026-05-01 {seat} filled={value} grade=A1" for seat, value in filled.items()]
        return {"kind": "seat", "data": name, "official_for": official_for, "points": lines}

    everyone = {"s0": 1, "s1": 1, "s2": 1, "s3": 0}
    found = judge(SEATS, [seats("office", everyone, "seat", listed=True), seats("field", {"s0": 1, "s1": 0})])
    assert told(found) == [("office", 0.75, 0.75, 4, 4), ("field", 0.25, 0.75, 2, 4)]


def test_what_is_read_from_all_sources_has_no_official_figure(judge: Judge) -> None:
    def contacts(name: str, who: str, *official_for: str) -> Tree:
        points = [f"2026-03-01 c-{who} events=1 target={who}"]
        return {"kind": "contact", "data": name, "official_for": official_for, "points": points, "covers": SPAN}

    found = judge(PEOPLE, [contacts("office", "a", "contact"), contacts("field", "b")])
    assert found.other_sources == ()


def test_the_highest_confidentiality_of_each_source_is_kept(judge: Judge) -> None:
    secret = deaths("ACLED", 3)
    secret["monthly"].append("2015-03..2015-03 deaths=1 area=XX01 category=violence/one-sided confidentiality=2")
    (compared,) = judge(SUM, [deaths("GED", 2, OTHER), secret]).other_sources
    assert [each.confidentiality for each in compared.sources] == [0, 2]


# ---- in words

MONTHS = {"told": 12, "asked": 12}
WORDS = [
    # what it shows, of what is counted, the other source beside one that has 20 in twelve months, extent, difference
    ("more", True, {"figure": 23.0, **MONTHS}, "12 of 12 months", "tells of more"),
    ("fewer", True, {"figure": 17.0, **MONTHS}, "12 of 12 months", "tells of fewer"),
    ("a tenth makes no difference", True, {"figure": 22.0, **MONTHS}, "12 of 12 months", "tells of about as many"),
    ("fewer months", True, {"figure": 3.0, "official_figure": 9.0, "told": 5, "asked": 12}, "5 of 12 months",
     "tells of fewer; the official source has 9 in the same months"),
    ("not complete", True, {"figure": 30.0, "told": 0, "asked": 12}, "not said to be complete", "tells of more"),
    ("nothing", True, {"figure": None, "official_figure": None, "told": 0, "asked": 12}, "0 of 12 months", "no coverage"),
    ("the other way", True, {"figure": 30.0, "before": 12.0, **MONTHS}, "12 of 12 months",
     "tells of more, and the two change in opposite directions"),
    ("the same way", True, {"figure": 30.0, "before": 80.0, **MONTHS}, "12 of 12 months", "tells of more"),
    ("hardly a change", True, {"figure": 30.0, "before": 29.0, **MONTHS}, "12 of 12 months", "tells of more"),
    ("a value of a day", False, {"figure": 10.0, "day": "2026-05-01"}, "1 May 2026", "gives a lower figure"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "counted", "source", "extent", "words"), WORDS, ids=[case[0] for case in WORDS])
def test_each_source_is_told_in_words(shows: str, counted: bool, source: Tree, extent: str, words: str) -> None:
    official = SourceTold("ged", "GED", 20.0, 20.0, before=40.0, **(MONTHS if counted else {"day": "2026-06-01"}))
    other = SourceTold(**{"lineage": "b", "name": "", "official_figure": 20.0, **source})
    months = {"start": "2025-07-01", "end": "2026-06-01"} if counted else {}
    found = in_words(
        OtherSources("attacks-on-civilians", "events", "events", (official, other), **months), "O2.M2", load(), "en"
    )
    assert [each.words for each in found.sources] == ["the official source, which is read", words]
    assert (found.sources[1].extent, found.sources[1].name) == (extent, "a source that is not named here")


# ---- who may see it


def sources_of(*given: tuple[str, int]) -> OtherSources:
    told = tuple(SourceTold(lineage, lineage, 1.0, 1.0, confidentiality=level) for lineage, level in given)
    return OtherSources("x", "events", "events", told)


READERS = [
    # what it shows, (series of data sets, confidentiality) of each, which a reader without details sees
    ("open ones", [("ged", 0), ("acled", 0)], ["ged", "acled"]),
    ("one that is confidential in part", [("ged", 0), ("acled", 0), ("talks", 1)], ["ged", "acled"]),
    ("records", [("ged", 0), ("acled", 0), ("site/records/incident", 0)], ["ged", "acled"]),
    ("no other is left", [("ged", 0), ("talks", 3)], []),
    ("the official one is not open", [("talks", 2), ("acled", 0), ("ged", 0)], []),
]


@pytest.mark.parametrize(("shows", "given", "seen"), READERS, ids=[case[0] for case in READERS])
def test_who_may_not_see_details_is_told_of_open_sources_alone(
    judge: Judge, shows: str, given: list[tuple[str, int]], seen: list[str]
) -> None:
    finding = replace(judge(SUM, []), other_sources=(sources_of(*given),))
    shown = [each.lineage for found in for_reader(finding, details=False).other_sources for each in found.sources]
    assert shown == seen
    assert for_reader(finding, details=True) is finding
