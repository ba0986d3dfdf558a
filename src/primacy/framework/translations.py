"""Which translations hold, and which of them somebody has read and confirmed.

A translation holds while the English that it renders is in force. A review holds while neither of the two changes: it
is kept in the language's folder, in `reviewed.yaml`, with a fingerprint of both.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field, ValidationError, field_validator

from primacy.framework.entries import Benchmark
from primacy.framework.grammar import Part
from primacy.framework.in_force import Framework, Tree
from primacy.framework.names import bare
from primacy.framework.problems import Problem, problems_of
from primacy.framework.saying import said
from primacy.framework.yaml_files import read_yaml

SOURCE = "en"  # in which the texts are written
REVIEWED = "reviewed"
SENTENCES = "sentences"
TABLES = (SENTENCES, "words", "countries", "glossary", "faults")  # what a language has beside the texts of entries
Texts = Mapping[str, Mapping[str, Tree]]


class ByLanguage(Mapping[str, dict[str, Tree]]):
    """Texts of each language, read when they are first asked for: who speaks one language waits for no other.

    Equal is only what is the same: what was made of the texts of a language may be kept under them.
    """

    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def __init__(self, languages: Iterable[str], read: Callable[[str], dict[str, Tree]]) -> None:
        self._languages, self._read = tuple(languages), read
        self._known: dict[str, dict[str, Tree]] = {}

    def __getitem__(self, language: str) -> dict[str, Tree]:
        if language not in self._languages:
            raise KeyError(language)
        if language not in self._known:
            self._known[language] = self._read(language)
        return self._known[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._languages)

    def __len__(self) -> int:
        return len(self._languages)


def held(framework: Framework, standard: Framework, own: Texts) -> ByLanguage:
    """The texts of each language for a framework that a mission changed.

    What the mission words otherwise than the standard loses the standard's translation; `own` are the mission's.
    """
    changed = [id for id, entry in framework.readable.items() if entry != standard.entries.get(id)]

    def texts(language: str) -> dict[str, Tree]:
        below = standard.texts.get(language, {})
        found = dict(below)
        for id in changed:
            kept = [
                (path, text)
                for path, text in leaves(below.get(id, {}))
                if english(framework, id, path) == english(standard, id, path)
            ]
            found[id] = _tree(kept)
        for id, tree in own.get(language, {}).items():
            before = found.get(id, {})
            flat = id in (*TABLES, REVIEWED)  # their keys are ids and names of templates, which hold points themselves
            found[id] = {**before, **tree} if flat else _tree([*leaves(before), *leaves(tree)])
        return found

    return ByLanguage(dict.fromkeys([*own, *standard.texts]), texts)


def apart(texts: Mapping[str, Tree], others: Mapping[str, Tree]) -> dict[str, Tree]:
    """The texts of entries, and the sentences, that others have otherwise or lack: what makes the first of the second
    as own texts of `held`."""
    found: dict[str, Tree] = {}
    for id in (each for each in texts if each not in (*TABLES, REVIEWED) or each == SENTENCES):
        before = dict(leaves(others.get(id, {})))
        own = [(path, text) for path, text in leaves(texts[id]) if before.get(path) != text]
        if own:
            found[id] = dict(own) if id == SENTENCES else _tree(own)
    return found


def leaves(tree: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a tree with its path: `labels.contacts`, `collect.0.what`."""
    items: Iterable[tuple[Any, Any]] = ()
    if isinstance(tree, Mapping):
        items = tree.items()
    elif isinstance(tree, list):
        items = enumerate(tree)
    else:
        yield path, str(tree)
    for key, value in items:
        yield from leaves(value, f"{path}.{key}" if path else str(key))


def _tree(found: Iterable[tuple[str, str]]) -> Tree:
    """The way back from `leaves`; places of a list become keys, which a path finds as well."""
    tree: Tree = {}
    for path, text in found:
        *above, last = path.split(".")
        inside = tree
        for step in above:
            inside = inside.setdefault(step, {})
        inside[last] = text
    return tree


def english(framework: Framework, id: str, path: str) -> str | None:
    """The English of a text; None where the framework has no such text (any more)."""
    try:
        return framework.text(id, path, SOURCE)[0]
    except (LookupError, AttributeError, StopIteration):
        return None


def to_collect(
    framework: Framework, id: str, listed: Iterable[Mapping[str, str]], language: str
) -> list[dict[str, str]]:
    """What to collect for a benchmark in a language; what the framework now asks otherwise stays as it was listed."""
    benchmark = framework.readable[id]
    asked = [each.model_dump() for each in benchmark.collect] if isinstance(benchmark, Benchmark) else []
    shown = []
    for place, each in enumerate(listed):
        entry = dict(each)
        if entry in asked[place : place + 1]:
            entry |= {name: framework.text(id, f"collect.{place}.{name}", language)[0] for name in ("what", "how")}
        shown.append(entry)
    return shown


class Review(Part):
    """Somebody has read the texts of an entry: in which role, on which day, and the fingerprint of what was read."""

    by: str = Field(min_length=1)
    on: str
    text: str

    @field_validator("on", mode="before")
    @classmethod
    def _day_as_text(cls, day: object) -> str:
        return str(day)


@dataclass(frozen=True)
class Reviews:
    """The reviews of one language: those that the language's folder brings, and over them the mission's own."""

    framework: Framework
    language: str
    entries: Mapping[str, Review]
    problems: tuple[Problem, ...] = ()

    @property
    def units(self) -> list[str]:
        """What is reviewed as one: all texts of an entry, output or component, and each table of the language."""
        framework = self.framework
        known = {each.id for each in framework.outputs} | {*framework.entries, *framework.components, *TABLES}
        translated = framework.texts.get(self.language, {})
        return [unit for unit in translated if unit in known or unit in framework.published]

    def holds(self, unit: str) -> bool:
        """Whether somebody confirmed these texts as they are now. English needs nobody: the others render it."""
        if self.language == SOURCE:
            return True
        return unit in self.entries and self.entries[unit].text == fingerprint(self.framework, unit, self.language)

    @property
    def waiting(self) -> list[str]:
        """The units that nobody has confirmed as they are now."""
        return [unit for unit in self.units if not self.holds(unit)]

    @property
    def overtaken(self) -> Iterator[Problem]:
        """Reviews of texts that changed since or are not there."""
        file = f"locale/{self.language}/{REVIEWED}.yaml"
        for unit, review in self.entries.items():
            if unit not in self.units:
                yield Problem(file, unit, said("review.no-text"), said("do.take-entry-out"))
            elif not self.holds(unit):
                fault = said("review.overtaken", by=review.by, on=review.on)
                yield Problem(file, unit, fault, said("do.review", unit=unit, language=self.language))


def reviews(framework: Framework, language: str) -> Reviews:
    """Who has confirmed what of a language, in the standard and in the mission's overlay."""
    entries: dict[str, Review] = {}
    problems: list[Problem] = []
    for unit, entry in framework.texts.get(language, {}).get(REVIEWED, {}).items():
        try:
            entries[unit] = Review.model_validate(entry)
        except ValidationError as error:
            faults = problems_of(f"locale/{language}/{REVIEWED}.yaml", error)
            problems += [replace(each, field=f"{unit}.{each.field}".rstrip(".")) for each in faults]
    return Reviews(framework, language, entries, tuple(problems))


def unreviewed(framework: Framework, language: str, id: str | None = None) -> bool:
    """Whether texts are shown that nobody has confirmed: of one entry, its output and all sentences; or of anything."""
    found = reviews(framework, language)
    units = found.units
    if id is not None:
        shown = (id, id.split(".")[0], "sentences", "words")
        units = [unit for unit in shown if unit in units]
    return not all(found.holds(unit) for unit in units)


def pairs(framework: Framework, unit: str, language: str) -> list[tuple[str, str | None, str]]:
    """(path, English, translation) of every text of a unit."""
    own = leaves(framework.texts.get(language, {}).get(unit, {}))
    if unit in TABLES:
        source = dict(leaves(framework.texts[SOURCE].get(unit, {})))
        return [(path, source.get(path), text) for path, text in own]
    return [(path, english(framework, unit, path), text) for path, text in own]


def fingerprint(framework: Framework, unit: str, language: str) -> str:
    """Twelve digits that change with the texts of a unit in a language and with the English that they render."""
    text = json.dumps(sorted(pairs(framework, unit, language)), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def confirm(framework: Framework, units: Iterable[str], language: str, overlay: Path, *, by: str, on: str) -> None:
    """Enter into the overlay that somebody has read these texts.

    Raises   ValueError where `by` names nobody.
    """
    if not bare(by):
        raise ValueError("a translation is confirmed by somebody")
    path = overlay / "locale" / language / f"{REVIEWED}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    entries = (read_yaml(path.read_bytes()) if path.is_file() else None) or {}
    for unit in units:
        entries[unit] = Review(by=by, on=on, text=fingerprint(framework, unit, language)).model_dump()
    path.write_text(yaml.safe_dump(entries, allow_unicode=True), "utf-8")
