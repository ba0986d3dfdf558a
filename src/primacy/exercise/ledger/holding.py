"""Who holds each locality, and how the state came to hold it."""

from collections.abc import Iterator

import numpy as np

from primacy.exercise.country.country import District
from primacy.exercise.ledger.entries import COLUMNS
from primacy.exercise.ledger.made import AT_ONCE, Family, Made
from primacy.exercise.luck import luck
from primacy.exercise.truth import Floats
from primacy.exercise.world.simulating import History

EACH = 3  # localities that are watched in a district
STICKY = 0.12  # how far shares must move before a locality changes hands
SEEN = ("analysis centre", "liaison")
ARMED, CONTESTED, STATE = 1.0, 2.0, 4.0  # stages of `holder` in kinds.yaml
MEANS = {"constructive": "negotiated", "obstructing": "negotiated", "outside": "force"}


def localities(history: History) -> Iterator[Family]:
    districts = history.country.districts
    for first in range(0, len(districts), AT_ONCE):
        rows = [row for place in range(first, min(first + AT_ONCE, len(districts)))
                for row in _in_district(history, place, districts[place])]  # fmt: skip
        columns = {name: [told.get(name, "") for told, _holder in rows] for name in COLUMNS}
        holders, of = np.stack([holder for _told, holder in rows]), np.arange(len(rows))
        nothing = np.full(holders.shape, np.nan)
        yield [
            Made("control", "expected", columns, of, np.ones(holders.shape), nothing, SEEN),
            Made("control", "holder", columns, of, holders, nothing, SEEN),
        ]


def _in_district(history: History, place: int, district: District) -> Iterator[tuple[dict[str, str], Floats]]:
    state = history.local["held_government"][place]
    rival = max(MEANS, key=lambda party: float(history.local[f"held_{party}"][place, 0]))
    chance = luck(history.seed, "localities", district.code)
    for number in range(EACH):
        need = 0.25 + 0.5 * (number + float(chance.random())) / EACH  # villages far from the town come last
        holder = _holders(state, need)
        means = "unchanged" if holder[0] == STATE else MEANS[rival]
        stated = chance.random() < 0.96
        yield {
            "item": f"locality-{district.code}-{number + 1}", "area": district.code,
            "category": f"control/locality/{means}" if stated else "control/locality",
        }, holder  # fmt: skip
    if district.resource:
        yield {
            "item": f"site-{district.code}", "area": district.code, "category": "control/extraction-site",
        }, _holders(state, 0.5)  # fmt: skip


def _holders(state: Floats, need: float) -> Floats:
    """The state holds it once its share of the district is well above `need`, loses it well below."""
    found = np.empty(len(state))
    now = STATE if state[0] > need else CONTESTED if state[0] > need - STICKY else ARMED
    for month, share in enumerate(state.tolist()):
        if share > need + STICKY / 2:
            now = STATE
        elif share < need - STICKY * 1.5:
            now = ARMED
        elif share < need - STICKY / 2:
            now = CONTESTED
        found[month] = now
    return found
