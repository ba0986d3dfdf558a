"""Messages about bad input."""

from hypothesis import given
from hypothesis import strategies as st

from primacy.framework.saying import said
from primacy.places.errors import BadInput, shortened


def test_a_message_is_one_paragraph_with_place_and_remedy() -> None:
    error = BadInput("holds\nno date", "t.csv, line 3", "Write 2024-12-31")
    assert str(error) == "t.csv, line 3: holds no date. Write 2024-12-31."
    assert (error.what, str(error.where), str(error.remedy)) == ("holds no date", "t.csv, line 3", "Write 2024-12-31")


def test_a_message_never_controls_a_terminal_and_has_an_end() -> None:
    error = BadInput("holds \x1b[31m\u202eno\u200b date" + "x" * 5_000, "a\x07.csv", "Write\x9b 1")
    assert str(error).isprintable()
    assert len(str(error)) < 1_100
    assert (error.where, str(error.remedy)) == ("a .csv", "Write  1")


def test_spaces_that_keep_a_line_together_stay() -> None:
    error = BadInput(said("places/no-code-here", code="XX9"), "t.csv", "Écrivez\u00a0: XX1")
    assert error.told("fr").endswith(" Écrivez\u00a0: XX1.")
    assert "t.csv\u00a0: " in error.told("fr")


def test_place_and_remedy_may_be_absent() -> None:
    assert str(BadInput("no file was given")) == "no file was given."


@given(st.text())
def test_quoted_values_are_short_and_printable(text: str) -> None:
    quoted = shortened(text)
    assert len(quoted) <= 60
    assert quoted.isprintable()
