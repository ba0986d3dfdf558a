"""Rows that come as JSON: a list of objects, or of lists of which the first names the columns; as CSV text.

A list may stand under a name such as `data`. Line 1 of the table names the columns, line 2 is the first row.
What is nested inside a row is joined by a point: `location.lat`; lists inside it by a semicolon.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from primacy.framework.saying import said
from primacy.places.errors import BadInput
from primacy.places.files.files import Guarded, Source

MOST_BYTES = 256 * 2**20  # JSON is read whole
MOST_VALUES = 64_000_000  # each takes some sixty bytes of memory, a pair of brackets in a file takes two
MOST_COLUMNS = 2_000
DEEPEST = 4
REMEDY = said("places/do.list-of-objects")


def is_json(head: bytes) -> bool:
    """Whether a file begins as JSON does, and not as a map."""
    of_a_map = b'"FeatureCollection"' in head or b'"features"' in head
    return not of_a_map and head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{")


def refuse_endless(content: bytes, label: str) -> None:
    """Raises BadInput for JSON of so many values that it would fill the memory."""
    if sum(map(content.count, (b",", b"[", b"{"))) > MOST_VALUES:
        raise BadInput(said("places/many-values"), label, said("places/do.simplify-or-split"))


def rows_as_csv(source: Source) -> Guarded:
    """The rows of a JSON file as CSV text. Raises BadInput for JSON that holds none."""
    raw = source.bytes(MOST_BYTES)
    refuse_endless(raw, source.label)
    try:
        content: Any = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadInput(said("places/no-utf8"), source.label, said("places/do.save-utf8")) from error
    except (ValueError, RecursionError) as error:
        raise BadInput(said("places/json.broken"), source.label, said("places/do.again")) from error
    rows = _rows(content)
    if not rows:
        raise BadInput(said("places/json.no-rows"), source.label, REMEDY)
    try:
        content_bytes = _table(rows, source)
    except RecursionError as error:
        raise BadInput(said("places/json.deep"), source.label, REMEDY) from error
    return Guarded(io.BytesIO(content_bytes), source.label, 0, whole=len(content_bytes))


def _table(rows: Sequence[Any], source: Source) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if all(isinstance(row, list) for row in rows):
        writer.writerows([_text(cell) for cell in row] for row in rows)
    elif all(isinstance(row, dict) for row in rows):
        flat = [dict(_flat(row)) for row in rows]
        columns = list(dict.fromkeys(name for row in flat for name in row))
        if len(columns) > MOST_COLUMNS:
            raise BadInput(said("places/many-fields", count=len(columns)), source.label, said("places/do.leave-fields"))
        writer.writerow(columns)
        writer.writerows([row.get(name, "") for name in columns] for row in flat)
    else:
        raise BadInput(said("places/json.not-alike"), source.label, REMEDY)
    return text.getvalue().encode("utf-8", "replace")


def _rows(content: Any) -> list[Any]:
    """The list of rows: the content itself, or the longest list right under it."""
    if isinstance(content, list):
        return [row for row in content if isinstance(row, list | dict)]
    lists = [each for each in content.values() if isinstance(each, list)] if isinstance(content, dict) else []
    return _rows(max(lists, key=len)) if lists else []


def _flat(row: Mapping[str, Any], before: str = "", depth: int = 0) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in row.items():
        if isinstance(value, dict) and depth < DEEPEST:
            found += _flat(value, f"{before}{name}.", depth + 1)
        else:
            found.append((f"{before}{name}", _text(value)))
    return found


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ";".join(_text(each) for each in value)
    return " ".join(str(value).split())
