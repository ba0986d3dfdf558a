"""Data points as viewers may see them: place, day and names, in the rows, in filters, in sums, and page by page."""

from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from primacy.evidence.shown.as_shown import as_shown
from primacy.evidence.shown.exploring import AtHand, Place, Question, inside, narrowed, page, sums, with_counted
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.store import Store
from primacy.places.areas import Area, Areas

AREAS = Areas([Area(code, n, code[:-1], {"en": code}) for n, code in enumerate(["X", "X1", "X11", "X112"])])
KNOWN = datetime(2026, 7, 1, tzinfo=UTC)
WEDNESDAY, MONDAY, SUNDAY = date(2026, 5, 13), date(2026, 5, 11), date(2026, 5, 17)
BASE = {
    "kind": "incident", "date": WEDNESDAY, "until": WEDNESDAY, "area": "X112", "level": 3, "measure": "events",
    "value": 1.0, "category": "violence/one-sided", "actor": "band", "source": "field office", "note": "only assistant",
    "line": 7, "group": "",
}  # fmt: skip
ROWS = [
    {**BASE, "item": "open", "confidentiality": 0},
    {**BASE, "item": "inside", "confidentiality": 1},
    {**BASE, "item": "secret", "confidentiality": 3},
    {**BASE, "item": "women", "confidentiality": 0, "measure": "deaths", "value": 2.0, "group": "sex=f"},
    {**BASE, "item": "women", "confidentiality": 0, "measure": "deaths", "value": 5.0},
    {**BASE, "kind": "crsv-aggregate", "item": "quarter", "measure": "improved", "confidentiality": 0, "area": "X11",
     "level": 2},
]  # fmt: skip


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, AtHand]:
    """By whether details may be seen."""
    folder: Path = tmp_path_factory.mktemp("store")
    version = DatasetVersion(name="Log", lineage="csv/Log", format="csv", known=KNOWN, imported=KNOWN)
    Store(folder).add([pa.RecordBatch.from_pylist(ROWS)], version)
    found = {}
    for details in (True, False):
        store = Store(folder)
        versions = store.versions()
        rows = with_counted(store.rows(as_of=date(2026, 7, 1), known=KNOWN))
        shown = store.engine.view(as_shown(store, rows, AREAS, versions, details=details), few=True)
        found[details] = AtHand(store, shown, AREAS, versions, versions, date(2026, 7, 1), KNOWN)
    return found


def rows_of(hand: AtHand, question: Question) -> list[dict]:
    return page(hand.store, narrowed(hand.shown, question, inside(AREAS, question.area)), None)[0]


# what it shows, details, confidentiality of the row -> area, first day, last day, item
SHOWN = [
    ("an open row is shown as it is", False, 0, ("X112", WEDNESDAY, WEDNESDAY, "open", 7)),
    ("an internal one by district and week, without names", False, 1, ("X11", MONDAY, SUNDAY, "", None)),
    ("who may see details sees it all", True, 3, ("X112", WEDNESDAY, WEDNESDAY, "secret", 7)),
]


@pytest.mark.parametrize(("shows", "details", "level", "expected"), SHOWN, ids=[each[0] for each in SHOWN])
def test_a_row_by_viewer(seen, shows, details, level, expected) -> None:
    rows = rows_of(seen[details], Question(kind="incident", measure="events"))
    wanted = {0: "open", 1: "inside", 3: "secret"}[level]
    (row,) = [each for each in rows if each["item"] == (wanted if details or level == 0 else "")]
    assert (row["area"], row["date"], row["until"], row["item"], row["line"]) == expected
    hidden = not details and level == 1
    told = [row[name] for name in ("actor", "source", "note", "dataset", "series")]
    assert all(not each for each in told) is hidden
    assert (row["known"] is None) is hidden


def test_strictly_confidential_rows_are_no_part_of_what_others_see(seen) -> None:
    question = Question(kind="incident", measure="events")
    assert len(rows_of(seen[True], question)) == 3
    assert len(rows_of(seen[False], question)) == 2


# A filter finds a coarsened row only by what is shown of it: (question, how many of the two shown rows it finds)
PROBES = [
    (Question(area="X11"), 2), (Question(area="X112"), 1), (Question(since=WEDNESDAY, until=WEDNESDAY), 1),
    (Question(since=MONDAY, until=MONDAY), 1), (Question(series="csv/Log"), 1), (Question(level=1), 0),
]  # fmt: skip


@pytest.mark.parametrize(("probe", "found"), PROBES, ids=str)
def test_no_filter_is_finer_than_what_is_shown(seen, probe, found) -> None:
    question = Question(**{**vars(probe), "kind": "incident", "measure": "events"})
    hand = seen[False]
    assert len(rows_of(hand, question)) == found
    among = narrowed(hand.shown, question, inside(AREAS, question.area))
    assert sums(hand.store, among, by="series", adds_up=True).total == (found, float(found))


def test_what_is_never_told_by_place_is_told_by_quarter_and_first_level_to_everybody(seen) -> None:
    for hand in seen.values():
        (row,) = rows_of(hand, Question(kind="crsv-aggregate"))
        assert (row["area"], row["date"], row["until"]) == ("X1", date(2026, 4, 1), date(2026, 6, 30))
        among = narrowed(hand.shown, Question(kind="crsv-aggregate"))
        assert sums(hand.store, among, by="kind", adds_up=False).by_area(AREAS, 1) == {}


def test_a_part_of_the_people_does_not_count_beside_all_of_them(seen) -> None:
    hand = seen[True]
    found = sums(
        hand.store, narrowed(hand.shown, Question(kind="incident", measure="deaths")), by="group", adds_up=True
    )
    assert found.total == (2, 5.0)
    assert found.by_key() == {"": (1, 5.0), "sex=f": (1, 0.0)}


def test_pages_follow_one_another_without_a_gap_or_a_repetition(seen) -> None:
    hand = seen[True]
    whole = [each["item"] for each in page(hand.store, hand.shown, None, size=100)[0]]
    found, place = [], None
    while True:
        rows, place = page(hand.store, hand.shown, place, size=2)
        found += [each["item"] for each in rows]
        if place is None:
            break
    assert found == whole


@pytest.mark.parametrize("text", ["", "2026-05-13", "2026-05-13.-1", "2026-13-01.0", "x.1", "2026-05-13.１"])
def test_a_place_that_is_none_is_refused(text) -> None:
    with pytest.raises(ValueError):
        Place.read(text)
    assert str(Place.read("2026-05-13.7")) == "2026-05-13.7"
