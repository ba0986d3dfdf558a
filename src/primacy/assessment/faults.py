"""Faults of meaning, entry by entry: names, kinds, stages, thresholds, numbers that no data can meet, links."""

from collections.abc import Container, Iterator
from graphlib import CycleError, TopologicalSorter
from typing import Any

from primacy.assessment import units
from primacy.assessment.items import scheme_of
from primacy.evidence.kinds import KINDS
from primacy.framework import Framework, Problem
from primacy.framework.entries import Activity, Benchmark, Entry, Measured, Risk, Signal, TradeOff, Watched
from primacy.framework.grammar import FLAGS, STATUSES, Indicator, Rule
from primacy.framework.values import awaited, comparison, number

COLUMNS = {"category", "target", "actor", "area", "group", "item", "stratum", "wave", "source"}
SUBJECTS = {"monitoring-effort", "turnout"}
NUMBERS = ("by", "at_least", "at_most", "more_than", "band", "between", "agreement")
SHORT = 24
BELOW = ("at_least", "more_than", "by")
LIMITS: dict[str, tuple[float, float]] = {  # what a verb or a measure of a unit can give: at least, at most
    "share": (0.0, 1.0), "covers": (0.0, 1.0), "scored": (0.0, 3.0), "falls": (0.0, 1.0),
}  # fmt: skip


def faults(framework: Framework) -> Iterator[Problem]:
    """Every fault of meaning in a framework whose form is right."""
    for entry in framework.measured:
        for field, rule in entry.rules_by_field.items():
            yield from _rule_faults(framework, entry, field, rule)
        for id, indicator in entry.indicators.items():
            yield from _indicator_faults(entry, id, indicator)
        yield from _question_faults(entry)
        yield from units.faults(entry)
        yield from _threshold_faults(framework, entry)
    for benchmark in framework.benchmarks.values():
        yield from _other_faults(framework, benchmark)
    for each in framework.entries.values():
        yield from _entry_faults(framework, each)
    yield from _cycles(framework)


def _problem(entry: Entry, field: str, what: str, remedy: str) -> Problem:
    return Problem(f"{entry.id}.yaml", field, what, remedy)


def _rule_faults(framework: Framework, entry: Measured, field: str, rule: Rule) -> Iterator[Problem]:
    for node in rule.nodes():
        for name in node.after:
            subject, event = awaited(name)
            if ("." in subject or event) and subject not in framework.benchmarks:
                yield _problem(entry, f"{field}.after", f"{subject} is no benchmark", "name a benchmark or an event")
        if not node.is_leaf:
            continue
        place = f"{field}.{node.head}"
        if node.call.indicator not in entry.indicators:
            what, remedy = f"there is no indicator {node.call.indicator}", f"use one of {', '.join(entry.indicators)}"
            yield _problem(entry, place, what, remedy)
            continue
        numbers = [
            fault
            for each in NUMBERS
            for fault in _number_faults(entry, f"{place}.{each}", getattr(node.call, each, None))
        ]
        yield from numbers or _unreachable(entry, place, node)
        if node.head == "sequence":
            yield from _stage_faults(entry, node.call.indicator, node.call.steps)


def _unreachable(entry: Measured, place: str, node: Rule) -> Iterator[Problem]:
    """Numbers that no data can meet: beyond what the verb or the measure can give."""
    indicator = entry.indicators[node.call.indicator]
    kind = KINDS.get(indicator.kind or "")
    unit = kind.measures.get(indicator.measure or "", "") if kind is not None else ""
    least, most = LIMITS.get(node.head) or LIMITS.get(unit) or (None, None)
    if indicator.aggregate == "share":
        least, most = LIMITS["share"]
    for name in ("at_least", "more_than", "at_most", "by"):
        asked = _number_of(entry, getattr(node.call, name, None))
        if asked is None:
            continue
        upper = most is not None and (asked > most if name == "at_least" else asked >= most) and name in BELOW
        lower = least is not None and asked < least and name == "at_most"
        if upper or lower:
            what = f"{name} {asked:g} can never be met: values lie between {least:g} and {most:g}"
            yield _problem(entry, f"{place}.{name}", what, "lower or raise the number")


def _number_of(entry: Measured, value: Any) -> float | None:
    """The number that a field of a rule stands for, where it is written in the framework."""
    if isinstance(value, str) and value in entry.thresholds:
        value = entry.thresholds[value].value
    try:
        return number(value)
    except (ValueError, TypeError):
        return None


def _number_faults(entry: Measured, field: str, value: Any) -> Iterator[Problem]:
    if value is None or field.endswith("gap.between"):
        return
    if isinstance(value, dict):
        yield from _number_faults(entry, field, value.get("else"))
        if value.get("from") not in entry.indicators:
            yield _problem(entry, field, f"there is no indicator {value.get('from')}", "name one of this benchmark")
        return
    if isinstance(value, tuple | list):
        for each in value:
            yield from _number_faults(entry, field, each)
        return
    if isinstance(value, str) and (value in entry.thresholds or value.startswith("norm.")):
        return
    try:
        number(value)
    except ValueError:
        remedy = f"add it to `thresholds`, or use one of {', '.join(entry.thresholds) or 'none yet'}"
        yield _problem(entry, field, f"{value} is neither a number nor a threshold", remedy)


def _indicator_faults(entry: Measured, id: str, indicator: Indicator) -> Iterator[Problem]:
    field = f"indicators.{id}"
    for name in [indicator.of] if isinstance(indicator.of, str) else indicator.of or []:
        if name not in entry.indicators:
            yield _problem(entry, f"{field}.of", f"there is no indicator {name}", "name one of this benchmark")
    if indicator.kind is None:
        return
    if indicator.kind not in KINDS:
        yield _problem(
            entry, f"{field}.kind", f"there is no kind {indicator.kind}", f"use one of {', '.join(sorted(KINDS))}"
        )
        return
    kind = KINDS[indicator.kind]
    for measure in {indicator.measure, indicator.pass_.get("measure")} - {None}:
        if measure not in kind.measures:
            remedy = f"use one of {', '.join(kind.measures)}"
            yield _problem(entry, f"{field}.measure", f"{indicator.kind} has no measure {measure}", remedy)
    if indicator.effort is not None and (indicator.effort not in KINDS or KINDS[indicator.effort].nature != "effort"):
        yield _problem(
            entry, f"{field}.effort", f"{indicator.effort} is no kind of effort", "use patrol-days or monitors"
        )
    if indicator.since is not None and kind.nature not in ("state", "estimate") and indicator.aggregate != "sum":
        yield _problem(entry, f"{field}.since", "is for states, estimates and sums", "other counts take a `window`")
    for column in {*indicator.where, *indicator.except_} - COLUMNS:
        yield _problem(entry, f"{field}.where", f"{column} is no column", f"use one of {', '.join(sorted(COLUMNS))}")
    register = indicator.register_
    if register is not None and register != "areas" and not register.startswith("mission.") and register not in KINDS:
        yield _problem(entry, f"{field}.register", f"{register} is no kind", "name a kind, `areas` or mission.NAME")
    if "stage" in indicator.pass_:
        yield from _stage_faults(entry, id, [indicator.pass_["stage"]])
    for key in ("value", "events"):
        if key in indicator.pass_:
            yield from _number_faults(entry, f"{field}.pass.{key}", comparison(indicator.pass_[key]).right)


def _question_faults(entry: Measured) -> Iterator[Problem]:
    """Indicators that could read several questions of a survey without saying how these count together."""
    one_by_one = {
        leaf.call.indicator
        for rule in entry.rules
        for node in rule.nodes()
        if node.each is not None and node.each.dimension == "item"
        for leaf in node.leaves()
    }
    for id, indicator in entry.indicators.items():
        kind = KINDS.get(indicator.kind or "")
        named = isinstance(indicator.where.get("item"), str)
        if kind is not None and kind.questions and indicator.aggregate == "latest" and not named | (id in one_by_one):
            what = f"could read several questions of the {kind.name} and does not say how they count"
            remedy = "name one by `where: {item: ...}`, or write `aggregate: weakest` (each must hold) or `mean`"
            yield _problem(entry, f"indicators.{id}.aggregate", what, remedy)


def _stage_faults(entry: Measured, id: str, steps: list[str]) -> Iterator[Problem]:
    indicator = entry.indicators[id]
    if indicator.kind not in KINDS:
        return
    scheme = scheme_of(indicator)
    for step in steps:
        if step not in scheme:
            remedy = f"use one of {', '.join(scheme) or 'none: the kind has no stages'}"
            yield _problem(entry, f"indicators.{id}", f"{step} is no stage of {indicator.kind}", remedy)


def _threshold_faults(framework: Framework, entry: Measured) -> Iterator[Problem]:
    for name, threshold in entry.thresholds.items():
        field = f"thresholds.{name}"
        try:
            threshold.number  # noqa: B018 - read for its error
        except ValueError as error:
            yield _problem(entry, f"{field}.value", str(error), "write for example 12, 0.5 or 80 %")
        if threshold.source is not None and threshold.source not in framework.published:
            yield _problem(entry, f"{field}.source", f"{threshold.source} is not in the register of thresholds",
                           "leave `source` out: it is then shown as a default")  # fmt: skip
        if threshold.standard and threshold.source is None:
            yield _problem(
                entry,
                f"{field}.standard",
                "is called published without a source",
                "name the source, or take it out",
            )


def _other_faults(framework: Framework, benchmark: Benchmark) -> Iterator[Problem]:
    for name in benchmark.beside:
        if name not in framework.benchmarks and name not in SUBJECTS:
            yield _problem(benchmark, "beside", f"{name} is no benchmark", "name a benchmark")
    for reversal in benchmark.reversal:
        if reversal.alarm is not None and reversal.alarm.indicator not in benchmark.indicators:
            yield _problem(
                benchmark,
                "reversal.alarm",
                f"there is no indicator {reversal.alarm.indicator}",
                "name one of this benchmark",
            )
    for flag in set(benchmark.flags) - set(FLAGS):
        yield _problem(benchmark, "flags", f"{flag} is no flag", f"use one of {', '.join(FLAGS)}")
    for each in benchmark.collect:
        if each.kind not in KINDS:
            yield _problem(benchmark, "collect", f"there is no kind {each.kind}", "name the kind that is to be typed")


def _cycles(framework: Framework) -> Iterator[Problem]:
    try:
        TopologicalSorter(framework.prerequisites()).prepare()
    except CycleError as error:
        yield Problem(
            f"{error.args[1][0]}.yaml",
            "rule.after",
            f"waits for itself: {' -> '.join(error.args[1])}",
            "take one of them out",
        )


# ---- who, and what belongs together


def _entry_faults(framework: Framework, entry: Entry) -> Iterator[Problem]:
    for field, ids in (("lead", [entry.lead]), ("with", entry.with_), ("consulted", entry.consulted)):
        for id in ids:
            if id not in framework.components:
                known = ", ".join(framework.components)
                yield _problem(entry, field, f"{id} is no component of the mission", f"use one of {known}")
    if len(entry.short) > SHORT:
        yield _problem(entry, "short", f"has {len(entry.short)} letters", f"at most {SHORT} fit beside a mark")
    if isinstance(entry, Activity | Watched):
        yield from _unknown(entry, "benchmarks", entry.benchmarks, framework.benchmarks, "benchmark")
    if isinstance(entry, Risk):
        yield from _unknown(entry, "answers", entry.answers, framework.activities, "activity")
    if isinstance(entry, TradeOff):
        spoken = [each.benchmark for each in entry.evidence]
        yield from _unknown(entry, "evidence", spoken, framework.benchmarks, "benchmark")
    if isinstance(entry, Watched):
        part = "signs" if isinstance(entry, Risk) else "due"
        for place, signal in enumerate(entry.signals):
            yield from _signal_faults(framework, entry, f"{part}.{place}", signal)


def _unknown(entry: Entry, field: str, ids: list[str], known: Container[str], what: str) -> Iterator[Problem]:
    for id in ids:
        if id not in known:
            yield _problem(entry, field, f"{id} is no {what}", "name one of the framework, or take it out")


def _signal_faults(framework: Framework, entry: Watched, field: str, signal: Signal) -> Iterator[Problem]:
    if signal.finding is not None:
        yield from _unknown(entry, f"{field}.finding", [signal.finding.benchmark], framework.benchmarks, "benchmark")
        for word in (*(set(signal.finding.status) - set(STATUSES)), *(set(signal.finding.flags) - set(FLAGS))):
            yield _problem(entry, f"{field}.finding", f"{word} is no status and no flag", "see the lists in the README")
    if signal.report is not None:
        owner, _, name = signal.report.partition("/")
        if owner == entry.id:
            return
        benchmark = framework.benchmarks.get(owner)
        signs = [each.sign.id for each in benchmark.reversal if each.sign is not None] if benchmark else []
        if name not in signs:
            remedy = f"name one of its own as {entry.id}/{signal.id}, or a reversal sign of a benchmark"
            yield _problem(entry, f"{field}.report", f"there is no sign {signal.report}", remedy)
