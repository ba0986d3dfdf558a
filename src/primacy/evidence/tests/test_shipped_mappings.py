"""The mappings that are shipped: each knows an export by its columns, reads it, and updates it when it comes again."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from primacy.evidence.bringing.importing import import_files
from primacy.evidence.errors import BadInput
from primacy.evidence.mapped.mapping_files import shipped
from primacy.evidence.store.store import Store
from primacy.framework.instance import Instance

Write = Callable[[str, str], Path]
NOW = datetime(2025, 1, 1, tzinfo=UTC)
PERSON = "Someone Somebody"
# mapping -> (an export, one text of it, what stands there in the next export, data points of the export, one of them)
EXAMPLES: dict[str, tuple[str, str, str, int, dict[str, Any]]] = {
    "incident-log": (
        "Event ID,Event Date,Event Type,Admin 1,Admin 2,Perpetrator,Target,Killed,Injured,Civilians Killed,Status,Grade,Reported By\n"
        f"E-1,2024-05-01,Attack on civilians,West,District 1,group-x,civilian,2,n/a,2,final,B2,{PERSON}\n"
        f"E-2,2024-05-02,Something new,Est Mambere,,group-x,,0,1,,final,,{PERSON}\n"
        f"E-3,2024-05-02,Riot,West,,,,0,0,0,draft,,{PERSON}\n",
        "civilian,2,n/a", "civilian,3,n/a", 6,
        {"item": "E-1", "measure": "deaths", "value": 2.0, "area": "XX11", "category": "violence/one-sided",
         "target": "civilians", "actor": "group-x", "grade": "B2", "confidentiality": 1},
    ),
    "journal-incidents": (
        "N° incident;Date de l'incident;Type d'incident;Région;Préfecture;Auteur;Cible;Tués;Blessés;Rapporté par\n"
        f"J-1;02/05/2024;Enlèvement;West;District 1;groupe-x;civils;1;nd;{PERSON}\n",
        ";1;nd;", ";2;nd;", 2,
        {"item": "J-1", "measure": "deaths", "value": 1.0, "area": "XX11", "category": "violence/one-sided/abduction",
         "target": "civilians", "date": date(2024, 5, 2)},
    ),
    "joc-log": (
        "Serial,Date,Sector,P-code,Incident,Casualties / Killed,Casualties / Injured,Parties / Initiator,Remarks\n"
        f"17,02/05/2024,W,XX12,Ambush,1,2,group-x,{PERSON}\n",
        "Ambush,1", "Ambush,4", 3,
        {"item": "17", "measure": "injured", "value": 2.0, "area": "XX12", "actor": "group-x"},
    ),
    "activity-list": (
        "Activity ID,Activity,Area,Category,Status,Progress,Updated,Focal Point\n"
        f"A-1,Dialogue,XX11,programme/reconciliation,Ongoing,40 %,2024-05-31,{PERSON}\n"
        f"A-2,Training,XX12,,planned,n/a,2024-05-31,{PERSON}\n",
        "40 %", "55 %", 5,
        {"item": "A-1", "measure": "delivered", "value": 0.4, "category": "programme/reconciliation"},
    ),
    "liste-activites": (
        "Code activité;Activité;Zone;Catégorie;Statut;Avancement;Mise à jour;Point focal\n"
        f"B-1;Dialogue;XX11;programme/reconciliation;En cours;37,5;31/05/2024;{PERSON}\n",
        "37,5", "50", 3,
        {"item": "B-1", "measure": "delivered", "value": 0.375, "date": date(2024, 5, 31)},
    ),
    "contact-list": (
        "Post ID,Institution,Function,Area,Category,Days absent,As of,Name,Phone,Email\n"
        f"P-1,Prefecture,Prefect,XX1,counterpart/guarantor,3,2024-05-31,{PERSON},+236 70 00 00 00,a@example.org\n",
        ",3,", ",5,", 2,
        {"item": "P-1", "measure": "days_absent", "value": 3.0, "target": "Prefecture", "confidentiality": 2},
    ),
    "liste-contacts": (
        "Code du poste;Institution;Fonction;Zone;Jours d'absence;Date de mise à jour;Nom;Prénom;Téléphone\n"
        f"P-2;Préfecture;Préfet;XX1;3;31/05/2024;{PERSON};{PERSON};+236 70 00 00 00\n",
        ";3;", ";5;", 2,
        {"item": "P-2", "measure": "expected", "value": 1.0, "target": "Préfecture"},
    ),
    "meeting-log": (
        "Meeting ID,Meeting date,Counterpart group,Area,Initiated by counterpart,Participants\n"
        f"M-1,2024-05-02,women-groups,XX11,Yes,{PERSON}\n",
        "Yes", "No", 2,
        {"item": "M-1", "measure": "initiated_by_counterpart", "value": 1.0, "target": "women-groups"},
    ),
}  # fmt: skip


def test_every_shipped_mapping_has_an_example() -> None:
    assert set(EXAMPLES) == set(shipped())


def rows_of(instance: Instance, identity: str) -> list[dict[str, Any]]:
    return [row for batch in Store(instance.evidence).content(identity) for row in batch.to_pylist()]


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_export_is_known_by_its_columns_and_updated_when_it_comes_again(
    write: Write, instance: Instance, boundaries_file: Path, name: str
) -> None:
    text, before, after, count, expected = EXAMPLES[name]
    import_files([boundaries_file], instance=instance)
    (summary,) = import_files([write("week1.csv", text)], instance=instance, now=NOW)
    assert summary.format == "mapping"
    assert f"are those of the mapping {name}" in str(summary.why)
    assert (summary.rejected, summary.version is not None) == (0, True)
    rows = rows_of(instance, summary.version.id)  # type: ignore[union-attr]
    assert len(rows) == count
    assert any(expected.items() <= row.items() for row in rows), rows
    assert PERSON not in str(rows)
    assert "example.org" not in str(rows)
    later = text.replace(before, after)
    assert later != text
    (again,) = import_files([write("week2.csv", later)], instance=instance, now=NOW + timedelta(days=7))
    assert "1 changed" in " ".join(map(str, again.notes))
    assert {row["revision"] for row in rows_of(instance, again.version.id)} == {1}  # type: ignore[union-attr]


WEEK_18 = EXAMPLES["incident-log"][0]
WEEK_19 = WEEK_18 + f"E-4,2024-05-09,Attack on civilians,West,District 1,group-x,civilian,1,0,1,final,B2,{PERSON}\n"
NAMES = [
    # what it shows                                 name of the first, of the second,  what comes of the second
    ("a log needs no name",                         "",                "",             "1 new"),
    ("that of its file is none",                    "week18",          "week19",       "1 new"),
    ("one name for both",                           "log",             "log",          "1 new"),
    ("of its own beside one without",               "",                "north",        "2 of its records are here already"),
    ("without one beside one with a name",          "north",           "",             "under the name north"),
    ("two names for the same log",                  "north",           "south",        "under the name north"),
]  # fmt: skip


def test_a_log_that_grew_under_one_name_is_not_taken_up_under_another(
    write: Write, instance: Instance, boundaries_file: Path
) -> None:
    """Also where that other name is here already, with other records."""
    other = WEEK_18.replace("E-1", "F-1").replace("E-2", "F-2")
    import_files([boundaries_file], instance=instance)
    import_files([write("east.csv", other)], instance=instance, now=NOW)
    import_files([write("week18.csv", WEEK_18)], instance=instance, name="north", now=NOW)
    with pytest.raises(BadInput, match="under the name north"):
        import_files([write("week19.csv", WEEK_19)], instance=instance, now=NOW + timedelta(days=7))


@pytest.mark.parametrize(("shows", "first", "second", "comes"), NAMES, ids=[case[0] for case in NAMES])
def test_the_same_log_under_two_names_would_count_twice(
    write: Write, instance: Instance, boundaries_file: Path, shows: str, first: str, second: str, comes: str
) -> None:
    import_files([boundaries_file], instance=instance)
    import_files([write("week18.csv", WEEK_18)], instance=instance, name=first or None, now=NOW)
    next_week = {"instance": instance, "name": second or None, "now": NOW + timedelta(days=7)}
    if "new" in comes:
        (again,) = import_files([write("week19.csv", WEEK_19)], **next_week)  # type: ignore[arg-type]
        assert comes in " ".join(map(str, again.notes))
    else:
        with pytest.raises(BadInput, match=comes):
            import_files([write("week19.csv", WEEK_19)], **next_week)  # type: ignore[arg-type]
    store = Store(instance.evidence)
    rows = store.rows(as_of=date(2025, 1, 1), known=NOW + timedelta(days=9))
    counted = store.fetch(rows.filter((rows.item == "E-2") & (rows.measure == "events"))).num_rows
    assert counted == 1


def test_a_log_of_an_operations_centre_in_a_workbook_with_headings_over_several_columns(
    instance: Instance, boundaries_file: Path, tmp_path: Path
) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    workbook: Any = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(["Daily log"])
    sheet.append(["Serial", "Date", "Sector", "P-code", "Incident", "Casualties", None])
    sheet.append([None, None, None, None, None, "Killed", "Injured"])
    for cells in ("A1:G1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:E3", "F2:G2"):
        sheet.merge_cells(cells)
    sheet.append([17, date(2024, 5, 2), "W", "XX12", "Ambush", 1, 2])
    workbook.save(tmp_path / "joc.xlsx")
    import_files([boundaries_file], instance=instance)
    (summary,) = import_files([tmp_path / "joc.xlsx"], instance=instance)
    assert "the mapping joc-log" in str(summary.why)
    rows = rows_of(instance, summary.version.id)  # type: ignore[union-attr]
    assert {(row["measure"], row["value"], str(row["date"])) for row in rows} == {
        ("events", 1.0, "2024-05-02"), ("deaths", 1.0, "2024-05-02"), ("injured", 2.0, "2024-05-02"),
    }  # fmt: skip


def test_types_that_no_rule_reads_are_told_with_their_counts_and_what_to_do(write: Write, instance: Instance) -> None:
    head = "Event ID,Event Date,Event Type,Admin 1,Killed,Injured\n"
    types = ("Ambush", "Ambush", "Improvised dancing", "Riot", "violence/one-sided/shelling")
    lines = (f"E-{place},2024-05-01,{each},,1,0\n" for place, each in enumerate(types))
    (summary,) = import_files([write("log.csv", head + "".join(lines))], instance=instance)
    (note,) = (each for each in map(str, summary.notes) if "no rule reads" in each)
    assert note.startswith("lines with a type that no rule reads: 3; Ambush (2), Improvised dancing (1).")
    assert "incident-log.yaml" in note
    assert "--mapping" in note


COUNTED = "Event ID,Event Date,Event Type,Admin 1,Killed,Injured\n"


def test_a_line_repeated_word_for_word_counts_once_and_one_that_says_otherwise_is_a_fault(
    write: Write, instance: Instance
) -> None:
    line = "E-1,2024-05-01,Riot,,1,0\n"
    (summary,) = import_files(
        [write("log.csv", COUNTED + line + line + line.replace(",1,0", ",2,0"))], instance=instance
    )
    assert "lines that repeat an earlier one word for word, counted once: 1" in map(str, summary.notes)
    assert (summary.items, summary.rejected) == (1, 1)
    assert "stands on an earlier line too, which says otherwise" in summary.first_rejected
    rows = rows_of(instance, summary.version.id)  # type: ignore[union-attr]
    assert [row["value"] for row in rows if row["measure"] == "deaths"] == [1.0]


WITH_STATUS = "Event ID,Event Date,Event Type,Admin 1,Killed,Injured,Status\n"
S1, S2 = "S-1,2024-05-01,Riot,West,1,0,{}\n", "S-2,2024-05-02,Riot,West,3,0,{}\n"


@pytest.mark.parametrize(
    ("log", "lines", "told", "counts"),
    [
        ("one line is cancelled", S1.format("final") + S2.format("cancelled"), "1 as they were, 1 taken back", {"S-1"}),
        ("only what is cancelled", S2.format("Duplicate"), "1 taken back", {"S-1"}),
        ("a draft beside the final line", S2.format("draft") + S2.format("final"), "1 as they were", {"S-1", "S-2"}),
        ("a draft that was never here", S1.format("final") + "S-9,2024-05-02,Riot,West,3,0,draft\n", "1 as they were",
         {"S-1", "S-2"}),
    ],
    ids=lambda each: each if isinstance(each, str) and len(each) < 40 else "",
)  # fmt: skip
def test_a_record_that_comes_again_as_what_does_not_count_is_taken_back_from_then_on(
    write: Write, instance: Instance, log: str, lines: str, told: str, counts: set[str]
) -> None:
    import_files([write("log.csv", WITH_STATUS + S1.format("final") + S2.format("final"))], instance=instance, now=NOW)
    later = NOW + timedelta(days=30)
    (again,) = import_files([write("log2.csv", WITH_STATUS + lines)], instance=instance, now=later)
    assert any(told in str(note) for note in again.notes), again.notes
    store = Store(instance.evidence)
    for known, wanted in ((later + timedelta(days=1), counts), (later - timedelta(days=1), {"S-1", "S-2"})):
        rows = store.rows(as_of=date(2024, 12, 31), known=known)
        assert {row["item"] for row in store.fetch(rows).to_pylist()} == wanted


def test_numbers_of_records_are_the_same_in_digits_of_any_script(write: Write, instance: Instance) -> None:
    lines = "1,2024-05-01,Riot,,1,0\n12,2024-05-02,Riot,,3,0\n"
    import_files([write("log.csv", COUNTED + lines)], instance=instance, now=NOW)
    arabic = lines.replace("12,", "١٢,", 1).replace("\n١٢", "\n١٢").replace("1,2024", "١,2024", 1)
    (again,) = import_files([write("log2.csv", COUNTED + arabic)], instance=instance, now=NOW + timedelta(days=1))
    assert "records: 2 as they were" in map(str, again.notes)


def test_an_export_that_brings_nothing_new_tells_of_its_own_lines_alone(write: Write, instance: Instance) -> None:
    good, bad = "1,2024-05-01,Riot,,1,0\n", "2,2031-05-01,Riot,,1,0\n"
    (first,) = import_files([write("log.csv", COUNTED + good + bad)], instance=instance, now=NOW)
    (again,) = import_files([write("log2.csv", COUNTED + good)], instance=instance, now=NOW + timedelta(days=1))
    assert (first.rejected, again.rejected, again.first_rejected) == (1, 0, "")
