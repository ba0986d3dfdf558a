"""Districts: who holds them, whether officials are there, whether they can be reached, and how people see it."""

import numpy as np

from primacy.exercise.world.setting import Setting
from primacy.exercise.world.state import Floats, State, held_all, sigmoids

ARMED = ("constructive", "obstructing", "outside")
WET = (5, 6, 7, 8)  # June to September, counted from 0


def hold(state: State, setting: Setting, luck: np.random.Generator) -> None:
    """Movements that gain by peace give ground by agreement; the outside group comes and goes with its strength."""
    now, local = state.national, state.local
    near = setting.near(local["held_outside"])
    for each in ("constructive", "obstructing"):
        ready = now[f"commitment_{each}"] * (0.4 + 0.6 * now["implementation"]) if setting.signed else 0.0
        push = 0.05 * (now["strength_government"] - 0.5) * (1.0 - now[f"commitment_{each}"])
        home = setting.home[each]
        back = (1.0 - now[f"commitment_{each}"]) * home * 0.05 * (1.0 if setting.signed else 0.3)
        kept = local[f"held_{each}"] * (1.0 - 0.05 * ready - push) + back * (1.0 - local[f"held_{each}"])
        local[f"held_{each}"] = held_all(kept + luck.normal(0.0, 0.008, setting.size))
    drift = 0.10 * now["strength_outside"] * setting.home["outside"] * (0.4 + now["cross_border"]) + 0.04 * near
    resist = 0.06 + 0.12 * now["strength_government"] + 0.05 * state.effect["patrols"]
    local["held_outside"] = held_all(local["held_outside"] * (1.0 - resist) + drift * (1.0 - local["held_outside"])
                                     + luck.normal(0.0, 0.008, setting.size))  # fmt: skip
    others = sum(local[f"held_{each}"] for each in ARMED)
    too_much = np.maximum(others, 1.0)
    for each in ARMED:
        local[f"held_{each}"] = held_all(local[f"held_{each}"] / too_much)
    local["held_government"] = held_all(1.0 - np.minimum(others, 1.0))
    state.move("strength_government", 0.3 + 0.35 * now["capacity"] + 0.2 * now["money"], 0.05)
    state.move("strength_outside", 0.25 + 0.5 * now["cross_border"] - 0.15 * now["strength_government"], 0.05)


def administer(state: State, setting: Setting, attacks: Floats, luck: np.random.Generator) -> None:
    """Officials come back where it is safe and they are paid, and leave after attacks; services follow them slowly."""
    now, local = state.national, state.local
    paid = 0.45 + 0.35 * now["money"] + 0.25 * now["capacity"]
    wanted = local["held_government"] * paid * 1.45 * (0.55 + 0.45 * local["safety"])
    speed = np.where(wanted > local["officials"], 0.1, 0.3)
    state.move_local(
        "officials", wanted, speed, -0.04 * np.minimum(attacks, 4.0) + luck.normal(0.0, 0.012, setting.size)
    )
    able = local["officials"] * (0.35 + 0.35 * now["money"] + 0.3 * now["capacity"]) * 1.5
    state.move_local("services", able, 0.09, luck.normal(0.0, 0.008, setting.size))


def travel(state: State, setting: Setting, month_of_year: int, violence: Floats, luck: np.random.Generator) -> None:
    """Roads: rain, rivers over their banks, and road blocks."""
    wet = 1.0 if month_of_year in WET else 0.0
    flooded = wet * setting.floods * (luck.random(setting.size) < 0.45)
    open_ = 0.97 - 0.25 * wet * (1.0 - setting.paved) - 0.45 * flooded - 0.45 * np.minimum(1.0, violence / 5.0)
    state.move_local("reach", open_ * (0.5 + 0.5 * state.national["consent"]), 0.5)
    normal = 0.35 + 0.35 * state.local["reach"] + 0.3 * state.local["safety"] - 0.45 * state.national["drought"]
    state.move_local("price", normal + 0.1, 0.2, luck.normal(0.0, 0.02, setting.size))
    state.move("drought", 0.15, 0.06, luck.normal(0.0, 0.015))


def feel(state: State, setting: Setting, violence: Floats, abuse: Floats, luck: np.random.Generator) -> None:
    """People judge by what they live through; fear comes fast and goes slowly."""
    now, local = state.national, state.local
    local["memory"] = held_all(0.82 * local["memory"] + 0.18 * (1.0 - np.exp(-violence / 3.0)))
    safe = 0.92 - 0.85 * local["memory"] - 0.3 * local["abuse"] + 0.1 * state.effect["patrols"]
    speed = np.where(safe < local["safety"], 0.3, 0.1)
    state.move_local("safety", safe, speed, luck.normal(0.0, 0.01, setting.size))
    told = 0.15 * state.effect["communications"] - 0.1 * now["propaganda"]
    trust = sigmoids(
        -2.2 + 2.6 * local["services"] + 1.2 * local["safety"] + 1.5 * now["inclusion"] - 2.0 * local["abuse"]
        + 0.8 * (local["price"] - 0.5) + told + 0.6 * now["fairness"] - 0.5 * now["rejection"]
    )  # fmt: skip
    state.move_local("trust", trust, 0.1, luck.normal(0.0, 0.008, setting.size))
    seen = (
        0.3
        + 0.3 * state.effect["patrols"]
        + 0.25 * state.effect["civil-affairs"]
        + 0.35 * local["safety"]
        - 0.2 * now["propaganda"]
    )
    state.move_local("trust_mission", seen, 0.07, luck.normal(0.0, 0.01, setting.size))
    state.move_local("abuse", 0.65 * (1.0 - now["accountability"]) * (0.35 + abuse), 0.12)
    hard = (
        0.3
        + 0.3 * now["drought"]
        + 0.35 * local["memory"]
        - 0.2 * state.effect["civil-affairs"]
        - 0.15 * local["services"]
    )
    state.move_local("grievance", hard, 0.06, luck.normal(0.0, 0.012, setting.size))
    state.move_local("cohesion", 0.75 - 0.6 * local["grievance"] + 0.2 * now["dialogue"], 0.06)
