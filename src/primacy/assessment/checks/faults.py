"""Faults of meaning, entry by entry: rules, indicators, thresholds, people, and what belongs together."""

from collections.abc import Collection, Iterator
from graphlib import CycleError, TopologicalSorter

from primacy.assessment.checks import units
from primacy.assessment.checks.indicator_faults import indicator_faults
from primacy.assessment.checks.naming import GRAMMAR_LIST, KINDS_LIST, SHOW_LIST, fault_of, or_out, use_one_of
from primacy.assessment.checks.rule_faults import MANDATE_DAYS, event_faults, number_faults, rule_faults
from primacy.evidence.kinds import KINDS
from primacy.framework import Framework, Problem
from primacy.framework.entries import Activity, Benchmark, Entry, Measured, Risk, Signal, TradeOff, Watched
from primacy.framework.grammar import FLAGS, STATUSES
from primacy.framework.languages import words
from primacy.framework.names import bare
from primacy.framework.problems import EMPTY
from primacy.framework.saying import Said, Unfit, said
from primacy.framework.translations import SOURCE
from primacy.framework.values import comparison

SUBJECTS = {"monitoring-effort", "turnout"}
SHORT = 24


def faults(framework: Framework, events: Collection[str] = ()) -> Iterator[Problem]:
    """Every fault of meaning in a framework whose form is right. `events`: what the mission file names beside."""
    days = {*words(SOURCE, "events"), *events}
    dated = days - (set(MANDATE_DAYS) - set(events))  # of the mandate's own days only signals know
    for entry in framework.measured:
        yield from rule_faults(framework, entry, dated)
        yield from indicator_faults(entry)
        yield from _compared_faults(entry, dated)
        yield from units.faults(framework, entry)
        yield from units.scale_faults(entry)
        yield from units.told_faults(entry)
        yield from _threshold_faults(framework, entry)
    for benchmark in framework.benchmarks.values():
        yield from _other_faults(framework, benchmark)
    for each in framework.entries.values():
        yield from _entry_faults(framework, each, days)
    yield from _cycles(framework)


def _compared_faults(entry: Measured, events: Collection[str]) -> Iterator[Problem]:
    """Numbers and events with which an indicator compares."""
    for id, indicator in entry.indicators.items():
        for key in {"value", "events"} & set(indicator.pass_):
            yield from number_faults(entry, f"indicators.{id}.pass.{key}", comparison(indicator.pass_[key]).right)
        if indicator.since is not None:
            yield from event_faults(entry, f"indicators.{id}.since", indicator.since.event, events)


def _threshold_faults(framework: Framework, entry: Measured) -> Iterator[Problem]:
    for name, threshold in entry.thresholds.items():
        field = f"thresholds.{name}"
        try:
            threshold.number  # noqa: B018 - read for its error
        except Unfit as error:
            yield fault_of(entry, f"{field}.value", error.fault, error.do or said("do.one-number"))
        if threshold.source is not None and threshold.source not in framework.published:
            fault = said("not-in-register", name=threshold.source)
            yield fault_of(entry, f"{field}.source", fault, said("do.no-source"))
        if threshold.standard and threshold.source is None:
            yield fault_of(entry, f"{field}.standard", said("published-without-source"), said("do.source-or-out"))


def _empty_faults(benchmark: Benchmark) -> Iterator[Problem]:
    """Texts without which a reader does not know what is asked, what misleads, or what to collect."""
    for field in ("title", "short", "question", "misleads"):
        if not bare(getattr(benchmark, field)):
            yield fault_of(benchmark, field, *EMPTY)
    if not benchmark.collect:
        yield fault_of(benchmark, "collect", EMPTY[0], said("do.collect"))
    for place, each in enumerate(benchmark.collect):
        for field in ("what", "how"):
            if not bare(getattr(each, field)):
                yield fault_of(benchmark, f"collect.{place}.{field}", *EMPTY)


def _other_faults(framework: Framework, benchmark: Benchmark) -> Iterator[Problem]:
    yield from _empty_faults(benchmark)
    for name in benchmark.beside:
        if name == benchmark.id:
            yield fault_of(benchmark, "beside", said("beside-itself"), said("do.out"))
        if name not in framework.benchmarks and name not in SUBJECTS:
            yield fault_of(benchmark, "beside", said("no-benchmark", name=name), _use(name, framework.benchmarks))
    for reversal in benchmark.reversal:
        if reversal.alarm is not None and reversal.alarm.indicator not in benchmark.indicators:
            fault = said("no-indicator", name=reversal.alarm.indicator)
            yield fault_of(benchmark, "reversal.alarm", fault, said("do.own-indicator"))
    for flag in set(benchmark.flags) - set(FLAGS):
        yield fault_of(benchmark, "flags", said("no-flag", name=flag), use_one_of(FLAGS, flag, GRAMMAR_LIST))
    for place, each in enumerate(benchmark.collect):
        if each.kind not in KINDS:
            remedy = use_one_of(sorted(KINDS), each.kind, KINDS_LIST)
            yield fault_of(benchmark, f"collect.{place}.kind", said("no-kind", name=each.kind), remedy)


def _cycles(framework: Framework) -> Iterator[Problem]:
    try:
        TopologicalSorter(framework.prerequisites()).prepare()
    except CycleError as error:
        fault = said("cycle", way=" -> ".join(error.args[1]))
        yield Problem(f"{error.args[1][0]}.yaml", "rule.after", fault, said("do.one-out"))


# ---- who, and what belongs together


def _entry_faults(framework: Framework, entry: Entry, days: Collection[str]) -> Iterator[Problem]:
    for field, ids in (("lead", [entry.lead]), ("with", entry.with_), ("consulted", entry.consulted)):
        for id in ids:
            if id not in framework.components:
                remedy = use_one_of(list(framework.components), id, SHOW_LIST)
                yield fault_of(entry, field, said("no-component", name=id), remedy)
    if len(entry.short) > SHORT:
        yield fault_of(entry, "short", said("letters", count=len(entry.short)), said("do.letters", most=SHORT))
    yield from _twice(entry)
    if isinstance(entry, Activity | Watched):
        yield from _no_benchmarks(framework, entry, "benchmarks", entry.benchmarks)
    if isinstance(entry, Risk):
        for id in (each for each in entry.answers if each not in framework.activities):
            yield fault_of(entry, "answers", said("no-activity", name=id), _use(id, framework.activities))
    if isinstance(entry, TradeOff):
        yield from _no_benchmarks(framework, entry, "evidence", [each.benchmark for each in entry.evidence])
    if isinstance(entry, Watched):
        part = "signs" if isinstance(entry, Risk) else "due"
        for place, signal in enumerate(entry.signals):
            yield from _signal_faults(framework, entry, f"{part}.{place}", signal)
            if signal.near is not None:
                yield from event_faults(entry, f"{part}.{place}.near.event", signal.near.event, days)


def _twice(entry: Entry) -> Iterator[Problem]:
    """Signs, reasons to decide and options of one id: what is reported or decided would be told of both."""
    parts: dict[str, list[str | None]] = {}
    if isinstance(entry, Risk):
        parts = {"signs": [each.id for each in entry.signs]}
    if isinstance(entry, TradeOff):
        parts = {"due": [each.id for each in entry.due], "options": [each.id for each in entry.options]}
    if isinstance(entry, Benchmark):
        parts = {"reversal": [each.sign.id if each.sign is not None else None for each in entry.reversal]}
    for field, ids in parts.items():
        for place, id in enumerate(ids):
            if id is not None and id in ids[:place]:
                yield fault_of(entry, f"{field}.{place}.id", said("two-of-id", id=id), said("do.another-id"))


def _no_benchmarks(framework: Framework, entry: Entry, field: str, ids: list[str]) -> Iterator[Problem]:
    for id in ids:
        if id not in framework.benchmarks:
            yield fault_of(entry, field, said("no-benchmark", name=id), _use(id, framework.benchmarks))


def _use(id: str, known: Collection[str]) -> Said:
    return or_out(use_one_of(list(known), id, SHOW_LIST))


def _signal_faults(framework: Framework, entry: Watched, field: str, signal: Signal) -> Iterator[Problem]:
    if signal.finding is not None:
        yield from _no_benchmarks(framework, entry, f"{field}.finding", [signal.finding.benchmark])
        for word in (each for each in signal.finding.status if each not in STATUSES):
            remedy = use_one_of(STATUSES, word, GRAMMAR_LIST)
            yield fault_of(entry, f"{field}.finding", said("no-status", name=word), remedy)
        for word in (each for each in signal.finding.flags if each not in FLAGS):
            remedy = use_one_of(FLAGS, word, GRAMMAR_LIST)
            yield fault_of(entry, f"{field}.finding", said("no-flag", name=word), remedy)
    if signal.report is not None:
        owner, _, name = signal.report.partition("/")
        if owner == entry.id:
            return
        benchmark = framework.benchmarks.get(owner)
        signs = [each.sign.id for each in benchmark.reversal if each.sign is not None] if benchmark else []
        if name not in signs:
            remedy = said("do.own-sign", name=f"{entry.id}/{signal.id}")
            yield fault_of(entry, f"{field}.report", said("no-sign", name=signal.report), remedy)
