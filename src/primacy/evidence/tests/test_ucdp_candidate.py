"""Candidate events: the month that a version covers, and the yearly release that replaces it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from primacy.evidence.bringing.formats import Task
from primacy.evidence.bringing.importing import import_files
from primacy.evidence.importers import ucdp_candidate, ucdp_ged
from primacy.evidence.store.store import Store
from primacy.evidence.tests.ged_files import ged
from primacy.framework.instance import Instance
from primacy.places.areas import Areas
from primacy.places.files.files import Source, sources

VERSIONS = [
    # name, first day, last day, published by
    ("GEDEvent_v23_0_10.csv", date(2023, 10, 1), date(2023, 10, 31), datetime(2023, 11, 30, tzinfo=UTC)),
    ("GEDEvent_v24_0_12.csv", date(2024, 12, 1), date(2024, 12, 31), datetime(2025, 1, 31, tzinfo=UTC)),
    ("GEDEvent_v25_01_25_03.csv", date(2025, 1, 1), date(2025, 3, 31), datetime(2025, 4, 30, tzinfo=UTC)),
]


@pytest.mark.parametrize(("name", "first", "last", "known"), VERSIONS, ids=[case[0] for case in VERSIONS])
def test_the_version_says_what_is_covered_and_when_it_was_known(
    write: Callable[[str, str], Path], name: str, first: date, last: date, known: datetime
) -> None:
    source = Source(write(name, ged({})))
    assert ucdp_candidate.sniff(source, source.head())
    reading = ucdp_candidate.read(source, Task(Areas(), "", date(2026, 1, 1)))
    list(reading.batches)
    assert (reading.coverage[0].start, reading.coverage[0].end, reading.known) == (first, last, known)


def test_a_yearly_file_is_no_candidate(write: Callable[[str, str], Path]) -> None:
    source = Source(write("GEDEvent_v23_1.csv", ged({})))
    assert not ucdp_candidate.sniff(source, source.head())
    assert ucdp_ged.sniff(source, source.head())


def test_without_a_version_the_full_months_are_covered(write: Callable[[str, str], Path]) -> None:
    early, usual = {"date_start": "2023-09-30", "date_end": ""}, {"date_start": "2023-10-05", "date_end": ""}
    source = Source(write("candidate.csv", ged(early, *[usual] * 60)))
    reading = ucdp_candidate.read(source, Task(Areas(), "", date(2026, 1, 1)))
    list(reading.batches)
    assert (reading.coverage[0].start, reading.coverage[0].end) == (date(2023, 10, 1), date(2023, 10, 31))


def test_the_yearly_release_replaces_the_candidates_of_its_year(
    write: Callable[[str, str], Path], instance: Instance
) -> None:
    day = {"date_start": "2023-10-05", "date_end": "2023-10-05"}
    import_files([write("GEDEvent_v23_0_10.csv", ged(day, day))], instance=instance)
    import_files([write("GEDEvent_v24_1.csv", ged(day))], instance=instance)
    store = Store(instance.evidence)

    def events(known: str) -> int:
        rows = store.rows(as_of=date(2026, 1, 1), known=datetime.fromisoformat(known).replace(tzinfo=UTC))
        return store.fetch(rows.filter(rows.measure == "events").select("item")).num_rows

    assert [events(known) for known in ("2023-10-31", "2023-12-01", "2024-07-01")] == [0, 2, 1]


@pytest.mark.reference_data
def test_the_published_candidate_file(reference_data: Path) -> None:
    path = reference_data / "ged_other" / "GEDEvent_v23_0_10_candidate.csv.gz"
    reading = ucdp_candidate.read(next(sources(path)), Task(Areas(), "", date(2026, 1, 1)))
    rows = sum(table.num_rows for table in reading.batches)
    assert rows == 3 * 2391
    assert not reading.faults
    assert len(reading.countries) == 48
