"""`shifts`: a level moved by at least `by` against the baseline or the wave before (negative: at most such a loss)."""

import math

import numpy as np

from primacy.assessment.estimates import difference_at_least, now_and_then
from primacy.assessment.finding import Phrase
from primacy.assessment.verdict import Call, Verdict

SENTENCE = (
    "{label:label} changed by at least {by:percent} against {against:phrase}, by more than the error of the surveys"
)


def decide(call: Call) -> Verdict:
    by, reading = call.number(call.parameters.by), call.reading
    now, then, error, sure, provisional = now_and_then(call)
    p = difference_at_least(now, then, error, sure, by)
    unknown, single = np.isnan(p), reading.single_source()
    known_now, known_then = not math.isnan(now[-1]), not math.isnan(then[-1])
    values = {"label": call.label, "now": float(now[-1]), "then": float(then[-1]), "by": by, "reason": "missing"}
    key = "shift.unknown" if not known_now else "shift.no-then" if not known_then else "shift.moved"
    return Verdict(
        low=np.where(unknown, 0.0, p),
        high=np.where(unknown, 1.0, p),
        reasons=tuple("missing" if u else "" for u in unknown),
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
