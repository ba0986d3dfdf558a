"""Which things of the truth an indicator is about: its filters, its area, and the element of an `each`.

A second opinion: what the grammar says is read here anew, and nothing is taken from `assessment`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from primacy.evidence.kinds import KINDS, Kind
from primacy.exercise.truth import Floats, Thing, Truth
from primacy.framework import Framework, Mission
from primacy.framework.entries import Measured
from primacy.framework.grammar import Indicator
from primacy.framework.values import number
from primacy.places.areas import Areas

COLUMNS = ("category", "actor", "target", "group", "item", "stratum")  # a thing has no wave and no source


@dataclass(frozen=True, eq=False)
class World:
    """A truth, and by what it is judged: framework, mission file and areas."""

    truth: Truth
    framework: Framework
    mission: Mission
    areas: Areas
    memory: dict[Any, Any] = field(default_factory=dict, repr=False)

    @property
    def months(self) -> int:
        return self.truth.months

    @cached_property
    def report_areas(self) -> list[str]:
        return self.areas.level(self.mission.report_level)

    @cached_property
    def whole(self) -> frozenset[str]:
        """What the whole country is called in the column `area`."""
        return frozenset({"", self.areas.country or "", self.mission.country})

    def line(self, code: str) -> frozenset[str]:
        """An area and all that it lies in; it is asked often."""
        key = ("line", code)
        if key not in self.memory:
            above = (self.areas.ancestor(code, level) for level in self.areas.levels)
            self.memory[key] = frozenset({code, *(each for each in above if each)})
        found: frozenset[str] = self.memory[key]
        return found

    def people(self, codes: Sequence[str]) -> list[float] | None:
        """How many live in each area; None where that is not known of all of them."""
        living = [self.areas.population(code) for code in codes]
        return [float(each) for each in living if each] if living and all(living) else None


@dataclass(frozen=True, eq=False)
class Look:
    """One indicator, looked up in the truth: for one area, one element of an `each`, one question of a survey."""

    world: World
    entry: Measured
    id: str
    area: str | None = None
    only: tuple[str, str] | None = None  # dimension and name
    question: str | None = None

    @property
    def indicator(self) -> Indicator:
        return self.entry.indicators[self.id]

    def at(self, id: str) -> "Look":
        """Another indicator of the same entry, as narrowed as this one."""
        return replace(self, id=id)

    @property
    def kind(self) -> Kind | None:
        return None if self.indicator.kind is None else KINDS[self.indicator.kind]

    @property
    def nature(self) -> str:
        return "" if self.kind is None else self.kind.nature

    @property
    def counts(self) -> bool:
        """Whether it is about what happens, and not about how things stand."""
        return self.nature in ("event", "effort")

    @property
    def measure(self) -> str:
        """The measure that it reads: of events the first of their kind where it says none."""
        named = self.indicator.measure or self.indicator.pass_.get("measure")
        if named or self.kind is None:
            return str(named or "")
        return next(iter(self.kind.measures)) if self.counts else ""

    @property
    def unset(self) -> bool:
        """A filter names a list of the mission file that says nothing."""
        named = [each for wanted in self.indicator.where.values() for each in _named(wanted)]
        return any(each.startswith("mission.") and not self.world.mission.states(each) for each in named)

    def number(self, name: object) -> float:
        """A number of a rule: a threshold of the entry, a norm of the mission, or written out."""
        if isinstance(name, str) and name in self.entry.thresholds:
            return self.entry.thresholds[name].number
        if isinstance(name, str) and name.startswith("norm."):
            return self.world.mission.norm(name.removeprefix("norm.")) or 0.0
        return number(name)  # type: ignore[arg-type]

    # ---- things

    def rows(self, measure: str | None = None) -> list[int]:
        """The rows of the truth with its measure (or another one), whatever their area. Of a kind without a measure
        all but lists of what ought to be."""
        wanted = self.measure if measure is None else measure
        key = ("rows", self.entry.id, self.id, self.only, self.question, wanted)
        memory = self.world.memory
        if key not in memory:
            of_measure = () if self.unset else self.world.truth.rows_of(self.indicator.kind or "", wanted)
            memory[key] = [row for row in of_measure if self._takes(self.thing(row))]
        found: list[int] = memory[key]
        return found

    def inside(self, rows: Sequence[int]) -> list[int]:
        """Those of the rows that lie in the area that is looked at."""
        if self.area is None:
            return list(rows)
        return [row for row in rows if self.area in self.world.line(self.thing(row).area)]

    def values(self, rows: Sequence[int]) -> Floats:
        return self.world.truth.values[list(rows)]

    def thing(self, row: int) -> Thing:
        return self.world.truth.things[row]

    def expected_rows(self) -> list[int]:
        """The rows that say which items ought to exist: its own, or those of the register of another kind."""
        other = self.indicator.register_
        if other is not None and other in KINDS and other != self.indicator.kind:
            return list(self.world.truth.rows_of(other, "expected"))
        return self.rows("expected")

    def named(self, dimension: str) -> list[str]:
        """The actors, pairs, strata, groups or items that its things are about, in the order of their names."""
        things = [self.thing(row) for row in (*self.rows(), *self.rows("expected"))]
        if dimension == "pair":
            return sorted({_pair(each) for each in things} - {""})
        return sorted({str(getattr(each, dimension)) for each in things} - {""})

    def _takes(self, thing: Thing) -> bool:
        asked = self.indicator
        if self.question is not None and thing.item != self.question:
            return False
        inside = self._is_it(thing) and self._passes(thing, asked.where, all)
        return inside and not self._passes(thing, asked.except_, any)

    def _is_it(self, thing: Thing) -> bool:
        """Whether it is about the element of the `each`."""
        if self.only is None:
            return True
        dimension, name = self.only
        if dimension == "pair":
            return _pair(thing) == name
        return self._matches(str(getattr(thing, dimension)), name, dimension)

    def _passes(self, thing: Thing, filters: Mapping[str, Any], join: Any) -> bool:
        """Whether it passes all of the filters, or any (an exception that names several columns)."""
        passed = [self._matches(getattr(thing, name), filters[name], name) for name in COLUMNS if name in filters]
        if "area" in filters:
            passed.append(self._lies(thing.area, filters["area"]))
        return bool(join(passed))

    def _matches(self, value: str, wanted: Any, column: str) -> bool:
        """A value, a list (any of them), `{not: ...}` or a list of the mission file; a category holds all below it, a
        group is one of several joined by `;`."""
        if isinstance(wanted, Mapping):
            return not self._matches(value, wanted["not"], column)
        if isinstance(wanted, list):
            return any(self._matches(value, each, column) for each in wanted)
        name = str(wanted)
        if name.startswith("mission."):
            named = self.world.mission.names(name)
            if column in ("actor", "target") and ", " in value and value not in named:  # who act together
                return all(each.strip() in named for each in value.split(", "))
            return any(self._matches(value, each, column) for each in named)
        if column == "category":
            return value == name or value.startswith(f"{name}/")
        if column == "group":
            return set(name.split(";")) <= set(value.split(";"))
        return value == name

    def _lies(self, code: str, wanted: Any) -> bool:
        """Whether a place lies in an area that is named. Outside of one lies only what cannot be in it."""
        if isinstance(wanted, Mapping):
            named = self._places(wanted["not"])
            around = {above for name in named for above in self.world.line(name)}
            return bool(code) and code not in around and not self.world.line(code) & set(named)
        return bool(self.world.line(code) & set(self._places(wanted)))

    def _places(self, wanted: Any) -> list[str]:
        names = [str(each) for each in wanted] if isinstance(wanted, list) else [str(wanted)]
        given = (self.world.mission.names(each) if each.startswith("mission.") else [each] for each in names)
        return [code for codes in given for code in codes]


def _pair(thing: Thing) -> str:
    """Who acts and on whom, either way round."""
    return " / ".join(sorted(filter(None, (thing.actor, thing.target))))


def _named(wanted: Any) -> list[str]:
    """Every value that a filter names."""
    if isinstance(wanted, Mapping):
        return [name for each in wanted.values() for name in _named(each)]
    if isinstance(wanted, list):
        return [name for each in wanted for name in _named(each)]
    return [str(wanted)]
