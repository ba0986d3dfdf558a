"""Data points page by page: every row exactly once, however many are alike, and filters as a script writes them."""

from collections import Counter
from datetime import UTC, date, datetime

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.evidence.shown.points_asked import SHOWN, Asked, page, points, position
from primacy.evidence.shown.points_told import AT_ONCE, csv_pieces, json_pieces, parquet_pieces
from primacy.evidence.store.store import Store

DAYS = [date(2026, 1, day) for day in (1, 2, 3)]
ROW = {"kind": "incident", "area": "XX01", "level": 1, "measure": "events", "value": 1.0}


def table(rows):
    store = Store.in_memory(pa.Table.from_pylist([], schema=SHOWN.remove_metadata()).select([]), [])
    filled = pa.Table.from_pylist(rows, schema=SHOWN)
    columns = [filled[f.name].fill_null("") if pa.types.is_string(f.type) else filled[f.name] for f in SHOWN]
    return store, store.engine.given(pa.table(columns, schema=SHOWN))


@given(
    st.lists(st.tuples(st.sampled_from(DAYS), st.sampled_from("ab"), st.sampled_from([None, 1.0, 2.0])), max_size=25),
    st.integers(1, 7),
)
def test_every_row_comes_exactly_once_however_many_are_alike(drawn, size):
    store, rows = table([{**ROW, "date": day, "item": item, "value": value} for day, item, value in drawn])
    after, seen = None, []
    while found := store.fetch(page(rows, after, size)).to_pylist():
        seen += found
        after = position(found, after)
    assert Counter((row["date"], row["item"], row["value"]) for row in seen) == Counter(drawn)
    assert [row["date"] for row in seen] == sorted((day for day, *_ in drawn), reverse=True)


ROWS = [
    {**ROW, "item": "a", "date": DAYS[0], "until": DAYS[1], "category": "violence/one-sided", "source": "radio"},
    {**ROW, "item": "b", "date": DAYS[1], "until": DAYS[1], "category": "violence", "area": "XX0101"},
    {**ROW, "item": "c", "date": DAYS[2], "until": DAYS[2], "category": "violence-of-words", "kind": "control"},
]
FILTERS = [
    # what it shows, filter -> items
    ("nothing asked is everything", {}, "abc"),
    ("a kind", {"kind": "control"}, "c"),
    ("a category with all below it, and no other that begins alike", {"category": "violence"}, "ab"),
    ("an area and what lies in it", {"areas": ("XX01", "XX0101")}, "abc"),
    ("an area alone", {"areas": ("XX0101",)}, "b"),
    ("not over before a day", {"first": DAYS[1]}, "abc"),
    ("begun by a day", {"last": DAYS[0]}, "a"),
    ("several at once", {"category": "violence", "source": "radio"}, "a"),
    ("a text that is none of theirs", {"source": "' OR 1=1"}, ""),
]


@pytest.mark.parametrize(("shows", "asked", "items"), FILTERS, ids=[case[0] for case in FILTERS])
def test_filters(shows, asked, items):
    store, rows = table(ROWS)
    found = store.fetch(page(points(rows, Asked(**asked)), None, 10)).to_pylist()
    assert "".join(sorted(row["item"] for row in found)) == items


def test_in_bulk_the_pieces_together_hold_every_row():
    store, rows = table(
        [{**ROW, "item": str(n), "date": DAYS[0], "known": datetime(2026, 1, 1, tzinfo=UTC)} for n in range(50)]
    )
    for written, marks in ((csv_pieces, b"\r\n"), (json_pieces, b"\n")):
        text = b"".join(written(SHOWN, store.batches(rows, 7)))
        assert text.count(marks) == 50 + 2 * (written is csv_pieces)
    pieces = list(parquet_pieces(SHOWN, store.batches(rows, 7)))
    assert pa.parquet.read_table(pa.BufferReader(b"".join(pieces))).num_rows == 50
    assert max(map(len, pieces)) < len(b"".join(pieces))
    assert AT_ONCE > 0
