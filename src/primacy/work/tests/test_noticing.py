"""One thing to look at is told once, by what asks for more."""

import pytest

from primacy.work.noticing import KINDS, key_of, stronger

SAME = [
    ("named, and a further comment there", ("named", "comment"), "contact/1"),
    ("a task that is given, and its day", ("task", "due"), "task/1"),
]


@pytest.mark.parametrize(("shows", "kinds", "about"), SAME, ids=[case[0] for case in SAME])
def test_two_ways_of_telling_one_thing_are_one_notice(shows: str, kinds: tuple[str, str], about: str) -> None:
    one, other = (key_of(each, about) for each in kinds)
    assert one == other
    assert key_of(kinds[0], "contact/2") != one


def test_being_named_and_being_late_stay_until_they_are_read() -> None:
    assert stronger("named", "comment") == stronger("comment", "named") == "named"
    assert stronger("due", "task") == stronger("task", "due") == "due"
    assert len({key_of(each, "x") for each in KINDS}) == 6
