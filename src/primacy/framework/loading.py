"""Reading the framework: the standard in this folder, the mission's overlay, and the texts of each language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from primacy.framework.entries import (
    Activity,
    Benchmark,
    Component,
    Entry,
    Output,
    Published,
    Risk,
    TradeOff,
)
from primacy.framework.in_force import Framework, Tree
from primacy.framework.problems import FrameworkError, Problem, problems_of
from primacy.framework.yaml_files import read_yaml

STANDARD = Path(__file__).parent / "political_process"
MODELS: dict[str, type[Entry]] = {  # by the letter of the id, in the order of the guidance
    "A": Activity, "S": Benchmark, "M": Benchmark, "L": Benchmark, "R": Risk, "T": TradeOff,
}  # fmt: skip
E = TypeVar("E", bound=Entry)


def load(overlay: Path | None = None) -> Framework:
    """The standard framework, changed field by field by the YAML files in `overlay`.

    Raises   FrameworkError with every fault found.
    """
    if overlay is None or not any(overlay.rglob("*.yaml")):
        return _unchanged()
    return _laid_over(overlay)


@lru_cache(maxsize=1)
def _unchanged() -> Framework:
    return _laid_over(None)


def _laid_over(overlay: Path | None) -> Framework:
    problems: list[Problem] = []
    standard = _standard()
    trees = {each["id"]: each for each in standard.entries}
    changes = _read_folder(overlay, problems) if overlay else {}
    for file, change in changes.items():
        id = change.get("id")
        if not isinstance(id, str) or _model(id) is None:
            remedy = "begin the file with the id of the entry, such as O2.M6 or O2.R1"
            problems.append(Problem(file, "id", "is missing" if id is None else f"{id} is no id", remedy))
            continue
        trees[id] = _merged(trees.get(id, {}), change)
    files = {change.get("id"): file for file, change in changes.items()}
    entries: dict[str, Entry] = {}
    for id in sorted(trees, key=_place):
        file, model = files.get(id, f"{id}.yaml"), _model(id)
        assert model is not None
        try:
            entries[id] = model.model_validate(_with_borrowed(file, trees[id], trees, problems))
        except ValidationError as error:
            problems += problems_of(file, error)
    if problems:
        raise FrameworkError(problems)

    return Framework(
        standard.outputs, _in_force(entries, Benchmark), standard.published, standard.texts,
        changed=frozenset(id for id in files if isinstance(id, str)),
        activities=_in_force(entries, Activity), risks=_in_force(entries, Risk),
        trade_offs=_in_force(entries, TradeOff), components=standard.components,
    )  # fmt: skip


def _in_force(entries: Mapping[str, Entry], kind: type[E]) -> dict[str, E]:
    return {id: each for id, each in entries.items() if isinstance(each, kind) and not each.retired}


def _model(id: str) -> type[Entry] | None:
    return MODELS.get(id.split(".")[1][:1]) if re.fullmatch(r"O\d+\.[A-Z]\d+", id) else None


def _with_borrowed(file: str, tree: Tree, trees: Mapping[str, Tree], problems: list[Problem]) -> Tree:
    """The entry with each indicator that is taken `from` another entry filled in, and those that it is made of."""
    given = tree.get("indicators")
    if not isinstance(given, dict) or not any(isinstance(each, dict) and "from" in each for each in given.values()):
        return tree
    indicators, waiting = dict(given), list(given)
    while waiting:
        id = waiting.pop()
        source = indicators[id].get("from") if isinstance(indicators[id], dict) else None
        if source is None:
            continue
        owner, _, name = str(source).partition("/")
        found = trees.get(owner, {}).get("indicators", {}).get(name)
        if found is None:
            remedy = "name it as in `O2.M6/violations`"
            problems.append(Problem(file, f"indicators.{id}.from", f"there is no indicator {source}", remedy))
            continue
        indicators[id] = {**found, **indicators[id]}
        parts = indicators[id].get("of") or []
        for part in [parts] if isinstance(parts, str) else parts:
            if part not in indicators:
                indicators[part] = {"from": f"{owner}/{part}"}
                waiting.append(part)
    return {**tree, "indicators": indicators}


@dataclass(frozen=True)
class _Standard:
    outputs: tuple[Output, ...]
    entries: tuple[Tree, ...]
    published: Mapping[str, Published]
    components: Mapping[str, Component]
    texts: Mapping[str, Mapping[str, Tree]]


@lru_cache(maxsize=1)
def _standard() -> _Standard:
    problems: list[Problem] = []
    trees = [tree for folder in sorted(STANDARD.glob("O*")) for tree in _read_folder(folder, problems).values()]
    if problems:
        raise FrameworkError(problems)
    published = [Published.model_validate(each) for each in _yaml(STANDARD / "published_thresholds.yaml")]
    components = [Component.model_validate(each) for each in _yaml(STANDARD / "components.yaml")]
    return _Standard(
        outputs=tuple(Output.model_validate(each) for each in _yaml(STANDARD / "outputs.yaml")),
        entries=tuple(trees),
        published={each.id: each for each in published},
        components={each.id: each for each in components},
        texts={folder.name: _texts(folder) for folder in sorted((STANDARD / "locale").iterdir()) if folder.is_dir()},
    )


def _texts(folder: Path) -> dict[str, Tree]:
    """Texts by id: the files of the outputs joined, and `sentences` and `words` under their own names."""
    texts: dict[str, Tree] = {}
    for path in sorted(folder.glob("*.yaml")):
        content = _yaml(path) or {}
        if path.stem.startswith("O"):
            texts.update(content)
        else:
            texts[path.stem] = content
    return texts


def _yaml(path: Path) -> Any:
    return read_yaml(path.read_bytes())


def _read_folder(folder: Path, problems: list[Problem]) -> dict[str, Tree]:
    read: dict[str, Tree] = {}
    for path in sorted(folder.rglob("*.yaml")):
        try:
            content = _yaml(path)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark else None
            what = f"is not readable as YAML ({getattr(error, 'problem', error)})"
            problems.append(Problem(path.name, "", what, "mend the line", line))
            continue
        if isinstance(content, dict):
            read[path.name] = content
        else:
            problems.append(Problem(path.name, "", "holds no fields", "write the fields of one benchmark"))
    return read


def _merged(below: Tree, above: Tree) -> Tree:
    """`above` laid over `below` by field; rules and lists are replaced whole."""
    result = dict(below)
    for key, value in above.items():
        both_mappings = isinstance(value, dict) and isinstance(result.get(key), dict)
        result[key] = _merged(result[key], value) if both_mappings and key != "rule" else value
    return result


def _place(id: str) -> tuple[int, int, int]:
    output, rest = id.split(".")
    return int(output[1:]), list(MODELS).index(rest[0]), int(rest[1:])
