"""Templates: every kind, taken back by the importer, empty until somebody fills them in."""

import csv
import io
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from primacy.evidence.bringing.importing import import_files
from primacy.evidence.bringing.template import COLUMNS, ExampleRow, examples, template
from primacy.evidence.errors import BadInput
from primacy.evidence.importers import csv_
from primacy.evidence.kinds import KINDS
from primacy.evidence.store.columns import SCHEMA
from primacy.evidence.store.store import Store
from primacy.framework import load
from primacy.framework.instance import Instance

ITEMS = {"sign": "O3.S4/officials-left"}  # where only the framework's names are taken


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_an_untouched_template_imports_nothing_and_a_filled_one_is_taken_back(
    kind: str, instance: Instance, tmp_path: Path
) -> None:
    text = template(kind)
    path = tmp_path / f"{kind}.csv"
    path.write_text(text, "utf-8-sig")
    with pytest.raises(BadInput, match="has no value yet in any of its"):
        import_files([path], instance=instance)
    row = _rows(text)[0] | {"date": "2024-05-01", "value": "1", "item": ITEMS.get(kind, "one")}
    comments = "".join(line + "\n" for line in text.splitlines() if line.startswith("#"))
    filled = io.StringIO()
    writer = csv.DictWriter(filled, COLUMNS)
    writer.writeheader()
    writer.writerow(row)
    path.write_text(comments + filled.getvalue(), "utf-8-sig")
    (summary,) = import_files([path], instance=instance)
    assert (summary.format, summary.items, summary.rejected) == ("csv", 1, 0)


def test_a_template_has_every_column_that_the_importer_reads() -> None:
    by_coordinates = {"longitude", "latitude"}  # in place of an area
    assert set(COLUMNS) == csv_.READ - by_coordinates
    remarks = " ".join(line for line in template("survey").splitlines() if line.startswith("#"))
    explained = {"se", "n", "stratum", "wave", "known"} | by_coordinates
    assert [name for name in sorted(explained) if not re.search(rf"\b{name}\b", remarks)] == []
    assert "wave: " in template("rubric")  # a score belongs to a round too


def test_every_column_that_a_collect_text_names_is_in_the_template() -> None:
    asked = {
        word
        for benchmark in load().benchmarks.values()
        for way in benchmark.collect
        for word in re.findall(r"`([a-z]+)`", way.how)
        if word in SCHEMA.names
    }
    assert {"se", "n", "wave", "stratum"} <= asked
    assert asked - set(COLUMNS) == set()


def test_an_estimate_is_typed_with_error_stratum_and_wave(instance: Instance, tmp_path: Path) -> None:
    row = {
        "kind": "survey", "item": "q1", "date": "2024-05-01", "measure": "share", "value": "45 %", "se": "0.02",
        "n": "400", "stratum": "north", "wave": "first", "known": "2024-06-15",
    }  # fmt: skip
    filled = io.StringIO()
    writer = csv.DictWriter(filled, COLUMNS, restval="")
    writer.writeheader()
    writer.writerow(row)
    path = tmp_path / "survey.csv"
    path.write_text(filled.getvalue(), "utf-8")
    import_files([path], instance=instance)
    store = Store(instance.evidence)
    rows = store.rows(as_of=date(2024, 12, 31), known=datetime(2024, 12, 31, tzinfo=UTC))
    (found,) = store.fetch(rows.select("se", "n", "stratum", "wave", "known")).to_pylist()
    assert (found["se"], found["n"], found["stratum"], found["wave"]) == (0.02, 400, "north", "first")
    assert found["known"].date() == date(2024, 6, 15)


def test_stages_and_measures_are_written_out() -> None:
    text = template("law")
    assert "1 drafted, 2 consulted, 3 tabled" in text
    assert "expected (items)" in text


def test_an_example_line_carries_what_the_indicator_asks_for() -> None:
    (row,) = _rows(template("contact", [ExampleRow("O1.S2", "contacts", target="women-groups", measure="events")]))
    assert (row["target"], row["measure"], row["unit"], row["value"]) == ("women-groups", "events", "events", "")
    assert row["note"] == "example: O1.S2 contacts"


def test_every_indicator_of_the_framework_has_an_example_in_its_kind() -> None:
    framework = load()
    for kind in KINDS:
        asked = {
            benchmark.id
            for benchmark in framework.benchmarks.values()
            for indicator in benchmark.indicators.values()
            if indicator.kind == kind
        }
        assert {row.benchmark for row in examples(framework, kind, ())} == asked


def test_what_has_evidence_needs_no_example() -> None:
    framework = load()
    everything = examples(framework, "incident", ())
    left = examples(framework, "incident", {("events", "violence/one-sided")})
    assert 0 < len(left) < len(everything)
    assert not any(row.measure == "events" and row.category == "violence/one-sided" for row in left)


def test_an_unknown_kind_lists_those_that_exist() -> None:
    with pytest.raises(BadInput, match="Kinds: incident, violation"):
        template("contacts")
