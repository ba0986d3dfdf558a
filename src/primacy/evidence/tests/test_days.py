"""Days and periods as tables write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.evidence.mapped.days import joined, period
from primacy.evidence.mapped.mapping import DateForm

DAY = date(2024, 2, 3)
FORMS = DateForm.__args__  # type: ignore[attr-defined]
READ = [
    ("2024-02-03", "day-month-year", (DAY, DAY)),
    ("2024-02-03 13:45:00", "day-month-year", (DAY, DAY)),
    ("2024-02-03T13:45:00Z", "month", (DAY, DAY)),
    ("20240203", "year-month-day", (DAY, DAY)),
    ("03/02/2024", "day-month-year", (DAY, DAY)),
    ("3.2.2024", "day-month-year", (DAY, DAY)),
    ("02/03/2024", "month-day-year", (DAY, DAY)),
    ("3 Feb 2024", "day-month-year", (DAY, DAY)),
    ("3 févr. 2024", "day-month-year", (DAY, DAY)),
    ("٣ فبراير ٢٠٢٤", "day-month-year", (DAY, DAY)),
    ("3 شباط 2024", "day-month-year", (DAY, DAY)),
    ("03-FEB-2024", "day-month-year", (DAY, DAY)),
    ("February 3, 2024", "month-day-year", (DAY, DAY)),
    ("45325", "serial", (DAY, DAY)),
    ("45325.5", "serial", (DAY, DAY)),
    ("43863", "serial-1904", (DAY, DAY)),
    ("2024-02", "month", (date(2024, 2, 1), date(2024, 2, 29))),
    ("02/2024", "month", (date(2024, 2, 1), date(2024, 2, 29))),
    ("Février 2024", "month", (date(2024, 2, 1), date(2024, 2, 29))),
    ("202402", "month", (date(2024, 2, 1), date(2024, 2, 29))),
    ("2024 Q2", "quarter", (date(2024, 4, 1), date(2024, 6, 30))),
    ("T2-2024", "quarter", (date(2024, 4, 1), date(2024, 6, 30))),
    ("2e trimestre 2024", "quarter", (date(2024, 4, 1), date(2024, 6, 30))),
    ("2024", "year", (date(2024, 1, 1), date(2024, 12, 31))),
    ("2024.0", "year", (date(2024, 1, 1), date(2024, 12, 31))),
]


@pytest.mark.parametrize(("written", "form", "meant"), READ)
def test_read(written: str, form: str, meant: tuple[date, date]) -> None:
    assert period(written, (form,)) == (meant, None)


UNREADABLE = [
    ("03/02/2024", "year-month-day", "is no date of the form year-month-day"),
    ("31/02/2024", "day-month-year", "is a day that does not exist as day-month-year"),
    ("13/13/2024", "month-day-year", "is a day that does not exist"),
    ("03/02/24", "day-month-year", "is no date of the form"),
    ("45325", "day-month-year", "is no date of the form"),
    ("12", "serial", "is no date of the form serial"),
    ("last week", "day-month-year", "is no date"),
    ("2024 Q5", "quarter", "is no date"),
    ("9" * 500, "year", "is no date"),
]


@pytest.mark.parametrize(("written", "form", "why"), UNREADABLE)
def test_what_cannot_be_read(written: str, form: str, why: str) -> None:
    found, said = period(written, (form,))
    assert found is None
    assert why in str(said)


def test_years_of_two_digits_only_with_their_century() -> None:
    assert period("03/02/24", ("day-month-year",), 2000)[0] == (DAY, DAY)


def test_forms_are_tried_in_turn() -> None:
    assert period("2024", ("month", "year"))[0] == (date(2024, 1, 1), date(2024, 12, 31))


def test_columns_of_year_and_month_are_joined() -> None:
    assert joined(["2024", "2"]) == "2024-2"
    assert joined(["2024", ""]) == ""


@given(st.text(max_size=40), st.sampled_from(FORMS), st.sampled_from([None, 1900, 2000]))
def test_no_text_breaks_it(written: str, form: str, century: int | None) -> None:
    found, why = period(written, (form,), century)
    assert (found is None) == bool(why)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_day_comes_back_in_every_order(day: date) -> None:
    for form, written in (
        ("day-month-year", f"{day:%d/%m/%Y}"),
        ("month-day-year", f"{day:%m/%d/%Y}"),
        ("serial", f"{day:%Y.%m.%d}"),
    ):
        assert period(written, (form,))[0] == (day, day)
