"""Ways to damage what has types: the columns of Parquet, the cells and parts of workbooks."""

import io
import re
import zipfile
from collections.abc import Sequence
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from primacy.evidence.tests.hostile_trees import DTD, LAUGHS, OUTSIDE, XML_PARTS, escaped
from primacy.evidence.tests.hostile_words import word

TYPES: Sequence[pa.DataType] = (
    pa.string(), pa.large_string(), pa.binary(), pa.float64(), pa.float32(), pa.int8(), pa.int64(), pa.uint64(), pa.bool_(), pa.date32(),
    pa.timestamp("ns"), pa.decimal128(38, 10), pa.null(), pa.list_(pa.int64()), pa.dictionary(pa.int32(), pa.string()), pa.duration("s"),
)  # fmt: skip
NUMBERS = (0, -1, 1, 457, 2**31, 2**63 - 1, -(2**63), 10**12, 99_999)
FLOATS = (float("nan"), float("inf"), float("-inf"), 1e308, -1.0, 0.5)


def damaged_parquet(content: bytes, random: Random) -> bytes:
    table = pq.read_table(io.BytesIO(content))
    for _ in range(random.choice((1, 1, 2, 3))):
        table = random.choice((_type, _type, _values, _values, _names, _rows, _meta))(table, random)
    target = io.BytesIO()
    try:
        pq.write_table(table, target, compression=random.choice(("snappy", "zstd", "gzip", "none")))
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return content  # what no Parquet file can hold
    return target.getvalue()


def _replaced(table: pa.Table, place: int, column: pa.Array) -> pa.Table:
    return table.set_column(place, table.schema.field(place).name, column)


def _type(table: pa.Table, random: Random) -> pa.Table:
    if not table.num_columns:
        return table
    place, wanted = random.randrange(table.num_columns), random.choice(TYPES)
    try:
        return _replaced(table, place, table.column(place).cast(wanted))
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return _replaced(table, place, pa.nulls(table.num_rows, wanted))


def _values(table: pa.Table, random: Random) -> pa.Table:
    if not table.num_columns:
        return table
    place = random.randrange(table.num_columns)
    some: list[Any] = random.choice(
        (
            [random.choice(NUMBERS)],
            [random.choice(FLOATS)],
            [None],
            [word(random)],
            [word(random).encode()],
            [[1, 2]],
            [{"x": 1}],
        )
    )
    return _replaced(table, place, pa.array(some * table.num_rows))


def _names(table: pa.Table, random: Random) -> pa.Table:
    names = list(table.column_names)
    if random.random() < 0.3 and names:
        return table.select([place for place in range(len(names)) if place != random.randrange(len(names))])
    if random.random() < 0.3 and names:
        return table.append_column(random.choice(names), pa.nulls(table.num_rows, pa.int64()))
    random.shuffle(names)
    return (
        table.rename_columns(names)
        if random.random() < 0.5
        else table.rename_columns([word(random) or name for name in names])
    )


def _rows(table: pa.Table, random: Random) -> pa.Table:
    return random.choice(
        (
            table.slice(0, 0),
            table.slice(0, 1),
            pa.concat_tables([table] * 3),
            table.select([]),
            pa.concat_tables([table] * 500),
        )
    )


def _meta(table: pa.Table, random: Random) -> pa.Table:
    said = random.choice(
        (
            b"",
            b"{",
            b"[]",
            b"null",
            b'"x"',
            b'{"primary_column": "adm2_name"}',
            b'{"primary_column": ["x"]}',
            b'{"primary_column": "nothing"}',
            b"\xff",
        )
    )
    return table.replace_schema_metadata({b"geo": said})


# ---- workbooks


def damaged_workbook(content: bytes, random: Random) -> bytes:
    """A workbook with other cells, or with something else in one of its parts."""
    return _other_cells(content, random) if random.random() < 0.5 else _other_part(content, random)


def _other_cells(content: bytes, random: Random) -> bytes:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import IllegalCharacterError

    book = load_workbook(io.BytesIO(content))
    sheet = book.active
    for _ in range(random.choice((1, 2, 5))):
        cell = sheet.cell(random.randrange(1, sheet.max_row + 3), random.randrange(1, sheet.max_column + 3))
        try:
            cell.value = random.choice(
                (word(random)[:32_000], word(random)[:32_000], -1, 1e300, 0.1, True, "#N/A", "=A1", "=1/0", None)
            )
            cell.number_format = random.choice(("General", "0%", "yyyy-mm-dd", "[h]:mm", "@"))
        except (AttributeError, ValueError, IllegalCharacterError):
            continue  # a merged cell, or letters that no workbook can have
    what = random.random()
    if what < 0.1:
        sheet.merge_cells(
            start_row=1, start_column=1, end_row=random.choice((1, 2, 900)), end_column=random.choice((2, 40))
        )
    elif what < 0.2:
        sheet.cell(random.choice((2_000, 40_000)), random.choice((1, 3, 2_500)), "far")
    elif what < 0.3:
        sheet.insert_rows(1, random.choice((1, 3, 70)))
    elif what < 0.4:
        book.create_sheet(random.choice(("Data2", "=1+1", "\u202ex", "x" * 31))).append(
            ["a", word(random)[:50].translate(CONTROL)]
        )
    elif what < 0.45:
        sheet.delete_rows(1, random.choice((1, 2, 99)))
    target = io.BytesIO()
    try:
        book.save(target)
    except ValueError:  # letters that no workbook can have, which some of its writers find only now
        return _other_part(content, random)
    return target.getvalue()


CONTROL = dict.fromkeys(range(32))


def _other_part(content: bytes, random: Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = random.choice([each for each in members if each.endswith((".xml", ".rels"))])
    if random.random() < 0.15:
        del members[name]
    else:
        members[name] = _markup(members[name].decode(), random).encode("utf-8", "replace")
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, part in members.items():
            archive.writestr(each, part)
    return target.getvalue()


def _markup(text: str, random: Random) -> str:
    at = text.find(">") + 1
    return random.choice(
        (
            lambda: text[:at] + random.choice((LAUGHS, OUTSIDE, DTD)) + text[at:], lambda: XML_PARTS['attribute'](text, random),
            lambda: XML_PARTS['content'](text, random), lambda: XML_PARTS['tag'](text, random), lambda: text[: random.randrange(len(text))],
            lambda: re.sub(r' r="[A-Z]+\d+"', f' r="{random.choice(("A1", "ZZZ1", "A0", "A9999999", "XFE1048577", "1A", ""))}"', text, count=2),
            lambda: re.sub(r' t="\w+"', f' t="{random.choice(("s", "n", "b", "e", "d", "str", "x"))}"', text),
            lambda: re.sub(r"<v>[^<]*</v>", lambda _: f"<v>{escaped(word(random))}</v>", text, count=random.choice((0, 1))),
            lambda: text.replace("<row", "<row>" * random.choice((1, 500)) + "<row", 1), lambda: XML_PARTS['raw'](text, random),
        )
    )()  # fmt: skip
