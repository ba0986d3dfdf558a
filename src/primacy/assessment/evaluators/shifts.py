"""`shifts`: a level moved by at least `by` against the baseline or the wave before (negative: at most such a loss)."""

import math

import numpy as np

from primacy.assessment.estimates import difference_at_least, now_and_then
from primacy.assessment.finding import Phrase
from primacy.assessment.rule_phrases import amount, shape_of
from primacy.assessment.verdict import Call, Verdict


def decide(call: Call) -> Verdict:
    by, reading = call.number(call.parameters.by), call.reading
    now, then, error, sure, provisional = now_and_then(call)
    p = difference_at_least(now, then, error, sure, by)
    unknown, single = np.isnan(p), reading.single_source()
    known_now, known_then = not math.isnan(now[-1]), not math.isnan(then[-1])
    values = {
        "label": call.label,
        "now": float(now[-1]),
        "then": float(then[-1]),
        "amount": amount(reading.benchmark, call.parameters.by),
        "reason": reading.why_without_state(),
    }
    shape = shape_of(reading.benchmark, call.parameters.by)
    key = "shift.unknown" if not known_now else "shift.no-then" if not known_then else f"shift.moved.{shape}"
    return Verdict(
        low=np.where(unknown, 0.0, p),
        high=np.where(unknown, 1.0, p),
        reasons=tuple(
            "" if not u else "missing" if n == n else reading.why_without_state()
            for u, n in zip(unknown, now, strict=True)
        ),
        capped=single,
        sentence=Phrase(key, values),
        numbers={"value": float(now[-1]), "then": float(then[-1]), "threshold": by, "se": float(error[-1])},
        direction=difference_at_least(now, np.concatenate([np.full(12, np.nan), now[:-12]]), error, sure, 0.0),
        flags=frozenset({"single source"} if single[-1] else ()),
        curve=None if unknown[-1] else lambda t: float(difference_at_least(now, then, error, sure, t)[-1]),
        threshold=by,
        provisional=provisional,
        change=Phrase("shift.change", values),
        level=float(now[-1]) if known_now else None,
    )
