"""Data points as one viewer may see them, still as an expression: whatever filters, counts, draws or hands out asks
this table, so that no channel is finer than another.

A filter on the exact day or place of a coarsened row would tell what the row hides; here it meets the week and the
district.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_

import ibis
from ibis.expr.types import BooleanValue, Column, DateValue, Table

from primacy.evidence.store.columns import SCHEMA
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.exporting import NAMING
from primacy.evidence.store.raster import texts, wholes
from primacy.evidence.store.store import Store
from primacy.places.areas import Areas
from primacy.places.coarseness import BY_KIND, Coarseness, coarseness

FEWEST_SOURCES = 3  # data sets of a type of source, before the type of a nameless row is told
LEVELS = range(4)  # of confidentiality
MOST_SECRET = 3
Rule = tuple[Coarseness, BooleanValue]


def as_shown(store: Store, rows: Table, areas: Areas, versions: Sequence[DatasetVersion], *, details: bool) -> Table:
    """`rows` with place, days and names as coarse as the viewer's rights ask for; more columns beside them:

    series       lineage of the data set; empty where it may not be told
    source_type  of the data set, also of a nameless row where at least three data sets have it

    Rows that are strictly confidential are left out for viewers without details.
    """
    if not details:
        rows = rows.filter(rows.confidentiality.fill_null(MOST_SECRET) < MOST_SECRET)
    rows = _with_sources(store, rows, versions)
    rules = list(_rules(rows, details))
    if not rules:
        return rows
    placed = _with_levels(store, rows, areas, [rule for rule, _ in rules])
    rules = list(_rules(placed, details))
    changed = {
        "area": _cases([(placed[f"area_{n}"], when) for n, (_, when) in enumerate(rules)], placed.area),
        "level": _cases([(placed[f"level_{n}"], when) for n, (_, when) in enumerate(rules)], placed.level),
        "date": _cases([(_first(placed.date, rule.span), when) for rule, when in rules], placed.date),
        "until": _cases([(_last(placed.until, rule.span), when) for rule, when in rules], placed.until),
    }
    nameless = [when for rule, when in rules if not rule.names]
    if nameless:
        hidden = reduce(or_, nameless)
        for name in (*NAMING, "dataset", "series"):
            text = name == "series" or str(SCHEMA.field(name).type) == "string"
            empty = "" if text else ibis.null(placed[name].type())
            changed[name] = hidden.ifelse(empty, placed[name])
        changed["confidentiality"] = hidden.ifelse(ibis.null(placed.confidentiality.type()), placed.confidentiality)
        told = Counter(each.source_type for each in versions)
        few = [name for name, count in told.items() if count < FEWEST_SOURCES]
        if few:
            changed["source_type"] = (hidden & placed.source_type.isin(few)).ifelse("", placed.source_type)
    return placed.mutate(**changed).select(*rows.columns)


def _with_sources(store: Store, rows: Table, versions: Sequence[DatasetVersion]) -> Table:
    if not versions:
        return rows.mutate(series=ibis.literal(""), source_type=ibis.literal(""))
    lent = store.lend(
        {
            "of_dataset": [each.id for each in versions],
            "series": [each.lineage for each in versions],
            "source_type": [str(each.source_type) for each in versions],
        }
    )
    joined = rows.left_join(lent, rows.dataset == lent.of_dataset).drop("of_dataset")
    return joined.mutate(series=joined.series.fill_null(""), source_type=joined.source_type.fill_null(""))


def _rules(rows: Table, details: bool) -> Iterator[Rule]:
    """(how coarse, for which rows), of all rows that are not shown as they are; the table of `coarseness` read out."""
    secrecy = rows.confidentiality.fill_null(MOST_SECRET)
    special = rows.kind.isin(list(BY_KIND))
    asked: dict[Coarseness, list[BooleanValue]] = {}
    for level in LEVELS:
        for kind in ("", *BY_KIND):
            rule = coarseness(level, details=details, kind=kind)
            if not rule.exact:
                asked.setdefault(rule, []).append((secrecy == level) & ((rows.kind == kind) if kind else ~special))
    for rule, when in asked.items():
        yield rule, reduce(or_, when)


def _with_levels(store: Store, rows: Table, areas: Areas, rules: Sequence[Coarseness]) -> Table:
    """Rows with `area_N` and `level_N`: where rule N puts each of them."""
    found = store.columns(rows.select("area", "level").distinct())
    codes, levels = texts(found["area"]), wholes(found["level"]).tolist()
    if not codes:
        return rows.mutate(**{f"area_{n}": rows.area for n in range(len(rules))},
                           **{f"level_{n}": rows.level for n in range(len(rules))})  # fmt: skip
    lent: dict[str, list[str] | list[int]] = {"of_area": codes, "of_level": levels}
    for n, rule in enumerate(rules):
        shown = [rule.area(code, areas, level=level) for code, level in zip(codes, levels, strict=True)]
        lent[f"area_{n}"] = shown
        lent[f"level_{n}"] = [
            level if code == new else (areas.level_of(new) or 0)
            for code, new, level in zip(codes, shown, levels, strict=True)
        ]
    table = store.lend(lent)
    joined = rows.left_join(table, [rows.area == table.of_area, rows.level.fill_null(0) == table.of_level])
    return joined.drop("of_area", "of_level")


def _cases(choices: Sequence[tuple[Column, BooleanValue]], otherwise: Column) -> Column:
    cases = [(when, value.cast(otherwise.type())) for value, when in choices]
    return ibis.cases(*cases, else_=otherwise)


def _first(day: DateValue, span: str) -> DateValue:
    return day if span == "day" else _whole(day.truncate("W" if span == "week" else "Q"))


def _last(day: DateValue, span: str) -> DateValue:
    if span == "day":
        return day
    longer = ibis.interval(days=7) if span == "week" else ibis.interval(months=3)
    return _whole(_whole(_first(day, span) + longer) - ibis.interval(days=1))


def _whole(moment: Column) -> DateValue:
    """Engines make a time of a day that is reckoned with; ibis takes it for a day and would leave it so."""
    return moment.cast("timestamp").cast("date")
