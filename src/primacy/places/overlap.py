"""How much of an area lies inside others, and what became of areas from one edition to the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from primacy.places.editions import Area

SLIVER = 0.1  # of the land: less comes from drawing a border anew
SAME = 0.95  # of the land in common: the same outline
KINDS = ("recoded", "split", "merged", "gone", "new", "renamed", "moved", "redrawn")


@dataclass(frozen=True)
class Change:
    """One thing that became of one area. `to` are areas that hold its land, with the share of it that each holds."""

    kind: str
    level: int
    code: str
    name: str
    before: str = ""  # name or parent
    after: str = ""
    to: tuple[tuple[str, float], ...] = ()


def shares(shape: Any, others: NDArray[np.object_]) -> NDArray[np.float64]:
    """The share of a shape's land that each of the others holds; of one country, so that degrees may be compared."""
    found = np.zeros(len(others))
    land = shapely.area(shape)
    if land > 0:
        near = np.flatnonzero(shapely.intersects(others, shape))
        found[near] = shapely.area(shapely.intersection(others[near], shape)) / land
    return found


def changes(before: Mapping[str, Area], after: Mapping[str, Area]) -> list[Change]:
    """What became of the areas of one level, in the order of KINDS and codes."""
    lost, gained = _lands(before, after)
    fresh = {code for code in after if code not in before}
    found: list[Change] = []
    for code, area in before.items():
        parts = tuple(sorted(((other, round(share, 3)) for other, share in lost[code].items()), key=lambda e: -e[1]))
        if code not in after:
            found.append(_gone(area, parts, gained))
        else:
            found += _kept(area, after[code], tuple(each for each in parts if each[0] in fresh | {code}), gained)
    explained = {other for each in found for other, _ in each.to}
    for code in sorted(fresh - explained):
        found.append(Change("new", after[code].level, code, _name(after[code])))
    return sorted(found, key=lambda each: (KINDS.index(each.kind), each.code))


def _lands(
    before: Mapping[str, Area], after: Mapping[str, Area]
) -> tuple[dict[str, dict[str, float]], dict[tuple[str, str], float]]:
    """(old code -> new code -> share of the old land, (old, new) -> share of the new land), without slivers."""
    codes = [code for code, area in after.items() if area.geometry is not None]
    shapes = np.array([after[code].geometry for code in codes], dtype=object)
    lost: dict[str, dict[str, float]] = {}
    gained: dict[tuple[str, str], float] = {}
    for code, area in before.items():
        held = shares(area.geometry, shapes) if area.geometry is not None else np.zeros(len(codes))
        lost[code] = {codes[n]: float(held[n]) for n in np.flatnonzero(held >= SLIVER).tolist()}
        for other, share in lost[code].items():
            gained[code, other] = share * area.geometry.area / after[other].geometry.area
    return lost, gained


def _gone(area: Area, parts: tuple[tuple[str, float], ...], gained: Mapping[tuple[str, str], float]) -> Change:
    if not parts:
        kind = "gone"
    elif len(parts) > 1:
        kind = "split"
    else:
        kind = "recoded" if gained[area.code, parts[0][0]] >= 1 - SLIVER else "merged"
    return Change(kind, area.level, area.code, _name(area), to=parts)


def _kept(
    old: Area, new: Area, parts: tuple[tuple[str, float], ...], gained: Mapping[tuple[str, str], float]
) -> list[Change]:
    found: list[Change] = []
    own = dict(parts).get(old.code, 0.0)
    if _name(old) != _name(new):
        found.append(Change("renamed", old.level, old.code, _name(new), _name(old), _name(new)))
    if old.parent != new.parent:
        found.append(Change("moved", old.level, old.code, _name(new), old.parent, new.parent))
    if len(parts) > 1:
        found.append(Change("split", old.level, old.code, _name(old), to=parts))
    elif old.geometry is not None and new.geometry is not None and min(own, gained.get((old.code,) * 2, 0.0)) < SAME:
        found.append(Change("redrawn", old.level, old.code, _name(new), to=((old.code, round(own, 3)),)))
    return found


def _name(area: Area) -> str:
    return next(iter(area.names.values()), area.code)
