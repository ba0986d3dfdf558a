"""Delays: what is learnt from rows that say when they were known, and from releases that follow one another."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from primacy.evidence.lacking.being_reported import being_reported
from primacy.evidence.lacking.delays import Delay, delays, known_after
from primacy.evidence.store.columns import NAMES, SCHEMA
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.hindsight import lagged
from primacy.evidence.store.store import Store

SHARES = [
    # what it shows                                    delay         visible       count      known after 0, 1, 2, ...
    ("all at once", [0, 0], [9, 9], [1, 1], [1.0]),
    ("old events: plain shares", [0, 1, 2], [9, 9, 9], [5, 3, 2], [0.5, 0.8, 1.0]),
    # Of 8 old events half came after a step; of 4 young ones only the quick half can have come, and 4 wait.
    ("young events do not make a source look quick", [0, 1, 0], [1, 1, 0], [4, 4, 4], [0.5, 1.0]),
    ("nobody was quick", [2], [5], [3], [0.0, 0.0, 1.0]),
]


@pytest.mark.parametrize(("shows", "delay", "visible", "count", "share"), SHARES, ids=[case[0] for case in SHARES])
def test_known_after(shows: str, delay: list[int], visible: list[int], count: list[int], share: list[float]) -> None:
    found = known_after(np.array(delay), np.array(visible), np.array(count))
    np.testing.assert_allclose(found, share)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def row(item: str, day: str, **said: Any) -> dict[str, Any]:
    usual = {"kind": "incident", "item": item, "date": date.fromisoformat(day), "area": "XX", "level": 0,
             "measure": "events", "value": 1.0, "confidentiality": 0}  # fmt: skip
    return dict.fromkeys(NAMES) | usual | said


def add(store: Store, rows: list[dict[str, Any]], known: str, **said: Any) -> None:
    about = {"name": "x", "lineage": "events", "format": "csv", "known": at(known), "imported": at(known)} | said
    store.add([pa.RecordBatch.from_pylist(rows, SCHEMA)], DatasetVersion.model_validate(about))


def learnt(store: Store, **said: Any) -> list[Delay]:
    return delays(store, known=at("2026-01-01"), **said)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "evidence")


def test_rows_with_a_time_of_their_own(store: Store) -> None:
    rows = [
        row(f"{n}", "2024-03-10", known=at("2024-03-10") + timedelta(days=10 if n < 6 else 60)) for n in range(10)
    ]  # fmt: skip
    add(store, [*rows, row("old", "2020-01-01")], "2025-01-01")
    (found,) = learnt(store)
    assert (found.lineage, found.kind, found.events, found.half_days) == ("events", "incident", 10, 10)
    assert found.shares == {0: 0.6, 1: 0.6, 2: 1.0, 3: 1.0, 6: 1.0, 12: 1.0}


def released(store: Store, **said: Any) -> None:
    """A first release of January, then one of each month, 20 days later; the last tells of two events of March anew."""
    add(store, [row(f"j{n}", "2024-01-10") for n in range(30)], "2024-02-20", **said)
    add(store, [row(f"f{n}", "2024-02-10") for n in range(10)], "2024-03-20", **said)
    add(store, [row(f"m{n}", "2024-03-10") for n in range(8)], "2024-04-20", **said)
    late = [row(f"m{n}", "2024-03-10") for n in (0, 8, 9)]
    add(store, [*late, *(row(f"a{n}", "2024-04-10") for n in range(10))], "2024-05-20", **said)


def test_releases_with_ids_of_their_own_are_followed(store: Store) -> None:
    released(store, own_ids=True)
    (found,) = learnt(store)
    assert found.events == 30  # not those of the first release, whose delay nobody saw
    assert found.shares[0] == 0.0
    assert found.shares[1] == 0.9  # two of twenty came a month later; those of April may still have such
    assert found.shares[2] == 1.0
    assert found.half_days == 40


def test_without_such_ids_old_events_under_new_names_say_nothing(store: Store) -> None:
    released(store)
    (found,) = learnt(store)
    assert found.events == 28
    assert found.shares[1] == 1.0


def test_a_release_of_half_a_year_tells_some_events_soon_and_others_late(store: Store) -> None:
    add(store, [row("a", "2023-12-31")], "2024-01-20")
    year = [row(f"{month}-{n}", f"2024-0{month}-15") for month in range(1, 7) for n in range(5)]
    add(store, year, "2024-07-20")
    (found,) = learnt(store)
    assert found.shares == {0: 0.0, 1: 0.167, 2: 0.333, 3: 0.5, 6: 1.0, 12: 1.0}
    assert found.half_days == 96


SILENT = [
    ("one release alone", 0, None),
    ("confidential rows, for who may not know of them", 3, 2),
]


@pytest.mark.parametrize(("shows", "confidentiality", "level"), SILENT, ids=[case[0] for case in SILENT])
def test_nothing_is_learnt_from(store: Store, shows: str, confidentiality: int, level: int | None) -> None:
    knows = {"known": at("2024-02-01")} if level is not None else {}
    add(store, [row(f"{n}", "2024-01-10", confidentiality=confidentiality, **knows) for n in range(30)], "2024-03-01")
    assert learnt(store, level=level) == []
    assert level is None or len(learnt(store)) == 1


def test_what_happened_long_ago_teaches_nothing_of_today(store: Store) -> None:
    released(store, own_ids=True)
    assert delays(store, known=at("2034-01-01")) == []


def test_an_empty_store_teaches_nothing(store: Store) -> None:
    assert learnt(store) == []


def test_a_replay_with_hindsight_learns_no_delay(store: Store) -> None:
    """Its delay is given. Learnt from there, it once made every month of every replay look as if nothing were in."""
    add(store, [row(f"{n}", f"2024-{1 + n % 12:02}-10") for n in range(60)], "2025-01-01", name="file")
    rows = store.fetch(store.rows(as_of=date(2025, 1, 1), known=at("2026-01-01")).select(*NAMES)).cast(SCHEMA)
    replayed = lagged(rows, store.versions(known=at("2026-01-01")), 45)
    assert being_reported(replayed, known=at("2024-12-31")) == ()
