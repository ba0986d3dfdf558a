"""A store whose files were damaged: every reader says so in one sentence with the file and what to do."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from primacy.evidence.doctor import examine
from primacy.evidence.errors import BadInput
from primacy.evidence.store.manifest import FILE, LISTED, Listed, Manifest
from primacy.evidence.store.redaction import take_out
from primacy.evidence.store.store import Store
from primacy.evidence.tests.test_store import LATER, points, version
from primacy.places.files.faults import Faults

Damage = Callable[[Path], None]


def _changed(path: Path, change: Callable[[bytes], bytes]) -> None:
    path.write_bytes(change(path.read_bytes()))


def _of(folder: str, change: Callable[[bytes], bytes]) -> Damage:
    return lambda home: _changed(next((home / folder).glob("*.parquet")), change)


def _flipped(content: bytes) -> bytes:
    """One bit of a value: the file can still be read, and says something else."""
    return content[:100] + bytes([content[100] ^ 1]) + content[101:]


def _without_seals(home: Path) -> None:
    """As a store of layout 1, whose files have no checksums."""
    said = json.loads((home / "manifest.json").read_text("utf-8"))
    (home / "manifest.json").write_text(json.dumps(said | {"files": {}}), "utf-8")


def _both(one: Damage, other: Damage) -> Damage:
    return lambda home: (one(home), other(home))[0]


def _manifest(change: Callable[[Any], Any]) -> Damage:
    def damage(home: Path) -> None:
        path = home / "manifest.json"
        path.write_text(json.dumps(change(json.loads(path.read_text("utf-8")))), "utf-8")

    return damage


READERS: dict[str, Callable[[Store], object]] = {
    "rows": lambda store: store.fetch(store.rows(as_of=date(2030, 1, 1), known=LATER)),
    "columns": lambda store: store.columns(store.rows(as_of=date(2030, 1, 1), known=LATER)),
    "cells": lambda store: store.fetch(store.cells(as_of=date(2030, 1, 1), known=LATER)),
    "content": lambda store: list(store.content(store.versions()[0].id)),
    "confidentiality": lambda store: store.highest_confidentiality(known=LATER),
    "areas of items": lambda store: store.areas_of("1"),
}
ROWS = ("rows", "columns", "content", "confidentiality", "areas of items")
ALL = tuple(READERS)
DAMAGES: list[tuple[str, Damage, tuple[str, ...], str]] = [
    ("one bit of the rows", _of("rows", _flipped), ROWS, "rows/"),
    ("one bit of the cube", _of("cube", _flipped), ("cells",), "cube/"),
    ("rows cut off", _of("rows", lambda content: content[:200]), ROWS, "rows/"),
    ("a cube cut off", _of("cube", lambda content: content[:200]), ("cells",), "cube/"),
    ("rows that are empty", _of("rows", lambda content: b""), ROWS, "rows/"),
    ("rows that are something else", _of("rows", lambda content: b"x" * len(content)), ROWS, "rows/"),
    ("rows that are gone", lambda home: next((home / "rows").glob("*")).unlink(), ROWS, "rows/"),
    ("a cube that is gone", lambda home: next((home / "cube").glob("*")).unlink(), ("cells",), "cube/"),
    ("rows cut off in a store without checksums", _both(_without_seals, _of("rows", lambda content: content[:200])), ROWS, "store"),
    ("other rows in a store without checksums", _both(_without_seals, _of("rows", lambda content: b"x" * len(content))), ROWS, "store"),
    ("a list that is gone", lambda home: (home / "manifest.json").unlink(), ALL, "manifest.json"),
    ("a list that is gone and the rows too", lambda home: (home / "manifest.json").unlink() or next((home / "rows").glob("*")).unlink(), ALL, "manifest.json"),
    ("a list cut off", lambda home: _changed(home / "manifest.json", lambda content: content[:-20]), ALL, "manifest.json"),
    ("a list that is empty", lambda home: _changed(home / "manifest.json", lambda content: b""), ALL, "manifest.json"),
    ("a list that is no text", lambda home: _changed(home / "manifest.json", lambda content: b"\xff" + content), ALL, "manifest.json"),
    ("a list that is a list", _manifest(lambda said: []), ALL, "manifest.json"),
    ("files that are a list", _manifest(lambda said: said | {"files": []}), ALL, "manifest.json"),
    ("versions that are text", _manifest(lambda said: said | {"versions": ["x"]}), ALL, "manifest.json"),
    ("a layout without end", _manifest(lambda said: said | {"layout": float("inf")}), ALL, "manifest.json"),
    ("rows outside the store", _manifest(lambda said: said | {"versions": [said["versions"][0] | {"parts": ["../../x.parquet"]}]}), ALL, "manifest.json"),
    ("a list nested without end", lambda home: _changed(home / "manifest.json", lambda content: b"[" * 100_000), ALL, "manifest.json"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "damage", "readers", "where"), DAMAGES, ids=[case[0] for case in DAMAGES])
def test_a_damaged_store_is_told_by_every_reader_that_needs_what_is_damaged(
    tmp_path: Path, shows: str, damage: Damage, readers: tuple[str, ...], where: str
) -> None:
    Store(tmp_path / "evidence").add(points({}, {"item": "2"}), version())
    damage(tmp_path / "evidence")
    for name in readers:
        with pytest.raises(BadInput) as caught:
            READERS[name](Store(tmp_path / "evidence"))
        assert where in str(caught.value.where), name
        assert str(caught.value.remedy), name
        assert str(caught.value).isprintable()


@pytest.mark.parametrize("reader", READERS)
def test_a_file_that_goes_while_a_store_is_open_is_told(tmp_path: Path, reader: str) -> None:
    store = Store(tmp_path / "evidence")
    store.add(points({}, {"item": "2"}), version())
    READERS[reader](store)
    for path in (*(tmp_path / "evidence").glob("*/*.parquet"),):
        path.write_bytes(b"")
    with pytest.raises(BadInput):
        READERS[reader](store)


def test_a_damaged_list_is_never_written_over(tmp_path: Path) -> None:
    store = Store(tmp_path / "evidence")
    store.add(points({}), version())
    path = tmp_path / "evidence" / "manifest.json"
    path.write_bytes(path.read_bytes()[:-20])
    before = path.read_bytes()
    with pytest.raises(BadInput, match="list of the evidence store is damaged"):
        Store(tmp_path / "evidence").add(points({"item": "2"}), version())
    assert path.read_bytes() == before


# ---- a list that is gone

WRITERS: dict[str, Callable[[Store], object]] = {
    "an import": lambda store: store.add(points({"item": "3"}), version()),
    "the same import": lambda store: store.add(points({}, {"item": "2"}), version()),
    "a withdrawal": lambda store: store.withdraw("0", at=LATER, because="a test"),
    "a list of faults": lambda store: store.keep_faults("0" * 12, Faults()),
    "putting files together": lambda store: store.compact(),
    "putting savings together": lambda store: store.consolidate(),
    "erasing": lambda store: store.erase(["0"], at=LATER, because="a test"),
    "disposing of records": lambda store: take_out(Manifest(store._home), {"a"}, lineage="l", at=LATER),
}


def _files(home: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for folder in LISTED for path in (home / folder).glob("*")}


@pytest.mark.parametrize("writer", WRITERS)
def test_a_store_that_lost_its_list_is_refused_by_every_writer_and_loses_nothing(tmp_path: Path, writer: str) -> None:
    home = tmp_path / "evidence"
    Store(home).add(points({}, {"item": "2"}), version())
    list_of_files = (home / FILE).read_bytes()
    (home / FILE).unlink()
    for path in home.glob("*/*.parquet"):
        os.utime(path, (0, 0))  # old enough to be swept
    before = _files(home)
    assert before
    with pytest.raises(BadInput, match=r"list of the evidence store is missing.*from a backup; nothing was touched"):
        WRITERS[writer](Store(home))
    assert _files(home) == before
    assert not (home / FILE).exists()
    (home / FILE).write_bytes(list_of_files)  # and with the list everything is there again
    assert examine(home) == []
    assert len(Store(home).versions()) == 1


def test_the_doctor_says_that_a_store_lost_its_list(tmp_path: Path) -> None:
    home = tmp_path / "evidence"
    Store(home).add(points({}), version())
    (home / FILE).unlink()
    (found,) = examine(home)
    assert found.grave
    assert (str(found.what)[:29], found.where) == ("the list of the evidence stor", str(home / FILE))


@pytest.mark.parametrize(
    "there", ["nothing", "the folder", "empty folders", "lists of rejected lines", "what an import left"]
)
def test_where_nothing_was_stored_yet_no_list_is_missed(tmp_path: Path, there: str) -> None:
    home = tmp_path / "evidence"
    folders = {"nothing": (), "the folder": ("",), "empty folders": LISTED}.get(
        there, ("rejected", ".import-dead/rows")
    )
    for each in folders:
        (home / each).mkdir(parents=True)
    if there == "lists of rejected lines":
        (home / "rejected" / "0.csv").write_text("x", "utf-8")
    if there == "what an import left":
        (home / ".import-dead" / "rows" / "0.parquet").write_bytes(b"x")
    assert Store(home).versions() == []
    assert not [each for each in examine(home) if each.grave]
    assert Store(home).add(points({}), version())[1]


KILLED = """
import os, signal, sys
from pathlib import Path
from primacy.evidence.store import writing
from primacy.evidence.store.store import Store
from primacy.evidence.tests.test_store import points, version

def killed(*_given):
    os.kill(os.getpid(), signal.SIGKILL)

def moved_and_killed(*given):
    move_in(*given)
    killed()

move_in = writing.move_in
match sys.argv[2]:
    case "before its files are moved in":
        writing.move_in = killed
    case "after its files are moved in":
        writing.move_in = moved_and_killed
Store(Path(sys.argv[1])).add(points({}), version())
"""


@pytest.mark.parametrize("when", ["before its files are moved in", "after its files are moved in"])
def test_a_process_that_is_killed_during_the_very_first_import_leaves_a_whole_store(tmp_path: Path, when: str) -> None:
    home = tmp_path / "evidence"
    done = subprocess.run([sys.executable, "-c", KILLED, home, when], check=False)
    assert done.returncode == -signal.SIGKILL
    assert bool(_files(home)) == when.startswith("after")
    assert Store(home).versions() == []
    assert not [each for each in examine(home) if each.grave]
    store = Store(home)
    assert store.add(points({}), version())[1]
    assert store.fetch(store.rows(as_of=date(2030, 1, 1), known=LATER)).num_rows == 1


def test_who_looks_while_the_first_import_ends_sees_the_store_before_it_or_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No list at the first look, files at the second: the list has come in between."""
    home = tmp_path / "evidence"

    def meanwhile(folder: Path) -> list[Path]:
        monkeypatch.undo()
        Store(home).add(points({}), version())
        return [*home.glob("rows/*")]

    monkeypatch.setattr("primacy.evidence.store.manifest.held", meanwhile)
    assert len(Manifest(home).listed().versions) == 1
    assert Manifest(tmp_path / "none").listed() == Listed()
