"""CSV in batches: text stays text, and every row knows its line."""

import csv
import io
import time
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.framework.saying import said
from primacy.places.errors import BadInput
from primacy.places.files import tables
from primacy.places.files.files import Source
from primacy.places.files.lent import LONGEST
from primacy.places.files.rows import Rows
from primacy.places.files.tables import TextTable


def _table(tmp_path: Path, content: str) -> TextTable:
    path = tmp_path / "t.csv"
    path.write_bytes(content.encode())
    return TextTable(Source(path))


def _rows(table: TextTable) -> list[tuple[int, tuple[str, ...]]]:
    found = []
    for rows in table.batches():
        columns = [rows.text[name].to_pylist() for name in table.columns]
        found += list(zip(rows.line.tolist(), zip(*columns, strict=True), strict=True))
    return found


LINES = [
    ("the header is line 1", "a,b\n1,2\n", [2], []),
    ("a quoted line end counts", 'a,b\n"x\ny",2\n3,4\n', [2, 4], []),
    ("blank lines count and are left out", "a,b\n\n1,2\n\n3,4\n\n", [3, 5], []),
    ("comments above the header count", "# one\n# two\na,b\n1,2\n", [4], []),
    ("comments between count", "a,b\n1,2\n# no, not this\n3,4\n", [2, 4], []),
    ("HXL tags under the header are left out", "a,b\n#country,#date\n1,2\n", [3], []),
    ("HXL tags with an empty first cell too", "a,b\n,#date\n1,2\n", [3], []),
    ("a short line is rejected with its number", "a,b\n1,2\n3\n4,5\n", [2, 4], [3]),
    ("a long line after a quoted line end too", 'a,b\n"x\ny",2\n3,4,5\n6,7\n', [2, 5], [4]),
    ("a rejected last line", "a,b\n1,2\n3\n", [2], [3]),
    ("line ends of Windows", "a,b\r\n1,2\r\n3,4\r\n", [2, 3], []),
    ("line ends of old Macintoshes", "a,b\r1,2\r3,4\r", [2, 3], []),
    ("line ends of three kinds in one file", "a,b\r\n1,2\n3,4\r5,6\r\n", [2, 3, 4], []),
    ("a line end of Windows within quotes counts once", 'a,b\r\n"x\r\ny",2\r\n3,4\r\n', [2, 4], []),
    ("semicolons", "a;b\n1;2\n", [2], []),
    ("tabs", "a\tb\n1\t2\n", [2], []),
    ("a spreadsheet's line about the separator counts", "sep=;\na;b\n1;2\n", [3], []),
    ("only a header", "a,b\n", [], []),
]


@pytest.mark.parametrize(("shows", "content", "lines", "rejected"), LINES, ids=[case[0] for case in LINES])
def test_line_numbers(tmp_path: Path, shows: str, content: str, lines: list[int], rejected: list[int]) -> None:
    table = _table(tmp_path, content)
    assert [line for line, _ in _rows(table)] == lines
    assert [each.line for each in table.faults] == rejected


cells = st.text(st.characters(codec="utf-8", exclude_characters="\r\0#", categories=("L", "N", "P", "Zs")), max_size=6)


@given(st.lists(st.lists(st.one_of(cells, st.just("x\ny")), min_size=2, max_size=3), max_size=40))
def test_rows_and_lines_agree_with_the_standard_reader(
    tmp_path_factory: pytest.TempPathFactory, records: list[list[str]]
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["first", "second"])
    expected: list[tuple[int, tuple[str, ...]]] = []
    odd = []
    line = 2
    for record in records:
        writer.writerow(record)
        blank = not any(cell.strip() for cell in record)
        if len(record) == 2 and not blank:
            expected.append((line, tuple(record)))
        elif len(record) == 3 and "".join(record).strip(",; \t\r\n").strip('"'):
            odd.append(line)
        line += 1 + sum(cell.count("\n") for cell in record)
    table = _table(tmp_path_factory.mktemp("csv"), text.getvalue())
    assert _rows(table) == expected
    assert set(odd) >= {each.line for each in table.faults}


def test_line_numbers_hold_across_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "BLOCK", 200)
    body = "".join(f'{n},"x\ny"\n' if n % 3 else f"{n},1,2\n" for n in range(200))
    table = _table(tmp_path, "a,b\n" + body)
    lines = {row[0]: line for line, row in _rows(table)}
    assert lines["199"] == 2 + sum(2 if n % 3 else 1 for n in range(199))
    assert list(table.faults)[-1].line == 2 + sum(2 if n % 3 else 1 for n in range(198))
    assert (table.faults.count, table.faults.lines) == (67, 67)


REFUSED = [
    ("the same column twice", "a,a\n1,2\n", "names twice: 'a'"),
    ("a hundred thousand columns", ",".join("c" * 3 for _ in range(100_000)) + "\n1\n", "has more than 65536 columns"),
    ("too many columns", ",".join(f"c{n}" for n in range(5_000)) + "\n1\n", "has 5000 columns"),
    ("only comments", "# nothing\n# at all\n", "no line that names its columns"),
    ("only blanks", "\n \n", "is empty"),
    ("a quotation mark never closed in the last column", 'a,b\n1,2\n3,"4\n5,6\n', "is opened and never closed"),
    ("a quotation mark never closed in the first column", 'a,b\n1,2\n"3,4\n5,6\n', "is opened and never closed"),
]


@pytest.mark.parametrize(("shows", "content", "message"), REFUSED, ids=[case[0] for case in REFUSED])
def test_what_is_no_table_is_refused(tmp_path: Path, shows: str, content: str, message: str) -> None:
    with pytest.raises(BadInput) as caught:
        list(_table(tmp_path, content).batches())
    assert message in str(caught.value)


def test_lines_parted_by_another_mark_than_the_first_say_so(tmp_path: Path) -> None:
    table = _table(tmp_path, "a,b,c\n1;2;3\n4,5\n")
    assert list(table.batches()) == []
    assert [str(each) for each in table.faults] == [
        "the line is parted by ';', the one that names the columns by ',': '1;2;3'",
        "the line has 2 fields, not 3: '4,5'",
    ]


def test_all_columns_that_lack_or_stand_twice_are_named_at_once(tmp_path: Path) -> None:
    table = _table(tmp_path, "# remark\nb,b,c,c\n1,2,3,4\n")
    with pytest.raises(BadInput, match="does not name x, y") as caught:
        table.need(("x", "c", "y"), "a list")
    assert caught.value.faults is not None
    told = [(each.line, each.field, str(each.reason)) for each in caught.value.faults]
    assert told == [
        (2, "x", "no column has this name"), (2, "y", "no column has this name"),
        (2, "b", "several columns have this name"), (2, "c", "several columns have this name"),
    ]  # fmt: skip
    assert caught.value.faults.lines == 1


def test_a_file_of_lines_of_another_width_is_given_up_early(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ODD", 100)
    table = _table(tmp_path, "a,b\n" + "3\n" * 10_000)
    with pytest.raises(BadInput, match="is no table: 101 of its lines"):
        list(table.batches())
    assert table.faults.lines == 101


def test_faults_in_lines_of_another_width_are_told_in_part_and_all_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "MOST_KEPT", 3)
    table = _table(tmp_path, "a,b\n" + "3\n1,2\n" * 50)
    assert len(_rows(table)) == 50
    assert (table.faults.lines, [each.line for each in table.faults]) == (50, [2, 4, 6])


def test_blank_lines_of_a_wide_table_do_not_fill_the_memory(tmp_path: Path) -> None:
    names = ",".join(f"c{n}" for n in range(1000))
    for content in (f"{names}\n" + "\n" * 400_000, f"{names}\n" + f"{',' * 999}\n" * 400 + "\n" * 400_000):
        with pytest.raises(BadInput, match="too many blank lines"):
            list(_table(tmp_path, content).batches())


def test_a_field_larger_than_a_block_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "BLOCK", 1000)
    content = 'a,b\n1,"' + "x\n" * 5000 + '"\n' + "2,3\n" * 50
    with pytest.raises(BadInput, match="larger than 8 MiB"):
        list(_table(tmp_path, content).batches())


def test_a_field_that_lies_in_two_blocks_is_refused_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "BLOCK", 100_000)
    monkeypatch.setattr(tables, "LARGEST_FIELD", 100_000)
    content = "a,b\n" + "1,2\n" * 20_000 + f"1,{'x' * 110_000}\n"
    with pytest.raises(BadInput, match=r"line 20002: a field of b is larger than 8 MiB"):
        list(_table(tmp_path, content).batches())


def test_a_table_that_is_read_no_further_is_let_go_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "BLOCK", 1000)
    table = _table(tmp_path, "a,b\n" + "1,2\n" * 100_000)
    batches = table.batches()
    assert len(next(batches))
    began = time.monotonic()
    batches.close()  # type: ignore[attr-defined]
    assert (table.stream.closed, time.monotonic() - began < LONGEST / 2) == (True, True)


def test_marks_of_direction_in_the_names_of_columns_do_not_count(tmp_path: Path) -> None:
    assert _table(tmp_path, "\u202ekind,\u200fitem\u202c\n1,2\n").columns == ("kind", "item")


def _one_column(tmp_path: Path, values: list[str]) -> Rows:
    table = _table(tmp_path, "v,w\n" + "".join(f'"{value}",x\n' for value in values))
    return next(table.batches())


def test_numbers_missing_stays_missing_and_nonsense_is_rejected(tmp_path: Path) -> None:
    rows = _one_column(tmp_path, ["1", " 2.5 ", "", "abc", "-3", "1e400", "nan", "inf", "1e3", ".5"])
    numbers = rows.numbers("v", least=0)
    np.testing.assert_array_equal(rows.keep, [True, True, True, False, False, False, False, False, True, True])
    np.testing.assert_array_equal(numbers[rows.keep], [1, 2.5, np.nan, 1000, 0.5])
    assert rows.faults.first == (5, said("places/no-number", column="v"), "v", "abc")


def test_a_decimal_comma_where_semicolons_part_the_columns(tmp_path: Path) -> None:
    assert _one_column(tmp_path, ["0,5"]).numbers("v").tolist() == [0.5]


def test_every_field_of_a_line_that_is_wrong_is_told_and_once(tmp_path: Path) -> None:
    rows = next(_table(tmp_path, "v,w\nx,2024-13-01\n1,2024-01-01\n").batches())
    for _ in range(2):
        rows.numbers("v")
        rows.dates("w", earliest=date(1900, 1, 1), latest=date(2100, 1, 1))
    rows.reject(np.array([True, True]), "v is not wanted", "v")
    assert [(each.line, each.field, each.value) for each in rows.faults] == [
        (2, "v", "x"), (2, "w", "2024-13-01"), (3, "v", "1"),
    ]  # fmt: skip
    assert (rows.faults.count, rows.faults.lines) == (3, 2)


def test_rows_that_are_no_concern_have_no_faults(tmp_path: Path) -> None:
    rows = next(_table(tmp_path, "v,w\nx,1\ny,1\n").batches())
    rows.leave_out(np.array([True, False]))
    rows.numbers("v")
    assert [each.line for each in rows.faults] == [3]


def test_dates_are_iso_and_possible(tmp_path: Path) -> None:
    written = ["2024-02-29", "2023-02-29", "2024-13-01", "31/12/2024", "", "2024-01-05T00:00:00", "1850-01-01"]
    rows = _one_column(tmp_path, written)
    found = rows.dates("v", earliest=date(1900, 1, 1), latest=date(2100, 1, 1))
    assert rows.keep.tolist() == [True, False, False, False, True, True, False]
    assert found.to_pylist()[0] == date(2024, 2, 29)
    assert found.to_pylist()[4] is None
    assert found.to_pylist()[5] == date(2024, 1, 5)
