"""The road to the vote: preparation, campaign, polling, and whether the losers accept it."""

import numpy as np

from primacy.exercise.world.state import State, held

CAMPAIGN = 8  # months before the vote in which rivalry heats up
AFTER = 4


def campaign(month: int, polling: int) -> float:
    """How much of an election there is in this month: rises towards the vote and fades after it."""
    if polling - CAMPAIGN <= month <= polling:
        return round(1.0 - (polling - month) / (CAMPAIGN + 1), 9)
    if polling < month <= polling + AFTER:
        return round(1.0 - (month - polling) / (AFTER + 1), 9)
    return 0.0


def prepare(state: State, month: int, polling: int, luck: np.random.Generator) -> None:
    now = state.national
    heat = 0.15 + 0.35 * campaign(month, polling) * (1.3 - now["dialogue"]) + 0.3 * now["rejection"]
    state.move("tension", heat, 0.2, luck.normal(0.0, 0.015))
    means = 0.25 * now["money"] + 0.25 * now["capacity"] + 0.25 * state.effect["electoral"] + 0.25 * now["reform"]
    near = min(1.0, max(0.0, 1.0 - (polling - month) / 40.0))
    state.move("preparation", min(1.0, 0.25 + 1.6 * means) * near**0.5, 0.12, luck.normal(0.0, 0.01))
    even = 0.15 + 0.4 * now["openness"] + 0.3 * now["accountability"] + 0.2 * state.effect["electoral"]
    state.move("fairness", even, 0.06, luck.normal(0.0, 0.012))
    if month == polling:
        doubt = (1.0 - now["fairness"]) * (1.2 - now["preparation"])
        now["rejection"] = held(now["rejection"] + 0.9 * doubt * luck.random())
    state.move("rejection", 0.0, 0.08)
