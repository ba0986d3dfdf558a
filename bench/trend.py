"""How well the trend posterior judges: calibration, false findings, power, speed, beside the rules in common use.

    python bench/trend.py

The fixed test simulator and the prior are those of `primacy.assessment.simulation`. Peers run on the same histories.
"""

import math
import time
from collections.abc import Callable

import numpy as np

from primacy.assessment.calibration import calibrate, draw_histories
from primacy.assessment.cusum import alarms, onsets
from primacy.assessment.simulation import REGIMES, Floats, Histories, Regime, change_at_the_end, simulate_regime
from primacy.assessment.trend import TrendModel, Windows, posterior
from primacy.assessment.trend_features import Bools

SEEDS = (1, 2, 3)
HISTORIES = 20_000
YEAR = 12
SIGNIFICANT = -1.645
"""One-sided 5 %: the level at which the peers say that a series has decreased."""
AT_THE_END = Windows(np.array([72]), YEAR)
POWER_TARGETS = {"mild": "0.55", "typical": "0.37", "severe": "0.30", "low": "none"}
Row = tuple[str, str, str, str, str, str]
Peer = Callable[[Floats], Bools]


def table() -> str:
    """The whole benchmark as a Markdown table; takes about two minutes on two cores."""
    models, seconds = _models()
    rows = [("calibrating", "200,000 simulations", "", "", f"{seconds:.0f} s", "25 s")]
    rows += [*_on_the_prior(models), *_on_the_regimes(models), *_flat(models), *_plateau(models), *_alarms()]
    rows += _speed(models[0])
    head = ("what", "data", "peer", "peer's figure", f"ours (seeds {', '.join(map(str, SEEDS))})", "target")
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _models() -> tuple[list[TrendModel], float]:
    start = time.perf_counter()
    models = [calibrate(seed) for seed in SEEDS]
    return models, (time.perf_counter() - start) / len(SEEDS)


def _each(figures: list[float], digits: int = 3) -> str:
    return " / ".join(f"{figure:.{digits}f}" for figure in figures)


# Peers


def lower_than_before(counts: Floats) -> Bools:
    """Fewer events in the last twelve months than in the twelve before."""
    lower: Bools = np.less(counts[:, -YEAR:].sum(axis=1), counts[:, -2 * YEAR : -YEAR].sum(axis=1))
    return lower


def poisson_test(counts: Floats) -> Bools:
    """Exact conditional test of two Poisson totals (Przyborowski & Wilenski 1940)."""
    now = counts[:, -YEAR:].sum(axis=1).astype(int)
    both = counts[:, -2 * YEAR :].sum(axis=1).astype(int)
    log_factorials = np.array([math.lgamma(n + 1.0) for n in range(int(both.max()) + 1)])
    found = []
    for few, n in zip(now.tolist(), both.tolist(), strict=True):
        k = np.arange(few + 1)
        logs = log_factorials[n] - log_factorials[k] - log_factorials[n - k] - n * math.log(2.0)
        found.append(bool(np.exp(logs).sum() < 0.05))
    return np.array(found)


def quasi_poisson(counts: Floats) -> Bools:
    """Log-linear model of the last two years, its error widened by Pearson's dispersion (McCullagh & Nelder 1989)."""
    before, now = counts[:, -2 * YEAR : -YEAR], counts[:, -YEAR:]
    means = before.mean(axis=1) + 1e-9, now.mean(axis=1) + 1e-9
    parts = zip((before, now), means, strict=True)
    pearson = sum(((part - mean[:, None]) ** 2).sum(axis=1) / mean for part, mean in parts)
    dispersion = np.maximum(pearson / (2 * YEAR - 2), 1.0)
    error = np.sqrt(dispersion * (1.0 / (YEAR * means[0]) + 1.0 / (YEAR * means[1])))
    found: Bools = np.less(np.log(means[1] / means[0]) / error, SIGNIFICANT)
    return found


def negative_binomial(counts: Floats) -> Bools:
    """Negative-binomial model of the last two years, dispersion by maximum likelihood, Wald test."""
    before, now = counts[:, -2 * YEAR : -YEAR], counts[:, -YEAR:]
    means = before.mean(axis=1) + 1e-9, now.mean(axis=1) + 1e-9
    sizes = np.exp(np.linspace(np.log(0.2), np.log(500.0), 60))
    most = int(counts.max())
    likelihood = np.empty((sizes.shape[0], counts.shape[0]))
    for number, size in enumerate(sizes.tolist()):
        rising = np.array([math.lgamma(count + size) - math.lgamma(size) for count in range(most + 1)])
        likelihood[number] = sum(
            rising[part.astype(int)].sum(axis=1)
            + part.sum(axis=1) * np.log(mean / (mean + size))
            + YEAR * size * np.log(size / (size + mean))
            for part, mean in zip((before, now), means, strict=True)
        )
    excess = 1.0 / sizes[likelihood.argmax(axis=0)]
    error = np.sqrt((1.0 / means[0] + excess) / YEAR + (1.0 / means[1] + excess) / YEAR)
    found: Bools = np.less(np.log(means[1] / means[0]) / error, SIGNIFICANT)
    return found


PEERS: dict[str, Peer] = {
    "lower than before": lower_than_before,
    "Poisson test": poisson_test,
    "quasi-Poisson": quasi_poisson,
    "negative-binomial GLM": negative_binomial,
}


# Parts of the table


def _judged(model: TrendModel, drawn: list[Histories]) -> tuple[Floats, Bools]:
    """What the model says of a fall by a fifth, and whether it was so."""
    said = []
    for each in drawn:
        layout = each.layout
        windows = Windows(np.array([layout.months]), layout.window, (layout.baseline_start, layout.baseline_end))
        said.append(posterior(model, each.counts, windows, each.effort).at_most(0.8)[:, 0])
    fell: Bools = np.less_equal(np.concatenate([each.log_ratio for each in drawn]), np.log(0.8))
    return np.concatenate(said), fell


def calibration_error(said: Floats, true: Bools) -> float:
    """Mean distance between what was said and how often it was so, over tenths (expected calibration error)."""
    tenths = np.minimum((said * 10).astype(int), 9)
    return sum(abs(float(said[tenths == t].sum() - true[tenths == t].sum())) for t in range(10)) / said.size


def _on_the_prior(models: list[TrendModel]) -> list[Row]:
    random = np.random.default_rng(101)
    drawn = [draw_histories(random, 100) for _ in range(500)]
    judged = [_judged(model, drawn) for model in models]
    rows = [
        ("calibration error", "50,000 fresh draws of the prior", "", "",
         _each([calibration_error(*each) for each in judged], 4), "0.01"),
        ("right when it says more than 90 %", "the same", "", "",
         _each([float(fell[said > 0.9].mean()) for said, fell in judged]), "at least 0.95"),
    ]  # fmt: skip
    for name, broken in (("one month in ten lost as zero", _lost), ("bursts in one month of thirty", _burst)):
        worse = [Histories(each.layout, broken(random, each.counts), each.effort, each.log_ratio) for each in drawn]
        figures = [calibration_error(*_judged(model, worse)) for model in models]
        rows.append(("calibration error, assumption broken", name, "", "", _each(figures, 4), "0.03"))
    return rows


def _lost(random: np.random.Generator, counts: Floats) -> Floats:
    kept: Floats = np.where(random.random(counts.shape) < 0.1, counts * 0.0, counts)
    return kept


def _burst(random: np.random.Generator, counts: Floats) -> Floats:
    size = random.poisson(np.broadcast_to(5.0 * np.nanmean(counts, axis=1, keepdims=True), counts.shape))
    burst: Floats = counts + size * (random.random(counts.shape) < 1 / 30)
    return burst


def _on_the_regimes(models: list[TrendModel]) -> list[Row]:
    rows: list[Row] = []
    for name, regime in REGIMES.items():
        random = np.random.default_rng(102)
        same = simulate_regime(random, regime, np.ones(72), HISTORIES)
        less = simulate_regime(random, regime, change_at_the_end(0.4), HISTORIES)
        unchanged, fallen = ([posterior(m, c, AT_THE_END).at_most(0.8)[:, 0] for m in models] for c in (same, less))
        for title, data, said, cut, target in (
            ("called a fall though nothing changed", same, unchanged, 0.9, "at most 0.05"),
            ("a fall by 60 % found at 90 %", less, fallen, 0.9, POWER_TARGETS[name]),
            ("a fall by 60 % found at 80 %", less, fallen, 0.8, ""),
        ):
            peers = " / ".join(f"{peer(data).mean():.3f}" for peer in PEERS.values())
            ours = _each([float((each > cut).mean()) for each in said])
            rows.append((title, f"{name}, {HISTORIES:,} histories", " / ".join(PEERS), peers, ours, target))
    return rows


def _flat(models: list[TrendModel]) -> list[Row]:
    rows: list[Row] = []
    for name, regime in {"chance alone": Regime(20.0, np.inf, 0.0, 0.0), **REGIMES}.items():
        counts = simulate_regime(np.random.default_rng(103), regime, np.ones(36), 2000)
        for against, what in ((None, "the year before"), ((0, YEAR), "a fixed baseline")):
            figures = []
            for model in models:
                said = posterior(model, counts, Windows(np.arange(2 * YEAR, 37), YEAR, against)).at_most(0.8)
                held = np.round(said, 3) >= 0.9
                figures.append(float((held[:, 2:] & held[:, 1:-1] & held[:, :-2]).any(axis=1).mean()))
            target = "below 0.01" if name in ("chance alone", "mild") else ""
            data = f"{name}, 36 months, against {what}"
            title = "flat history called achieved (90 % three months running)"
            rows.append((title, data, "", "", _each(figures, 4), target))
    return rows


def _plateau(models: list[TrendModel]) -> list[Row]:
    level = np.concatenate([np.ones(24), np.full(60, 0.25)])
    rows: list[Row] = []
    for name, regime in {"chance alone": Regime(60.0, np.inf, 0.0, 0.0), "mild": Regime(60.0, 5.0, 0.4, 0.4)}.items():
        counts = simulate_regime(np.random.default_rng(104), regime, level, 1000)
        windows = Windows(np.array([84]), YEAR, (YEAR, 24))
        figures = [float((posterior(model, counts, windows).at_most(0.8) >= 0.9).mean()) for model in models]
        title = "a fall from 60 to 15 still found four years later"
        rows.append((title, name, "", "", _each(figures), "1 by chance alone"))
    return rows


def _alarms() -> list[Row]:
    rows: list[Row] = []
    level = np.ones(72)
    level[66:] = 3.0
    for name, regime in REGIMES.items():
        random = np.random.default_rng(105)
        steady = alarms(simulate_regime(random, regime, np.ones(132), 2000), 0.2)
        tripled = alarms(simulate_regime(random, regime, level, 2000), 0.2)
        false = float(onsets(steady)[:, YEAR:].sum()) / (2000 * 10)
        heard = float(tripled[~tripled[:, 65], 66:].any(axis=1).mean())
        rows.append(("alarm: false ones a year", name, "", "", f"{false:.2f}", "0.20"))
        rows.append(("alarm: tripling heard within six months", name, "", "", f"{heard:.2f}", "0.65"))
    return rows


def _speed(model: TrendModel) -> list[Row]:
    counts = simulate_regime(np.random.default_rng(106), REGIMES["typical"], np.ones(72), 2000)
    ours = _microseconds(lambda: posterior(model, counts, AT_THE_END))
    rows: list[Row] = []
    for name, peer in PEERS.items():
        theirs = _microseconds(lambda peer=peer: peer(counts))  # type: ignore[misc]
        rows.append(("microseconds a series", "2,000 of 72 months", name, f"{theirs:.1f}", f"{ours:.1f}", "200"))
    return rows


def _microseconds(call: Callable[[], object]) -> float:
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return min(taken) / 2000 * 1e6


if __name__ == "__main__":
    print(table())
