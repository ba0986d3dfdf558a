"""The mission's changes as a document: entry by entry, in each language, without keys of files and raw rules."""

from datetime import date
from pathlib import Path

import pytest

from primacy.assessment.told.changes_document import changes_of, lines
from primacy.assessment.told.changes_told import as_tree
from primacy.framework import Mission, load
from primacy.framework.languages import codes
from primacy.framework.loading import to_come
from primacy.framework.mission import Change

ON = date(2026, 5, 1)
SIGNED = "changed: {by: [planning, police], on: %s, because: the mandate says so}\n"
CHANGED = (
    "id: O2.M2\ntitle: Less violence\nlead: police\nthresholds: {fall: {value: 12.5 %}}\n"
    "indicators: {attacks-on-civilians: {window: 12 months}}\n"
    "rule: {falls: {indicator: attacks-on-civilians, by: fall, window: 12 months}}\n" + SIGNED % "2026-02-10"
)
ADDED = (
    """\
id: O2.M8
title: Roads are open
short: Roads
question: Can people travel?
horizon: medium
lead: police
indicators: {roads: {kind: figure, measure: share, aggregate: latest, label: roads without a barrier}}
thresholds: {open: {value: 80 %, unit: share of roads}}
rule: {reaches: {indicator: roads, at_least: open}}
reversal: []
misleads: Nobody travels.
collect: [{what: a list of roads, kind: figure, how: ask the drivers}]
"""
    + "changed: {by: [planning, police], on: DAY, because: the mandate says so}\n"
)


def document(folder: Path, content: str, language: str = "en", mission: Mission | None = None) -> list[str]:
    (folder / "ours.yaml").write_text(content, "utf-8")
    return list(lines(load(folder, ON), to_come(folder), mission, language, ON))


@pytest.mark.parametrize("language", codes())
def test_each_entry_is_headed_by_its_title_and_no_key_of_a_file_is_shown(tmp_path: Path, language: str) -> None:
    said = document(tmp_path, CHANGED, language)
    assert "O2.M2  Less violence" in said
    for line in said:
        assert not any(key in line for key in ("thresholds.", "indicators.", "at_least", "{", "}")), line


def test_two_rules_stand_one_below_the_other_part_below_part(tmp_path: Path) -> None:
    said = document(tmp_path, CHANGED)
    start = said.index("    In the standard")
    end = said.index("    Here")
    assert any(line.strip().startswith("(1)") for line in said[start:end])
    assert said[end + 1].strip().startswith("Attacks on civilians: in 12 months a fall of at least 12.5 %")


@pytest.mark.parametrize("signed", ["2026-02-10", "2026-04-20"])
@pytest.mark.parametrize("language", codes())
def test_an_added_entry_is_shown_in_full_also_before_it_counts(tmp_path: Path, language: str, signed: str) -> None:
    said = "\n".join(document(tmp_path, ADDED.replace("DAY", signed), language))
    assert "O2.M8  Roads are open (" in said
    for text in ("Can people travel?", "roads without a barrier", "Nobody travels.", "`open`"):
        assert text in said
    assert ("O2.M8" in load(tmp_path, ON).benchmarks) is (signed == "2026-02-10")


def test_as_data_an_added_entry_is_what_it_says(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(ADDED.replace("DAY", "2026-04-20"), "utf-8")
    (tree,) = as_tree(load(tmp_path, ON), None, ON, to_come(tmp_path))["changes"]
    assert tree["state"] == "pending"
    assert tree["mission"]["title"] == "Roads are open"


def test_what_nobody_signed_says_so(tmp_path: Path) -> None:
    _mark, line = document(tmp_path, "id: O2.M2\nthresholds: {fall: {value: 30 %}}\n")
    assert line == (
        "  number · percent of the baseline rate · value: 20 % in the standard, 30 % here "
        "(no effect: not signed by two people)"
    )


def test_what_was_set_aside_keeps_its_title_and_says_by_whom(tmp_path: Path) -> None:
    title, line, *_ = document(tmp_path, "id: O2.M2\nretired: true\n" + SIGNED % "2026-02-10")
    assert title == f"O2.M2  {load().benchmarks['O2.M2'].title}"
    assert line.startswith("  set aside: – in the standard, yes here (counts from 1 April 2026; signed by planning, ")


def test_a_baseline_of_a_later_day_is_told_beside_the_one_that_decides_until_then(tmp_path: Path) -> None:
    first = {"name": "first", "from": "2015-01-01", "to": "2015-12-31", "signed": ["a", "b"], "because": "calm"}
    new = {**first, "name": "new", "from": "2013-01-01", "to": "2013-12-31", "on": "2026-04-20"}
    mission = Mission.model_validate({"country": "CAF", "baselines": [new, first]})
    (line,) = lines(load(tmp_path), load(), mission, "en", ON)
    assert line == (
        "baseline · new: 1 January 2015 – 31 December 2015 before, 1 January 2013 – 31 December 2013 here "
        "(will count from 1 July 2026; signed by a, b on 20 April 2026: calm)"
    )


def test_registers_and_the_count_of_each_year_are_told_beside(tmp_path: Path) -> None:
    change = Change(
        register="bound_actors", to=["army"], by=["planning", "jmac"], on=date(2026, 2, 10), because="split"
    )
    mission = Mission(country="CAF", registers={"bound_actors": ["army", "rebels"]}, changes=[change])
    *_, register, year = document(tmp_path, CHANGED, mission=mission)
    assert register == (
        "list of what is expected · bound actors: army; rebels before, army here "
        "(counts from 1 April 2026; signed by planning, jmac on 10 February 2026: split)"
    )
    assert year.startswith("2026: changes in the mission's own favour ")
    tree = as_tree(load(tmp_path, ON), mission, ON)
    assert [each["field"] for each in tree["mission"]] == ["registers.bound_actors"]
    assert [each["year"] for each in tree["years"]] == [2026]


def test_of_one_entry_only_its_own_changes_are_told(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(CHANGED, "utf-8")
    now = load(tmp_path, ON)
    heading, *said = changes_of(now, "O2.M2", "en", to_come(tmp_path))
    assert heading == "Changed by the mission"
    assert any("20 % in the standard, 12.5 % here" in line for line in said)
    assert list(changes_of(now, "O2.M6", "en", to_come(tmp_path))) == []


def test_an_indicator_and_a_number_of_ones_own_are_told_in_words(tmp_path: Path) -> None:
    own = (
        "id: O4.S5\nindicators: {own: {kind: survey, where: {category: survey/trust}, measure: share, "
        "aggregate: latest, label: our own question}}\n"
        "thresholds: {rise: {value: 7 %}, most: {value: 9 %, unit: percentage points of all asked}}\n"
    )
    said = document(tmp_path, own)
    (indicator,) = (line for line in said if "our own question" in line)
    assert "The newest figure of “survey, share”. Only where category is “survey/trust”." in indicator
    (raised,) = (line for line in said if "percentage points of all people asked" in line)
    assert "value: 5 in the standard, 7 here" in raised
    (added,) = (line for line in said if "percentage points of all asked" in line)
    assert "– in the standard, 9 here" in added
