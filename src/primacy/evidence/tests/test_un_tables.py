"""Tables of the UN: deaths are counted as deaths, vetoes as vetoes, and what has no data points says so."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from primacy.evidence.bringing.missions import host, hosts, in_several
from primacy.evidence.errors import NothingToImport
from primacy.evidence.importers import un_tables
from primacy.evidence.tests.published_files import lines_of, read, table
from primacy.framework.yaml_files import read_yaml
from primacy.places.countries import countries

Write = Callable[[str, str], Path]
DEATH = {
    "id": "1", "incident_date": "2017-12-04", "casualty_id": "MINUSCA-1", "mission_acronym": "MINUSCA",
    "type_of_casualty": "Fatality", "gender": "F", "casualty_nationality": "Utopia",
    "casualty_personnel_type": "Local ", "type_of_incident": "Malicious Act", "last_update": "2023-11-28",
}  # fmt: skip
VETO = {
    "date": "7/8/2022", "draft": "S/2022/1", "meeting_record": "S/PV.1", "crisis_topic": "Israel-Lebanon",
    "member_veto1": "USA", "member_veto2": "UK", "member_veto3": "",
}  # fmt: skip
VETO_OF_THE_HUB = {
    "Date": "2022-07-08", "topic": "Mali", "draft_resolution_number": "S/2022/2", "number_of_vetoes": "1", "china": "0",
    "france": "0", "russian_federation_or_USSR": "1", "united_kingdom_of_great_britain_and_northern_ireland": "0",
    "united_states_of_america": "0",
}  # fmt: skip
GIVEN = {
    "contribution_id": "5", "mission_acronym": "MINUSCA", "contributing_country": "Utopia", "personnel_type": "Troops",
    "female_personnel": "12", "male_personnel": "", "last_reporting_date": "2024-01-31",
}  # fmt: skip


def test_a_death_is_a_casualty_and_no_incident(write: Write) -> None:
    (row,), reading = read(un_tables, write("deaths.csv", table(DEATH, DEATH)), country="CAF")
    assert (row["kind"], row["measure"], row["value"], row["date"]) == ("casualty", "deaths", 1.0, date(2017, 12, 4))
    assert (row["category"], row["target"], row["group"]) == ("casualty/malicious-act", "national-staff", "sex=f")
    assert reading.known == datetime(2023, 11, 28, tzinfo=UTC)
    assert not reading.coverage[0].complete


def test_nationality_is_not_kept(write: Write) -> None:
    rows, _ = read(un_tables, write("deaths.csv", table(DEATH, DEATH)))
    assert "Utopia" not in str(rows)


def test_a_mission_in_several_countries_cannot_be_placed_and_is_named(write: Write) -> None:
    path = write("deaths.csv", table(DEATH, DEATH, DEATH | {"mission_acronym": "MINURCAT", "casualty_id": "2"}))
    rows, reading = read(un_tables, path, country="CAF")
    assert len(rows) == 1
    assert list(map(str, reading.notes)) == ["left out, because they worked in several countries: MINURCAT"]


def test_people_given_are_counted_by_sex_and_missing_stays_missing(write: Write) -> None:
    (row,), _ = read(un_tables, write("given.csv", table(GIVEN, GIVEN)), country="CAF")
    assert (row["kind"], row["measure"], row["value"], row["group"]) == ("deployment", "troops", 12.0, "sex=f")
    assert (row["item"], row["category"]) == ("MINUSCA/Utopia/troops/sex=f", "deployment/contribution/troops")


def test_a_veto_counts_for_each_country_of_its_subject(write: Write) -> None:
    rows, _ = read(un_tables, write("vetoes.csv", table(VETO, VETO)))
    assert [(row["area"], row["date"], row["actor"]) for row in rows] == [
        ("ISR", date(2022, 7, 8), "USA; UK"), ("LBN", date(2022, 7, 8), "USA; UK"),
    ]  # fmt: skip


def test_the_hub_s_own_table_of_vetoes_is_read_too(write: Write) -> None:
    (row,), _ = read(un_tables, write("vetoes.csv", table(VETO_OF_THE_HUB, VETO_OF_THE_HUB)), country="MLI")
    assert (row["item"], row["actor"], row["value"]) == ("un/veto/S/2022/2", "Russia", 1.0)


SUBJECTS = [("Admission", []), ("Congo", ["COD"]), ("Central African Republic", ["CAF"]), ("US-USSR", [])]


@pytest.mark.parametrize(("subject", "areas"), SUBJECTS)
def test_a_subject_that_is_no_country_has_none(write: Write, subject: str, areas: list[str]) -> None:
    rows, _ = read(un_tables, write("vetoes.csv", table(VETO, VETO | {"crisis_topic": subject})))
    assert [row["area"] for row in rows] == areas


REJECTED = [
    ("no day", {"incident_date": ""}, "incident_date is empty"),
    ("another cause", {"type_of_incident": "Sorrow"}, "type_of_incident is none of"),
    ("an injury", {"type_of_casualty": "Injury"}, "type_of_casualty is none of Fatality"),
]


@pytest.mark.parametrize(("shows", "line", "reason"), REJECTED, ids=[case[0] for case in REJECTED])
def test_a_wrong_line_gives_no_rows_and_its_reason(write: Write, shows: str, line: dict[str, str], reason: str) -> None:
    rows, reading = read(un_tables, write("deaths.csv", table(DEATH, DEATH | line)), country="CAF")
    assert not rows
    assert [str(fault.reason).startswith(reason) for fault in reading.faults] == [True]


def test_the_catalogue_says_that_it_holds_no_data_points(write: Write) -> None:
    entries = [{"Name": "A", "Dataset ID": "X-1", "Column definitions": [{"Column Name": "a"}]}]
    with pytest.raises(NothingToImport, match="describes data sets and holds no data points"):
        read(un_tables, write("catalogue.json", json.dumps(entries)))


def test_every_other_table_of_the_hub_is_recognised_and_says_why_it_is_not_read(write: Write) -> None:
    listed = read_yaml((Path(un_tables.__file__).parent / "un_hub.yaml").read_bytes())
    for name, columns in listed.items():
        with pytest.raises(NothingToImport, match="no kind of evidence here fits it") as error:
            read(un_tables, write("hub.csv", table(columns, {})))
        assert name in str(error.value)


def test_missions_are_in_countries_that_are_known() -> None:
    assert {code for codes in hosts().values() for code in codes} <= set(countries())
    assert (host("MINUSCA"), host("UNTSO"), host("of nobody")) == ("CAF", "", "")
    assert in_several(["MINURCAT", "UNTSO", "MINUSCA"], "CAF") == ["MINURCAT"]


@pytest.mark.reference_data
def test_the_published_fatalities_are_read_whole(reference_data: Path) -> None:
    file = reference_data / "un_peace_security" / "dppadposs-fatalities.csv.gz"
    here = {"MINUSCA", "MINURCA", "BONUCA"}
    ours = [line for line in lines_of(file) if line["mission_acronym"] in here]
    rows, reading = read(un_tables, file, country="CAF")
    assert not reading.faults
    assert len(rows) == len(ours) == 190
    causes = Counter(line["type_of_incident"].lower().replace(" ", "-") for line in ours)
    assert Counter(row["category"].removeprefix("casualty/") for row in rows) == causes


@pytest.mark.reference_data
def test_the_published_vetoes_hold_those_on_a_country(reference_data: Path) -> None:
    file = reference_data / "un_peace_security" / "unsc_vetoes.csv.gz"
    ours = [line for line in lines_of(file) if "Syria" in line["crisis_topic"]]
    rows, _ = read(un_tables, file, country="SYR")
    assert len(rows) == len(ours) == 17


@pytest.mark.reference_data
def test_every_table_of_the_real_catalogue_is_recognised(reference_data: Path, write: Write) -> None:
    import gzip

    with gzip.open(reference_data / "un_peace_security" / "psdata_metadata_all.json.gz") as stream:
        catalogue = json.load(stream)
    named = [
        (each["Dataset ID"], [one["Column Name"] for one in each["Column definitions"] or []]) for each in catalogue
    ]
    for identity, columns in named:
        if columns:
            path = write("hub.csv", table(dict.fromkeys(columns), {}))
            source = un_tables.Source(path)
            assert un_tables.sniff(source, source.head()), identity
