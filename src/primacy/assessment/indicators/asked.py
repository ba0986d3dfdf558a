"""What one indicator asks for: which data points, of which nature, from which day, and how long they stay fresh."""

import math
from dataclasses import dataclass
from functools import cached_property

from primacy.assessment.indicators.area_filter import names
from primacy.assessment.indicators.selectors import Selector, selectors_of
from primacy.assessment.rules.round import Round
from primacy.evidence.kinds import KINDS
from primacy.evidence.store.numbered_days import day_number
from primacy.framework.entries import Measured
from primacy.framework.grammar import Indicator
from primacy.framework.values import number


@dataclass(frozen=True)
class Asked:
    """One indicator of one benchmark, risk or trade-off, and the round that it is asked in."""

    round: Round
    benchmark: Measured
    id: str
    indicator: Indicator
    by_row: bool = False  # read row by row, because an `each` goes over its actors, groups or items
    only: tuple[str, str] | None = None  # column and value inside such an `each`
    question: str | None = None  # the one item that is looked at, where several are judged one by one
    counted_with: Selector | None = None  # the whole that this is a part of: both are counted in the same source

    @cached_property
    def selectors(self) -> dict[str, Selector]:
        return selectors_of(self.indicator, by_row=self.by_row)

    @property
    def main(self) -> Selector:
        return self.selectors["main"]

    @property
    def derived(self) -> bool:
        """Made of other indicators alone: it reads no data points of its own."""
        return self.indicator.kind is None

    @property
    def nature(self) -> str:
        return "" if self.derived else KINDS[self.main.kind].nature

    def number(self, name: object) -> float:
        """A number of a rule: the name of a threshold, or written out."""
        if isinstance(name, str) and name in self.benchmark.thresholds:
            return self.benchmark.thresholds[name].number
        if isinstance(name, str) and name.startswith("norm."):
            return self.round.mission.norm(name.removeprefix("norm.")) or 0.0
        return number(name)  # type: ignore[arg-type]

    @cached_property
    def unset(self) -> bool:
        """A filter names a list that the mission file does not give: what it would read is then unknown, not zero. Of a
        list that a signed change emptied it is zero: nobody is on it."""
        wanted = [each for value in self.indicator.where.values() for each in names(value)]
        return any(each.startswith("mission.") and not self.round.mission.states(each) for each in wanted)

    @cached_property
    def first_day(self) -> float:
        """The day from which rows count; none does while the mission file gives no day for the event."""
        since = self.indicator.since
        if since is None:
            return -math.inf
        day = self.round.mission.events.get(since.event)
        return math.inf if day is None else day_number(day) + since.days

    @cached_property
    def fresh_days(self) -> float:
        """Days for which a state or estimate stays valid; infinite where the kind has no shelf life."""
        if self.indicator.fresh is not None:
            return self.indicator.fresh.days
        shelf = KINDS[self.main.kind].shelf_life
        return float("inf") if shelf is None else float(shelf)

    @property
    def wants_two(self) -> bool:
        """Whether two types of source are asked for: events, presence, conduct at medium and long term."""
        if self.derived or self.benchmark.term == "short":
            return False
        kind = KINDS[self.main.kind]
        return kind.corroborate and not kind.official

    def within(self, code: str, area: str) -> bool:
        """Whether a place is an area or lies in it."""
        return area in self.round.line(code)

    def has_rows(self, role: str = "main") -> bool:
        selector = self.selectors.get(role)
        return selector is not None and (
            selector in self.round.selected.monthly or selector in self.round.selected.detail
        )

    @cached_property
    def restricted(self) -> bool:
        """Whether any row read is Confidential or higher."""
        selected = self.round.selected
        levels = [
            columns["confidentiality"]
            for selector in self.selectors.values()
            for columns in (selected.monthly.get(selector), selected.detail.get(selector))
            if columns is not None
        ]
        return any(bool((each >= 2).any()) for each in levels)
