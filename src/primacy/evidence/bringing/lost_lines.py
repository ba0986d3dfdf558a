"""Lines that were rejected tell of something that happened: where many are lost, silence does not mean none."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from primacy.evidence.errors import listed
from primacy.evidence.store.datasets import Coverage
from primacy.evidence.store.numbered_days import first_day, last_day, month_index
from primacy.framework.saying import Said, said

MOST_LOST = 0.1  # of the lines of a month, of a year, or of a file where the day cannot be read
QUIET_MONTHS = 3
FEWEST = 3  # lines lost of a month before it counts as unknown by itself

Mask = NDArray[np.bool_]


class LostLines:
    """Of the lines of a file that concern us, how many there were and how many were rejected, by month."""

    def __init__(self) -> None:
        self._lines: Counter[int] = Counter()
        self._lost: Counter[int] = Counter()
        self._undated = 0

    def add(self, days: pa.Array, ours: Mask, lost: Mask) -> None:
        """Shapes   all (n,); `days` null where none can be read."""
        read = days.to_numpy(zero_copy_only=False).astype("datetime64[D]")
        dated = ~np.isnat(read)
        months = read.astype("datetime64[M]").astype(np.int64) + 1970 * 12
        self._lines.update(months[dated & ours].tolist())
        self._lost.update(months[dated & ours & lost].tolist())
        self._undated += int((~dated & ours & lost).sum())

    def unknown(self, coverage: Sequence[Coverage]) -> list[Coverage]:
        """The same coverage, partial in the months of which too much was lost."""
        if self._nowhere:
            return [each.model_copy(update={"complete": False}) for each in coverage]
        months = self._months()
        return [part for each in coverage for part in (_parted(each, months) if each.complete else [each])]

    def quiet_end(self, coverage: Coverage) -> list[Said]:
        """That a file tells of nothing in the last months that it is taken to cover, as one that was cut off would."""
        last = max(self._lines, default=None)
        if last is None or self._nowhere or not coverage.complete or month_index(coverage.end) - last < QUIET_MONTHS:
            return []
        return [said("evidence/quiet-end", month=_month(last), day=str(coverage.end))]

    def notes(self, coverage: Sequence[Coverage]) -> list[Said]:
        """Which months of a complete coverage are not known, for people."""
        if not any(each.complete for each in coverage):
            return []
        if self._nowhere:
            return [said("evidence/lost-without-day", count=self._undated)]
        spans = [
            said("evidence/months", first=_month(first), last=_month(last)) if last > first else _month(first)
            for first, last in _spans(self._months())
        ]
        return [said("evidence/lost-months", months=listed(spans))] if spans else []

    @property
    def _nowhere(self) -> bool:
        """Whether so many rejected lines have no day that they may lie in any month."""
        return self._undated > MOST_LOST * (self._lines.total() + self._undated)

    def _months(self) -> list[int]:
        """Months of which too much was lost, by themselves or with their year."""
        years, lost = Counter[int](), Counter[int]()
        for month, count in self._lines.items():
            years[month // 12] += count
            lost[month // 12] += self._lost[month]
        bad = {
            month
            for year, count in lost.items()
            if count > MOST_LOST * years[year]
            for month in range(12 * year, 12 * year + 12)
        }
        alone = {m for m, count in self._lost.items() if count >= FEWEST and count > MOST_LOST * self._lines[m]}
        return sorted(bad | alone)


def _month(number: int) -> str:
    return f"{first_day(number):%Y-%m}"


def _spans(months: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of months without a gap."""
    start = None
    for place, month in enumerate(months):
        start = month if start is None else start
        if place + 1 == len(months) or months[place + 1] != month + 1:
            yield start, month
            start = None


def _parted(coverage: Coverage, months: Sequence[int]) -> Iterator[Coverage]:
    """A complete coverage in parts: what is between some months, and these months, which are partial."""
    day = coverage.start
    for first, last in _spans([m for m in months if month_index(coverage.start) <= m <= month_index(coverage.end)]):
        start, end = max(day, first_day(first)), min(coverage.end, last_day(last))
        yield from _period(coverage, day, start - timedelta(days=1))
        yield coverage.model_copy(update={"start": start, "end": end, "complete": False})
        day = end + timedelta(days=1)
    yield from _period(coverage, day, coverage.end)


def _period(coverage: Coverage, start: date, end: date) -> Iterator[Coverage]:
    if start <= end:
        yield coverage.model_copy(update={"start": start, "end": end})
