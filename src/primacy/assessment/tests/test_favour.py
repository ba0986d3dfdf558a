"""Changes that make success easier for the mission are told as changes in its own favour, and counted by year."""

from datetime import date
from pathlib import Path

import pytest

from primacy.assessment.checks.checking import check_all
from primacy.assessment.checks.favour import direction, of_list, years
from primacy.framework import Framework, Mission, load
from primacy.framework.mission import Change

SIGNED = "changed: {by: [planning, police], on: 2026-02-10, because: the mandate says so}\n"
FALLS = "falls: {indicator: attacks-on-civilians, by: fall, window: 12 months, against: baseline}"
OTHER = "falls: {indicator: attacks-on-institutions, by: fall, window: 12 months, against: baseline}"


VETO = "[{each: {area: 1, at_least: 1}, rises: {indicator: attacks-on-civilians, by: rise, window: 12 months, against: baseline}}]"


def framework(folder: Path, content: str) -> Framework:
    (folder / "ours.yaml").write_text(content, "utf-8")
    return load(folder)


CHANGES = [
    # what it shows                          the change                                                   whose favour
    ("a smaller fall is enough",             "id: O2.M2\nthresholds: {fall: {value: 10 %}}\n",            "in favour"),
    ("a larger fall is asked for",           "id: O2.M2\nthresholds: {fall: {value: 30 %}}\n",            "against"),
    ("a larger share is asked for",          "id: O2.S1\nthresholds: {bound: {value: 90 %}}\n",           "against"),
    ("more deaths still count as quiet",     "id: O2.S1\nthresholds: {quiet: {value: 60}}\n",             "in favour"),
    ("one part of the rule is left out",     f"id: O2.M2\nrule: {{{FALLS}}}\n",                           "in favour"),
    ("a part and the veto are left out, in a longer window", f"id: O2.M2\nrule: {{{FALLS.replace('12 months', '24 months')}}}\n", "in favour"),
    ("another window and all else as it was", f"id: O2.M2\nrule: {{all: [{{{FALLS.replace('12 months', '24 months')}}}, {{{OTHER}}}], veto: {VETO}}}\n", "unclear"),
    ("either part of the rule is enough",    f"id: O2.M2\nrule: {{any: [{{{FALLS}}}, {{{OTHER}}}]}}\n",   "in favour"),
    ("a sign of loss is not looked for",     "id: O2.S1\nreversal: [{sign: {id: withdrawal, text: Left}}]\n", "in favour"),
    ("an indicator reads something else",    "id: O2.M2\nindicators: {attacks-on-civilians: {measure: deaths}}\n", "unclear"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "content", "whose"), CHANGES, ids=[case[0] for case in CHANGES])
def test_numbers_tell_in_whose_favour_a_change_is(tmp_path: Path, shows: str, content: str, whose: str) -> None:
    changed = framework(tmp_path, content + SIGNED)
    assert {direction(changed, each) for each in changed.changes} == {whose}


REGISTERS = [
    # what it shows                                 the list                  before                        after                       whose favour
    ("fewer have to be met",                        "priority_counterparts",  ["presidency", "parliament"], ["presidency"],             "in favour"),
    ("more have to be met",                         "priority_counterparts",  ["presidency"],               ["presidency", "league"],   "against"),
    ("some put in and some taken out",              "priority_counterparts",  ["presidency", "parliament"], ["presidency", "league"],   "in favour"),
    ("more fighting is left out of the count",      "actors_outside_scope",   ["guard"],                    ["guard", "militia"],       "in favour"),
    ("more actors are called bound",                "bound_actors",           ["army"],                     ["army", "rebels"],         "in favour"),
    ("a group no longer asked for",                 "marginalised_groups",    ["women", "youth"],           ["women"],                  "in favour"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "name", "before", "after", "whose"), REGISTERS, ids=[case[0] for case in REGISTERS])
def test_a_list_that_asks_for_less_is_in_the_missions_own_favour(
    shows: str, name: str, before: list[str], after: list[str], whose: str
) -> None:
    change = Change(register=name, to=after, by=["planning", "jmac"], on=date(2026, 2, 10), because="known better now")
    lists = {"priority_counterparts": before} if name == "priority_counterparts" else {"registers": {name: before}}
    assert of_list(load(), Mission(country="CAF", changes=[change], **lists), change) == whose


def test_changes_are_counted_by_the_year_in_which_they_were_signed(tmp_path: Path) -> None:
    change = Change(register="bound_actors", to=["army"], by=["a", "b"], on=date(2025, 11, 1), because="split")
    unsigned = Change(register="bound_actors", to=[], by=["a"], on=date(2025, 11, 1), because="split")
    aside = [{"benchmark": "O5.L1", "by": "head of mission", "on": "2026-01-05", "because": "no vote abroad"}]
    mission = Mission(
        country="CAF", registers={"bound_actors": ["army", "rebels"]}, changes=[change, unsigned], set_aside=aside
    )
    found = years(framework(tmp_path, "id: O2.M2\nthresholds: {fall: {value: 10 %}}\n" + SIGNED), mission)
    assert [(each.year, each.in_favour, each.set_aside) for each in found] == [(2026, 1, 1), (2025, 1, 0)]


def test_an_unsigned_change_of_a_list_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "mission.yaml"
    file.write_text(
        "country: CAF\nregisters: {bound_actors: [army]}\nchanges:\n"
        "  - {register: bound_actors, to: [], by: [planning], on: 2026-02-10, because: no}\n",
        "utf-8",
    )
    (problem,) = check_all(tmp_path / "framework", file)
    assert (problem.file, problem.line, problem.field) == ("mission.yaml", 4, "changes.0")
    assert "no effect" in problem.what
