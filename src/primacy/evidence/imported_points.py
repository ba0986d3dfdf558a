"""From a reading to a stored dataset version, or to the one reason why nothing of the file was stored."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa

from primacy.evidence.datasets import DatasetVersion
from primacy.evidence.errors import BadInput
from primacy.evidence.formats import Progress, Reading
from primacy.evidence.mission_country import adopt_country
from primacy.evidence.store import Store
from primacy.evidence.summary import Order, Summary, listed, tell
from primacy.places.countries import country_name

MOST_REJECTED = 0.5


def store_points(order: Order, reading: Reading, country: str, told: Progress) -> Summary:
    store = Store(order.instance.evidence)
    counted = _Counted()

    def batches() -> Iterator[pa.RecordBatch]:
        for table in reading.batches:
            counted.rows += table.num_rows
            told(0.8 * reading.share(), f"{counted.rows} rows read")
            yield from table.combine_chunks().to_batches()
        _refuse_if_unusable(order, reading, counted.rows, country)

    def described() -> DatasetVersion:
        return _version(order, reading)

    version, new = store.add(batches(), described, rejected=reading.rejected)
    summary = Summary(
        order.source.label, order.importer.FORMAT, order.format_given, new, version, version.rows, version.items,
        version.rejected,
    )  # fmt: skip
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


def _refuse_if_unusable(order: Order, reading: Reading, rows: int, country: str) -> None:
    """Nothing is stored from a file that holds nothing usable, or of which most lines are unusable."""
    label = order.source.label
    first = min(reading.rejected, key=lambda each: each.line, default=None)
    if not rows and reading.not_wanted and not first:
        names = listed(sorted(country_name(each) for each in reading.countries))
        raise BadInput(
            f"holds nothing on {country_name(country)}; it holds {names}", label,
            "Check the file, or name its country with --country",
        )  # fmt: skip
    if not rows and not first and reading.not_filled:
        raise BadInput(f"has {reading.not_filled} lines, none with a value yet", label, "Fill in the column `value`")
    if not rows and not first:
        raise BadInput("holds no line of data", label, "Check that this is the file you meant")
    if first and len({each.line for each in reading.rejected}) > MOST_REJECTED * _lines(reading, rows):
        raise BadInput(
            f"has {len(reading.rejected)} lines that cannot be used, the first because {first.reason}",
            f"{label}, line {first.line}", "Nothing was imported. Correct the file and import it again",
        )  # fmt: skip


def _lines(reading: Reading, rows: int) -> int:
    per_line = 3 if reading.lineage == "ucdp-ged" else 1
    return rows // per_line + len({each.line for each in reading.rejected})


def _version(order: Order, reading: Reading) -> DatasetVersion:
    source = order.source
    plain_name = source.name.rsplit(".", 1)[0]
    notes = list(reading.notes)
    if reading.rejected and any(each.complete for each in reading.coverage):
        notes.append(f"{len(reading.rejected)} lines were rejected: their events are missing from the counts")
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
        rejected=len(reading.rejected),
        coverage=tuple(reading.coverage),
        official_for=tuple(reading.official_for),
        notes=tuple(notes),
    )
