"""Two assessments computed again in every mixture of their inputs that an attribution asks for."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

import pyarrow as pa

from primacy import __version__
from primacy.assessment.assessing import Assessment, assess, kinds_read, rows_read
from primacy.assessment.checks.dated import Came, alike, came
from primacy.assessment.finding import Finding
from primacy.assessment.inputs import FULL, Inputs
from primacy.assessment.over_time.attributing import CALIBRATION, CODE, LEVEL, PLACES, RULE, TIME, Path, Stand, orders
from primacy.assessment.over_time.vintages import NEW, REVISED, WITHDRAWN, Known, Vintages, united, vintages
from primacy.evidence.errors import BadInput
from primacy.evidence.store.columns import NAMES
from primacy.evidence.store.store import Store
from primacy.framework import Framework, Mission

ORDER = (RULE, CALIBRATION, PLACES, LEVEL, WITHDRAWN, REVISED, TIME, NEW)
"""The order in which things are changed: the past is corrected, time passes, what is new is learnt."""


@dataclass(frozen=True)
class Side:
    """One stored assessment with all that it read. `house`: the evidence of the instance where it was stored, if that
    is at hand: it also tells what was known then and not read."""

    inputs: Inputs
    assessment: Assessment
    house: Store | None = None

    @property
    def as_of(self) -> date:
        return self.assessment.as_of

    @property
    def known(self) -> datetime:
        return self.assessment.known

    @property
    def day(self) -> date:
        """The day whose mission file was in force: of a day to come nothing is judged."""
        return min(self.as_of, self.known.date())


World = frozenset[str]
"""The causes that are as in the later assessment; all others are as in the earlier one."""


@dataclass(frozen=True)
class Replay:
    """The worlds between two assessments, `first` being the one whose knowledge is older."""

    first: Side
    last: Side
    only: Collection[str]

    @cached_property
    def evidence(self) -> Vintages:
        as_of = max(self.first.as_of, self.last.as_of)
        sides = (Known(rows, side.inputs.store.versions(known=side.known), side.known)
                 for side, rows in zip((self.first, self.last), self._rows(as_of), strict=True))  # fmt: skip
        return vintages(*sides, as_of=as_of)

    @cached_property
    def causes(self) -> dict[str, list[str]]:
        """By benchmark what differs that it can depend on, in the order in which it is changed."""
        one, other = self.first.inputs, self.last.inputs
        differs = {
            CALIBRATION: one.model.as_dict() != other.model.as_dict(),
            PLACES: one.areas.as_dict() != other.areas.as_dict(),
            LEVEL: one.level != other.level,
            TIME: self.first.as_of != self.last.as_of,
        }
        always = {cause for cause, yes in differs.items() if yes}
        rules = [_rules(side.inputs.framework) for side in (self.first, self.last)]
        read = [kinds_read(side.inputs.framework) for side in (self.first, self.last)]
        touched = {cause: self.evidence.kinds(cause) for cause in self.evidence.causes}
        late, early = self._by_day
        same_mission = alike(self._came.taken_from(late.inputs.mission), early.inputs.mission)
        found = {}
        for id in self.only:
            mine = set(always)
            if rules[0][id] != rules[1][id] or not same_mission:
                mine.add(RULE)
            mine |= {cause for cause, kinds in touched.items() if kinds & (read[0][id] | read[1][id])}
            found[id] = [each for each in ORDER if each in mine]
        return found

    @cached_property
    def _by_day(self) -> tuple[Side, Side]:
        """The side whose day is later, and the other."""
        return (self.first, self.last) if self.first.day > self.last.day else (self.last, self.first)

    @cached_property
    def _came(self) -> Came:
        late, early = self._by_day
        return came(
            early.inputs.mission, late.inputs.mission, after=early.day, until=late.day, signed_by=early.known.date()
        )

    def _mission(self, moved: World) -> Mission:
        """The mission file of one side as it counts on the day of one side."""
        late, early = self._by_day
        rule, day = (self.last if cause in moved else self.first for cause in (RULE, TIME))
        if rule is early and day is late:
            return self._came.added_to(rule.inputs.mission)
        if rule is late and day is early:
            return self._came.taken_from(rule.inputs.mission)
        return rule.inputs.mission

    def paths(self, tell: Callable[[float], None] | None = None) -> dict[str, list[Path]]:
        """By benchmark the steps of both orders, the stored findings at their ends."""
        steps = {id: [_worlds(order) for order in orders(causes)] for id, causes in self.causes.items()}
        readers: dict[World, list[str]] = {}
        for id, paths in steps.items():
            for world in dict.fromkeys(world for path in paths for _, world in path):
                if not self._is_stored(id, world):
                    readers.setdefault(world, []).append(id)
        stands: dict[World, dict[str, Stand]] = {}
        for done, (world, ids) in enumerate(readers.items()):
            stands[world] = self._stands(world, ids)
            if tell is not None:
                tell((done + 1) / len(readers))
        ends = [stands_of(side.assessment.findings) for side in (self.first, self.last)]
        return {
            id: [
                _path(
                    ends[0][id], ends[1][id],
                    [(cause, stands.get(world, {}).get(id) or ends[len(world) > 0][id]) for cause, world in path],
                )
                for path in paths
            ]
            for id, paths in steps.items()
        }  # fmt: skip

    def _is_stored(self, id: str, world: World) -> bool:
        """Whether a world is one of the two assessments, and this code is the one that computed it."""
        side = {0: self.first, len(self.causes[id]): self.last}.get(len(world))
        return side is not None and side.assessment.code == __version__

    def _stands(self, moved: World, ids: Collection[str]) -> dict[str, Stand]:
        """Some benchmarks, where the causes that moved are as in the later assessment."""
        one, other = self.first.inputs, self.last.inputs
        rule = other if RULE in moved else one
        inputs = Inputs(
            framework=rule.framework.only(ids), mission=self._mission(moved), store=self.evidence.mixed(moved),
            areas=(other if PLACES in moved else one).areas, model=(other if CALIBRATION in moved else one).model,
            level=(other if LEVEL in moved else one).level,
        )  # fmt: skip
        as_of = (self.last if TIME in moved else self.first).as_of
        return stands_of(assess(inputs, as_of=as_of, known=max(self.first.known, self.last.known)).findings)

    def _rows(self, as_of: date) -> Iterator[pa.Table]:
        """All that each side knew of what either rule reads, as far as it is at hand."""
        rules = [self.first.inputs]
        if (
            self.first.inputs.framework.hash != self.last.inputs.framework.hash
            or rules[0].mission != self.last.inputs.mission
        ):
            rules.append(self.last.inputs)
        for side in (self.first, self.last):
            packed = side.inputs.store
            tables = [packed.fetch(packed.rows(as_of=as_of, known=side.known).select(*NAMES))]
            if self._at_hand(side):
                for rule in rules:
                    inputs = replace(
                        rule, framework=rule.framework.only(self.only), store=side.house or packed, level=FULL
                    )
                    tables.append(rows_read(inputs, as_of=as_of, known=side.known))
            yield united(tables)

    @staticmethod
    def _at_hand(side: Side) -> bool:
        """Whether the house still holds what the assessment knew."""
        if side.house is None or side.inputs.level < FULL:
            return False
        try:
            return side.house.evidence_hash(known=side.known) == side.assessment.evidence
        except BadInput:
            return False


def _rules(framework: Framework) -> dict[str, Any]:
    """By benchmark what its finding depends on of the framework: itself and all that it waits for."""
    plain = {each["id"]: each for each in framework.as_dict()["benchmarks"]}
    return {id: [plain[each] for each in framework.only([id]).benchmarks] for id in plain}


def _worlds(order: Sequence[str]) -> list[tuple[str, World]]:
    """The steps of an order: what is changed, and all that is changed by then."""
    return [(cause, frozenset(order[:place])) for place, cause in enumerate(["", *order])]


def stands_of(findings: Sequence[Finding]) -> dict[str, Stand]:
    return {each.benchmark: Stand(each.status, each.probability) for each in findings}


def _path(first: Stand, last: Stand, steps: Path) -> Path:
    """Stored, computed again, changed step by step, stored: what computing again alone changes is the code's."""
    if steps[0][1] == first and steps[-1][1] == last:
        return steps
    return [("", first), (CODE, steps[0][1]), *steps[1:], (CODE, last)]
