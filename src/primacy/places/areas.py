"""Areas of one country: the tree of P-codes, names, people, and which area a point lies in."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from primacy.places.countries import iso3_of
from primacy.places.decisions import NONE, decided
from primacy.places.distances import great_circle_km, outlines_km
from primacy.places.editions import FILE, Area, former, in_force, last_days, read_editions
from primacy.places.former import Former
from primacy.places.living import Group, Living, read_population
from primacy.places.matching import NameIndex
from primacy.places.names import plain
from primacy.places.settlements import Gazetteer, Settlement, read_settlements

__all__ = ["FILE", "Area", "AreaNames", "Areas"]
CODE = re.compile(r"([A-Za-z]{1,5})\d{1,12}", re.ASCII)  # a P-code: letters for the country, then figures
DETAIL = 1_000  # an outline keeps about a thousandth of the country's width


def all_names(area: Area) -> set[str]:
    return {*area.names.values(), *area.variants}


class AreaNames(dict[str, str]):
    """What areas are called in a language, by code."""

    def __init__(self, by_code: Mapping[str, str], areas: Iterable[Area] = ()) -> None:
        super().__init__(by_code)
        self._areas = tuple(areas)

    def said(self, written: str) -> str:
        """A name of an area that somebody wrote in whatever language, such as that of a stratum, as this one has it; as
        it was written where it names none, or several that are called otherwise here."""
        return self._by_name.get(written, written)

    @cached_property
    def _by_name(self) -> Mapping[str, str]:
        here: dict[str, set[str]] = {}
        for area in self._areas:
            for name in all_names(area):
                here.setdefault(name, set()).add(self[area.code])
        return {name: next(iter(called)) for name, called in here.items() if len(called) == 1}


class Areas:
    """The areas of one country; immutable, empty when no boundaries were imported."""

    def __init__(
        self, areas: list[Area] | None = None, population: Mapping[str, float] | Living | None = None,
        neighbours: Mapping[str, list[str]] | None = None, decided: Mapping[str, str] | None = None,
        former: Former | None = None, settlements: Callable[[], Iterable[Settlement]] = tuple,
        days: Iterable[date] = (),
    ) -> None:  # fmt: skip
        self._areas = {area.code: area for area in sorted(areas or [], key=lambda each: (each.level, each.code))}
        self._living = population if isinstance(population, Living) else Living.totals(population or {})
        self._given_neighbours = neighbours
        self._decided = dict(decided or {})
        self._former = former or Former()
        self._settlements = settlements
        self.days = tuple(sorted(days))  # the first days of the editions that are here

    @classmethod
    def load(cls, folder: Path, on: date | None = None) -> "Areas":
        """The areas that count on a day, without one the newest; absent files give no areas."""
        editions = read_editions(folder)
        areas = in_force(editions, on)
        living = Living(read_population(folder))
        gone = Former(former(editions, areas), areas, days=last_days(editions))
        towns = partial(read_settlements, folder)  # there may be tens of thousands, of which few readers ask
        return cls(
            gone.under(areas), living, decided=decided(folder), former=gone, settlements=towns,
            days={day for level, day in editions if level},
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self._areas)

    def __contains__(self, code: object) -> bool:
        return code in self._areas

    @cached_property
    def country(self) -> str | None:
        """P-code of level 0."""
        return next((area.code for area in self._areas.values() if area.level == 0), None)

    @cached_property
    def levels(self) -> list[int]:
        return sorted({area.level for area in self._areas.values()})

    def area(self, code: str) -> Area | None:
        return self._areas.get(code)

    def level(self, n: int) -> list[str]:
        """The P-codes of one level, in order."""
        return [area.code for area in self._areas.values() if area.level == n]

    def shape(self, code: str) -> Any:
        """The boundary of an area as a shapely geometry; None where it is not known."""
        area = self._areas.get(code)
        return area.geometry if area else None

    def level_of(self, code: str) -> int | None:
        area = self._areas.get(code)
        return area.level if area else None

    def name(self, code: str, lang: str = "en") -> str:
        """The name in a language, else the official one, else the code itself; of a former area as it was last."""
        area = self._areas.get(code) or self._former.get(code)
        if area is None:
            return code
        return area.names.get(lang) or next(iter(area.names.values()), code)

    def names(self, lang: str) -> "AreaNames":
        """What every area is called in a language, by code."""
        return AreaNames({code: self.name(code, lang) for code in self._areas}, self._areas.values())

    def disputed(self, also: Iterable[str] = ()) -> set[str]:
        """The areas whose status or borders are disputed, all inside them, and all that one of them is a part of.

        `also` are codes that somebody names beside those of the boundaries' own attributes.
        """
        named = [code for code, area in self._areas.items() if area.disputed]
        named += [current for code in also if (current := self.current(code))]
        inside = {each for code in named for each in (code, *self.descendants(code))}
        return inside | {above for code, above, level in self.closure() if code in inside and level > 0}

    def parent(self, code: str) -> str | None:
        area = self._areas.get(code)
        return (area.parent or None) if area else None

    def current(self, code: str) -> str | None:
        """The area that a code means now: itself; for a code of another edition the area that holds most of its land,
        else what its parent means now. None where nothing is known of it. Small letters are read as capitals.
        """
        if code in self._areas:
            return code
        return self._former.successor(code) or (capitals if (capitals := code.upper()) in self._areas else None)

    def other_edition(self, code: str) -> date | None:
        """From when on the last edition counted that had a code which is no area now; None for every other text."""
        return None if code in self._areas else self._former.day(code)

    @cached_property
    def _letters(self) -> frozenset[str]:
        """What stands before the figures of P-codes here."""
        codes = (CODE.fullmatch(code) for code in (*self._areas, *self._former.codes))
        countries = {self.country, iso3_of(self.country)} if self.country else set()
        return frozenset(each.upper() for each in {found[1] for found in codes if found} | countries)

    def looks_like_code(self, text: str) -> bool:
        """Whether a text that is none of the codes here is written as P-codes of this country are."""
        found = CODE.fullmatch(text) if self.current(text) is None and self._former.get(text) is None else None
        return found is not None and found[1].upper() in self._letters

    def ancestor(self, code: str, level: int) -> str | None:
        """The area of `level` that `code` lies in, itself included; None where it lies in none.

        A code of another edition lies where the area lies that it means now.
        """
        area = self._areas.get(self.current(code) or "")
        while area is not None and area.level > level:
            area = self._areas.get(area.parent)
        return area.code if area is not None and area.level == level else None

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        children: dict[str, list[str]] = {}
        for area in self._areas.values():
            if area.parent:
                children.setdefault(area.parent, []).append(area.code)
        return children

    def children(self, code: str) -> list[str]:
        return list(self._children.get(code, ()))

    def descendants(self, code: str) -> set[str]:
        """Everything inside `code`, itself not included."""
        found: set[str] = set()
        waiting = [code]
        while waiting:
            below = self._children.get(waiting.pop(), [])
            found.update(below)
            waiting.extend(below)
        return found

    def former_inside(self, code: str) -> list[str]:
        """Codes of other editions whose land lies in an area now."""
        level = self.level_of(code)
        return [] if level is None else [each for each in self._former.codes if self.ancestor(each, level) == code]

    def closure(self) -> list[tuple[str, str, int]]:
        """(code, ancestor, level of the ancestor) for every area and all it lies in, itself included."""
        table: list[tuple[str, str, int]] = []
        for code in self._areas:
            above: Area | None = self._areas[code]
            while above is not None:
                table.append((code, above.code, above.level))
                above = self._areas.get(above.parent)
        return table

    def population(self, code: str, group: str = "", year: int | None = None) -> float | None:
        """People of a group (`sex=f`, `age=15-29;sex=f`; empty: everybody) in an area, of the year nearest to `year`.

        As published, else put together from published sexes and ages, else the sum of its parts where all of them are
        known. Without a year the latest figure counts. A package carries the latest totals alone.
        """
        return self._people(code, Group.of(group), year)

    def population_years(self, code: str) -> list[int]:
        """The years of which figures on an area itself are known."""
        return self._living.years(code)

    def _people(self, code: str, group: Group, year: int | None) -> float | None:
        own = self._living.persons(code, group, year)
        if own is not None:
            return own
        parts = [self._people(child, group, year) for child in self._children.get(code, ())]
        known = [people for people in parts if people is not None]
        return sum(known) if known and len(known) == len(parts) else None

    @cached_property
    def _neighbours(self) -> dict[str, list[str]]:
        if self._given_neighbours is not None:
            return {code: list(others) for code, others in self._given_neighbours.items()}
        touching: dict[str, list[str]] = {code: [] for code in self._areas}
        for n in self.levels:
            codes = [code for code in self.level(n) if self._areas[code].geometry is not None]
            shapes = np.array([self._areas[code].geometry for code in codes], dtype=object)
            tree = shapely.STRtree(shapes)
            for one, other in tree.query(shapes, predicate="dwithin", distance=1e-4).T if len(codes) > 1 else ():
                if one != other:
                    touching[codes[one]].append(codes[other])
        return {code: sorted(others) for code, others in touching.items()}

    def neighbours(self, code: str) -> list[str]:
        """Areas of the same level that share a border (within about ten metres)."""
        return list(self._neighbours.get(code, ()))

    def point(self, code: str) -> tuple[float, float] | None:
        """A point (longitude, latitude) inside an area, to stand for it; None where its boundary is not known."""
        shape = self.shape(code)
        if shape is None:
            return None
        inside = shape.representative_point()
        return float(inside.x), float(inside.y)

    def distance_km(self, code: str, other: str, *, outlines: bool = False) -> float | None:
        """Kilometres between the points that stand for two areas, or between their outlines where they come nearest."""
        one, two = self.point(code), self.point(other)
        if one is None or two is None:
            return None
        if outlines:
            return float(outlines_km(self.shape(code), np.array([self.shape(other)], dtype=object))[0])
        return float(great_circle_km(*one, *two))

    def within_km(self, code: str, km: float) -> list[tuple[str, float]]:
        """Other areas of the same level whose outlines come as near as `km`: (code, kilometres), the nearest first."""
        level, shape = self.level_of(code), self.shape(code)
        if level is None or shape is None:
            return []
        others = [each for each in self.level(level) if each != code and self.shape(each) is not None]
        far = outlines_km(shape, np.array([self.shape(each) for each in others], dtype=object))
        found = [(each, round(float(length), 3)) for each, length in zip(others, far, strict=True) if length <= km]
        return sorted(found, key=lambda each: (each[1], each[0]))

    def bounds(self) -> tuple[float, float, float, float] | None:
        """West, south, east and north of all areas, in degrees; None without boundaries."""
        shapes = [each.geometry for each in self._areas.values() if each.geometry is not None]
        return tuple(shapely.total_bounds(np.array(shapes, dtype=object)).tolist()) if shapes else None

    def outline(self, level: int, lang: str = "en") -> list[tuple[str, str, Any]]:
        """(code, name, geometry) of one level for maps, simplified together so that borders stay shared."""
        codes = [code for code in self.level(level) if self._areas[code].geometry is not None]
        if not codes:
            return []
        shapes = np.array([self._areas[code].geometry for code in codes], dtype=object)
        west, south, east, north = shapely.total_bounds(shapes)
        tolerance = max(east - west, north - south) / DETAIL
        simple = shapely.coverage_simplify(shapes, tolerance)
        return [(code, self.name(code, lang), shape) for code, shape in zip(codes, simple, strict=True)]

    def locate(self, lon: ArrayLike, lat: ArrayLike) -> NDArray[np.str_]:
        """The finest P-code that each point lies in, '' where outside or unknown.

        Shapes   lon (n,), lat (n,) -> (n,)
        Units    degrees, WGS 84
        Missing  NaN gives ''.
        """
        x, y = np.atleast_1d(np.asarray(lon, dtype=np.float64)), np.atleast_1d(np.asarray(lat, dtype=np.float64))
        found = np.full(len(x), -1, dtype=np.int32)
        codes = list(self._areas)
        with np.errstate(invalid="ignore"):
            open_ = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
            order = open_[np.argsort(x[open_], kind="stable")]
            for n in reversed(self.levels if len(order) else ()):
                here = [place for place, code in enumerate(codes) if self._areas[code].level == n]
                order = self._locate_in(here, codes, x, y, order, found)
        named = np.array([*codes, ""])
        return named[found]

    def _locate_in(
        self, here: list[int], codes: list[str], x: NDArray[np.float64], y: NDArray[np.float64],
        order: NDArray[np.int64], found: NDArray[np.int32],
    ) -> NDArray[np.int64]:  # fmt: skip
        """Mark the points (ordered from west to east) inside the areas `here`; give back those still open."""
        ordered_x = x[order]
        for place in here:
            shape = self._areas[codes[place]].geometry
            if shape is None:
                continue
            west, south, east, north = shape.bounds
            span = order[np.searchsorted(ordered_x, west) : np.searchsorted(ordered_x, east, side="right")]
            near = span[(y[span] >= south) & (y[span] <= north) & (found[span] < 0)]
            if len(near):
                shapely.prepare(shape)
                # intersects_xy is contains_xy that also takes points exactly on a border; the first area wins those.
                found[near[shapely.intersects_xy(shape, x[near], y[near])]] = place
        return order[found[order] < 0]

    @cached_property
    def _index(self) -> NameIndex:
        return NameIndex((area.code, name) for area in self._areas.values() for name in all_names(area))

    def decided(self, written: str) -> str | None:
        """What somebody decided that a name means: a P-code, empty for no area of this country; None if nobody did."""
        code = self._decided.get(plain(written))
        return "" if code == NONE else code if code in self._areas else None

    def match_name(self, text: str, *, level: int | None = None, within: str | None = None) -> list[tuple[str, float]]:
        """Areas whose name is like `text`, as (code, score 0 to 1), best first."""
        inside = self.descendants(within) if within else None
        if level is None and inside is None:
            return self._index.ranked(text)
        return self._index.ranked(
            text,
            lambda code: (level is None or self._areas[code].level == level) and (inside is None or code in inside),
        )

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        listed = list(self._settlements())
        codes = self.locate([each.longitude for each in listed], [each.latitude for each in listed]).tolist()
        return Gazetteer([(each, code) for each, code in zip(listed, codes, strict=True) if code])

    def around_settlement(self, name: str) -> list[tuple[str, float]]:
        """Areas around towns and villages of this name, as (code, score), best first."""
        return self._gazetteer.ranked(name)

    def candidates(self, text: str) -> list[tuple[str, float]]:
        """Areas that a written name may mean, by their own names or by a town or village in them, best first."""
        best = dict(self.around_settlement(text))
        for code, score in self.match_name(text):
            best[code] = max(score, best.get(code, 0.0))
        return sorted(best.items(), key=lambda each: -each[1])

    def as_dict(self) -> dict[str, Any]:
        """Everything but the geometry, for packages; names as a list, because the first is the official one."""
        former = self._former.as_list()
        return ({"former": former} if former else {}) | {
            "areas": [
                {
                    "code": area.code,
                    "level": area.level,
                    "parent": area.parent,
                    "names": [[language, name] for language, name in area.names.items()],
                }
                for area in self._areas.values()
            ],
            "population": self._living.latest(),
            "neighbours": dict(sorted(self._neighbours.items())),
        }

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> "Areas":
        areas = [Area(each["code"], each["level"], each["parent"], dict(each["names"])) for each in content["areas"]]
        former = Former.of(content.get("former", ()))
        return cls(areas, content["population"], content["neighbours"], former=former)

    def hash(self) -> str:
        """SHA-256 over codes, tree, names, people and boundaries."""
        digest = hashlib.sha256(json.dumps(self.as_dict(), ensure_ascii=False, sort_keys=True).encode())
        for area in self._areas.values():
            digest.update(shapely.to_wkb(area.geometry) if area.geometry is not None else b"-")
        return "sha256:" + digest.hexdigest()
