"""The areas of the instance, read again only when one of their files changed: every page needs their names."""

from functools import lru_cache
from pathlib import Path

from primacy.places.areas import FILE, AreaNames, Areas
from primacy.places.decisions import DECISIONS
from primacy.places.living import POPULATION
from primacy.places.settlements import SETTLEMENTS

State = tuple[int, ...]


def areas_of(folder: Path) -> Areas:
    """The areas in the folder `places` of an instance."""
    return _read(folder, changed(folder))


def place_names(folder: Path, language: str) -> AreaNames:
    """The name of every area by P-code, in the language or else as it is officially written."""
    return _names(folder, changed(folder), language)


def changed(folder: Path) -> State:
    """When each of their files was last written, for what is kept of them."""
    files = (folder / name for name in (FILE, POPULATION, DECISIONS, SETTLEMENTS))
    return tuple(file.stat().st_mtime_ns if file.is_file() else 0 for file in files)


@lru_cache(maxsize=2)
def _read(folder: Path, _changed: State) -> Areas:
    return Areas.load(folder)


@lru_cache(maxsize=6)
def _names(folder: Path, changed: State, language: str) -> AreaNames:
    return _read(folder, changed).names(language)
