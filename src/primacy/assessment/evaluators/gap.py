"""`gap`: the difference between groups, strata or areas is at most so large; the widest pair decides."""

import numpy as np

from primacy.assessment import shares
from primacy.assessment.estimates import by_part
from primacy.assessment.finding import Phrase
from primacy.assessment.grid import Floats
from primacy.assessment.verdict import Call, Verdict


def decide(call: Call) -> Verdict:
    at_most, between = call.number(call.parameters.at_most), call.parameters.between
    parts = by_part(call, between)
    asked = len(between) if isinstance(between, list) else 2
    p = np.full(call.size, np.nan)
    widest, pair = np.full(call.size, np.nan), ("", "")
    if len(parts) >= asked:
        names = list(parts)
        values, errors, sures = (
            np.array([getattr(parts[name], each) for name in names]) for each in ("value", "error", "sure")
        )
        known = ~np.isnan(values).any(axis=0)
        for point in np.flatnonzero(known):
            top, bottom = int(np.argmax(values[:, point])), int(np.argmin(values[:, point]))
            error = float(np.hypot(*np.nan_to_num(errors[[top, bottom], point])))
            widest[point], pair = values[top, point] - values[bottom, point], (names[top], names[bottom])
            p[point] = _at_most(widest[point], error, float(sures[[top, bottom], point].min()), at_most)
    unknown = np.isnan(p)
    why = "stale" if any(part.stale[-1] for part in parts.values()) else "missing"
    found = {"label": call.label, "value": float(widest[-1]), "threshold": at_most, "high": pair[0], "low": pair[1]}
    return Verdict(
        low=np.where(unknown, 0.0, p),
        high=np.where(unknown, 1.0, p),
        reasons=tuple(why if u else "" for u in unknown),
        capped=call.reading.single_source(),
        sentence=Phrase("gap.unknown" if unknown[-1] else "gap.wide", found),
        numbers={"value": float(widest[-1]), "threshold": at_most, "groups": len(parts)},
        direction=_nearer(widest),
        threshold=at_most,
        change=Phrase("gap.change", found),
    )


def _at_most(width: float, error: float, sure: float, at_most: float) -> float:
    """P(the true difference lies within the allowed gap on both sides)."""
    if error <= 0:
        return sure if width <= at_most + 1e-9 else 1.0 - sure
    one: Floats = shares.normal_at_least(np.array([width, width]), np.array([error, error]), at_most)
    other: Floats = shares.normal_at_least(np.array([width]), np.array([error]), -at_most)
    return float(max(0.0, other[0] - one[0]))


def _nearer(width: Floats) -> Floats:
    then = np.concatenate([np.full(12, np.nan), width[:-12]])
    return np.where(np.isnan(width - then), np.nan, np.where(width < then, 0.95, 0.5))
