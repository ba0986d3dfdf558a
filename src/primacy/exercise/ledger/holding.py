"""Who holds each locality, and how the state came to hold it."""

from collections.abc import Iterator

import numpy as np

from primacy.exercise.luck import luck
from primacy.exercise.truth import Floats, Thing
from primacy.exercise.world.simulating import History

EACH = 3  # localities that are watched in a district
STICKY = 0.12  # how far shares must move before a locality changes hands
SEEN = ("analysis centre", "liaison")
ARMED, CONTESTED, STATE = 1.0, 2.0, 4.0  # stages of `holder` in kinds.yaml
MEANS = {"constructive": "negotiated", "obstructing": "negotiated", "outside": "force"}


def localities(history: History) -> Iterator[tuple[Thing, Floats, tuple[str, ...]]]:
    for place, district in enumerate(history.country.districts):
        state = history.local["held_government"][place]
        rival = max(MEANS, key=lambda party: float(history.local[f"held_{party}"][place, 0]))
        chance = luck(history.seed, "localities", district.code)
        for number in range(EACH):
            need = 0.25 + 0.5 * (number + float(chance.random())) / EACH  # villages far from the town come last
            holder = _holders(state, need)
            means = "unchanged" if holder[0] == STATE else MEANS[rival]
            stated = chance.random() < 0.96
            words = {
                "item": f"locality-{district.code}-{number + 1}", "area": district.code,
                "category": f"control/locality/{means}" if stated else "control/locality",
            }  # fmt: skip
            yield Thing("control", "expected", **words), np.ones(history.months), SEEN
            yield Thing("control", "holder", **words), holder, SEEN
        if district.resource:
            words = {"item": f"site-{district.code}", "area": district.code, "category": "control/extraction-site"}
            yield Thing("control", "expected", **words), np.ones(history.months), SEEN
            yield Thing("control", "holder", **words), _holders(state, 0.5), SEEN


def _holders(state: Floats, need: float) -> Floats:
    """The state holds it once its share of the district is well above `need`, loses it well below."""
    found = np.empty(len(state))
    now = STATE if state[0] > need else CONTESTED if state[0] > need - STICKY else ARMED
    for month, share in enumerate(state):
        if share > need + STICKY / 2:
            now = STATE
        elif share < need - STICKY * 1.5:
            now = ARMED
        elif share < need - STICKY / 2:
            now = CONTESTED
        found[month] = now
    return found
