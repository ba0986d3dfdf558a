"""The gaps of the evidence told on the terminal and to scripts: heat map, what to collect first, reporting delays."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from primacy.assessment.finding import Finding
from primacy.assessment.inputs import FULL
from primacy.assessment.told.wanting import Ask, Wanted, suffering, wanted
from primacy.evidence.kinds import KINDS
from primacy.evidence.lacking.delays import AFTER_MONTHS, Delay
from primacy.evidence.lacking.gaps import MARKS, Gaps, enough_by_kind
from primacy.evidence.lacking.gaps_at_hand import Asked, delays_at_hand, gaps_at_hand
from primacy.evidence.store.numbered_days import first_day
from primacy.evidence.store.raster import COUNTRY
from primacy.framework import Framework, Instance, Mission
from primacy.framework.translations import to_collect
from primacy.places.areas import Areas

Tree = dict[str, Any]
LETTERS = {"full": "#", "single": "1", "thin": "<", "open": "+", "stale": "~", "pending": "-", "missing": "."}
MEANINGS = {
    "full": "known", "single": "one source, of a kind that asks for two", "thin": "too few answers",
    "open": "known in part: silence is not zero, or some items are too old or were never told",
    "stale": "too old", "pending": "the month is not over", "missing": "nothing known",
}  # fmt: skip
MONTHS = 24
FIRST = 5  # kinds whose benchmarks are spelt out in text; --json has all


@dataclass(frozen=True)
class Shown:
    """All that the doors show, as of a day and a state of knowledge."""

    as_of: date
    framework: Framework
    gaps: Gaps
    wanted: tuple[Wanted, ...]
    delays: tuple[Delay, ...]
    findings: Mapping[str, Finding]

    @property
    def undecided(self) -> int:
        return len({ask.benchmark for each in self.wanted for ask in each.asks})


def shown(
    framework: Framework, mission: Mission, instance: Instance, findings: Sequence[Finding], *, as_of: date,
    known: datetime, months: int = MONTHS, level: int = FULL, report_level: int | None = None,
) -> Shown:  # fmt: skip
    """`level`: nothing is counted of data points above this confidentiality; `report_level`: else the mission's."""
    enough = enough_by_kind(each for entry in framework.measured for each in entry.indicators.values())
    depth = mission.report_level if report_level is None else report_level
    limit = None if level >= FULL else level
    asked = Asked.of(as_of, months, mission.country, depth, limit, enough)
    found = gaps_at_hand(instance.evidence, instance.places, asked, known=known)
    late = delays_at_hand(instance.evidence, limit, known=known)
    return Shown(
        as_of, framework, found, tuple(wanted(findings, framework)), late, {each.benchmark: each for each in findings}
    )


# ---- for scripts


def shown_object(told: Shown, area: str = COUNTRY) -> Tree:
    """The one object of `primacy gaps --json`."""
    found = told.gaps
    return {
        "as_of": told.as_of.isoformat(),
        "area": area,
        "months": [first_day(month).isoformat() for month in found.months],
        "kinds": [_kind_object(found, place, area) for place in range(len(found.kinds))],
        "findings": [
            {"benchmark": each.benchmark, "undecided": each.undecided,
             "lacks": [{"indicator": lack.indicator, "kinds": list(lack.kinds), "reason": lack.reason}
                       for lack in each.lacks]}
            for each in suffering(list(told.findings.values()), told.framework)
        ],
        "collect": [_wanted_object(each, told) for each in told.wanted],
        "delays": [
            {"lineage": each.lineage, "kind": each.kind, "events": each.events, "half_days": each.half_days,
             "known_after_months": {str(after): share for after, share in each.shares.items()}}
            for each in told.delays
        ],
    }  # fmt: skip


def _kind_object(found: Gaps, place: int, area: str) -> Tree:
    where = found.areas.index(area)
    marks, by_area = found.marks[place, where].tolist(), found.by_area[place].tolist()
    counts = {name: getattr(found, name)[place, where].tolist() for name in ("rows", "fresh", "stale", "missing")}
    areas = {code: MARKS[mark] for code, mark in zip(found.areas, by_area, strict=True) if code != COUNTRY}
    return {
        "kind": found.kinds[place],
        "nature": KINDS[found.kinds[place]].nature,
        "marks": [MARKS[mark] for mark in marks],
        **counts,
        "covered": found.covered[place, where].tolist(),
        "sources": found.sources[place, where].tolist(),
        "areas": areas if found.placed[place] else {},
    }


def _wanted_object(each: Wanted, told: Shown) -> Tree:
    return {
        "kind": each.kind,
        "template": f"primacy template {each.kind}",
        "decides_alone": each.decides,
        "decided_by_then": each.by_then,
        "undecided": told.undecided,
        "asks": [
            {"benchmark": ask.benchmark, "alone": ask.alone, "what": [what for what, _ in words_of(ask, told)],
             "how": [how for _, how in words_of(ask, told)]}
            for ask in each.asks
        ],
        "surer": list(each.surer),
    }  # fmt: skip


def words_of(ask: Ask, told: Shown, language: str = "en") -> list[tuple[str, str]]:
    """(what, how) of what the framework asks for, in a language; where it lists nothing of the kind, the indicators."""
    listed = to_collect(told.framework, ask.benchmark, told.findings[ask.benchmark].collect, language)
    if ask.places:
        return [(listed[place]["what"], listed[place]["how"]) for place in ask.places]
    return [(told.framework.text(ask.benchmark, f"labels.{each}", language)[0], "") for each in ask.indicators]


# ---- for people


def lines(told: Shown, areas: Areas, area: str = COUNTRY) -> Iterator[str]:
    found = told.gaps
    where = found.areas.index(area)
    name = f" in {areas.name(area)}" if area else ""
    first, last = (first_day(found.months[place]) for place in (0, -1))
    yield f"Evidence{name} as of {told.as_of}, {first:%b %Y} to {last:%b %Y}, one letter a month"
    marks = found.marks[:, where]
    shown = [place for place, yes in enumerate((found.placed if area else found.told).tolist()) if yes]
    width = max((len(found.kinds[place]) for place in shown), default=0)
    for place in shown:
        yield f"  {found.kinds[place]:<{width}}  {''.join(LETTERS[MARKS[mark]] for mark in marks[place].tolist())}"
    yield from (f"  {LETTERS[mark]}  {MEANINGS[mark]}" for mark in reversed(MARKS))
    nothing = [kind for place, kind in enumerate(found.kinds) if place not in shown]
    if nothing and not area:
        yield f"No data point at all: {', '.join(nothing)}"
    if area == COUNTRY and found.placed.any():
        yield from _area_lines(found, areas)
    yield from _collect_lines(told)
    yield from _delay_lines(told.delays)


def _area_lines(found: Gaps, areas: Areas) -> Iterator[str]:
    placed = [place for place, yes in enumerate(found.placed.tolist()) if yes]
    yield f"By area: {', '.join(found.kinds[place] for place in placed)}"
    width = max(len(areas.name(code)) for code in found.areas[1:])
    for place, code in enumerate(found.areas[1:], 1):
        letters = "".join(LETTERS[MARKS[found.by_area[kind, place]]] for kind in placed)
        yield f"  {code:<8} {areas.name(code):<{width}}  {letters}"


def _collect_lines(told: Shown) -> Iterator[str]:
    asked = [each for each in told.wanted if each.asks]
    if not asked:
        return
    yield f"Collect first, of what {told.undecided} undecided findings lack:"
    for number, each in enumerate(asked, 1):
        more = f"{each.by_then} of {told.undecided} can then be decided"
        yield f"  {number}. {each.kind}: {len(each.asks)} lack it; {more}; primacy template {each.kind}"
        for ask in each.asks if number <= FIRST else ():
            for what, _ in words_of(ask, told):
                yield f"       {ask.benchmark:<6} {what}"


def _delay_lines(learnt: Sequence[Delay]) -> Iterator[str]:
    if not learnt:
        yield "Nothing tells yet how long reports take: no release followed another, no row says when it was known."
        return
    yield f"Known after {', '.join(map(str, AFTER_MONTHS))} months:"
    for each in learnt:
        shares = " ".join(f"{100 * each.shares[after]:3.0f}%" for after in AFTER_MONTHS)
        half = f"half of {each.events} events are known after {each.half_days} days"
        yield f"  {each.lineage} {each.kind}: {shares}; {half}"
