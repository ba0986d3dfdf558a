"""One damaged file, brought to an instance: it ends in rows or in one clear refusal, and a refusal changes nothing."""

import csv
import math
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

import pyarrow as pa

from primacy.evidence.bringing.importing import import_files
from primacy.evidence.errors import BadInput, Refused
from primacy.evidence.kinds import KINDS
from primacy.evidence.store import writing
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.spooling import complete
from primacy.evidence.store.store import Store
from primacy.evidence.tests.hostile_bytes import broken, encoded, packed, renamed
from primacy.evidence.tests.hostile_samples import CAR, Sample, districts, samples
from primacy.evidence.tests.hostile_tables import damaged_table
from primacy.evidence.tests.hostile_trees import damaged_json, damaged_xml, damaged_yaml
from primacy.evidence.tests.hostile_typed import damaged_parquet, damaged_workbook
from primacy.framework.instance import Instance
from primacy.places.files.figures import NUMBER
from primacy.ui.csv_cells import COMPUTED

NOW = datetime(2026, 6, 1, tzinfo=UTC)
TEXTS: dict[str, Callable[[str, Random], str]] = {"csv": damaged_table, "json": damaged_json, "xml": damaged_xml}
TYPED: dict[str, Callable[[bytes, Random], bytes]] = {"parquet": damaged_parquet, "xlsx": damaged_workbook}
OUR_TEXTS = ("kind", "measure", "unit", "grade", "area")  # never what somebody wrote, whatever the file holds


@dataclass(frozen=True)
class Case:
    """A file as it is brought, and what is asked for with it."""

    name: str
    content: bytes
    beside: dict[str, bytes] = field(default_factory=dict)
    format: str | None = None
    country: str | None = None
    mapping: bytes = b""


def case_of(format: str, random: Random) -> Case:
    """One of the samples of a format, damaged."""
    sample = random.choice(samples(format))
    name, content, beside, mapping = sample.name, sample.content, dict(sample.beside), sample.mapping.encode()
    what = random.random()
    if beside and what < 0.25:
        other = random.choice(list(beside))
        beside[other] = _damaged(other.rpartition(".")[2], beside[other], random)
    elif mapping and what < 0.25:
        mapping = _damaged("yaml", mapping, random)
    else:
        content = _damaged(sample.form, content, random)
    if random.random() < 0.2:
        name, content = packed(name, content, random)
    if random.random() < 0.05:
        name = renamed(name, random)
    return Case(name, content, beside, _asked(sample, random), sample.country or None, mapping)


def _asked(sample: Sample, random: Random) -> str | None:
    """The format that is named, now and then a wrong one."""
    if sample.mapping:
        return None
    return random.choice(
        (
            None,
            None,
            sample.format,
            sample.format,
            random.choice(("csv", "hxl", "excel", "iati", "views", "boundaries", "acled")),
        )
    )


def _damaged(form: str, content: bytes, random: Random) -> bytes:
    if form in TYPED:
        content = TYPED[form](content, random) if random.random() < 0.6 else content
        return broken(content, random) if random.random() < 0.5 else content
    change = TEXTS.get(form, damaged_yaml)
    content = encoded(change(content.decode(), random), random)
    return broken(content, random) if random.random() < 0.15 else content


class Ground:
    """A folder with an instance that has boundaries and one data set, into which cases are brought one after the other."""

    def __init__(self, root: Path) -> None:
        self.root, self.inbox = root, root / "inbox"
        self.told = ""  # what the last refusal said
        self.instance = Instance(root / "instance")
        self.instance.folder.mkdir(parents=True)
        self.instance.mission_file.write_text("country: XX\n", "utf-8")
        self.inbox.mkdir()
        conflicts = next(each for each in samples("ucdp-yearly") if each.name == "conflicts.csv")
        for name, content, country in (("b.geojson", districts(), None), (conflicts.name, conflicts.content, CAR)):
            (self.inbox / name).write_bytes(content)
            import_files(
                [self.inbox / name], instance=self.instance, country=country, now=datetime(2026, 1, 1, tzinfo=UTC)
            )
        shutil.copytree(self.instance.folder, root / "kept")
        self.before = self.state()

    def state(self) -> dict[str, object]:
        """Every file and folder but the lists of faults, with what tells whether it was touched."""
        found: dict[str, object] = {}
        for path in sorted(self.root.rglob("*")):
            name = path.relative_to(self.root).as_posix()
            if name.startswith(
                ("inbox/", "kept/", "instance/evidence/rejected", "instance/places/review.csv")
            ) or name.endswith("/.writing"):
                continue
            stat = path.lstat()
            found[name] = (stat.st_ino, stat.st_size, stat.st_mtime_ns) if path.is_file() else "folder"
        return found

    def restore(self) -> None:
        shutil.rmtree(self.instance.folder)
        shutil.copytree(self.root / "kept", self.instance.folder)
        self.before = self.state()

    def bring(self, case: Case, *, store: bool = True) -> str:
        """`rows` or `refused`; raises AssertionError, or what an importer raises, where it is neither.

        store   false: read and check to the last row, and put nothing down
        """
        shutil.rmtree(self.inbox)
        self.inbox.mkdir()
        self.told = ""
        for name, content in {**case.beside, case.name: case.content}.items():
            (self.inbox / name).write_bytes(content)
        mapping = self.inbox / "map.yaml" if case.mapping else None
        if mapping:
            mapping.write_bytes(case.mapping)
        try:
            with _stored(store) as rows:
                import_files(
                    [self.inbox / case.name], instance=self.instance, format=case.format, country=case.country, now=NOW,
                    mapping=mapping,
                )  # fmt: skip
        except BadInput as error:
            self._refused(error)
            return "refused"
        self._accepted(rows if not store else self._rows())
        if self.state() != self.before:
            self.restore()
        return "rows"

    def _rows(self) -> Iterator[pa.Table]:
        store = Store(self.instance.evidence)
        for version in store.versions():
            yield pa.Table.from_batches(store.content(version.id))
        store.fetch(store.rows(as_of=date(2199, 12, 31), known=datetime(2199, 12, 31, tzinfo=UTC)).count().as_table())
        store.fetch(store.cells(as_of=date(2199, 12, 31), known=datetime(2199, 12, 31, tzinfo=UTC)).count().as_table())

    def _refused(self, error: BadInput) -> None:
        told = self.told = str(error)
        assert str(error.what), "a refusal without a reason"
        assert str(error.where), f"a refusal without a place: {told}"
        assert str(error.remedy), f"a refusal without a remedy: {told}"
        assert told.isprintable(), f"a refusal that a terminal would obey: {told!r}"
        assert len(told) < 3_000, f"a refusal that nobody reads: {len(told)} letters"
        before = error.before if isinstance(error, Refused) else ()
        state = self.state()
        assert before or state == self.before, f"a refusal changed {_different(self.before, state)}: {told}"
        self._lists_are_safe()
        if state != self.before:
            self.restore()

    def _accepted(self, rows: Iterable[pa.Table]) -> None:
        for each in rows:
            _check(each)
        outside = {name for name in self.state() if not name.startswith("instance/")} - {"inbox", "instance", "kept"}
        assert not outside, f"written outside the instance: {outside}"
        inside = {name.split("/")[1] for name in self.state() if name.startswith("instance/")}
        assert inside <= {"mission.yaml", "evidence", "places"}, f"written beside the evidence: {inside}"
        scratch = [name for name in self.state() if "/.import-" in name or name.split("/")[-1].startswith(".manifest")]
        assert not scratch, f"left over: {scratch}"
        self._lists_are_safe()

    def _lists_are_safe(self) -> None:
        """No cell of a list of faults is a formula for a spreadsheet."""
        folder = self.instance.evidence / "rejected"
        for path in folder.iterdir() if folder.is_dir() else ():
            assert re.fullmatch(r"[0-9a-f]{12}\.csv", path.name), f"a list called {path.name!r}"
            with path.open(encoding="utf-8", newline="") as stream:
                for cell in (cell for row in csv.reader(stream) for cell in row):
                    assert not COMPUTED.match(cell) or re.match(NUMBER, cell), f"a formula: {cell!r}"
                    assert "\0" not in cell
            path.unlink()


def _different(one: dict[str, object], other: dict[str, object]) -> list[str]:
    return [name for name in {**one, **other} if one.get(name) != other.get(name)]


def _check(rows: pa.Table) -> None:
    """Rows are of known kinds and measures, on days that a calendar has, with numbers that are numbers."""
    for row in rows.to_pylist():
        kind = KINDS.get(row["kind"])
        assert kind is not None, f"no such kind: {row['kind']!r}"
        assert row["measure"] in kind.measures or row["measure"] == "withdrawn", f"no such measure: {row['measure']!r}"
        assert row["date"] is not None, f"a row without a day: {row}"
        assert date(1500, 1, 1) <= row["date"] <= row["until"] <= date(2200, 12, 31), (
            f"no such period: {row['date']}, {row['until']}"
        )
        for name in ("value", "low", "high", "se", "n"):
            assert row[name] is None or math.isfinite(row[name]), f"{name} is {row[name]}"
        assert row["area"], f"a row without an area: {row}"
        for name in OUR_TEXTS:
            assert len(row[name]) < 200, f"a long {name}"


@contextmanager
def _stored(really: bool) -> Iterator[list[pa.Table]]:
    """Instead of writing a version only read its rows; they are in the list that is given."""
    seen: list[pa.Table] = []

    def read(_: object, batches: Iterable[pa.RecordBatch], version: Any) -> tuple[DatasetVersion, bool]:
        seen.extend(complete(pa.Table.from_batches([each])) for each in batches)
        described = version() if callable(version) else version
        return DatasetVersion.model_validate({**described.model_dump(), "id": "0" * 12}), True

    if really:
        yield seen
        return
    with mock.patch.object(writing, "add", read):
        yield seen
