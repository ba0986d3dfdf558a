"""The areas of the instance, read again only when their file changed: every page needs their names."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from primacy.places.areas import FILE, Areas


def areas_of(folder: Path) -> Areas:
    """The areas in the folder `places` of an instance."""
    return _read(folder, changed(folder))


def place_names(folder: Path, language: str) -> Mapping[str, str]:
    """The name of every area by P-code, in the language or else as it is officially written."""
    return _names(folder, changed(folder), language)


def changed(folder: Path) -> int:
    """When the file of areas was last written, for what is kept of it."""
    file = folder / FILE
    return file.stat().st_mtime_ns if file.is_file() else 0


@lru_cache(maxsize=2)
def _read(folder: Path, _changed: int) -> Areas:
    return Areas.load(folder)


@lru_cache(maxsize=6)
def _names(folder: Path, changed: int, language: str) -> Mapping[str, str]:
    return _read(folder, changed).names(language)
