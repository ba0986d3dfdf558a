"""Faults of the mission's own translations: what stands in the folder `locale` of its overlay, and what is missing."""

from collections.abc import Collection, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from primacy.framework import loading
from primacy.framework.in_force import Framework
from primacy.framework.languages import codes
from primacy.framework.problems import Problem
from primacy.framework.saying import Said, said
from primacy.framework.translations import REVIEWED, SOURCE, TABLES, english, leaves


def text_faults(framework: Framework, overlay: Path, languages: Collection[str]) -> Iterator[Problem]:
    """Texts that no page would show, and added entries without a short name. `languages`: those of the mission."""
    known = codes()
    for folder in sorted((overlay / "locale").glob("*")):
        if folder.is_dir() and folder.name not in known:
            fault, do = said("no-language", name=folder.name), said("do.language", names=known)
            yield Problem(f"locale/{folder.name}", "", fault, do)
        elif folder.is_dir():
            yield from _language_faults(framework, folder)
    yield from _missing(framework, [each for each in known if each != SOURCE and each in languages])


def _missing(framework: Framework, languages: Collection[str]) -> Iterator[Problem]:
    """Entries of the mission's own that would stand on a page in another language by their English short name."""
    standard = loading.load().entries
    for id in (each for each in framework.entries if each not in standard):
        for language in languages:
            if not framework.text(id, "short", language)[1]:
                do = said("do.translate", id=id, language=language)
                yield Problem(f"{id}.yaml", "short", said("untranslated", language=language), do)


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
            yield Problem(file, path, said("no-word", table=table), _nearest(path, named))
        else:
            yield from _empty(file, path, text)


def _entry_faults(framework: Framework, file: str, id: str, texts: Any) -> Iterator[Problem]:
    known = _named(framework)
    if id not in known:
        if id not in loading.load().entries:  # of an entry set aside the texts may stay
            yield Problem(file, id, said("no-entry", name=id), _nearest(id, known))
        return
    if not isinstance(texts, dict):
        yield Problem(file, id, said("no-texts"), said("do.texts", id=id))
        return
    for path, text in leaves(texts):
        field = f"{id}.{path}"
        if english(framework, id, path) is None:
            named = [each for each, _text in leaves(framework.texts["fr"].get(id, {}))]
            there = [each for each in named if english(framework, id, each) is not None]
            yield Problem(file, field, said("no-text-of", id=id, name=path), _nearest(path, there))
        else:
            yield from _empty(file, field, text)


def _empty(file: str, field: str, text: str) -> Iterator[Problem]:
    if text.strip() in ("", "None"):
        yield Problem(file, field, said("empty"), said("do.text-or-out"))


def _named(framework: Framework) -> set[str]:
    """The ids of all that has texts."""
    outputs = {each.id for each in framework.outputs}
    return {*framework.entries, *framework.components, *framework.published, *outputs}


def _nearest(wrong: str, known: Collection[str]) -> Said:
    near = get_close_matches(wrong, known, n=3)
    return said("do.use-nearest-or-out", names=near) if near else said("do.spelling-or-out")
