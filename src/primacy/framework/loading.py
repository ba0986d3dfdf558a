"""Reading the framework: the standard in this folder, the mission's overlay, and the texts of each language."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

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
from primacy.framework.ids import StandIn, fault_of_id, model_of, place_of, stand_in
from primacy.framework.in_force import Framework, Tree
from primacy.framework.mending import mended_entry
from primacy.framework.overlay import PROPOSALS, SIGNATURE, laid_over, of_signature, only_confirms
from primacy.framework.problems import FrameworkError, Problem, unreadable
from primacy.framework.saying import said
from primacy.framework.translations import REVIEWED, TABLES, ByLanguage, held
from primacy.framework.yaml_files import read_yaml

STANDARD = Path(__file__).parent / "political_process"
E = TypeVar("E", bound=Entry)


@dataclass(frozen=True)
class Read:
    """A framework as far as it could be read.

    mended    fields (entry, path) whose fault was bridged by a stand-in
    unnamed   files that name no entry, each read under an id of its own
    """

    framework: Framework
    problems: tuple[Problem, ...]
    mended: frozenset[tuple[str, str]] = frozenset()
    unnamed: tuple[StandIn, ...] = ()


def load(overlay: Path | None = None, on: date | None = None) -> Framework:
    """The standard framework with the mission's changes in `overlay` laid over it by field.

    `on`: guarded changes count from their day on; None takes every signed change as counting.
    A change whose signature is at fault has no effect, like one that nobody signed: `check` tells of both.
    Raises   FrameworkError with every other fault of form.
    """
    read = read_framework(overlay, on)
    if stopping := [each for each in read.problems if not of_signature(each)]:
        raise FrameworkError(stopping)
    return read.framework


def read_framework(overlay: Path | None = None, on: date | None = None, *, unsigned: bool = False) -> Read:
    """Like `load`, but entries with faults are mended by stand-ins, so that the rest can be looked at too.

    `unsigned`: with the guarded changes that nobody signed, and files that name no entry.
    """
    contents = tuple((path, path.read_bytes()) for path in _yaml_files(overlay)) if overlay else ()
    if overlay is None or not contents:
        return _unchanged()
    return _changed(overlay, on, unsigned, contents)


def to_come(overlay: Path | None) -> Framework:
    """The framework as the overlay has it, with what does not count yet and what nobody signed: to read a change in."""
    return read_framework(overlay, unsigned=True).framework


@lru_cache(maxsize=1)
def _unchanged() -> Read:
    return _laid_over(None, None, False)


@lru_cache(maxsize=4)
def _changed(overlay: Path, on: date | None, unsigned: bool, _contents: tuple[tuple[Path, bytes], ...]) -> Read:
    """Read again only when a byte of the overlay changed: every page asks for the framework."""
    return _laid_over(overlay, on, unsigned)


def _laid_over(overlay: Path | None, on: date | None, unsigned: bool) -> Read:
    problems: list[Problem] = []
    standard = _standard()
    outputs, unnamed = [each.id for each in standard.outputs], list[StandIn]()
    found = read_folder(overlay, problems) if overlay else {}
    files = _identified(found, outputs, unnamed if unsigned else None, problems)
    trees, changes = laid_over({each["id"]: each for each in standard.entries}, files, on, problems, unsigned=unsigned)
    named = {content["id"]: file for file, content in files.items()}
    entries: dict[str, Entry] = {}
    mended: set[tuple[str, str]] = set()
    for id in sorted(trees, key=place_of):
        file = named.get(id, f"{id}.yaml")
        tree = _with_borrowed(file, trees[id], trees, problems)
        model = model_of(id)
        assert model is not None
        entries[id], fields = mended_entry(model, file, tree, problems)
        mended |= {(id, field) for field in fields}
        entries[id] = _cited_truly(file, entries[id], standard.published, problems)
    left = _without_retired(entries)
    framework = Framework(
        standard.outputs, _in_force(left, Benchmark), standard.published, standard.texts, changes=changes,
        activities=_in_force(left, Activity), risks=_in_force(left, Risk),
        trade_offs=_in_force(left, TradeOff), components=standard.components,
        retired={id: entries[id] for id, each in left.items() if each.retired},
    )  # fmt: skip
    if overlay is not None:
        texts = held(framework, _unchanged().framework, _own_texts(overlay, problems))
        framework = replace(framework, texts=texts)
    return Read(framework, tuple(problems), frozenset(mended), tuple(unnamed))


def _identified(
    files: Mapping[str, Tree], outputs: list[str], unnamed: list[StandIn] | None, problems: list[Problem]
) -> dict[str, Tree]:
    """The files that say which entry they are about; with `unnamed` the others too, under ids that stand in."""
    found: dict[str, Tree] = {}
    for file, content in files.items():
        id = content.get("id")
        wrong = fault_of_id(id, outputs)
        if wrong is None:
            others = {name: each for name, each in found.items() if each["id"] == id and not only_confirms(each)}
            days = [_signed_on(each) for each in (content, *others.values())]
            if others and not only_confirms(content) and (None in days or len(set(days)) < len(days)):
                fault = said("changed-twice", id=id, file=next(iter(others)))
                problems.append(Problem(file, "id", fault, said("do.one-file-or-days")))
            found[file] = content
            continue
        problems.append(Problem(file, "id", *wrong))
        if unnamed is not None:
            unnamed.append(stand_in(file, content, outputs[0], len(unnamed)))
            found[file] = {**content, "id": unnamed[-1].id}
    return dict(sorted(found.items(), key=lambda each: _place(each[1])))


def _place(content: Tree) -> tuple[str, bool, date]:
    """By entry and day of signature; who stands for numbers is said of those that all other files leave."""
    return content["id"], only_confirms(content), _signed_on(content) or date.min


def _signed_on(content: Tree) -> date | None:
    """The day on which a file was signed: of several on one entry the later lies over the earlier."""
    signed = content.get(SIGNATURE)
    day = signed.get("on") if isinstance(signed, dict) else None
    return day if isinstance(day, date) else None


def _cited_truly(file: str, entry: Entry, published: Mapping[str, Published], problems: list[Problem]) -> Entry:
    """A number is called published only where it is what the register has for it; a mission's own number is not.

    A number of which the register has nothing cannot be called published at all.
    """
    if not isinstance(entry, Measured):
        return entry
    own: dict[str, Threshold] = {}
    for name, each in entry.thresholds.items():
        source = published.get(each.source or "")
        if not each.standard or source is None:
            continue
        listed = source.sets.get(entry.id, {})
        if name not in listed or not source.compared:
            fault = said("not-published", source=each.source)
            problems.append(Problem(file, f"thresholds.{name}.standard", fault, said("do.out-is-default")))
        if listed.get(name) != each.value or not source.compared:
            own[name] = each.model_copy(update={"standard": False})
    return entry.model_copy(update={"thresholds": {**entry.thresholds, **own}}) if own else entry


def _without_retired(entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """Links to retired entries taken out of the others; what then serves or threatens nothing goes with them."""
    retired = {id for id, each in entries.items() if each.retired}
    found = dict(entries)
    for id, each in entries.items() if retired else ():
        changes: Tree = {}
        for name in ("benchmarks", "answers", "beside"):
            if retired & set(getattr(each, name, ())):
                changes[name] = [other for other in getattr(each, name) if other not in retired]
        if isinstance(each, TradeOff):
            changes["evidence"] = [other for other in each.evidence if other.benchmark not in retired]
        if isinstance(each, Watched):
            name = "signs" if isinstance(each, Risk) else "due"
            changes[name] = [signal for signal in each.signals if not retired & set(signal.told_of)]
        needed = [changes[name] for name in ("benchmarks", "signs", "due") if name in changes]
        found[id] = each.model_copy(update={**changes, "retired": each.retired or [] in needed})
    return found


def _in_force(entries: Mapping[str, Entry], kind: type[E]) -> dict[str, E]:
    return {id: each for id, each in entries.items() if isinstance(each, kind) and not each.retired}


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
            fault = said("no-indicator", name=str(source))
            problems.append(Problem(file, f"indicators.{id}.from", fault, said("do.borrow")))
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
    trees = [tree for folder in sorted(STANDARD.glob("O*")) for tree in read_folder(folder, problems).values()]
    if problems:
        raise FrameworkError(problems)
    published = [Published.model_validate(each) for each in _yaml(STANDARD / "published_thresholds.yaml")]
    components = [Component.model_validate(each) for each in _yaml(STANDARD / "components.yaml")]
    return _Standard(
        outputs=tuple(Output.model_validate(each) for each in _yaml(STANDARD / "outputs.yaml")),
        entries=tuple(trees),
        published={each.id: each for each in published},
        components={each.id: each for each in components},
        texts=standard_texts(),
    )


@lru_cache(maxsize=1)
def standard_texts() -> ByLanguage:
    """The texts of each language: who wants a word of one need not wait for the entries that they are about."""
    folders = {each.name: each for each in sorted((STANDARD / "locale").iterdir()) if each.is_dir()}
    return ByLanguage(folders, lambda language: _texts(folders[language]))


def _texts(folder: Path) -> dict[str, Tree]:
    return _joined({path.name: _yaml(path) or {} for path in sorted(folder.glob("*.yaml"))})


def _own_texts(overlay: Path, problems: list[Problem]) -> dict[str, dict[str, Tree]]:
    """The mission's own texts and reviews by language, from the folder `locale` of its overlay."""
    folders = [folder for folder in sorted((overlay / "locale").glob("*")) if folder.is_dir()]
    return {folder.name: _joined(read_folder(folder, problems, under=f"locale/{folder.name}/")) for folder in folders}


def _joined(files: Mapping[str, Tree]) -> dict[str, Tree]:
    """Texts by id: those of outputs, entries and components joined; a language's tables under their own names."""
    texts: dict[str, Tree] = {}
    for name, content in files.items():
        stem = Path(name).stem
        texts.update({stem: content} if stem in (*TABLES, REVIEWED) else content)
    return texts


def _yaml(path: Path) -> Any:
    return read_yaml(path.read_bytes())


def read_folder(folder: Path, problems: list[Problem], *, under: str = "") -> dict[str, Tree]:
    """Every file of a folder by its path there, without those of the languages. `under`: what stands before paths."""
    read: dict[str, Tree] = {}
    for path in _yaml_files(folder):
        name = path.relative_to(folder).as_posix()
        if name.startswith(("locale/", f"{PROPOSALS}/")):
            continue
        if path.suffix != ".yaml":
            fault = said("not-read", suffix=path.suffix)
            problems.append(Problem(f"{under}{name}", "", fault, said("do.call", name=f"{path.stem}.yaml")))
            continue
        try:
            content = _yaml(path)
        except yaml.YAMLError as error:
            problems.append(unreadable(f"{under}{name}", error))
            continue
        if isinstance(content, dict):
            read[name] = content
        else:
            do = said("do.texts-by-id") if under else said("do.entry-fields")
            problems.append(Problem(f"{under}{name}", "", said("no-fields"), do))
    return read


def _yaml_files(folder: Path) -> list[Path]:
    """Also those whose ending is not the one that counts."""
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".yaml", ".yml") and path.is_file())
