"""Codes of other editions: which area of today holds the land that such a code meant."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from primacy.places.editions import UNSAID, Area
from primacy.places.overlap import shares

MOST = 2 / 3  # of the land: an area that holds less of it is no successor, because the fact may lie in another part


class Former:
    """Areas that are no longer, or not yet, in force, and what their codes mean among those that are."""

    def __init__(
        self,
        areas: Iterable[Area] = (),
        now: Iterable[Area] = (),
        successors: Mapping[str, str] | None = None,
        days: Mapping[str, date] | None = None,
    ) -> None:
        self._areas = {area.code: area for area in areas}
        self._now = list(now)
        self._given = successors
        self._days = days or {}

    @classmethod
    def of(cls, listed: Iterable[Mapping[str, Any]]) -> "Former":
        """From what `as_list` gave: names and successors, without boundaries."""
        rows = list(listed)
        areas = [Area(row["code"], row["level"], "", dict(row["names"])) for row in rows]
        return cls(areas, successors={row["code"]: row["now"] for row in rows if row["now"]})

    def as_list(self) -> list[dict[str, Any]]:
        return [
            {"code": code, "level": area.level, "names": [list(each) for each in area.names.items()],
             "now": self.successor(code) or ""}
            for code, area in self._areas.items()
        ]  # fmt: skip

    def get(self, code: str) -> Area | None:
        return self._areas.get(code)

    def day(self, code: str) -> date | None:
        """The first day of the last edition that had a code, `UNSAID` where its file says none; None for others."""
        return self._days.get(code, UNSAID) if code in self._areas else None

    @property
    def codes(self) -> list[str]:
        return list(self._areas)

    def successor(self, code: str) -> str | None:
        """The area that holds most of the land, else that of the parent; None where neither is known."""
        return self._successors.get(code)

    def under(self, areas: Iterable[Area]) -> list[Area]:
        """The same areas, each under the area that holds it now where its own parent is no longer there.

        A new edition of one level alone leaves the finer ones under the codes of the edition before.
        """
        listed = list(areas)
        codes = {area.code for area in listed}
        return [
            area if not area.parent or area.parent in codes else replace(area, parent=self._above(area))
            for area in listed
        ]

    def _above(self, area: Area) -> str:
        gone = self._areas.get(area.parent)
        holder = self._holder(replace(area, level=gone.level)) if gone else None
        return holder or self.successor(area.parent) or area.parent

    @cached_property
    def _successors(self) -> Mapping[str, str]:
        if self._given is not None:
            return self._given
        found: dict[str, str] = {}
        codes = {area.code for area in self._now}
        for area in sorted(self._areas.values(), key=lambda each: each.level):
            best = self._holder(area)
            above = area.parent if area.parent in codes else found.get(area.parent)
            if meant := best or above:
                found[area.code] = meant
        return found

    def _holder(self, area: Area) -> str | None:
        same = [each for each in self._now if each.level == area.level and each.geometry is not None]
        if area.geometry is None or not same:
            return None
        held = shares(area.geometry, np.array([each.geometry for each in same], dtype=object))
        best = int(np.argmax(held))
        return same[best].code if held[best] >= MOST else None
