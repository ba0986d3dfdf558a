"""All faults at once, of form and of meaning, each with the file and line where it can be mended."""

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from primacy.assessment.faults import faults
from primacy.framework import Framework, FrameworkError, Mission, Problem, read_mission
from primacy.framework.entries import Measured
from primacy.framework.loading import STANDARD, read_framework
from primacy.framework.yaml_files import compose_yaml


def check(overlay: Path | None = None) -> list[Problem]:
    """Every fault of the standard with the overlay laid over it, of form and of meaning; empty where there is none."""
    read = read_framework(overlay, unsigned=True)
    bridged = [(f"{id}.yaml", field) for id, field in read.mended]
    meaning = [
        each
        for each in (*faults(read.framework), *_without_effect(read.framework))
        if not any(each.file == file and f"{each.field}.".startswith(f"{field}.") for file, field in bridged)
    ]
    return [_placed(each, overlay) for each in (*read.problems, *meaning)]


def _without_effect(framework: Framework) -> Iterator[Problem]:
    """Changes that the mission wrote and nobody signed."""
    for change in framework.changes:
        if change.state == "unsigned":
            what = "has no effect: what decides a status changes only when two people sign it with a reason"
            remedy = "add `changed: {by: [one, another], on: 2026-01-31, because: ...}` to the file"
            yield Problem(change.file, change.field, what, remedy)


def of_mission(file: Path, overlay: Path | None = None) -> list[Problem]:
    """Every fault of a mission file, beside the framework that it speaks of."""
    try:
        mission = read_mission(file)
    except FrameworkError as error:
        return error.problems
    return list(mission_faults(mission, read_framework(overlay).framework))


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
    retired = {each.entry for each in framework.changes if each.field == "retired"}
    for field, ids in named.items():
        for id in ids:
            if id not in framework.benchmarks and id not in retired:
                yield Problem(file, field, f"{id} is no benchmark", "`primacy framework show` lists them")
    wanted = {each for entry in framework.measured for each in _mission_lists(entry)}
    for name in mission.registers:
        if f"mission.{name}" not in wanted:
            yield Problem(file, f"registers.{name}", "no benchmark reads this list", "check its spelling")


def _mission_lists(entry: Measured) -> Iterator[str]:
    """Every `mission.NAME` that an entry reads."""
    text = entry.model_dump_json(by_alias=True)
    yield from (f"mission.{name}" for name in re.findall(r"mission\.([a-z_]+)", text))


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
