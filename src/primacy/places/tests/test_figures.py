"""Numbers and days as people write them: understood where only one thing can be meant, else sent back with what to write."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.places.files.figures import day, plain_number

NUMBERS = [
    # what it shows, as written, thousands are possible, a point is before decimals, the number
    ("plain", "12", True, True, 12.0),
    ("a decimal point", "0.5", True, True, 0.5),
    ("a decimal comma", "0,5", True, True, 0.5),
    ("a decimal comma with two decimals", "12,50", True, False, 12.5),
    ("three decimals of a share", "0,125", True, False, 0.125),
    ("three decimals where no thousands can be", "18,558", False, False, 18.558),
    ("a point is before decimals in a table parted by commas", "1.234", True, True, 1.234),
    ("spaces between thousands", "1 234 567", True, True, 1_234_567.0),
    ("narrow spaces of a French spreadsheet", "1\u202f234,5", True, False, 1234.5),
    ("apostrophes between thousands", "1’234", True, True, 1234.0),
    ("commas between thousands, more than one", "1,234,567", True, True, 1_234_567.0),
    ("comma before thousands, point before decimals", "1,234.5", True, True, 1234.5),
    ("point before thousands, comma before decimals", "1.234,5", True, False, 1234.5),
    ("Arabic digits", "١٢٣", True, True, 123.0),
    ("Arabic digits and marks", "١٬٢٣٤٫٥", True, True, 1234.5),
    ("Persian digits", "۴۵", True, True, 45.0),
    ("a minus of typesetters", "−3", True, True, -3.0),
    ("marks of direction around it", "\u200f7\u200e", True, True, 7.0),
    ("a power of ten", "1e3", True, True, 1000.0),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "written", "large", "point", "number"), NUMBERS, ids=[case[0] for case in NUMBERS])
def test_one_meaning_is_understood(shows: str, written: str, large: bool, point: bool, number: float) -> None:
    plain, why = plain_number(written, large=large, point=point)
    assert (float(plain), why) == (number, None)


NO_NUMBERS = [
    ("a comma before three digits", "1,234", True, True, "may be 1234 or 1.234 (write 1234, or 1.2340)"),
    ("the same in Arabic digits", "١,٢٣٤", True, True, "may be 1234 or 1.234 (write 1234, or 1.2340)"),
    ("a point before three digits in a table parted otherwise", "1.234", True, False, "may be 1234 or 1.234"),
    ("groups that are none", "12 34", True, True, "is no number"),
    ("commas that are none", "1,2,3", True, True, "is no number"),
    ("a word", "many", True, True, "is no number"),
    ("a share beyond its sign", "45 %", False, True, "is no number"),
    ("two numbers", "1-2", True, True, "is no number"),
    ("a number longer than any", "9" * 61, True, True, "is no number"),
    ("digits above the line", "5²", True, True, "is no number"),
    ("nothing", "", True, True, "is no number"),
]


@pytest.mark.parametrize(
    ("shows", "written", "large", "point", "why"), NO_NUMBERS, ids=[case[0] for case in NO_NUMBERS]
)
def test_what_may_mean_two_things_is_sent_back(shows: str, written: str, large: bool, point: bool, why: str) -> None:
    plain, told = plain_number(written, large=large, point=point)
    assert plain == ""
    assert told is not None
    assert str(told.filled(column="it")).startswith(f"it {why}")


@given(st.integers(-(10**12), 10**12), st.sampled_from([" ", "\u00a0", "\u202f", "'"]))
def test_a_whole_number_is_itself_however_its_thousands_are_parted(number: int, mark: str) -> None:
    written = f"{number:,}".replace(",", mark)
    for digits in ("0123456789", "٠١٢٣٤٥٦٧٨٩"):
        plain, why = plain_number(written.translate(str.maketrans("0123456789", digits)), large=True, point=False)
        assert (int(plain), why) == (number, None)


@given(st.text(max_size=30), st.booleans(), st.booleans())
def test_what_is_understood_is_a_number(written: str, large: bool, point: bool) -> None:
    plain, why = plain_number(written, large=large, point=point)
    assert bool(plain) != bool(why)
    assert not plain or float(plain) is not None


DAYS = [
    ("as asked for", "2022-12-31", date(2022, 12, 31), ""),
    ("with a time", "2022-12-31T10:00:00", date(2022, 12, 31), ""),
    ("with strokes", "2022/12/31", date(2022, 12, 31), ""),
    ("with one digit", "2022-1-5", date(2022, 1, 5), ""),
    ("in Arabic digits", "٢٠٢٢-١٢-٣١", date(2022, 12, 31), ""),
    ("day first", "31/12/2022", None, "has its year at the end (write 2022-12-31)"),
    ("month first", "12/31/2022", None, "has its year at the end (write 2022-12-31)"),
    ("day first with points", "31.12.2022", None, "has its year at the end (write 2022-12-31)"),
    ("day or month first", "03/04/2022", None, "may be 2022-04-03 or 2022-03-04 (write the one that is meant)"),
    ("day and month alike", "05/05/2022", None, "has its year at the end (write 2022-05-05)"),
    ("neither", "32/13/2022", None, "is no date (write 2024-12-31)"),
    ("a spreadsheet's number", "44926", None, "is a spreadsheet's number for 2022-12-31"),
    ("a day that never was", "2022-02-30", None, "is a day that does not exist"),
    ("two kinds of marks", "2022-12/31", None, "is no date"),
    ("a word", "June", None, "is no date"),
]


@pytest.mark.parametrize(("shows", "written", "meant", "why"), DAYS, ids=[case[0] for case in DAYS])
def test_days(shows: str, written: str, meant: date | None, why: str) -> None:
    found, told = day(written)
    assert found == meant
    assert (str(told.filled(column="it")) if told else "").startswith(f"it {why}" if why else "")
    assert bool(told) != bool(found)
