"""`scored`: coders who read the same scheme give it so many points; their disagreement is the error.

Scores are whole points, so that the true mean over n items moves in steps of 1/n: it is asked whether it lies above
half a step below the threshold. Two coders who agree on just what is asked for say that it is reached.

A single coder is capped. So are coders who agree too little over the whole scheme (weighted kappa below `agreement`,
else below that of the kind; below nothing while so few items are scored twice that kappa says little), as long as an
item on which they differ is not adjudicated. That bound has no margin: where kappa moves about it, a month can take
"met" away and the next bring it back at the same P; adjudicating what the coders differ on ends that.
"""

import math
from functools import partial
from typing import Any

import numpy as np

from primacy.assessment.finding import Phrase
from primacy.assessment.indicators import shares
from primacy.assessment.indicators.coding import Coded, coded
from primacy.assessment.rules.grid import Bools, Floats
from primacy.assessment.rules.verdict import Call, Verdict
from primacy.assessment.told import enough_told
from primacy.assessment.told.doubted import doubt
from primacy.evidence.kinds import KINDS

YEAR = 12
BY_CHANCE = 0.0  # kappa of coders who agree just as often as chance would have it


def decide(call: Call) -> Verdict:
    threshold, found = call.number(call.parameters.at_least), coded(call.reading, call.area)
    unknown, alone = np.isnan(found.mean), found.coders < 2
    apart, needed = _apart(call, found)
    values = _values(call, found, threshold, needed)
    then = np.concatenate([np.full(YEAR, np.nan), found.mean[:-YEAR]])
    moved, error = found.mean - then, found.error * math.sqrt(2)
    sentence, change = _phrases(found, unknown[-1], apart[-1])
    low, high = _bounds(found, unknown, threshold)
    return Verdict(
        low=low,
        high=high,
        reasons=tuple(call.reading.why_without_state() if u else "" for u in unknown),
        capped=alone | apart,
        sentence=Phrase(sentence, values),
        numbers={name: values[name] for name in ("value", "threshold", "se", "coders", "kappa", "twice")},
        direction=np.where(np.isnan(moved), np.nan, shares.normal_at_least(np.nan_to_num(moved), error, 0.0)),
        flags=frozenset({"single source"} if alone[-1] and not unknown[-1] else ()),
        bounds=partial(_bounds, found, unknown),
        change=Phrase(change, values),
        doubt=doubt("coders", low, high, holds=float(found.mean[-1]) >= threshold - 1e-9),
        enough=lambda _veto: _enough(call, found, threshold, float(low[-1])),
        level=None if unknown[-1] else float(found.mean[-1]),
    )


def _enough(call: Call, found: Coded, threshold: float, p: float) -> tuple[Phrase, ...]:
    """The mean that shows it with the coders' present disagreement."""
    value, error = float(found.mean[-1]), float(found.error[-1])
    return enough_told.of_score(call.label, value, threshold - float(found.step[-1]) / 2, error, p)


def _bounds(found: Coded, unknown: Bools, threshold: float) -> tuple[Floats, Floats]:
    p = shares.normal_at_least(np.nan_to_num(found.mean) + found.step / 2, found.error, threshold)
    return np.where(unknown, 0.0, p), np.where(unknown, 1.0, p)


def _apart(call: Call, found: Coded) -> tuple[Bools, float | None]:
    """Where coders agree too little for a score to be called met, and the kappa that is asked for."""
    asked = KINDS[call.reading.main.kind].agreement
    if asked is None:
        return np.zeros(call.size, dtype=bool), None
    needed = asked.kappa if call.parameters.agreement is None else call.number(call.parameters.agreement)
    least = np.where(found.twice >= asked.items, needed, min(needed, BY_CHANCE))
    with np.errstate(invalid="ignore"):
        low: Bools = (found.kappa < least) & found.open
    return low, float(least[-1])


def _values(call: Call, found: Coded, threshold: float, needed: float | None) -> dict[str, Any]:
    return {
        "label": call.label, "value": float(found.mean[-1]), "threshold": threshold, "se": float(found.error[-1]),
        "coders": int(found.coders[-1]), "kappa": float(found.kappa[-1]), "twice": int(found.twice[-1]),
        "needed": needed, "reason": call.reading.why_without_state(),
    }  # fmt: skip


def _phrases(found: Coded, unknown: bool, apart: bool) -> tuple[str, str]:
    """Keys of the sentence and of what would change it."""
    if unknown:
        return "score.unknown", "score.change"
    if apart:
        return "score.apart", "score.change.apart"
    return "score.mean" if np.isnan(found.kappa[-1]) else "score.agreed", "score.change"
