"""A store in memory of what producers wrote down, for histories by the hundred: the same rows that importing makes."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from hashlib import sha256

import pyarrow as pa
import pyarrow.compute as pc

from primacy.evidence import Store
from primacy.evidence.kinds import KINDS
from primacy.evidence.store.columns import SCHEMA
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.spooling import complete
from primacy.exercise.country.geography import Country
from primacy.exercise.observation.covering import coverage
from primacy.exercise.observation.producers import Producer, producers
from primacy.exercise.observation.sheets import SELDOM, WORDS, Batch
from primacy.places.files.distinct import Distinct

LEVELS = {0: 0, 3: 0, 5: 1}  # of an area by the length of its code; longer ones are districts
DISTRICT = 2
ZONE = pa.timestamp("us", tz="UTC")


def store_of(batches: Iterable[Batch], country: Country, *, covered: tuple[date, date]) -> Store:
    """`covered`: the days of which producers tell all they know."""
    by_producer: dict[str, list[pa.Table]] = {}
    for batch in batches:
        for name, lines in batch.items():
            by_producer.setdefault(name, []).append(lines)
    versions, tables = [], []
    for name, told in producers().items():
        if name in by_producer:
            lines = pa.concat_tables(by_producer[name]).unify_dictionaries().combine_chunks()
            version = _version(name, told, lines, country, covered)
            versions.append(version)
            tables.append(_rows(lines, country, version.id))
    return Store.in_memory(complete(pa.concat_tables(tables)), versions)


def _version(
    name: str, producer: Producer, lines: pa.Table, country: Country, covered: tuple[date, date]
) -> DatasetVersion:
    first, last = (_morning(found(lines.column("known")).as_py()) for found in (pc.min, pc.max))
    kinds = set(pc.unique(lines.column("kind")).to_pylist())
    days = pc.min(lines.column("date")).as_py(), pc.max(lines.column("date")).as_py()
    return DatasetVersion(
        id=sha256(name.encode()).hexdigest()[:12], name=producer.dataset,
        lineage=f"csv/{producer.dataset}", format="csv",
        producer=producer.name, source_type=producer.type, known=first, imported=first, rows=lines.num_rows,
        known_last=last, start=days[0], end=days[1],
        coverage=tuple(coverage(producer, kinds, days, country, covered)), official_for=producer.official,
    )  # fmt: skip


def _rows(lines: pa.Table, country: Country, dataset: str) -> pa.Table:
    columns = {name: lines.column(name).cast(pa.string()) for name in (*WORDS, *SELDOM, "item", "measure")}
    written = columns["area"]
    areas = pc.if_else(pc.equal(written, ""), country.code, written)
    measured = Distinct(*(columns[name].combine_chunks() for name in ("kind", "measure")))
    columns |= {
        "area": areas,
        "level": pa.array([LEVELS.get(each, DISTRICT) for each in pc.utf8_length(areas).to_pylist()], pa.int8()),
        "date": lines.column("date"),
        "until": lines.column("until"),
        "known": lines.column("known").cast(pa.timestamp("us")).cast(ZONE),
        "unit": measured.texts_of(lambda kind, measure: KINDS[kind].measures[measure]),
        "value": lines.column("value"),
        "confidentiality": columns["confidentiality"].cast(pa.int8()),
        "dataset": pa.repeat(pa.scalar(dataset), lines.num_rows),
    }
    for name in ("low", "high", "se", "n"):
        columns[name] = pc.if_else(pc.equal(columns[name], ""), None, columns[name]).cast(pa.float64())
    return pa.table({name: each.cast(SCHEMA.field(name).type) for name, each in columns.items()})


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
