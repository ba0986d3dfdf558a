"""What the country is at the end of a month: named numbers between 0 and 1, and what the mission puts its effort in."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from primacy.framework.yaml_files import read_yaml

Floats = NDArray[np.float64]
HERE = Path(__file__).parent
DIGITS = 9  # kept of every number, so that the last bits of a processor decide nothing
TASKS = (
    "good-offices", "verification", "patrols", "civil-affairs", "justice-and-police", "electoral", "communications",
    "human-rights",
)  # fmt: skip


@dataclass
class State:
    """The world between two months. The step of each process changes it in place, in a fixed order."""

    national: dict[str, float]
    local: dict[str, Floats]
    effort: dict[str, float]  # of the mission, by task: what it puts in now
    effect: dict[str, float]  # what this has come to; it follows the effort with delay
    provisions: Floats  # how far each provision of the agreement is carried out, 0 to 3

    def move(self, name: str, target: float, speed: float, noise: float = 0.0) -> None:
        """A national number goes part of the way to where the others draw it."""
        value = self.national[name]
        self.national[name] = held(value + speed * (target - value) + noise)

    def move_local(self, name: str, target: Floats, speed: float | Floats, noise: Floats | float = 0.0) -> None:
        value = self.local[name]
        self.local[name] = held_all(value + speed * (target - value) + noise)


def held(value: float) -> float:
    return round(min(1.0, max(0.0, value)), DIGITS)


def held_all(values: Floats) -> Floats:
    bounded: Floats = np.clip(values, 0.0, 1.0).round(DIGITS)
    return bounded


def sigmoid(value: float) -> float:
    return float(round(1.0 / (1.0 + np.exp(-value)), DIGITS))


def sigmoids(values: Floats) -> Floats:
    found: Floats = np.round(1.0 / (1.0 + np.exp(-values)), DIGITS)
    return found


@cache
def variables() -> Mapping[str, Mapping[str, float]]:
    """Names and first values, national and local."""
    told = read_yaml((HERE / "variables.yaml").read_bytes())
    return {part: {name: float(each["start"]) for name, each in told[part].items()} for part in ("national", "local")}
