"""Keeping the folder in order: nothing that counts changes, what is erased is gone, what is damaged is found."""

import json
import os
import re
import resource
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from primacy.evidence.doctor import examine
from primacy.evidence.errors import BadInput
from primacy.evidence.store import compaction
from primacy.evidence.store.columns import SCHEMA
from primacy.evidence.store.exporting import write
from primacy.evidence.store.manifest import Manifest
from primacy.evidence.store.store import Store
from primacy.evidence.store.writing import GRACE, SCRATCH
from primacy.evidence.tests.test_cube import at, by_cube, by_rows, row, stored

DAY, NOW = date(2030, 1, 1), datetime(2030, 1, 1, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Three small releases of three sources, one of them withdrawn."""
    store = Store(tmp_path / "evidence")
    for number, lineage in enumerate("abc"):
        rows = [row(item=f"{lineage}{place}", value=float(number + place)) for place in range(4)]
        version = stored(store, rows, lineage=lineage, name=lineage)
    store.withdraw(version.id, at=at("2024-02-01"), because="counted twice")
    return store


def told(store: Store) -> tuple[Any, Any, Any]:
    known = at("2024-01-02")
    return by_rows(store, DAY, NOW), by_cube(store, DAY, NOW), by_rows(store, DAY, known)


def test_text_that_was_written_as_numbers_of_texts_is_read_as_text(store: Store, tmp_path: Path) -> None:
    files = sorted(tmp_path.rglob("rows/*.parquet"))
    assert files
    for path in files:
        assert pq.read_schema(path).equals(SCHEMA)


def test_compaction_changes_nothing_that_counts(store: Store, tmp_path: Path) -> None:
    before, hashed = told(store), store.evidence_hash(known=NOW)
    done = store.compact()
    assert (done.files_before, done.files_after) == (3, 1)
    fresh = Store(tmp_path / "evidence")
    assert told(fresh) == before
    assert fresh.evidence_hash(known=NOW) == hashed
    assert sum(batch.num_rows for batch in fresh.content(fresh.versions()[0].id)) == 4
    (note,) = examine(tmp_path / "evidence")  # the old files, until they are swept
    assert (note.grave, str(note.what).partition(" (")[0]) == (False, "files that nothing reads any more: 6")
    assert re.search(r"The first import after 20\d\d-\d\d-\d\d \d\d:\d\d UTC removes them", str(note.remedy))
    for path in tmp_path.glob("evidence/*/*.parquet"):
        os.utime(path, (0, 0))
    assert "The next import removes them" in str(examine(tmp_path / "evidence")[0].remedy)
    assert store.compact().files_after == 1


def test_an_older_layout_is_read_and_brought_to_the_newest(store: Store, tmp_path: Path) -> None:
    before = told(store)
    path = tmp_path / "evidence" / "manifest.json"
    content = json.loads(path.read_text())
    for each in content["versions"]:
        for name in ("cube", "records", "known_last", "erased", "erased_because"):
            del each[name]
    path.write_text(json.dumps({"layout": 1, "versions": content["versions"]}))
    for cube in (tmp_path / "evidence" / "cube").glob("*"):
        cube.unlink()
    old = Store(tmp_path / "evidence")
    assert told(old) == before
    assert "layout 1" in str(examine(tmp_path / "evidence")[-1].what)
    assert old.compact().cubes_made == 3
    assert told(Store(tmp_path / "evidence")) == before
    assert not [each for each in examine(tmp_path / "evidence") if each.grave]


def test_a_later_layout_is_refused(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "evidence" / "manifest.json"
    path.write_text(path.read_text().replace('"layout": 2', '"layout": 3'))
    with pytest.raises(BadInput, match="layout 3"):
        Store(tmp_path / "evidence").versions()


def test_what_is_erased_is_gone_from_every_file(store: Store, tmp_path: Path) -> None:
    store.compact()
    gone = next(each for each in store.versions() if each.withdrawn)
    with pytest.raises(BadInput, match="still counts"):
        store.erase([store.versions()[0].id], at=NOW, because="a test")
    counts = by_rows(store, DAY, NOW)
    store.erase([gone.id], at=NOW, because="kept for five years")
    fresh = Store(tmp_path / "evidence")
    assert by_rows(fresh, DAY, NOW) == counts
    assert fresh.version(gone.id).erased_because == "kept for five years"
    files = (tmp_path / "evidence" / "rows").glob("*.parquet")
    assert {item for path in files for item in pq.read_table(path).column("item").to_pylist()} == {
        f"{lineage}{place}" for lineage in "ab" for place in range(4)
    }
    with pytest.raises(BadInput, match="were erased"):
        by_rows(fresh, DAY, at("2024-01-02"))
    for path in (tmp_path / "out.csv", tmp_path / "out.parquet"):
        with pytest.raises(BadInput, match=r"the \d+ rows of .* were erased on 2030-01-01: kept for five years"):
            write(fresh, fresh.version(gone.id), path)
        assert not path.exists()


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(bytes(content))


DAMAGE = [
    ("one byte is flipped", _flip, "no longer what was written"),
    ("the file is cut", lambda path: path.write_bytes(path.read_bytes()[:-20]), "no longer what was written"),
    ("the file is gone", lambda path: path.unlink(), "missing"),
]


@pytest.mark.parametrize(("shows", "damage", "said"), DAMAGE, ids=[each[0] for each in DAMAGE])
@pytest.mark.parametrize("folder", ["rows", "cube"])
def test_damage_is_found(store: Store, tmp_path: Path, folder: str, shows: str, damage: Any, said: str) -> None:
    home = tmp_path / "evidence"
    assert examine(home) == []
    damage(next((home / folder).glob("*.parquet")))
    (found,) = [each for each in examine(home) if each.grave]
    assert said in str(found.what)
    assert "withdraw and import again" in str(found.remedy)


def test_a_cut_manifest_is_said(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "evidence" / "manifest.json"
    path.write_text(path.read_text()[:-30])
    assert "damaged" in str(examine(tmp_path / "evidence")[0].what)


def test_what_dead_writers_left_is_swept_away(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "evidence"
    (home / f"{SCRATCH}dead").mkdir()
    (home / "rows" / "nobody.parquet").write_bytes(b"half")
    monkeypatch.setattr("primacy.evidence.store.writing.time.time", lambda: datetime.now(UTC).timestamp() + 2 * GRACE)
    stored(store, [row(item="new")], lineage="d")
    assert not list(home.glob(f"{SCRATCH}*"))
    assert not (home / "rows" / "nobody.parquet").exists()
    assert examine(home) == []


FULL_DISK = """
import sys
from pathlib import Path
from primacy.evidence.errors import BadInput
from primacy.evidence.store.store import Store
from primacy.evidence.tests.test_cube import row, stored
try:
    stored(Store(Path(sys.argv[1])), [row(item=str(number) * 50, note=str(number**7)) for number in range(20_000)])
except BadInput as error:
    print(error)
"""


def test_a_full_disk_leaves_the_store_as_it_was(store: Store, tmp_path: Path) -> None:
    home = tmp_path / "evidence"
    before = sorted(path.name for path in home.rglob("*.parquet")), Manifest(home).listed()
    said = subprocess.run(
        [sys.executable, "-c", FULL_DISK, home], capture_output=True, text=True, check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000)),
    ).stdout  # fmt: skip
    assert "no room left" in said
    assert (sorted(path.name for path in home.rglob("*.parquet")), Manifest(home).listed()) == before
    assert examine(home) == []


def test_who_puts_files_together_while_another_did_begins_again(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the rows of some would lie in two listed files, and count twice."""
    before, put_in, others = told(store), compaction._put_in, []

    def after_another(*given: Any) -> bool:
        if not others:
            others.append(True)
            rows = [row(item=f"d{place}", value=1.0) for place in range(4)]
            stored(Store(tmp_path / "evidence"), rows, lineage="d", name="d")
            compaction.compact(Manifest(tmp_path / "evidence"))
        return put_in(*given)

    monkeypatch.setattr(compaction, "_put_in", after_another)
    store.compact()
    fresh = Store(tmp_path / "evidence")
    added = fresh.versions()[-1]
    fresh.withdraw(added.id, at=at("2029-01-01"), because="only here to disturb")
    assert told(fresh)[:2] == before[:2]
    assert {each.rows for each in fresh.versions()} == {4}
    assert not [each for each in examine(tmp_path / "evidence") if each.grave]


def test_rows_that_count_twice_are_found(store: Store, tmp_path: Path) -> None:
    store.compact()
    home, first = tmp_path / "evidence", store.versions()[0]
    (path,) = (home / "rows" / part for part in first.parts)
    twice = pa.concat_tables([pq.read_table(path)] * 2)
    pq.write_table(twice, path)
    content = json.loads((home / "manifest.json").read_text())
    del content["sha256"], content["files"][f"rows/{path.name}"]
    content["layout"] = 1
    (home / "manifest.json").write_text(json.dumps(content))
    grave = [str(each.what) for each in examine(home) if each.grave]
    assert f"{first.name} ({first.id}) has 8 rows in its files and should have 4" in grave
