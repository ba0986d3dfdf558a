"""From beliefs over the grid to one status at each of its reported points, in the order of the published rule."""

from dataclasses import dataclass

import numpy as np

from primacy.assessment.rules.belief import LIKELY, MET, UNLIKELY, Belief
from primacy.assessment.rules.grid import REPORTED, Bools, Floats

IN_A_ROW = 3
HOLDS = 0.5


@dataclass(frozen=True)
class Circumstances:
    """What decides before any evidence is looked at, and what people confirmed. Shapes (g,) of the whole grid."""

    in_mandate: bool
    begun: Bools
    waiting: Bools  # a prerequisite is known to be unmet
    blocked: Bools  # a prerequisite is itself without evidence
    confirmed_sign: Bools  # a reversal sign from two origins that a person confirmed
    provisional: bool  # compared with the year before for want of a baseline


def statuses(belief: Belief, circumstances: Circumstances) -> list[str]:
    """The status at each reported point, oldest first."""
    p, known = belief.probability, belief.known
    start = len(p) - REPORTED
    strong = (np.nan_to_num(p) >= MET) & ~belief.capped & known
    achieved = achieved_before(strong[start:])
    found = []
    for offset in range(REPORTED):
        point = start + offset
        found.append(
            _status(belief, circumstances, point, float(p[point]), bool(known[point]), bool(achieved[offset]), p)
        )
    return found


def status_now(belief: Belief, circumstances: Circumstances) -> str:
    """The status at the last point alone."""
    p, known = belief.probability, belief.known
    strong = (np.nan_to_num(p) >= MET) & ~belief.capped & known
    achieved = bool(achieved_before(strong[len(p) - REPORTED :])[-1])
    return _status(belief, circumstances, len(p) - 1, float(p[-1]), bool(known[-1]), achieved, p)


def achieved_before(strong: Bools) -> Bools:
    """Whether P stood at met, uncapped, at three consecutive points before each point."""
    runs = strong[2:] & strong[1:-1] & strong[:-2]
    ever = np.maximum.accumulate(runs) if len(runs) else runs
    return np.concatenate([np.zeros(IN_A_ROW, dtype=bool), ever[:-1]])


def _status(
    belief: Belief, now: Circumstances, point: int, p: float, known: bool, achieved: bool, history: Floats
) -> str:
    if not now.in_mandate:
        return "not applicable"
    if now.waiting[point] or not now.begun[point] or belief.absent[point]:
        return "not yet applicable"
    if now.blocked[point] or not known:
        return "insufficient evidence"
    capped, direction = bool(belief.capped[point]), float(belief.direction[point])
    fell = not now.provisional and p <= UNLIKELY and bool(history[point - 1] <= UNLIKELY)
    if achieved and (fell or now.confirmed_sign[point]):
        return "reversed"
    if not capped and (p >= MET or (achieved and p > HOLDS)):
        return "met"
    if p >= LIKELY or direction >= MET:
        return "progressing"
    if p <= UNLIKELY:
        return "not met"
    return "no clear change"
