"""What the columns of a table look like: how days and numbers are written in them, and what may mean two things."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise

from primacy.evidence.mapped.days import period
from primacy.framework.saying import Said, Words, said
from primacy.places.files.figures import FIRST_OF_SPREADSHEETS, SPACES, plain_number, tidied
from primacy.places.names import plain

MOST = 0.8  # of the filled cells of a column must fit
HALF, SOME = 0.5, 2  # of days that have a month, so many are enough: the faulty ones are refused line by line
FEW = 30  # different texts of a column that sorts things
PCODE = re.compile(r"[A-Z]{2,3}\d{1,10}")
THREE_PARTS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:\D.*)?")
RUNNING = re.compile(r"\d{1,6}(?:\.0?|\))?")
SERIAL = re.compile(r"[2-6]\d{4}(?:\.\d+)?")
DAY_FORMS = ("year-month-day", "month", "quarter", "year")
UNCLEAR_NUMBER = re.compile(r"[-+]?[1-9]\d{0,2}([.,])\d{3}")


@dataclass(frozen=True)
class Look:
    """One column: how many cells say something, its different texts with their count, and what they are."""

    name: str
    filled: int
    values: Counter[str] = field(repr=False)

    @property
    def words(self) -> frozenset[str]:
        """The words of its name; an Arabic one also without its article."""
        said = plain(self.name.replace("_", " ")).split()
        return frozenset([*said, *(word[2:] for word in said if word.startswith("ال") and len(word) > 4)])

    @property
    def different(self) -> bool:
        return self.filled > 0 and len(self.values) == self.filled

    @property
    def sorts(self) -> bool:
        """Whether the column sorts things: few texts that come again."""
        return 0 < len(self.values) <= FEW and len(self.values) < max(self.filled, 2) and not self.numeric

    @property
    def example(self) -> str:
        return next(iter(self.values), "")

    @property
    def running(self) -> bool:
        """Whether the column only counts the lines: 1, 2, 3 ..., where some may be left out."""
        if not self.different or not all(RUNNING.fullmatch(tidied(value)) for value in self.values):
            return False
        numbers = [int(float(tidied(value).rstrip(".)"))) for value in self.values]
        rising = all(first < then for first, then in pairwise(numbers))
        return rising and numbers[0] <= 1 and numbers[-1] <= self.filled / MOST

    def share(self, fits: "re.Pattern[str]") -> float:
        return self._share([value for value in self.values if fits.fullmatch(value)])

    def _share(self, values: Sequence[str]) -> float:
        return sum(self.values[value] for value in values) / self.filled if self.filled else 0.0

    @property
    def numeric(self) -> bool:
        return self._share([value for value in self.values if _number_like(value)]) >= MOST

    @property
    def partly_numeric(self) -> bool:
        """Whether half of the cells are numbers: enough where the name says that it is a figure."""
        return self._share([value for value in self.values if _number_like(value)]) >= MOST / 2

    @property
    def coded(self) -> bool:
        return self.share(PCODE) >= MOST

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms of days in which most cells can be read; the order of days and months may stay open (`order`)."""
        if self.share(THREE_PARTS) >= MOST:
            return ("day-month-year",)
        found: Counter[str] = Counter()
        read = 0
        for value, count in self.values.items():
            form = next(
                (form for form in (*DAY_FORMS, "day-month-year", "month-day-year") if period(value, (form,))[0]),
                "day-month-year" if THREE_PARTS.fullmatch(value) else "",
            )
            found[form] += count
            read += count if form else 0
        some = read - found["year"] >= SOME and not self.numeric
        if not self.filled or read < (HALF if some else MOST) * self.filled:
            return ()
        return tuple(form for form, _ in found.most_common() if form)

    @property
    def serial(self) -> bool:
        """Whether all cells could be days as spreadsheets keep them: whole numbers of five digits from 1954 to 2091."""
        return self.filled > 0 and self.share(SERIAL) == 1.0

    def order(self) -> tuple[str, Said | None]:
        """(day-month-year, month-day-year or "" where both can be meant, why)."""
        parts = [found for value in self.values if (found := THREE_PARTS.fullmatch(value))]
        first, second = ([int(each[n]) for each in parts] for n in (1, 2))
        day_first = next((each[0] for each in parts if 12 < int(each[1]) <= 31), "")
        month_first = next((each[0] for each in parts if 12 < int(each[2]) <= 31), "")
        if day_first and month_first:
            return "", said("evidence/days-both-ways", day=day_first, month=month_first)
        if day_first:
            return "day-month-year", said("evidence/days-first", day=day_first)
        if month_first:
            return "month-day-year", said("evidence/months-first", day=month_first)
        one = next((each[0] for each in parts if each[1] != each[2]), parts[0][0] if parts else "")
        return "", said("evidence/days-unclear", day=one) if first and second else None

    @property
    def short_years(self) -> bool:
        return any(len(found[3]) == 2 for value in self.values if (found := THREE_PARTS.fullmatch(value)))


def looks(columns: Sequence[str], rows: Sequence[Sequence[str]], missing: Sequence[str]) -> list[Look]:
    """One look for each column; `missing` are words that say that nothing is known."""
    nothing = {"", *missing}
    found = []
    for place, name in enumerate(columns):
        said = Counter(
            text
            for row in rows
            if place < len(row) and (text := row[place].strip()) and plain_word(text) not in nothing
        )
        found.append(Look(name, said.total(), said))
    return found


def plain_word(text: str) -> str:
    return text.strip().lower()


def spreadsheet_day(value: str) -> str:
    """The day that a number of a spreadsheet stands for."""
    return (FIRST_OF_SPREADSHEETS + timedelta(days=int(value[:5]))).isoformat()


def _number_like(value: str) -> bool:
    bare = tidied(value).rstrip("%").strip().removeprefix("'")
    return UNCLEAR_NUMBER.fullmatch(bare) is not None or not plain_number(bare, large=False, point=True)[1]


def number_marks(found: Sequence[Look]) -> tuple[dict[str, str] | None, Words]:
    """(decimal and thousands marks, why); (None, question) where one may mean two things; ({}, "") without marks."""
    decimal: dict[str, str] = {}
    thousands: dict[str, str] = {}
    unclear: dict[str, str] = {}
    for value in (tidied(value).rstrip("%").strip() for look in found for value in look.values):
        bare = value.translate(SPACES)
        marks = re.findall("[.,]", bare)
        if "'" in bare.strip("'"):
            thousands[" " if "'" not in value else "'"] = value
        if len(set(marks)) == 2:
            thousands[marks[0]], decimal[marks[-1]] = value, value
        elif len(marks) > 1:
            thousands[marks[0]] = value
        elif marks:
            (unclear if UNCLEAR_NUMBER.fullmatch(bare) else decimal)[marks[0]] = value
    for mark, value in unclear.items():
        other = {".": ",", ",": "."}[mark]
        if mark in decimal or mark in thousands:
            continue
        if other in decimal:
            thousands[mark] = value
        elif thousands:
            decimal[mark] = value
        else:
            together, apart = re.sub("[.,]", "", value), value.replace(",", ".")
            return None, said("evidence/draft.number-unclear", value=value, together=together, apart=apart)
    if len(decimal) > 1 or set(decimal) & set(thousands):
        shown = tuple(dict.fromkeys([*decimal.values(), *thousands.values()]))
        return None, said("evidence/draft.numbers-both-ways", examples=shown)
    if not decimal and not thousands:
        return {}, ""
    mark = next(iter(decimal), "," if "." in thousands else ".")
    shown = tuple(dict.fromkeys([*list(decimal.values())[:1], *list(thousands.values())[:1]]))
    return {"decimal": mark, "thousands": next(iter(thousands), "")}, said("evidence/draft.as-in", examples=shown)
