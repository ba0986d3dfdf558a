"""The framework in force: outputs, benchmarks, activities, risks and trade-offs, with their texts and their hash."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any

from pydantic import BaseModel

from primacy.framework.entries import (
    Activity,
    Benchmark,
    Component,
    Entry,
    Measured,
    Output,
    Published,
    Risk,
    Threshold,
    TradeOff,
    Watched,
)
from primacy.framework.overlay import FieldChange
from primacy.framework.values import awaited

COLLECTIONS: dict[str, type[BaseModel]] = {
    "benchmarks": Benchmark, "published": Published, "activities": Activity, "risks": Risk, "trade_offs": TradeOff,
    "components": Component,
}  # fmt: skip
Tree = dict[str, Any]


@dataclass(frozen=True)
class Links:
    """The activities, risks and trade-offs that point at an entry, by id."""

    activities: list[str]
    risks: list[str]
    trade_offs: list[str]


@dataclass(frozen=True)
class Framework:
    """All that is in force, in the guidance's order, with its texts."""

    outputs: tuple[Output, ...]
    benchmarks: Mapping[str, Benchmark]
    published: Mapping[str, Published]
    texts: Mapping[str, Mapping[str, Tree]] = field(default_factory=dict)
    changes: tuple[FieldChange, ...] = ()
    activities: Mapping[str, Activity] = field(default_factory=dict)
    risks: Mapping[str, Risk] = field(default_factory=dict)
    trade_offs: Mapping[str, TradeOff] = field(default_factory=dict)
    components: Mapping[str, Component] = field(default_factory=dict)
    retired: Mapping[str, Entry] = field(default_factory=dict)
    """What the mission set aside, as it last was: asked in no assessment and part of no hash, kept to be read."""

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """Benchmarks, activities, risks and trade-offs by id."""
        return {**self.benchmarks, **self.activities, **self.risks, **self.trade_offs}

    @cached_property
    def readable(self) -> Mapping[str, Entry]:
        """All that has a page of its own: what is in force, and what the mission set aside."""
        return {**self.entries, **self.retired}

    def changes_of(self, id: str) -> list[FieldChange]:
        """What the mission changes in an entry, also what does not count yet or was not signed."""
        return [each for each in self.changes if each.entry == id]

    def setting_aside(self, id: str) -> FieldChange | None:
        """The change by which an entry was set aside; None where it only went with what it served."""
        found = (each for each in self.changes_of(id) if each.field == "retired" and each.state == "in force")
        return next(found, None)

    @cached_property
    def changed(self) -> frozenset[str]:
        """The entries that the mission words or judges otherwise than the standard."""
        return frozenset(each.entry for each in self.changes if each.state == "in force")

    @property
    def measured(self) -> Iterator[Measured]:
        """All that reads indicators, in a fixed order."""
        yield from self.benchmarks.values()
        yield from self.watched

    @property
    def watched(self) -> Iterator[Watched]:
        """All whose signals are looked for: risks, then trade-offs."""
        yield from self.risks.values()
        yield from self.trade_offs.values()

    def of_output(self, output: str, horizon: str | None = None) -> list[Benchmark]:
        return [each for each in self.benchmarks.values() if each.output == output and horizon in (None, each.horizon)]

    def text(self, id: str, name: str, language: str = "en") -> tuple[str, bool]:
        """A text of an output, component or entry, and whether it is in the language asked for.

        `name` is a field, or a path such as `labels.contacts`, `signs.refused`, `units.met`, `options.wait.for.0`.
        """
        translated = _at(self.texts.get(language, {}).get(id, {}), name.split("."))
        if translated:
            return str(translated), True
        borrowed = self._borrowed(id, name)
        return self.text(*borrowed, language) if borrowed else (self._english(id, name), language == "en")

    def _borrowed(self, id: str, name: str) -> tuple[str, str] | None:
        """Where the label of an indicator stands that was taken from another entry and not named anew."""
        head, _, indicator = name.partition(".")
        entry = self.readable.get(id)
        if head != "labels" or not isinstance(entry, Measured) or not entry.indicators[indicator].from_:
            return None
        owner, _, original = str(entry.indicators[indicator].from_).partition("/")
        lender = self.readable.get(owner)
        if not isinstance(lender, Measured) or entry.indicators[indicator].label != lender.indicators[original].label:
            return None
        return owner, f"labels.{original}"

    def _english(self, id: str, name: str) -> str:
        entry: Any = self.readable.get(id) or self.components.get(id) or self.published.get(id)
        if entry is None:
            entry = next(each for each in self.outputs if each.id == id)
        match name.split("."):
            case ["labels", indicator]:
                return entry.indicators[indicator].label or indicator.replace("-", " ")
            case ["units", threshold]:
                return str(entry.thresholds[threshold].unit)
            case ["signs" | "due", signal] if isinstance(entry, Watched):
                return next(each.text for each in entry.signals if each.id == signal)
            case ["signs", sign] if isinstance(entry, Benchmark):
                return next(r.sign.text for r in entry.reversal if r.sign is not None and r.sign.id == sign)
            case steps:
                return str(_walk(entry, steps))

    def templates(self, language: str) -> Mapping[str, str]:
        """The sentence templates of a language; empty for English, whose templates stand beside the code."""
        return self.texts.get(language, {}).get("sentences", {})

    @cached_property
    def links(self) -> Mapping[str, Links]:
        """For each entry, what points at it."""
        return {
            id: Links(
                activities=[each.id for each in self.activities.values() if id in each.benchmarks],
                risks=[each.id for each in self.risks.values() if id in (*each.benchmarks, *each.answers)],
                trade_offs=[each.id for each in self.trade_offs.values() if id in each.benchmarks],
            )
            for id in self.readable
        }

    def prerequisites(self) -> dict[str, set[str]]:
        """For each benchmark, the benchmarks that its rule waits for."""
        return {
            id: {awaited(name)[0] for node in benchmark.rule.nodes() for name in node.after} & set(self.benchmarks)
            for id, benchmark in self.benchmarks.items()
        }

    def only(self, benchmarks: Iterable[str]) -> "Framework":
        """Some benchmarks and those that they wait for; no risks and no trade-offs."""
        waits, wanted = self.prerequisites(), list(benchmarks)
        for id in wanted:
            wanted += sorted(waits.get(id, set()) - set(wanted))
        kept = {id: each for id, each in self.benchmarks.items() if id in set(wanted)}
        return replace(self, benchmarks=kept, risks={}, trade_offs={})

    def is_published(self, threshold: Threshold) -> bool:
        return threshold.standard and threshold.source in self.published

    def sets(self, id: str, name: str) -> bool:
        """Whether the mission sets a number of an entry otherwise than the standard."""
        changed = ("", f"thresholds.{name}.value") if id in self.entries else ()
        return any(each.entry == id and each.field in changed and each.state == "in force" for each in self.changes)

    def is_confirmed(self, threshold: Threshold) -> bool:
        return self.is_published(threshold) or threshold.confirmed is not None

    def tree_of(self, id: str) -> Tree:
        """An entry, output or component as plain data."""
        named: dict[str, BaseModel] = {
            **{each.id: each for each in self.outputs}, **self.readable, **self.components,
        }  # fmt: skip
        tree: Tree = _plain(named[id])
        return tree

    def as_dict(self) -> Tree:
        """The effective framework as plain data: what a package carries and what the hash is taken of."""
        return self._as_plain

    @cached_property
    def _as_plain(self) -> Tree:
        return {
            "outputs": [_plain(each) for each in self.outputs],
            **{name: [_plain(each) for each in getattr(self, name).values()] for name in COLLECTIONS},
        }

    @classmethod
    def from_dict(cls, content: Tree) -> "Framework":
        return cls(
            outputs=tuple(Output.model_validate(each) for each in content["outputs"]),
            **{  # type: ignore[arg-type]
                name: {each["id"]: model.model_validate(each) for each in content[name]}
                for name, model in COLLECTIONS.items()
            },
        )

    @cached_property
    def hash(self) -> str:
        text = json.dumps(self.as_dict(), sort_keys=True, ensure_ascii=False)
        return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _walk(value: Any, steps: Iterable[str]) -> Any:
    """Follows fields, places in a list (`0`), and the ids of what a list holds."""
    for step in steps:
        if isinstance(value, list):
            value = value[int(step)] if step.isdecimal() else next(each for each in value if each.id == step)
        else:
            value = getattr(value, "for_" if step == "for" else step)
    return value


def _at(tree: Any, path: Iterable[str]) -> Any:
    for step in path:
        if isinstance(tree, list) and step.isdecimal() and int(step) < len(tree):
            tree = tree[int(step)]
        elif isinstance(tree, Mapping) and step in tree:
            tree = tree[step]
        else:
            return None
    return tree


def _plain(value: Any) -> Any:
    """A model as the planner wrote it: aliases, defaults left out, spans as text."""
    if value is None or isinstance(value, str | int | float):
        return value
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
    return str(value)


@cache
def _fields(model: type[BaseModel]) -> dict[str, tuple[str, Any]]:
    """Alias and default of each field of a model."""
    return {
        name: (field.alias or name, field.get_default(call_default_factory=True))
        for name, field in model.model_fields.items()
    }
