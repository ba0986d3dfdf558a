"""`covers`: areas that pass hold so much of the population (or of the areas)."""

import math
from dataclasses import dataclass
from functools import partial

import numpy as np

from primacy.assessment.finding import Phrase
from primacy.assessment.indicators import shares
from primacy.assessment.indicators.items import items
from primacy.assessment.indicators.quantities import quantity, share_of
from primacy.assessment.rules import enough
from primacy.assessment.rules.grid import Bools, Floats
from primacy.assessment.rules.verdict import Call, Verdict
from primacy.assessment.told import enough_told
from primacy.assessment.told.doubted import doubt
from primacy.framework.values import Comparison, comparison


def decide(call: Call) -> Verdict:
    round_, threshold = call.reading.round, call.number(call.parameters.at_least)
    areas = round_.report_areas
    condition = call.parameters.pass_.get("value")
    test = comparison(condition) if condition else Comparison(">=", "1")
    if not areas:
        return _without_areas(call, threshold, call.reading.single_source())
    bounds = [_passes(call, area, test) for area in areas]
    low, high = np.array([b.low for b in bounds]), np.array([b.high for b in bounds])
    weights, by_population = _weights(call, areas)
    single = _single_source(call, bounds, weights, threshold)
    p_low, p_high = _bounds(low, high, weights, threshold)
    passing, known = (low[:, -1] >= 0.5), (high[:, -1] - low[:, -1] < 1e-9)
    value = float(weights[passing].sum() / weights.sum())
    values = {
        "label": call.label, "value": value, "threshold": threshold, "areas": len(areas),
        "unknown": int((~known).sum()), "passing": int(passing.sum()),
        "whole": Phrase("covers.population" if by_population else "covers.areas"),
    }  # fmt: skip
    why = "stale" if any(each.stale for each in bounds) else "missing"
    return Verdict(
        low=p_low,
        high=p_high,
        reasons=tuple(why if h - lo >= 1e-9 else "" for lo, h in zip(p_low, p_high, strict=True)),
        capped=single,
        sentence=Phrase("covers.share" if known.any() else "covers.unknown", values),
        numbers={"value": value, "threshold": threshold, "areas": len(areas), "unknown": int((~known).sum())}
        if known.any()
        else {"threshold": threshold, "areas": len(areas)},
        flags=frozenset({"single source"} if single[-1] else ()),
        bounds=partial(_bounds, low, high, weights),
        change=Phrase("covers.change", values),
        doubt=doubt("grade", p_low, p_high, holds=value >= threshold - 1e-9),
        enough=lambda _veto: enough_told.of_people(
            call.label, enough.weight_short(low[:, -1].tolist(), weights.tolist(), threshold)
        ),
    )


@dataclass(frozen=True)
class _Area:
    """Bounds of P(this area passes) over the grid, whether what is known of it is too old, and where two types of
    source say that it passes (None where that is not told area by area)."""

    low: Floats
    high: Floats
    stale: bool = False
    by_two: Bools | None = None


def _passes(call: Call, area: str, test: Comparison) -> _Area:
    """The area's share of items, its own state, or its own quantity, against the condition."""
    reading = call.reading
    of_items = reading.main.detail and reading.indicator.by != "area" and reading.indicator.aggregate == "share"
    if reading.indicator.by == "area" and reading.indicator.pass_:
        states = items(reading).in_area(reading, area)
        if states.names:
            return _Area(states.low()[-1], states.high()[-1], bool(states.stale[-1, -1]), states.corroborated(1))
        return _Area(np.zeros(call.size), np.ones(call.size))
    if of_items:
        inside = items(reading).in_area(reading, area)
        found, stale = share_of(inside, reading), bool(inside.stale[:, -1].any())
    else:
        found, stale = quantity(reading, call.others, area=area), False
    right = call.number(test.right)
    match test.sign:
        case ">=":
            low, high = found.at_least(right)
        case ">":
            low, high = found.more_than(right)
        case "<=":
            low, high = found.at_most(right)
        case _:
            low, high = found.at_most(math.nextafter(right, -math.inf))
    rises = test.sign in (">=", ">")
    return _Area(low, high, stale, found.corroborated(right) if found.corroborated and rises else None)


def _single_source(call: Call, bounds: list[_Area], weights: Floats, threshold: float) -> Bools:
    """Where the areas for which two types of source speak do not suffice."""
    told = [each.by_two for each in bounds if each.by_two is not None]
    if not call.reading.wants_two or len(told) < len(bounds):
        return call.reading.single_source()
    held: Floats = np.where(told, weights[:, None], 0.0).sum(axis=0)
    alone: Bools = held < (threshold - 1e-9) * weights.sum()
    return alone


def _weights(call: Call, areas: list[str]) -> tuple[Floats, bool]:
    """Population of each area; equal weights where it is not asked for or not known for all."""
    people = call.reading.round.people(areas) if call.parameters.weight == "population" else None
    return (np.ones(len(areas)), False) if people is None else (people, True)


def _bounds(low: Floats, high: Floats, weights: Floats, threshold: float) -> tuple[Floats, Floats]:
    return shares.at_least_weight(low, weights, threshold), shares.at_least_weight(high, weights, threshold)


def _without_areas(call: Call, threshold: float, single: Bools) -> Verdict:
    return Verdict(
        low=np.zeros(call.size),
        high=np.ones(call.size),
        reasons=("not covered",) * call.size,
        capped=single,
        sentence=Phrase("areas.unknown", {"label": call.label}),
        numbers={"threshold": threshold},
        change=Phrase("areas.needed"),
    )
