"""Days and periods as tables write them, read by the forms that a mapping says; 01/02/2024 is never guessed."""

import calendar
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path

from primacy.framework.saying import Said, said
from primacy.framework.yaml_files import read_yaml
from primacy.places.files.figures import LONGEST, tidied
from primacy.places.names import plain

Period = tuple[date, date]
FIRST_SERIAL, LAST_SERIAL = 10_000, 80_000  # 1927 to 2119
EPOCHS = {"serial": date(1899, 12, 30), "serial-1904": date(1904, 1, 1)}
TIME = re.compile(r"[T ]+\d{1,2}[:h.]\d{2}.*$|[T ]\d{4} ?(?:hrs?|h|Z)$")
QUARTER = "(?:q|t|quarter|trimestre|الربع)"
MOST_KEPT = 50_000


@cache
def months() -> Mapping[str, int]:
    listed = read_yaml((Path(__file__).parent / "months.yaml").read_bytes())
    return {plain(name): number for number, names in listed.items() for name in names}


@lru_cache(MOST_KEPT)
def period(
    written: str, forms: tuple[str, ...], century: int | None = None
) -> tuple[Period | None, Said | None]:  # fmt: skip
    """(first and last day meant, None) or (None, why none can be read, of a `column` that the reader fills in).

    forms     as `mapping.Day.forms`; a day that begins with its year is read whatever they are
    century   2000 where years may have two digits

    >>> period("31/12/2024", ("day-month-year",))
    ((datetime.date(2024, 12, 31), datetime.date(2024, 12, 31)), None)
    >>> period("T1 2024", ("quarter",))[0]
    (datetime.date(2024, 1, 1), datetime.date(2024, 3, 31))
    """
    text = tidied(written[: LONGEST * 2])
    if len(text) > LONGEST:
        return None, said("evidence/no-date-long")
    if "T" in text or ":" in text or "h" in text or " " in text:
        text = TIME.sub("", text)
    parts = _parts(text)
    whole = ("year-month-day", None)  # a year of four digits at the start leaves nothing open
    for form, short in (whole, *((form, century) for form in forms)):
        try:
            if found := _READ[form](text, parts, short):
                return found, None
        except (ValueError, OverflowError):
            return None, said("evidence/no-day-as", form=form_told(form))
    return None, said("evidence/no-date-form", names=[form_told(each) for each in forms])


def form_told(form: str) -> Said:
    """A form of days in words."""
    return said(f"evidence/form-of-days.{form}")


def _parts(text: str) -> tuple[str, ...]:
    """Numbers and words, in order: `12 févr. 2024` -> 12, fevr, 2024."""
    return tuple(re.findall(r"\d+|[^\W\d_]+(?: [^\W\d_]+)?", plain(text)))


def _year(text: str, century: int | None) -> int | None:
    if len(text) == 4 and text.isdecimal():
        return int(text)
    return century + int(text) if century is not None and len(text) == 2 and text.isdecimal() else None


def _month(text: str) -> int | None:
    if text.isdecimal():
        return int(text) if len(text) <= 2 else None
    return months().get(text)


def _day(year: int | None, month: int | None, day: str) -> Period | None:
    if year is None or month is None or not day.isdecimal() or len(day) > 2:
        return None
    found = date(year, month, int(day))
    return found, found


def _ordered(*order: str) -> Callable[[str, tuple[str, ...], int | None], Period | None]:
    def read(text: str, parts: tuple[str, ...], century: int | None) -> Period | None:
        if len(parts) != 3:
            return (
                _day(int(text[:4]), int(text[4:6]), text[6:])
                if order[0] == "year" and re.fullmatch(r"(19|20)\d{6}", text)
                else None
            )
        said = dict(zip(order, parts, strict=True))
        return _day(_year(said["year"], century), _month(said["month"]), said["day"])

    return read


def _month_of_year(text: str, parts: tuple[str, ...], century: int | None) -> Period | None:
    """2024-05, 05/2024, May 2024, 202405."""
    if re.fullmatch(r"(19|20)\d{4}", text):
        parts = (text[:4], text[4:])
    if len(parts) != 2:
        return None
    year, other = (0, 1) if len(parts[0]) == 4 and parts[0].isdecimal() else (1, 0)
    found, month = _year(parts[year], century), _month(parts[other])
    return None if found is None or month is None else _months(found, month, 1)


def _quarter(text: str, parts: tuple[str, ...], century: int | None) -> Period | None:
    """2024-Q1, Q1 2024, T1 2024, 1er trimestre 2024, الربع 1 2024."""
    found = re.fullmatch(
        rf"(?P<a>\d{{4}}) ?{QUARTER} ?(?P<q>[1-4])|{QUARTER} ?(?P<r>[1-4]) (?P<b>\d{{4}})"
        r"|(?P<s>[1-4])(?:st|nd|rd|th|er|e|eme)? (?:quarter|trimestre) (?P<c>\d{4})", plain(text),
    )  # fmt: skip
    if not found:
        return None
    year, number = (next(found[name] for name in names if found[name]) for names in ("abc", "qrs"))
    return _months(int(year), 3 * int(number) - 2, 3)


def _whole_year(text: str, parts: tuple[str, ...], century: int | None) -> Period | None:
    bare = text.removesuffix(".0")
    return (date(int(bare), 1, 1), date(int(bare), 12, 31)) if re.fullmatch(r"(1[5-9]|2[01])\d\d", bare) else None


def _serial(epoch: date) -> Callable[[str, tuple[str, ...], int | None], Period | None]:
    def read(text: str, parts: tuple[str, ...], century: int | None) -> Period | None:
        if not re.fullmatch(r"\d{5}(\.\d+)?", text) or not FIRST_SERIAL <= int(text[:5]) <= LAST_SERIAL:
            return None
        found = epoch + timedelta(days=int(text[:5]))
        return found, found

    return read


def _months(year: int, month: int, count: int) -> Period:
    last = month + count - 1
    return date(year, month, 1), date(year, last, calendar.monthrange(year, last)[1])


_READ: Mapping[str, Callable[[str, tuple[str, ...], int | None], Period | None]] = {
    "year-month-day": _ordered("year", "month", "day"),
    "day-month-year": _ordered("day", "month", "year"),
    "month-day-year": _ordered("month", "day", "year"),
    "month": _month_of_year,
    "quarter": _quarter,
    "year": _whole_year,
    **{name: _serial(epoch) for name, epoch in EPOCHS.items()},
}


def joined(texts: Sequence[str]) -> str:
    """Year, month and day of several columns as one text; empty if any is missing."""
    return "-".join(text.removesuffix(".0") for text in texts) if all(texts) else ""
