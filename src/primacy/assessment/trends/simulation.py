"""Invented monthly histories whose truth is known: those the trend posterior learns from, and those it is tested on.

Real monthly counts of incidents vary far more than chance alone (variance about five times the mean) and remember the
month before. The prior simulator draws such histories with every strength of those habits, so that what is learnt from
them knows what an unchanged series can look like. The test simulator is fixed: its four regimes are never tuned.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from primacy.assessment.trends.prior import SHIPPED, Prior

Floats = NDArray[np.float64]

LONGEST_HISTORY = 60
"""Months before the baseline that are read: older ones belong to another time."""
LONGEST_GAP = 96
"""Months between baseline and window that the prior simulator covers."""


WIDTH_OF_SIZES = 1.956
"""Half the width of their log-uniform prior: a factor of seven to each side."""
DRIFTING, JUMPING, PASSING = 0.5, 0.5, 0.25
"""Shares of histories whose level drifts, jumps now and then, and lives through a crisis or a lull."""
SMALL_CHANGES, LARGE_CHANGES = 0.35, 0.2
"""Shares of histories whose level hardly changes between the windows, and whose change may be very large."""


@dataclass(frozen=True)
class Layout:
    """Where baseline and window lie in a history that ends with the window. All in months.

    The history is `before` months, then the `baseline`, then a `gap`, then the `window`.
    """

    before: int
    baseline: int
    gap: int
    window: int

    @property
    def baseline_start(self) -> int:
        return self.before

    @property
    def baseline_end(self) -> int:
        return self.before + self.baseline

    @property
    def window_start(self) -> int:
        return self.before + self.baseline + self.gap

    @property
    def months(self) -> int:
        return self.before + self.baseline + self.gap + self.window


@dataclass(frozen=True)
class Histories:
    """Simulated histories of one layout: counts and effort (n, months), NaN in counts not covered; and the truth."""

    layout: Layout
    counts: Floats
    effort: Floats
    log_ratio: Floats
    """(n,) log of the persistent level in the window over that in the baseline."""


@dataclass(frozen=True)
class Regime:
    """One fixed world of the test simulator."""

    mean: float
    size: float
    """Size of the negative binomial: variance = mean + mean^2 / size; infinite for Poisson."""
    memory: float
    """Correlation of the short-memory disturbance from one month to the next."""
    disturbance: float
    """Standard deviation of that disturbance, on the log scale."""


REGIMES = {
    "mild": Regime(20.0, 5.0, 0.4, 0.4),
    "typical": Regime(20.0, 3.0, 0.6, 0.6),
    "severe": Regime(20.0, 2.0, 0.8, 0.9),
    "low": Regime(1.0, 3.0, 0.6, 0.6),
}
REGIME_MONTHS = 72


def simulate_regime(random: np.random.Generator, regime: Regime, level: Floats, histories: int) -> Floats:
    """Counts of the fixed test simulator.

    Shapes   level (m,) -> (histories, m)
    Units    level: factor on the regime's mean, month by month: ones where nothing changes
    """
    months = level.shape[0]
    disturbance = _short_memory(
        random, np.full(histories, regime.memory), np.full(histories, regime.disturbance), months
    )
    mean = regime.mean * level * np.exp(disturbance - regime.disturbance**2 / 2)
    return _counts(random, mean, np.full(histories, regime.size))


def change_at_the_end(change: float, months: int = REGIME_MONTHS, window: int = 12) -> Floats:
    """The level of the fixed test simulator: constant, then times `change` over the last `window` months."""
    level = np.ones(months)
    level[months - window :] = change
    return level


def draw_layout(random: np.random.Generator) -> Layout:
    """A layout as missions use them: half the same length just before, half a fixed baseline up to eight years back."""
    window = 12 if random.random() < 0.75 else int(random.choice([1, 2, 3, 4, 6, 6, 9, 18, 24, 36]))
    before = 0 if random.random() < 0.2 else int(random.integers(1, LONGEST_HISTORY + 1))
    if random.random() < 0.5:
        return Layout(before, window, 0, window)
    baseline = 12 if random.random() < 0.5 else int(random.integers(6, 25))
    gap = 0 if random.random() < 0.1 else int(random.integers(1, LONGEST_GAP + 1))
    return Layout(before, baseline, gap, window)


def simulate_prior(
    random: np.random.Generator, layout: Layout, histories: int, prior: Prior = SHIPPED, *, changing: bool = True
) -> Histories:
    """Histories of the prior, one layout for all, each with its own habits and its own change.

    The level stays, drifts, jumps, lives through a crisis or a lull, or all of these; on top of that a change between
    baseline and window is drawn that is as likely up as down, and small in one case of three; without `changing` there
    is none, and levels move as they move by themselves. Disturbance, season, chance, effort and months without coverage
    are added. Method: simulation-based inference; Cranmer, Brehmer & Louppe (2020), PNAS 117.
    """
    level = _wandering_level(random, layout.months, histories, prior)
    if changing:
        level = level + _change(random, layout, histories)
    window = _mean_level(level, layout.window_start, layout.months)
    baseline = _mean_level(level, layout.baseline_start, layout.baseline_end)
    log_mean = random.uniform(np.log(0.1), np.log(150.0), histories)
    effort = _effort(random, layout.months, histories)
    counts = _recorded(random, log_mean[:, None] + level, effort, prior)
    _uncover(random, layout, counts)
    return Histories(layout, counts, effort, window - baseline)


def simulate_series(random: np.random.Generator, prior: Prior, means: Floats, months: int) -> Floats:
    """Series with the habits of the prior and no change that anybody asks about, (n, months), for their means (n,)."""
    level = _wandering_level(random, months, means.shape[0], prior)
    log_means = np.log(means) - _mean_level(level, 0, months)
    return _recorded(random, log_means[:, None] + level, np.ones(level.shape), prior)


def simulate_country(random: np.random.Generator, layout: Layout, areas: int, habits: Regime) -> Histories:
    """Areas of one country, which share the habits of their violence though each has its own level and season.

    In some areas, often in none, something changes between the windows; now and then all of them change alike. By
    themselves levels stay, so that whatever else swings is habit. `habits.mean` is that of an ordinary area.
    """
    months = layout.months
    some = random.uniform(0.0, 0.5) * (random.random() < 0.8)
    level = _change(random, layout, areas) * (random.random((areas, 1)) < some)
    if random.random() < 0.3:
        level += random.normal(0.0, 0.5) * (np.arange(months) >= layout.window_start)
    log_mean = np.log(habits.mean) + random.normal(0.0, 0.8, (areas, 1))
    spread = np.full(areas, habits.disturbance)
    disturbance = _short_memory(random, np.full(areas, habits.memory), spread, months) - habits.disturbance**2 / 2
    mean = np.exp(np.minimum(log_mean + level + disturbance + _season(random, months, areas), 9.0))
    counts = _counts(random, mean, np.full(areas, habits.size))
    window = _mean_level(level, layout.window_start, months)
    baseline = _mean_level(level, layout.baseline_start, layout.baseline_end)
    return Histories(layout, counts, np.ones(counts.shape), window - baseline)


def _recorded(random: np.random.Generator, log_level: Floats, effort: Floats, prior: Prior) -> Floats:
    """Counts (n, m) of a level: disturbed, seasonal, clustered by chance, some months silent."""
    histories, months = log_level.shape
    memory, spread = _disturbances(random, histories, prior)
    disturbance = _short_memory(random, memory, spread, months) - spread[:, None] ** 2 / 2
    mean = np.exp(np.minimum(log_level + disturbance + _season(random, months, histories), 9.0)) * effort
    size = prior.size * np.exp(random.uniform(-WIDTH_OF_SIZES, WIDTH_OF_SIZES, histories))
    size[random.random(histories) < 0.1] = np.inf
    counts = _counts(random, mean, size)
    if prior.silent > 0:
        silent = random.random((histories, 1)) * prior.silent
        counts[random.random(counts.shape) < silent] = 0.0
    return counts


def _wandering_level(random: np.random.Generator, months: int, histories: int, prior: Prior) -> Floats:
    """Log of a level (n, m) that drifts, jumps, goes and comes back."""
    steps = np.zeros((histories, months))
    drifts, jumps = random.random(histories) < DRIFTING, random.random(histories) < JUMPING
    drifting, jumping = (int(drifts.sum()), months), (int(jumps.sum()), months)
    step = np.exp(random.uniform(np.log(0.01), np.log(0.08), (drifting[0], 1)))
    steps[drifts] = step * random.standard_normal(drifting)
    often = 1.0 / random.uniform(24.0, 120.0, (jumping[0], 1))
    steps[jumps] += (random.random(jumping) < often) * random.normal(0.0, 1.3, jumping)
    level: Floats = prior.wandering * (np.cumsum(steps, axis=1) + _episode(random, months, histories))
    return level


def _change(random: np.random.Generator, layout: Layout, histories: int) -> Floats:
    """The change under question as it comes about (n, m), on the log scale."""
    kind = random.random((histories, 1))
    size = np.where(kind < SMALL_CHANGES, 0.06, np.where(kind < SMALL_CHANGES + LARGE_CHANGES, 2.0, 1.0))
    change: Floats = random.standard_normal((histories, 1)) * size * _share_of_change(random, layout, histories)
    return change


def _episode(random: np.random.Generator, months: int, histories: int) -> Floats:
    """A crisis or a lull of half a year to four years (n, m), in one history of four: the level goes and comes back."""
    height = random.normal(0.0, 1.5, (histories, 1)) * (random.random((histories, 1)) < PASSING)
    start = random.uniform(-24.0, months, (histories, 1))
    end = start + random.uniform(6.0, 48.0, (histories, 1))
    at = np.arange(months)
    episode: Floats = height * ((at >= start) & (at < end))
    return episode


def _disturbances(random: np.random.Generator, histories: int, prior: Prior) -> tuple[Floats, Floats]:
    """Memory and standard deviation of the disturbance, each (n,): most series ordinary, few wild."""
    memory = random.uniform(0.0, prior.memory, histories)
    spread = prior.disturbance * random.beta(0.9, 1.5, histories)
    return memory, spread


def _share_of_change(random: np.random.Generator, layout: Layout, histories: int) -> Floats:
    """How much of the change has happened by each month (n, m): at the turn, or at some time around or between."""
    middle_of_baseline = layout.baseline_start + layout.baseline / 2
    middle_of_window = layout.window_start + layout.window / 2
    at_the_turn = random.random((histories, 1)) < 0.5
    turn = layout.window_start if layout.gap == 0 else random.integers(layout.baseline_end, layout.window_start + 1)
    start = np.where(at_the_turn, turn, random.uniform(middle_of_baseline, middle_of_window, (histories, 1)))
    lasting = random.uniform(0.1, 12.0, (histories, 1))
    lasting[random.random((histories, 1)) < 0.6] = 0.1
    months = np.arange(layout.months)
    share: Floats = np.clip((months + 1 - start) / lasting, 0.0, 1.0)
    return share


def _mean_level(level: Floats, start: int, end: int) -> Floats:
    mean: Floats = np.log(np.exp(level[:, start:end]).mean(axis=1))
    return mean


def _short_memory(random: np.random.Generator, memory: Floats, spread: Floats, months: int) -> Floats:
    """Stationary first-order autoregression (n, m)."""
    shocks = random.standard_normal((months, memory.shape[0]))
    fresh = np.sqrt(1.0 - memory**2)
    for month in range(1, months):
        shocks[month] = memory * shocks[month - 1] + fresh * shocks[month]
    disturbance: Floats = np.ascontiguousarray((shocks * spread).T)
    return disturbance


def _season(random: np.random.Generator, months: int, histories: int) -> Floats:
    strength = random.uniform(0.0, 0.5, (histories, 1)) * (random.random((histories, 1)) < 0.5)
    phase = random.uniform(0.0, 2 * np.pi, (histories, 1))
    season: Floats = strength * np.cos(2 * np.pi * np.arange(months) / 12 + phase)
    return season


def _effort(random: np.random.Generator, months: int, histories: int) -> Floats:
    """Effort around 1 (n, m): for seven histories of ten none is recorded, which reads as constant."""
    effort = np.ones((histories, months))
    recorded = random.random(histories) >= 0.7
    shape = (int(recorded.sum()), months)
    steps = random.standard_normal(shape) * 0.03
    steps += (random.random(shape) < 1 / 36) * random.normal(0.0, 0.5, shape)
    noise = random.standard_normal(shape) * 0.1
    effort[recorded] = np.exp(np.clip(np.cumsum(steps, axis=1) + noise, -2.5, 2.5))
    return effort


def _counts(random: np.random.Generator, mean: Floats, size: Floats) -> Floats:
    finite = np.where(np.isfinite(size), size, 1.0)[:, None]
    clustering = random.standard_gamma(np.broadcast_to(finite, mean.shape)) / finite
    clustering[~np.isfinite(size)] = 1.0
    return random.poisson(mean * clustering).astype(np.float64)


def _uncover(random: np.random.Generator, layout: Layout, counts: Floats) -> None:
    """Take months before the baseline and in the gap away: in one layout of four, a stretch of each."""
    if random.random() < 0.75:
        return
    for start, end in ((0, layout.baseline_start), (layout.baseline_end, layout.window_start)):
        if end - start > 1:
            first, last = np.sort(random.integers(start, end + 1, 2))
            counts[:, first:last] = np.nan
