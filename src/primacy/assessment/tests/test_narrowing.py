"""The front page for one area, component or horizon: what remains, and as what."""

from dataclasses import replace

import pytest

from primacy.assessment.finding import AreaFinding, Finding, Phrase, Watch
from primacy.assessment.front.narrowing import Narrowing, choices, narrowed, narrowed_changes, narrowed_watches
from primacy.assessment.over_time.changes import Change
from primacy.framework import Mission, load

FRAMEWORK = load()
MISSION = Mission(country="XXX", components=["force", "political-affairs", "no-such-component"])
SAID = Phrase("finding.reversed")


def finding(id: str, status: str, *areas: AreaFinding) -> Finding:
    return Finding(
        benchmark=id, status=status, reason=None, probability=0.5, lower=None, flags=("at risk", "overdue"),
        sentence=(SAID,), rule=SAID, numbers={}, parts=(), weakest=None, would_change=(), flips_at=None, data_points=1,
        restricted=False, areas=areas,
    )  # fmt: skip


NORTH, SOUTH = AreaFinding("N", "North", "not met", 0.1), AreaFinding("S", "South", "met", 0.96)
UNKNOWN = AreaFinding("S", "South", "insufficient evidence", None)
FOUND = [finding(id, "met") for id in FRAMEWORK.benchmarks]
FOUND[0] = finding(FOUND[0].benchmark, "no clear change", NORTH, SOUTH)
FOUND[1] = finding(FOUND[1].benchmark, "no clear change", UNKNOWN)


def test_nothing_asked_keeps_everything_as_it_is():
    assert narrowed(FOUND, FRAMEWORK, Narrowing()) == FOUND


@pytest.mark.parametrize("horizon", ["short", "medium", "long"])
def test_a_horizon_keeps_its_benchmarks(horizon):
    kept = narrowed(FOUND, FRAMEWORK, Narrowing(horizon=horizon))
    assert {FRAMEWORK.benchmarks[each.benchmark].horizon for each in kept} == {horizon}
    assert len(kept) == sum(each.horizon == horizon for each in FRAMEWORK.benchmarks.values())


def test_a_component_keeps_what_it_leads_and_what_it_works_on():
    kept = {each.benchmark for each in narrowed(FOUND, FRAMEWORK, Narrowing(component="force"))}
    own = {id for id, each in FRAMEWORK.benchmarks.items() if "force" in (each.lead, *each.with_)}
    assert kept == own
    assert 0 < len(own) < len(FOUND)


def test_an_area_keeps_what_tells_areas_apart_as_it_is_there():
    kept = narrowed(FOUND, FRAMEWORK, Narrowing(area="S"))
    assert [(each.benchmark, each.status, each.probability) for each in kept] == [
        (FOUND[0].benchmark, "met", 0.96), (FOUND[1].benchmark, "insufficient evidence", None),
    ]  # fmt: skip


def test_what_is_said_of_the_whole_country_is_not_said_of_an_area():
    kept = narrowed(FOUND, FRAMEWORK, Narrowing(area="N"))[0]
    assert "at risk" not in kept.flags
    assert "overdue" in kept.flags
    assert SAID not in kept.sentence


def test_changes_of_an_area_are_those_between_two_days_there():
    asked = Narrowing(area="N")
    before = narrowed(
        [replace(FOUND[0], areas=(replace(NORTH, status="met"), SOUTH)), *FOUND[1:]], FRAMEWORK, asked
    )  # fmt: skip
    after = narrowed(FOUND, FRAMEWORK, asked)
    country = [Change(FOUND[5].benchmark, "met", "reversed", "", SAID)]
    changes = narrowed_changes(country, before, after, asked)
    assert [(each.benchmark, each.before, each.after) for each in changes] == [(FOUND[0].benchmark, "met", "not met")]


def test_changes_of_what_is_left_out_are_left_out():
    id = FOUND[0].benchmark
    other = next(each for each, entry in FRAMEWORK.benchmarks.items() if entry.horizon == "long")
    changes = [Change(id, "met", "not met", "", SAID), Change(other, "met", "not met", "", SAID)]
    asked = Narrowing(horizon="long")
    assert narrowed_changes(changes, [], narrowed(FOUND, FRAMEWORK, asked), asked) == [changes[1]]


@pytest.mark.parametrize(("asked", "kept"), [
    (Narrowing(), True), (Narrowing(horizon="short"), False), (Narrowing(area="N"), False),
    (Narrowing(component="no-such-component"), False),
])  # fmt: skip
def test_risks_are_of_components_and_of_no_area_and_no_horizon(asked, kept):
    watches = [Watch(id, "seen", ()) for id in FRAMEWORK.risks]
    assert bool(narrowed_watches(watches, FRAMEWORK, asked)) is kept


def test_what_can_be_asked_for_is_what_is_there():
    offered = choices(FOUND, FRAMEWORK, MISSION)
    assert offered.areas == ("N", "S")
    assert offered.components == ("force", "political-affairs")
    assert offered.hold(Narrowing(area="N", component="force", horizon="long"))
    assert not any(
        offered.hold(each) for each in (Narrowing(area="X"), Narrowing(component="<b>"), Narrowing("", "", "x"))
    )
