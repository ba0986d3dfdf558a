"""A rule judged over the grid: leaves by evaluators, combinators by `belief`, vetoes and prerequisites around."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np

from primacy.assessment.finding import Phrase
from primacy.assessment.indicators import questions
from primacy.assessment.indicators.reading import Reading
from primacy.assessment.indicators.selectors import Selector
from primacy.assessment.indicators.shares import needed_for
from primacy.assessment.rules import belief as beliefs
from primacy.assessment.rules import movable
from primacy.assessment.rules.adequacy import adequate
from primacy.assessment.rules.belief import Belief
from primacy.assessment.rules.element import as_likely, as_one
from primacy.assessment.rules.grid import Bools, Floats
from primacy.assessment.rules.round import Round
from primacy.assessment.rules.verbs import verbs
from primacy.assessment.rules.verdict import Call, Verdict
from primacy.assessment.rules.walked import Moved, Walked, combined, of_verdict, without
from primacy.assessment.told import enough_told
from primacy.assessment.told.rule_phrases import counts_whole
from primacy.assessment.trends.false_discovery import RATE, discoveries
from primacy.assessment.trends.trend import TrendModel
from primacy.evidence.store.numbered_days import day_number
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
    """Judges the rules of one entry. `leaves`, `areas` and `walked` fill up as the tree is walked."""

    round: Round
    benchmark: Measured
    readings: Mapping[str, Reading]
    model: TrendModel
    prerequisites: Mapping[str, Prerequisite]
    leaves: list[Leaf] = field(default_factory=list)
    areas: list[tuple[tuple[str, ...], Verdict, int]] = field(default_factory=list)
    unconfirmed_veto: Bools | None = None
    walked: list[Walked] = field(default_factory=list)  # the nodes done whose parent is still open

    @property
    def tree(self) -> Walked:
        """The rule that was judged last, with all that it is made of."""
        return self.walked[-1]

    def judge(
        self, rule: Rule, *, role: str = "part", area: str | None = None, only: tuple[str, str] | None = None
    ) -> Belief:
        """The belief of one node; `area` and `only` narrow it inside an `each`."""
        begun = len(self.walked)
        if rule.each is not None and area is None and only is None:
            node = self._each(rule, rule.each, role)
        elif rule.is_leaf:
            node = self._leaf(rule, role, area, only)
        else:
            parts = [self.judge(child, role=role, area=area, only=only) for child in rule.children]
            node = Walked(rule, role, combined(rule, parts), tuple(self.walked[begun:]))
        del self.walked[begun:]
        result = node.belief
        for veto in rule.veto:
            result = self._under(result, veto, area, only)
        vetoes = tuple(self.walked[begun:])
        del self.walked[begun:]
        whole = isinstance(self.benchmark, Benchmark) and rule is self.benchmark.rule
        result = result if whole else without(result, rule, self.prerequisites)
        self.walked.append(replace(node, belief=result, vetoes=vetoes))
        return result

    def _leaf(self, rule: Rule, role: str, area: str | None, only: tuple[str, str] | None) -> Walked:
        verdict = self._verdict(rule, area, only)
        inside = area is not None or only is not None
        if not inside:
            self.leaves.append(Leaf(role, rule.head, rule.call.indicator, verdict))
        leaf = -1 if inside else len(self.leaves) - 1
        return self._walked(rule, role, verdict, leaf)

    def _walked(self, rule: Rule, role: str, verdict: Verdict, leaf: int) -> Walked:
        asked = movable.of_leaf(self.benchmark, rule)
        name = None if asked is None else asked.name
        return Walked(rule, role, of_verdict(verdict, leaf=leaf), leaf=leaf, verdict=verdict, number=name)

    def _call(self, rule: Rule, area: str | None = None, only: tuple[str, str] | None = None) -> Call:
        readings = self.readings
        if only is not None:
            readings = {id: replace(reading, only=only) for id, reading in readings.items()}
        return Call(rule.head, rule.call, readings[rule.call.indicator], readings, self.model, area)

    def _verdict(self, rule: Rule, area: str | None, only: tuple[str, str] | None) -> Verdict:
        call = self._call(rule, area, only)
        module = verbs().get(rule.head)
        return _not_yet(call) if module is None else adequate(call, questions.decide(call, module.decide))

    def _under(self, result: Belief, veto: Rule, area: str | None, only: tuple[str, str] | None) -> Belief:
        against = self.judge(veto, role="veto", area=area, only=only)
        lowered, unconfirmed = beliefs.vetoed(result, against)
        # An unknown veto holds nothing back of what is not known anyway; one that is likelier than not is told always.
        unconfirmed = unconfirmed & (result.known | against.known)
        if self.unconfirmed_veto is None:
            self.unconfirmed_veto = unconfirmed
        else:
            self.unconfirmed_veto = self.unconfirmed_veto | unconfirmed
        return lowered

    # ---- each

    def _each(self, rule: Rule, each: Each, role: str) -> Walked:
        begun = len(self.walked)
        if each.dimension == "area":
            found = self._each_area(rule, one_of_many=role == "veto" and each.at_least != "all")
        else:
            found = [((name,), self._element(rule, name, each)) for name in self._elements(rule, each)]
        indicator = rule.leaves()[0].call.indicator
        if not found:
            return self._empty(rule, each, role, indicator)
        index = len(self.leaves)
        people = (
            self.round.people([name for names, _ in found for name in names]) if each.weight == "population" else None
        )
        number = movable.of_each(self.benchmark, rule)
        counting = _Counting([len(names) for names, _ in found], people, index, each, self._asked)
        combined = counting.joined([of_verdict(verdict, leaf=index) for _, verdict in found], each.at_least)
        if each.dimension == "area":
            self.areas += [(codes, verdict, index) for codes, verdict in found]
        head = rule.head if rule.is_leaf else rule.leaves()[0].head
        asked = counting.asked(each.at_least)
        self.leaves.append(Leaf(role, head, indicator, _summary(found, combined, each, asked, people)))
        # An element of a whole rule was walked; one of a single verb is its verdict.
        parts = tuple(self.walked[begun:]) or tuple(self._walked(rule, role, verdict, -1) for _, verdict in found)
        join = partial(counting.again, name=None if number is None else number.name)
        return Walked(
            rule, role, combined, parts, leaf=index, join=join, number=None if number is None else number.name
        )

    def _asked(self, at_least: str | float | int, count: int, people: Floats | None) -> float:
        """How many of `count` must hold: a share is written with % or as a fraction, a whole number is a count. Of
        people always a share."""
        threshold = self.benchmark.thresholds.get(at_least) if isinstance(at_least, str) else None
        written = at_least if threshold is None else threshold.value
        if isinstance(written, tuple):
            raise ValueError(f"{at_least} is a pair, not a number of elements")
        if counts_whole(self.benchmark, at_least):
            return max(1, int(written))
        asked = number(written)
        if people is not None:
            return asked
        return max(1, needed_for(asked, count) if asked <= 1 else round(asked))

    def _each_area(self, rule: Rule, *, one_of_many: bool) -> list[tuple[tuple[str, ...], Verdict]]:
        level = rule.each.area if rule.each and rule.each.area is not None else self.round.mission.report_level
        module = verbs().get(rule.head) if rule.is_leaf else None
        if module is not None and hasattr(module, "decide_areas"):
            found: list[tuple[tuple[str, ...], Verdict]] = module.decide_areas(
                self._call(rule), level, one_of_many=one_of_many
            )
            return found
        codes = self.round.areas.level(level)
        return [((code,), self._inside(rule, area=code, only=None)) for code in codes]

    def _element(self, rule: Rule, name: str, each: Each) -> Verdict:
        return self._inside(rule, area=None, only=(each.dimension, name))

    def _inside(self, rule: Rule, *, area: str | None, only: tuple[str, str] | None) -> Verdict:
        """The rule for one element, as one verdict."""
        if rule.is_leaf:
            return self._verdict(rule, area, only)
        self.judge(rule, area=area, only=only)
        return as_one(self.tree)

    def _elements(self, rule: Rule, each: Each) -> list[str]:
        """The actors, groups, strata or items to go over: those of a register, else all that the rows name."""
        wanted = str(getattr(each, each.dimension))
        if wanted.startswith("mission."):
            return self.round.expand(wanted)
        seen = sorted(self.readings[rule.leaves()[0].call.indicator].named(each.dimension))
        if each.dimension == "group":
            return [name for name in seen if name.startswith(f"{wanted}=") and ";" not in name]
        return seen

    def _empty(self, rule: Rule, each: Each, role: str, indicator: str) -> Walked:
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
        leaf = len(self.leaves) - 1
        return Walked(rule, role, of_verdict(verdict, leaf=leaf), leaf=leaf, verdict=verdict)


@dataclass(frozen=True)
class _Counting:
    """How the elements of an `each` are counted. Areas that were counted together are still several areas."""

    counts: list[int]
    people: Floats | None
    leaf: int
    each: Each
    read: Callable[[str | float | int, int, Floats | None], float]

    def asked(self, at_least: str | float | int) -> float:
        """How many of them, or how much of the people, must hold."""
        total = sum(self.counts)
        return total if at_least == "all" else self.read(at_least, total, self.people)

    def joined(self, elements: Sequence[Belief], at_least: str | float | int) -> Belief:
        parts = [part for part, count in zip(elements, self.counts, strict=True) for _ in range(count)]
        asked = self.asked(at_least)
        if self.people is not None:
            return beliefs.outweighing(parts, self.people, asked)
        return self._counted(parts, int(asked))

    def again(self, elements: Sequence[Belief], moved: Moved, *, name: str | None) -> Belief:
        """The same with numbers moved: those inside the elements, and how many must hold."""
        at_least: str | float | int = self.each.at_least if name is None or name not in moved else moved[name]
        if self.people is None and not isinstance(at_least, str) and float(at_least).is_integer() and at_least >= 1:
            at_least = int(at_least)
        own = [
            beliefs.interval(each.low, each.high, leaf=self.leaf, capped=each.capped, reason=each.reason)
            for each in elements
        ]
        return self.joined(own, at_least)

    def _counted(self, parts: list[Belief], needed: int) -> Belief:
        """So many of the parts hold; where more are asked for than there are, those that are not there do not."""
        nobody = np.zeros(len(parts[0].low))
        parts = parts + [beliefs.interval(nobody, nobody, leaf=self.leaf)] * (needed - len(parts))
        return beliefs.k_of(parts, needed) if needed < len(parts) else beliefs.all_of(parts)


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


def _enough_of_each(
    decisive: Verdict, each: Each, holding: int, asked: float, total: int, people: Floats | None
) -> Callable[[bool], tuple[Phrase, ...]]:
    """How many more elements must hold, and what would be enough for the one on which it turns."""

    def enough(veto: bool) -> tuple[Phrase, ...]:
        more = () if people is not None or veto else enough_told.of_elements(each.dimension, holding, asked, total)
        return more + (() if decisive.enough is None else decisive.enough(veto))

    return enough


def _standing(verdict: Verdict) -> tuple[float, float]:
    """Sorts elements from the one that holds best to the one that fails worst. Equally likely ones are told apart by
    how far their value lies from what is asked: many are certain to fail, and the worst of them is to be named."""
    p, value, asked = float(verdict.low[-1]), verdict.numbers.get("value"), verdict.numbers.get("threshold")
    apart = 0.0 if value is None or asked is None or math.isnan(value) else abs(value - asked)
    return -p, apart if p < 0.5 else -apart


def _summary(
    found: list[tuple[tuple[str, ...], Verdict]], combined: Belief, each: Each, asked: float, people: Floats | None
) -> Verdict:
    """One verdict for all elements: the sentence is that of the element on which it turns."""
    single = [(names, verdict) for names, verdict in found for _ in names]
    weights = np.ones(len(single)) if people is None else people / people.sum()
    order = sorted(range(len(single)), key=lambda i: (*_standing(single[i][1]), i))
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
    numbers = {**base.numbers, "holding": len(names), "elements": len(single), "decisive": list(decisive[0])}
    sentence = Phrase(f"each.{each.dimension}" if people is None else "each.area.people", values)
    if each.dimension == "area" and each.at_least != "all" and people is None:
        numbers["flagged"] = _standing_out(found)
        if numbers["flagged"]:
            sentence = Phrase("each.area.flagged", {"sentence": sentence, "flagged": numbers["flagged"], "rate": RATE})
    p: Floats = np.where(combined.high <= beliefs.UNLIKELY, combined.high, combined.low)
    return replace(
        base,
        low=combined.low,
        high=combined.high,
        reasons=combined.reason,
        capped=combined.capped,
        direction=None,
        sentence=sentence,
        numbers=numbers,
        bounds=None,
        doubt=base.doubt if as_likely(base, combined) else None,
        enough=_enough_of_each(base, each, len(names), asked, len(single), people),
        chart=None if base.chart is None or each.dimension == "area" else replace(base.chart, elements=decisive[0]),
        level=float(p[-1]),
    )


def _standing_out(found: list[tuple[tuple[str, ...], Verdict]]) -> list[str]:
    """The areas that are named at a held rate of false discoveries; those counted together stand out together."""
    sure = [verdict.low[-1] if verdict.among is None else verdict.among for _, verdict in found]
    named = discoveries([round(float(p), 3) for p in sure])
    return [code for place in named for code in found[place][0]]
