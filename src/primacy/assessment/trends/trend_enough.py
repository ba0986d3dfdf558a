"""What a series would have to show for its trend to be told: the posterior itself asked about months that could be.

The window is filled with other totals in its own pattern; the months to come are taken to be like the last six.
"""

from dataclasses import dataclass

import numpy as np

from primacy.assessment.indicators.imputing import averaged
from primacy.assessment.indicators.monitoring_effort import exposures
from primacy.assessment.trends.simulation import Floats
from primacy.assessment.trends.trend_posterior import TrendModel, Windows, posterior

LIKE_THE_LAST = 6
AHEAD = 36
TOTALS = 41  # how many totals are tried at once


@dataclass(frozen=True)
class Series:
    """One series by month, NaN where not covered, and the window that is judged. `effort` where it changed.

    `sign` -1 asks for a fall to at most `ratio` times the baseline, +1 for a rise to at least that.
    """

    model: TrendModel
    counts: Floats
    end: int
    length: int
    against: tuple[int, int] | None
    effort: Floats | None
    ratio: float
    sign: int

    def probability(self, counts: Floats, ends: list[int], effort: Floats | None) -> Floats:
        """P of the change, for series (s, m) and windows: (s, g)."""
        windows = Windows(np.array(ends, dtype=np.int64), self.length, self.against)
        looked = [None] if effort is None else [np.broadcast_to(each, counts.shape) for each in exposures(effort)]
        at_most = averaged([posterior(self.model, counts, windows, each) for each in looked]).at_most(self.ratio)
        return at_most if self.sign < 0 else 1.0 - at_most

    @property
    def window(self) -> slice:
        return slice(self.end - self.length, self.end)

    @property
    def baseline(self) -> tuple[int, int]:
        return Windows(np.array([self.end]), self.length, self.against).baseline(self.end)

    @property
    def events(self) -> float:
        return float(self.counts[self.window].sum())


def events_that_show(series: Series, cut: float) -> int | None:
    """Of a fall: the most events in the window with which P reaches the cut-off; None where not even none at all would.

    Of a rise: the fewest; None where not even ten times the present number would.
    """
    low, high = 0, int(max(20.0, 2.0 * series.events, 2.0 * _expected(series)) * (1 if series.sign < 0 else 5))
    while True:
        totals = sorted({round(low + (high - low) * step / (TOTALS - 1)) for step in range(TOTALS)})
        p = np.round(series.probability(_with_totals(series, totals), [series.end], series.effort)[:, 0], 3)
        shown = (p >= cut).tolist()
        turning = shown.index(series.sign > 0) if (series.sign > 0) in shown else -1
        if turning == -1:
            return totals[-1] if series.sign < 0 else None
        if turning == 0:
            return None if series.sign < 0 else totals[0]
        low, high = totals[turning - 1], totals[turning]
        if high - low <= 1:
            return low if series.sign < 0 else high


def _expected(series: Series) -> float:
    """Events that the window would have at the rate of the baseline."""
    start, stop = series.baseline
    return float(np.nan_to_num(series.counts[start:stop]).sum()) / max(stop - start, 1) * series.length


def _with_totals(series: Series, totals: list[int]) -> Floats:
    """The series with other totals in its window, each in the pattern of its months."""
    seen = series.counts[series.window]
    pattern = np.cumsum(seen) / seen.sum() if seen.sum() > 0 else np.arange(1, series.length + 1) / series.length
    told: Floats = np.repeat(series.counts[None, :], len(totals), axis=0)
    for row, total in enumerate(totals):
        told[row, series.window] = np.diff(np.floor(pattern * total + 1e-9), prepend=0.0)
    return told


def months_until(series: Series, cut: float) -> int | None:
    """Months after which P reaches the cut-off and the months to come are like the last six; None: not in three years.

    The window moves on with them; a fixed baseline stays.
    """
    if series.end < LIKE_THE_LAST:
        return None
    counts = _extended(series.counts, series.end)
    effort = None if series.effort is None else _extended(series.effort, series.end)
    ends = list(range(series.end + 1, series.end + AHEAD + 1))
    shown = np.round(series.probability(counts[None, :], ends, effort)[0], 3) >= cut
    return int(np.argmax(shown)) + 1 if shown.any() else None


def _extended(values: Floats, end: int) -> Floats:
    return np.concatenate([values[:end], np.resize(values[end - LIKE_THE_LAST : end], AHEAD)])
