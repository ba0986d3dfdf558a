"""What would be enough, in words: for each sort of evidence how much more of it there would have to be, or how much of
what there is may go before a finding changes."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from primacy.assessment.finding import Phrase
from primacy.assessment.indicators.shares import more_than, needed_for
from primacy.assessment.rules import enough
from primacy.assessment.rules.belief import MET
from primacy.assessment.rules.grid import Floats
from primacy.assessment.trends.cessation import ceases_probability, quiet_months
from primacy.assessment.trends.trend_enough import Series, events_that_show, months_until
from primacy.assessment.trends.trend_posterior import Windows

if TYPE_CHECKING:
    from primacy.assessment.indicators.quantity import Quantity

HOLDS = 0.5  # from here on a veto stands in the way
Phrases = tuple[Phrase, ...]


# ---- trends


def of_trend(label: str, series: Series, p: float, baseline_events: float, *, veto: bool) -> Phrases:
    """How many events in the window would show the change, the smallest change that this history can show, and after
    how many months it would be shown at the present rate."""
    way = "fall" if series.sign < 0 else "rise"
    if veto:
        most = events_that_show(series, HOLDS) if series.sign > 0 else None
        values = {"label": label, "months": series.length, "now": series.events}
        return () if not most else (Phrase("enough.trend.veto", {**values, "events": most - 1}),)
    events = events_that_show(series, MET)
    values = {"label": label, "months": series.length, "now": series.events, "before": baseline_events}
    if events is None:
        said: Phrases = (Phrase(f"enough.trend.{way}.none", values),)
    else:
        earlier = _at_that_rate(series, baseline_events)
        change = abs(1.0 - events / earlier) if earlier > 0 else math.nan
        key = f"enough.trend.{way}" + (".held" if p >= MET else "")
        said = (
            Phrase(key, {**values, "events": events, "change": change}),
            *_earlier(label, baseline_events, earlier),
        )
    return said if p >= MET else (*said, _months(label, months_until(series, MET)))


def _at_that_rate(series: Series, before: float) -> float:
    """Events that the window would have at the rate of the baseline, per effort where rates are compared."""
    start, stop = series.baseline
    times = series.length / (stop - start)
    if series.effort is not None:
        times = float(series.effort[series.window].sum() / series.effort[start:stop].sum())
    return before * times


def _earlier(label: str, before: float, earlier: float) -> Phrases:
    """What the change is a change from: as counted, or as it would be in the window's length and with its effort."""
    if not earlier > 0:
        return ()
    scaled = round(before) != round(earlier)
    values = {"label": label, "before": before, "earlier": round(earlier)}
    return (Phrase(f"enough.trend.earlier{'.scaled' if scaled else ''}", values),)


def _months(label: str, months: int | None) -> Phrase:
    if months is None:
        return Phrase("enough.months.never", {"label": label})
    return Phrase("enough.months", {"label": label, "span": "1 month" if months == 1 else f"{months} months"})


def of_months(label: str, missing: int, months: int) -> Phrases:
    """How many of the months that are compared are not covered."""
    return (Phrase("enough.covered", {"label": label, "missing": missing, "months": months}),) if missing else ()


# ---- levels, shares, estimates


def of_quantity(label: str, found: "Quantity", asked: float, p: tuple[float, float], shape: str, bound: str) -> Phrases:
    """`shape` is share or number, `bound` at_least, at_most or more_than; `p` bounds P now."""
    sign = -1 if bound == "at_most" else 1
    if found.items is not None and bound != "between":
        return _of_items(label, found, asked, p, sign, bound)
    value, told = float(found.value[-1]), _Bounded(label, shape, bound, float(found.value[-1]), asked)
    off = found.off if p[0] < MET else 0.0
    error, size = float(found.numbers.get("se") or off), found.numbers.get("n")
    if bound == "between":
        return ()
    if math.isnan(value):
        return of_size(label, found.size, found.enough)
    if error > 0:
        return _of_estimate(told, asked, error, found.size, sign, met=p[0] >= MET)
    if size and not found.items:
        return _of_sample(told, asked, int(size), sign, met=p[0] >= MET)
    good = value >= asked if sign > 0 else value <= asked
    return of_report(label, [p[0]]) if good else ()


class _Bounded:
    """A value as the reader is told it, beside the threshold that the rule asks for."""

    def __init__(self, label: str, shape: str, bound: str, value: float, threshold: float) -> None:
        self.label, self.shape, self.bound, self.value, self.threshold = label, shape, bound, value, threshold

    def phrase(self, key: str, asked: float, **more: Any) -> Phrase:
        bound = Phrase(f"bound.{self.shape}.{self.bound}", {"threshold": asked})
        now = Phrase(f"value.{self.shape}", {"value": self.value, "threshold": self.threshold})
        return Phrase(key, {"label": self.label, "bound": bound, "now": now, **more})


def _of_estimate(told: _Bounded, asked: float, error: float, size: float | None, sign: int, *, met: bool) -> Phrases:
    value = enough.value_shown(asked, error, sign=sign)
    if met:
        return (told.phrase("enough.value.held", value),)
    needed = enough.error_shown(told.value, asked, sign=sign)
    if needed is None:
        return (told.phrase("enough.value", value),)
    if size is not None and size > 0:  # a survey that does not say how many it asked has none
        more = enough.interviews(size, error, needed) - math.floor(size)
        return (Phrase("enough.interviews", {"label": told.label, "more": more, "n": size}),)
    return (Phrase(f"enough.error.{told.shape}", {"label": told.label, "needed": needed, "error": error}),)


def _of_sample(told: _Bounded, asked: float, size: int, sign: int, *, met: bool) -> Phrases:
    cases = enough.cases(size, asked, sign=sign)
    if met and cases is not None:
        return (told.phrase("enough.sample.held", cases / size, n=size),)
    needed = enough.observations(told.value, asked, sign=sign)
    if needed is not None:
        return (Phrase("enough.observations", {"label": told.label, "more": max(1, needed - size), "n": size}),)
    return () if cases is None else (told.phrase("enough.sample", cases / size, n=size),)


def of_size(label: str, size: float | None, needed: float) -> Phrases:
    """Too few were asked."""
    if size is None or math.isnan(size) or size >= needed:
        return ()
    return (Phrase("enough.size", {"label": label, "more": math.ceil(needed - size), "n": size, "needed": needed}),)


def _of_items(label: str, found: "Quantity", asked: float, p: tuple[float, float], sign: int, bound: str) -> Phrases:
    assert found.items is not None
    passes = found.items.passes[:, -1]
    known, count = passes[~np.isnan(passes)].tolist(), found.all_items
    if count is None and p[1] - p[0] >= 1e-9:
        return ()  # without a register nobody knows how many there are
    open_ = len(passes) - len(known) if count is not None else 0
    passing = sum(each >= 0.5 for each in known)
    values = {"label": label, "passing": passing, "items": count or len(known), "open": open_}
    if sign < 0:
        most = math.floor(asked * (count if count is not None else 1) + 1e-9)
        return (Phrase("enough.items.fewer", {**values, "short": passing - most}),) if passing > most else ()
    whole = count if count is not None else 1
    needed = more_than(asked, whole) if bound == "more_than" else needed_for(asked, whole)
    short = enough.items_short(known, needed)
    if p[0] >= MET:
        spare = passing - needed
        return (Phrase("enough.items.held", {**values, "spare": spare}),) if count is not None else ()
    if short > 0:
        key = "enough.items.open" if open_ >= short else "enough.items" if count is not None else "enough.count"
        return (Phrase(key, {**values, "short": short, "needed": needed}),)
    return of_report(label, enough.items_weak(known, needed))


def of_report(label: str, weak: Sequence[float]) -> Phrases:
    """What one more independent report on each item that is not sure enough would have to be worth."""
    grades = [enough.further_report(p) for p in weak if p < MET]
    if not grades or None in grades:
        return ()
    hardest = enough.further_report(min(weak))
    key = "enough.report" if len(grades) == 1 else "enough.reports"
    return (Phrase(key, {"label": label, "grade": hardest, "count": len(grades)}),)


# ---- differences, counts, areas


def of_difference(label: str, asked: float, error: float, shape: str, *, at_most: bool) -> Phrases:
    """The smallest difference (of `shifts`), or the largest gap, that shows it with the present error."""
    if not error > 0:
        return ()
    value = enough.value_shown(asked, error, sign=-1 if at_most else 1)
    if at_most and value <= 0:
        return ()
    key = "enough.gap" if at_most else "enough.difference"
    return (Phrase(key, {"label": label, "amount": Phrase(f"amount.{shape}", {"by": value})}),)


def of_score(label: str, value: float, asked: float, error: float, p: float) -> Phrases:
    """The mean over items that shows it with the coders' present disagreement."""
    if math.isnan(value):
        return ()
    told = _Bounded(label, "number", "at_least", value, asked)
    return (told.phrase("enough.score.held" if p >= MET else "enough.score", enough.value_shown(asked, error)),)


def of_cessation(label: str, counts: Floats, end: int, length: int, at_most: float) -> Phrases:
    """The most events in the window with which it has ceased; where even silence would leave it open, for how much
    longer nothing must happen, or that silence alone does not show it.
    """
    window, most = slice(end - length, end), -1
    if end < length or np.isnan(counts[window]).any():
        return of_months(label, int(np.isnan(counts[max(0, end - length) : end]).sum()), length)
    now = float(counts[window].sum())
    windows, pattern = Windows(np.array([end]), length), np.cumsum(counts[window]) / max(now, 1.0)
    for total in range(int(max(now, at_most)) + 1):
        told = counts.copy()
        told[window] = np.diff(np.floor(pattern * total + 1e-9), prepend=0.0)
        if round(float(ceases_probability(told[None, :], windows, at_most)[0, 0]), 3) < MET:
            break
        most = total
    values = {"label": label, "months": length, "now": now, "events": most}
    if most >= 0:
        return (Phrase("enough.ceases", values),)
    if (more := quiet_months(counts, end, length, at_most, MET)) is None:
        return (Phrase("enough.ceases.none" if now else "enough.ceases.silent", values),)
    return (Phrase("enough.ceases.longer", {**values, "more": f"{more} months"}),)


def of_elements(dimension: str, holding: int, needed: float, total: int) -> Phrases:
    """How many more areas, actors or groups must hold."""
    if holding >= needed:
        return ()
    values = {"short": math.ceil(needed - holding - 1e-9), "holding": holding, "of": total}
    return (Phrase(f"enough.each.{dimension}", values),)


def of_people(label: str, short: float) -> Phrases:
    """How much more of the people (or of the areas) must lie in areas that pass."""
    return (Phrase("enough.people", {"label": label, "short": short}),) if short > 0 else ()
