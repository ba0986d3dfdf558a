"""Calibrates the trend posterior: simulates histories, looks at them, and fits the network to what was true of them."""

from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from threading import Lock

import numpy as np

from primacy.assessment.trends.network import Network, Singles, fit, six_digits
from primacy.assessment.trends.prior import SHIPPED, Prior
from primacy.assessment.trends.simulation import Floats, Histories, draw_layout, simulate_prior
from primacy.assessment.trends.trend_features import features
from primacy.assessment.trends.trend_posterior import TrendModel

SIMULATIONS = 600_000
LAYOUTS = 2000
FEWEST_A_LAYOUT = 100
NETWORKS, FEWEST_PASSES, MOST_PASSES = 2, 4, 20
HISTORIES_SEEN = 2_400_000
"""By each network, the same ones again in every pass: few simulations are gone through more often."""
WORKERS = 2
"""Threads: each simulates whole layouts, or fits a whole network, so that their number changes no number."""
PART_OF_SIMULATING = 0.5
STEPS_A_PASS = 200
SMALLEST_BATCH, LARGEST_BATCH = 128, 1024

FALLS = (0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
"""Ratios at which the distribution is learnt, with their inverses and 1: close where thresholds are usual."""


def thresholds() -> Floats:
    """Log ratios at which the distribution is learnt, in rising order."""
    falls = np.log(np.array(FALLS))
    return six_digits(np.concatenate([falls, [0.0], -falls[::-1]]))


def calibrate(
    seed: int = 1,
    simulations: int = SIMULATIONS,
    progress: Callable[[float], None] | None = None,
    prior: Prior = SHIPPED,
) -> TrendModel:
    """The trend model learnt from `simulations` histories of a prior; one seed gives one model on one machine.

    Raises   ValueError if there are too few simulations for one layout.
    """
    if simulations < FEWEST_A_LAYOUT:
        raise ValueError(f"calibration needs at least {FEWEST_A_LAYOUT} simulations, not {simulations}")
    seeds = np.random.SeedSequence(seed).spawn(1 + NETWORKS)
    told = _Progress(progress)
    with ThreadPoolExecutor(WORKERS) as workers:
        inputs, truth, apart = _examples(seeds[0], prior, simulations, workers, told)
        places = thresholds()
        labels: Singles = (truth[:, None] <= places).astype(np.float32)
        batch = min(max(simulations // STEPS_A_PASS, SMALLEST_BATCH), LARGEST_BATCH)
        passes = min(max(HISTORIES_SEEN // simulations, FEWEST_PASSES), MOST_PASSES)

        def fitted(number: int) -> Network:
            random = np.random.default_rng(seeds[1 + number])
            part = (1.0 - PART_OF_SIMULATING) / NETWORKS / passes
            return fit(random, inputs, labels, passes=passes, batch=batch, progress=lambda _: told.further(part))

        networks = tuple(workers.map(fitted, range(NETWORKS)))
    return TrendModel(networks, places, _prior_variance(truth, apart, places), simulations, seed, prior)


class _Progress:
    """What several threads have done together, told as a share that only rises."""

    def __init__(self, tell: Callable[[float], None] | None) -> None:
        self._tell, self._share, self._lock = tell, 0.0, Lock()

    def further(self, part: float) -> None:
        with self._lock:
            self._share += part
            if self._tell is not None:
                self._tell(min(self._share, 1.0))


def _examples(
    seed: np.random.SeedSequence, prior: Prior, simulations: int, workers: Executor, told: _Progress
) -> tuple[Singles, Floats, Floats]:
    """Features (n, f), true log ratios (n,) and months between the middles of the windows (n,), in many layouts.

    Each layout has a seed of its own, so that the numbers do not depend on which thread comes first.
    """
    each = max(simulations // LAYOUTS, FEWEST_A_LAYOUT)
    sizes = [min(each, simulations - done) for done in range(0, simulations, each)]

    def in_one_layout(task: tuple[np.random.SeedSequence, int]) -> tuple[Singles, Floats, Floats]:
        own, size = task
        drawn = draw_histories(np.random.default_rng(own), size, prior)
        middles = drawn.layout.gap + (drawn.layout.baseline + drawn.layout.window) / 2
        told.further(PART_OF_SIMULATING * size / simulations)
        seen = features(drawn.counts, drawn.effort, drawn.layout).astype(np.float32)
        return seen, drawn.log_ratio, np.full(size, middles)

    parts = workers.map(in_one_layout, zip(seed.spawn(len(sizes)), sizes, strict=True))
    inputs, truth, apart = zip(*parts, strict=True)
    return np.concatenate(inputs), np.concatenate(truth), np.concatenate(apart)


def _prior_variance(truth: Floats, apart: Floats, places: Floats) -> tuple[float, float]:
    """Least-squares line of the squared log ratio, held inside the thresholds, on the months apart."""
    squares = np.clip(truth, places[0], places[-1]) ** 2
    centred = apart - apart.mean()
    slope = max(float((centred * squares).sum() / max(float((centred**2).sum()), 1.0)), 0.0)
    constant = float(squares.mean()) - slope * float(apart.mean())
    first, second = six_digits(np.array([constant, slope])).tolist()
    return first, second


def draw_histories(random: np.random.Generator, histories: int, prior: Prior = SHIPPED) -> Histories:
    """Histories of a prior in one layout drawn at random."""
    return simulate_prior(random, draw_layout(random), histories, prior)
