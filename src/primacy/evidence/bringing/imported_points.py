"""From a reading to a stored dataset version, or to the one reason why nothing of the file was stored."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc

from primacy.evidence.bringing.covered import with_all_inside
from primacy.evidence.bringing.formats import Progress, Reading
from primacy.evidence.bringing.mission_country import adopt_country
from primacy.evidence.bringing.remedies import REMEDIES
from primacy.evidence.bringing.reported_signs import refuse_deeds
from primacy.evidence.bringing.summary import Order, Summary, tell
from primacy.evidence.errors import BadInput, NothingToImport, listed
from primacy.evidence.kinds import KINDS
from primacy.evidence.store.columns import SCHEMA
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.reading import replacements
from primacy.evidence.store.revisions import Known, changes, known_records, known_since, of_other_times, told_alike
from primacy.evidence.store.series import series
from primacy.evidence.store.spooling import complete, known_by
from primacy.evidence.store.store import Store
from primacy.evidence.store.superseded import replaced_by, silenced_by
from primacy.framework.saying import Said, Words, said
from primacy.places.countries import country_name
from primacy.places.decisions import ask
from primacy.places.errors import printable
from primacy.places.files.ahead import ahead

MOST_REJECTED = 0.5
MOST_RECORD_ROWS = 3_000_000
MOST_GONE = (
    0.8  # a newer release with less than this of what it replaces is no whole release: revisions touch few events
)
FEW_ROWS = 60
NAMES_AT_STAKE = {f"evidence/no-area{each}" for each in ("", "-near", "-there", "-there-near")}


def store_points(order: Order, reading: Reading, country: str, told: Progress) -> Summary:
    """Store what is read, all of it or nothing. A refusal bears every fault that was found until then."""
    store = Store(order.instance.evidence)
    counted = _Counted()
    since = order.known or reading.known or order.at
    updates = _Updates(store, order, reading) if reading.records else None

    def batches() -> Iterator[pa.RecordBatch]:
        with ahead(reading.batches) as tables:
            for table in tables:
                refuse_deeds(table, order.source.label)
                counted.rows += table.num_rows
                counted.lines += len(pc.unique(table.column("line"))) if table.num_rows else 0
                counted.ahead += lines_ahead(table, order.known or reading.known)
                told(0.8 * reading.share(), said("evidence/rows-read", rows=counted.rows))
                table = known_by(table, since) if reading.by_line else table
                if updates:
                    updates.take(table)
                else:
                    yield from table.to_batches()
        counted.lines = reading.lines or counted.lines
        if not (updates and updates.only_taken_back):
            _refuse_if_unusable(order, reading, counted, country)
        if updates:
            yield from updates.changed()

    def described(file_hash: str) -> DatasetVersion:
        version = _version(order, reading, file_hash)
        _refuse_a_part(store, version, counted.rows)
        return version

    try:
        with ThreadPoolExecutor(1) as aside:
            hashed = aside.submit(order.source.hash)
            version, new = store.add(batches(), lambda: described(hashed.result()), faults=reading.faults)
    except NothingNew as error:
        summary = order.summary(new=False, version=error.version, rows=error.version.rows, items=error.version.items)
        tell(summary, order, reading, country)
        return summary
    except BadInput as error:
        error.faults = error.faults or reading.faults
        raise
    finally:
        ask(order.instance.places, sorted(reading.locator.unsure), file=order.source.label, at=order.at)
    summary = order.summary(new=new, version=version, rows=version.rows, items=version.items)
    tell(summary, order, reading, country)
    summary.notes += _day_known(order, reading, version, counted) if new else _not_counting(store, version)
    for dataset, rows in (replaced_by(store, version) if new else {}).items():
        older = store.version(dataset)
        summary.notes.append(said("evidence/replaces", rows=rows, name=older.name, dataset=dataset))
    if len(reading.countries) == 1 and adopt_country(order.instance, next(iter(reading.countries))):
        only = next(iter(reading.countries))
        summary.notes.append(said("evidence/mission-country", code=only, country=country_name(only)))
    path = store.rejected(version.id)
    summary.rejected_file = str(path) if path else ""
    return summary


def _refuse_a_part(store: Store, version: DatasetVersion, rows: int) -> None:
    """A file with little of what an earlier one told would silence the rest, as if it had never happened."""
    silenced = silenced_by(store, version) if version.own_ids else {}
    dataset, gone = max(silenced.items(), key=lambda each: each[1], default=("", 0))
    if gone <= max(FEW_ROWS, rows / MOST_GONE):
        return
    older = store.version(dataset)
    raise BadInput(
        said("evidence/would-stop", rows=rows, gone=gone, name=older.name, dataset=dataset),
        version.file,
        said("evidence/do.if-less", dataset=dataset),
    )


def _not_counting(store: Store, version: DatasetVersion) -> list[Said]:
    """Why a file that is here already does not count as it did: a later one took its place."""
    counting = [each for each in store.versions() if each.withdrawn is None]
    later = counting[[each.id for each in counting].index(version.id) + 1 :] if version in counting else []
    names = [
        f"{each.name} ({each.id})" for each in later
        if version in [older for older, _ in replacements([version, each])]
    ]  # fmt: skip
    return [said("evidence/place-taken", names=listed(names))] if names else []


def _day_known(order: Order, reading: Reading, version: DatasetVersion, counted: "_Counted") -> list[Said]:
    """What is to be said of the day since when a new version counts as known."""
    asked = order.known or reading.known
    if asked is None:
        return []
    given, since = f"{asked:%Y-%m-%d}", f"{version.known:%Y-%m-%d}"
    if given != since:
        return [said("evidence/known-again", given=given, since=since)]
    return [said("evidence/known-before-days", given=given, count=counted.ahead)] if counted.ahead else []


def lines_ahead(rows: pa.Table, known: datetime | None) -> int:
    """How many lines tell of what happened, or how something was, after the day since when they count as known. Plans
    and what is published of a time to come may lie ahead."""
    if known is None or not rows.num_rows:
        return 0
    later = pc.greater(rows.column("date"), pa.scalar(known.date(), pa.date32()))
    if "known" in rows.column_names:
        later = pc.and_(later, pc.is_null(rows.column("known")))
    found = rows.filter(later).select(["line", "kind", "measure"]).combine_chunks()
    told = [
        not KINDS[kind].may_lie_ahead(measure)
        for kind, measure in zip(found["kind"].to_pylist(), found["measure"].to_pylist(), strict=True)
    ]
    return len(pc.unique(found.filter(pa.array(told, pa.bool_()))["line"]))


@dataclass
class _Counted:
    rows: int = 0
    lines: int = 0  # lines of the file that became rows
    ahead: int = 0  # of these lines those that `lines_ahead` counts


class NothingNew(Exception):
    """An export brought only records that are here as they are; `version` is the last that changed any."""

    def __init__(self, version: DatasetVersion) -> None:
        super().__init__(version.id)
        self.version = version


class _Updates:
    """The rows of an export of records, which become the next revisions of those that changed.

    An export is held in memory whole, because only its end says what is absent.
    """

    def __init__(self, store: Store, order: Order, reading: Reading) -> None:
        lineage = lineage_of(order, reading)
        self._before = [each for each in store.versions() if each.lineage == lineage and each.withdrawn is None]
        self._store, self._order, self._reading, self._lineage = store, order, reading, lineage
        self._tables: list[pa.Table] = []
        self._rows = 0
        self._known = order.known or reading.known or order.at
        if self._before and self._known < self._before[-1].known:
            before = f"{self._before[-1].known:%Y-%m-%d}"
            raise BadInput(
                said("evidence/known-before", day=f"{self._known:%Y-%m-%d}", before=before), order.source.label,
                said("evidence/do.in-order"),
            )  # fmt: skip

    def take(self, table: pa.Table) -> None:
        self._rows += table.num_rows
        if self._rows > MOST_RECORD_ROWS:
            raise BadInput(
                said("evidence/many-records", most=MOST_RECORD_ROWS), self._order.source.label,
                said("evidence/do.parts-or-map"),
            )  # fmt: skip
        self._tables.append(table)

    @property
    def only_taken_back(self) -> bool:
        """Whether nothing but records that do not count any more came, and some were here before."""
        records = self._reading.records
        return not self._rows and not self._reading.faults and bool(self._before and records and records.set_aside)

    def changed(self) -> Iterator[pa.RecordBatch]:
        tables = self._tables or [SCHEMA.empty_table()]
        rows = complete(pa.concat_tables(tables, promote_options="default"))
        record = pc.binary_join_element_wise(self._lineage, rows.column("record"), "/")
        rows = rows.set_column(rows.schema.get_field_index("record"), "record", record)
        known = self._records_of(self._before)
        records = self._reading.records
        assert records is not None
        # What is refused is there, so it was not taken back, and what was read of it before stays.
        there = {f"{self._lineage}/{refused}" for refused in records.refused}
        new = pa.array([each not in known for each in rows.column("record").to_pylist()], pa.bool_())
        self._refuse_under_two_names(rows.filter(new))
        self._refuse_of_others(rows, known, there, complete=records.complete)
        aside = {f"{self._lineage}/{number}" for number in records.set_aside}
        found, counted = changes(rows, known, complete=records.complete, there=there, set_aside=aside)
        self._reading.notes.append(counted.note())
        if not found.num_rows:
            raise NothingNew(self._before[-1])
        if self._reading.by_line:
            found = known_since(found, known, self._known)
            self._reading.known = pc.min(found.column("known")).as_py()
        yield from found.to_batches()

    def _refuse_under_two_names(self, rows: pa.Table) -> None:
        """A log that is here under another name would count its events a second time. `rows` are of records that are
        new under this one."""
        if not rows.num_rows:
            return
        base = self._reading.lineage
        for each in series(self._store.versions()):
            other = each.lineage
            if not each.versions or other == self._lineage or not (other == base or other.startswith(f"{base}/")):
                continue
            shared, same = told_alike(rows, self._lineage, self._records_of(each.versions), other)
            if same and 2 * same >= shared:
                newest = each.newest
                what = said("evidence/records.under-other-name", count=same, name=newest.name, dataset=newest.id)
                called = other.removeprefix(base).removeprefix("/")
                do = said("evidence/do.name-it-so", name=called) if called else said("evidence/do.without-name")
                raise BadInput(what, self._order.source.label, do)

    def _records_of(self, versions: Sequence[DatasetVersion]) -> dict[str, Known]:
        return known_records(pa.Table.from_batches(self._store.content(each.id), schema=SCHEMA) for each in versions)

    def _refuse_of_others(
        self, rows: pa.Table, known: Mapping[str, Known], there: Collection[str], *, complete: bool
    ) -> None:
        """A log that numbers its events anew, and the list of another office, are no newer state of what is here."""
        again, moved = of_other_times(rows, known)
        if len(moved) * 2 > again:
            first = moved[0].rpartition("/")[2]
            what = said("evidence/records.of-other-times", count=len(moved), all=again, first=first)
            raise BadInput(what, self._order.source.label, said("evidence/do.name-new-log"))
        alive = {record for record, each in known.items() if not each.withdrawn}
        if complete and alive and not alive & {*rows.column("record").to_pylist(), *there}:
            what = said("evidence/records.none-of-known", count=len(alive))
            raise BadInput(what, self._order.source.label, said("evidence/do.name-other-list"))


def lineage_of(order: Order, reading: Reading) -> str:
    """The lineage with the name of the data set in it. Records of one mapping are one, unless a name says otherwise."""
    if reading.records:
        named = order.name and order.name != _stem(order)  # a log is not called by the file of one week
        return f"{reading.lineage}/{order.name}" if named else reading.lineage
    return reading.lineage.replace("NAME", _name(order))


def _name(order: Order) -> str:
    """What the data set is called: as the person said, else as its file is."""
    return order.name or _stem(order)


def _stem(order: Order) -> str:
    return order.source.name.rsplit(".", 1)[0]


def _refuse_if_unusable(order: Order, reading: Reading, counted: _Counted, country: str) -> None:
    """Nothing is stored from a file that holds nothing usable, or of which most lines are unusable."""
    label = order.source.label
    faults, found = reading.faults, reading.locator.found
    if not counted.rows and not faults:
        raise _nothing_in(reading, label, country)
    if faults.first and faults.lines > MOST_REJECTED * (counted.lines + faults.lines):
        raise BadInput(
            said(
                "evidence/mostly-wrong", lines=faults.lines, all=counted.lines + faults.lines,
                first=faults.first.saying,
            ),
            said("places/at.line", file=label, line=faults.first.line), _mend(reading),
        )  # fmt: skip
    if found.exchanged > MOST_REJECTED * (found.by_point + found.not_found.total()):
        raise BadInput(
            said("evidence/points-outside", exchanged=found.exchanged),
            label, said("evidence/do.correct-columns"),
        )  # fmt: skip


def _mend(reading: Reading) -> Said:
    """What to do about a file of which most lines cannot be used."""
    keys = [getattr(each.reason, "key", "") for each in reading.faults]
    unsure = len(reading.locator.unsure) if NAMES_AT_STAKE.intersection(keys) else 0
    if keys and 2 * keys.count("evidence/code-like") >= len(keys):
        do = said("evidence/do.nothing-so", do=REMEDIES["evidence/code-like"])
        return said("evidence/do.and-decide", do=do, count=unsure) if unsure else do
    if unsure:
        return said("evidence/do.correct-or-decide", count=unsure)
    return said("evidence/do.correct-file")


def _nothing_in(reading: Reading, label: str, country: str) -> BadInput:
    if reading.not_wanted:
        others = sorted(country_name(each) for each in reading.countries)
        names = listed(others) if others else said("evidence/other-countries")
        return NothingToImport(
            said("evidence/nothing-on", country=country_name(country), names=names), label,
            said("evidence/do.name-country-or"),
        )  # fmt: skip
    if reading.not_filled:
        what = said("evidence/not-filled", count=reading.not_filled)
        return BadInput(what, label, said("evidence/do.fill-value"))
    return BadInput(said("evidence/no-data-line"), label, said("places/do.check-which"))


def _version(order: Order, reading: Reading, file_hash: str) -> DatasetVersion:
    source, whose = order.source, order.provenance or reading
    notes: list[Words] = list(reading.notes)
    rejected = reading.faults.lines
    if rejected and any(each.complete for each in reading.coverage):
        notes.append(said("evidence/lines-missing", count=rejected))
    return DatasetVersion(
        name=printable(_name(order)),
        lineage=lineage_of(order, reading),
        format=order.importer.FORMAT,
        producer=whose.producer,
        source_type=reading.source_type,
        licence=whose.licence,
        citation=whose.citation,
        file=source.label,
        file_hash=file_hash,
        known=order.known or reading.known or order.at,
        imported=order.at,
        imported_by=order.imported_by,
        rejected=rejected,
        coverage=tuple(with_all_inside(each, reading.locator) for each in reading.coverage),
        official_for=tuple(reading.official_for),
        own_ids=reading.own_ids,
        closed=reading.closed,
        notes=tuple(notes),
        by_record=reading.records is not None,
    )
