"""From where a source says something happened to a P-code, and a count of how each place was found."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from primacy.framework.saying import Said, said
from primacy.places.areas import Areas
from primacy.places.countries import iso3_of
from primacy.places.editions import UNSAID
from primacy.places.editions_told import edition, editions
from primacy.places.errors import listed
from primacy.places.matching import SAME_BUT_FOR_WORDS

SURE = 0.88  # likeness of names below which a name is no match
MOST_NAMES = 3000  # compared with all names of areas, which takes its time
LONGEST_NAME = 200
APART = 0.04  # the best match must be this much better than the next
Codes = NDArray[np.object_]
Written: TypeAlias = Codes | pa.Array  # texts


@dataclass
class Found:
    """How the places of one import were found: nothing is matched by name in silence."""

    by_point: int = 0
    by_code: int = 0
    country_only: int = 0  # the source claims no more than the country
    by_name: Counter[tuple[str, str]] = field(default_factory=Counter)  # (name as written, P-code)
    of_editions: Counter[tuple[str, str]] = field(default_factory=Counter)  # (P-code of another edition, P-code now)
    not_found: Counter[str] = field(default_factory=Counter)  # name as written, or the point
    without_boundaries: int = 0
    elsewhere: int = 0  # points in none of the areas, whose names say where they are
    exchanged: int = 0  # points outside that would lie inside with longitude and latitude exchanged


class Locator:
    """Places of one country as P-codes; everything else is its country, level 0."""

    def __init__(self, areas: Areas) -> None:
        self.areas = areas
        self.found = Found()
        self.country = iso3_of(areas.country) if areas.country else ""
        self.unsure: set[str] = set()  # names as written, for somebody to decide on
        self._named: dict[tuple[str, int], tuple[str, str]] = {}

    def country_code(self, iso3: str) -> str:
        """P-code of level 0: as the boundaries have it, else the alpha-3 code."""
        return self.areas.country if iso3 == self.country and self.areas.country else iso3

    def top(self, iso3: str) -> str:
        """P-code of the country meant: the one named, else that of the boundaries, else nothing."""
        return self.country_code(iso3) if iso3 else (self.areas.country or "")

    def coverage_code(self, written: str) -> str | None:
        """The P-code of an area in a declaration of coverage; without boundaries only countries are known."""
        if not len(self.areas):
            return iso3_of(written)
        return (
            self.areas.current(written)
            or self.named(written)
            or (self.areas.country if iso3_of(written) == self.country else None)
        )

    def place(
        self, countries: Codes, lon: NDArray[np.float64], lat: NDArray[np.float64], level: NDArray[np.int64],
        names: Sequence[tuple[int, Written]],
    ) -> tuple[Codes, NDArray[np.int8]]:  # fmt: skip
        """(area, level) of each row: by its point, else by its names, never finer than the `level` it claims.

        Shapes   all (n,); `names` are (level, names as written), finest first
        """
        top = {each: self.country_code(each) for each in set(countries)}
        area = np.array([top[each] for each in countries], dtype=object)
        reached = np.zeros(len(area), dtype=np.int8)
        claims = level > 0
        ours = np.flatnonzero(claims & (countries == self.country) & (self.country != ""))
        self.found.without_boundaries += int(claims.sum()) - len(ours)
        self.found.country_only += int((~claims).sum())
        points = self.areas.locate(lon[ours], lat[ours])
        outside = ours[points == ""]
        self.found.exchanged += int((self.areas.locate(lat[outside], lon[outside]) != "").sum())
        codes, which = np.unique(points, return_inverse=True)
        for number, code in enumerate(codes.tolist()):
            inside = ours[which == number]
            for claimed in np.unique(level[inside]).tolist() if code else ():
                at = inside[level[inside] == claimed]
                above = self._no_finer(code, claimed)
                area[at], reached[at] = above, self.areas.level_of(above) or 0
        self.found.by_point += int((points != "").sum())
        self._place_by_names(outside, level, names, area, reached, (lon, lat))
        return area, reached

    def _place_by_names(
        self, outside: NDArray[np.int64], level: NDArray[np.int64], names: Sequence[tuple[int, Written]], area: Codes,
        reached: NDArray[np.int8], points: tuple[NDArray[np.float64], NDArray[np.float64]],
    ) -> None:  # fmt: skip
        """Rows whose point lies in no area, by their names; what many rows say is looked up once."""
        columns = [_texts(column, outside) for _, column in names]
        said = list(zip(level[outside].tolist(), *columns, strict=True))
        meant = {
            each: self._by_names(each[0], [(n, str(text or "")) for (n, _), text in zip(names, each[1:], strict=True)])
            for each in set(said)
        }
        for each, count in Counter(said).items():
            written, code = meant[each]
            if code:
                self.found.by_name[written, code] += count
            elif written:
                self.found.not_found[written] += count
        codes = [meant[each][1] for each in said]
        placed = np.array([bool(code) for code in codes], dtype=np.bool_)
        beyond = np.isfinite(points[0][outside]) & np.isfinite(points[1][outside])
        self.found.elsewhere += int((placed & beyond).sum())
        area[outside[placed]] = [code for code in codes if code]
        reached[outside[placed]] = [self.areas.level_of(code) or 0 for code in codes if code]
        nameless = np.array([not meant[each][0] for each in said], dtype=np.bool_)
        lon, lat = (each[outside[nameless]].tolist() for each in points)
        self.found.not_found.update(f"point {x:.4f}, {y:.4f}" for x, y in zip(lon, lat, strict=True))

    def _by_names(self, level: int, names: Sequence[tuple[int, str]]) -> tuple[str, str]:
        """(the name by which it was found, its code); the first name and nothing if none is clearly meant."""
        usable = [(claimed, text) for claimed, text in names if text and claimed <= level]
        for claimed, text in usable:
            if code := self.named(text, claimed):
                return text, code
        return usable[0][1] if usable else "", ""

    def named(self, text: str, level: int | None = None) -> str:
        """The one P-code that a name clearly means, else an empty text."""
        return self._compared(text, level)[0]

    def nested(self, names: Sequence[tuple[int, str]]) -> tuple[str, str]:
        """(P-code of the finest name, "") or (that of the last name found, the name that is not found inside it).

        names   (level, P-code or name as written), the coarsest first
        """
        inside = ""
        for level, text in names:
            current = self.areas.current(text) or ""
            known = current if current and self.areas.level_of(current) == level else ""
            code = known or self._inside(text, level, inside)
            if not code:
                return inside, text
            inside = code
        return inside, ""

    def _inside(self, text: str, level: int, inside: str) -> str:
        """The area of a level that a name means, among those inside another; empty if none is clearly meant."""
        if len(text) > LONGEST_NAME:
            return ""
        decided = self._decided(text, level)
        if decided is not None and (not inside or decided in self.areas.descendants(inside)):
            return decided
        code = self._best(self.areas.match_name(text, level=level, within=inside or None))
        if not code:
            self.unsure.add(text)
        return code

    def _decided(self, text: str, level: int | None) -> str | None:
        """What somebody decided that a name means, no finer than the level asked for; None if nobody did."""
        code = self.areas.decided(text)
        return self._no_finer(code, level) if code and level is not None else code

    def likely(self, text: str) -> str:
        """The P-code whose name is most like the text, for a question; else an empty text."""
        return self._compared(text, None)[1]

    def _compared(self, text: str, level: int | None) -> tuple[str, str]:
        """(the code that is clearly meant, the most likely one); names beyond the first thousands are not compared."""
        key = (text, -1 if level is None else level)
        if key not in self._named:
            if len(self._named) >= MOST_NAMES or len(text) > LONGEST_NAME:
                return "", ""
            decided = self._decided(text, level)
            if decided is not None:
                self._named[key] = decided, decided
            else:
                matches = self.areas.match_name(text, level=level)
                self._named[key] = self._best(matches), matches[0][0] if matches else ""
                if not self._named[key][0] and len(self.areas):
                    self.unsure.add(text)
        return self._named[key]

    def _best(self, matches: list[tuple[str, float]]) -> str:
        """A clear winner; a country, prefecture and town of one name count as the widest of them."""
        if not matches or matches[0][1] < SURE:
            return ""
        best = matches[0][1]
        least = best if best >= SAME_BUT_FOR_WORDS else best - APART
        close = [code for code, score in matches if score >= least]
        widest = min(close, key=lambda code: (self.areas.level_of(code) or 0, code))
        inside = self.areas.descendants(widest) | {widest}
        return widest if all(code in inside for code in close) else ""

    def meant(self, written: str) -> str:
        """The P-code of a text that is a P-code, the country or a name; empty if it is none of them."""
        if current := self.areas.current(written):
            return current
        if self.country and iso3_of(written) == self.country:
            return self.country_code(self.country)
        if self.areas.looks_like_code(written):
            return self.areas.decided(written) or ""  # no name: to compare it with names would lead astray
        return self.named(written) or self._around(written)

    def _around(self, written: str) -> str:
        """The area around the town or village of this name, where all of that name lie in one area."""
        if len(written) > LONGEST_NAME or self.areas.decided(written) is not None:
            return ""
        code = self._best(self.areas.around_settlement(written))
        if code:
            self.unsure.discard(written)
        return code

    def refusal(self, text: str, column: str) -> Said:
        """Why a text is no place here, and what would make it one."""
        if (day := self.areas.other_edition(text)) is not None:
            return said("evidence/code-of-edition", column=column, edition=edition(day))
        if self.areas.looks_like_code(text):
            return said("evidence/code-like", column=column, editions=editions(self.areas.days))
        if near := self.likely(text):
            return said("evidence/no-area-near", column=column, area=self.areas.name(near), code=near)
        return said("evidence/no-area", column=column)

    def place_notes(self) -> list[Said]:
        """What is to be known of codes and names that were not plainly those of areas here."""
        notes = []
        by_day: dict[date, list[str]] = {}
        for (written, code), rows in self.found.of_editions.most_common():
            by_day.setdefault(self.areas.other_edition(written) or UNSAID, []).append(f"{written} → {code} ({rows})")
        for day, names in sorted(by_day.items()):
            notes.append(said("evidence/codes-of-edition", edition=edition(day), names=listed(names)))
        if self.unsure:
            notes.append(said("evidence/names-unsure", count=len(self.unsure)))
        return notes

    def count(self, written: str, code: str, rows: int = 1) -> None:
        """Remember how the place of rows was found."""
        if not self.areas.level_of(code):
            self.found.country_only += rows
        elif written == code:
            self.found.by_code += rows
        elif self.areas.other_edition(written) is not None:
            self.found.by_code += rows
            self.found.of_editions[written, code] += rows
        else:
            self.found.by_name[written, code] += rows

    def holding(self, codes: Sequence[str], top: str) -> str:
        """The narrowest area in which all of some areas lie, `top` where that is no area here."""
        deepest = max((self.areas.level_of(code) or 0 for code in codes), default=0)
        for level in range(deepest, 0, -1):
            found = {self.areas.ancestor(code, level) for code in codes}
            if len(found) == 1 and None not in found:
                return str(found.pop())
        return top

    def _no_finer(self, code: str, level: int) -> str:
        """The area of at most `level` that `code` lies in."""
        own = self.areas.level_of(code) or 0
        if own <= level:
            return code
        return self.areas.ancestor(code, level) or self.areas.country or code


def _texts(column: Written, places: NDArray[np.int64]) -> list[str]:
    """The texts in some places of a column."""
    found: list[str] = (
        column.take(pa.array(places)).to_pylist() if isinstance(column, pa.Array) else column[places].tolist()
    )
    return found
