"""The languages of the framework: each is one folder of texts in `locale`, and what it lacks is said in English."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from primacy.framework import loading
from primacy.framework.translations import SOURCE, ByLanguage
from primacy.framework.yaml_files import read_yaml


def codes() -> list[str]:
    """The code of each language: English first, the others in alphabetical order."""
    found = sorted(file.parent.name for file in _folder().glob("*/words.yaml"))
    return sorted(found, key=lambda code: code != SOURCE)


def languages() -> dict[str, str]:
    """What each language calls itself, by code: English first, the others by their names."""
    files = [(code, _folder() / code / "words.yaml") for code in codes()]
    return dict(_names(tuple((code, file, file.stat().st_mtime_ns) for code, file in files)))


@lru_cache(maxsize=4)
def _names(files: tuple[tuple[str, Path, int], ...]) -> tuple[tuple[str, str], ...]:
    """A file of words is long; it is read again when it changed."""
    names = {code: str(read_yaml(file.read_bytes())["language"]["name"]) for code, file, _changed in files}
    return tuple(sorted(names.items(), key=lambda each: (each[0] != SOURCE, each[1])))


def _folder() -> Path:
    return loading.STANDARD / "locale"


def short_name(code: str) -> str:
    """A language in one or two letters of its own script, for a switch."""
    return str(words(code, "language")["short"])


def words(language: str, name: str) -> Any:
    """A table of words, or one word, in a language; what the language lacks is taken from English."""
    return _words(loading.standard_texts(), language, name)


@lru_cache(maxsize=1_000)
def _words(texts: ByLanguage, language: str, name: str) -> Any:
    english = texts[SOURCE]["words"][name]
    own = texts.get(language, {}).get("words", {}).get(name)
    if isinstance(english, Mapping) and isinstance(own, Mapping):
        return {**english, **own}
    return own or english


def leftward(language: str) -> bool:
    """Whether it is written from right to left."""
    return bool(words(language, "language")["direction"] == "rtl")


def template(language: str, table: str, key: str) -> str:
    """A template of a table; where the language lacks it, that of English."""
    texts = loading.standard_texts()
    own = texts.get(language, {}).get(table, {})
    return str(own[key] if key in own else texts[SOURCE][table][key])


def fault(language: str, key: str) -> str:
    """The template of a fault or a note: the framework's own, or a room's, whose key begins with the room's name.
    What another Primacy kept may have a key that is not known here: then that stands for the words.
    """
    room, _, name = key.rpartition("/")
    if not room:
        return template(language, "faults", name)
    own, english = room_templates(room, language), room_templates(room, SOURCE)
    return own.get(name) or english.get(name) or name.replace("{", "").replace("}", "")


@lru_cache(maxsize=100)
def room_templates(room: str, language: str) -> Mapping[str, str]:
    """Every template of a room, of all its files; none in a language that the room does not speak."""
    files = sorted((Path(__file__).parents[1] / room / "locale" / language).glob("*.yaml"))
    return {name: str(text) for file in files for name, text in read_yaml(file.read_bytes()).items()}


def named(language: str, table: str, id: str) -> str:
    """What a language calls a unit, kind, measure or aggregate: its own word, or else the id as people write it."""
    return str(words(language, table).get(id) or id.replace("-", " ").replace("_", " "))
