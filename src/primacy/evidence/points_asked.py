"""Data points by what somebody asks for, as this person may see them: one expression over the rows that count.

What is asked is compared with what is shown. Were it compared with what is kept, a coarsened row would give itself away
by answering to the very place, day or source that it hides.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import Any

import ibis
import pyarrow as pa
from ibis.expr.types import BooleanValue, Table

from primacy.evidence.columns import SCHEMA
from primacy.evidence.datasets import DatasetVersion
from primacy.evidence.exporting import NAMING
from primacy.evidence.store import Store
from primacy.places.areas import Areas
from primacy.places.coarseness import BY_KIND, Coarseness, coarseness, freely_shown

SHOWN = pa.schema([*SCHEMA, ("source_type", pa.string())])
HIDDEN = (*NAMING, "dataset", "confidentiality")
"""What is left out of a row that is coarsened: all that names one item, and how confidential exactly it is."""
KEY = ("date", "kind", "area", "item", "measure", "category")
"""The order in which rows come, the newest day first; rows that share all of these are told apart by the rest."""
FEWEST_SOURCES = 3
RULE = ("confidentiality", "kind", "area", "level")


@dataclass(frozen=True)
class Asked:
    """What rows must be like; None asks for nothing. `areas`: one of these, `category`: this one or below it."""

    kind: str | None = None
    category: str | None = None
    measure: str | None = None
    areas: tuple[str, ...] | None = None
    actor: str | None = None
    target: str | None = None
    group: str | None = None
    source: str | None = None
    dataset: str | None = None
    item: str | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Position:
    """After which row to go on: its values of KEY, and how many rows with these same values were given already."""

    key: tuple[Any, ...]
    given: int


def points(rows: Table, asked: Asked) -> Table:
    """Of the rows as somebody sees them (`seen`) the ones asked for."""
    conditions = list(_conditions(rows, asked))
    return rows.filter(reduce(and_, conditions)) if conditions else rows


def page(found: Table, after: Position | None, size: int) -> Table:
    """So many rows after a position, in an order that is the same at every time."""
    skip = 0
    if after is not None:
        found, skip = found.filter(_from(found, after.key)), after.given
    rest = [name for name in SHOWN.names if name not in KEY]
    return found.order_by(found.date.desc(), *KEY[1:], *rest).limit(size, offset=skip)


def position(rows: Sequence[Mapping[str, Any]], before: Position | None) -> Position:
    """Where a page ended."""
    key = tuple(rows[-1][name] for name in KEY)
    given = sum(tuple(row[name] for name in KEY) == key for row in rows)
    if before is not None and before.key == key:
        given += before.given
    return Position(key, given)


def _from(found: Table, key: Sequence[Any]) -> BooleanValue:
    """Rows at this key or after it."""
    day, *texts = key
    after: list[BooleanValue] = [found.date < ibis.literal(day)]
    same: BooleanValue = found.date == ibis.literal(day)
    for name, text in zip(KEY[1:], texts, strict=True):
        after.append(same & (found[name] > text))
        same &= found[name] == text
    return reduce(or_, after) | same


def _conditions(rows: Table, asked: Asked) -> Iterable[BooleanValue]:
    for name in ("kind", "measure", "actor", "target", "group", "source", "dataset", "item"):
        if (wanted := getattr(asked, name)) is not None:
            yield rows[name] == wanted
    if asked.category is not None:
        yield (rows.category == asked.category) | rows.category.startswith(f"{asked.category}/")
    if asked.areas is not None:
        yield rows.area.isin(asked.areas)
    if asked.first is not None:
        yield rows.until >= ibis.literal(asked.first)
    if asked.last is not None:
        yield rows.date <= ibis.literal(asked.last)


# ---- as it may be seen


def seen(store: Store, rows: Table, areas: Areas, *, details: bool) -> Table:
    """The rows as whoever has or lacks `details` may see them: columns of SHOWN."""
    rows = _typed(store, rows)
    rules = _rules(store, rows, areas, details)
    if not rules["rule_kind"]:
        return rows.mutate(source_type=rows.own_type).select(*SHOWN.names)
    lent = store.lend(rules)
    on = [rows[name].cast("string").coalesce("") == lent[f"rule_{name}"] for name in RULE]
    return _coarse(rows.left_join(lent, on))


def _typed(store: Store, rows: Table) -> Table:
    """Rows with the type of their source, and the type that may be told where the source itself may not."""
    versions: list[DatasetVersion] = store.versions()
    types = {each.id: each.source_type for each in versions}
    often = {kind for kind in types.values() if sum(each == kind for each in types.values()) >= FEWEST_SOURCES}
    own = [(id, kind) for id, kind in types.items()]
    told = [(id, kind) for id, kind in own if kind in often]
    return rows.mutate(own_type=_cases(rows, own), told_type=_cases(rows, told))


def _cases(rows: Table, pairs: Sequence[tuple[str, str]]) -> Any:
    return rows.dataset.cases(*pairs, else_="") if pairs else ibis.literal("")


def _rules(store: Store, rows: Table, areas: Areas, details: bool) -> dict[str, list[str]]:
    """How each kind of row is coarsened that is, by its confidentiality, kind, area and level; as texts."""
    wanted = rows.kind.isin(list(BY_KIND))
    if not details:
        wanted |= (rows.confidentiality > freely_shown()) | rows.confidentiality.isnull()
    found = store.fetch(rows.filter(wanted).select(*RULE).distinct()).to_pylist()
    columns: dict[str, list[str]] = {f"rule_{name}": [] for name in (*RULE, "shown", "shown_level", "span", "names")}
    for each in found:
        level = 3 if each["confidentiality"] is None else each["confidentiality"]
        rule = coarseness(level, details=details, kind=each["kind"])
        if rule.exact:
            continue
        for name in RULE:
            columns[f"rule_{name}"].append("" if each[name] is None else str(each[name]))
        _add(columns, rule, each, areas)
    return columns


def _add(columns: dict[str, list[str]], rule: Coarseness, row: Mapping[str, Any], areas: Areas) -> None:
    shown = rule.area(row["area"], areas, level=row["level"])
    level = row["level"] if shown == row["area"] else areas.level_of(shown) or 0
    columns["rule_shown"].append(shown)
    columns["rule_shown_level"].append("" if level is None else str(level))
    columns["rule_span"].append(rule.span)
    columns["rule_names"].append("yes" if rule.names else "")


def _coarse(rows: Table) -> Table:
    """Rows with their rule beside them, empty where they are shown as they are."""
    ruled, named = rows.rule_kind.notnull(), rows.rule_names.coalesce("yes") == "yes"
    week, quarter = rows.rule_span == "week", rows.rule_span == "quarter"
    columns: dict[str, Any] = {
        "area": ibis.ifelse(ruled, rows.rule_shown, rows.area),
        "level": ibis.ifelse(ruled, rows.rule_shown_level.nullif("").cast("int8"), rows.level),
        "date": ibis.cases(
            (week, _day(rows.date.truncate("W"))), (quarter, _day(rows.date.truncate("Q"))), else_=rows.date
        ),
        "until": ibis.cases(
            (week, _day(rows.until.truncate("W") + ibis.interval(days=6))),
            (quarter, _day(rows.until.truncate("Q") + ibis.interval(months=3) - ibis.interval(days=1))),
            else_=rows.until,
        ),
        "source_type": ibis.ifelse(named, rows.own_type, rows.told_type),
    }  # fmt: skip
    for name in HIDDEN:
        kind = SHOWN.field(name).type
        empty = ibis.literal("") if pa.types.is_string(kind) else ibis.null(rows[name].type())
        columns[name] = ibis.ifelse(named, rows[name], empty)
    return rows.mutate(**columns).select(*SHOWN.names)


def _day(moment: Any) -> Any:
    """A day as a day: engines make times of days that are cut or added to, whatever their type is said to be."""
    return moment.cast("timestamp").cast("date")
