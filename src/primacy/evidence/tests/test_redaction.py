"""Records are taken out of the store for good; nothing else changes, and no file is left that holds them."""

from datetime import UTC, date, datetime

import pyarrow.parquet as pq
import pytest

from primacy.evidence.bringing.entered import keep_entered
from primacy.evidence.store.manifest import Manifest
from primacy.evidence.store.redaction import take_out
from primacy.evidence.store.store import Store

AT = datetime(2026, 7, 1, tzinfo=UTC)
LINEAGE = "site/records/contact"


def row(record: str, day: int, **more) -> dict:
    when = date(2026, 6, day)
    return {"kind": "contact", "measure": "events", "value": 1.0, "unit": "events", "item": record, "record": record,
            "revision": 1, "date": when, "until": when, "area": "XX", "level": 0, "known": AT, "origin": f"o-{record}", **more}  # fmt: skip


@pytest.fixture
def store(tmp_path) -> Store:
    store = Store(tmp_path / "evidence")
    for rows in ([row("a", 1), row("b", 2), row("c", 28)], [row("a", 3, revision=2)], [row("d", 4)]):
        keep_entered(store, rows, name="Records", lineage=LINEAGE, by="", at=AT)
    keep_entered(store, [row("a", 9)], name="Others", lineage="other", by="", at=AT)
    return store


@pytest.mark.parametrize("compacted", [False, True])
def test_rows_of_some_records_go_and_those_of_all_others_stay(store, compacted) -> None:
    if compacted:
        store.compact()
    before = {each.id: each for each in store.versions()}
    assert take_out(Manifest(store._home), {"a", "c"}, lineage=LINEAGE, at=AT) == 3
    fresh = Store(store._home)
    told = fresh.fetch(fresh.ever_told(known=AT)).to_pylist()
    assert sorted((each["record"], each["date"].day) for each in told) == [("a", 9), ("b", 2), ("d", 4)]
    listed = {each.id: each for each in fresh.versions()}
    assert len(listed) == 3, "a data set that held nothing else is not listed any more"
    changed = [each for id, each in listed.items() if each.rows != before[id].rows]
    assert [(each.rows, each.items, each.start, each.end) for each in changed] == [
        (1, 1, date(2026, 6, 2), date(2026, 6, 2))
    ]
    assert "taken out" in str(changed[0].notes[0])
    left = [str(pq.read_table(path).to_pylist()) for path in store._home.rglob("rows/*.parquet")]
    assert not [each for each in left if "o-c" in each]
    assert take_out(Manifest(store._home), {"a", "c"}, lineage=LINEAGE, at=AT) == 0


def test_an_empty_store_has_nothing_to_take_out(tmp_path) -> None:
    assert take_out(Manifest(tmp_path / "none"), {"a"}, lineage=LINEAGE, at=AT) == 0
