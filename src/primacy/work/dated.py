"""Days of all rooms in one calendar: what is due or planned, and the spans by which they are shown. Pure."""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

KINDS = ("mission", "benchmark", "view", "decision", "task", "record")
VIEWS = ("month", "week", "agenda")
AGENDA = timedelta(days=60)
MONDAY = calendar.Calendar(firstweekday=0)
FIRST, LAST = date(1990, 1, 1), date(2190, 1, 1)  # what may be asked for, so that no day is out of range


@dataclass(frozen=True)
class Dated:
    """Something of one day.

    key       the same at every reading, and no way back to an address
    title     for the page, as this person may read it
    address   where it is shown
    guarded   it stands on the page and in no feed
    over      it is done, or no longer asked for
    """

    day: date
    kind: str
    key: str
    title: str
    address: str
    guarded: bool = False
    over: bool = False


@dataclass(frozen=True)
class Span:
    """What one page of the calendar shows, and the days that lead to the pages beside it."""

    view: str
    day: date

    @property
    def first(self) -> date:
        if self.view == "month":
            return self.weeks[0][0]
        return self.day - timedelta(days=self.day.weekday()) if self.view == "week" else self.day

    @property
    def last(self) -> date:
        if self.view == "month":
            return self.weeks[-1][-1]
        return self.first + (timedelta(days=6) if self.view == "week" else AGENDA)

    @property
    def weeks(self) -> list[list[date]]:
        """The weeks of a month from Monday on, with the days of its neighbours that fill them."""
        return MONDAY.monthdatescalendar(self.day.year, self.day.month)

    @property
    def before(self) -> date:
        if self.view == "month":
            return (self.day.replace(day=1) - timedelta(days=1)).replace(day=1)
        return self.first - (timedelta(days=7) if self.view == "week" else AGENDA)

    @property
    def after(self) -> date:
        if self.view == "month":
            return (self.day.replace(day=1) + timedelta(days=32)).replace(day=1)
        return self.last + timedelta(days=1)


def span_of(view: str, day: date) -> Span:
    """A page that there is: another view is a month, a day out of range is the nearest one."""
    return Span(view if view in VIEWS else VIEWS[0], min(max(day, FIRST), LAST))


def by_day(found: Iterable[Dated]) -> dict[date, list[Dated]]:
    """What is dated, under its day; on one day in the order of the kinds."""
    days: dict[date, list[Dated]] = {}
    for each in sorted(found, key=lambda one: (one.day, KINDS.index(one.kind), one.title)):
        days.setdefault(each.day, []).append(each)
    return days
