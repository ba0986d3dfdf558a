"""The store: what counts as of a day and a state of knowledge, and that nothing is ever half there."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.evidence.errors import BadInput
from primacy.evidence.store.columns import NAMES, SCHEMA
from primacy.evidence.store.datasets import Coverage, DatasetVersion
from primacy.evidence.store.spooling import complete
from primacy.evidence.store.store import Store
from primacy.evidence.store.superseded import replaced_by

LATER = datetime(2030, 1, 1, tzinfo=UTC)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def version(known: str = "2023-06-01", **changes: Any) -> DatasetVersion:
    said = {"name": "x", "lineage": "l", "format": "csv", "known": at(known), "imported": at("2024-01-01")}
    return DatasetVersion.model_validate(said | changes)


def covering(start: str, end: str, *, areas: tuple[str, ...] = ("CF",), **changes: Any) -> tuple[Coverage, ...]:
    said = {"kind": "incident", "areas": areas, "start": start, "end": end, "complete": True}
    return (Coverage.model_validate(said | changes),)


def points(*rows: dict[str, Any]) -> list[pa.RecordBatch]:
    """Rows that differ as given from one incident in CF11 on 2020-05-01."""
    usual = {
        "kind": "incident", "item": "1", "date": date(2020, 5, 1), "area": "CF11", "category": "violence/one-sided",
        "measure": "events", "value": 1.0,
    }  # fmt: skip
    whole = [usual | row for row in rows]
    columns = sorted({name for row in whole for name in row}, key=NAMES.index)
    schema = pa.schema([SCHEMA.field(name) for name in columns])
    return [pa.RecordBatch.from_pylist([{name: row.get(name) for name in columns} for row in whole], schema)]


def values(store: Store, *, known: str = "2030-01-01", as_of: str = "2030-01-01") -> list[float]:
    rows = store.rows(as_of=date.fromisoformat(as_of), known=at(known))
    return sorted(store.fetch(rows).column("value").to_pylist())


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "evidence")


def test_an_empty_store_gives_no_rows_with_all_columns(store: Store) -> None:
    table = store.fetch(store.rows(as_of=date(2030, 1, 1), known=LATER))
    assert table.num_rows == 0
    assert tuple(table.column_names) == NAMES
    assert store.versions() == []


def test_the_same_content_again_changes_nothing(store: Store) -> None:
    first, new = store.add(points({}), version())
    second, again = store.add(points({}), version(known="2024-06-01", imported=at("2024-07-01")))
    assert (new, again) == (True, False)
    assert second == first
    assert len(store.versions()) == 1


def test_an_id_depends_on_content_and_coverage_and_not_on_batches(tmp_path: Path) -> None:
    one, _ = Store(tmp_path / "a").add(points({}, {"item": "2"}), version())
    two, _ = Store(tmp_path / "b").add(points({}) + points({"item": "2"}), version())
    whole = covering("2020-01-01", "2020-12-31")
    other, _ = Store(tmp_path / "c").add(points({}, {"item": "2"}), version(coverage=whole))
    assert one.id == two.id
    assert other.id != one.id


def test_rows_items_and_period_are_counted_by_the_store(store: Store) -> None:
    added, _ = store.add(points({}, {"until": date(2020, 7, 1)}, {"item": "2", "date": date(2019, 1, 1)}), version())
    assert (added.rows, added.items, added.start, added.end) == (3, 2, date(2019, 1, 1), date(2020, 7, 1))


REPLACED = [
    # what it shows, coverage of the newer version, values left of an old row 1.0 beside a new row 2.0
    ("what the newer covers is replaced", covering("2020-01-01", "2020-12-31"), [2.0]),
    ("another period is kept", covering("2021-01-01", "2021-12-31"), [1.0, 2.0]),
    ("a month is covered by its days", covering("2020-05-01", "2020-05-31"), [2.0]),
    ("the month before is not", covering("2020-04-01", "2020-04-30"), [1.0, 2.0]),
    ("another country is kept", covering("2020-01-01", "2020-12-31", areas=("TD",)), [1.0, 2.0]),
    ("the country by its alpha-3 code", covering("2020-01-01", "2020-12-31", areas=("CAF",)), [2.0]),
    ("the area itself", covering("2020-01-01", "2020-12-31", areas=("CF11",)), [2.0]),
    ("another area", covering("2020-01-01", "2020-12-31", areas=("CF12",)), [1.0, 2.0]),
    ("an area whose code merely begins so", covering("2020-01-01", "2020-12-31", areas=("CF1",)), [1.0, 2.0]),
    ("its category", covering("2020-01-01", "2020-12-31", categories=("violence",)), [2.0]),
    ("another category", covering("2020-01-01", "2020-12-31", categories=("violence/one",)), [1.0, 2.0]),
    ("another kind", covering("2020-01-01", "2020-12-31", kind="violation"), [1.0, 2.0]),
    ("partial coverage replaces too", covering("2020-01-01", "2020-12-31", complete=False), [2.0]),
    ("no coverage declared replaces nothing", (), [1.0, 2.0]),
]


@pytest.mark.parametrize(("shows", "coverage", "left"), REPLACED, ids=[case[0] for case in REPLACED])
def test_a_newer_version_replaces_what_it_covers(
    store: Store, shows: str, coverage: tuple[Coverage, ...], left: list[float]
) -> None:
    older, _ = store.add(points({"value": 1.0}), version(coverage=covering("2020-01-01", "2020-12-31")))
    newer, _ = store.add(points({"value": 2.0}), version("2024-01-01", coverage=coverage))
    assert values(store) == left
    assert values(store, known="2023-12-31") == [1.0], "nobody knew the newer one yet"
    assert replaced_by(store, newer) == ({older.id: 1} if left == [2.0] else {})


def test_an_event_that_the_newer_release_dropped_is_gone(store: Store) -> None:
    store.add(points({"item": "1"}, {"item": "2", "value": 5.0}), version())
    store.add(points({"item": "1"}), version("2024-01-01", coverage=covering("2020-01-01", "2020-12-31")))
    assert values(store) == [1.0]


def test_an_older_release_imported_later_does_not_replace(store: Store) -> None:
    whole = covering("2020-01-01", "2020-12-31")
    store.add(points({"value": 2.0}), version("2024-01-01", coverage=whole))
    store.add(points({"value": 1.0}), version("2022-01-01", coverage=whole, imported=at("2025-01-01")))
    assert values(store) == [2.0]


@pytest.mark.parametrize("values_told", [(1.0, 2.0, 3.0), (3.0, 1.0, 2.0), (2.0, 3.0, 1.0)])
def test_of_releases_read_by_one_command_the_last_counts(store: Store, values_told: tuple[float, ...]) -> None:
    for value in values_told:
        store.add(points({"value": value}), version(coverage=covering("2020-01-01", "2020-12-31")))
    assert values(store) == [values_told[-1]]


def test_another_lineage_is_never_replaced(store: Store) -> None:
    store.add(points({"value": 1.0}), version(lineage="one"))
    whole = covering("2020-01-01", "2020-12-31")
    store.add(points({"value": 2.0}), version("2024-01-01", lineage="two", coverage=whole))
    assert values(store) == [1.0, 2.0]


def test_alpha_2_codes_do_not_swallow_other_countries(store: Store) -> None:
    store.add(points({"area": "COD", "value": 1.0}, {"area": "CO05", "value": 3.0}), version())
    colombia = covering("2020-01-01", "2020-12-31", areas=("CO",))
    store.add(points({"area": "CO", "value": 2.0}), version("2024-01-01", coverage=colombia))
    assert values(store) == [1.0, 2.0]


def test_a_withdrawal_stops_a_version_from_then_on_and_leaves_the_past(store: Store) -> None:
    whole = covering("2020-01-01", "2020-12-31")
    store.add(points({"value": 1.0}), version("2023-01-01", coverage=whole))
    wrong, _ = store.add(points({"value": 2.0}), version("2024-01-01", coverage=whole))
    store.withdraw(wrong.id, at=at("2025-01-01"), because="wrong file")
    assert values(store, known="2024-06-01") == [2.0]
    assert values(store, known="2025-01-01") == [1.0], "the older release counts again"
    assert len(store.versions()) == 2
    assert [each.id for each in store.versions(known=at("2025-06-01"))] != [wrong.id]


def test_a_withdrawn_file_may_come_back_without_changing_the_past(store: Store) -> None:
    first, _ = store.add(points({}), version("2023-01-01"))
    store.withdraw(first.id, at=at("2025-01-01"), because="by mistake")
    back, new = store.add(points({}), version("2023-01-01", imported=at("2025-03-01")))
    assert new
    assert back.id != first.id
    assert values(store, known="2025-02-01") == []
    assert values(store, known="2025-03-02") == [1.0]


WITHDRAWALS = [("no reason", "", "without a reason"), ("twice", "wrong", "was withdrawn on")]


@pytest.mark.parametrize(("shows", "because", "message"), WITHDRAWALS, ids=[case[0] for case in WITHDRAWALS])
def test_a_withdrawal_needs_a_reason_and_happens_once(store: Store, shows: str, because: str, message: str) -> None:
    added, _ = store.add(points({}), version())
    if because:
        store.withdraw(added.id, at=at("2025-01-01"), because=because)
    with pytest.raises(BadInput, match=message):
        store.withdraw(added.id, at=at("2025-01-01"), because=because)


def test_of_a_record_the_newest_revision_known_then_counts(store: Store) -> None:
    def saved(revision: int, value: float, known: str, **more: Any) -> None:
        row = {"record": "contact:7", "revision": revision, "value": value, "known": at(known)} | more
        store.add(points(row), version(known, lineage="records"))

    saved(1, 1.0, "2023-01-01")
    saved(2, 2.0, "2023-02-01")
    assert values(store, known="2023-01-15") == [1.0]
    assert values(store, known="2023-02-15") == [2.0]
    saved(3, 1.0, "2023-03-01", measure="withdrawn")
    assert values(store, known="2023-02-15") == [2.0]
    assert values(store, known="2023-03-15") == []


def test_what_happened_after_the_day_is_left_out(store: Store) -> None:
    store.add(points({"value": 1.0}, {"date": date(2021, 1, 1), "value": 2.0}), version())
    assert values(store, as_of="2020-12-31") == [1.0]


def test_rows_say_their_dataset_and_when_it_was_known(store: Store) -> None:
    added, _ = store.add(points({}), version("2023-06-01"))
    row = store.fetch(store.rows(as_of=date(2030, 1, 1), known=LATER)).to_pylist()[0]
    assert row["dataset"] == added.id
    assert row["known"] == at("2023-06-01")
    assert (row["until"], row["actor"], row["low"], row["confidentiality"]) == (date(2020, 5, 1), "", None, 0)


def test_a_failure_while_reading_leaves_nothing(store: Store, tmp_path: Path) -> None:
    def breaking() -> Iterator[pa.RecordBatch]:
        yield from points({})
        raise BadInput("broken", "line 2", "mend it")

    with pytest.raises(BadInput):
        store.add(breaking(), version())
    assert store.versions() == []
    assert [path.name for path in (tmp_path / "evidence").rglob("*") if path.is_file()] == [".writing"]


def test_a_reader_in_the_middle_of_writing_sees_the_old_manifest(store: Store, tmp_path: Path) -> None:
    store.add(points({}), version())
    seen: list[int] = []

    def looking() -> Iterator[pa.RecordBatch]:
        yield from points({"value": 9.0})
        seen.append(len(Store(tmp_path / "evidence").versions()))

    store.add(looking(), version("2024-01-01"))
    assert seen == [1]


def test_writers_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    def write(number: int) -> None:
        Store(tmp_path / "evidence").add(points({"value": float(number)}), version(lineage=str(number)))

    with ThreadPoolExecutor(4) as several:
        list(several.map(write, range(8)))
    assert values(Store(tmp_path / "evidence")) == [float(n) for n in range(8)]


def test_the_evidence_hash_changes_with_what_is_in_force(store: Store) -> None:
    before = store.evidence_hash(known=LATER)
    added, _ = store.add(points({}), version())
    with_it = store.evidence_hash(known=LATER)
    store.withdraw(added.id, at=at("2025-01-01"), because="wrong")
    assert before.startswith("sha256:")
    assert with_it != before
    assert store.evidence_hash(known=LATER) == before
    assert store.evidence_hash(known=at("2024-06-01")) == with_it


def test_a_store_in_memory_reads_like_the_one_it_was_taken_from(store: Store) -> None:
    store.add(points({"value": 1.0}), version("2023-01-01"))
    store.add(points({"value": 2.0}), version("2024-01-01", coverage=covering("2020-01-01", "2020-12-31")))
    rows = store.fetch(store.rows(as_of=date(2030, 1, 1), known=LATER))
    copy = Store.in_memory(rows, store.versions())
    assert values(copy) == [2.0]
    assert copy.evidence_hash(known=LATER) == store.evidence_hash(known=LATER)
    with pytest.raises(BadInput):
        copy.add(points({}), version())


def test_the_manifest_is_readable_json_that_round_trips(store: Store, tmp_path: Path) -> None:
    added, _ = store.add(points({}), version(coverage=covering("2020-01-01", "2020-12-31", targets=("civilians",))))
    said = json.loads((tmp_path / "evidence" / "manifest.json").read_text("utf-8"))["versions"][0]
    assert DatasetVersion.model_validate(said) == added


def test_a_version_is_found_by_the_beginning_of_its_id(store: Store) -> None:
    added, _ = store.add(points({}), version())
    assert store.version(added.id[:5]) == added
    with pytest.raises(BadInput, match="is not the id of a dataset"):
        store.version("zzz")


texts = st.text(st.characters(codec="utf-8"), max_size=4)
rows_of_any_kind = st.fixed_dictionaries(
    {
        "item": texts,
        "note": st.none() | texts,
        "value": st.none() | st.floats(allow_nan=True),
        "line": st.none() | st.integers(0, 9),
    }
)


@given(st.lists(rows_of_any_kind, min_size=1, max_size=6), st.integers(0, 6))
def test_missing_stays_missing_and_nothing_else_changes(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]], cut: int
) -> None:
    batches = [batch for part in (rows[:cut], rows[cut:]) if part for batch in points(*part)]
    store = Store(tmp_path_factory.mktemp("store"))
    added, _ = store.add(batches, version())
    read = pa.Table.from_batches(list(store.content(added.id))).to_pylist()
    told = sorted((row["item"], row["note"], repr(row["value"]), repr(row["line"])) for row in read)
    value = {True: None}
    wanted = sorted(
        (row["item"], row["note"] or "", repr(value.get(row["value"] != row["value"], row["value"])), repr(row["line"]))
        for row in rows
    )
    assert told == wanted


def test_complete_orders_columns_and_fills_text_only() -> None:
    whole = complete(pa.table({"value": [None, 1.0], "kind": [None, "incident"], "date": [date(2020, 1, 1)] * 2}))
    assert tuple(whole.column_names) == NAMES
    assert whole.column("kind").to_pylist() == ["", "incident"]
    assert whole.column("value").to_pylist() == [None, 1.0]
