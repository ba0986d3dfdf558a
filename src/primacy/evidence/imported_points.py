"""From a reading to a stored dataset version, or to the one reason why nothing of the file was stored."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from primacy.evidence.datasets import DatasetVersion
from primacy.evidence.errors import BadInput, NothingToImport, listed
from primacy.evidence.formats import Progress, Reading
from primacy.evidence.mission_country import adopt_country
from primacy.evidence.store import Store
from primacy.evidence.summary import Order, Summary, tell
from primacy.places.ahead import ahead
from primacy.places.countries import country_name

MOST_REJECTED = 0.5


def store_points(order: Order, reading: Reading, country: str, told: Progress) -> Summary:
    """Store what is read, all of it or nothing. A refusal bears every fault that was found until then."""
    store = Store(order.instance.evidence)
    counted = _Counted()

    def batches() -> Iterator[pa.RecordBatch]:
        with ahead(reading.batches) as tables:
            for table in tables:
                counted.rows += table.num_rows
                counted.lines += len(pc.unique(table.column("line"))) if table.num_rows else 0
                told(0.8 * reading.share(), f"{counted.rows} rows read")
                yield from table.combine_chunks().to_batches()
        counted.lines = reading.lines or counted.lines
        _refuse_if_unusable(order, reading, counted, country)

    def described() -> DatasetVersion:
        return _version(order, reading)

    try:
        version, new = store.add(batches(), described, faults=reading.faults)
    except BadInput as error:
        error.faults = error.faults or reading.faults
        raise
    summary = order.summary(new=new, version=version, rows=version.rows, items=version.items)
    tell(summary, order, reading, country)
    for dataset, rows in (store.replaced_by(version) if new else {}).items():
        older = store.version(dataset)
        summary.notes.append(f"it replaces {rows} rows of {older.name} ({dataset}), whose period it covers")
    if len(reading.countries) == 1 and adopt_country(order.instance, next(iter(reading.countries))):
        only = next(iter(reading.countries))
        summary.notes.append(f"the mission file now says country: {only} ({country_name(only)}), as this file does")
    path = store.rejected(version.id)
    summary.rejected_file = str(path) if path else ""
    return summary


@dataclass
class _Counted:
    rows: int = 0
    lines: int = 0  # lines of the file that became rows


def _refuse_if_unusable(order: Order, reading: Reading, counted: _Counted, country: str) -> None:
    """Nothing is stored from a file that holds nothing usable, or of which most lines are unusable."""
    label = order.source.label
    faults, found = reading.faults, reading.locator.found
    if not counted.rows and not faults:
        raise _nothing_in(reading, label, country)
    if faults.first and faults.lines > MOST_REJECTED * (counted.lines + faults.lines):
        raise BadInput(
            f"has {_lines(faults.lines)} that cannot be used, of {counted.lines + faults.lines} in all, the first"
            f" because {faults.first}",
            f"{label}, line {faults.first.line}", "Nothing was imported. Correct the file and import it again",
        )  # fmt: skip
    if found.exchanged > MOST_REJECTED * (found.by_point + found.not_found.total()):
        raise BadInput(
            f"has its points outside the boundaries, and {found.exchanged} of them inside with longitude and latitude"
            " exchanged",
            label, "Correct the names of these two columns, or the boundaries, and import it again",
        )  # fmt: skip


def _lines(count: int) -> str:
    return f"{count} line" if count == 1 else f"{count} lines"


def _nothing_in(reading: Reading, label: str, country: str) -> BadInput:
    if reading.not_wanted:
        names = listed(sorted(country_name(each) for each in reading.countries)) or "other countries"
        return NothingToImport(
            f"holds nothing on {country_name(country)}; it holds {names}", label,
            "Check the file, or name its country with --country",
        )  # fmt: skip
    if reading.not_filled:
        what = f"has {_lines(reading.not_filled)}, none with a value yet"
        return BadInput(what, label, "Fill in the column `value`")
    return BadInput("holds no line of data", label, "Check that this is the file you meant")


def _version(order: Order, reading: Reading) -> DatasetVersion:
    source = order.source
    plain_name = source.name.rsplit(".", 1)[0]
    notes = list(reading.notes)
    rejected = reading.faults.lines
    if rejected and any(each.complete for each in reading.coverage):
        notes.append(f"{_lines(rejected)} rejected: what they say is missing from the counts")
    return DatasetVersion(
        name=order.name or plain_name,
        lineage=reading.lineage.replace("NAME", order.name or plain_name),
        format=order.importer.FORMAT,
        producer=reading.producer,
        source_type=reading.source_type,
        licence=reading.licence,
        citation=reading.citation,
        file=source.label,
        file_hash=source.hash(),
        known=order.known or reading.known or order.at,
        imported=order.at,
        imported_by=order.imported_by,
        rejected=rejected,
        coverage=tuple(reading.coverage),
        official_for=tuple(reading.official_for),
        own_ids=reading.own_ids,
        closed=reading.closed,
        notes=tuple(notes),
    )
