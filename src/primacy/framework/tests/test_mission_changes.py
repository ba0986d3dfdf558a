"""Registers and norms of the mission file change as thresholds do: two people, a reason, from the next round on."""

from datetime import date

import pytest
from pydantic import ValidationError

from primacy.framework import Mission
from primacy.framework.mission import Change

SIGNED = {"by": ["planning", "jmac"], "on": date(2026, 2, 10), "because": "the movement was dissolved"}


def mission(**changed: object) -> Mission:
    fields = {"register": "bound_actors", "to": ["army"], **SIGNED, **changed}
    return Mission(
        country="CAF", registers={"bound_actors": ["army", "rebels"]}, norms={"killings": 12.0},
        priority_counterparts=["presidency", "women-groups"], changes=[Change(**fields)],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("shows", "changed", "on", "names"),
    [
        ("signed, and the round has not begun", {}, date(2026, 3, 31), ["army", "rebels"]),
        ("signed, and the round has begun", {}, date(2026, 4, 1), ["army"]),
        ("signed for a later day", {"from": date(2026, 9, 1)}, date(2026, 8, 31), ["army", "rebels"]),
        ("a day before the next round does not hurry it", {"from": date(2026, 2, 11)}, date(2026, 3, 1), ["army", "rebels"]),
        ("one person alone", {"by": ["planning", "Planning "]}, date(2030, 1, 1), ["army", "rebels"]),
        ("without a reason", {"because": " "}, date(2030, 1, 1), ["army", "rebels"]),
    ],
)  # fmt: skip
def test_a_list_changes_when_two_people_signed_and_a_round_began(
    shows: str, changed: dict[str, object], on: date, names: list[str]
) -> None:
    assert mission(**changed).in_force(on).names("mission.bound_actors") == names


def test_the_list_of_counterparts_and_a_norm_change_in_the_same_way() -> None:
    counterparts = mission(register="priority_counterparts", to=["presidency"]).in_force(date(2026, 4, 1))
    assert counterparts.names("mission.priority_counterparts") == ["presidency"]
    norm = mission(register=None, norm="killings", to=20.0)
    assert (norm.in_force(date(2026, 3, 1)).norm("killings"), norm.in_force(date(2026, 4, 1)).norm("killings")) == (
        12.0,
        20.0,
    )


def test_the_last_change_that_counts_decides() -> None:
    again = Change(register="bound_actors", to=["army", "guard"], **{**SIGNED, "on": date(2026, 5, 1)})
    twice = mission().model_copy(update={"changes": [again, *mission().changes]})
    assert twice.in_force(date(2026, 4, 1)).names("mission.bound_actors") == ["army"]
    assert twice.in_force(date(2026, 7, 1)).names("mission.bound_actors") == ["army", "guard"]
    assert twice.before(again) == ["army"]


@pytest.mark.parametrize("swap", [False, True], ids=["in the order of the days", "written the other way round"])
def test_of_two_in_one_quarter_the_one_that_was_signed_later_decides(swap: bool) -> None:
    later = Change(register="bound_actors", to=[], **{**SIGNED, "on": date(2026, 3, 24), "because": "overthrown"})
    both = [*mission().changes, later]
    signed = mission().model_copy(update={"changes": both[::-1] if swap else both}).in_force(date(2026, 4, 1))
    assert signed.names("mission.bound_actors") == []


@pytest.mark.parametrize(
    ("shows", "registers", "changes", "states"),
    [
        ("a list that is filled", {"bound_actors": ["army"]}, [], True),
        ("a list that nobody filled", {"bound_actors": []}, [], False),
        ("a list that is not there", {}, [], False),
        ("a list that a signed change emptied", {"bound_actors": ["army"]}, [{"to": []}], True),
        ("a list that one person emptied", {"bound_actors": []}, [{"to": [], "by": ["planning"]}], False),
    ],
)
def test_whether_a_list_says_anything(
    shows: str, registers: dict[str, list[str]], changes: list[dict[str, object]], states: bool
) -> None:
    signed = [Change(**{"register": "bound_actors", **SIGNED, **each}) for each in changes]
    given = Mission(country="CAF", registers=registers, changes=signed)
    assert given.in_force(date(2026, 4, 1)).states("mission.bound_actors") is states


@pytest.mark.parametrize("fields", [{}, {"register": "a", "norm": "b"}, {"norm": "killings", "to": ["army"]}])
def test_a_change_is_of_one_register_or_of_one_norm(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Change(**{"to": ["army"], **SIGNED, **fields})
