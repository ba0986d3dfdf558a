"""IATI activities: transactions by type, shares of countries and sectors, and files that must not be trusted."""

import gzip
import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from primacy.evidence.bringing.formats import Reading, Task
from primacy.evidence.bringing.importing import import_files
from primacy.evidence.errors import BadInput, Refused
from primacy.evidence.importers import iati
from primacy.evidence.store.store import Store
from primacy.framework.instance import Instance
from primacy.places.areas import Areas
from primacy.places.files.files import Source

TODAY = date(2026, 1, 1)
Write = Callable[[str, str], Path]
PAID = '<transaction><transaction-type code="3"/><transaction-date iso-date="2020-05-01"/><value currency="EUR" value-date="2020-05-01">100</value></transaction>'
HERE = '<recipient-country code="XX"/>'
POINT = '<location><point><pos>0.5 {lon}</pos></point><exactness code="1"/></location>'


def activity(
    inside: str = HERE + PAID, *, id: str = "ORG-1", dates: str = '<activity-date type="2" iso-date="2020-01-01"/>'
) -> str:
    return (
        f'<iati-activity default-currency="USD"><iati-identifier>{id}</iati-identifier><reporting-org ref="ORG" type="21"/>'
        f'<participating-org role="1"><narrative>Fund</narrative></participating-org><activity-status code="2"/>{dates}{inside}'
        "</iati-activity>"
    )


def file(*activities: str, head: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{head}<iati-activities version="2.03">\n'
        + "\n".join(activities)
        + "\n</iati-activities>\n"
    )


def read(path: Path, *, areas: Areas | None = None, country: str = "XX") -> tuple[list[dict[str, Any]], Reading]:
    reading = iati.read(Source(path), Task(areas or Areas(), country, TODAY))
    return pa.concat_tables(reading.batches).to_pylist(), reading


def amounts(rows: list[dict[str, Any]]) -> list[tuple[str, float]]:
    return [(row["category"], row["value"]) for row in rows if row["measure"] == "amount"]


def test_an_activity_and_what_is_paid_for_it(write: Write) -> None:
    rows, reading = read(write("a.xml", file(activity())))
    assert [(row["kind"], row["item"], row["measure"], row["value"], row["unit"], row["date"]) for row in rows] == [
        ("programme", "ORG-1", "expected", 1, "items", date(2020, 1, 1)),
        ("programme", "ORG-1", "running", 1, "items", date(2020, 1, 1)),
        ("payment", "ORG-1#1", "events", 1, "events", date(2020, 5, 1)),
        ("payment", "ORG-1#1", "amount", 100, "EUR", date(2020, 5, 1)),
    ]
    assert {row["actor"] for row in rows} == {"Fund"}
    assert (reading.lineage, reading.countries) == ("iati/ORG", {"XX"})


TYPES = [
    ("2", ["payment/aid-committed"]),
    ("3", ["payment/aid-disbursed"]),
    ("4", ["payment/aid-spent"]),
    ("1", []),
    ("7", []),
]


@pytest.mark.parametrize(("code", "categories"), TYPES)
def test_transactions_by_type(write: Write, code: str, categories: list[str]) -> None:
    rows, reading = read(write("a.xml", file(activity(HERE + PAID.replace('code="3"', f'code="{code}"')))))
    assert [category for category, _ in amounts(rows)] == categories
    assert categories or list(map(str, reading.notes)) == [f"transactions not read: 1 of type {code}"]


def sector(code: str, percentage: str = "", vocabulary: str = "1") -> str:
    return f'<sector vocabulary="{vocabulary}" code="{code}" percentage="{percentage}"/>'


PARTED = [
    ("one sector", HERE + sector("15110"), [("/dac-151", 100)]),
    ("two by percentages", HERE + sector("15110", "25") + sector("12220", "75"), [("/dac-151", 25), ("/dac-122", 75)]),
    ("two of one group", HERE + sector("15110", "25") + sector("15130", "75"), [("/dac-151", 100)]),
    ("percentages that do not add up", HERE + sector("15110", "25") + sector("12220", "25"), [("/several-sectors", 100)]),
    ("no percentages", HERE + sector("15110") + sector("12220"), [("/several-sectors", 100)]),
    ("the first vocabulary counts", HERE + sector("15110") + sector("99", "", "7"), [("/dac-151", 100)]),
    ("a part of the money", '<recipient-country code="XX" percentage="40"/><recipient-country code="YY" percentage="60"/>', [("", 40)]),
    ("another country", '<recipient-country code="YY"/>', []),
    ("several without percentages", '<recipient-country code="XX"/><recipient-country code="YY"/>', []),
    ("a region alone", '<recipient-region code="289"/>', []),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "inside", "parts"), PARTED, ids=[case[0] for case in PARTED])
def test_percentages_part_the_money(write: Write, shows: str, inside: str, parts: list[tuple[str, float]]) -> None:
    rows, _ = read(write("a.xml", file(activity(inside + PAID))))
    assert amounts(rows) == [(f"payment/aid-disbursed{path}", amount) for path, amount in parts]
    assert sum(row["measure"] == "events" for row in rows) == bool(parts)


def test_several_places_count_once_where_all_lie(write: Write, areas: Areas) -> None:
    inside = HERE + POINT.format(lon=0.5) + POINT.format(lon=1.5) + PAID
    rows, _ = read(write("a.xml", file(activity(inside))), areas=areas)
    assert {(row["area"], row["level"]) for row in rows} == {("XX1", 1)}
    assert sum(row["value"] for row in rows if row["measure"] == "amount") == 100


def test_an_activity_without_a_country(write: Write, areas: Areas) -> None:
    """It is where its points lie, else where all others are, else left out."""
    by_point, _ = read(write("a.xml", file(activity(POINT.format(lon=0.5) + PAID))), areas=areas)
    assert {row["area"] for row in by_point} == {"XX11"}
    with_others, reading = read(write("b.xml", file(activity(), activity(PAID, id="ORG-2"))))
    assert len(amounts(with_others)) == 2
    assert list(map(str, reading.notes)) == [
        "activities that name no country and have no point inside the boundaries: 1; taken for XX, which all others name"
    ]
    path = write(
        "c.xml", file(activity(), activity('<recipient-country code="YY"/>', id="ORG-3"), activity(PAID, id="ORG-2"))
    )
    alone, reading = read(path)
    assert len(amounts(alone)) == 1
    assert "activities that say nothing of their country, left out: 1" in map(str, reading.notes)


def test_the_same_activity_twice(write: Write) -> None:
    rows, reading = read(write("a.xml", file(activity(), activity(), activity(HERE))))
    assert len(amounts(rows)) == 1
    assert "counted once" in str(reading.notes[0])
    assert str(reading.faults.first) == "this identifier stands on an earlier activity, which says otherwise: 'ORG-1'"
    assert reading.faults.first.line == 5


WRONG = [
    ("no identifier", activity(id=""), "has no iati-identifier"),
    ("no value", activity(HERE + PAID.replace("<value", "<worth").replace("/value", "/worth")), "has no value"),
    ("money in words", activity(HERE + PAID.replace(">100<", ">much<")), "value is no amount: 'much'"),
    ("endless money", activity(HERE + PAID.replace(">100<", ">inf<")), "value is no amount: 'inf'"),
    ("no day", activity(HERE + PAID.replace("2020-05-01", "")), "has no date"),
    ("no such day", activity(HERE + PAID.replace("2020-05-01", "2020-02-31")), "transaction-date is no date (write 2024-12-31): '2020-02-31'"),
    ("a start that is no day", activity(dates='<activity-date type="2" iso-date="soon"/>'), "activity-date is no date (write 2024-12-31): 'soon'"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "wrong", "why"), WRONG, ids=[case[0] for case in WRONG])
def test_what_is_wrong_is_a_fault_with_its_line(write: Write, shows: str, wrong: str, why: str) -> None:
    rows, reading = read(write("a.xml", file(activity(id="OK"), wrong)))
    assert (str(reading.faults.first), reading.faults.first.line) == (why, 4)
    assert ("OK", "expected") in {(row["item"], row["measure"]) for row in rows}


BOMB = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>\n'
OUTSIDE = '<!DOCTYPE a SYSTEM "http://example.org/a.dtd">\n'
READS = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n'
HOSTILE = [
    ("entities in entities", file(activity(), head=BOMB), "declares a document type"),
    ("a document type from outside", file(activity(), head=OUTSIDE), "declares a document type"),
    ("a file from outside", file(activity(), head=READS), "declares a document type"),
    ("an unknown entity", file(activity(HERE + "&a;")), "broken XML"),
    ("deep", file(activity("<a>" * 40 + "</a>" * 40)), "nested more than 32 deep"),
    ("cut off", file(activity())[:-40], "broken XML"),
    ("two roots", file(activity()) + "<a/>", "broken XML"),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "text", "why"), HOSTILE, ids=[case[0] for case in HOSTILE])
def test_what_must_not_be_trusted_is_refused_whole(
    write: Write, instance: Instance, shows: str, text: str, why: str
) -> None:
    with pytest.raises(BadInput, match=why):
        import_files([write("a.xml", text)], instance=instance)
    assert not Store(instance.evidence).versions()


VERSIONS = [("2.01", True), ("2.02", True), ("2.03", True), (" 2.03 ", True), ("2.04", False), ("2.00", False), ("1.05", False), ("1.01", False),
            ("2.1", False), ("3.0", False), ("new\u202e", False)]  # fmt: skip


@pytest.mark.parametrize(("version", "taken"), VERSIONS)
def test_only_versions_that_are_understood_are_read(
    write: Write, instance: Instance, version: str, taken: bool
) -> None:
    path = write("a.xml", file(activity()).replace('version="2.03"', f'version="{version}"'))
    if taken:
        assert amounts(read(path)[0])
        return
    with pytest.raises(BadInput, match=r"is IATI .*only versions 2\.01 to 2\.03 are read") as refused:
        import_files([path], instance=instance)
    assert "version 2.03" in str(refused.value.remedy)
    assert not Store(instance.evidence).versions()
    for language in ("fr", "ar"):
        assert "2.03" in refused.value.told(language)
        assert "evidence/" not in refused.value.told(language)


def test_a_file_that_says_no_version_is_read_and_it_is_said(write: Write) -> None:
    rows, reading = read(write("a.xml", file(activity()).replace(' version="2.03"', "")))
    assert amounts(rows)
    assert "does not say which version" in str(reading.notes[0])


def test_endless_parts_are_refused(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("primacy.evidence.importers._xml.MOST_PARTS", 10)
    monkeypatch.setattr("primacy.evidence.importers._xml.MOST_TEXT", 1000)
    for inside, why in ((HERE * 20, "more than 10 parts"), (f"<title>{'x' * 2000}</title>", "more than")):
        with pytest.raises(BadInput, match=why):
            read(write("a.xml", file(activity(inside))))


def test_a_file_without_anything_for_the_country(write: Write, instance: Instance) -> None:
    with pytest.raises(Refused, match="holds nothing on XX"):
        import_files([write("a.xml", file(activity('<recipient-country code="CAF"/>' + PAID)))], instance=instance)


@pytest.mark.reference_data
def test_the_activities_of_timor_leste(reference_data: Path, instance: Instance) -> None:
    """Sums by type as a search of the text finds them, but for the half of one activity that is for Indonesia."""
    path = reference_data / "aid_geocoded" / "iati_2.03_TimorLesteAIMS.xml.gz"
    instance.mission_file.write_text("country: TLS\n")
    (done,) = import_files([path], instance=instance)
    store = Store(instance.evidence)
    rows = store.fetch(store.rows(as_of=TODAY, known=datetime(2027, 1, 1, tzinfo=UTC))).to_pylist()
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        text = stream.read()
    expected: Counter[str] = Counter()
    for each in text.split("<iati-activity ")[1:]:
        share = 0.5 if 'code="TL" percentage="50' in each else 1.0
        for kind, value in re.findall(r'<transaction-type code="(\d)"/>.*?<value [^>]*>([^<]+)<', each, re.DOTALL):
            expected[{"2": "aid-committed", "3": "aid-disbursed"}[kind]] += float(value) * share
    found: Counter[str] = Counter()
    for row in rows:
        if row["measure"] == "amount":
            found[row["category"].split("/")[1]] += row["value"]
    assert found == pytest.approx(expected)
    assert sum(row["measure"] == "events" for row in rows) == text.count("<transaction>")
    started = sum(
        '<activity-date type="2"' in each or '<activity-date type="1"' in each
        for each in text.split("<iati-activity ")[1:]
    )
    assert sum(row["measure"] == "expected" for row in rows) == started
    assert (done.format, done.rejected) == ("iati", 0)
    assert any("have no point inside the boundaries: 330;" in str(note) for note in done.notes)
