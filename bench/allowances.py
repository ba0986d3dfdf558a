"""What a trend allows for: reports that are not in yet, a baseline at a peak, many areas at once.

    python bench/allowances.py

Histories of the fixed test simulator in which nothing changed, of whose last months a part is not in yet (15, 55, 85
and 95 % are); unchanged histories of the prior after a peak; countries of 17 areas of which four tripled. The peer
reads what is in as if it were all, expects nothing of a peak, and names each area by its own probability.
"""

import numpy as np

from primacy.assessment.calibration import calibrate
from primacy.assessment.false_discovery import discoveries
from primacy.assessment.regression import unchanged_ratio
from primacy.assessment.simulation import REGIMES, Floats, Layout, simulate_prior, simulate_regime
from primacy.assessment.trend import TrendModel, Windows, pooled, posterior

HISTORIES, COUNTRIES, YEAR, MONTHS = 2000, 200, 12, 72
IN = (0.95, 0.85, 0.55, 0.15)
LEFT_OUT = 1  # of these months, those of which less than half is in
Row = tuple[str, str, str, str, str]


def table() -> str:
    """One row for each figure."""
    model = calibrate(1)
    head = ("what", "data", "peer's figure", "ours", "target")
    rows: list[Row] = [head, ("---",) * 5, *_delay(model), *_peaks(), *_areas(model)]  # type: ignore[list-item]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _delay(model: TrendModel) -> list[Row]:
    """How often a fall by a fifth is called at 90 % and at 75 %, though nothing but delay happened."""
    shares = np.ones(MONTHS)
    shares[-len(IN) :] = IN
    rows: list[Row] = []
    for name in ("mild", "typical", "severe"):
        random = np.random.default_rng(201)
        whole = simulate_regime(random, REGIMES[name], np.ones(MONTHS), HISTORIES)
        told = random.binomial(whole.astype(int), shares).astype(float)
        for length in (3, YEAR):
            read = posterior(model, told, Windows(np.array([MONTHS]), length)).at_most(0.8)[:, 0]
            windows = Windows(np.array([MONTHS - LEFT_OUT]), length)
            allowed = posterior(model, told, windows, np.broadcast_to(shares, told.shape)).at_most(0.8)[:, 0]
            figures = [f"{(said > 0.9).mean():.3f} / {(said > 0.75).mean():.3f}" for said in (read, allowed)]
            data = f"{name}, {length} months against {length}, {HISTORIES:,} histories"
            rows.append(("delay called a fall, at 90 % / 75 %", data, *figures, "at most 0.05 at 90 %"))  # type: ignore[arg-type]
    return rows


def _peaks() -> list[Row]:
    """Mean log ratio of the window to a baseline at a peak, as said and as seen."""
    random, layout = np.random.default_rng(202), Layout(48, YEAR, YEAR, YEAR)
    drawn = simulate_prior(random, layout, 6 * HISTORIES, changing=False)
    kept = ~np.isnan(drawn.counts).any(axis=1)
    counts, effort = drawn.counts[kept], drawn.effort[kept]
    before, at, after = (
        _log_rate(counts, effort, *span) for span in ((0, 48), (48, 60), (layout.window_start, layout.months))
    )
    said = np.log([unchanged_ratio(c, e, (48, 60)) or 1.0 for c, e in zip(counts, effort, strict=True)])
    rows: list[Row] = []
    for low, high in ((0.2, 0.6), (0.6, 1.2), (1.2, 3.0)):
        chosen = (at - before >= low) & (at - before < high)
        data = (
            f"{np.exp(low):.1f} to {np.exp(high):.0f} times the four years before, {chosen.sum():,} unchanged histories"
        )
        seen = 1.0 - np.exp(float((after - at)[chosen].mean()))
        ours = 1.0 - np.exp(float(said[chosen].mean()))
        rows.append(("after a peak: fewer by itself", data, "0 %", f"{ours:.0%} said, {seen:.0%} seen", "alike"))
    return rows


def _log_rate(counts: Floats, effort: Floats, start: int, end: int) -> Floats:
    rate: Floats = np.log((counts[:, start:end].sum(axis=1) + 0.5) / effort[:, start:end].sum(axis=1))
    return rate


def _areas(model: TrendModel) -> list[Row]:
    """Of the areas that are named for a rise by a fifth, the share in which nothing changed."""
    level = np.ones(MONTHS)
    level[-YEAR:] = 3.0
    rows: list[Row] = []
    for name in ("mild", "typical"):
        random = np.random.default_rng(203)
        named, wrong = np.zeros(2), np.zeros(2)
        for _ in range(COUNTRIES):
            risen, still = (
                simulate_regime(random, REGIMES[name], each, n) for each, n in ((level, 4), (np.ones(MONTHS), 13))
            )
            both = np.concatenate([risen, still])
            said = 1.0 - pooled(model, both, Windows(np.array([MONTHS]), YEAR)).at_most(1.2)[:, 0]
            for rule, found in enumerate((np.flatnonzero(said > 0.75).tolist(), discoveries(said.tolist()))):
                named[rule] += len(found)
                wrong[rule] += sum(place >= 4 for place in found)
        figures = [f"{w / n:.3f} of {n / COUNTRIES:.1f} named" for w, n in zip(wrong, named, strict=True)]
        data = f"{name}, {COUNTRIES} countries of 17 areas, four of which tripled"
        rows.append(("wrong among areas that stand out", data, *figures, "0.10"))  # type: ignore[arg-type]
    return rows


if __name__ == "__main__":
    print(table())
