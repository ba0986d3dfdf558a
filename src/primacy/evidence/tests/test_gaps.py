"""What is known, covered, too old, thin or missing: one cell at a time, then by area and by what a reader may know."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from primacy.evidence.lacking.gaps import MARKS, Gaps, enough_by_kind, gaps
from primacy.evidence.store.columns import NAMES, SCHEMA
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.store import Store
from primacy.framework import load
from primacy.places.areas import Area, Areas

PLACES = Areas([Area("XX", 0, "", {"en": "Examplia"}), Area("XX1", 1, "XX", {"en": "West"}),
                Area("XX2", 1, "XX", {"en": "East"}), Area("XX11", 2, "XX1", {"en": "Port"})])  # fmt: skip
DAY, MOMENT = date(2024, 6, 30), datetime(2024, 7, 1, tzinfo=UTC)
ENOUGH = {"survey": 100}


def row(kind: str, day: str, **said: Any) -> dict[str, Any]:
    measure = {"incident": "events", "law": "stage", "survey": "share", "patrol-days": "days"}.get(kind, "expected")
    usual = {"kind": kind, "item": "1", "date": date.fromisoformat(day), "area": "XX11", "level": 2, "group": "",
             "measure": measure, "value": 1.0, "confidentiality": 0, "source": "a"}  # fmt: skip
    return dict.fromkeys(NAMES) | usual | said


def version(kind: str = "", start: str = "2024-01-01", end: str = "2024-12-31", **said: Any) -> DatasetVersion:
    covers = [{"kind": kind, "areas": said.pop("areas", ["XX"]), "start": start, "end": end, "complete": True}]
    about = {"name": "x", "lineage": "l", "format": "csv", "known": MOMENT, "imported": MOMENT}
    return DatasetVersion.model_validate(about | {"coverage": covers if kind else []} | said)


def add(store: Store, rows: list[dict[str, Any]], about: DatasetVersion | None = None) -> None:
    store.add([pa.RecordBatch.from_pylist(rows, SCHEMA)], about or version())


def asked(store: Store, **said: Any) -> Gaps:
    usual = {"as_of": DAY, "known": MOMENT, "months": 3, "enough": ENOUGH, "country": "XXX"}
    return gaps(store, PLACES, **usual | said)


def mark(found: Gaps, kind: str, area: str = "", month: int = -1) -> str:
    return MARKS[found.marks[found.kinds.index(kind), found.areas.index(area), month]]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "evidence")


EVENT, LAW, PRESENCE, SURVEY = "incident", "law", "presence", "survey"
OLD = {"day": "2023-01-01"}
CELLS = [
    # what it shows                                kind      rows                                     coverage  mark
    ("nobody looked", EVENT, [row("law", "2024-06-01")], "", "missing"),
    ("events, and silence is not zero", EVENT, [row(EVENT, "2024-06-02")], "", "open"),
    ("events of one source, of a kind that asks for two", EVENT, [row(EVENT, "2024-06-02")], EVENT, "single"),
    ("effort of one source is known", "patrol-days", [row("patrol-days", "2024-06-02")], "patrol-days", "full"),
    ("no events in a covered month are known too", "session", [row("law", "2024-06-01")], "session", "full"),
    ("a fresh state", LAW, [row(LAW, "2024-06-02")], "", "full"),
    ("a state beyond its shelf life", LAW, [row(LAW, "2023-11-01")], "", "stale"),
    ("expected and never told", LAW, [row(LAW, "2024-06-02", measure="expected")], "", "missing"),
    ("no longer expected", LAW,
     [row(LAW, "2024-06-02"), row(LAW, "2024-05-02", item="2", measure="expected"),
      row(LAW, "2024-06-02", item="2", measure="expected", value=0.0)], "", "full"),
    ("one of two expected is told", LAW,
     [row(LAW, "2024-06-02"), row(LAW, "2024-06-02", item="2", measure="expected")], "", "open"),
    ("one is fresh and one is not", LAW, [row(LAW, "2024-06-02"), row(LAW, "2023-06-02", item="2")], "", "open"),
    ("a question that is no longer asked hinders no newer one", SURVEY,
     [row(SURVEY, "2024-06-02", n=400.0), row(SURVEY, "2019-06-02", item="2", n=400.0)], "", "full"),
    ("too few answers", SURVEY, [row(SURVEY, "2024-06-02", n=60.0)], "", "thin"),
    ("an estimate that does not say how many", SURVEY, [row(SURVEY, "2024-06-02")], "", "full"),
    ("a state of one origin, of a kind that asks for two", PRESENCE,
     [row(PRESENCE, "2024-06-02", measure="days_at_post")], "", "single"),
    ("a state of two origins", PRESENCE,
     [row(PRESENCE, "2024-06-02", measure="days_at_post", origin=each) for each in "ab"], "", "full"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "kind", "rows", "coverage", "said"), CELLS, ids=[case[0] for case in CELLS])
def test_the_mark_of_a_cell(store: Store, shows: str, kind: str, rows: list[Any], coverage: str, said: str) -> None:
    add(store, rows, version(coverage))
    assert mark(asked(store), kind) == said


def test_a_state_grows_old_month_by_month(store: Store) -> None:
    add(store, [row(LAW, "2023-11-15")])
    found = asked(store)
    assert [mark(found, LAW, month=month) for month in range(3)] == ["full", "stale", "stale"]
    assert found.fresh[found.kinds.index(LAW), 0].tolist() == [1, 0, 0]


def test_two_sources_of_events_stand_beside_one_another(store: Store) -> None:
    add(store, [row(EVENT, "2024-06-02")], version(EVENT))
    add(store, [row(EVENT, "2024-04-02", item="2")], version(EVENT, lineage="m"))  # says nothing of June by its silence
    assert mark(asked(store), EVENT) == "full"


def test_what_is_placed_counts_in_its_area_and_in_the_country_and_never_trickles_down(store: Store) -> None:
    add(store, [row(EVENT, "2024-06-02"), row(EVENT, "2024-06-03", item="2", area="XX", level=0),
                row(EVENT, "2024-06-04", item="3", area="XX11", level=0)])  # fmt: skip
    found = asked(store)
    assert found.areas == ("", "XX1", "XX2")
    assert found.rows[found.kinds.index(EVENT), :, -1].tolist() == [3, 1, 0]
    assert MARKS[found.by_area[found.kinds.index(EVENT), 1]] == "open"
    assert MARKS[found.by_area[found.kinds.index(EVENT), 2]] == "missing"


COVERED = [
    ("the country by its ISO code", {"areas": ["XXX"]}, [True, True, True]),
    ("one area", {"areas": ["XX1"]}, [False, True, False]),
    ("all areas are the country", {"areas": ["XX1", "XX2"]}, [True, True, True]),
    ("a month that is covered in part", {"end": "2024-06-15"}, [False, False, False]),
    ("a part of an area", {"areas": ["XX11"]}, [False, False, False]),
]


@pytest.mark.parametrize(("shows", "said", "covered"), COVERED, ids=[case[0] for case in COVERED])
def test_which_cells_of_the_last_month_are_covered(
    store: Store, shows: str, said: dict[str, Any], covered: list[bool]
) -> None:
    add(store, [row(EVENT, "2024-05-02")], version(EVENT, **said))
    found = asked(store)
    assert found.covered[found.kinds.index(EVENT), :, -1].tolist() == covered


def test_a_month_that_has_not_ended_takes_nothing_from_an_area(store: Store) -> None:
    add(store, [row("session", "2024-05-02")], version("session", end="2024-05-31"))
    found = asked(store, as_of=date(2024, 6, 12))
    assert mark(found, "session", "XX1") == "pending"
    assert mark(found, LAW) == "missing"  # a state can be told on any day
    assert MARKS[found.by_area[found.kinds.index("session"), 1]] == "full"


def test_a_reader_learns_nothing_of_confidential_rows_and_takes_no_silence_for_zero(store: Store) -> None:
    add(store, [row("session", "2024-06-02", measure="events", confidentiality=2)], version("session"))
    open_, closed = asked(store), asked(store, level=0)
    kind = open_.kinds.index("session")
    assert (mark(open_, "session"), mark(closed, "session")) == ("full", "missing")
    assert not closed.rows[kind].any()
    assert not closed.told[kind]


def test_sexual_violence_is_never_shown_by_place(store: Store) -> None:
    add(store, [row("crsv-aggregate", "2024-06-02", measure="improved"), row("control", "2024-06-02")])
    found = asked(store)
    never = found.kinds.index("crsv-aggregate")
    assert found.told[never]
    assert (found.rows + found.fresh)[never, :, -1].tolist() == [2, 0, 0]
    assert found.sources[never, :, -1].tolist() == [1, 0, 0]
    assert [kind for kind, placed in zip(found.kinds, found.placed, strict=True) if placed] == ["control"]


def test_an_empty_store_is_a_gap_everywhere(store: Store) -> None:
    found = asked(store)
    assert not found.told.any()
    assert (found.marks == 0).all()


def test_the_least_number_of_answers_that_any_indicator_takes() -> None:
    indicators = [each for entry in load().measured for each in entry.indicators.values()]
    assert enough_by_kind(indicators) == {"survey": 30}
