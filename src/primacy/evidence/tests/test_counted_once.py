"""Each event counts once, however many releases of its source tell of it."""

import csv
import gzip
import io
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from primacy.evidence.bringing.importing import import_files
from primacy.evidence.store.store import Store
from primacy.evidence.tests.ged_files import ged
from primacy.framework.instance import Instance

LATER = datetime(2026, 6, 1, tzinfo=UTC)
TODAY = date(2026, 1, 1)
Write = Callable[[str, str], Path]


def counted(instance: Instance, *, known: datetime = LATER) -> Counter[str]:
    """How often each event counts."""
    store = Store(instance.evidence)
    rows = store.rows(as_of=TODAY, known=known)
    found = store.fetch(rows.filter(rows.measure == "events").select("item"))
    return Counter(found["item"].to_pylist())


def load(instance: Instance, path: Path, known: str | None = None, country: str | None = None) -> None:
    when = datetime.fromisoformat(f"{known}T00:00:00+00:00") if known else None
    import_files([path], instance=instance, known=when, country=country)


def test_a_release_that_tells_of_more_than_it_covers(write: Write, instance: Instance) -> None:
    """A monthly file repeats an event of the year before: the yearly release and it are one."""
    load(instance, write("GEDEvent_v23_1.csv", ged({"id": "1", "date_start": "2022-12-30", "date_end": "2022-12-30"})))
    monthly = ged(
        {"id": "1", "date_start": "2022-12-30", "date_end": "2022-12-30", "best": "8", "high": "9"},
        {"id": "2", "date_start": "2023-10-05", "date_end": "2023-10-05"},
    )
    load(instance, write("GEDEvent_v23_0_10.csv", monthly))
    assert counted(instance) == {"1": 1, "2": 1}
    store = Store(instance.evidence)
    rows = store.fetch(store.rows(as_of=TODAY, known=LATER)).to_pylist()
    assert [row["value"] for row in rows if (row["item"], row["measure"]) == ("1", "deaths")] == [8]
    assert counted(instance, known=datetime(2023, 7, 1, tzinfo=UTC)) == {"1": 1}


def test_an_event_that_was_moved_to_another_month(write: Write, instance: Instance) -> None:
    load(
        instance, write("GEDEvent_v23_0_10.csv", ged({"id": "7", "date_start": "2023-10-05", "date_end": "2023-10-05"}))
    )
    load(
        instance, write("GEDEvent_v23_0_11.csv", ged({"id": "7", "date_start": "2023-11-02", "date_end": "2023-11-02"}))
    )
    assert counted(instance) == {"7": 1}


def test_a_withdrawn_release_gives_its_events_back(write: Write, instance: Instance) -> None:
    load(
        instance, write("GEDEvent_v23_0_10.csv", ged({"id": "7", "date_start": "2023-10-05", "date_end": "2023-10-05"}))
    )
    load(
        instance, write("GEDEvent_v23_0_11.csv", ged({"id": "7", "date_start": "2023-11-02", "date_end": "2023-11-02"}))
    )
    store = Store(instance.evidence)
    store.withdraw(store.versions()[-1].id, at=datetime(2026, 1, 1, tzinfo=UTC), because="wrong")
    rows = store.fetch(store.rows(as_of=TODAY, known=LATER)).to_pylist()
    assert {row["date"] for row in rows} == {date(2023, 10, 5)}


def ids(path: Path, country: str) -> set[str]:
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(io.StringIO(stream.read()))
        return {row["id"].removesuffix(".0") for row in rows if row["country"].startswith(country)}


@pytest.mark.reference_data
def test_real_releases_of_one_country(reference_data: Path, instance: Instance) -> None:
    """GED 23.1 and the candidate events of October 2023: both whole, each event once."""
    yearly = reference_data / "ged_car_23_1" / "GED_v23_1_country482_CAF.csv.gz"
    monthly = reference_data / "ged_other" / "GEDEvent_v23_0_10_candidate.csv.gz"
    instance.mission_file.write_text("country: CAF\n")
    for path in (yearly, monthly):
        load(instance, path)
    expected = ids(yearly, "Central African") | ids(monthly, "Central African")
    assert counted(instance) == dict.fromkeys(expected, 1)


@pytest.mark.reference_data
def test_a_country_file_replaces_the_yearly_release_that_it_repeats(reference_data: Path, instance: Instance) -> None:
    yearly = reference_data / "ged_other" / "ged191_BGD_MMR.csv.gz"
    country = reference_data / "ged_other" / "hdx_conflict_data_BGD.csv.gz"
    candidate = reference_data / "ged_other" / "GEDEvent_v23_0_10_candidate.csv.gz"
    instance.mission_file.write_text("country: BGD\n")
    for path in (yearly, candidate, country):
        load(instance, path)
    expected = ids(yearly, "Bangladesh") | ids(candidate, "Bangladesh") | ids(country, "Bangladesh")
    assert counted(instance) == dict.fromkeys(expected, 1)


@pytest.mark.reference_data
@pytest.mark.parametrize(
    ("name", "format", "lines"),
    [
        ("ged191_BGD_MMR.csv.gz", "ucdp-ged", 3194),
        ("hdx_conflict_data_BGD.csv.gz", "ucdp-ged", 601),
        ("GEDEvent_v23_0_10_candidate.csv.gz", "ucdp-candidate", 2391),
        ("ged231_random_1000_49cols.csv.gz", "ucdp-ged", 1000),
    ],
)
def test_each_file_is_imported_whole(
    reference_data: Path, instance: Instance, name: str, format: str, lines: int
) -> None:
    instance.mission_file.write_text("{}\n")
    (done,) = import_files([reference_data / "ged_other" / name], instance=instance)
    assert (done.format, done.items, done.rejected) == (format, lines, 0)


LOG = "mapping: log\nkind: incident\nproducer: us\nsource_type: monitor\nconfidentiality: internal\ndate: Day\n" \
    "place: {code: Where}\ncategory: {always: violence/one-sided}\nmeasures: [{measure: events, always: 1}]\n"  # fmt: skip
COUNTRIES = [
    # what it shows                                      its code, how its P-codes begin
    ("a country of the list", "CAF", "CF"),
    ("one of the list by its three letters", "MMR", "MMR"),
    ("one to practise with", "XDS", "XDS"),
    ("one to practise with, of two letters", "XX", "XX"),
    ("one whose P-codes do not begin with its code", "XDS", "AB"),
]


@pytest.mark.parametrize(("shows", "country", "letters"), COUNTRIES, ids=[case[0] for case in COUNTRIES])
def test_a_log_told_anew_takes_the_place_of_the_older_in_all_of_the_country(
    write: Write, instance: Instance, boundaries_file: Path, shows: str, country: str, letters: str
) -> None:
    instance.mission_file.write_text(f"country: {country}\n")
    text = boundaries_file.read_text("utf-8").replace('"XX"', f'"{country}"').replace('"XX', f'"{letters}')
    import_files([write("areas.geojson", text)], instance=instance, now=LATER)
    mapping = write("log.yaml", LOG)
    lines = [f"2024-05-{day:02},{letters}{1 + day % 2}" for day in range(1, 31)]
    for day, many in enumerate((27, 30)):
        path = write(f"log-{many}.csv", "\n".join(["Day,Where", *lines[:many]]) + "\n")
        done = import_files([path], instance=instance, name="log", mapping=mapping, now=LATER + timedelta(days=day))
    assert "it replaces 27 rows of log" in " ".join(map(str, done[0].notes))
    assert counted(instance, known=LATER + timedelta(days=9)).total() == 30
