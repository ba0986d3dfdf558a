"""Reading the framework: the standard in this folder, the mission's overlay, and the texts of each language."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError

from primacy.framework.entries import Benchmark, Output, Published, Threshold
from primacy.framework.problems import FrameworkError, Problem, problems_of
from primacy.framework.yaml_files import read_yaml

STANDARD = Path(__file__).parent / "political_process"
TERMS = ("S", "M", "L")
Tree = dict[str, Any]


@dataclass(frozen=True)
class Framework:
    """Outputs and benchmarks in force, in the guidance's order, with their texts."""

    outputs: tuple[Output, ...]
    benchmarks: Mapping[str, Benchmark]
    published: Mapping[str, Published]
    texts: Mapping[str, Mapping[str, Tree]] = field(default_factory=dict)
    changed: frozenset[str] = frozenset()

    def of_output(self, output: str, horizon: str | None = None) -> list[Benchmark]:
        return [each for each in self.benchmarks.values() if each.output == output and horizon in (None, each.horizon)]

    def text(self, id: str, name: str, language: str = "en") -> tuple[str, bool]:
        """A text of an output or benchmark, and whether it is in the language asked for.

        `name` is a field, or a path such as `labels.contacts`, `signs.refused`, `units.met`.
        """
        translated = _at(self.texts.get(language, {}).get(id, {}), name.split("."))
        if translated:
            return str(translated), True
        return self._english(id, name), language == "en"

    def _english(self, id: str, name: str) -> str:
        if id not in self.benchmarks:
            return str(getattr(next(each for each in self.outputs if each.id == id), name))
        benchmark, (head, *rest) = self.benchmarks[id], name.split(".")
        match head:
            case "labels":
                return benchmark.indicators[rest[0]].label or rest[0].replace("-", " ")
            case "signs":
                return next(r.sign.text for r in benchmark.reversal if r.sign is not None and r.sign.id == rest[0])
            case "units":
                return benchmark.thresholds[rest[0]].unit
        return str(getattr(benchmark, name))

    def templates(self, language: str) -> Mapping[str, str]:
        """The sentence templates of a language; empty for English, whose templates stand beside the code."""
        return self.texts.get(language, {}).get("sentences", {})

    def prerequisites(self) -> dict[str, set[str]]:
        """For each benchmark, the benchmarks that its rule waits for."""
        return {
            id: {name for node in benchmark.rule.nodes() for name in node.after if name in self.benchmarks}
            for id, benchmark in self.benchmarks.items()
        }

    def is_published(self, threshold: Threshold) -> bool:
        return threshold.standard and threshold.source in self.published

    def is_confirmed(self, threshold: Threshold) -> bool:
        return self.is_published(threshold) or threshold.confirmed is not None

    def as_dict(self) -> Tree:
        """The effective framework as plain data: what a package carries and what the hash is taken of."""
        return {
            "outputs": [_plain(each) for each in self.outputs],
            "benchmarks": [_plain(each) for each in self.benchmarks.values()],
            "published": [_plain(each) for each in self.published.values()],
        }

    @classmethod
    def from_dict(cls, content: Tree) -> "Framework":
        return cls(
            outputs=tuple(Output.model_validate(each) for each in content["outputs"]),
            benchmarks={each["id"]: Benchmark.model_validate(each) for each in content["benchmarks"]},
            published={each["id"]: Published.model_validate(each) for each in content["published"]},
        )

    @cached_property
    def hash(self) -> str:
        text = json.dumps(self.as_dict(), sort_keys=True, ensure_ascii=False)
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


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
    trees = {each["id"]: each for each in standard.benchmarks}
    changes = _read_folder(overlay, problems) if overlay else {}
    for file, change in changes.items():
        id = change.get("id")
        if not isinstance(id, str):
            problems.append(Problem(file, "id", "is missing", "begin the file with the id of the benchmark"))
            continue
        trees[id] = _merged(trees.get(id, {}), change)
    files = {change.get("id"): file for file, change in changes.items()}
    benchmarks = {}
    for id, tree in trees.items():
        try:
            benchmarks[id] = Benchmark.model_validate(tree)
        except ValidationError as error:
            problems += problems_of(files.get(id, f"{id}.yaml"), error)
    if problems:
        raise FrameworkError(problems)
    ordered = {id: benchmarks[id] for id in sorted(benchmarks, key=_place) if not benchmarks[id].retired}
    changed = frozenset(id for id in files if isinstance(id, str))
    return Framework(standard.outputs, ordered, standard.published, standard.texts, changed)


@dataclass(frozen=True)
class _Standard:
    outputs: tuple[Output, ...]
    benchmarks: tuple[Tree, ...]
    published: Mapping[str, Published]
    texts: Mapping[str, Mapping[str, Tree]]


@lru_cache(maxsize=1)
def _standard() -> _Standard:
    problems: list[Problem] = []
    trees = [tree for folder in sorted(STANDARD.glob("O*")) for tree in _read_folder(folder, problems).values()]
    if problems:
        raise FrameworkError(problems)
    published = [Published.model_validate(each) for each in _yaml(STANDARD / "published_thresholds.yaml")]
    return _Standard(
        outputs=tuple(Output.model_validate(each) for each in _yaml(STANDARD / "outputs.yaml")),
        benchmarks=tuple(trees),
        published={each.id: each for each in published},
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
    return int(output[1:]), TERMS.index(rest[0]), int(rest[1:])


def _at(tree: Any, path: Iterable[str]) -> Any:
    for step in path:
        if not isinstance(tree, Mapping) or step not in tree:
            return None
        tree = tree[step]
    return tree


def _plain(value: Any) -> Any:
    """A model as the planner wrote it: aliases, defaults left out, spans as text."""
    if isinstance(value, BaseModel):
        return {
            alias: _plain(getattr(value, name))
            for name, (alias, default) in _fields(type(value)).items()
            if getattr(value, name) != default
        }
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


@cache
def _fields(model: type[BaseModel]) -> dict[str, tuple[str, Any]]:
    """Alias and default of each field of a model."""
    return {
        name: (field.alias or name, field.get_default(call_default_factory=True))
        for name, field in model.model_fields.items()
    }


def indicators(framework: Framework) -> Iterator[tuple[str, str]]:
    """Every indicator as (benchmark, id), in order."""
    for benchmark in framework.benchmarks.values():
        for id in benchmark.indicators:
            yield benchmark.id, id
