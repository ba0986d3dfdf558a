"""A table reports that a sign was seen; that it is confirmed is a deed of a person, and no table brings it."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest

from primacy.evidence.bringing.importing import import_files
from primacy.evidence.bringing.reported_signs import refuse_deeds
from primacy.evidence.bringing.template import template
from primacy.evidence.errors import BadInput, Refused
from primacy.evidence.kinds import KINDS
from primacy.evidence.store.store import Store
from primacy.framework import load
from primacy.framework.instance import Instance
from primacy.framework.signs import all_signs

Write = Callable[[str, str], Path]
ITEM = "O3.S4/officials-left"
HEAD = "kind,item,date,area,measure,value,origin"
SEEN, CONFIRMED = (f"sign,{ITEM},2024-03-05,XX,{measure},1,radio" for measure in ("seen", "confirmed"))
MAPPING = """mapping: signs
source_type: producer
kind: {column: Kind, values: {S: sign}}
item: Item
date: Day
measures: [{measure: {column: Measure}, column: Value}]
"""


def of_csv(tmp_path: Path) -> dict[str, object]:
    path = tmp_path / "t.csv"
    path.write_text("\n".join([HEAD, SEEN, SEEN.replace("radio", "court"), CONFIRMED]), "utf-8")
    return {"paths": [path]}


def of_excel(tmp_path: Path) -> dict[str, object]:
    book = openpyxl.Workbook()
    for line in (HEAD, SEEN, SEEN.replace("radio", "court"), CONFIRMED):
        book.active.append(line.split(","))
    book.save(tmp_path / "t.xlsx")
    return {"paths": [tmp_path / "t.xlsx"]}


def of_mapping(tmp_path: Path) -> dict[str, object]:
    path, mapping = tmp_path / "t.csv", tmp_path / "m.yaml"
    lines = [f"S,{ITEM},2024-03-0{day},{measure},1" for day, measure in ((5, "seen"), (6, "seen"), (7, "confirmed"))]
    path.write_text("\n".join(["Kind,Item,Day,Measure,Value", *lines]), "utf-8")
    mapping.write_text(MAPPING, "utf-8")
    return {"paths": [path], "mapping": mapping}


@pytest.mark.parametrize("table", [of_csv, of_excel, of_mapping])
def test_a_confirmation_is_refused_with_what_to_do_and_the_reports_are_kept(
    table: Callable[[Path], dict[str, object]], tmp_path: Path, instance: Instance
) -> None:
    (summary,) = import_files(instance=instance, **table(tmp_path))  # type: ignore[arg-type]
    assert (summary.rows, summary.rejected) == (2, 1)
    for words in ("never imported", "`seen`", "a person who has the right", "/benchmarks/BENCHMARK/signs/"):
        assert words in summary.first_rejected
    store = Store(instance.evidence)
    rows = [row for each in store.versions() for batch in store.content(each.id) for row in batch.to_pylist()]
    assert {row["measure"] for row in rows} == {"seen"}


def test_a_table_of_nothing_else_is_refused_whole(write: Write, instance: Instance) -> None:
    with pytest.raises(Refused, match="never imported"):
        import_files([write("t.csv", f"{HEAD}\n{CONFIRMED}\n")], instance=instance)
    assert not Store(instance.evidence).versions()


def test_a_mapping_that_would_write_it_is_refused_before_the_table_is_read(tmp_path: Path, instance: Instance) -> None:
    given = of_mapping(tmp_path)
    mapping = tmp_path / "m.yaml"
    mapping.write_text(MAPPING.replace("{column: Measure}", "{column: Measure, values: {c: confirmed}}"), "utf-8")
    with pytest.raises(BadInput, match="never imported"):
        import_files(instance=instance, **given)  # type: ignore[arg-type]
    assert not Store(instance.evidence).versions()


DEEDS = [(kind.name, measure) for kind in KINDS.values() for measure in kind.deeds]


@pytest.mark.parametrize(("kind", "measure"), DEEDS)
def test_rows_of_an_importer_that_checks_nothing_are_refused_before_the_store(kind: str, measure: str) -> None:
    refuse_deeds(pa.table({"kind": [kind], "measure": ["seen"]}), "a file")
    with pytest.raises(BadInput, match="never imported"):
        refuse_deeds(pa.table({"kind": ["contact", kind], "measure": ["events", measure]}), "a file")


def test_the_template_does_not_offer_it() -> None:
    text = template("sign")
    assert "measure: seen (events)\n" in text
    assert "confirmed (events)" not in text


UNKNOWN = ["O3.S4/officials-gone", "O2.M1/nothing", "O3.S4", ""]


@pytest.mark.parametrize("item", UNKNOWN)
def test_a_sign_that_the_framework_does_not_know_is_refused_with_the_nearest_names(
    item: str, write: Write, instance: Instance
) -> None:
    lines = [SEEN, SEEN.replace("radio", "court"), SEEN.replace(ITEM, item)]
    (summary,) = import_files([write("t.csv", "\n".join([HEAD, *lines]))], instance=instance)
    assert (summary.rows, summary.rejected) == (2, 1)
    assert "no sign of the framework: use for example O" in summary.first_rejected
    assert (ITEM in summary.first_rejected) is item.startswith("O3.S4")


def test_what_can_be_reported_are_signs_alarms_and_what_risks_ask_for() -> None:
    known = all_signs(load())
    assert {ITEM, "O2.M2/alarm-attacks-on-civilians", "O3.R2/hand-over-refused"} <= known


@pytest.mark.parametrize("origin", ["Jean-Pierre Nzapayeke", "Zeld Quorn", "zeld@example.org"])
def test_an_origin_that_reads_as_a_person_is_refused_and_not_repeated(
    origin: str, write: Write, instance: Instance
) -> None:
    lines = [SEEN, SEEN.replace("radio", "court"), SEEN.replace("radio", origin)]
    (summary,) = import_files([write("t.csv", "\n".join([HEAD, *lines]))], instance=instance)
    assert (summary.rows, summary.rejected) == (2, 1)
    assert "origin" in summary.first_rejected
    listed = Path(summary.rejected_file).read_text("utf-8-sig")
    assert origin not in summary.first_rejected + listed
