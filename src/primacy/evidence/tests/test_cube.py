"""The cube tells what the rows tell, whatever was replaced, revised, withdrawn or known when."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primacy.evidence.store import cube
from primacy.evidence.store.columns import NAMES, SCHEMA
from primacy.evidence.store.datasets import Coverage, DatasetVersion
from primacy.evidence.store.store import Store

KEY = ("kind", "measure", "category", "month", "area", "level", "confidentiality", "dataset")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def row(**said: Any) -> dict[str, Any]:
    usual = {
        "kind": "incident", "item": "1", "date": date(2020, 5, 1), "area": "CF11", "level": 1,
        "category": "violence/one-sided", "measure": "events", "value": 1.0,
    }  # fmt: skip
    return dict.fromkeys(NAMES) | usual | said


def stored(store: Store, rows: list[dict[str, Any]], known: str = "2023-06-01", **said: Any) -> DatasetVersion:
    about = {"name": "x", "lineage": "l", "format": "csv", "known": at(known), "imported": at("2024-01-01")}
    version = DatasetVersion.model_validate(about | said)
    return store.add([pa.RecordBatch.from_pylist(rows, SCHEMA)], version)[0]


def covering(start: str, end: str, area: str = "CF") -> tuple[Coverage, ...]:
    said = {"kind": "incident", "areas": [area], "start": start, "end": end, "complete": True}
    return (Coverage.model_validate(said),)


def told(cells: pa.Table) -> dict[tuple[Any, ...], tuple[float, ...]]:
    """Sums by key: cells of one key may come in several rows, and those that say nothing are left out."""
    found: dict[tuple[Any, ...], list[float]] = {}
    for each in cells.to_pylist():
        sums = found.setdefault(tuple(each[name] for name in KEY), [0.0] * len(cube.SUMS))
        for place, name in enumerate(cube.SUMS):
            sums[place] += each[name] or 0.0
    return {key: tuple(round(value, 6) for value in sums) for key, sums in found.items()}


def by_rows(store: Store, as_of: date, known: datetime) -> dict[tuple[Any, ...], tuple[float, ...]]:
    rows = store.rows(as_of=as_of, known=known)
    return told(store.fetch(cube.summed(rows.filter(rows.kind.isin(cube.ADDED_UP)))))


def by_cube(store: Store, as_of: date, known: datetime) -> dict[tuple[Any, ...], tuple[float, ...]]:
    return told(store.fetch(store.cells(as_of=as_of, known=known)))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "evidence")


def test_sums_are_kept_with_the_rows(store: Store) -> None:
    stored(store, [row(), row(item="2", value=2.0, low=1.0, high=5.0), row(item="3", value=None)])
    ((key, sums),) = by_cube(store, date(2030, 1, 1), at("2030-01-01")).items()
    assert key[:4] == ("incident", "events", "violence/one-sided", 2020 * 12 + 4)
    assert dict(zip(cube.SUMS, sums, strict=True)) == {
        "value": 3.0, "low": 2.0, "high": 6.0, "rows": 3, "uncertain": 0, "absent": 1,
    }  # fmt: skip


def test_states_and_estimates_are_not_added_up(store: Store) -> None:
    version = stored(store, [row(kind="law", measure="stage"), row(kind="survey", measure="share")])
    assert version.cube == ""
    assert by_cube(store, date(2030, 1, 1), at("2030-01-01")) == {}


def test_women_and_men_are_not_added_to_their_total(store: Store) -> None:
    stored(store, [row(value=5.0), row(value=3.0, group="sex=f"), row(value=2.0, group="sex=m"),
                   row(item="2", value=1.0, group="sex=f")])  # fmt: skip
    ((_, sums),) = by_cube(store, date(2030, 1, 1), at("2030-01-01")).items()
    assert sums[0] == 6.0


CUT = [
    # what it shows                                as of         known         sum
    ("everything", "2030-01-01", "2030-01-01", 15.0),
    ("the day of the assessment cuts a month", "2020-05-10", "2030-01-01", 3.0),
    ("at the end of a month nothing is cut", "2020-05-31", "2030-01-01", 7.0),
    ("rows known later are left out", "2030-01-01", "2023-07-10", 7.0),
]


@pytest.mark.parametrize(("shows", "as_of", "known", "value"), CUT, ids=[each[0] for each in CUT])
def test_cut_months_are_read_from_rows(store: Store, shows: str, as_of: str, known: str, value: float) -> None:
    rows = [
        row(item="1", date=date(2020, 4, 30), value=1.0),
        row(item="2", date=date(2020, 5, 10), value=2.0),
        row(item="3", date=date(2020, 5, 11), value=4.0),
        row(item="4", date=date(2020, 6, 1), value=8.0, known=at("2023-07-20")),
    ]
    stored(store, rows)
    found = by_cube(store, date.fromisoformat(as_of), at(known))
    assert sum(sums[0] for sums in found.values()) == value
    assert found == by_rows(store, date.fromisoformat(as_of), at(known))


@pytest.mark.parametrize("as_of", ["2020-06-10", "2030-01-01"], ids=["a month that is cut", "whole months"])
def test_of_the_months_since_a_day_nothing_is_missing_and_of_those_before_nothing_is_read(
    store: Store, as_of: str
) -> None:
    stored(store, [row(item=f"{month}", date=date(2020, month, 1), value=float(month)) for month in (3, 4, 5, 6)])
    day, known = date.fromisoformat(as_of), at("2030-01-01")
    found = told(store.fetch(store.cells(as_of=day, known=known, since=date(2020, 5, 20))))
    assert found == {key: sums for key, sums in by_cube(store, day, known).items() if key[3] >= 2020 * 12 + 4}
    assert len(found) == 2


def test_a_newer_release_that_covers_half_a_month_replaces_half_of_it(store: Store) -> None:
    old = [row(item=str(day), date=date(2020, 5, day)) for day in range(1, 31)]
    stored(store, old)
    stored(store, [row(item="n")], "2023-09-01", coverage=covering("2020-05-16", "2020-12-31"))
    found = by_cube(store, date(2030, 1, 1), at("2030-01-01"))
    assert sum(sums[0] for sums in found.values()) == 15 + 1
    assert found == by_rows(store, date(2030, 1, 1), at("2030-01-01"))


DAYS = st.integers(0, 150).map(lambda days: date(2020, 1, 1) + timedelta(days=days))
MOMENTS = st.integers(0, 200).map(lambda days: at("2023-01-01") + timedelta(days=days, hours=days % 24))
ROWS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["incident", "patrol-days", "law"]), "item": st.sampled_from("abcdef"), "date": DAYS,
        "area": st.sampled_from(["CF11", "CF12", "CF", "CD"]), "level": st.integers(0, 2),
        "category": st.sampled_from(["violence/one-sided", "violence/state-based"]),
        "value": st.sampled_from([1.0, 2.0, None]), "confidentiality": st.integers(0, 3),
        "actor": st.sampled_from(["", "x"]),
    }
)  # fmt: skip
REVISED = st.fixed_dictionaries({"record": st.sampled_from(["", "", "r", "s"]), "revision": st.integers(1, 3)})
VERSIONS = st.lists(
    st.tuples(
        st.lists(st.tuples(ROWS, REVISED, st.none() | MOMENTS), min_size=1, max_size=8),
        MOMENTS, st.sampled_from(["l", "m"]), st.none() | st.tuples(DAYS, DAYS), st.none() | MOMENTS,
    ),
    min_size=1, max_size=4,
)  # fmt: skip


@settings(max_examples=10, deadline=None)
@given(VERSIONS, DAYS, MOMENTS)
def test_cube_and_rows_always_agree(versions: list[Any], as_of: date, known: datetime) -> None:
    with TemporaryDirectory() as folder:
        store = Store(Path(folder) / "evidence")
        for place, (rows, moment, lineage, span, withdrawn) in enumerate(versions):
            whole = [row(**said, **revised, known=own, source=str(place)) for said, revised, own in rows]
            coverage = covering(min(span).isoformat(), max(span).isoformat()) if span else ()
            version = stored(store, whole, known=moment.isoformat()[:19], lineage=lineage, coverage=coverage)
            if withdrawn is not None and version.withdrawn is None:
                store.withdraw(version.id, at=withdrawn, because="a test")
        assert by_cube(store, as_of, known) == by_rows(store, as_of, known)


def test_the_same_rows_give_the_same_cells_in_the_same_order(tmp_path: Path) -> None:
    """What differs in nothing but confidentiality, level or month of knowledge has its order too."""
    rows = [
        row(item=f"{n}", confidentiality=n % 3, known=at(f"2023-0{1 + n % 4}-01"), area=area, level=len(area) // 2)
        for n in range(40)
        for area in ("CF", "CF11")
    ]
    version = stored(Store(tmp_path), rows, known="2023-06-01")
    cells = pq.read_table(tmp_path / "cube" / version.cube).select(cube.CELL).to_pylist()
    keys = [tuple(each.values()) for each in cells]
    assert len(keys) > 12
    assert keys == sorted(keys)
