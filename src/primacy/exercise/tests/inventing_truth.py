"""Invents, for a benchmark, a truth in which every part of its rule holds, or none does, from its rule alone.

Months 0 to 23 are before, the baseline is months 12 to 23; from month 24 on all is as wanted, and stays.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np

from primacy.assessment.tests.building import country, mission
from primacy.evidence.kinds import KINDS
from primacy.exercise.tests.wanting_rules import Want, made_of, unit_of, wants
from primacy.exercise.true_items import items
from primacy.exercise.true_things import Look, World
from primacy.exercise.true_values import value
from primacy.exercise.truth import Thing, Truth
from primacy.framework import Framework, Mission
from primacy.framework.entries import Benchmark
from primacy.framework.grammar import Indicator
from primacy.framework.values import comparison, number

FIRST, MONTHS, CHANGE, LATE = date(2020, 1, 1), 66, 24, 60
ITEMS = 20
AREAS = ("XX01", "XX02", "XX03", "XX04")
STRATA = ("Morand", "Belwe", "Tasso", "Ouve")
NAMES = {"sex": ("sex=f", "sex=m"), "group": ("sex=f", "sex=m"), "stratum": STRATA, "area": AREAS}
LAST = {"sex=m", "camp=opposition", "vote=opposition", "Ouve", "XX04"}  # who is apart, where anybody is
LISTS = (
    "bound_actors", "marginalised_groups", "party_pairs", "dialogue_groups", "constitution_groups", "local_councils",
    "actors_outside_scope",
)  # fmt: skip
BASELINE = {"name": "before", "from": "2021-01-01", "to": "2021-12-31", "signed": ["planning", "jmac"], "because": "x"}


def setting(framework: Framework) -> Mission:
    """A mission that says everything that rules ask for. What they wait for is decided to be waited for no longer."""
    waited = sorted({name for names in framework.prerequisites().values() for name in names})
    return mission(
        baselines=[BASELINE],
        events={"polling_day": "2022-03-01", "complaints_closed": "2022-05-01", "change_of_government": "2022-06-01"},
        priority_counterparts=["priority-1", "priority-2"],
        registers={name: [f"{name}-{n}" for n in (1, 2)] for name in LISTS},
        set_aside=[{"benchmark": id, "by": "head", "on": "2020-01-01", "because": "a test"} for id in waited],
    )


# ---- a world in which it is so


@dataclass
class Inventing:
    """Things with their months, added one indicator after another."""

    framework: Framework
    benchmark: Benchmark
    mission: Mission
    wanted: dict[str, Want]
    rows: dict[Thing, tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]] = field(default_factory=dict)

    def truth(self) -> Truth:
        things = tuple(self.rows)
        if not things:
            return Truth(FIRST, (), np.zeros((0, MONTHS)), np.zeros((0, MONTHS)))
        values, underlying = (np.array([self.rows[thing][place] for thing in things]) for place in (0, 1))
        return Truth(FIRST, things, values, underlying)

    def world(self) -> World:
        return World(self.truth(), self.framework, self.mission, country())

    def build(self) -> Truth:
        """Parts before the wholes that they are parts of, so that a whole is only filled up."""
        derived = {id: each for id, each in self.benchmark.indicators.items() if each.of and not each.register_}
        wholes = {name for each in derived.values() for name in made_of(each)}
        read = {rule.call.indicator for rule in self.benchmark.rule.leaves()}
        for id in self.benchmark.indicators:
            if id in read and id not in derived and id not in wholes:
                self.add(id, self.wanted[id].chosen(unit_of(self.benchmark.indicators[id])))
        filled = [fill for id, each in derived.items() if id in read for fill in self._part_and_whole(id, each)]
        for _whole, id, upto in sorted(filled, key=lambda fill: fill[0]):
            self._fill(id, upto)
        for id, each in derived.items():
            if id in read and each.aggregate == "ratio":
                self._inside(*made_of(each), share=self.wanted[id].chosen("share"))
        return self.truth()

    def _inside(self, part: str, whole: str, *, share: float) -> None:
        """Of two counts of items, the part are items of the whole, also of those that other indicators brought into it."""
        mine, its = self.benchmark.indicators[part], self.benchmark.indicators[whole]
        if its.measure != "expected" or not (mine.pass_ and its.pass_):
            return
        found = items(Look(self.world(), self.benchmark, whole))
        good, _bad, _groups = self._values(mine)
        for name in () if found is None else found.names[: math.ceil(share * len(found.names) - 1e-9)]:
            thing = replace(self._thing(mine, mine.measure or ""), item=name, area=AREAS[0])
            self.put(thing, np.full(MONTHS, good))

    def _part_and_whole(self, id: str, indicator: Indicator) -> list[tuple[bool, str, float]]:
        """Whether it is the whole, which indicator, and how much of it."""
        wanted = self.wanted[id].chosen("share" if indicator.aggregate != "gap" else "number")
        named = made_of(indicator)
        below = named[-1] if indicator.aggregate != "gap" else named[0]
        above = id if indicator.kind is not None and indicator.aggregate == "share" else named[0]
        size = max(float(ITEMS), math.ceil(self.wanted[below].low)) if self.wanted[below].low > 0 else float(ITEMS)
        if self.wanted[below].high < size:
            size = self.wanted[below].high
        if indicator.aggregate == "gap":
            return [(False, named[1], size), (True, named[0], size + wanted)]
        above_has = math.ceil(wanted * size - 1e-9)
        if self.wanted[above].low > above_has and above != id:
            above_has = int(self.wanted[above].low)
        return [(False, above, above_has), (True, below, size)]

    def _fill(self, id: str, upto: float) -> None:
        """So much of an indicator as there is not yet."""
        look = Look(self.world(), self.benchmark, id)
        bare = self.benchmark.model_copy(
            update={"indicators": {id: look.indicator.model_copy(update={"of": None, "aggregate": "sum"})}}
        )
        looked = Look(look.world, bare, id) if look.indicator.of else look
        there = float(np.nan_to_num(value(looked))[-1])
        self.add(id, upto - there)

    def add(self, id: str, wanted: float) -> None:
        indicator = self.benchmark.indicators[id]
        if indicator.kind is None:
            return
        match KINDS[indicator.kind].nature:
            case "event" | "effort":
                self._events(id, indicator, wanted)
            case "state":
                self._states(id, indicator, wanted)
            case _:
                self._levels(id, indicator, wanted)

    def put(self, thing: Thing, values: Any, underlying: Any = None) -> None:
        nothing = np.full(MONTHS, np.nan)
        old = self.rows.get(thing)
        if old is not None and underlying is not None:
            values, underlying = old[0] + values, old[1] + underlying
        self.rows[thing] = (np.array(values, dtype=float), nothing if underlying is None else np.array(underlying))

    # ---- events

    def _events(self, id: str, indicator: Indicator, wanted: float) -> None:
        want, measure = self.wanted[id], indicator.measure or next(iter(KINDS[indicator.kind or ""].measures))
        base = self._thing(indicator, measure)
        if indicator.aggregate == "rate" or indicator.per is not None:
            areas = AREAS if any(name == "area" for name, _ in want.about) else (base.area,)
            for area in areas:
                monthly = np.where(np.arange(MONTHS) < CHANGE, 40.0, 40.0 * want.trend)
                self.put(replace(base, area=area), monthly, monthly)
            return
        if indicator.register_ is not None:
            for thing in self._registered(indicator, base):
                monthly = np.full(MONTHS, 0.5 if wanted > 0.4 else 0.0)
                self.put(thing, monthly, monthly)
            return
        if indicator.aggregate == "distinct":
            for n in range(max(1, round(wanted))):
                monthly = np.full(MONTHS, float(wanted > 0))
                self.put(replace(base, **{indicator.by: self._name(indicator, n)}), monthly, monthly)
            return
        if math.isfinite(self.wanted[id].high):
            wanted = 0.9 * wanted  # a sum of parts of an event is no whole number to the last digit
        window = 12 if indicator.window is None else indicator.window.months
        monthly = np.full(MONTHS, max(0.0, wanted) / window)
        if indicator.since is not None:
            monthly = np.where(np.arange(MONTHS) < CHANGE, 0.0, max(0.0, wanted) / (MONTHS - CHANGE))
        elements = [base]
        for dimension, _name in want.about:
            if dimension == "actor":
                elements = [replace(base, actor=name) for name in ("one", "two")]
        for thing in elements:
            known = self.rows.get(thing)
            total = monthly if known is None else known[0] + monthly
            self.rows[thing] = (total, total)

    def _registered(self, indicator: Indicator, base: Thing) -> Iterator[Thing]:
        names = AREAS if indicator.register_ == "areas" else self.mission.names(str(indicator.register_))
        for name in names:
            yield replace(base, **{indicator.by: name})

    def _name(self, indicator: Indicator, n: int) -> str:
        given = indicator.where.get(indicator.by)
        names = self.mission.names(given) if isinstance(given, str) and given.startswith("mission.") else []
        return names[n % len(names)] if names else f"{indicator.by}-{n}"

    # ---- states

    def _states(self, id: str, indicator: Indicator, wanted: float) -> None:
        want, kind = self.wanted[id], KINDS[indicator.kind or ""]
        measure = indicator.measure or str(indicator.pass_.get("measure") or "stage")
        base = self._thing(indicator, measure)
        if any(rule.head == "sequence" and rule.call.indicator == id for rule in self.benchmark.rule.leaves()):
            self._steps(indicator, base, want)
        elif indicator.aggregate in ("mean", "max", "min", "last") and not indicator.pass_:
            for thing in self._for_each(want, base):
                for n in range(ITEMS):
                    area = AREAS[n % len(AREAS)]
                    item = replace(thing, item=thing.item or f"{thing.category or kind.name}-{n}", area=area)
                    self.put(item, np.full(MONTHS, wanted))
                    if indicator.register_ is not None:
                        self.put(replace(item, measure="expected"), np.ones(MONTHS))
        else:
            share = indicator.aggregate == "share"
            passing = math.ceil(wanted * ITEMS - 1e-9) if share else max(0, round(wanted))
            for thing in self._for_each(want, base):
                self._items(indicator, thing, passing, want)

    def _items(self, indicator: Indicator, base: Thing, passing: int, want: Want) -> None:
        """Twenty items of a register, or as many as ought to be counted; they come to pass when all changes."""
        count = ITEMS if indicator.register_ is not None else max(1, passing)
        # Areas that must all be over a share, or must not, hold the same: all pass, or none.
        if any(name == "area" for name, _ in want.about) or indicator.register_ == "areas" or self._covered(indicator):
            passing = count if passing > count / 3 else 0
        good, bad, groups = self._values(indicator)
        before = bad if (base.kind, base.measure) in self._rising() else good
        for n in range(count):
            # An item stands in one category; that of who holds a place says by what means.
            of_place = base.category.rpartition("/")[0] if base.kind == "control" else base.category
            name = base.item or f"{of_place if of_place != 'control' else base.category}-{n}"
            thing = replace(base, item=name, area=base.area or AREAS[n % 4])
            if indicator.by == "target" and indicator.register_ is not None:
                thing = replace(thing, target=f"target-{n}")
            passes = n < passing
            values = np.where(np.arange(MONTHS) < CHANGE, before, good) if passes else np.full(MONTHS, bad)
            if passes and want.moves is not None and want.moves < 0:
                values = np.full(MONTHS, good)
            if not passes and want.moves is not None and want.moves < 0:
                values = np.where(np.arange(MONTHS) < CHANGE, good, bad)
            if groups:
                thing = replace(thing, group=groups[0] if passes else groups[1])
            if indicator.measure == "expected":
                values = np.full(MONTHS, 1.0 if passes else np.nan)
            if indicator.register_ is not None:
                self.put(replace(thing, measure="expected", group=""), np.ones(MONTHS))
                if "date" in indicator.pass_:
                    self.put(replace(thing, measure="due", group=""), np.full(MONTHS, 40.0))
            self.put(thing, values)

    def _rising(self) -> set[tuple[str, str | None]]:
        """Kinds and measures of which a rule wants that there are more of them now than before."""
        rising = [self.benchmark.indicators[id] for id, want in self.wanted.items() if (want.moves or 0.0) > 0]
        return {(str(each.kind), each.measure) for each in rising}

    def _covered(self, indicator: Indicator) -> bool:
        named = {rule.call.indicator for rule in self.benchmark.rule.leaves() if rule.head == "covers"}
        return any(self.benchmark.indicators[id] is indicator for id in named)

    def _values(self, indicator: Indicator) -> tuple[float, float, tuple[str, str] | None]:
        """A value that passes, one that does not, and the two groups where the group is what is asked."""
        asked = indicator.pass_
        groups = ("age=15-29;sex=f", "age=30-59;sex=m") if "group" in asked else None
        if "value" in asked:
            test = comparison(asked["value"])
            named = self.benchmark.thresholds.get(test.right)
            right = number(test.right) if named is None else named.number
            apart = {">=": (0.0, -0.3), "<=": (0.0, 0.3), "<": (-1.0, 0.0), "==": (0.0, 1.0)}[test.sign]
            return right + apart[0], right + apart[1], groups
        if "stage" in asked:
            kind, category = KINDS[indicator.kind or ""], str(indicator.where.get("category", ""))
            place = kind.stage(indicator.measure or "stage", str(asked["stage"]), category) or 0
            return float(place), float(place - 1) if place > 1 else math.nan, groups
        return 1.0, 1.0 if groups else 0.0, groups

    def _steps(self, indicator: Indicator, base: Thing, want: Want) -> None:
        kind, category = KINDS[base.kind], str(indicator.where.get("category", ""))
        values = np.full(MONTHS, np.nan)
        for n, step in enumerate(want.steps):
            values[CHANGE + 2 * n :] = kind.stage(base.measure, step, category) or 0
        key = replace(base, item=base.item or "body")
        if key not in self.rows or want.steps:
            self.put(key, values)

    # ---- estimates

    def _levels(self, id: str, indicator: Indicator, wanted: float) -> None:
        want = self.wanted[id]
        share = unit_of(indicator) == "share"
        base = replace(self._thing(indicator, indicator.measure or ""), item="q", area="")
        moves = 0.0 if want.moves is None else want.moves
        wanted = min(1.0, max(wanted, moves + 0.05)) if share and moves > 0 else wanted
        change = LATE if want.late else CHANGE
        for thing in self._for_each(want, base):
            apart = want.apart if {thing.group, thing.stratum, thing.area} & LAST else 0.0
            values = np.where(np.arange(MONTHS) < change, wanted - moves, wanted) - apart
            if thing not in self.rows:  # two indicators may ask the same of everybody: the first has it
                self.put(thing, values)

    def _for_each(self, want: Want, base: Thing) -> Iterator[Thing]:
        """The whole, and everybody of whom the rule asks."""
        yield base
        for dimension, name in sorted(want.about):
            if dimension == "between":
                if "|" in name:
                    yield from (replace(base, group=each) for each in name.split("|"))
                else:
                    yield from (replace(base, **{name: each}) for each in NAMES[name])
            elif dimension == "group":
                yield from (replace(base, group=f"{name}={each}") for each in ("f", "m"))
            elif dimension == "actor":
                names = self.mission.names(name) if name.startswith("mission.") else ("one", "two")
                yield from (replace(base, actor=each) for each in names)
            elif dimension in ("stratum", "area") and KINDS[base.kind].nature == "estimate":
                yield from (replace(base, **{dimension: each}) for each in NAMES[dimension])

    # ---- identity

    def _thing(self, indicator: Indicator, measure: str) -> Thing:
        """A thing that passes the indicator's own filters."""
        given = {name: self._filled(wanted) for name, wanted in indicator.where.items()}
        counts = KINDS[indicator.kind or ""].nature in ("event", "effort")
        place = given.pop("area", "XX01" if counts else "")
        thing = Thing(indicator.kind or "", measure, area=place, **given)
        if given.get("actor") and given.get("actor") == given.get("target"):
            thing = replace(thing, target=self.mission.names("bound_actors")[1])
        if counts:
            thing = replace(thing, actor=thing.actor or "somebody", target=thing.target or "somebody-else")
        return thing

    def _filled(self, wanted: Any) -> str:
        if isinstance(wanted, dict):
            return "XX02"
        name = str(wanted[0] if isinstance(wanted, list) else wanted)
        return self.mission.names(name)[0] if name.startswith("mission.") else name


def invented(framework: Framework, id: str, *, good: bool, vetoes: bool = False) -> Truth:
    benchmark = framework.benchmarks[id]
    wanted = wants(benchmark, good=good, vetoes=vetoes)
    return Inventing(framework, benchmark, setting(framework), wanted).build()
