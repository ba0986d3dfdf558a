"""Data points that are handed out, without what names who told them.

On the site whoever may not see details learns of an Internal row neither its source nor when it was written down, and
of reports on a reversal sign only that they are "#1" and "#2": who saw one may be a network of a few people. A package
that is handed out tells no more. Labels become numbers, the same for the same label of one kind, so that two reports of
one origin still are one and everything is computed again with the same result.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from primacy.evidence.store.columns import NAMES, SCHEMA
from primacy.evidence.store.datasets import DatasetVersion
from primacy.framework.names import bare
from primacy.places.areas import Areas
from primacy.places.coarseness import coarseness

SIGN = "sign"
BY_PEOPLE = (SIGN, "rubric")  # the word of single people: also the name of their data set may tell who they are
LABELS = ("origin", "source")
WRITTEN = {"note": "", "record": "", "revision": None, "line": None}
"""What was written beside a row, and its place in its file; the row itself was chosen by then."""
NEUTRAL_ORDER = tuple(name for name in NAMES if name not in (*LABELS, *WRITTEN, "known", "dataset"))
MOST_SECRET = 3


def unnamed(rows: pa.Table, areas: Areas) -> pa.Table:
    """The rows with numbers for labels, no notes and records, and known by the week, where their names may not be
    shown; of signs also the place and the day as coarse as everywhere else."""
    hidden = names_hidden(rows)
    rows = _numbered(rows, hidden)
    for name, value in WRITTEN.items():
        kind = SCHEMA.field(name).type
        rows = _with(rows, name, pc.if_else(hidden, pa.scalar(value, kind), rows[name]))
    rows = _with(rows, "known", pc.if_else(hidden, _weeks(rows["known"]), rows["known"]))
    return _coarse_signs(rows, areas)


def names_hidden(rows: pa.Table) -> pa.ChunkedArray:
    """Of each row whether what names it may not be shown to who sees no details; of signs always."""
    levels = pc.fill_null(rows["confidentiality"], MOST_SECRET)
    closed = [level for level in range(MOST_SECRET + 1) if not coarseness(level, details=False).names]
    return pc.or_(pc.equal(rows["kind"], SIGN), pc.is_in(levels, pa.array(closed, levels.type)))


def week_of(moment: datetime) -> datetime:
    """The first moment of its week, as `unnamed` writes when something was known."""
    day = moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day - timedelta(days=day.weekday())


def unnamed_version(version: DatasetVersion, rows: pa.Table) -> Mapping[str, Any]:
    """What is said otherwise of a data set with such rows: when it was known, and nothing that its file tells."""
    said: dict[str, Any] = {
        "known": week_of(version.known), "imported": week_of(version.imported), "file_hash": "",
        "marks": tuple(mark.model_copy(update={"at": week_of(mark.at)}) for mark in version.marks),
    }  # fmt: skip
    kinds = set(rows["kind"].to_pylist())
    if kinds & set(BY_PEOPLE) and version.format != "site":
        said |= {"name": "", "producer": "", "citation": ""}
    if SIGN in kinds:
        said |= {"start": pc.min(rows["date"]).as_py(), "end": pc.max(rows["until"]).as_py()}
    return said


def _weeks(moments: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.floor_temporal(moments, unit="week", week_starts_monday=True)


# ---- labels


def _numbered(rows: pa.Table, hidden: pa.ChunkedArray) -> pa.Table:
    """Labels of hidden rows as numbers, wherever their kind uses them. They are counted in an order of which the labels
    are no part, so that their alphabet tells nothing."""
    order = [(name, "ascending") for name in (*NEUTRAL_ORDER, *LABELS)]
    numbers: dict[tuple[str, str], str] = {}
    counted: dict[str, int] = {}
    labels = rows.filter(hidden).sort_by(order).select(["kind", *LABELS])
    for kind, *names in zip(*(labels[name].to_pylist() for name in ("kind", *LABELS)), strict=True):
        for name in map(bare, map(str, filter(None, names))):
            if name and (kind, name) not in numbers:
                counted[kind] = counted.get(kind, 0) + 1
                numbers[kind, name] = f"source {counted[kind]}"
    kinds, closed = rows["kind"].to_pylist(), hidden.to_pylist()
    for column in LABELS:
        known = _once(lambda kind, label: numbers.get((kind, bare(label))))
        told = [
            (known(kind, label) or ("" if shut else label)) if label else label
            for kind, label, shut in zip(kinds, rows[column].to_pylist(), closed, strict=True)
        ]
        rows = _with(rows, column, pa.array(told, pa.string()))
    return rows


def _once(ask: Callable[[str, str], str | None]) -> Callable[[str, str], str | None]:
    """The same answer without asking again: there are few labels and many rows."""
    answers: dict[tuple[str, str], str | None] = {}

    def answered(kind: str, label: str) -> str | None:
        if (kind, label) not in answers:
            answers[kind, label] = ask(kind, label)
        return answers[kind, label]

    return answered


# ---- signs


def _coarse_signs(rows: pa.Table, areas: Areas) -> pa.Table:
    """Reports of signs by district and week, as they are shown to who sees no details."""
    signs = [n for n, kind in enumerate(rows["kind"].to_pylist()) if kind == SIGN]
    if not signs:
        return rows
    columns = {name: rows[name].to_pylist() for name in ("area", "level", "date", "until")}
    levels = rows["confidentiality"].to_pylist()
    for n in signs:
        rule = coarseness(MOST_SECRET if levels[n] is None else levels[n], details=False, kind=SIGN)
        first = columns["date"][n]
        shown = rule.area(columns["area"][n] or "", areas, level=columns["level"][n])
        if shown != columns["area"][n]:
            columns["area"][n], columns["level"][n] = shown, areas.level_of(shown) or 0
        columns["date"][n], columns["until"][n] = rule.days(first, columns["until"][n] or first)
    for name, values in columns.items():
        rows = _with(rows, name, pa.array(values, SCHEMA.field(name).type))
    return rows


def _with(rows: pa.Table, name: str, column: Any) -> pa.Table:
    return rows.set_column(rows.schema.get_field_index(name), SCHEMA.field(name), column)
