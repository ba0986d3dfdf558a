"""Scores of a scheme by several coders: what counts at each point of the grid, and how far the coders agree.

A coder is who says so (`origin_of`): two rows of one origin are one coder. A row of a category that ends in
`/adjudicated` is a decision on its item, where a third one takes it after two coders scored the item: it stands instead
of the scores before it, until two coders have scored the item again. Of anybody else, or before there is anything to
decide between, it is a score like any other.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from primacy.assessment.indicators.agreement import weighted_kappa
from primacy.assessment.indicators.items import origin_of
from primacy.assessment.indicators.reading import Reading
from primacy.assessment.rules.grid import Bools, Floats, Ints

DISAGREEMENT = 0.5  # points between coders, where it cannot be seen because nothing was scored twice
SETTLED_BY = "/adjudicated"
CODERS = 2  # who score an item independently before a third may decide between them


@dataclass(frozen=True)
class Row:
    """One score."""

    day: int
    settles: bool
    item: str
    wave: str
    coder: str
    value: float


@dataclass(frozen=True)
class Sheet:
    """What counts for one item at one point: a score by coder, or the decision that settled it."""

    scores: dict[str, float]
    settled: bool = False

    @property
    def coders(self) -> int:
        """A decision stands for the two coders between whom it was taken."""
        return CODERS if self.settled else len(self.scores)

    @property
    def mean(self) -> float:
        return sum(self.scores.values()) / len(self.scores)

    @property
    def differs(self) -> bool:
        return len(set(self.scores.values())) > 1


@dataclass(frozen=True)
class Coded:
    """The scores of an indicator over the grid. Shapes (g,); NaN where nothing fresh is on record.

    `mean` over items of the mean over coders, with its `error`; `step`: by how much the true mean can move, scores
    being whole points; `coders` of the item that has fewest; `open`: whether coders differ on an item that nobody
    settled; `kappa` over the `twice` items of the whole scheme that two coders scored, in every area.
    """

    mean: Floats
    error: Floats
    step: Floats
    coders: Ints
    open: Bools
    kappa: Floats
    twice: Ints


def coded(reading: Reading, area: str | None) -> Coded:
    grid = reading.round.grid.numbers
    here, scheme = _rows(reading, area), _Agreement(_rows(replace(reading, only=None), None), reading.fresh_days)
    found = _blank(len(grid))
    days, known = [row.day for row in here], dict[tuple[int, int], list[Sheet]]()
    for point, today in enumerate(grid.tolist()):
        inside = bisect_left(days, today - reading.fresh_days), bisect_right(days, today)
        if inside not in known:
            known[inside] = _sheets(here[slice(*inside)])
        if sheets := known[inside]:
            found.mean[point] = sum(sheet.mean for sheet in sheets) / len(sheets)
            found.error[point], found.step[point] = _error(sheets), 1.0 / len(sheets)
            found.coders[point] = min(sheet.coders for sheet in sheets)
            found.open[point] = any(sheet.differs for sheet in sheets)
            found.kappa[point], found.twice[point] = scheme.at(today)
    return found


def _blank(size: int) -> Coded:
    return Coded(
        mean=np.full(size, np.nan), error=np.full(size, np.nan), step=np.full(size, np.nan),
        coders=np.zeros(size, dtype=np.int64), open=np.zeros(size, dtype=bool),
        kappa=np.full(size, np.nan), twice=np.zeros(size, dtype=np.int64),
    )  # fmt: skip


def _rows(reading: Reading, area: str | None) -> list[Row]:
    """Scores by day; on one day a decision comes after the scores that it settles."""
    rows = reading.rows
    found = [
        Row(
            int(rows["date"][n]), str(rows["category"][n]).endswith(SETTLED_BY), str(rows["item"][n]),
            str(rows["wave"][n]), origin_of(rows, n), float(rows["value"][n]),
        )
        for n in range(len(rows["date"]))
        if rows["measure"][n] not in ("expected", "due") and (area is None or reading.within(rows["area"][n], area))
    ]  # fmt: skip
    return _decided(sorted(found, key=lambda row: (row.day, row.settles)), reading.fresh_days)


def _decided(rows: list[Row], apart: float) -> list[Row]:
    """What says that it is a decision and is none told as a score: it takes a third, after two others scored the item.

    `apart`: days after which a score is too old to be decided on.
    """
    heard: dict[str, dict[str, int]] = {}
    found = []
    for row in rows:
        coders = heard.setdefault(row.item, {})
        before = {coder for coder, day in coders.items() if row.day - day <= apart}
        decides = row.settles and row.coder not in before and len(before) >= CODERS
        if not decides:
            coders[row.coder] = row.day
        found.append(row if row.settles == decides else replace(row, settles=False))
    return found


def _sheets(rows: Iterable[Row]) -> list[Sheet]:
    """The newest score of each coder of each item; after a decision, the decision or what two coders said since."""
    scores: dict[str, dict[str, float]] = {}
    decisions: dict[str, float] = {}
    for row in rows:
        if row.settles:
            decisions[row.item] = row.value
            scores[row.item] = {}
        else:
            scores.setdefault(row.item, {})[row.coder] = row.value
    return [
        Sheet({SETTLED_BY: decisions[item]}, settled=True)
        if item in decisions and len(given) < CODERS
        else Sheet(given)
        for item, given in scores.items()
    ]


def _error(sheets: list[Sheet]) -> float:
    """Standard error of the mean over items, from how far coders of the same item lie apart."""
    spreads = [
        sum((score - sheet.mean) ** 2 for score in sheet.scores.values()) / (len(sheet.scores) - 1)
        for sheet in sheets
        if len(sheet.scores) > 1
    ]
    variance = sum(spreads) / len(spreads) if spreads else DISAGREEMENT**2
    least = (DISAGREEMENT / 2) ** 2 / len(sheets)  # where nobody disagrees, as if one of the items were doubtful
    return math.sqrt(max(variance, least) * sum(1 / sheet.coders for sheet in sheets)) / len(sheets)


@dataclass
class _Agreement:
    """Kappa of a scheme as its scores come in. An item counts once a wave, with the newest score of each coder."""

    rows: list[Row]
    apart: float  # days beyond which two scores of an item are no longer of the same state
    seen: int = 0
    pairs: dict[tuple[str, str], dict[str, Row]] = field(default_factory=dict)
    found: tuple[float, int] = (math.nan, 0)

    def at(self, today: int) -> tuple[float, int]:
        """Kappa and how many items were scored twice, by a day that is not before the last one asked for."""
        before = self.seen
        while self.seen < len(self.rows) and self.rows[self.seen].day <= today:
            row = self.rows[self.seen]
            if not row.settles:
                self.pairs.setdefault((row.item, row.wave), {})[row.coder] = row
            self.seen += 1
        if self.seen > before:
            twice = [scores for given in self.pairs.values() if len(scores := self._together(given)) > 1]
            kappa = weighted_kappa(twice)
            self.found = (math.nan if kappa is None else kappa, len(twice))
        return self.found

    def _together(self, given: dict[str, Row]) -> dict[str, float]:
        newest = max(row.day for row in given.values())
        return {coder: row.value for coder, row in given.items() if newest - row.day <= self.apart}
