"""Parties, the agreement that binds them, and the money and drive that carry it out.

A party wants the process as far as it gains by it: what is carried out already, what others are ready to do, what
pressure and good offices add; against it stand what war earns, shelter over the border and a divided command. This is
the bargaining view of civil war: commitment problems (Walter 1997), spoilers (Stedman 1997), guarantees of others
(Fortna 2004). No number of it is estimated from data; plausibility is shown beside real event data in the benchmarks.
"""

import numpy as np

from primacy.exercise.world.setting import PROVISIONS, Setting
from primacy.exercise.world.state import State, sigmoid

PARTIES = ("government", "constructive", "obstructing")
STUBBORN = {"government": 0.95, "constructive": 0.85, "obstructing": 1.35}
PACE = 0.16
NOISE = 0.012


def commit(state: State, setting: Setting, luck: np.random.Generator) -> None:
    """Each party's readiness moves towards what it has to gain."""
    now = state.national
    signed = setting.signed
    together = sum(now[f"commitment_{each}"] for each in PARTIES)
    for party in PARTIES:
        others = (together - now[f"commitment_{party}"]) / (len(PARTIES) - 1)
        gain = 1.3 * now["implementation"] + 0.9 * now["pressure"] + 0.7 * state.effect["good-offices"] + 1.1 * others
        gain += 0.5 * now["money"] + (0.35 if signed else -0.25)
        cost = STUBBORN[party] * (1.0 - 0.3 * now["dialogue"]) + 0.35 * now["tension"]
        if party == "obstructing":
            lure = float(np.mean(setting.rich * state.local["held_obstructing"])) / max(
                float(setting.rich.mean()), 0.01
            )
            cost += 0.9 * now["cross_border"] + 0.5 * lure + 0.4 * (1.0 - now["cohesion_obstructing"])
        if party == "government":
            cost += 0.4 * now["rejection"] + 0.3 * now["propaganda"]
        state.move(f"commitment_{party}", sigmoid(3.0 * (gain - cost)), 0.09, luck.normal(0.0, NOISE))
    state.move("cohesion_obstructing", 0.75, 0.03, luck.normal(0.0, NOISE))


def talk(state: State, setting: Setting, luck: np.random.Generator) -> None:
    """Dialogue feeds on commitment and good offices; inclusion on civil affairs and an open society."""
    now = state.national
    least = min(now[f"commitment_{each}"] for each in PARTIES)
    state.move("dialogue", 0.15 + 0.55 * least + 0.3 * state.effect["good-offices"] - 0.3 * now["rejection"], 0.12,
               luck.normal(0.0, 0.02))  # fmt: skip
    state.move(
        "inclusion", 0.1 + 0.4 * now["openness"] + 0.35 * state.effect["civil-affairs"] + 0.2 * now["dialogue"], 0.06
    )
    state.move("pressure", 0.45 if setting.signed else 0.35, 0.05, luck.normal(0.0, NOISE))
    state.move("cross_border", setting.shelter, 0.05, luck.normal(0.0, NOISE))


def implement(state: State, setting: Setting, luck: np.random.Generator) -> None:
    """Provisions go on as far as the least willing of those responsible, capacity and money allow."""
    if not setting.signed:
        return
    now = state.national
    willing = np.array([now[f"commitment_{each}"] for each in PARTIES])
    least = np.array([willing[list(each)].min() for each in setting.responsible])
    means = 0.25 + 0.4 * now["capacity"] + 0.35 * now["money"]
    drive = PACE * (least - 0.3) * means * (1.0 + 0.4 * state.effect["good-offices"]) * setting.ease
    step = drive + luck.normal(0.0, 0.02, PROVISIONS)
    state.provisions = np.clip(state.provisions + step, 0.0, 3.0).round(9)
    now["implementation"] = round(float(state.provisions.mean()) / 3.0, 9)


def govern(state: State, setting: Setting, luck: np.random.Generator) -> None:
    """Capacity grows slowly; openness, accountability and reform follow commitment, pressure and those who watch."""
    now = state.national
    calm = float(np.mean(state.local["safety"]))
    state.move("capacity", 0.15 + 0.3 * now["money"] + 0.25 * calm + 0.2 * state.effect["justice-and-police"]
               + 0.15 * now["accountability"], 0.035, luck.normal(0.0, 0.006))  # fmt: skip
    state.move("openness", 0.15 + 0.45 * now["commitment_government"] + 0.2 * now["pressure"] + 0.25
               * state.effect["human-rights"] - 0.3 * now["tension"], 0.06, luck.normal(0.0, NOISE))  # fmt: skip
    state.move("accountability", 0.1 + 0.35 * state.effect["human-rights"] + 0.3 * now["openness"] + 0.2
               * state.effect["justice-and-police"], 0.05, luck.normal(0.0, NOISE))  # fmt: skip
    state.move("reform", 0.05 + 0.55 * now["commitment_government"] + 0.3 * now["dialogue"] + 0.15 * now["capacity"]
               - 0.35 * now["tension"], 0.1, luck.normal(0.0, 0.02))  # fmt: skip
    state.move("consent", 0.3 + 0.4 * now["commitment_government"] + 0.25 * now["candour"] + 0.15
               * state.effect["good-offices"] - 0.25 * now["propaganda"], 0.08, luck.normal(0.0, NOISE))  # fmt: skip
    state.move("candour", 0.85, 0.03)
    state.move("propaganda", 0.1, 0.04)


def pay(state: State, setting: Setting, luck: np.random.Generator) -> None:
    """Donors promise when they see movement; money comes months later and not all of it."""
    now = state.national
    trust = 0.5 * now["implementation"] + 0.25 * now["accountability"] + 0.25 * now["commitment_government"]
    state.move("pledges", 0.25 + 0.75 * trust + (0.1 if setting.signed else 0.0), 0.08, luck.normal(0.0, 0.02))
    state.move("money", now["pledges"] * (0.55 + 0.45 * now["accountability"]), 0.1, luck.normal(0.0, 0.015))


def act(state: State) -> None:
    """What the mission does has its effect with delay, and only as far as it is let."""
    for task, effort in state.effort.items():
        allowed = 0.4 + 0.6 * state.national["consent"]
        state.effect[task] = round(state.effect[task] + 0.22 * (effort * allowed - state.effect[task]), 9)
