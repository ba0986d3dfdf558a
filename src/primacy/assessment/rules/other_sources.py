"""What other sources tell where the figures of an indicator come from an official one: for comparison alone.

Everything that any source tells was fetched for the round already. Of each source the part that it tells by itself is
taken from that, and the indicator is read once more over the same months and places, as if nobody else told of it.
Nothing here reaches a status; without a mark nothing is computed.
"""

import math
from collections import ChainMap
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np

from primacy.assessment.finding import TRENDS, OtherSources, SourceTold
from primacy.assessment.indicators import covering
from primacy.assessment.indicators.cells import Coded, Columns
from primacy.assessment.indicators.quantities import quantity
from primacy.assessment.indicators.quantity import Quantity
from primacy.assessment.indicators.reading import Reading
from primacy.assessment.indicators.selection import Selected
from primacy.assessment.indicators.selectors import Selector
from primacy.assessment.rules.grid import Bools
from primacy.assessment.rules.judging import Judging
from primacy.assessment.rules.round import Round
from primacy.assessment.told.wording import rounded
from primacy.evidence.kinds import KINDS, LISTING
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.numbered_days import EPOCH, first_day, month_index

Span = tuple[int, int]  # months of the round, half-open


def other_sources(judging: Judging) -> tuple[OtherSources, ...]:
    """For each indicator that an official source answers, and others could: what each of them tells of it."""
    if not any(version.official_topics for version in judging.round.versions):
        return ()
    # In the order of their ids: a package keeps its framework in no order of its own.
    readings = (judging.readings[id] for id in sorted(judging.readings))
    found = (_compared(judging, reading) for reading in readings if _read_from_one(reading))
    return tuple(each for each in found if each is not None)


def _read_from_one(reading: Reading) -> bool:
    """Whether one source is read where several tell of the same. Rows that are counted one by one, such as different
    people met, are read from all; so are questions of which the weakest decides, one by one."""
    if reading.derived or reading.unset or reading.indicator.aggregate == "weakest":
        return False
    if reading.nature in ("state", "estimate"):
        return True
    return not reading.main.detail


def _compared(judging: Judging, reading: Reading) -> OtherSources | None:
    round_ = judging.round
    lineage = covering.official_lineage(round_.versions, reading.main, round_.expand)
    others = sorted(_telling(reading) - {lineage})
    if not lineage or not others:
        return None
    counted = reading.nature in ("event", "effort")
    asked = _Asked(judging, reading, *(_months(judging, reading) if counted else ((0, 0), None)))
    official = asked.alone(lineage)
    first = official.counted(official) if counted else official.valued(official)
    if first.figure is None or (counted and not first.told):
        return None  # it is silent here, and others are read
    told = [each.counted(official) if counted else each.valued(official) for each in map(asked.alone, others)]
    start, stop = asked.window
    return OtherSources(
        reading.id, asked.measure, asked.unit, (first, *sorted(told, key=lambda each: (each.name, each.lineage))),
        first_day(round_.first_month + start).isoformat() if counted else None,
        first_day(round_.first_month + stop - 1).isoformat() if counted else None,
    )  # fmt: skip


def _telling(reading: Reading) -> set[str]:
    """The series of data sets with rows on it, and those whose silence says that there were none."""
    round_, main = reading.round, reading.main
    columns = round_.selected.monthly.get(main) or round_.selected.detail.get(main)
    named: Collection[str] = () if columns is None else _datasets(columns)
    found = {round_.lineage.get(each, "") for each in named} - {""}
    for version in round_.versions:
        if any(covering.covers(each, main, round_.expand) for each in version.coverage):
            found.add(version.lineage)
    return found


def _datasets(columns: Columns) -> Collection[str]:
    """Those that say how something is; a list of what ought to be says nothing of that."""
    datasets = columns["dataset"]
    if isinstance(datasets, Coded):
        return datasets.present()
    pairs = zip(datasets.tolist(), columns["measure"].tolist(), strict=True)
    return {dataset for dataset, measure in pairs if measure not in LISTING}


def _months(judging: Judging, reading: Reading) -> tuple[Span, Span | None]:
    """The months that are counted, as the rule looked at them, and those that it compares them with."""
    for leaf in judging.leaves:
        chart = leaf.verdict.chart
        if leaf.indicator == reading.id and leaf.verb in TRENDS and chart is not None and chart.window is not None:
            first = month_index(date.fromisoformat(chart.months[0])) - reading.round.first_month
            start, stop = chart.window
            before = chart.baseline
            return (first + start, first + stop), before and (first + before[0], first + before[1])
    ends = reading.ends()
    stop = int(np.clip(ends[-1], 1, reading.round.months))
    return (max(0, int(reading.window_starts(ends)[-1])), stop), None


@dataclass(frozen=True)
class _Asked:
    """An indicator, and the months for which each source is asked."""

    judging: Judging
    reading: Reading
    window: Span
    before: Span | None

    @property
    def measure(self) -> str:
        return self.reading.indicator.measure or next(iter(KINDS[self.reading.main.kind].measures))

    @property
    def unit(self) -> str:
        share = self.reading.indicator.aggregate == "share"
        return "share" if share else KINDS[self.reading.main.kind].measures.get(self.measure, "")

    def alone(self, lineage: str) -> "_Alone":
        """The same as if one source alone told of it."""
        parts = self._with_parts(self.reading)
        mains = {each.main for each in parts}
        round_ = _told_by(self.reading.round, lineage, mains)
        readings = {id: replace(each, round=round_) for id, each in self.judging.readings.items()}
        return _Alone(self, lineage, readings, mains)

    def _with_parts(self, reading: Reading) -> list[Reading]:
        """An indicator and the whole that it is a share of."""
        of = reading.indicator.of
        named = [] if of is None else [of] if isinstance(of, str) else of
        parts = [each for name in named for each in self._with_parts(self.judging.readings[name])]
        return [*([] if reading.derived else [reading]), *parts]


def _told_by(round_: Round, lineage: str, mains: Collection[Selector]) -> Round:
    """The round with one source alone on what some selectors read; the rest, effort and lists among it, as it was."""
    mine = {version.id for version in round_.versions if version.lineage == lineage}
    kinds = {each.kind for each in mains}
    selected = Selected(
        ChainMap(_narrowed(round_.selected.monthly, mains, mine), round_.selected.monthly),  # type: ignore[arg-type]
        ChainMap(_narrowed(round_.selected.detail, mains, mine), round_.selected.detail),  # type: ignore[arg-type]
    )
    versions = [each if each.lineage == lineage else _silent_on(kinds, each) for each in round_.versions]
    return replace(round_, selected=selected, versions=versions, memory={})


def _narrowed(
    found: Mapping[Selector, Columns], mains: Collection[Selector], mine: Collection[str]
) -> Mapping[Selector, Columns]:
    return {each: _rows_of(columns, mine) for each in mains if (columns := found.get(each)) is not None}


def _rows_of(columns: Columns, mine: Collection[str]) -> Columns:
    """What some data sets tell; what ought to exist is read from whoever lists it, as in the finding."""
    datasets = columns["dataset"]
    if isinstance(datasets, Coded):
        kept: Bools = datasets.mapped(lambda each: each in mine, bool)
    else:
        pairs = zip(datasets.tolist(), columns["measure"].tolist(), strict=True)
        kept = np.array([each in mine or measure in LISTING for each, measure in pairs], dtype=bool)
    return {name: columns[name][kept] for name in columns}


def _silent_on(kinds: Collection[str], version: DatasetVersion) -> DatasetVersion:
    return version.model_copy(update={"coverage": tuple(each for each in version.coverage if each.kind not in kinds)})


@dataclass(frozen=True)
class _Alone:
    """An indicator as one source alone tells it."""

    asked: _Asked
    lineage: str
    readings: Mapping[str, Reading]
    mains: Collection[Selector]

    @property
    def reading(self) -> Reading:
        return self.readings[self.asked.reading.id]

    @cached_property
    def covered(self) -> Bools:
        return self.reading.covered()

    def counted(self, official: "_Alone") -> SourceTold:
        """What it counted in the months that the official source covers; where it covers only some of these, in them.

        Of a source that is complete in no month it is what it has, and none where it has nothing.
        """
        start, stop = self.asked.window
        months = np.zeros(len(self.covered), dtype=bool)
        months[start:stop] = official.covered[start:stop]
        both = months & self.covered
        read = both if both.any() else months
        figure = self._figure(read)
        silent = not both.any() and not self.reading.monthly()[read].any()
        return self._told(
            None if silent else figure, None if silent else official._figure(read), told=int(both.sum()),
            asked=stop - start, before=None if silent else self._before(complete=bool(both.any())),
        )  # fmt: skip

    def _figure(self, months: Bools) -> float | None:
        if self.asked.reading.indicator.aggregate == "share":
            return _known(self.valued_now)
        return float(self.reading.monthly()[months].sum())

    def _before(self, *, complete: bool) -> float | None:
        """What it counted in the months that the rule compares with, all of which it covers; or what it has of them."""
        if self.asked.before is None or self.asked.reading.indicator.aggregate == "share":
            return None
        start, stop = self.asked.before
        if start < 0:
            return None
        counted = float(self.reading.monthly()[start:stop].sum())
        told = self.covered[start:stop].all() if complete else counted > 0
        return counted if told else None

    @cached_property
    def quantity(self) -> Quantity:
        return quantity(self.reading, self.readings)

    @property
    def valued_now(self) -> float:
        return float(self.quantity.value[-1])

    def valued(self, official: "_Alone") -> SourceTold:
        """The value that the indicator has by its states or estimates."""
        found, days = self.quantity, self._days()
        known = None if found.all_items is None else found.known_items
        return self._told(
            _known(self.valued_now) if days else None, _known(official.valued_now),
            told=None if known is None else int(known[-1]), asked=None if known is None else found.all_items,
            day=(EPOCH + timedelta(days=max(days))).isoformat() if days else None,
        )  # fmt: skip

    def _days(self) -> list[int]:
        rows = self.reading.rows
        told = zip(rows["date"].tolist(), rows["measure"].tolist(), strict=True)
        return [int(day) for day, measure in told if measure not in LISTING]

    def _told(
        self, figure: float | None, official: float | None, *, told: int | None, asked: int | None,
        before: float | None = None, day: str | None = None,
    ) -> SourceTold:  # fmt: skip
        versions = [each for each in self.reading.round.versions if each.lineage == self.lineage]
        values = rounded({"figure": figure, "official_figure": official, "before": before})
        return SourceTold(
            self.lineage, versions[-1].name, **values, told=told, asked=asked, day=day, confidentiality=self._highest()
        )

    def _highest(self) -> int:
        """Of all that it tells, whenever it was."""
        selected, mine = self.reading.round.selected, self.reading.round.lineage
        levels = [0]
        for selector in self.mains:
            for columns in (selected.monthly.get(selector), selected.detail.get(selector)):
                if columns is not None:
                    own = _of_lineage(columns["dataset"], mine, self.lineage)
                    levels += columns["confidentiality"][own].tolist()
        return int(max(levels))


def _of_lineage(datasets: Any, lineages: Mapping[str, str], wanted: str) -> Bools:
    if isinstance(datasets, Coded):
        return datasets.mapped(lambda each: lineages.get(each) == wanted, bool)
    return np.array([lineages.get(each) == wanted for each in datasets.tolist()], dtype=bool)


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None
