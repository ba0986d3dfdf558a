"""Savings of records put together: whatever is asked of any moment, the answer is the one of before."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primacy.evidence.bringing.entered import OF_RECORDS, keep_entered
from primacy.evidence.store.consolidation import consolidate
from primacy.evidence.store.manifest import Manifest
from primacy.evidence.store.reading import WITHDRAWN
from primacy.evidence.store.store import Store

BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATE = date(2030, 1, 1)


def save(store: Store, hour: int, record: str, value: float | None, revision: int, type_: str = "contact") -> None:
    """One saving; no value: the record is taken back."""
    told = {"measure": WITHDRAWN, "value": 1.0} if value is None else {"measure": "events", "value": value}
    row = {
        "kind": "contact", "item": record, "record": record, "revision": revision, "date": date(2026, 3, 1),
        "until": date(2026, 3, 1), "area": "XX01", "level": 1, "known": BEGIN + timedelta(hours=hour), **told,
    }  # fmt: skip
    keep_entered(store, [row], name=f"Records: {type_}", lineage=f"{OF_RECORDS}/{type_}", by="", at=row["known"])


SHOWN = ("record", "revision", "measure", "value", "known")


def reading(store: Store, hour: float) -> tuple[object, ...]:
    """What is read at a moment, save by which data set it is told; and the hash of all evidence."""
    known = BEGIN + timedelta(hours=hour)
    found = []
    for asked in (store.rows(as_of=LATE, known=known), store.ever_told(known=known)):
        table = store.fetch(asked).select(SHOWN)
        found.append(sorted(map(repr, table.to_pylist())))
    return store.evidence_hash(known=known), *found


def readings(store: Store, hours: int) -> list[object]:
    """At the moment of each saving, and half an hour after it."""
    return [reading(store, half / 2) for half in range(2 * hours)]


STEPS = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from([1.0, 2.0, None]), st.sampled_from(["contact", "field-report"])),
    min_size=3, max_size=6,
)  # fmt: skip


@settings(max_examples=2, deadline=None)
@given(steps=STEPS, cut=st.integers(1, 4))
def test_every_reading_of_every_moment_stays(tmp_path_factory, steps, cut) -> None:
    """Savings, put together at one moment and again at the end, against the same never put together."""
    folder = tmp_path_factory.mktemp("stores")
    apart, together = Store(folder / "apart"), Store(folder / "together")
    last: dict[tuple[str, str], int] = {}
    for hour, (record, value, type_) in enumerate(steps):
        last[record, type_] = last.get((record, type_), 0) + 1
        for store in (apart, together):
            save(store, hour, f"{type_}/{record}", value, last[record, type_], type_)
        if hour in (cut, len(steps) - 1):
            consolidate(Manifest(folder / "together"), most=1)
    assert len(together.versions()) <= 2 < len(steps) == len(apart.versions())
    assert readings(Store(folder / "together"), len(steps)) == readings(apart, len(steps))
    for hour in (0, cut):  # who reads in several steps sees one state, whatever is saved meanwhile
        early = BEGIN + timedelta(hours=hour, minutes=10)
        assert reading(Store(folder / "together").until(early), 99) == reading(apart.until(early), 99)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def test_few_savings_stay_apart_and_many_leave_few_entries(store) -> None:
    for n in range(10):
        save(store, n, f"r{n}", 1.0, 1)
        assert store.consolidate() == 0
        consolidate(Manifest(store._home), most=4)
    assert len(store.versions()) <= 5
    assert sum(each.rows for each in store.versions()) == 10


def test_a_large_data_set_is_not_written_again_with_every_saving(store) -> None:
    for n in range(10):
        save(store, n, f"r{n}", 1.0, 1)
    consolidate(Manifest(store._home), most=4)
    (large,) = store.versions()
    for n in range(10, 15):
        save(store, n, f"r{n}", 1.0, 1)
        consolidate(Manifest(store._home), most=4)
    assert large in store.versions()
    assert len(store.versions()) <= 5


def test_what_was_withdrawn_or_marked_or_is_no_saving_stays_apart(store) -> None:
    for n in range(4):
        save(store, n, f"r{n}", 1.0, 1)
    gone = store.versions()[1].id
    store.withdraw(gone, at=BEGIN + timedelta(days=1), because="wrong")
    keep_entered(store, [{"kind": "contact", "item": "x", "record": "x", "revision": 1, "date": LATE, "measure": "events",
                          "value": 1.0, "known": BEGIN}], name="x", lineage="site/other", by="", at=BEGIN)  # fmt: skip
    assert consolidate(Manifest(store._home), most=1) == 2
    assert len(store.versions()) == 3
    assert gone in {each.id for each in store.versions()}


def test_a_process_that_dies_on_the_way_leaves_what_was_there(store, monkeypatch) -> None:
    for n in range(4):
        save(store, n, f"r{n}", 1.0, 1)
    before = readings(store, 4)
    for name in ("replace", "writing"):
        with monkeypatch.context() as patched:
            real = getattr(Manifest, name)
            calls = iter([real, None]) if name == "writing" else iter([None])

            def dying(self, *given, calls=calls, **named):
                deed = next(calls)
                if deed is None:
                    raise KeyboardInterrupt
                return deed(self, *given, **named)

            patched.setattr(Manifest, name, dying)
            with pytest.raises(KeyboardInterrupt):
                consolidate(Manifest(store._home), most=1)
        assert len(Store(store._home).versions()) == 4
        assert readings(Store(store._home), 4) == before
    assert consolidate(Manifest(store._home), most=1) == 3
    assert readings(Store(store._home), 4) == before


def test_one_who_withdraws_meanwhile_is_not_overruled(store, monkeypatch) -> None:
    from primacy.evidence.store import consolidation

    for n in range(4):
        save(store, n, f"r{n}", 1.0, 1)
    real = consolidation._one

    def slowly(*given):
        made = real(*given)
        store.withdraw(store.versions()[0].id, at=BEGIN + timedelta(days=1), because="wrong")
        return made

    monkeypatch.setattr(consolidation, "_one", slowly)
    assert consolidate(Manifest(store._home), most=1) == 0
    assert len(store.versions()) == 4


def test_savings_that_were_put_together_are_not_read_again_from_a_file_that_they_shared(tmp_path: Path) -> None:
    """Many small files become one; then savings become one data set, and what stays listed in that file is read alone."""
    folder = tmp_path / "evidence"
    store = Store(folder)
    for hour in range(3):
        save(store, hour, f"contact/{hour}", 1.0, 1)
    save(store, 3, "report/0", 1.0, 1, "field-report")
    before = reading(Store(folder), 4)
    Store(folder).compact()
    consolidate(Manifest(folder), most=1)
    assert len(Store(folder).versions()) == 2
    assert reading(Store(folder), 4) == before
