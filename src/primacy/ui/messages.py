"""The texts of the interface in each language: from the .po files that people edit to the .mo files that are read.

`python -m primacy.ui.messages` writes the .mo files; the site does the same at its start where they are stale.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import polib

LOCALE = Path(__file__).parent / "locale"


def catalogues() -> Iterator[Path]:
    """The .po file of every language."""
    yield from sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def compile_all() -> list[Path]:
    """Write the .mo files that are missing or older than their .po; returns those written."""
    return [_compile(source) for source in catalogues() if _stale(source)]


def _stale(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> Path:
    """Written beside and then moved into place: another process may be reading."""
    target = source.with_suffix(".mo")
    beside = target.with_suffix(f".{os.getpid()}.tmp")
    polib.pofile(str(source)).save_as_mofile(str(beside))
    beside.replace(target)
    return target


if __name__ == "__main__":
    for written in compile_all():
        print(written)  # noqa: T201 - the command's answer
