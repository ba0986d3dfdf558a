"""Two ways to write a name are one name."""

import pytest

from primacy.framework.names import bare, people

ALIKE = [
    # what it shows                  two ways to write one name
    ("case",                         "coder-1", "Coder-1"),
    ("spaces",                       "Anna B.", " anna  b."),
    ("signs between words",          "political-affairs", "Political Affairs"),
    ("letters put together",         "Zoe\u0308", "Zo\u00eb"),
    ("wide letters",                 "ＪＭＡＣ", "jmac"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "one", "other"), ALIKE, ids=[case[0] for case in ALIKE])
def test_a_name_is_compared_without_case_spaces_and_signs(shows: str, one: str, other: str) -> None:
    assert people([one, other]) == 1


@pytest.mark.parametrize(("one", "other"), [("coder-1", "coder-2"), ("آنا", "سارة"), ("मीना", "मोना")])
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert people([one, other]) == 2


@pytest.mark.parametrize("nobody", ["", "  ", "-", "..."])
def test_nothing_names_nobody(nobody: str) -> None:
    assert (bare(nobody), people([nobody])) == ("", 0)
