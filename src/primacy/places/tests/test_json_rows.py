"""Rows of JSON as a table, and headers that stand below titles."""

from pathlib import Path

import pytest

from primacy.places.errors import BadInput
from primacy.places.files.files import Source
from primacy.places.files.json_rows import is_json, rows_as_csv
from primacy.places.files.opening import header_lines, open_table, text_head

READ = [
    ("objects", '[{"a": 1, "b": "x"}, {"b": "y", "c": null}]', "a,b,c\n1,x,\n,y,\n"),
    ("lists", '[["a", "b"], [1, true]]', "a,b\n1,true\n"),
    ("under a name", '{"count": 1, "data": [{"a": 1.5}]}', "a\n1.5\n"),
    ("nested", '[{"where": {"lat": 1}, "tags": ["x", "y"]}]', "where.lat,tags\n1,x;y\n"),
]


@pytest.mark.parametrize(("shows", "content", "text"), READ, ids=[case[0] for case in READ])
def test_rows(tmp_path: Path, shows: str, content: str, text: str) -> None:
    (tmp_path / "a.json").write_text(content)
    assert rows_as_csv(Source(tmp_path / "a.json")).read().decode() == text


REFUSED = [
    ("broken", '[{"a": 1}', "is broken JSON"),
    ("no rows", '{"a": {"b": 1}}', "is JSON without rows"),
    ("rows of two forms", '[{"a": 1}, ["b"]]', "not all of one form"),
]


@pytest.mark.parametrize(("shows", "content", "what"), REFUSED, ids=[case[0] for case in REFUSED])
def test_what_is_no_table(tmp_path: Path, shows: str, content: str, what: str) -> None:
    (tmp_path / "a.json").write_text(content)
    with pytest.raises(BadInput, match=what):
        rows_as_csv(Source(tmp_path / "a.json"))


def test_a_map_is_no_table() -> None:
    assert not is_json(b'{"type": "FeatureCollection", "features": []}')


def test_the_header_below_a_title_is_found_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Incidents in May;;\n;;\nDate;Place;Killed\n2024-05-01;A;1\n")
    source = Source(tmp_path / "a.csv")
    lines = header_lines(source, text_head(source))
    assert lines == (3, 3)
    table = open_table(source, lines=lines)
    (batch,) = table.batches()
    assert (table.columns, batch.line.tolist()) == (("Date", "Place", "Killed"), [4])


def test_a_header_that_is_said_to_be_where_nothing_is(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Date;Place\n1;A\n")
    with pytest.raises(BadInput, match="has no line 9"):
        open_table(Source(tmp_path / "a.csv"), lines=(9, 9))
