"""The ledger: every entry makes things with true values, and its ways do what they say."""

import numpy as np
import pytest

from primacy.evidence.kinds import KINDS
from primacy.exercise.game import found_scenario
from primacy.exercise.ledger import ways
from primacy.exercise.ledger.entries import Happens, Level, Passes, Reached, Stages, entries, month_of
from primacy.exercise.luck import luck
from primacy.exercise.observation.producers import producers
from primacy.exercise.tests.histories import MONTHS, history, true_values, whole
from primacy.exercise.world.scenario import Scenario

ALL = [(name, number, entry) for name, told in entries().items() for number, entry in enumerate(told)]
BY = {"officials": 1.0}
FLAT = np.full((1, MONTHS), 0.6)


@pytest.mark.parametrize(("name", "number", "entry"), ALL, ids=[f"{n}-{i}" for n, i, _ in ALL])
def test_every_entry_is_of_a_kind_that_has_its_measures_and_is_seen_by_somebody(name, number, entry) -> None:  # type: ignore[no-untyped-def]
    measures = {*entry.passes, *entry.stages, *entry.reached, *entry.level, *entry.fixed, *entry.holders}
    measures |= {"expected"} if entry.expected else set()
    measures |= {"due"} if entry.due else set()
    measures |= {entry.events.base, *entry.events.measures} if entry.events else set()
    assert measures
    assert measures <= set(KINDS[entry.kind].measures)
    assert entry.seen
    assert set(entry.seen) <= set(producers())


def test_states_are_there_from_their_month_on_and_events_are_counts() -> None:
    for thing, values, _seen in true_values():
        nature = KINDS[thing.kind].nature
        if nature in ("event", "effort"):
            assert (values >= 0).all(), thing
        elif not thing.group:
            there = ~np.isnan(values)
            first = np.flatnonzero(there)
            assert not len(first) or there[first[0] :].sum() >= 1


def test_no_thing_is_told_twice() -> None:
    truth, _made = whole()
    assert len(set(truth.things)) == len(truth.things)


def test_more_items_change_nothing_of_the_others() -> None:
    """Luck depends on what it is of: the first course goes the same whether there are eight or eighty."""
    (entry,) = (each for each in entries()["engagement"] if each.kind == "course")
    assert (
        luck(1, "engagement/7", "course-01", "started").random()
        == luck(1, "engagement/7", "course-01", "started").random()
    )
    assert entry.for_["n"] == 8


@pytest.mark.parametrize(
    ("when", "month"),
    [(5, 5), ("deployment", 24), ("agreement - 2", 18), ("polling+3", 57)],
)
def test_months_are_written_as_one_speaks_of_them(when: int | str, month: int) -> None:
    assert month_of(when, Scenario.model_construct(deployment=24, agreement=20, polling=54)) == month


def test_a_month_that_nobody_understands_is_a_fault() -> None:
    with pytest.raises(ValueError, match="neither a month"):
        month_of("later", Scenario.model_construct(deployment=24, agreement=20, polling=54))


def test_the_share_that_passes_follows_its_drivers() -> None:
    told = Passes(by=BY, hold=0.8)
    passed = ways.passing(told, np.repeat(FLAT, 150, axis=0), [luck(1, "passing", n) for n in range(150)])
    assert passed.mean() == pytest.approx(0.6, abs=0.05)


def test_what_is_done_once_stays_done() -> None:
    for number in range(20):
        for values in (
            ways.reaching(Reached(by=BY, pace=0.1), FLAT, [luck(1, "reached", number)]),
            ways.passing(Passes(by=BY, once=True), FLAT, [luck(1, "once", number)]),
        ):
            assert (np.diff(values) >= 0).all()


def test_steps_come_one_after_the_other() -> None:
    told = Stages(by=BY, steps=("drafted", "tabled", "adopted"), pace=0.3)
    for number in range(20):
        steps = ways.stepping(told, FLAT, [luck(1, "steps", number)])
        assert set(np.diff(steps[0])) <= {0.0, 1.0}
        assert steps.max() <= 3


def test_a_level_is_bounded_by_its_scale_and_its_groups_differ() -> None:
    told = Level(by=BY, scale=(0.1, 0.9), noise=0.3, offsets={"sex=f": -0.1})
    found = ways.levelling(told, FLAT, [""], 0, [luck(1, "level")])
    women = ways.levelling(told, FLAT, ["sex=f"], 0, [luck(1, "level")])
    assert found.min() >= 0.1
    assert found.max() <= 0.9
    assert women.mean() < found.mean()


def test_parts_of_events_are_never_more_than_the_events() -> None:
    counts, slow = ways.counting(Happens(by=BY, often=10.0), FLAT, [luck(1, "events")], [luck(1, "counted")])
    part = ways.parted(counts, np.full(FLAT.shape, 0.4), [luck(1, "part")])
    assert (part <= counts).all()
    assert slow == pytest.approx(6.0)


def test_a_seat_is_held_by_one_group_at_a_time() -> None:
    truth, _made = whole()
    held: dict[str, list[int]] = {}
    for row, thing in enumerate(truth.things):
        if thing.category == "seat/negotiation" and thing.measure == "filled":
            held.setdefault(thing.item, []).append(row)
    assert len(held) == 40
    for rows in held.values():
        there = ~np.isnan(truth.values[rows])
        assert (there[:, history().scenario.agreement :].sum(axis=0) == 1).all()


def test_whoever_breaks_off_contact_is_not_met_until_it_is_taken_up_again() -> None:
    told = {
        thing.target: values
        for thing, values, _seen in true_values("contested-election")
        if thing.item.startswith("calls-") and thing.measure == "events"
    }
    (silence,) = found_scenario("contested-election").silences
    assert silence.counterpart in told
    quiet = told[silence.counterpart][silence.from_ : silence.until]
    assert len(quiet) > 3
    assert quiet.sum() == 0
    assert told[silence.counterpart][silence.from_ - len(quiet) : silence.from_].sum() > 0
    assert told["parliament"][silence.from_ : silence.until].sum() > 0
