"""Counts over a window: sums, and rates per effort or per month."""

import math
from collections.abc import Mapping

import numpy as np

from primacy.assessment.indicators.looked import Looked, unheard_of
from primacy.assessment.indicators.quantity import Quantity
from primacy.assessment.indicators.reading import Reading
from primacy.assessment.rules.grid import Bools, Floats


def _window_sums(reading: Reading, area: str | None, *columns: str) -> list[Floats]:
    """For each column its sum over the window at each point."""
    stop = np.clip(reading.ends(area=area), 0, reading.round.months)
    start = np.maximum(reading.window_starts(stop), 0)
    running = [np.concatenate([[0.0], np.cumsum(reading.monthly(column=name, area=area))]) for name in columns]
    return [sums[stop] - sums[start] for sums in running]


def sum_in_window(reading: Reading, others: Mapping[str, Reading], area: str | None) -> Quantity:
    """A count is what it is; the low and high estimates of its rows make it a triangle. What is already counted stays
    counted where coverage has gaps."""
    if reading.main.detail:
        return _sum_of_rows(reading, area)
    best, low, high = _window_sums(reading, area, "value", "low", "high")
    looked = unheard_of(reading, area)
    covered = reading.window_covered(area=area) & looked.known

    def at_least(threshold: float) -> tuple[Floats, Floats]:
        counted = _triangle_at_least(low, best, high, threshold)
        lower, upper = (np.maximum(counted, each) for each in looked.at_least(best, threshold))
        return np.where(covered | (low >= threshold), lower, 0.0), np.where(covered, upper, 1.0)

    return Quantity(
        np.where(covered | (low > 0), best, np.nan), at_least, _why(reading, covered, looked),
        reading.indicator.unit or "", discrete=True, by_nature="range", looked=looked,
    )  # fmt: skip


def _why(reading: Reading, covered: Bools, looked: Looked) -> tuple[str, ...]:
    reason = reading.why_unknown()
    changed = ~looked.known | (looked.share < 1.0)
    return tuple("" if c and not k else "changed" if k else reason for c, k in zip(covered, changed, strict=True))


def _sum_of_rows(reading: Reading, area: str | None) -> Quantity:
    days = 365.25 if reading.indicator.window is None else reading.indicator.window.days
    rows, grid = reading.rows, reading.round.grid.numbers
    keep = reading.totals & np.array([area is None or reading.within(code, area) for code in rows["area"]], dtype=bool)
    keep &= reading.read_once(area)
    order = np.argsort(rows["date"][keep], kind="stable")
    when, what = rows["date"][keep][order], rows["value"][keep][order]
    total = np.concatenate([[0.0], np.cumsum(what)])
    before = grid - days
    if math.isfinite(reading.first_day):
        before = np.minimum(np.maximum(before, reading.first_day - 1), grid)
    value = total[np.searchsorted(when, grid, "right")] - total[np.searchsorted(when, before, "right")]
    return counted(value, reading.window_covered(area=area), reading, unheard_of(reading, area))


def counted(value: Floats, covered: Bools, reading: Reading, looked: Looked | None = None) -> Quantity:
    looked = looked or Looked.whole(len(value))
    covered = covered & looked.known

    def at_least(threshold: float) -> tuple[Floats, Floats]:
        lower, upper = looked.at_least(value, threshold)
        return np.where(covered | (value >= threshold), lower, 0.0), np.where(covered, upper, 1.0)

    shown = np.where(covered | (value > 0), value, np.nan)
    return Quantity(
        shown, at_least, _why(reading, covered, looked), reading.indicator.unit or "", True, looked=looked,
    )  # fmt: skip


def _triangle_at_least(low: Floats, mode: Floats, high: Floats, threshold: float) -> Floats:
    """P(X >= threshold) of a triangular distribution; a point where low equals high."""
    with np.errstate(divide="ignore", invalid="ignore"):
        below = (threshold - low) ** 2 / ((high - low) * (mode - low))
        above = (high - threshold) ** 2 / ((high - low) * (high - mode))
        inside = np.where(threshold <= mode, 1.0 - below, above)
    result: Floats = np.where(threshold <= low, 1.0, np.where(threshold > high, 0.0, inside))
    return np.clip(np.nan_to_num(result), 0.0, 1.0)


def rate(reading: Reading, others: Mapping[str, Reading], area: str | None) -> Quantity:
    """Events per unit of effort, or per month where no effort is named."""
    (counts,) = _window_sums(reading, area, "value")
    covered = reading.window_covered(area=area)
    months = 12 if reading.indicator.window is None else reading.indicator.window.months
    exposure = np.full(len(counts), float(months))
    reason = reading.why_unknown()
    reasons = tuple("" if c else reason for c in covered)
    if reading.indicator.effort is not None:
        effort = np.concatenate([[0.0], np.cumsum(np.nan_to_num(reading.counted("effort", area=area)))])
        stop = np.clip(reading.ends(area=area), 0, len(effort) - 1)
        exposure = effort[stop] - effort[np.maximum(stop - months, 0)]
        without = reading.why_unknown("effort")
        reasons = tuple("" if e > 0 and c else without if c else reason for c, e in zip(covered, exposure, strict=True))
        covered = covered & (exposure > 0)
    rate = np.divide(counts, exposure, out=np.full(len(counts), np.nan), where=covered & (exposure > 0))

    def at_least(threshold: float) -> tuple[Floats, Floats]:
        reached = np.array([_gamma_at_least(n, e, threshold) for n, e in zip(counts, exposure, strict=True)])
        return np.where(covered, reached, 0.0), np.where(covered, reached, 1.0)

    return Quantity(rate, at_least, reasons, reading.indicator.unit or "", by_nature="chance")


def _gamma_at_least(events: float, exposure: float, rate: float) -> float:
    """P(true rate >= rate) after so many events, prior Gamma(1/2); Wilson-Hilferty approximation of the gamma tail."""
    if rate <= 0 or exposure <= 0:
        return 1.0
    shape = events + 0.5
    z = ((rate * exposure / shape) ** (1 / 3) - (1 - 1 / (9 * shape))) / math.sqrt(1 / (9 * shape))
    return 0.5 * math.erfc(z / math.sqrt(2.0))
