"""Has the underlying rate fallen or risen between two windows? A posterior, not a test.

The model has learnt from simulated histories whose truth is known (`calibration.py`) what the probability is that the
persistent level changed by any given factor, given what a history shows (`trend_features.py`). It is carried as
numbers. Calibrated on simulated histories, not on any one country.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from primacy.assessment.trends.network import Network
from primacy.assessment.trends.prior import SHIPPED, Prior
from primacy.assessment.trends.simulation import LONGEST_HISTORY, Floats, Layout
from primacy.assessment.trends.trend_features import Bools, features, restlessness
from primacy.assessment.trends.trend_held_back import held_back

Ints = NDArray[np.int64]

DIGITS = 9
STEEPEST = 1e-9
ROWS_AT_ONCE = 4096


@dataclass(frozen=True)
class Windows:
    """The windows to judge, and what each is compared with. Month indices are half-open.

    ends      (g,) window i is months [ends[i] - length, ends[i])
    length    months
    against   a fixed baseline (first month, month after the last), or None: the `length` months just before each window
    """

    ends: Ints
    length: int
    against: tuple[int, int] | None = None

    def baseline(self, end: int) -> tuple[int, int]:
        """The baseline of the window that ends at `end`."""
        if self.against is not None:
            return self.against
        return end - 2 * self.length, end - self.length


@dataclass(frozen=True)
class TrendModel:
    """What calibration learnt: networks whose outputs are P(log ratio <= threshold), one for each threshold (k,). The
    mean of their log odds counts, so that less hangs on the chance of one fit.

    `prior` is the one it has learnt from; `prior_variance` is that of the log ratio before any history is seen: a
    constant, and so much more for each month between the middles of baseline and window.
    """

    networks: tuple[Network, ...]
    thresholds: Floats
    prior_variance: tuple[float, float]
    simulations: int
    seed: int
    prior: Prior

    @property
    def learnt_here(self) -> bool:
        """Whether it has learnt from the mission's own history how series move by themselves."""
        return self.prior != SHIPPED

    def as_dict(self) -> dict[str, Any]:
        """Plain numbers, each with at most six significant digits."""
        return {
            "simulations": self.simulations,
            "seed": self.seed,
            "prior": self.prior.as_dict(),
            "thresholds": self.thresholds.tolist(),
            "prior_variance": list(self.prior_variance),
            "networks": [network.as_dict() for network in self.networks],
        }

    def logits(self, inputs: Floats) -> Floats:
        """Log odds of a ratio at or below each threshold, (n, features) -> (n, k), the same bits on every machine."""
        total = np.zeros((inputs.shape[0], self.thresholds.shape[0]))
        for network in self.networks:
            total += network.logits(inputs)
        mean: Floats = total / len(self.networks)
        return mean

    @classmethod
    def from_dict(cls, numbers: dict[str, Any]) -> "TrendModel":
        return cls(
            tuple(Network.from_dict(each) for each in numbers["networks"]),
            np.array(numbers["thresholds"], dtype=np.float64),
            (float(numbers["prior_variance"][0]), float(numbers["prior_variance"][1])),
            int(numbers["simulations"]),
            int(numbers["seed"]),
            Prior.from_dict(numbers["prior"]),
        )


@dataclass(frozen=True)
class TrendPosterior:
    """Posterior of the ratio (rate in the window / rate in the baseline) for s series and g windows.

    known       (s, g) False where a month of window or baseline is not covered, or the baseline is not over
    observed    (s, g) the observed ratio, per effort where effort was given; NaN where the baseline saw nothing
    thresholds  (k,) log ratios at which the distribution is held
    logits      (s, g, k) log odds of a ratio at or below each threshold, never falling along k
    """

    known: Bools
    observed: Floats
    thresholds: Floats
    logits: Floats

    def only(self, place: Any) -> "TrendPosterior":
        """Some of the series, or of series and windows, as arrays are indexed."""
        return TrendPosterior(self.known[place], self.observed[place], self.thresholds, self.logits[place])

    def at_most(self, ratio: float) -> Floats:
        """P(ratio <= `ratio`), (s, g); NaN where not known. A fall by 20 % or more is `at_most(0.8)`.

        Raises   ValueError if the ratio is not above 0.
        """
        if not ratio > 0:
            raise ValueError(f"a ratio of rates is above 0, not {ratio}")
        place = float(np.log(ratio))
        right = int(np.clip(np.searchsorted(self.thresholds, place), 1, self.thresholds.shape[0] - 1))
        low, high = self.thresholds[right - 1], self.thresholds[right]
        share = (place - low) / (high - low)
        below, above = self.logits[..., right - 1], self.logits[..., right]
        odds = below + share * (above - below)
        probability: Floats = np.round(1.0 / (1.0 + np.exp(-np.clip(odds, -40.0, 40.0))), DIGITS)
        return probability

    def at_least(self, ratio: float) -> Floats:
        """P(ratio >= `ratio`), (s, g); NaN where not known. A rise by 20 % or more is `at_least(1.2)`."""
        return np.round(1.0 - self.at_most(ratio), DIGITS)

    def interval(self, mass: float = 0.9) -> tuple[Floats, Floats, Floats]:
        """Low end, median and high end of the ratio, each (s, g): `mass` lies between, half the rest on each side."""
        if not 0 < mass < 1:
            raise ValueError(f"the mass of an interval lies between 0 and 1, not {mass}")
        tail = (1.0 - mass) / 2.0
        return self._quantile(tail), self._quantile(0.5), self._quantile(1.0 - tail)

    def _quantile(self, share: float) -> Floats:
        target = float(np.log(share / (1.0 - share)))
        last = self.thresholds.shape[0] - 1
        right = np.clip((self.logits < target).sum(axis=-1), 1, last)
        below = np.take_along_axis(self.logits, right[..., None] - 1, axis=-1)[..., 0]
        above = np.take_along_axis(self.logits, right[..., None], axis=-1)[..., 0]
        low, high = self.thresholds[right - 1], self.thresholds[right]
        step = np.maximum(above - below, STEEPEST)
        # Beyond the outermost thresholds the tail is not known: the interval ends at most one such step outside.
        place = low + (high - low) * np.clip((target - below) / step, -1.0, 2.0)
        ratio: Floats = np.round(np.exp(place), DIGITS)
        return ratio


def posterior(model: TrendModel, counts: Floats, windows: Windows, effort: Floats | None = None) -> TrendPosterior:
    """Posterior of the ratio of underlying rates for each series and window, from months before the window's end only.

    Shapes   counts (s, m), effort (s, m) -> (s, g)
    Units    counts: events a month; effort: any unit, the same in both windows
    Missing  NaN in counts is a month not covered; so is a month whose effort is NaN or 0: nobody looked.
    Raises   ValueError if shapes differ, or a count or effort is negative.
    """
    counts, effort = _checked(counts, effort)
    shape = (counts.shape[0], windows.ends.shape[0])
    known: Bools = np.zeros(shape, dtype=np.bool_)
    observed = np.full(shape, np.nan)
    numbers: list[Floats] = []
    restless: list[Floats] = []
    places: list[tuple[Ints, Ints]] = []
    for layout, columns in _alike(windows, *counts.shape):
        months = (windows.ends[columns] - layout.months)[:, None] + np.arange(layout.months)
        covered = _both_covered(counts[:, months], layout)
        series, number = np.nonzero(covered)
        place = series, columns[number]
        own = counts[series[:, None], months[number]], effort[series[:, None], months[number]]
        known[place] = True
        observed[place] = _observed(*own, layout)
        numbers.append(features(*own, layout))
        restless.append(restlessness(*own, layout))
        places.append(place)
    logits = np.full((*shape, model.thresholds.shape[0]), np.nan)
    if numbers:
        outputs = held_back(model.logits(np.concatenate(numbers)), np.concatenate(restless))
        rows, columns = (np.concatenate(each) for each in zip(*places, strict=True))
        logits[rows, columns] = np.maximum.accumulate(outputs, axis=1)
    return TrendPosterior(known, observed, model.thresholds, logits)


def _alike(windows: Windows, series: int, months: int) -> Iterator[tuple[Layout, Ints]]:
    """Numbers of the windows that share one layout, so that they are read at once: few of them where series are many,
    to spare memory."""
    by_layout: dict[Layout, list[int]] = {}
    for number, end in enumerate(windows.ends.tolist()):
        layout = _layout(windows, end, months)
        if layout is not None:
            by_layout.setdefault(layout, []).append(number)
    at_once = max(1, ROWS_AT_ONCE // max(series, 1))
    for layout, numbers in by_layout.items():
        for first in range(0, len(numbers), at_once):
            yield layout, np.array(numbers[first : first + at_once], dtype=np.int64)


def _checked(counts: Floats, effort: Floats | None) -> tuple[Floats, Floats]:
    counts = np.asarray(counts, dtype=np.float64)
    if (counts < 0).any():
        raise ValueError("counts must not be negative")
    if effort is None:
        return counts, np.ones_like(counts)
    effort = np.asarray(effort, dtype=np.float64)
    if effort.shape != counts.shape:
        raise ValueError(f"counts {counts.shape} and effort {effort.shape} differ in shape")
    if (effort < 0).any():
        raise ValueError("effort must not be negative")
    looked = effort > 0
    return np.where(looked, counts, np.nan), np.where(looked, effort, 1.0)


def _layout(windows: Windows, end: int, months: int) -> Layout | None:
    """The layout of one window, or None where window or baseline leave the history or overlap."""
    start, end_of_baseline = windows.baseline(end)
    start_of_window = end - windows.length
    if not (0 <= start < end_of_baseline <= start_of_window < end <= months):
        return None
    before = min(start, LONGEST_HISTORY)
    return Layout(before, end_of_baseline - start, start_of_window - end_of_baseline, windows.length)


def _both_covered(counts: Floats, layout: Layout) -> Bools:
    uncovered = np.isnan(counts)
    in_baseline = np.arange(layout.baseline_start, layout.baseline_end)
    read = np.concatenate([in_baseline, np.arange(layout.window_start, layout.months)])
    covered: Bools = np.logical_not(uncovered[..., read].any(axis=-1))
    return covered


def _observed(counts: Floats, effort: Floats, layout: Layout) -> Floats:
    """Observed rate in the window over that in the baseline (n,); NaN where the baseline saw nothing."""
    baseline = slice(layout.baseline_start, layout.baseline_end)
    window = slice(layout.window_start, layout.months)
    above = counts[:, window].sum(axis=1) * effort[:, baseline].sum(axis=1)
    below = counts[:, baseline].sum(axis=1) * effort[:, window].sum(axis=1)
    ratio: Floats = np.round(np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0), DIGITS)
    return ratio
