"""Templates: every kind, taken back by the importer, empty until somebody fills them in."""

import csv
import io
from pathlib import Path

import pytest

from primacy.evidence.errors import BadInput
from primacy.evidence.importing import import_files
from primacy.evidence.kinds import KINDS
from primacy.evidence.template import COLUMNS, ExampleRow, examples, template
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
    with pytest.raises(BadInput, match="none with a value yet"):
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
