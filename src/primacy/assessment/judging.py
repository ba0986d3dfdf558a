"""A rule judged over the grid: leaves by evaluators, combinators by `belief`, vetoes and prerequisites around."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from primacy.assessment import belief as beliefs
from primacy.assessment import questions
from primacy.assessment.belief import Belief
from primacy.assessment.finding import Phrase
from primacy.assessment.grid import Bools, Floats
from primacy.assessment.reading import Reading
from primacy.assessment.round import Round
from primacy.assessment.selectors import Selector
from primacy.assessment.sensitivity import curve_of_each
from primacy.assessment.shares import needed_for
from primacy.assessment.trend import TrendModel
from primacy.assessment.verbs import verbs
from primacy.assessment.verdict import Call, Verdict
from primacy.evidence.numbered_days import day_number
from primacy.framework.entries import Benchmark, Measured
from primacy.framework.grammar import Each, Rule
from primacy.framework.values import number


@dataclass(frozen=True)
class Leaf:
    """One entry of the finding's parts."""

    role: str
    verb: str
    indicator: str
    verdict: Verdict


@dataclass(frozen=True)
class Prerequisite:
    """Whether an `after` is met at each point; `known` False where its own finding lacks evidence.

    `dropped`: the mission does not ask for it, so nothing waits for it either.
    """

    name: str
    met: Bools
    known: Bools
    dropped: bool = False

    def as_of(self, name: str, point: int) -> "Prerequisite":
        """The same, from a point of the grid on as it stood there: what came later does not touch what it gates."""
        points = np.minimum(np.arange(len(self.met)), point)
        return Prerequisite(name, self.met[points], self.known[points])


@dataclass
class Judging:
    """Judges the rules of one entry. `leaves` and `areas` fill up as the tree is walked."""

    round: Round
    benchmark: Measured
    readings: Mapping[str, Reading]
    model: TrendModel
    prerequisites: Mapping[str, Prerequisite]
    leaves: list[Leaf] = field(default_factory=list)
    areas: list[tuple[tuple[str, ...], Verdict, int]] = field(default_factory=list)
    unconfirmed_veto: Bools | None = None

    def judge(
        self, rule: Rule, *, role: str = "part", area: str | None = None, only: tuple[str, str] | None = None
    ) -> Belief:
        """The belief of one node; `area` and `only` narrow it inside an `each`."""
        if rule.each is not None and area is None and only is None:
            result = self._each(rule, rule.each, role)
        elif rule.is_leaf:
            result = self._leaf(rule, role, area, only)
        else:
            result = self._combined(rule, role, area, only)
        for veto in rule.veto:
            result = self._under(result, veto, area, only)
        whole = isinstance(self.benchmark, Benchmark) and rule is self.benchmark.rule
        return result if whole else self._absent(result, rule)

    def _combined(self, rule: Rule, role: str, area: str | None, only: tuple[str, str] | None) -> Belief:
        parts = [self.judge(child, role=role, area=area, only=only) for child in rule.children]
        match rule.head:
            case "all":
                return beliefs.all_of(parts)
            case "any":
                return beliefs.any_of(parts)
            case "k_of":
                return beliefs.k_of(parts, rule.call.k)
            case "not":
                return beliefs.negated(parts[0])
        needed, span = rule.call.points
        return beliefs.sustained(parts[0], needed=needed, points=span.points, step=span.step_months)

    def _leaf(self, rule: Rule, role: str, area: str | None, only: tuple[str, str] | None) -> Belief:
        verdict = self._verdict(rule, area, only)
        if area is not None or only is not None:
            return _belief(verdict, leaf=-1)
        self.leaves.append(Leaf(role, rule.head, rule.call.indicator, verdict))
        return _belief(verdict, leaf=len(self.leaves) - 1)

    def _call(self, rule: Rule, area: str | None = None, only: tuple[str, str] | None = None) -> Call:
        readings = self.readings
        if only is not None:
            readings = {id: replace(reading, only=only) for id, reading in readings.items()}
        return Call(rule.head, rule.call, readings[rule.call.indicator], readings, self.model, area)

    def _verdict(self, rule: Rule, area: str | None, only: tuple[str, str] | None) -> Verdict:
        call = self._call(rule, area, only)
        module = verbs().get(rule.head)
        return _not_yet(call) if module is None else questions.decide(call, module.decide)

    def _under(self, result: Belief, veto: Rule, area: str | None, only: tuple[str, str] | None) -> Belief:
        against = self.judge(veto, role="veto", area=area, only=only)
        lowered, unconfirmed = beliefs.vetoed(result, against)
        unconfirmed = unconfirmed & result.known  # what is not known anyway is not held back by it
        if self.unconfirmed_veto is None:
            self.unconfirmed_veto = unconfirmed
        else:
            self.unconfirmed_veto = self.unconfirmed_veto | unconfirmed
        return lowered

    def _absent(self, result: Belief, rule: Rule) -> Belief:
        """Inside a rule, a part whose prerequisite is unmet is left out until it is met."""
        for name in rule.after:
            prerequisite = self.prerequisites[name]
            unknown = ~prerequisite.known & ~prerequisite.met
            result = replace(
                result,
                absent=result.absent | (prerequisite.known & ~prerequisite.met),
                low=np.where(unknown, 0.0, result.low),
                high=np.where(unknown, 1.0, result.high),
                reason=tuple("missing" if u else r for u, r in zip(unknown, result.reason, strict=True)),
            )
        return result

    # ---- each

    def _each(self, rule: Rule, each: Each, role: str) -> Belief:
        if each.dimension == "area":
            found = self._each_area(rule)
        else:
            found = [((name,), self._element(rule, name, each)) for name in self._elements(rule, each)]
        indicator = rule.leaves()[0].call.indicator
        if not found:
            return self._empty(rule, each, role, indicator)
        index = len(self.leaves)
        # Areas that were counted together are still several areas.
        parts = [_belief(verdict, leaf=index) for names, verdict in found for _ in names]
        people = (
            self.round.people([name for names, _ in found for name in names]) if each.weight == "population" else None
        )
        asked = len(parts) if each.at_least == "all" else self._asked(each.at_least, len(parts), people)
        if people is None:
            combined = self._counted(parts, int(asked), index)
        else:
            combined = beliefs.outweighing(parts, people, asked)
        if each.dimension == "area":
            self.areas += [(codes, verdict, index) for codes, verdict in found]
        head = rule.head if rule.is_leaf else rule.leaves()[0].head
        self.leaves.append(Leaf(role, head, indicator, _summary(found, combined, each, asked, people)))
        return combined

    def _counted(self, parts: list[Belief], needed: int, index: int) -> Belief:
        """So many of the parts hold; where more are asked for than there are, those that are not there do not."""
        nobody = np.zeros(len(self.round.grid))
        parts = parts + [beliefs.interval(nobody, nobody, leaf=index)] * (needed - len(parts))
        return beliefs.k_of(parts, needed) if needed < len(parts) else beliefs.all_of(parts)

    def _asked(self, at_least: str | float | int, count: int, people: Floats | None) -> float:
        """How many of `count` must hold: a share is written with % or as a fraction, a whole number is a count. Of
        people always a share."""
        threshold = self.benchmark.thresholds.get(at_least) if isinstance(at_least, str) else None
        written = at_least if threshold is None else threshold.value
        if isinstance(written, tuple):
            raise ValueError(f"{at_least} is a pair, not a number of elements")
        if isinstance(written, int) or (isinstance(written, str) and written.strip().isdigit()):
            return max(1, int(written))
        asked = number(written)
        if people is not None:
            return asked
        return max(1, needed_for(asked, count) if asked <= 1 else round(asked))

    def _each_area(self, rule: Rule) -> list[tuple[tuple[str, ...], Verdict]]:
        level = rule.each.area if rule.each and rule.each.area is not None else self.round.mission.report_level
        module = verbs().get(rule.head) if rule.is_leaf else None
        if module is not None and hasattr(module, "decide_areas"):
            found: list[tuple[tuple[str, ...], Verdict]] = module.decide_areas(self._call(rule), level)
            return found
        codes = self.round.areas.level(level)
        return [((code,), self._inside(rule, area=code, only=None)) for code in codes]

    def _element(self, rule: Rule, name: str, each: Each) -> Verdict:
        return self._inside(rule, area=None, only=(each.dimension, name))

    def _inside(self, rule: Rule, *, area: str | None, only: tuple[str, str] | None) -> Verdict:
        """The rule for one element, as one verdict."""
        if rule.is_leaf:
            return self._verdict(rule, area, only)
        inner = self.judge(rule, area=area, only=only)
        first = self._verdict(rule.leaves()[0], area, only)
        turned = first.curve if rule.head == "not" and rule.children[0].is_leaf and not rule.veto else None
        curve = None if turned is None else lambda t: 1.0 - turned(t)
        return replace(first, low=inner.low, high=inner.high, capped=inner.capped, reasons=inner.reason, curve=curve)

    def _elements(self, rule: Rule, each: Each) -> list[str]:
        """The actors, groups, strata or items to go over: those of a register, else all that the rows name."""
        wanted = str(getattr(each, each.dimension))
        if wanted.startswith("mission."):
            return self.round.expand(wanted)
        seen = sorted(self.readings[rule.leaves()[0].call.indicator].named(each.dimension))
        if each.dimension == "group":
            return [name for name in seen if name.startswith(f"{wanted}=") and ";" not in name]
        return seen

    def _empty(self, rule: Rule, each: Each, role: str, indicator: str) -> Belief:
        """Nobody and nowhere to look at: true of all where coverage is complete, unknown elsewhere."""
        reading = self.readings[indicator]
        size = len(self.round.grid)
        vacuous = reading.window_covered() & (each.at_least == "all") & (each.dimension != "area")
        key = "areas.unknown" if each.dimension == "area" else "each.none"
        verdict = Verdict(
            low=np.where(vacuous, 1.0, 0.0),
            high=np.ones(size),
            reasons=("not covered",) * size,
            capped=reading.single_source(),
            sentence=Phrase(key, {"label": f"{self.benchmark.id}/{indicator}"}),
            change=Phrase("areas.needed") if each.dimension == "area" else None,
        )
        self.leaves.append(Leaf(role, rule.leaves()[0].head, indicator, verdict))
        return _belief(verdict, leaf=len(self.leaves) - 1)


DOCUMENT = "document/"
APPROVED = 3  # the stage from which a document counts


def document(name: str) -> Selector:
    """What is read of a document that a rule waits for."""
    return Selector("document", frozenset({"stage"}), (("category", name),), (), detail=True)


def prerequisite(name: str, round_: Round) -> Prerequisite:
    """An event of the mission file: met from its day on, and known never to be met where no day is set.

    A document, by its category: met once it is approved, unknown while nothing is on record of it.
    """
    if name.startswith(DOCUMENT):
        rows = round_.selected.detail.get(document(name), {})
        days = [d for d, v in zip(rows.get("date", ()), rows.get("value", ()), strict=True) if v >= APPROVED]
        signed = np.array([any(day <= today for day in days) for today in round_.grid.numbers], dtype=bool)
        return Prerequisite(name, signed, np.full(len(signed), len(rows.get("date", ())) > 0))
    day = round_.mission.events.get(name.removeprefix("event:"))
    met = np.zeros(len(round_.grid), dtype=bool) if day is None else round_.grid.numbers >= day_number(day)
    return Prerequisite(name, met, np.ones(len(round_.grid), dtype=bool))


def dropped(name: str, round_: Round) -> Prerequisite:
    """A benchmark that is retired, set aside or outside the mandate."""
    yes = np.ones(len(round_.grid), dtype=bool)
    return Prerequisite(name, yes, yes, dropped=True)


def _belief(verdict: Verdict, *, leaf: int) -> Belief:
    return beliefs.interval(
        verdict.low, verdict.high, leaf=leaf, capped=verdict.capped, direction=verdict.direction, reason=verdict.reasons
    )


def _not_yet(call: Call) -> Verdict:
    """A verb that this version cannot judge: never a word on it, but what it would read."""
    return Verdict(
        low=np.zeros(call.size),
        high=np.ones(call.size),
        reasons=("missing",) * call.size,
        capped=np.zeros(call.size, dtype=bool),
        sentence=Phrase(
            "verb.unknown", {"verb": call.verb, "label": call.label, "kind": call.reading.indicator.kind or ""}
        ),
    )


def _summary(
    found: list[tuple[tuple[str, ...], Verdict]], combined: Belief, each: Each, asked: float, people: Floats | None
) -> Verdict:
    """One verdict for all elements: the sentence is that of the element on which it turns."""
    single = [(names, verdict) for names, verdict in found for _ in names]
    weights = np.ones(len(single)) if people is None else people / people.sum()
    order = sorted(range(len(single)), key=lambda i: (-float(single[i][1].low[-1]), i))
    turning = int(np.searchsorted(np.cumsum(weights[order]), asked - 1e-9))
    decisive = single[order[min(turning, len(single) - 1)]]
    names = [name for name, verdict in single if verdict.low[-1] >= 0.5]
    base = decisive[1]
    values: dict[str, Any] = {
        "elements": list(decisive[0]), "dimension": each.dimension, "sentence": base.sentence, "holding": len(names),
        "of": len(single), "needed": asked,
    }  # fmt: skip
    if people is not None:
        values["value"] = float(
            sum(w for w, (_, verdict) in zip(weights, single, strict=True) if verdict.low[-1] >= 0.5)
        )
    p: Floats = np.where(combined.high <= beliefs.UNLIKELY, combined.high, combined.low)
    return replace(
        base,
        low=combined.low,
        high=combined.high,
        reasons=combined.reason,
        capped=combined.capped,
        direction=None,
        sentence=Phrase(f"each.{each.dimension}" if people is None else "each.area.people", values),
        numbers={**base.numbers, "holding": len(names), "elements": len(single), "decisive": list(decisive[0])},
        curve=curve_of_each([(verdict, len(names)) for names, verdict in found], combined, weights, asked),
        chart=None,
        level=float(p[-1]),
    )
