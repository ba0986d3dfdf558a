"""Which of the rows behind a finding decide, and which stand beside: effort, and sources that are only compared.

What a rule reads of several sources is said in `month_reading` (events) and `covering.told_by` (states, estimates);
here the same is asked of rows one by one, so that a list of evidence begins with what counts. A row of which that is
not sure stays with those that decide.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import and_

import ibis
import ibis.expr.types as ir
import numpy as np

from primacy.assessment.indicators import covering
from primacy.assessment.indicators.combinations import lent, pairs_in
from primacy.assessment.indicators.selectors import MATCHED, Selector, selectors_of
from primacy.assessment.rules.grid import Grid
from primacy.evidence.kinds import KINDS, LISTING
from primacy.evidence.store.cube import month_of
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.numbered_days import month_index
from primacy.evidence.store.store import Store
from primacy.framework.entries import Measured
from primacy.framework.grammar import Indicator
from primacy.framework.mission import Mission
from primacy.places.areas import Areas

DECIDES, COMPARED, EFFORT = 0, 1, 2
ROLES = ("decides", "compared", "effort")  # as scripts call them
FIRST_MONTH = month_index(date(1945, 1, 1))


@dataclass(frozen=True)
class _Official:
    """The source that is read on what a selector takes, where others tell of the same."""

    taken: tuple[tuple[str, ...], ...]  # combinations of what it tells that the selector takes
    datasets: frozenset[str]
    months: tuple[int, ...]  # that it covers in the whole country, for events
    nature: str


def with_role(
    rows: ir.Table, entry: Measured, store: Store, mission: Mission, areas: Areas, *, as_of: date, known: datetime
) -> ir.Table:
    """The rows of an entry with `role`: DECIDES, COMPARED or EFFORT."""
    indicators = [each for each in entry.indicators.values() if each.kind is not None]
    mains = [selectors_of(each)["main"] for each in indicators]
    effort = {each.effort for each in indicators if each.effort is not None} - {each.kind for each in mains}
    role = rows.kind.isin(sorted(effort)).ifelse(EFFORT, DECIDES) if effort else ibis.literal(DECIDES)
    versions = store.versions(known=known)
    if not any(version.official_topics for version in versions):
        return rows.mutate(role=role.cast("int8"))
    reading = [(each, _official(rows, each, store, versions, mission, areas, as_of)) for each in indicators]
    rows = _parted(rows, mains, [found for _, found in reading], store, mission)
    return rows.mutate(role=rows.compared.ifelse(COMPARED, role).cast("int8")).drop("compared")


def _official(
    rows: ir.Table, indicator: Indicator, store: Store, versions: Sequence[DatasetVersion], mission: Mission,
    areas: Areas, as_of: date,
) -> _Official | None:  # fmt: skip
    """None where all sources are read."""
    main, kind = selectors_of(indicator)["main"], KINDS[str(indicator.kind)]
    lineage = covering.official_lineage(versions, main, mission.names)
    counted = kind.nature in ("event", "effort")
    if not lineage or indicator.aggregate == "weakest" or (counted and main.detail):
        return None
    mine = [version for version in versions if version.lineage == lineage]
    named = frozenset(version.id for version in mine)
    told = rows.filter(rows.dataset.isin(sorted(named)) & rows.measure.notin(LISTING))
    taken = tuple(combination for combination, _ in pairs_in(store, told, [main], mission.names, MATCHED))
    if not taken:
        return None  # it says nothing on it, and others are read
    months: tuple[int, ...] = ()
    if counted:
        stop = int(Grid(as_of).ends[-1]) + 1 - FIRST_MONTH
        covered = covering.covered_months(
            mine, main, areas, None, stop, FIRST_MONTH, mission.names, mission.country
        )  # fmt: skip
        months = tuple((np.flatnonzero(covered) + FIRST_MONTH).tolist())
    return _Official(taken, named, months, kind.nature)


def _parted(
    rows: ir.Table, mains: Sequence[Selector], officials: Sequence[_Official | None], store: Store, mission: Mission
) -> ir.Table:
    """The rows with `compared`: whether every selector that takes a row reads the official source in its place."""
    taking: dict[tuple[str, ...], list[int]] = {}
    for combination, place in pairs_in(store, rows, mains, mission.names, MATCHED):
        taking.setdefault(combination, []).append(place)
    if not taking:
        return rows.mutate(compared=ibis.literal(False))
    groups = {tuple(places): number for number, places in enumerate(dict.fromkeys(map(tuple, taking.values())))}
    table = lent(store, list(taking), MATCHED, taken_by=[groups[tuple(each)] for each in taking.values()])
    rows = rows.left_join(table, list(MATCHED)).select(*rows.columns, "taken_by")
    rows, beside = _beside(rows, officials, store)
    compared: ir.BooleanValue = ibis.literal(False)
    for places, number in groups.items():
        all_of = reduce(and_, (beside.get(place, ibis.literal(False)) for place in places))
        compared = (rows.taken_by == number).fill_null(False).ifelse(all_of, compared)
    return rows.mutate(compared=compared).drop("taken_by", *(name for name in rows.columns if name.startswith(SAID)))


SAID = "official_says_"


def _beside(
    rows: ir.Table, officials: Iterable[_Official | None], store: Store
) -> tuple[ir.Table, Mapping[int, ir.BooleanValue]]:
    """The rows, and by place of a selector the condition that its official source is read instead."""
    asked = [(place, each) for place, each in enumerate(officials) if each is not None]
    for place, each in asked:
        if each.nature in ("state", "estimate"):
            rows = _joined(rows, each, f"{SAID}{place}", store)
    conditions: dict[int, ir.BooleanValue] = {}
    for place, each in asked:
        other = rows.dataset.notin(sorted(each.datasets))
        if each.nature in ("state", "estimate"):
            conditions[place] = other & rows.measure.notin(LISTING) & rows[f"{SAID}{place}"].notnull()
        else:
            conditions[place] = other & month_of(rows.date).isin(each.months or (-1,))
    return rows, conditions


def _joined(rows: ir.Table, each: _Official, name: str, store: Store) -> ir.Table:
    """Beside each row whether the official source says something of the same: of states by item, of estimates by
    measure."""
    keys = ["item", "measure"] if each.nature == "state" else ["measure"]
    mine = rows.filter(rows.dataset.isin(sorted(each.datasets)) & rows.measure.notin(LISTING))
    mine = mine.semi_join(lent(store, list(each.taken), MATCHED), list(MATCHED))
    said = mine.select(*keys).distinct().mutate(**{name: ibis.literal(True)})
    return rows.left_join(said, keys).select(*rows.columns, name)
