"""Numbers as a mapping says they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.evidence.mapped.amounts import amount
from primacy.evidence.mapped.mapping import Numbers

FRENCH = Numbers(decimal=",", thousands=" ")
GERMAN = Numbers(decimal=",", thousands=".")
ENGLISH = Numbers(decimal=".", thousands=",")
PLAIN = Numbers()
READ = [
    ("1 234,5", FRENCH, 1234.5), ("1\u202f234", FRENCH, 1234.0), ("12,5", FRENCH, 12.5), ("-3", FRENCH, -3.0),
    ("1.234", GERMAN, 1234.0), ("1.234.567,8", GERMAN, 1234567.8), ("1,234", GERMAN, 1.234),
    ("1,234", ENGLISH, 1234.0), ("1,234.5", ENGLISH, 1234.5), (".5", ENGLISH, 0.5), ("٣٤", PLAIN, 34.0),
    ("1.5e3", PLAIN, 1500.0), ("12", None, 12.0), ("0,5", None, 0.5),
]  # fmt: skip


@pytest.mark.parametrize(("written", "numbers", "meant"), READ)
def test_read(written: str, numbers: Numbers | None, meant: float) -> None:
    plain, why = amount(written, numbers)
    assert (float(plain), why) == (pytest.approx(meant), None)


UNREADABLE = [
    ("1,234", None, "may be 1234 or 1.234"), ("1.234", None, "may be 1234 or 1.234"),
    ("1,234", PLAIN, "is no number with decimal '.'"), ("1.23", GERMAN, None), ("12.34,5", GERMAN, "is no number with"),
    ("many", None, "is no number"), ("", ENGLISH, "is no number"), ("1" * 90, None, "is no number"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "numbers", "why"), UNREADABLE)
def test_what_cannot_be_read_is_never_guessed(written: str, numbers: Numbers | None, why: str | None) -> None:
    plain, said = amount(written, numbers)
    assert plain == ""
    assert (why or "is no number") in str(said)


def test_scale_and_per_cent() -> None:
    assert amount("12", None, factor=1000.0) == ("12000", None)
    assert amount("45", None, factor=0.01, share=True) == ("0.45", None)
    assert amount("45 %", None, share=True) == ("0.45", None), "its own sign is enough"
    assert amount("45 %", None, factor=0.01, share=True) == ("0.45", None), "and is not applied twice"
    assert str(amount("45 %", None)[1]) == "… is no number", "of what is no share"


def test_in_a_sheet_numbers_have_a_point_and_digits_that_are_text_follow_the_mapping() -> None:
    assert amount("1.234", GERMAN, machine=True) == ("1.234", None)
    assert amount("'1.234", GERMAN, machine=True) == ("1234", None)
    assert "may be 1234 or 1.234" in str(amount("'1.234", None, machine=True)[1])


@given(st.text(max_size=30), st.sampled_from([None, FRENCH, GERMAN, ENGLISH, PLAIN]), st.booleans())
def test_no_text_breaks_it(written: str, numbers: Numbers | None, machine: bool) -> None:
    plain, why = amount(written, numbers, machine=machine, factor=0.01, share=True)
    assert bool(plain) != bool(why)
    assert not plain or float(plain) is not None


@given(st.floats(-1e12, 1e12).map(lambda value: round(value, 2)), st.sampled_from([FRENCH, GERMAN, ENGLISH]))
def test_a_number_comes_back_from_every_way_to_write_it(value: float, numbers: Numbers) -> None:
    written = f"{value:,.2f}".replace(",", "T").replace(".", numbers.decimal).replace("T", numbers.thousands)
    assert float(amount(written, numbers)[0]) == pytest.approx(value)
