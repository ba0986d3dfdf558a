"""The file and line where a fault can be mended."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import yaml

from primacy.framework import Instance, Problem
from primacy.framework.instance import MISSION
from primacy.framework.loading import STANDARD
from primacy.framework.overlay import PROPOSALS
from primacy.framework.yaml_files import compose_yaml


def placed(problem: Problem, overlay: Path | None) -> Problem:
    """The problem with its file and line: those of the overlay, if it has the field, else those of the standard."""
    if problem.line is not None or not problem.field:
        return problem
    for name, path in _files(problem.file, overlay):
        line = line_of(path, problem.field)
        if line is not None:
            return replace(problem, file=name, line=line)
    return problem


def placed_here(problem: Problem, instance: Instance) -> Problem:
    """The same of the files of an instance, its mission file too."""
    if problem.file == MISSION and problem.line is None and problem.field:
        return replace(problem, line=line_of(instance.mission_file, problem.field))
    return placed(problem, instance.overlay)


def _files(name: str, overlay: Path | None) -> Iterator[tuple[str, Path]]:
    """Files that may hold the fault, each as it is told: those of the overlay about the entry, then the standard's."""
    if overlay is not None and name.startswith("locale/"):  # a file of texts, told with its folder
        yield name, overlay / name
        return
    if overlay is not None and (overlay / name).is_file():
        yield name, overlay / name
    for path in sorted(overlay.rglob("*.yaml")) if overlay is not None else []:
        told = path.relative_to(overlay or path).as_posix()
        if told == name or told.startswith(("locale/", f"{PROPOSALS}/")):
            continue
        if name == path.name or f"id: {name.removesuffix('.yaml')}" in path.read_text("utf-8", errors="replace"):
            yield told, path
    yield from ((path.name, path) for path in STANDARD.rglob(name))


def line_of(path: Path, field: str) -> int | None:
    """Line of the deepest step of a field that a file has; None where the file has nothing of it."""
    try:
        node = compose_yaml(path.read_text("utf-8"))
    except (OSError, yaml.YAMLError, UnicodeDecodeError):
        return None
    line, steps = None, field.split(".")
    while steps:
        if isinstance(node, yaml.SequenceNode) and steps[0].isdecimal() and int(steps[0]) < len(node.value):
            node, steps = node.value[int(steps[0])], steps[1:]
            line = node.start_mark.line + 1
        elif isinstance(node, yaml.MappingNode) and (found := _entry(node, steps)) is not None:
            key, node, steps = found
            line = key.start_mark.line + 1
        else:
            break
    return line


def _entry(node: yaml.MappingNode, steps: list[str]) -> tuple[yaml.Node, yaml.Node, list[str]] | None:
    """Key and value of the next step, and the steps left; a key may hold points itself, as ids do."""
    for count in range(len(steps), 0, -1):
        for key, value in node.value:
            if key.value == ".".join(steps[:count]):
                return key, value, steps[count:]
    return None
