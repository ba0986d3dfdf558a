"""Whether a benchmark truly holds in a world whose truth is known: a second opinion on what its rule means.

Two answers, yes and no; None where the question does not arise (not asked for yet, not in the mandate) or the world has
no such thing. Trends speak of the underlying number of events, shares of registers of the items as they are, surveys of
true levels, scores of the whole points that are deserved.
"""

import re
from dataclasses import dataclass, field

import numpy as np

from primacy.exercise import true_logic as logic
from primacy.exercise.true_logic import ABSENT, NO, UNKNOWN, YES, Course
from primacy.exercise.true_things import Look, World
from primacy.exercise.true_verbs import verdict
from primacy.exercise.truth import Truth
from primacy.framework import Framework, Mission
from primacy.framework.entries import BENCHMARK, Benchmark
from primacy.framework.grammar import Each, Rule
from primacy.framework.values import awaited, number
from primacy.places.areas import Areas

DOCUMENT = "document/"
APPROVED = 3  # the stage from which a document that is waited for counts


@dataclass(frozen=True)
class TrueLeaf:
    """Whether one part of a rule truly holds; role, indicator and evaluator are those of the part of a finding."""

    role: str  # part | veto
    indicator: str
    evaluator: str
    truth: bool | None


def holds(
    benchmark_id: str, truth: Truth, mission: Mission, framework: Framework, areas: Areas, month: int
) -> bool | None:
    """Whether the benchmark truly holds at the end of a month.

    Raises   KeyError for a benchmark that the framework does not have, IndexError for a month outside the world.
    """
    return of_code(judged(World(truth, framework, mission, areas), benchmark_id).course[month])


def leaves(
    benchmark_id: str, truth: Truth, mission: Mission, framework: Framework, areas: Areas, month: int
) -> tuple[TrueLeaf, ...]:
    """The parts and vetoes of the rule, in the order of the parts of a finding; its signs and directions come after
    them and have no truth here."""
    return judged(World(truth, framework, mission, areas), benchmark_id).leaves_at(month)


def of_code(code: int) -> bool | None:
    return None if code < 0 else bool(code)


@dataclass(frozen=True)
class Judged:
    """A benchmark over all months of a world, and each of its leaves: (role, indicator, evaluator, course)."""

    course: Course
    leaves: tuple[tuple[str, str, str, Course], ...]

    def leaves_at(self, month: int) -> tuple[TrueLeaf, ...]:
        return tuple(TrueLeaf(role, id, verb, of_code(course[month])) for role, id, verb, course in self.leaves)


def judged(world: World, benchmark_id: str) -> Judged:
    """All months at once. One world judges a benchmark once, however often others wait for it."""
    key = ("judged", benchmark_id)
    if key not in world.memory:
        world.memory[key] = _judged(world, world.framework.benchmarks[benchmark_id])
    found: Judged = world.memory[key]
    return found


def _judged(world: World, benchmark: Benchmark) -> Judged:
    walk = _Walk(world, benchmark)
    course = walk.rule(benchmark.rule, "part")
    if not applies(world, benchmark.id):
        course = logic.all_unknown(world.months)
    else:
        for name in benchmark.rule.after:
            course = np.where(awaited_course(world, name) == YES, course, np.int8(UNKNOWN))
        course = np.where(_begun(world, benchmark), course, np.int8(UNKNOWN))
    return Judged(course, tuple(walk.leaves))


def applies(world: World, benchmark_id: str) -> bool:
    """Whether the mandate asks for it and no decision set it aside."""
    benchmark, mandate = world.framework.benchmarks[benchmark_id], world.mission.mandate
    aside = any(each.benchmark == benchmark_id and each.counts for each in world.mission.set_aside)
    return mandate.covers(benchmark_id) and mandate.allows(benchmark.electoral) and not aside


def _begun(world: World, benchmark: Benchmark) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """The months at whose end the horizon has begun."""
    horizon = world.mission.horizon(benchmark.id, benchmark.horizon)
    first = 0 if horizon is None else world.truth.month_of(horizon[0])
    begun: np.ndarray[tuple[int], np.dtype[np.bool_]] = np.arange(world.months) >= first
    return begun


def awaited_course(world: World, name: str) -> Course:
    """Whether what a rule waits for has come: a benchmark, as it stands or stood at an event, an event or a document.

    A benchmark that nobody asks for is waited for no longer.
    """
    subject, event = awaited(name)
    if subject not in world.framework.benchmarks:
        if re.fullmatch(BENCHMARK, subject):
            return np.full(world.months, YES, dtype=np.int8)
        return _document(world, subject) if subject.startswith(DOCUMENT) else _event(world, subject)
    if not applies(world, subject):
        return np.full(world.months, YES, dtype=np.int8)
    standing, day = judged(world, subject).course, world.mission.events.get(event)
    standing = np.where(standing == ABSENT, np.int8(UNKNOWN), standing)
    if day is None:
        return standing
    stood = np.clip(world.truth.month_of(day), 0, world.months - 1)
    as_it_stood: Course = standing[np.minimum(np.arange(world.months), stood)]
    return as_it_stood


def _event(world: World, name: str) -> Course:
    """Come from the month of its day on; never where no day is set."""
    day = world.mission.events.get(name.removeprefix("event:"))
    month = world.months if day is None else world.truth.month_of(day)
    return (np.arange(world.months) >= month).astype(np.int8)


def _document(world: World, category: str) -> Course:
    """Come once it is approved; unknown in a world without it."""
    truth = world.truth
    papers = [(row, truth.things[row].category) for row in truth.rows_of("document", "stage")]
    rows = [row for row, named in papers if named == category or named.startswith(f"{category}/")]
    if not rows:
        return logic.all_unknown(world.months)
    approved = (np.nan_to_num(truth.values[rows]) >= APPROVED).any(axis=0)
    return np.maximum.accumulate(approved).astype(np.int8)


@dataclass
class _Walk:
    """Goes through a rule and notes each leaf; what stands inside an `each` is noted once, as the `each`."""

    world: World
    entry: Benchmark
    leaves: list[tuple[str, str, str, Course]] = field(default_factory=list)

    def rule(self, rule: Rule, role: str) -> Course:
        if rule.each is not None:
            course = self._each(rule, rule.each)
            first = rule.leaves()[0]
            self.leaves.append((role, first.call.indicator, first.head, course))
        elif rule.is_leaf:
            course = verdict(Look(self.world, self.entry, rule.call.indicator), rule.head, rule.call)
            self.leaves.append((role, rule.call.indicator, rule.head, course))
        else:
            course = _combined(rule, [self.rule(child, role) for child in rule.children])
        return self._around(rule, course, [self.rule(veto, "veto") for veto in rule.veto])

    def _around(self, rule: Rule, course: Course, vetoes: list[Course]) -> Course:
        for veto in vetoes:
            course = logic.under_veto(course, veto)
        if rule is not self.entry.rule:
            for name in rule.after:
                came = awaited_course(self.world, name)
                course = np.where(came == NO, np.int8(ABSENT), np.where(came == UNKNOWN, np.int8(UNKNOWN), course))
        return course

    def _each(self, rule: Rule, each: Each) -> Course:
        first = Look(self.world, self.entry, rule.leaves()[0].call.indicator)
        if each.dimension == "area":
            level = self.world.mission.report_level if each.area is None else each.area
            codes = self.world.areas.level(level)
            found = [self._inside(rule, area=code) for code in codes]
        else:
            found = [self._inside(rule, only=(each.dimension, name)) for name in _elements(first, each)]
        if not found:
            return self._empty(first, each)
        if each.at_least == "all":
            return logic.all_of(found)
        people = self.world.people(codes) if each.weight == "population" else None
        asked, whole = _how_many(first, each.at_least)
        if people is not None:
            return logic.of_weights(found, people, asked)
        needed = int(asked) if whole else int(np.ceil(asked * len(found) - 1e-9))
        return logic.counted(found, max(1, needed))

    def _inside(self, rule: Rule, *, area: str | None = None, only: tuple[str, str] | None = None) -> Course:
        """The rule for one element; nothing in it is noted."""
        if rule.is_leaf:
            look = Look(self.world, self.entry, rule.call.indicator, area=area, only=only)
            return verdict(look, rule.head, rule.call)
        bare = [self._inside(child, area=area, only=only) for child in rule.children]
        vetoes = [] if rule.each is not None else [self._inside(veto, area=area, only=only) for veto in rule.veto]
        combined = _combined(rule, bare)
        return combined if rule.each is not None else self._around(rule, combined, vetoes)

    def _empty(self, first: Look, each: Each) -> Course:
        """Nobody to look at: so it is of all of them, where what they might have done is counted at all."""
        vacuous = each.at_least == "all" and each.dimension != "area" and first.counts and bool(first.rows())
        return np.full(self.world.months, YES if vacuous else UNKNOWN, dtype=np.int8)


def _combined(rule: Rule, parts: list[Course]) -> Course:
    match rule.head:
        case "all":
            return logic.all_of(parts)
        case "any":
            return logic.any_of(parts)
        case "k_of":
            return logic.k_of(parts, rule.call.k)
        case "not":
            return logic.negated(parts[0])
    needed, span = rule.call.points
    return logic.sustained(parts[0], needed=needed, points=span.points, step=span.step_months)


def _elements(first: Look, each: Each) -> list[str]:
    """The actors, groups, strata or items to go over: a list of the mission file, else all that there are."""
    wanted = str(getattr(each, each.dimension))
    if wanted.startswith("mission."):
        return first.world.mission.names(wanted)
    named = first.named(each.dimension)
    if each.dimension == "group":
        return [name for name in named if name.startswith(f"{wanted}=") and ";" not in name]
    return named


def _how_many(look: Look, at_least: str | float | int) -> tuple[float, bool]:
    """How many of the elements must hold, and whether that is a count: a whole number without % is one."""
    threshold = look.entry.thresholds.get(at_least) if isinstance(at_least, str) else None
    written = at_least if threshold is None else threshold.value
    if isinstance(written, tuple):
        raise ValueError(f"{at_least} is a pair, not a number of elements")
    whole = isinstance(written, int) or (isinstance(written, str) and written.strip().isdigit())
    return number(written), whole
