"""A store in memory of what producers wrote down, for histories by the hundred: the same rows that importing makes."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any

import pyarrow as pa

from primacy.evidence import Store
from primacy.evidence.kinds import KINDS
from primacy.evidence.store.columns import SCHEMA
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.spooling import complete
from primacy.exercise.country.geography import Country
from primacy.exercise.observation.covering import coverage
from primacy.exercise.observation.line import Line
from primacy.exercise.observation.producers import Producer, producers

LEVELS = {0: 0, 3: 0, 5: 1}  # of an area by the length of its code; longer ones are districts
DISTRICT = 2
WORDS = ("kind", "item", "actor", "target", "category", "group", "stratum", "source")


def store_of(lines: Sequence[Line], country: Country, *, covered: tuple[date, date]) -> Store:
    """`covered`: the days of which producers tell all they know."""
    versions, tables = [], []
    by_producer: dict[str, list[Line]] = {}
    for line in lines:
        by_producer.setdefault(line.producer, []).append(line)
    for name, told in producers().items():
        if own := by_producer.get(name):
            version = _version(name, told, own, country, covered)
            versions.append(version)
            tables.append(_rows(own, country, version.id))
    return Store.in_memory(complete(pa.concat_tables(tables)), versions)


def _version(
    name: str, producer: Producer, lines: Sequence[Line], country: Country, covered: tuple[date, date]
) -> DatasetVersion:
    known = [_morning(line.known) for line in lines]
    kinds, start = {line.columns["kind"] for line in lines}, min(line.day for line in lines)
    return DatasetVersion(
        id=sha256(name.encode()).hexdigest()[:12], name=producer.dataset,
        lineage=f"csv/{producer.dataset}", format="csv",
        producer=producer.name, source_type=producer.type, known=min(known), imported=min(known), rows=len(lines),
        known_last=max(known), start=start, end=max(line.day for line in lines),
        coverage=tuple(coverage(producer, kinds, start, country, covered)), official_for=producer.official,
    )  # fmt: skip


def _rows(lines: Sequence[Line], country: Country, dataset: str) -> pa.Table:
    areas = [line.columns["area"] or country.code for line in lines]
    columns: dict[str, list[Any]] = {name: [line.columns[name] for line in lines] for name in WORDS}
    columns |= {name: [line.extra.get(name) for line in lines] for name in ("low", "high", "se", "n", "origin", "wave")}
    columns |= {
        "area": areas,
        "level": [LEVELS.get(len(each), DISTRICT) for each in areas],
        "date": [line.day for line in lines],
        "until": [line.extra.get("until", line.day) for line in lines],
        "known": [_morning(line.known) for line in lines],
        "measure": [line.measure for line in lines],
        "unit": [KINDS[line.columns["kind"]].measures[line.measure] for line in lines],
        "value": [line.value for line in lines],
        "grade": [line.grade for line in lines],
        "confidentiality": [int(line.columns["confidentiality"]) for line in lines],
        "dataset": [dataset] * len(lines),
    }
    return pa.table({name: pa.array(values, SCHEMA.field(name).type) for name, values in columns.items()})


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
