"""Which findings suffer from a lack of evidence, and what to collect first because it lets most of them be decided.

A finding lacks a kind of evidence where a condition of its rule that reads it could not be judged. Once it has all that
it lacks it can be decided. Where a rule takes one condition or another, less may be enough than what is listed here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from primacy.assessment.finding import Finding, Part
from primacy.framework import Framework
from primacy.framework.entries import Benchmark
from primacy.framework.grammar import Indicator

UNDECIDED = "insufficient evidence"
SILENT = ("not applicable", "not yet applicable")  # nobody waits for their evidence now
DECIDING = ("part", "veto")  # a sign or a direction that cannot be judged leaves the status as it is
BY_HAND = "document"  # what a rule waits for besides benchmarks and events is a document


@dataclass(frozen=True)
class Lack:
    """One indicator whose evidence does not suffice; `kinds` are what it reads."""

    indicator: str
    kinds: tuple[str, ...]
    reason: str  # missing | stale | thin | not covered | changed


@dataclass(frozen=True)
class Suffering:
    """A finding with what it lacks. `undecided`: it cannot be told how the benchmark stands."""

    benchmark: str
    undecided: bool
    lacks: tuple[Lack, ...]

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(kind for lack in self.lacks for kind in lack.kinds)


@dataclass(frozen=True)
class Ask:
    """What the framework asks for, for one benchmark: the places of it in the benchmark's list, cheapest first, and
    the indicators that lack it."""

    benchmark: str
    alone: bool  # nothing else is lacking
    places: tuple[int, ...]
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """A kind of evidence, with the undecided findings that lack it and those that it would make surer."""

    kind: str
    asks: tuple[Ask, ...]
    surer: tuple[str, ...]
    by_then: int = 0  # findings that lack nothing any more once this and all that stands before it are collected

    @property
    def decides(self) -> int:
        """How many findings lack this and nothing else."""
        return sum(ask.alone for ask in self.asks)

    @property
    def helps(self) -> int:
        """How many undecided findings lack it together with other evidence."""
        return len(self.asks) - self.decides


def suffering(findings: Sequence[Finding], framework: Framework) -> list[Suffering]:
    """Findings of which some condition could not be judged, in their order."""
    found = []
    for each in findings:
        benchmark = framework.benchmarks.get(each.benchmark)
        if benchmark is None or each.status in SILENT:
            continue
        undecided = each.status == UNDECIDED
        lacks = tuple(_lacks(each, benchmark))
        if undecided and not lacks:
            lacks = tuple(_awaited(each, benchmark))
        if lacks:
            found.append(Suffering(each.benchmark, undecided, lacks))
    return found


def _lacks(finding: Finding, benchmark: Benchmark) -> Iterator[Lack]:
    """Each indicator once; of conditions and vetoes only the conditions, where any of them is unknown."""
    unknown = [part for part in finding.parts if part.role in DECIDING and part.reason and not part.adequate]
    if any(part.role == "part" for part in unknown):
        unknown = [part for part in unknown if part.role == "part"]
    first: dict[str, Part] = {}
    for part in unknown:
        first.setdefault(part.indicator, part)
    for id, part in first.items():
        if id in benchmark.indicators:
            kinds = tuple(dict.fromkeys(_kinds(benchmark.indicators[id], benchmark.indicators)))
            yield Lack(id, kinds, part.reason or "missing")


def _kinds(indicator: Indicator, indicators: Mapping[str, Indicator]) -> Iterator[str]:
    """What an indicator reads, also by way of the indicators that it is computed from."""
    if indicator.kind is not None:
        yield indicator.kind
        return
    of = [indicator.of] if isinstance(indicator.of, str) else indicator.of or []
    for each in of:
        if each in indicators:
            yield from _kinds(indicators[each], indicators)


def _awaited(finding: Finding, benchmark: Benchmark) -> Iterator[Lack]:
    """A finding whose own conditions can be judged waits for something else: a document, or the first to collect."""
    listed = [each["kind"] for each in finding.collect]
    kinds = [kind for kind in listed if kind == BY_HAND] or listed[:1]
    if kinds:
        yield Lack("", (kinds[0],), finding.reason or "missing")


def wanted(findings: Sequence[Finding], framework: Framework) -> list[Wanted]:
    """Kinds of evidence in the order in which to collect them: at each step the one that decides most findings, then
    the one of which findings with little else to collect lack most, then the cheapest."""
    asked = {each.benchmark: [entry["kind"] for entry in each.collect] for each in findings}
    suffer = suffering(findings, framework)
    listed = {}
    for kind in dict.fromkeys(kind for each in suffer for kind in sorted(each.kinds)):
        asks = [_ask(each, kind, asked[each.benchmark]) for each in suffer if each.undecided and kind in each.kinds]
        surer = tuple(each.benchmark for each in suffer if not each.undecided and kind in each.kinds)
        listed[kind] = Wanted(kind, tuple(sorted(asks, key=lambda ask: (not ask.alone, _cost(ask)))), surer)
    return list(_in_order(listed, {each.benchmark: set(each.kinds) for each in suffer if each.undecided}))


def _in_order(listed: dict[str, Wanted], lacking: dict[str, set[str]]) -> Iterator[Wanted]:
    """`lacking`: by undecided benchmark the kinds that it lacks; what is collected is taken out of it."""

    def weight(each: Wanted) -> tuple[float, ...]:
        left = [len(lacking[ask.benchmark]) for ask in each.asks]
        cost = sum(map(_cost, each.asks)) / len(left) if left else 99.0
        return left.count(1), sum(1 / count for count in left), -cost, len(each.surer)

    while listed:
        kind = max(listed, key=lambda name: weight(listed[name]))
        for kinds in lacking.values():
            kinds.discard(kind)
        yield replace(listed.pop(kind), by_then=sum(not kinds for kinds in lacking.values()))


def _ask(each: Suffering, kind: str, listed: Sequence[str]) -> Ask:
    places = tuple(place for place, name in enumerate(listed) if name == kind)
    indicators = tuple(lack.indicator for lack in each.lacks if kind in lack.kinds and lack.indicator)
    return Ask(each.benchmark, each.kinds == {kind}, places, indicators)


def _cost(ask: Ask) -> int:
    """Frameworks list what to collect with the cheapest first; what is not listed comes last."""
    return ask.places[0] if ask.places else 99
