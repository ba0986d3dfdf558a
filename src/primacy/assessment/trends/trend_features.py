"""What is looked at in a history to say whether its level changed: numbers that chance, clustering and memory move.

Two windows, the earlier called baseline, any distance apart; months outside them inform about how much this series
moves by itself. Every number is a ratio or a share, so that small and large series are read alike. They are rounded,
so that the last bit of a logarithm, which differs between processors, never reaches a finding.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from primacy.assessment.trends.simulation import LONGEST_GAP, Floats, Layout

Bools = NDArray[np.bool_]

YEAR = 12
DIGITS = 7
LIMIT = 8.0
"""No feature goes beyond this: what lies outside the experience of the simulations is read as its edge."""


@dataclass(frozen=True)
class _Stretch:
    """Sums over some months: events and effort, each (n,)."""

    events: Floats
    effort: Floats

    def log_rate(self) -> Floats:
        rate: Floats = np.log((self.events + 0.5) / np.maximum(self.effort, 0.25))
        return rate


@dataclass(frozen=True)
class _Blocks:
    """A history cut into years that end where baseline and window start: each array (n, blocks)."""

    starts: NDArray[np.intp]
    months: Floats
    log_rate: Floats
    baseline: int
    """Number of the block that is the baseline; the last block is the window."""


def features(counts: Floats, effort: Floats, layout: Layout) -> Floats:
    """The numbers of each history.

    Shapes   counts (n, m), effort (n, m) with m = layout.months -> (n, features)
    Units    counts: events a month; effort: any unit, above 0 where counts are covered
    Missing  NaN in counts before the baseline and in the gap is left out; baseline and window must be covered.
    """
    covered = ~np.isnan(counts)
    events = np.where(covered, counts, 0.0)
    exposure = _relative_effort(effort, covered, layout)
    rates = np.divide(events, exposure, out=np.zeros_like(events), where=covered)
    columns = [
        *_between_windows(events, exposure, rates, layout),
        *_inside(events, exposure, rates, layout, layout.window_start, layout.months),
        *_inside(events, exposure, rates, layout, layout.baseline_start, layout.baseline_end),
        *_habits(events, exposure, rates, covered, layout),
        *_whole(rates, covered, layout),
        *_surroundings(events, exposure, covered, layout),
        *_shape(exposure, layout),
    ]
    return np.round(np.clip(np.stack(columns, axis=1), -LIMIT, LIMIT), DIGITS)


def restlessness(counts: Floats, effort: Floats, layout: Layout) -> Floats:
    """Of each history how much it moves by itself, for long (n,): the memory of months after one month and after three,
    times how far yearly levels lie from one to the next on the log scale.

    Only months before the baseline count: what moved later may be the change that is asked about, and a baseline at a
    peak is told by itself. 0 where there are no two years. Shapes, units and missing months are those of `features`.
    """
    if layout.before < YEAR + YEAR / 2:
        return np.zeros(counts.shape[0])
    before = Layout(layout.before, 0, 0, 0)
    counts, effort = counts[:, : before.months], effort[:, : before.months]
    covered = ~np.isnan(counts)
    events = np.where(covered, counts, 0.0)
    exposure = np.where(covered, effort, 0.0)
    exposure = exposure * covered.sum(axis=1, keepdims=True) / np.maximum(exposure.sum(axis=1, keepdims=True), 1e-9)
    rates = np.divide(events, exposure, out=np.zeros_like(events), where=covered)
    _, after_one, after_three, *_ = _whole(rates, covered, before)
    starts = np.array(sorted({0, *range(before.months - YEAR, 0, -YEAR)}), dtype=np.intp)
    months = np.add.reduceat(covered.astype(np.float64), starts, axis=1)
    years = _Stretch(np.add.reduceat(events, starts, axis=1), np.add.reduceat(exposure, starts, axis=1))
    apart = _from_one_to_the_next(years.log_rate(), (months >= YEAR / 2).astype(np.float64))
    memory = np.maximum(after_one, 0.0) + np.maximum(after_three, 0.0)
    return np.round(memory * apart, DIGITS)


def _from_one_to_the_next(levels: Floats, told: Floats) -> Floats:
    """Root mean square of the steps between neighbouring levels (n, years) that are both told; 0 where none are."""
    both = told[:, 1:] * told[:, :-1]
    steps: Floats = np.sqrt((both * np.diff(levels, axis=1) ** 2).sum(axis=1) / np.maximum(both.sum(axis=1), 1.0))
    return steps


def _relative_effort(effort: Floats, covered: Bools, layout: Layout) -> Floats:
    """Effort as a factor around 1 over the two windows together."""
    both = np.concatenate(
        [effort[:, layout.baseline_start : layout.baseline_end], effort[:, layout.window_start :]], axis=1
    )
    relative: Floats = np.where(covered, effort / both.mean(axis=1, keepdims=True), 0.0)
    return relative


def _stretch(events: Floats, exposure: Floats, start: int, end: int) -> _Stretch:
    return _Stretch(events[:, start:end].sum(axis=1), exposure[:, start:end].sum(axis=1))


def medians(values: Floats, counts: NDArray[np.int64] | int) -> Floats:
    """Median of each row (n,) over its first `counts` values in order of size: NaN sorts behind them all.

    NumPy's own medians cost ten times as much on rows of a few dozen values.
    """
    ordered, rows = np.sort(values, axis=1), np.arange(values.shape[0])
    middle: Floats = (ordered[rows, (counts - 1) // 2] + ordered[rows, counts // 2]) / 2.0
    return middle


def _between_windows(events: Floats, exposure: Floats, rates: Floats, layout: Layout) -> list[Floats]:
    """Window against baseline by mean, by mean of square roots, by median; and how much chance alone blurs each."""
    baseline = _stretch(events, exposure, layout.baseline_start, layout.baseline_end)
    window = _stretch(events, exposure, layout.window_start, layout.months)
    both = _Stretch(baseline.events + window.events, baseline.effort + window.effort)
    in_window = rates[:, layout.window_start :]
    in_baseline = rates[:, layout.baseline_start : layout.baseline_end]
    roots = [np.log(np.sqrt(part).mean(axis=1) + 0.1) for part in (in_window, in_baseline)]
    middles = [np.log(medians(part, part.shape[1]) + 0.5) for part in (in_window, in_baseline)]
    return [
        window.log_rate() - baseline.log_rate(),
        both.log_rate(),
        2.0 * (roots[0] - roots[1]),
        middles[0] - middles[1],
        1.0 / np.sqrt(window.events + 0.5),
        1.0 / np.sqrt(baseline.events + 0.5),
    ]


def _inside(events: Floats, exposure: Floats, rates: Floats, layout: Layout, start: int, end: int) -> list[Floats]:
    """Inside one window: share of the worst month, months without events, its second half and its end against all."""
    own = events[:, start:end]
    whole = _stretch(events, exposure, start, end)
    middle = max(start + (end - start) // 2, start)
    late = _stretch(events, exposure, min(middle, end - 1), end)
    end_of_it = _stretch(events, exposure, max(end - max((end - start) // 4, 1), start), end)
    return [
        own.max(axis=1) / np.maximum(whole.events, 1.0),
        (own == 0).mean(axis=1),
        late.log_rate() - whole.log_rate(),
        end_of_it.log_rate() - whole.log_rate(),
    ]


def _habits(events: Floats, exposure: Floats, rates: Floats, covered: Bools, layout: Layout) -> list[Floats]:
    """How much the series moves by itself: inside a year, from month to month, and from year to year."""
    blocks = _cut(events, exposure, covered, layout)
    roots = np.where(covered, 2.0 * np.sqrt(rates + 0.375), 0.0)
    sums = np.add.reduceat(roots, blocks.starts, axis=1)
    means = sums / np.maximum(blocks.months, 1.0)
    lengths = np.diff(np.append(blocks.starts, events.shape[1]))
    residuals = np.where(covered, roots - np.repeat(means, lengths, axis=1), 0.0)
    squares = np.add.reduceat(residuals**2, blocks.starts, axis=1)
    freedom = np.maximum(blocks.months - 1.0, 0.0)
    windows = [blocks.baseline, blocks.starts.shape[0] - 1]
    spread_windows = (squares[:, windows].sum(axis=1) + 1.0) / (freedom[:, windows].sum(axis=1) + 1.0)
    spread_all = (squares.sum(axis=1) + 1.0) / (freedom.sum(axis=1) + 1.0)
    total = squares.sum(axis=1) + 2.0
    memories = _memories(residuals, total, (1, 2, 4))
    return [np.log(spread_windows), np.log(spread_all), *memories, *_from_year_to_year(blocks)]


def _memories(residuals: Floats, total: Floats, lags: tuple[int, ...]) -> list[Floats]:
    """Correlation of a month with those before it (n,) for each lag; 0 where the history is shorter."""
    lagged = [(residuals[:, lag:] * residuals[:, : max(residuals.shape[1] - lag, 0)]).sum(axis=1) for lag in lags]
    return [products / total for products in lagged]


def _whole(rates: Floats, covered: Bools, layout: Layout) -> list[Floats]:
    """Spread and memory of all months before the window around their one mean: what year blocks would take away."""
    seen = covered[:, : layout.window_start]
    roots = np.where(seen, 2.0 * np.sqrt(rates[:, : layout.window_start] + 0.375), 0.0)
    months = np.maximum(seen.sum(axis=1), 1.0)
    residuals = np.where(seen, roots - (roots.sum(axis=1) / months)[:, None], 0.0)
    total = (residuals**2).sum(axis=1) + 2.0
    return [np.log((total - 1.0) / months), *_memories(residuals, total, (1, 3, 6, 12))]


def _cut(events: Floats, exposure: Floats, covered: Bools, layout: Layout) -> _Blocks:
    before = list(range(layout.baseline_start - YEAR, 0, -YEAR))
    between = list(range(layout.window_start - YEAR, layout.baseline_end, -YEAR))
    starts = {0, layout.baseline_start, layout.baseline_end, layout.window_start, *before, *between}
    ordered = np.array(sorted(starts), dtype=np.intp)
    months = np.add.reduceat(covered.astype(np.float64), ordered, axis=1)
    log_rate = np.log(
        (np.add.reduceat(events, ordered, axis=1) + 0.5) / np.maximum(np.add.reduceat(exposure, ordered, axis=1), 0.25)
    )
    baseline = int(np.flatnonzero(ordered == layout.baseline_start)[0])
    return _Blocks(ordered, months, log_rate, baseline)


def _from_year_to_year(blocks: _Blocks) -> list[Floats]:
    """Spread of the yearly levels, how rough their path is, and where window and baseline stand among them."""
    window = blocks.log_rate[:, -1:]
    baseline = blocks.log_rate[:, blocks.baseline : blocks.baseline + 1]
    enough = blocks.months >= YEAR / 2
    weight = enough.astype(np.float64)
    n = weight.sum(axis=1)
    mean = (weight * blocks.log_rate).sum(axis=1) / np.maximum(n, 1.0)
    spread = np.sqrt((weight * (blocks.log_rate - mean[:, None]) ** 2).sum(axis=1) / np.maximum(n, 1.0))
    both = weight[:, 1:] * weight[:, :-1]
    both[:, -1] = 0.0
    rough = np.sqrt((both * np.diff(blocks.log_rate, axis=1) ** 2).sum(axis=1) / np.maximum(both.sum(axis=1), 1.0))
    below_window = (weight * (blocks.log_rate < window)).sum(axis=1) / np.maximum(n, 1.0)
    above_baseline = (weight * (blocks.log_rate > baseline)).sum(axis=1) / np.maximum(n, 1.0)
    least = np.where(enough, blocks.log_rate, np.inf).min(axis=1)
    lowest = np.where(np.isfinite(least), least, window[:, 0])
    return [spread, rough, np.log1p(n), below_window, above_baseline, window[:, 0] - lowest]


def _surroundings(events: Floats, exposure: Floats, covered: Bools, layout: Layout) -> list[Floats]:
    """Levels before the baseline, between the windows and just before each; zero where no month was covered."""
    baseline = _stretch(events, exposure, layout.baseline_start, layout.baseline_end).log_rate()
    window = _stretch(events, exposure, layout.window_start, layout.months).log_rate()
    just_before_baseline = max(layout.baseline_start - YEAR, 0)
    just_before_window = max(layout.window_start - YEAR, layout.baseline_end)
    columns: list[Floats] = []
    for start, end, against in (
        (0, layout.baseline_start, baseline),
        (just_before_baseline, layout.baseline_start, baseline),
        (layout.baseline_end, layout.window_start, window),
        (layout.baseline_end, layout.window_start, baseline),
        (just_before_window, layout.window_start, window),
    ):
        stretch = _stretch(events, exposure, start, end)
        columns.append(np.where(covered[:, start:end].any(axis=1), stretch.log_rate() - against, 0.0))
    before = covered[:, : layout.baseline_start].sum(axis=1)
    between = covered[:, layout.baseline_end : layout.window_start].sum(axis=1)
    return [*columns, np.log1p(before), np.log1p(between)]


def _shape(exposure: Floats, layout: Layout) -> list[Floats]:
    """Lengths and distance of the windows, and how effort differs between them."""
    same = np.ones(exposure.shape[0])
    window = exposure[:, layout.window_start :].mean(axis=1)
    baseline = exposure[:, layout.baseline_start : layout.baseline_end].mean(axis=1)
    return [
        np.log(layout.window) * same,
        np.log(layout.baseline) * same,
        np.log1p(min(layout.gap, LONGEST_GAP)) * same,
        np.log(window / baseline),
    ]
