"""The data points of two states of knowledge, told apart by why they differ: new, revised or withdrawn.

The earlier state is the one that was known first. A data point of the later state alone is

    revised     where its source had told of its month, item or record before
    withdrawn   where it counts again because what took its place was withdrawn
    new         else

and one of the earlier state alone is withdrawn where its data set or record was taken back for good, else revised.
Only knowledge is compared here: that a day or a rule looks at other rows makes no row new.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import pyarrow as pa

from primacy.evidence.store.columns import NAMES, SCHEMA
from primacy.evidence.store.datasets import Coverage, DatasetVersion
from primacy.evidence.store.store import Store

NEW, REVISED, WITHDRAWN = "new evidence", "a revised figure", "withdrawn data"
CAUSES = (NEW, REVISED, WITHDRAWN)
Texts = np.ndarray[Any, np.dtype[np.object_]]


@dataclass(frozen=True)
class Known:
    """What was known at a moment: data points, and the data sets in force then."""

    rows: pa.Table
    versions: Sequence[DatasetVersion]
    known: datetime


@dataclass(frozen=True)
class Vintages:
    """Two states of knowledge, mixed at will.

    rows      (n,) every data point of either
    earlier   (n,) whether the earlier state has it; `later` likewise
    cause     (n,) why only one of them has it; empty where both have it
    """

    first: Known
    last: Known
    rows: pa.Table
    earlier: np.ndarray[Any, np.dtype[np.bool_]]
    later: np.ndarray[Any, np.dtype[np.bool_]]
    cause: Texts

    @property
    def causes(self) -> list[str]:
        """Those by which the two differ."""
        listed = {why for each in (self.first, self.last) for v in each.versions for why in self._reasons(v)}
        return [each for each in CAUSES if each in listed or bool((self.cause == each).any())]

    def kinds(self, cause: str) -> frozenset[str]:
        """The kinds of data points of which the two know otherwise by a cause."""
        mine = self.rows.filter(pa.array(self.cause == cause))
        listed = [v for each in (self.first, self.last) for v in each.versions if cause in self._reasons(v)]
        said = {coverage.kind for each in listed for coverage in each.coverage}
        topics = {topic.partition("/")[0] for each in listed for topic in each.official_topics}
        return frozenset(said | topics | set(mine["kind"].unique().to_pylist()))

    def mixed(self, moved: frozenset[str]) -> Store:
        """The evidence with the differences of some causes as in the later state, of all others as in the earlier."""
        at_later = np.isin(self.cause, list(moved))
        keep = np.where(self.cause == "", True, np.where(at_later, self.later, self.earlier))
        versions = list(self._versions(moved))
        return Store.in_memory(self.rows.filter(pa.array(keep)), versions)

    # ---- data sets

    def _versions(self, moved: frozenset[str]) -> Iterator[DatasetVersion]:
        ids = {each.id for each in self.last.versions}
        earlier = {each.id: each for each in self.first.versions}
        for each in self.first.versions:
            if each.id not in ids and self._left(each) not in moved:
                yield _standing(each)
        for each in self.last.versions:
            if each.id in earlier:
                yield _standing(each if REVISED in moved else earlier[each.id])
            elif (part := self._come(each, moved)) is not None:
                yield _standing(part)

    def _reasons(self, version: DatasetVersion) -> Iterator[str]:
        """Why a data set is in one state alone, or is another in the two."""
        earlier, later = ({each.id: each for each in of.versions} for of in (self.first, self.last))
        if version.id not in later:
            yield self._left(version)
        elif version.id not in earlier:
            revised, new = _split(version, self.first.versions)
            yield from [REVISED] * bool(revised) + [NEW] * bool(new)
        elif _standing(later[version.id]) != _standing(earlier[version.id]):
            yield REVISED

    def _left(self, version: DatasetVersion) -> str:
        """A data set that is gone was revised where a new release of its source says the same months otherwise."""
        known = {each.id for each in self.first.versions}
        fresh = [each for each in self.last.versions if each.id not in known and each.lineage == version.lineage]
        again = any(each.own_ids or _split(each, [version])[0] for each in fresh)
        return REVISED if again or not version.name else WITHDRAWN

    def _come(self, version: DatasetVersion, moved: frozenset[str]) -> DatasetVersion | None:
        """A new data set, as far as it is what moved: the months that were told before, or those that were not."""
        if {NEW, REVISED} <= moved:
            return version
        revised, new = _split(version, self.first.versions)
        mine = self.cause[np.array(self.rows["dataset"].to_pylist(), dtype=object) == version.id]
        for cause, coverage in ((REVISED, revised), (NEW, new)):
            if cause in moved and (coverage or bool((mine == cause).any())):
                return version.model_copy(update={"coverage": tuple(coverage)})
        return None


def _standing(version: DatasetVersion) -> DatasetVersion:
    """Without when it was withdrawn and where it lies: that it counts is decided here."""
    told: Mapping[str, Any] = {"withdrawn": None, "withdrawn_because": "", "parts": (), "cube": None}
    return version.model_copy(update=told)


def _split(version: DatasetVersion, older: Sequence[DatasetVersion]) -> tuple[list[Coverage], list[Coverage]]:
    """The coverage of a release, by months that its source had told before and months that it had not."""
    before = [own for each in older if each.lineage == version.lineage for own in each.coverage]
    revised: list[Coverage] = []
    new: list[Coverage] = []
    for each in version.coverage:
        spans = [(own.start, own.end) for own in before if _same_subject(own, each)]
        spans = [(start, end) for start, end in spans if start <= each.end and each.start <= end]
        if not spans or version.by_record:
            new.append(each)
            continue
        start, end = max(each.start, min(s for s, _ in spans)), min(each.end, max(e for _, e in spans))
        revised.append(each.model_copy(update={"start": start, "end": end}))
        if each.start < start:
            new.append(each.model_copy(update={"end": _day(start, -1)}))
        if end < each.end:
            new.append(each.model_copy(update={"start": _day(end, 1)}))
    return revised, new


def _day(day: date, by: int) -> date:
    return date.fromordinal(day.toordinal() + by)


def _same_subject(one: Coverage, other: Coverage) -> bool:
    if one.kind != other.kind or not set(one.areas) & set(other.areas):
        return False
    return one.categories is None or other.categories is None or bool(set(one.categories) & set(other.categories))


# ---- data points


def vintages(one: Known, other: Known, *, as_of: date) -> Vintages:
    """Tell two states of knowledge apart; `as_of` is the later of the two days that are judged."""
    first, last = (one, other) if one.known <= other.known else (other, one)
    both = _copies(first.rows, last.rows)
    known = [_counting(both, each, as_of) for each in (first, last)]
    rows = _copies(*known)
    earlier = np.array(rows["first"].to_pylist(), dtype=np.int64) > 0
    later = np.array(rows["last"].to_pylist(), dtype=np.int64) > 0
    found = Vintages(first, last, rows.select(NAMES).cast(SCHEMA), earlier, later, np.full(len(earlier), "", object))
    found.cause[:] = list(_causes(found))
    return found


def _copies(first: pa.Table, last: pa.Table) -> pa.Table:
    """Every row of either as often as the one that has it more often; `first` and `last`: how often each has it."""
    tagged = pa.concat_tables(
        [
            table.select(NAMES).cast(SCHEMA)
            .append_column("in_first", pa.array(np.full(table.num_rows, mine, dtype=np.int64)))
            .append_column("in_last", pa.array(np.full(table.num_rows, 1 - mine, dtype=np.int64)))
            for table, mine in ((first, 1), (last, 0))
        ]
    )  # fmt: skip
    found = tagged.group_by(NAMES, use_threads=False).aggregate([("in_first", "sum"), ("in_last", "sum")])
    found = found.rename_columns({"in_first_sum": "first", "in_last_sum": "last"})
    often = np.maximum(found["first"].to_numpy(), found["last"].to_numpy())
    return found.take(pa.array(np.repeat(np.arange(found.num_rows), often)))


def _counting(rows: pa.Table, side: Known, as_of: date) -> pa.Table:
    """Of all rows those that count in a state of knowledge."""
    store = Store.in_memory(rows.select(NAMES), [_standing(each) for each in side.versions])
    return store.fetch(store.rows(as_of=as_of, known=side.known).select(*NAMES)).cast(SCHEMA)


def _causes(found: Vintages) -> Iterator[str]:
    """Of each row why only one of the two has it."""
    names = ("dataset", "record", "item", "kind", "date", "known")
    columns = {name: found.rows[name].to_pylist() for name in names}
    earlier, later = ({each.id: each for each in of.versions} for of in (found.first, found.last))
    left = {id: found._left(each) for id, each in earlier.items() if id not in later}
    told = {id: _split(each, found.first.versions)[0] for id, each in later.items() if id not in earlier}
    records, kept = ({r for r, has in zip(columns["record"], of.tolist(), strict=True) if has and r}
                     for of in (found.earlier, found.later))  # fmt: skip
    lineages = {id: each.lineage for id, each in (earlier | later).items()}
    items = {
        (lineages[dataset], item)
        for dataset, item, has in zip(columns["dataset"], columns["item"], found.earlier.tolist(), strict=True)
        if has
    }
    each_row = zip(found.earlier.tolist(), found.later.tolist(), *columns.values(), strict=True)
    for in_first, in_last, dataset, record, item, kind, day, known in each_row:
        if in_first and in_last:
            yield ""
        elif in_first and dataset in left:
            yield left[dataset]
        elif in_first:
            yield WITHDRAWN if record and record not in kept else REVISED
        elif record:
            yield REVISED if record in records else NEW
        elif dataset in earlier:
            yield NEW if known > found.first.known else WITHDRAWN
        elif later[dataset].own_ids and (lineages[dataset], item) in items:
            yield REVISED
        else:
            spans = (each for each in told[dataset] if each.kind == kind)
            yield REVISED if any(each.start <= day <= each.end for each in spans) else NEW


def united(tables: Sequence[pa.Table]) -> pa.Table:
    """Every row as often as the table that has it most often."""
    if len(tables) == 1:
        return tables[0]
    counted = [
        table.append_column("one", pa.array([1] * table.num_rows, pa.int64()))
        .group_by(NAMES, use_threads=False)
        .aggregate([("one", "sum")])
        for table in tables
    ]
    most = pa.concat_tables(counted).group_by(NAMES, use_threads=False).aggregate([("one_sum", "max")])
    often = most["one_sum_max"].to_numpy()
    places = [place for place, count in enumerate(often.tolist()) for _ in range(count)]
    return most.select(NAMES).take(pa.array(places, pa.int64()))
