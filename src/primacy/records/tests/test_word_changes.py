"""Differences between two versions of a text, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.records.word_changes import word_changes

CASES = [
    # what it shows             before                 after                  marked before      marked after
    ("one word exchanged",      "the roll is open",    "the roll is closed",  ["open"],          ["closed"]),
    ("nothing",                 "as it was",           "as it was",           [],                []),
    ("added at the end",        "a promise",           "a promise, kept",     [],                [", kept"]),
    ("Arabic",                  "اجتماع اليوم",        "اجتماع الغد",         ["اليوم"],         ["الغد"]),
    ("all new",                 "",                    "new",                 [],                ["new"]),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "before", "after", "gone", "new"), CASES, ids=[each[0] for each in CASES])
def test_what_differs_is_marked(shows, before, after, gone, new) -> None:
    first, second = word_changes(before, after)
    assert [each.text for each in first if each.changed] == gone
    assert [each.text for each in second if each.changed] == new


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_are_the_texts_and_what_is_not_marked_is_in_both(before, after) -> None:
    first, second = word_changes(before, after)
    assert "".join(each.text for each in first) == before
    assert "".join(each.text for each in second) == after
    same = ["".join(each.text for each in pieces if not each.changed) for pieces in (first, second)]
    assert same[0] == same[1]
