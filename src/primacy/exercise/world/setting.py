"""What of the world does not move by itself: the land, who is at home where, who has to carry out what."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from primacy.exercise.country.country import Country
from primacy.exercise.luck import luck
from primacy.exercise.world.state import Floats

Integers = NDArray[np.int64]
PROVISIONS = 24
HOMES = {"constructive": 1, "obstructing": 3, "outside": 4}  # the province of each, counted from 0


@dataclass(frozen=True)
class Setting:
    size: int  # districts
    people: Floats
    paved: Floats
    floods: Floats
    rich: Floats  # 1 where the ground holds something worth fighting for
    beside: tuple[Integers, Integers]  # every pair of neighbours: the one, and the other
    home: dict[str, Floats]
    province: tuple[int, ...]
    responsible: tuple[tuple[int, ...], ...]  # of each provision: government 0, constructive 1, obstructing 2
    ease: Floats
    signed: bool = False
    shelter: float = 0.25  # what the neighbours give when nothing happens

    def near(self, values: Floats) -> Floats:
        """(districts,): the mean of each one's neighbours."""
        here, there = self.beside
        number = np.bincount(here, minlength=self.size)
        found: Floats = np.asarray(np.bincount(here, values[there] / number[here], self.size), dtype=np.float64)
        return found

    def once_signed(self, signed: bool) -> "Setting":
        return self if signed == self.signed else replace(self, signed=signed)


def setting(country: Country, seed: int) -> Setting:
    districts = country.districts
    size = len(districts)
    at = {each.code: place for place, each in enumerate(districts)}
    provinces = [each.code for each in country.provinces]
    province = tuple(provinces.index(each.province) for each in districts)
    pairs = [(place, at[code]) for place, each in enumerate(districts) for code in each.neighbours]
    here, there = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    chance = luck(seed, "setting")
    home = {
        party: np.array([1.0 if each == at % len(provinces) else 0.12 for each in province])
        for party, at in HOMES.items()
    }
    responsible = tuple(((0,), (0, 1), (0, 2), (0, 1, 2), (2,), (0, 1))[number % 6] for number in range(PROVISIONS))
    return Setting(
        size=size,
        people=np.array([float(each.people) for each in districts]),
        paved=np.array([1.0 if each.road else 0.0 for each in districts]),
        floods=np.array([1.0 if each.river else 0.0 for each in districts]),
        rich=np.array([1.0 if each.resource else 0.0 for each in districts]),
        beside=(here, there),
        home=home,
        province=province,
        responsible=responsible,
        ease=np.round(chance.uniform(0.5, 1.5, PROVISIONS), 6),
    )
