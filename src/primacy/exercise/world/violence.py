"""Violence: what drives it in each district, and what happens by it.

The expected number of events of a stream in a district is a slow part, which follows from who holds the ground and what
the parties want, times season, a disturbance with short memory, and what happened lately (violence begets violence:
Hawkes-like memory); numbers are over-dispersed. The slow part alone is what a finding on the underlying rate speaks of.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from primacy.exercise.world.setting import Setting
from primacy.exercise.world.state import Floats, State
from primacy.framework.yaml_files import read_yaml

MEMORY = 0.55  # of the disturbance, from month to month
SPREAD = 0.5  # standard deviation of its logarithm, in a district
SHARED = 0.3  # the same of what all districts share
LATELY = 0.6
ECHO = 0.3
DISPERSION = 3.0
DRY = 1  # the month of the year, counted from 0, in which the dry season is at its height


@cache
def streams() -> Mapping[str, Mapping[str, Any]]:
    found: Mapping[str, Mapping[str, Any]] = read_yaml((Path(__file__).parent / "streams.yaml").read_bytes())
    return found


@dataclass
class Unrest:
    """What violence remembers: a disturbance and the recent number, for each stream and district."""

    disturbance: Floats
    shared: Floats
    recent: Floats = field(default_factory=lambda: np.zeros((0, 0)))


def calm(setting: Setting) -> Unrest:
    size = (len(streams()), setting.size)
    return Unrest(np.zeros(size), np.zeros(size[0]))


def intensities(state: State, setting: Setting, *, campaign: float) -> dict[str, Floats]:
    """The slow part of each stream by district, between 0 and about 1. `campaign`: how near an election is, 0 to 1."""
    now, here = state.national, state.local
    contested = {
        each: 4.0 * here["held_government"] * here[f"held_{each}"]
        for each in ("constructive", "obstructing", "outside")
    }
    hostile = {each: (1.0 - (now["commitment_government"] * now[f"commitment_{each}"]) ** 0.5) ** 2
               for each in ("constructive", "obstructing")}  # fmt: skip
    guarded = 1.0 - 0.3 * state.effect["patrols"] * (0.5 + 0.5 * here["reach"])
    watched = 1.0 - 0.35 * state.effect["verification"]
    loose = (1.0 - now["commitment_obstructing"]) * (1.25 - 0.5 * now["cohesion_obstructing"])
    heat = now["tension"] * (0.35 + 0.65 * campaign)
    closed = 1.0 - now["openness"]
    ready = np.ones(setting.size)
    revenge = 1.0 + 0.6 * here["memory"]
    armed = here["held_obstructing"] * loose + here["held_outside"]
    between = contested["obstructing"] * hostile["obstructing"] + contested["constructive"] * hostile["constructive"]
    return {
        "fighting-obstructing": contested["obstructing"] * hostile["obstructing"] * guarded,
        "fighting-constructive": contested["constructive"] * hostile["constructive"] * guarded,
        "fighting-outside": contested["outside"] * (0.3 + 0.7 * now["strength_outside"]),
        "fighting-between": 4.0 * here["held_obstructing"] * here["held_outside"] * ready,
        "communal": here["grievance"] ** 2 * (0.5 + now["drought"]) * (1.0 - 0.3 * state.effect["civil-affairs"]),
        "attacks-obstructing": here["held_obstructing"] * loose * guarded * revenge,
        "attacks-outside": here["held_outside"] * (0.4 + 0.6 * now["strength_outside"]) * guarded * revenge,
        "attacks-militias": here["grievance"] ** 2 * (1.0 - 0.5 * here["officials"]) * guarded,
        "against-institutions": here["officials"] ** 0.5 * armed + 0.02,
        "state-abuse": here["abuse"] * (1.0 - 0.6 * now["accountability"]),
        "ceasefire": (between + 0.03) * watched * (1.0 if setting.signed else 0.0),
        "material-breach": here["held_obstructing"] * loose**2 * (1.0 if setting.signed else 0.0),
        "trust-broken": here["held_obstructing"] * loose * watched * (1.0 if setting.signed else 0.0),
        "restriction": (1.0 - now["consent"]) * ready * 0.6,
        "party-clash": heat * ready * 0.7,
        "riot": heat * ready * (1.0 - here["price"]) * 0.8,
        "killing-politician": heat * here["memory"],
        "harassment": closed**2 * heat * ready + 0.1 * closed,
        "journalist": closed**2 * ready,
        "mob": (1.0 - here["services"]) ** 2 * (1.0 - here["cohesion"]),
        "toll": 0.15 * (1.0 - now["accountability"]) + armed,
        "hate": (0.25 + 0.75 * heat) * here["grievance"] * (1.0 - 0.3 * state.effect["communications"]),
        "shutdown": closed**2 * heat * ready,
        "election-violence": heat * campaign * ready * (0.6 + 0.4 * here["memory"]),
    }  # fmt: skip


def season(month_of_year: int, strength: float) -> float:
    return round(1.0 + strength * float(np.cos(2.0 * np.pi * (month_of_year - DRY) / 12.0)), 9)


def expected(slow: Mapping[str, Floats]) -> Floats:
    """The slow part in events a month, streams by districts."""
    return np.round(np.stack([np.clip(slow[name], 0.0, None) * each["often"] for name, each in streams().items()]), 9)


def expected_now(unrest: Unrest, slow: Floats, month_of_year: int, luck: np.random.Generator) -> Floats:
    """How many events this month has to expect, with season, disturbance, memory and dispersion."""
    shape = slow.shape
    own, all_ = luck.standard_normal(shape), luck.standard_normal(shape[0])
    fresh = (1.0 - MEMORY**2) ** 0.5
    unrest.disturbance = MEMORY * unrest.disturbance + SPREAD * fresh * own
    unrest.shared = MEMORY * unrest.shared + SHARED * fresh * all_
    if not unrest.recent.size:
        unrest.recent = slow.copy()
    seasons = np.array([season(month_of_year, each["season"]) for each in streams().values()])
    disturbed = np.exp(unrest.disturbance + unrest.shared[:, None] - (SPREAD**2 + SHARED**2) / 2.0)
    echo = 1.0 - ECHO + ECHO * (unrest.recent + 0.2) / (slow + 0.2)
    mean = np.round(slow * seasons[:, None] * disturbed * np.minimum(echo, 3.0), 9)
    found: Floats = mean * luck.gamma(DISPERSION, 1.0 / DISPERSION, shape)
    return found


def happen(unrest: Unrest, rate: Floats, luck: np.random.Generator) -> Floats:
    """Numbers of events of this month, where so many are to be expected; `unrest` remembers them."""
    return _remembered(unrest, luck.poisson(rate).astype(np.float64))


def happen_beside(unrest: Unrest, rate: Floats, other: Floats, counts: Floats, luck: np.random.Generator) -> Floats:
    """The same in a world beside another, in which `other` were to be expected and `counts` happened.

    What happened there happens here too, as far as fewer are expected; where more are, some are added. So two worlds
    differ by what makes them different and not by luck, and each by itself is as random as any.
    """
    share = np.divide(rate, other, out=np.ones_like(rate), where=other > 0.0)
    too = luck.binomial(counts.astype(np.int64), np.minimum(1.0, share))
    return _remembered(unrest, (too + luck.poisson(np.maximum(0.0, rate - other))).astype(np.float64))


def _remembered(unrest: Unrest, counts: Floats) -> Floats:
    unrest.recent = LATELY * unrest.recent + (1.0 - LATELY) * counts
    return counts
