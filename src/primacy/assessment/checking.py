"""All faults of the framework at once: of form, of names, of kinds and measures, of stages, of prerequisites."""

import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

import yaml

from primacy.assessment.items import scheme_of
from primacy.evidence.kinds import KINDS
from primacy.framework import Framework, FrameworkError, Mission, Problem, load
from primacy.framework.entries import Benchmark
from primacy.framework.grammar import FLAGS, Indicator
from primacy.framework.loading import STANDARD
from primacy.framework.values import comparison, number
from primacy.framework.yaml_files import compose_yaml

COLUMNS = {"category", "target", "actor", "area", "group", "item", "stratum", "wave", "source"}
SUBJECTS = {"monitoring-effort", "turnout"}
FLAG_NAMES = set(FLAGS)
NUMBERS = ("by", "at_least", "at_most", "more_than", "band", "between")


def check(overlay: Path | None = None) -> list[Problem]:
    """Every fault of the standard with the overlay laid over it; empty where there is none."""
    try:
        framework = load(overlay)
    except FrameworkError as error:
        return [_placed(each, overlay) for each in error.problems]
    return [_placed(each, overlay) for each in faults(framework)]


def faults(framework: Framework) -> Iterator[Problem]:
    """Faults of meaning in a framework whose form is right."""
    for benchmark in framework.benchmarks.values():
        yield from _rule_faults(framework, benchmark)
        for id, indicator in benchmark.indicators.items():
            yield from _indicator_faults(benchmark, id, indicator)
        yield from _threshold_faults(framework, benchmark)
        yield from _other_faults(framework, benchmark)
    yield from _cycles(framework)


def mission_faults(mission: Mission, framework: Framework) -> Iterator[Problem]:
    """What a mission file says that has no effect, or names something that is not there."""
    file = "mission.yaml"
    for place, baseline in enumerate(mission.baselines):
        if not baseline.counts:
            what = f"the baseline {baseline.name} does not count: it needs two signatures and a reason"
            yield Problem(file, f"baselines.{place}", what, "fill in `signed` and `because`")
    named = {
        "core": mission.core,
        "set_aside": [each.benchmark for each in mission.set_aside],
        "horizons": [name for name in mission.horizons if name not in ("short", "medium", "long")],
        "mandate.paragraphs": [id for each in mission.mandate.paragraphs for id in each.benchmarks if "." in id],
    }
    for field, ids in named.items():
        for id in ids:
            if id not in framework.benchmarks:
                yield Problem(file, field, f"{id} is no benchmark", "`primacy framework show` lists them")
    wanted = {each for benchmark in framework.benchmarks.values() for each in _mission_lists(benchmark)}
    for name in mission.registers:
        if f"mission.{name}" not in wanted:
            yield Problem(file, f"registers.{name}", "no benchmark reads this list", "check its spelling")


def _mission_lists(benchmark: Benchmark) -> Iterator[str]:
    """Every `mission.NAME` that a benchmark reads."""
    text = benchmark.model_dump_json(by_alias=True)
    yield from (f"mission.{name}" for name in re.findall(r"mission\.([a-z_]+)", text))


def _problem(benchmark: Benchmark, field: str, what: str, remedy: str) -> Problem:
    return Problem(f"{benchmark.id}.yaml", field, what, remedy)


def _rule_faults(framework: Framework, benchmark: Benchmark) -> Iterator[Problem]:
    for node in benchmark.rule.nodes():
        for name in node.after:
            if "." in name and name not in framework.benchmarks:
                yield _problem(benchmark, "rule.after", f"{name} is no benchmark", "name a benchmark or an event")
        if not node.is_leaf:
            continue
        if node.call.indicator not in benchmark.indicators:
            known = ", ".join(benchmark.indicators)
            yield _problem(
                benchmark, f"rule.{node.head}", f"there is no indicator {node.call.indicator}", f"use one of {known}"
            )
            continue
        for field in NUMBERS:
            yield from _number_faults(benchmark, f"rule.{node.head}.{field}", getattr(node.call, field, None))
        if node.head == "sequence":
            yield from _stage_faults(benchmark, node.call.indicator, node.call.steps)


def _number_faults(benchmark: Benchmark, field: str, value: Any) -> Iterator[Problem]:
    if value is None or field.endswith("gap.between"):
        return
    if isinstance(value, dict):
        yield from _number_faults(benchmark, field, value.get("else"))
        if value.get("from") not in benchmark.indicators:
            yield _problem(benchmark, field, f"there is no indicator {value.get('from')}", "name one of this benchmark")
        return
    if isinstance(value, tuple | list):
        for each in value:
            yield from _number_faults(benchmark, field, each)
        return
    if isinstance(value, str) and (value in benchmark.thresholds or value.startswith("norm.")):
        return
    try:
        number(value)
    except ValueError:
        remedy = f"add it to `thresholds`, or use one of {', '.join(benchmark.thresholds) or 'none yet'}"
        yield _problem(benchmark, field, f"{value} is neither a number nor a threshold", remedy)


def _indicator_faults(benchmark: Benchmark, id: str, indicator: Indicator) -> Iterator[Problem]:
    field = f"indicators.{id}"
    for name in [indicator.of] if isinstance(indicator.of, str) else indicator.of or []:
        if name not in benchmark.indicators:
            yield _problem(benchmark, f"{field}.of", f"there is no indicator {name}", "name one of this benchmark")
    if indicator.kind is None:
        return
    if indicator.kind not in KINDS:
        yield _problem(
            benchmark, f"{field}.kind", f"there is no kind {indicator.kind}", f"use one of {', '.join(sorted(KINDS))}"
        )
        return
    kind = KINDS[indicator.kind]
    for measure in {indicator.measure, indicator.pass_.get("measure")} - {None}:
        if measure not in kind.measures:
            remedy = f"use one of {', '.join(kind.measures)}"
            yield _problem(benchmark, f"{field}.measure", f"{indicator.kind} has no measure {measure}", remedy)
    if indicator.effort is not None and (indicator.effort not in KINDS or KINDS[indicator.effort].nature != "effort"):
        yield _problem(
            benchmark, f"{field}.effort", f"{indicator.effort} is no kind of effort", "use patrol-days or monitors"
        )
    for column in {*indicator.where, *indicator.except_} - COLUMNS:
        yield _problem(
            benchmark, f"{field}.where", f"{column} is no column", f"use one of {', '.join(sorted(COLUMNS))}"
        )
    register = indicator.register_
    if register is not None and register != "areas" and not register.startswith("mission.") and register not in KINDS:
        yield _problem(benchmark, f"{field}.register", f"{register} is no kind", "name a kind, `areas` or mission.NAME")
    if "stage" in indicator.pass_:
        yield from _stage_faults(benchmark, id, [indicator.pass_["stage"]])
    for key in ("value", "events"):
        if key in indicator.pass_:
            yield from _number_faults(benchmark, f"{field}.pass.{key}", comparison(indicator.pass_[key]).right)


def _stage_faults(benchmark: Benchmark, id: str, steps: list[str]) -> Iterator[Problem]:
    indicator = benchmark.indicators[id]
    if indicator.kind not in KINDS:
        return
    scheme = scheme_of(indicator)
    for step in steps:
        if step not in scheme:
            remedy = f"use one of {', '.join(scheme) or 'none: the kind has no stages'}"
            yield _problem(benchmark, f"indicators.{id}", f"{step} is no stage of {indicator.kind}", remedy)


def _threshold_faults(framework: Framework, benchmark: Benchmark) -> Iterator[Problem]:
    for name, threshold in benchmark.thresholds.items():
        field = f"thresholds.{name}"
        try:
            threshold.number  # noqa: B018 - read for its error
        except ValueError as error:
            yield _problem(benchmark, f"{field}.value", str(error), "write for example 12, 0.5 or 80 %")
        if threshold.source is not None and threshold.source not in framework.published:
            yield _problem(benchmark, f"{field}.source", f"{threshold.source} is not in the register of thresholds",
                           "leave `source` out: it is then shown as a default")  # fmt: skip
        if threshold.standard and threshold.source is None:
            yield _problem(
                benchmark,
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
    for flag in set(benchmark.flags) - FLAG_NAMES:
        yield _problem(benchmark, "flags", f"{flag} is no flag", f"use one of {', '.join(sorted(FLAG_NAMES))}")
    for each in benchmark.collect:
        if each.kind not in KINDS:
            yield _problem(benchmark, "collect", f"there is no kind {each.kind}", "name the kind that is to be typed")
    if len(benchmark.short) > 24:
        yield _problem(benchmark, "short", f"has {len(benchmark.short)} letters", "at most 24 fit beside a mark")


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


def _placed(problem: Problem, overlay: Path | None) -> Problem:
    """The problem with the file and line where it can be mended: the overlay's, if it has the field."""
    if problem.line is not None or not problem.field:
        return problem
    steps = problem.field.split(".")
    for path in _files(problem.file, overlay):
        line = _line(path, steps)
        if line is not None:
            return Problem(path.name, problem.field, problem.what, problem.remedy, line)
    return problem


def _files(name: str, overlay: Path | None) -> Iterator[Path]:
    """Files that may hold the fault: those of the overlay about the benchmark, then the standard's."""
    for path in sorted(overlay.rglob("*.yaml")) if overlay is not None else []:
        if path.name == name or f"id: {name.removesuffix('.yaml')}" in path.read_text("utf-8", errors="replace"):
            yield path
    yield from STANDARD.rglob(name)


def _line(path: Path, steps: list[str]) -> int | None:
    """Line of the deepest step of the field that the file has."""
    try:
        node = compose_yaml(path.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError):
        return None
    line = None
    for step in steps:
        if isinstance(node, yaml.SequenceNode) and step.isdecimal() and int(step) < len(node.value):
            node = node.value[int(step)]
        elif isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == step), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
            continue
        else:
            break
        line = node.start_mark.line + 1
    return line
