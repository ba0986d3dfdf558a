"""What an indicator reads and what is enough of it, in words: each choice and number that has a say in a status, also
those that the framework leaves to the usual ones of a kind of evidence or of an aggregate."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from primacy.assessment.finding import Phrase
from primacy.assessment.indicators.monitoring_effort import CHANGE
from primacy.assessment.indicators.quantities import ENOUGH, KNOWN_SHARE
from primacy.assessment.told.sentences import say_all
from primacy.evidence.kinds import KINDS, Kind
from primacy.framework import Framework
from primacy.framework.entries import Benchmark, Measured
from primacy.framework.grammar import Indicator, Rule
from primacy.framework.values import comparison, number

MONTHLY = ("falls", "rises", "ceases")  # verbs that say by themselves which months are looked at
A_YEAR = "12 months"  # the window of what names none
OF_TWO = ("ratio", "gap", "share")
BOUNDS = {">=": "at_least", ">": "more_than", "<=": "at_most"}
CONDITIONS = {**BOUNDS, "<": "less_than", "==": "equal"}


@dataclass(frozen=True)
class ToldIndicator:
    """`read`: what is counted, of what, where, when, by which effort. `enough`: how old it may be and how little."""

    id: str
    label: str
    read: str
    enough: str


def indicators_told(framework: Framework, entry: Measured, language: str) -> list[ToldIndicator]:
    """Every indicator of an entry, in the order in which they are written."""
    return [indicator_told(framework, entry, id, language) for id in entry.indicators]


def indicator_told(framework: Framework, entry: Measured, id: str, language: str) -> ToldIndicator:
    """One indicator of an entry."""
    told = _Told(entry, entry.indicators[id], _readers(entry)[id])
    read, enough = (say_all(list(each), language, framework=framework) for each in (told.read(), told.enough()))
    return ToldIndicator(id, framework.text(entry.id, f"labels.{id}", language)[0], read, enough)


def _readers(entry: Measured) -> Mapping[str, tuple[Rule, ...]]:
    """The conditions that look at each indicator."""
    flags = entry.flags.values() if isinstance(entry, Benchmark) else ()
    rules = (*entry.rules, *(each.rule for each in flags if each.rule is not None))
    leaves = [leaf for rule in rules for leaf in rule.leaves()]
    return {id: tuple(leaf for leaf in leaves if leaf.call.indicator == id) for id in entry.indicators}


@dataclass(frozen=True)
class _Told:
    entry: Measured
    indicator: Indicator
    readers: tuple[Rule, ...]

    @cached_property
    def kind(self) -> Kind | None:
        """None where it is made of other indicators alone."""
        return KINDS[self.indicator.kind] if self.indicator.kind else None

    @property
    def happens(self) -> bool:
        """Whether it is of what happens, or of how hard somebody looked, and not of how something stands."""
        return self.kind is not None and self.kind.nature in ("event", "effort")

    @property
    def window(self) -> str:
        return A_YEAR if self.indicator.window is None else str(self.indicator.window)

    @cached_property
    def by_month(self) -> bool:
        """Whether nothing but the rule says over which months it is counted."""
        if self.indicator.window is not None or not self.readers:
            return False
        return all(leaf.head in MONTHLY for leaf in self.readers)

    # ---- what is read

    def read(self) -> Iterator[Phrase]:
        yield self._aggregate()
        if self.indicator.where:
            told = [_filter(column, wanted) for column, wanted in self.indicator.where.items()]
            yield Phrase("indicator.only", {"filters": told})
        for column, wanted in self.indicator.except_.items():  # each by itself leaves out what it matches
            yield Phrase("indicator.but", {"filter": _filter(column, wanted)})
        yield from self._passing()
        if self.indicator.since is not None:
            yield Phrase("indicator.since", {"moment": _moment(self.indicator)})
        if self.indicator.effort is not None:
            key = "indicator.effort.changed" if self.by_month else "indicator.effort"
            yield Phrase(key, {"effort": self.indicator.effort} | ({"change": CHANGE} if self.by_month else {}))

    def _aggregate(self) -> Phrase:
        name = self.indicator.aggregate
        special = {"share": self._share, "distinct": self._distinct, "gap": self._gap, "ratio": self._ratio}
        if name in special:
            return special[name]()
        values: dict[str, Any] = {"what": self._what()}
        if name in ("sum", "rate"):
            return self._by_months(values) if self.by_month else Phrase(f"indicator.{name}", self._within(values))
        if name == "median_gap":
            return Phrase("indicator.pause", self._within({**values, "by": self._by()}))
        return Phrase(f"indicator.{name}", values)

    def _within(self, values: dict[str, Any]) -> dict[str, Any]:
        return {**values, "window": self.window}

    def _by_months(self, values: dict[str, Any]) -> Phrase:
        windows = list(dict.fromkeys(str(leaf.call.window) for leaf in self.readers))
        compared = any(leaf.head != "ceases" for leaf in self.readers)
        return Phrase("indicator.months" if compared else "indicator.months.alone", {**values, "windows": windows})

    def _what(self) -> Phrase:
        assert self.kind is not None
        values = {"kind": self.kind.name}
        measure = self.indicator.measure or self.indicator.pass_.get("measure")
        if measure in (None, "events") or len(self.kind.measures) == 1:
            return Phrase("indicator.what", values)
        return Phrase("indicator.what.measure", {**values, "measure": measure})

    def _by(self) -> Phrase:
        return Phrase(f"indicator.by.{self.indicator.by}")

    def _distinct(self) -> Phrase:
        values = {"what": self._what(), "by": self._by()}
        if self.indicator.pass_:
            return Phrase("indicator.distinct.pass", values)
        if self.happens:
            return Phrase("indicator.distinct", {**values, "window": self.window})
        return Phrase("indicator.distinct.now", values)

    def _share(self) -> Phrase:
        of, register = self.indicator.of, self.indicator.register_
        if register is not None:
            if isinstance(of, str):
                return Phrase("indicator.share.among", {"whole": self._label(of), "what": self._what()})
            return Phrase("indicator.share.register", {"whole": self._register(register), "what": self._what()})
        if self.kind is not None:
            whole = of if isinstance(of, str) else (of or [""])[-1]
            values = {"whole": self._label(whole), "what": self._what(), "window": self.window}
            return Phrase("indicator.share.count", values)
        return Phrase("indicator.share.two", self._two())

    def _ratio(self) -> Phrase:
        return Phrase("indicator.ratio", self._two())

    def _gap(self) -> Phrase:
        between = self.indicator.between
        if between is None:
            return Phrase("indicator.less", self._two())
        named = between if isinstance(between, str) else ", ".join(between)
        return Phrase("indicator.apart", {"what": self._what(), "between": named})

    def _two(self) -> dict[str, Any]:
        part, whole = list(self.indicator.of or ())[:2]
        return {"part": self._label(part), "whole": self._label(whole)}

    def _label(self, id: str) -> str:
        return f"{self.entry.id}/{id}"

    def _register(self, name: str) -> Phrase:
        if name == "areas":
            return Phrase("indicator.register.areas")
        if name.startswith("mission."):
            return Phrase("indicator.register.mission", {"name": name.removeprefix("mission.")})
        return Phrase("indicator.register.kind", {"kind": name, "by": self._by()})

    def _passing(self) -> Iterator[Phrase]:
        tests = [phrase for key, wanted in self.indicator.pass_.items() for phrase in self._test(key, wanted)]
        if not tests:
            return
        yield Phrase("indicator.passes", {"tests": tests})
        if not self.happens and self.indicator.by != "item":
            yield Phrase("indicator.one-passes", {"by": self._by()})

    def _test(self, key: str, wanted: Any) -> Iterator[Phrase]:
        match key:
            case "value":
                yield self._value(str(wanted))
            case "stage":
                yield Phrase("indicator.pass.stage", {"step": str(wanted)})
            case "group":
                yield Phrase("indicator.pass.group", {"group": str(wanted).replace(";", ", ")})
            case "date":
                yield Phrase("indicator.pass.due")
            case "events":
                test = comparison(str(wanted))
                values = {"count": (self._number(test.right) or 0) + (test.sign == ">")}
                if self.indicator.window is None:
                    yield Phrase("indicator.pass.ever", values)
                else:
                    yield Phrase("indicator.pass.events", {**values, "window": self.window})

    def _value(self, wanted: str) -> Phrase:
        assert self.kind is not None
        test = comparison(wanted)
        measure = self.indicator.measure or self.indicator.pass_.get("measure") or next(iter(self.kind.measures))
        unit, asked = self.kind.measures.get(measure, ""), self._number(test.right)
        if unit == "items" and test.sign in (">=", "==") and asked == 1:
            return Phrase("indicator.pass.yes", {"measure": measure})
        if asked is None:  # a norm of the country
            condition = Phrase("indicator.norm", {"sign": test.sign, "name": test.right.removeprefix("norm.")})
        elif unit == "share" and test.sign in BOUNDS:
            condition = Phrase(f"bound.share.{BOUNDS[test.sign]}", {"threshold": asked})
        else:
            condition = Phrase(f"condition.{CONDITIONS[test.sign]}", {"threshold": asked})
        return Phrase("indicator.pass.value", {"measure": measure, "condition": condition})

    def _number(self, name: str) -> float | None:
        threshold = self.entry.thresholds.get(name)
        if threshold is not None:
            return threshold.number
        try:
            return number(name)
        except ValueError:
            return None

    # ---- what is enough of it

    def enough(self) -> Iterator[Phrase]:
        yield from self._age()
        if self.indicator.aggregate in OF_TWO and isinstance(self.indicator.of, list):
            yield Phrase("indicator.parts")
        yield from self._size()
        if self.indicator.areas is not None:
            yield Phrase("indicator.areas", {"share": number(self.indicator.areas)})
        if self.indicator.sources:
            yield Phrase("indicator.sources", {"counts": self.indicator.sources})
        if self._wants_two:
            yield Phrase("indicator.two-sources")
        for leaf in self.readers:
            if leaf.head == "scored":
                yield from self._coders(leaf)

    def _age(self) -> Iterator[Phrase]:
        if self.kind is None:
            return
        if self.happens:
            yield Phrase("indicator.covered")
        elif self.indicator.fresh is not None:
            yield Phrase("indicator.fresh", {"span": str(self.indicator.fresh)})
        elif self.kind.shelf_life is not None:
            yield Phrase("indicator.fresh.kind", {"span": f"{self.kind.shelf_life} days"})
        else:
            yield Phrase("indicator.fresh.never")

    def _size(self) -> Iterator[Phrase]:
        stated = next(iter(self.indicator.enough.values()), None)
        if self.indicator.aggregate == "share":
            if self.indicator.register_ is not None:
                yield Phrase("indicator.known", {"share": KNOWN_SHARE})
            else:
                yield Phrase("indicator.enough.whole", {"count": ENOUGH if stated is None else stated})
        elif stated is not None and self.kind is not None and self.kind.nature == "estimate":
            yield Phrase("indicator.enough.asked", {"count": stated})

    @property
    def _wants_two(self) -> bool:
        if self.kind is None or self.entry.term == "short":
            return False
        return self.kind.corroborate and not self.kind.official

    def _coders(self, leaf: Rule) -> Iterator[Phrase]:
        agreement = None if self.kind is None else self.kind.agreement
        if agreement is None:
            return
        asked = leaf.call.agreement
        kappa = agreement.kappa if asked is None else self._number(str(asked))
        yield Phrase("indicator.coders", {"kappa": kappa, "items": agreement.items})


def _filter(column: str, wanted: Any, *, but: bool = False) -> Phrase:
    if isinstance(wanted, dict) and set(wanted) == {"not"}:
        return _filter(column, wanted["not"], but=not but)
    end, listed = ".not" if but else "", [str(each) for each in (wanted if isinstance(wanted, list) else [wanted])]
    if len(listed) == 1 and listed[0].startswith("mission."):
        return Phrase(f"indicator.filter.mission{end}", {"column": column, "name": listed[0].removeprefix("mission.")})
    key = "of" if len(listed) > 1 else "is"
    return Phrase(f"indicator.filter.{key}{end}", {"column": column, "values": ", ".join(listed)})


def _moment(indicator: Indicator) -> Phrase:
    since = indicator.since
    assert since is not None
    if since.apart is None:
        return Phrase("indicator.moment", {"event": since.event})
    key = "after" if since.sign == "+" else "before"
    return Phrase(f"indicator.moment.{key}", {"event": since.event, "span": str(since.apart)})
