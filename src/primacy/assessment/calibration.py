"""Calibrates the trend posterior: simulates histories, looks at them, and fits the network to what was true of them."""

from collections.abc import Callable

import numpy as np

from primacy.assessment.network import Singles, fit, six_digits
from primacy.assessment.prior import SHIPPED, Prior
from primacy.assessment.simulation import Floats, Histories, draw_layout, simulate_prior
from primacy.assessment.trend_features import features
from primacy.assessment.trend_posterior import TrendModel

SIMULATIONS = 200_000
LAYOUTS = 2000
FEWEST_A_LAYOUT = 100
PART_OF_SIMULATING = 0.6
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
    random = np.random.default_rng(seed)
    inputs, truth, apart = _examples(random, prior, simulations, progress)
    places = thresholds()
    labels: Singles = (truth[:, None] <= places).astype(np.float32)

    def fitting(share: float) -> None:
        if progress is not None:
            progress(PART_OF_SIMULATING + (1.0 - PART_OF_SIMULATING) * share)

    batch = min(max(simulations // STEPS_A_PASS, SMALLEST_BATCH), LARGEST_BATCH)
    network = fit(random, inputs, labels, batch=batch, progress=fitting)
    return TrendModel(network, places, _prior_variance(truth, apart, places), simulations, seed, prior)


def _examples(
    random: np.random.Generator, prior: Prior, simulations: int, progress: Callable[[float], None] | None
) -> tuple[Floats, Floats, Floats]:
    """Features (n, f), true log ratios (n,) and months between the middles of the windows (n,), in many layouts."""
    each = max(simulations // LAYOUTS, FEWEST_A_LAYOUT)
    inputs: list[Floats] = []
    truth: list[Floats] = []
    apart: list[Floats] = []
    done = 0
    while done < simulations:
        drawn = draw_histories(random, min(each, simulations - done), prior)
        inputs.append(features(drawn.counts, drawn.effort, drawn.layout))
        truth.append(drawn.log_ratio)
        middles = drawn.layout.gap + (drawn.layout.baseline + drawn.layout.window) / 2
        apart.append(np.full(drawn.log_ratio.shape, middles))
        done += drawn.log_ratio.shape[0]
        if progress is not None:
            progress(PART_OF_SIMULATING * done / simulations)
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
