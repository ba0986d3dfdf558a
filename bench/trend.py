"""How well the trend posterior judges: calibration, false findings, power, speed, beside the rules in common use

    python bench/trend.py [--full]

The fixed test simulator and the prior: `primacy.assessment.trends.simulation`. Peers run on the same histories.
The oracle knows the parameters of the simulator (dispersion, memory, spread, that the level never drifts, and once even
the mean) and computes its posterior by summing over all paths of the disturbance; it knows all that we have to learn
from the series. Real series are those of first-level areas and countries in the UCDP GED files of the shared data, by
kind of violence; nobody tuned for those of Bangladesh and Myanmar. How far odds of restless series are held back was
set on models of seeds 1, 2 and 11; the models here are of others. `--full` (or PRIMACY_BENCH=full) gives peers, oracle
and draws their full size.
"""

import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from trends import oracle, worlds
from trends.peers import PEERS, YEAR
from trends.persistence import ASKED, OURS, held
from trends.picture import calibration_curve
from trends.real_series import RealSeries, real_series

from primacy.assessment.trends.calibration import calibrate, draw_histories
from primacy.assessment.trends.cusum import alarms, onsets
from primacy.assessment.trends.prior import SHIPPED
from primacy.assessment.trends.prior_learning import learn
from primacy.assessment.trends.simulation import REGIMES, Floats, Histories, Regime, change_at_the_end, simulate_regime
from primacy.assessment.trends.trend import TrendModel, Windows, posterior
from primacy.assessment.trends.trend_features import Bools

FULL = "--full" in sys.argv or os.environ.get("PRIMACY_BENCH") == "full"
SEEDS = (10, 12, 13)
HISTORIES = 20_000
DRAWS, ASKED_PEERS, ASKED_ORACLE = (500, 20_000, 4_000) if FULL else (300, 4_000, 1_000)
AT_THE_END = Windows(np.array([72]), YEAR)
POWER_TARGETS = {"mild": "at least 0.55", "typical": "at least 0.37", "severe": "at least 0.30", "low": ""}
PICTURE = Path(__file__).parent.parent / "docs" / "images" / "calibration.svg"
OURS_HEAD = f"ours (seeds {', '.join(map(str, SEEDS))})"
Row = Sequence[str]


def table() -> str:
    """The whole benchmark as Markdown tables; takes about three minutes on two cores."""
    models, seconds = _models()
    series = real_series()
    parts = [
        _on_the_prior(models, seconds),
        _on_the_regimes(models),
        _held_and_flat(models),
        _alarms(),
        *(_on_real_series(models, series) if series else ["The shared data are not here: no real series.\n"]),
        _speed(models[0]),
    ]
    return "\n".join(parts)


def _models() -> tuple[list[TrendModel], float]:
    start = time.perf_counter()
    models = [calibrate(seed) for seed in SEEDS]
    return models, (time.perf_counter() - start) / len(SEEDS)


def _written(title: str, head: Row, rows: Sequence[Row], note: str = "") -> str:
    lines = [head, ("---",) * len(head), *rows]
    body = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    return f"### {title}\n\n{note}{body}\n"


def _each(figures: Sequence[float], digits: int = 3) -> str:
    return " / ".join(f"{figure:.{digits}f}" for figure in figures)


# Calibration


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


def _on_the_prior(models: list[TrendModel], seconds: float) -> str:
    random = np.random.default_rng(101)
    drawn = [draw_histories(random, 100) for _ in range(DRAWS)]
    judged = [_judged(model, drawn) for model in models]
    PICTURE.write_text(
        calibration_curve([said for said, _ in judged], judged[0][1], [f"seed {seed}" for seed in SEEDS]), "utf-8"
    )
    rows: list[Row] = [
        ("seconds to calibrate, 600,000 simulations", f"{seconds:.0f}", "at most 25"),
        ("calibration error", _each([calibration_error(*each) for each in judged], 4), "at most 0.01"),
        ("right when it says more than 90 %", _each([float(t[s > 0.9].mean()) for s, t in judged]), "at least 0.95"),
    ]
    for name, broken in worlds.BROKEN.items():
        worse = [Histories(each.layout, broken(random, each.counts), each.effort, each.log_ratio) for each in drawn]
        rows += _in_a_broken_world(name, [_judged(model, worse) for model in models])
    known = [
        replace(
            each,
            counts=worlds.effort_trend(random, each.counts),
            effort=each.effort * worlds.effort_left(each.layout.months),
        )
        for each in drawn
    ]
    rows += _in_a_broken_world("trend in effort, recorded as effort", [_judged(model, known) for model in models])
    note = "![What was said against how often it was so](images/calibration.svg)\n\n"
    return _written(f"On {DRAWS * 100:,} fresh draws of the prior", ("what", OURS_HEAD, "target"), rows, note)


def _in_a_broken_world(name: str, judged: list[tuple[Floats, Bools]]) -> list[Row]:
    errors = _each([calibration_error(*each) for each in judged], 4)
    right = _each([float(true[said > 0.9].mean()) for said, true in judged])
    return [
        (f"calibration error, {name}", errors, "at most 0.03"),
        (f"right above 90 %, {name.split(':')[0]}", right, ""),
    ]


# The fixed test simulator


def _on_the_regimes(models: list[TrendModel]) -> str:
    rows: list[Row] = []
    for name, regime in REGIMES.items():
        random = np.random.default_rng(102)
        same = simulate_regime(random, regime, np.ones(72), HISTORIES)
        less = simulate_regime(random, regime, change_at_the_end(0.4), HISTORIES)
        unchanged, fallen = ([posterior(m, c, AT_THE_END).at_most(0.8)[:, 0] for m in models] for c in (same, less))
        wise = {
            known: [oracle.fell(c[:ASKED_ORACLE], regime, level_known=known) for c in (same, less)]
            for known in (True, False)
        }
        for title, data, place, ours, cut, target in (
            ("false: nothing changed, above 90 %", same, 0, unchanged, 0.9, "at most 0.05"),
            ("a fall by 60 % found, above 90 %", less, 1, fallen, 0.9, POWER_TARGETS[name]),
            ("a fall by 60 % found, above 80 %", less, 1, fallen, 0.8, ""),
        ):
            peers = [f"{peer(data[:ASKED_PEERS]).mean():.3f}" for peer in PEERS.values()]
            told = [f"{float((wise[known][place] > cut).mean()):.3f}" for known in (True, False)]
            rows.append((name, title, *peers, *told, _each([float((each > cut).mean()) for each in ours]), target))
        alike = [float((f > np.quantile(u, 0.95)).mean()) for u, f in zip(unchanged, fallen, strict=True)]
        told = [f"{float((wise[k][1] > np.quantile(wise[k][0], 0.95)).mean()):.3f}" for k in (True, False)]
        rows.append(
            (name, "found where each errs in 5 % of unchanged ones", *[""] * len(PEERS), *told, _each(alike), "")
        )
    head = ("regime", "what", *PEERS, "oracle", "oracle without the mean", OURS_HEAD, "target")
    absent = "" if find_spec("ruptures") else "`ruptures` is not installed here.\n\n"
    note = f"{absent}Peers decide at a nominal 5 %: compare what they find only after their false findings.\n\n"
    return _written(f"On the fixed test simulator, {HISTORIES:,} histories of 72 months", head, rows, note)


def _held_and_flat(models: list[TrendModel]) -> str:
    rows: list[Row] = []
    for name, regime in {"chance alone": Regime(20.0, np.inf, 0.0, 0.0), **REGIMES}.items():
        counts = simulate_regime(np.random.default_rng(103), regime, np.ones(36), 2000)
        for against, what in ((None, "the year before"), ((0, YEAR), "a fixed baseline")):
            figures = []
            for model in models:
                said = posterior(model, counts, Windows(np.arange(2 * YEAR, 37), YEAR, against)).at_most(0.8)
                sure = np.round(said, 3) >= 0.9
                figures.append(float((sure[:, 2:] & sure[:, 1:-1] & sure[:, :-2]).any(axis=1).mean()))
            target = "below 0.01"
            title = f"flat for 36 months, called achieved (90 % three months running) against {what}"
            rows.append((title, name, _each(figures, 4), target))
    level = np.concatenate([np.ones(24), np.full(60, 0.25)])
    for name, regime in {"chance alone": Regime(60.0, np.inf, 0.0, 0.0), "mild": Regime(60.0, 5.0, 0.4, 0.4)}.items():
        counts = simulate_regime(np.random.default_rng(104), regime, level, 1000)
        windows = Windows(np.array([84]), YEAR, (YEAR, 24))
        figures = [float((posterior(model, counts, windows).at_most(0.8) >= 0.9).mean()) for model in models]
        target = "at least 1" if name == "chance alone" else ""
        rows.append(("a fall from 60 to 15 still found four years later", name, _each(figures), target))
    return _written("Flat histories, and falls that hold", ("what", "regime", OURS_HEAD, "target"), rows)


# Alarms


def _alarms() -> str:
    rows: list[Row] = []
    level = np.ones(84)
    level[66:] = 3.0
    size = 2000 if FULL else 1000
    for name, regime in REGIMES.items():
        random = np.random.default_rng(105)
        steady = alarms(simulate_regime(random, regime, np.ones(132), size), 0.2)
        tripled = alarms(simulate_regime(random, regime, level, size), 0.2)
        raised = tripled[~tripled[:, 65], 66:]
        heard = np.where(raised.any(axis=1), raised.argmax(axis=1) + 1.0, np.inf)
        false = float(onsets(steady)[:, YEAR:].sum()) / (size * 10)
        within = [float((heard <= months).mean()) for months in (3, 6, 12)]
        middle = float(np.median(heard))
        delay = f"{middle:.0f}" if np.isfinite(middle) else "never"
        rows.append(
            (name, f"{false:.3f}", "at most 0.20", *(f"{share:.2f}" for share in within), "at least 0.65", delay)
        )
    head = (
        "regime", "false alarms a year", "target", "heard in 3 months", "in 6 months", "in 12 months",
        "target in 6 months", "months until half are heard",
    )  # fmt: skip
    return _written("Alarms: a budget of 0.2 false ones a year; events triple and stay so", head, rows)


# Real series


def _on_real_series(models: list[TrendModel], series: list[RealSeries]) -> list[str]:
    return [_null_worlds(models, series), _persistence(models[0], series), _prior_of(series)]


def _null_worlds(models: list[TrendModel], series: list[RealSeries]) -> str:
    random = np.random.default_rng(107)
    by_series = [worlds.null_worlds(random, each.counts, 100) for each in series]
    fitted = [np.stack(each) for each in by_series if each]
    rows: list[Row] = []
    shares = []
    for model in models:
        said = [
            (posterior(model, each.reshape(-1, each.shape[2]), AT_THE_END).at_most(0.8)[:, 0] > 0.9).mean()
            for each in fitted
        ]
        shares.append(np.array(said))
    weights = np.array([each.shape[0] for each in fitted], dtype=np.float64)
    rows.append(
        (
            "false: above 90 %, over all worlds",
            _each([float(s @ weights / weights.sum()) for s in shares]),
            "at most 0.05",
        )
    )
    rows.append(("the same, series with the most", _each([float(s.max()) for s in shares]), "at most 0.05"))
    for name in ("lower than before", "Poisson test", "negative-binomial GLM", "effective sample size"):
        said = [PEERS[name](each.reshape(-1, each.shape[2])).mean() for each in fitted]
        rows.append((f"{name}, over all worlds", f"{float(np.array(said) @ weights / weights.sum()):.3f}", ""))
    title = f"Worlds without change, fitted to {int(weights.sum())} windows of six years of {len(fitted)} real series"
    return _written(title, ("what", f"found ({OURS_HEAD})", "target"), rows)


def _persistence(model: TrendModel, series: list[RealSeries]) -> str:
    rows: list[Row] = []
    for file in dict.fromkeys(each.file for each in series):
        own = [each.counts for each in series if each.file == file]
        for backwards in (False, True):
            found = held(model, own, backwards=backwards)
            name = f"{file}, read backwards" if backwards else file
            rows.append((name, f"{found[OURS].asked:,}", *(found[rule].share for rule in (OURS, *ASKED))))
    head = ("series", "windows asked", OURS, *ASKED)
    title = "Falls found on real series: the share that a year later still has a fifth fewer events than the baseline"
    return _written(title, head, rows)


def _prior_of(series: list[RealSeries]) -> str:
    rows: list[Row] = [("shipped", "", "", *(f"{strength:g}" for strength in asdict(SHIPPED).values()))]
    for file in (*dict.fromkeys(each.file for each in series), ""):
        learnt = learn([each.counts for each in series if file in ("", each.file) and "," in each.name])
        strengths = (f"{strength:g}" for strength in asdict(learnt.prior).values())
        rows.append((file or "all", str(learnt.series), str(learnt.years), *strengths))
    title = "The prior that `primacy calibrate` would learn from these files"
    return _written(title, ("learnt from", "series", "years", *asdict(SHIPPED)), rows)


# Speed


def _speed(model: TrendModel) -> str:
    counts = simulate_regime(np.random.default_rng(106), REGIMES["typical"], np.ones(72), 2000)
    rows: list[Row] = [("ours", f"{_microseconds(lambda: posterior(model, counts, AT_THE_END)):.1f}", "at most 200")]
    for name, peer in PEERS.items():
        rows.append((name, f"{_microseconds(lambda peer=peer: peer(counts)):.1f}", ""))  # type: ignore[misc]
    return _written("Microseconds a series, 2,000 of 72 months", ("rule", "microseconds", "target"), rows)


def _microseconds(call: Callable[[], object]) -> float:
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return min(taken) / 2000 * 1e6


if __name__ == "__main__":
    print(table())
