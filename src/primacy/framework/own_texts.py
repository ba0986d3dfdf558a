"""Faults of the mission's own translations: what stands in the folder `locale` of its overlay, and what is missing."""

from collections.abc import Collection, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from primacy.framework import loading
from primacy.framework.in_force import Framework
from primacy.framework.languages import codes
from primacy.framework.problems import Problem
from primacy.framework.translations import REVIEWED, SOURCE, TABLES, english, leaves


def text_faults(framework: Framework, overlay: Path, languages: Collection[str]) -> Iterator[Problem]:
    """Texts that no page would show, and added entries without a short name. `languages`: those of the mission."""
    known = codes()
    for folder in sorted((overlay / "locale").glob("*")):
        if folder.is_dir() and folder.name not in known:
            remedy = f"use one of {', '.join(known)}; a new language is a folder of the standard"
            yield Problem(f"locale/{folder.name}", "", f"there is no language {folder.name}", remedy)
        elif folder.is_dir():
            yield from _language_faults(framework, folder)
    yield from _missing(framework, [each for each in known if each != SOURCE and each in languages])


def _missing(framework: Framework, languages: Collection[str]) -> Iterator[Problem]:
    """Entries of the mission's own that would stand on a page in another language by their English short name."""
    standard = loading.load().entries
    for id in (each for each in framework.entries if each not in standard):
        for language in languages:
            if not framework.text(id, "short", language)[1]:
                remedy = f"write `{id}: {{short: ...}}` into locale/{language}/own.yaml"
                yield Problem(f"{id}.yaml", "short", f"is not translated ({language})", remedy)


def _language_faults(framework: Framework, folder: Path) -> Iterator[Problem]:
    for name, content in loading.read_folder(folder, []).items():
        file, stem = f"locale/{folder.name}/{name}", Path(name).stem
        if stem in TABLES:
            yield from _table_faults(framework, file, stem, content)
        elif stem != REVIEWED:
            for id, texts in content.items():
                yield from _entry_faults(framework, file, str(id), texts)


def _table_faults(framework: Framework, file: str, table: str, content: dict[str, Any]) -> Iterator[Problem]:
    """A table of words may say what English says, under the same names."""
    named = dict(leaves(framework.texts[SOURCE].get(table, {})))
    open_tables = {name for name, each in framework.texts[SOURCE].get(table, {}).items() if each == {}}
    for path, text in leaves(content):
        if path not in named and path.partition(".")[0] not in open_tables:
            yield Problem(file, path, f"there is no such word among the {table}", _nearest(path, named))
        else:
            yield from _empty(file, path, text)


def _entry_faults(framework: Framework, file: str, id: str, texts: Any) -> Iterator[Problem]:
    known = _named(framework)
    if id not in known:
        if id not in loading.load().entries:  # of an entry set aside the texts may stay
            yield Problem(file, id, f"there is no entry {id}", _nearest(id, known))
        return
    if not isinstance(texts, dict):
        yield Problem(file, id, "holds no texts", f"write for example `{id}: {{short: ...}}`")
        return
    for path, text in leaves(texts):
        field = f"{id}.{path}"
        if english(framework, id, path) is None:
            named = [each for each, _text in leaves(framework.texts["fr"].get(id, {}))]
            there = [each for each in named if english(framework, id, each) is not None]
            yield Problem(file, field, f"{id} has no text {path}", _nearest(path, there))
        else:
            yield from _empty(file, field, text)


def _empty(file: str, field: str, text: str) -> Iterator[Problem]:
    if text.strip() in ("", "None"):
        yield Problem(file, field, "is empty", "write the text, or take the line out: English stands there then")


def _named(framework: Framework) -> set[str]:
    """The ids of all that has texts."""
    outputs = {each.id for each in framework.outputs}
    return {*framework.entries, *framework.components, *framework.published, *outputs}


def _nearest(wrong: str, known: Collection[str]) -> str:
    near = get_close_matches(wrong, known, n=3)
    return f"use for example {', '.join(near)}, or take it out" if near else "check its spelling, or take it out"
