"""An assessment: framework, mission file, data points, places, calibration in; a finding for each benchmark out."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from graphlib import TopologicalSorter

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from primacy import __version__
from primacy.assessment.composing import compose
from primacy.assessment.finding import Finding, Phrase, Watch
from primacy.assessment.indicators.combinations import selectors_in
from primacy.assessment.indicators.reading import Reading
from primacy.assessment.indicators.selection import counted, select, taken, up_to
from primacy.assessment.indicators.selectors import Selector, selectors_of
from primacy.assessment.inputs import FULL, Inputs, digest
from primacy.assessment.rules import statuses as deciding
from primacy.assessment.rules.belief import MET, Belief
from primacy.assessment.rules.grid import REPORTED, Bools, Grid
from primacy.assessment.rules.judging import DOCUMENT, Judging, Prerequisite, document, dropped, prerequisite
from primacy.assessment.rules.round import Round
from primacy.assessment.rules.signs import SELECTOR as SIGN_SELECTOR
from primacy.assessment.rules.signs import signs
from primacy.assessment.rules.watching import watch
from primacy.assessment.trends.ahead import judge_together
from primacy.evidence.store.columns import NAMES, SCHEMA
from primacy.evidence.store.numbered_days import day_number, month_index
from primacy.evidence.store.store import Store
from primacy.framework import Framework, Mission
from primacy.framework.entries import BENCHMARK, Benchmark, Measured
from primacy.framework.grammar import Each
from primacy.framework.values import awaited

HISTORY_MONTHS = 480  # forty years are enough for any baseline


@dataclass(frozen=True)
class Assessment:
    id: str
    as_of: date
    known: datetime
    framework: str
    evidence: str
    code: str
    findings: tuple[Finding, ...]
    watches: tuple[Watch, ...] = ()


def assess(
    inputs: Inputs, *, as_of: date, known: datetime, progress: Callable[[float], None] | None = None,
    bare: bool = False,
) -> Assessment:  # fmt: skip
    """Judge every benchmark as of a day, with what was known at a moment.

    `bare`: statuses, probabilities, flags and parts alone, for who judges histories by the hundred: no risks, no
    places, and nothing of what would change a finding.
    """
    round_, by_row = prepare(inputs, as_of=as_of, known=known)
    benchmarks = inputs.framework.benchmarks
    readings = {id: _readings(each, round_, by_row) for id, each in benchmarks.items()}
    judge_together(inputs.model, {id: each.rule for id, each in benchmarks.items()}, readings)
    judged: dict[str, _Judged] = {}
    order = _order(inputs.framework)
    for done, id in enumerate(order):
        judged[id] = _judge(inputs, benchmarks[id], round_, readings[id], judged, bare)
        if progress is not None:
            progress((done + 1) / len(order))
    findings = {id: judged[id].finding for id in benchmarks}
    watches = tuple(
        watch(each, round_, inputs.model, _readings(each, round_, by_row), findings)
        for each in (() if bare else inputs.framework.watched)
    )
    evidence = inputs.store.evidence_hash(known=known)
    return Assessment(
        id=_id(inputs, evidence, as_of, known), as_of=as_of, known=known, framework=inputs.framework.hash,
        evidence=evidence, code=__version__, findings=tuple(findings.values()), watches=watches,
    )  # fmt: skip


def prepare(inputs: Inputs, *, as_of: date, known: datetime) -> tuple[Round, set[tuple[str, str]]]:
    """Fetch all that the rules read."""
    by_row = set(_by_row(inputs.framework.measured))
    wanted, expand = _wanted(inputs.framework, by_row), inputs.mission.names
    selected = select(
        inputs.store, selectors_in(wanted), expand, as_of=as_of, known=known, level=_level(inputs)
    )  # fmt: skip
    items = counted(inputs.store, _rows(inputs, as_of, known), wanted, expand)
    grid = Grid(as_of)
    first = month_index(as_of) - HISTORY_MONTHS
    versions = inputs.store.versions(known=known)
    reporting = inputs.still_reported(known)
    return Round(inputs.mission, grid, inputs.areas, versions, selected, first, items, reporting), by_row


def rows_read(inputs: Inputs, *, as_of: date, known: datetime) -> pa.Table:
    """Every data point that some rule reads: what a package carries."""
    wanted = _wanted(inputs.framework, set(_by_row(inputs.framework.measured)))
    rows = taken(inputs.store, _rows(inputs, as_of, known), wanted, inputs.mission.names)
    return inputs.store.fetch(rows.select(*NAMES)).cast(SCHEMA)


def read_above(inputs: Inputs, *, as_of: date, known: datetime, level: int) -> set[str]:
    """Benchmarks, risks and trade-offs that read a data point above a confidentiality."""
    wanted = _wanted(inputs.framework, set(_by_row(inputs.framework.measured)))
    rows = inputs.store.rows(as_of=as_of, known=known)
    items = counted(inputs.store, rows.filter(rows.confidentiality > level), wanted, inputs.mission.names)
    return {id for id, count in items.items() if count}


def kinds_read(framework: Framework) -> dict[str, frozenset[str]]:
    """By benchmark the kinds of data points on which its finding can depend, those of what it waits for among them."""
    wanted = _wanted(framework, set(_by_row(framework.measured)))
    shared = {each.kind for name in ("signs", "documents") for each in wanted[name]}
    own = {id: {each.kind for each in wanted[id]} for id in framework.benchmarks}
    return {
        id: frozenset(shared.union(*(own[each] for each in framework.only([id]).benchmarks)))
        for id in framework.benchmarks
    }


def rows_of(
    framework: Framework, mission: Mission, store: Store, benchmark: str, *, as_of: date, known: datetime, level: int
) -> ir.Table:
    """The data points on which one finding, risk or trade-off rests, as an expression to sort and page: those that its
    indicators read, the reports of its own signs, and the documents that its rules wait for."""
    entry = next(each for each in framework.measured if each.id == benchmark)
    wanted = _wanted_by([entry], set(_by_row([entry])))
    rows = up_to(store.rows(as_of=as_of, known=known), level)
    rows = taken(store, rows, {benchmark: [*wanted[benchmark], *_papers([entry]), SIGN_SELECTOR]}, mission.names)
    own_signs = (rows.kind != SIGN_SELECTOR.kind) | rows["item"].startswith(f"{benchmark}/")
    return rows.filter(own_signs & (rows.measure != "expected"))


def _rows(inputs: Inputs, as_of: date, known: datetime) -> ir.Table:
    return up_to(inputs.store.rows(as_of=as_of, known=known), _level(inputs))


def _level(inputs: Inputs) -> int | None:
    return None if inputs.level >= FULL else inputs.level


def _wanted(framework: Framework, by_row: set[tuple[str, str]]) -> dict[str, list[Selector]]:
    return {
        **_wanted_by(framework.measured, by_row),
        "signs": [SIGN_SELECTOR],
        "documents": _papers(framework.measured),
    }


def _wanted_by(entries: Iterable[Measured], by_row: set[tuple[str, str]]) -> dict[str, list[Selector]]:
    return {entry.id: [each for selectors in _selectors(entry, by_row) for each in selectors] for entry in entries}


def _papers(entries: Iterable[object]) -> list[Selector]:
    """The documents that rules wait for."""
    nodes = (node for entry in entries if isinstance(entry, Measured) for rule in entry.rules for node in rule.nodes())
    papers = {document(name) for node in nodes for name in node.after if name.startswith(DOCUMENT)}
    return sorted(papers, key=repr)


def _selectors(entry: Measured, by_row: set[tuple[str, str]]) -> Iterator[list[Selector]]:
    for id, indicator in entry.indicators.items():
        yield list(selectors_of(indicator, by_row=(entry.id, id) in by_row).values())


def _by_row(entries: Iterable[Measured]) -> Iterator[tuple[str, str]]:
    """Indicators under an `each` over actors, groups, strata or items are read row by row, and those that `exists`
    asks for, because each row has its grade."""
    for entry in entries:
        for node in (node for rule in entry.rules for node in rule.nodes()):
            inside = isinstance(node.each, Each) and node.each.dimension != "area"
            for leaf in node.leaves():
                if inside or leaf.head == "exists":
                    yield from ((entry.id, id) for id in _with_parts(entry, leaf.call.indicator))


def _with_parts(entry: Measured, id: str) -> Iterator[str]:
    """An indicator and those that it is made of."""
    yield id
    made_of = entry.indicators[id].of or []
    for part in [made_of] if isinstance(made_of, str) else made_of:
        yield from _with_parts(entry, part)


def _order(framework: Framework) -> list[str]:
    """Benchmarks after those that they wait for."""
    return list(TopologicalSorter(framework.prerequisites()).static_order())


@dataclass(frozen=True)
class _Judged:
    finding: Finding
    prerequisite: Prerequisite


def _judge(
    inputs: Inputs, benchmark: Benchmark, round_: Round, readings: dict[str, Reading], before: Mapping[str, _Judged],
    bare: bool,
) -> _Judged:  # fmt: skip
    names = dict.fromkeys(name for node in benchmark.rule.nodes() for name in node.after)
    after = {name: _awaited(name, round_, before) for name in names}
    judging = Judging(round_, benchmark, readings, inputs.model, after)
    belief = judging.judge(benchmark.rule)
    reversal = signs(benchmark, readings, round_)
    around = _circumstances(benchmark, round_, after, judging, reversal.confirmed)
    history = deciding.statuses(belief, around)
    finding = compose(
        inputs.framework, benchmark, round_, judging, belief, history, reversal, around, tuple(after.values()), bare
    )
    finding = _with_dropped(finding, tuple(after.values()))
    return _Judged(finding, _as_prerequisite(benchmark.id, belief, history))


def _readings(entry: Measured, round_: Round, by_row: set[tuple[str, str]]) -> dict[str, Reading]:
    return {
        id: Reading(round_, entry, id, indicator, (entry.id, id) in by_row)
        for id, indicator in entry.indicators.items()
    }


def _awaited(name: str, round_: Round, before: Mapping[str, _Judged]) -> Prerequisite:
    """A benchmark as it stands, or as it stood at an event that has come; else an event or a document."""
    subject, event = awaited(name)
    if subject not in before:
        return dropped(name, round_) if re.fullmatch(BENCHMARK, subject) else prerequisite(name, round_)
    if before[subject].finding.status == "not applicable":
        return dropped(name, round_)
    standing, day = before[subject].prerequisite, round_.mission.events.get(event)
    if day is None:
        return replace(standing, name=name)
    return standing.as_of(name, int(np.searchsorted(round_.grid.numbers, day_number(day))))


def _with_dropped(finding: Finding, after: Sequence[Prerequisite]) -> Finding:
    """With a sentence on what its rule waits for and this mission does not ask: it is waited for no longer."""
    names = [awaited(each.name)[0] for each in after if each.dropped]
    if not names or finding.status == "not applicable":
        return finding
    return replace(finding, sentence=(*finding.sentence, Phrase("finding.not-awaited", {"names": names})))


def _as_prerequisite(id: str, belief: Belief, history: list[str]) -> Prerequisite:
    """How a benchmark stands as the prerequisite of another: met and holding counts, over the reported points."""
    size = len(belief.low)
    early = (np.nan_to_num(belief.probability) >= MET)[: size - REPORTED]
    met = np.concatenate([early, np.array([status == "met" for status in history])])
    unknown = np.array([status == "insufficient evidence" for status in history])
    known = np.concatenate([belief.known[: size - REPORTED], ~unknown])
    return Prerequisite(id, met, known)


def _circumstances(
    benchmark: Benchmark, round_: Round, after: Mapping[str, Prerequisite], judging: Judging, confirmed: Bools
) -> deciding.Circumstances:
    size = len(round_.grid)
    top = [after[name] for name in benchmark.rule.after]
    waiting, blocked = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    for each in top:
        waiting |= each.known & ~each.met
        blocked |= ~each.known & ~each.met
    horizon = round_.mission.horizon(benchmark.id, benchmark.horizon)
    begun = np.ones(size, dtype=bool) if horizon is None else round_.grid.numbers >= day_number(horizon[0])
    aside = any(each.benchmark == benchmark.id for each in round_.mission.set_aside)
    return deciding.Circumstances(
        in_mandate=round_.mission.mandate.asks_for(benchmark) and not aside,
        begun=begun, waiting=waiting, blocked=blocked, confirmed_sign=confirmed,
        provisional=any(leaf.verdict.provisional for leaf in judging.leaves),
    )  # fmt: skip


def _id(inputs: Inputs, evidence: str, as_of: date, known: datetime) -> str:
    """First twelve digits of the hash of all inputs."""
    content = {
        "framework": inputs.framework.hash, "mission": inputs.mission.model_dump(mode="json"), "evidence": evidence,
        "areas": inputs.areas.as_dict(), "model": inputs.model.as_dict(), "as_of": as_of.isoformat(),
        "known": known.astimezone(UTC).isoformat(), "level": inputs.level,
        "reporting": [each.as_dict() for each in inputs.still_reported(known)],
    }  # fmt: skip
    return digest(content)[:12]
