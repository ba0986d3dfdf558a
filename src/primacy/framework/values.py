"""Numbers as planners write them: `80 %`, `45 days`, `4 quarters`, `>= 2`, `2 of 3 years`."""

import math
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from primacy.framework.saying import Unfit, said

DAYS = {"day": 1.0, "week": 7.0, "month": 30.4375, "quarter": 91.3125, "year": 365.25}
MONTHS = {"month": 1, "quarter": 3, "year": 12}
POINTS = "percentage points"
"""How the unit of a difference of shares begins; the difference itself is written in per cent, as the shares are."""
COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "==": operator.eq,
}


def number(text: str | float | int) -> float:
    """A plain number or a percentage as a fraction: `"80 %"` gives 0.8.

    Raises   ValueError naming the text when it is neither.
    """
    if isinstance(text, int | float) and not isinstance(text, bool) and math.isfinite(text):
        return float(text)
    if not isinstance(text, str):
        raise Unfit(said("no-number", given=str(text)), said("do.number"))
    match = re.fullmatch(r"\s*([+-]?\d+(?:\.\d+)?)\s*(%?)\s*", text.replace("−", "-"))
    if match is None:
        raise Unfit(said("no-number", given=str(text)), said("do.number"))
    value = float(match.group(1))
    return value / 100 if match.group(2) else value


def beside_unit(value: Any, unit: str) -> Any:
    """A number, or a pair, as it is read before its unit: 5 % in percentage points is 5."""
    if isinstance(value, list | tuple):
        return type(value)(beside_unit(each, unit) for each in value)
    return value.replace("%", "").strip() if isinstance(value, str) and unit.startswith(POINTS) else value


def rate_a_year(text: str) -> float:
    """`0.2 a year` gives 0.2.

    Raises   ValueError naming the text when it is no such rate, or none above 0.
    """
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s+a\s+year\s*", text)
    if match is None or float(match.group(1)) == 0:
        raise Unfit(said("no-rate", given=text), said("do.rate"))
    return float(match.group(1))


def day_named(text: str) -> date | None:
    """The day that a text such as 2014-09-01 names; None for the name of anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@dataclass(frozen=True)
class Span:
    """A length of time as it was written: `45 days`, `12 months`, `4 quarters`."""

    count: int
    unit: str

    @property
    def days(self) -> float:
        return self.count * DAYS[self.unit]

    @property
    def months(self) -> int:
        """Whole months, days rounded up: a window never loses part of a month."""
        if self.unit in MONTHS:
            return self.count * MONTHS[self.unit]
        return max(1, -int(-self.days // DAYS["month"]))

    @property
    def points(self) -> int:
        """How many points of its own rhythm it asks for: 4 quarters are four points."""
        return self.count

    @property
    def step_months(self) -> int:
        """Months between those points."""
        return MONTHS.get(self.unit, 1)

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"


def span(text: str) -> Span:
    """Raises ValueError naming the text when it is no length of time."""
    match = re.fullmatch(r"\s*(\d+)\s*(day|week|month|quarter|year)s?\s*", str(text))
    if match is None or int(match.group(1)) == 0:
        raise Unfit(said("no-span", given=str(text)), said("do.span"))
    return Span(int(match.group(1)), match.group(2))


@dataclass(frozen=True)
class Moment:
    """The day of an event of the mission file, or so long before or after it: `polling_day + 6 months`."""

    event: str
    sign: str = "+"
    apart: Span | None = None

    @property
    def days(self) -> float:
        """From the event to the moment."""
        apart = 0.0 if self.apart is None else self.apart.days
        return -apart if self.sign == "-" else apart

    def __str__(self) -> str:
        return self.event if self.apart is None else f"{self.event} {self.sign} {self.apart}"


def moment(text: str) -> Moment:
    """Raises ValueError naming the text when it is no event, with or without a length of time beside it."""
    match = re.fullmatch(r"\s*([a-z][a-z_]*)(?:\s*([+-])\s*(.+))?\s*", str(text))
    if match is None:
        raise Unfit(said("no-moment", given=str(text)), said("do.moment"))
    return Moment(match[1], match[2] or "+", span(match[3]) if match[3] else None)


def awaited(name: str) -> tuple[str, str]:
    """What a rule waits for, and the event as of which it is asked: `O5.S2 at polling_day`; "" is now."""
    subject, _, event = name.partition(" at ")
    return subject.strip(), event.strip()


def k_of_n_span(text: str) -> tuple[int, Span]:
    """`2 of 3 years` gives (2, 3 years)."""
    match = re.fullmatch(r"\s*(\d+)\s+of\s+(.+)", str(text))
    if match is None:
        raise Unfit(said("no-k-of-n", given=str(text)), said("do.k-of-n"))
    return int(match.group(1)), span(match.group(2))


@dataclass(frozen=True)
class Comparison:
    """A condition on one value: `>= 2`; the right side may name a threshold or `due`."""

    sign: str
    right: str

    def holds(self, left: float, right: float) -> bool:
        return COMPARISONS[self.sign](left, right)

    def __str__(self) -> str:
        return f"{self.sign} {self.right}"


def comparison(text: str) -> Comparison:
    match = re.fullmatch(r"\s*(>=|<=|==|>(?!=)|<(?!=))\s*(\S.*?)\s*", str(text))
    if match is None:
        raise Unfit(said("no-comparison", given=str(text)), said("do.comparison"))
    return Comparison(match.group(1), match.group(2))
