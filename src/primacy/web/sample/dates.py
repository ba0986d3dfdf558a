"""Dates of the invented country, counted in months: month -1 is the last that is complete, month 0 the one after it."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

RUN = re.compile(r"(-?\d+)\.\.(-?\d+)(?:/(\d+))?")
WRITTEN = re.compile(r"(start|end) of month ([+-]?\d+)|today ([+-]\d+) days")


@dataclass(frozen=True)
class Calendar:
    """`today` is the day on which the country is made; everything else is told by it."""

    today: date

    def day(self, month: int, day: int = 1) -> date:
        """A day of a month; days that a month does not have become its last."""
        return min(self.start(month) + timedelta(days=day - 1), self.end(month))

    def start(self, month: int) -> date:
        tomorrow = self.today + timedelta(days=1)  # on its last day a month is complete
        index = tomorrow.year * 12 + tomorrow.month - 1 + month
        return date(index // 12, index % 12 + 1, 1)

    def end(self, month: int) -> date:
        return self.start(month + 1) - timedelta(days=1)

    def resolved(self, content: Any) -> Any:
        """Plain data with `start of month -3`, `end of month -3` and `today +20 days` written out as dates."""
        if isinstance(content, dict):
            return {key: self.resolved(value) for key, value in content.items()}
        if isinstance(content, list):
            return [self.resolved(each) for each in content]
        found = WRITTEN.fullmatch(content) if isinstance(content, str) else None
        if found is None:
            return content
        if found[3]:
            return self.today + timedelta(days=int(found[3]))
        return self.start(int(found[2])) if found[1] == "start" else self.end(int(found[2]))


def months(written: int | str | list[int | str]) -> list[int]:
    """Months as the descriptions write them: -3, `-36..-1`, `-36..-6/3` (every third), or several with commas.

    >>> months("-9..-1/4"), months("-48, -3..-1")
    ([-9, -5, -1], [-48, -3, -2, -1])
    """
    if isinstance(written, list):
        return [month for each in written for month in months(each)]
    if isinstance(written, int):
        return [written]
    found: list[int] = []
    for part in written.split(","):
        run = RUN.fullmatch(part.strip())
        found += range(int(run[1]), int(run[2]) + 1, int(run[3] or 1)) if run else [int(part)]
    return found
