"""Evidence as somebody writes it in a few lines, to say what a rule ought to find in it.

Evidence is a list of data sets. Each is a mapping:

    kind         of its points and of its coverage, unless they say otherwise
    source_type  producer, monitor, survey, register, media or expert (producer when not said)
    covers       `2015-01-01 to 2026-06-30`: complete for the kind; a mapping for more (`coverage_of`); absent: nothing
    known        the day on which it became known (2010-01-01 when not said)
    official_for topics on which it is the official source (none when not said)
    lineage      whose series of releases it belongs to (its own when not said)
    points       one line for each data point: `2026-03-01 L1 stage=4 grade=B2 origin=gazette area=XX01`
                 (day, item, measure=value, then any column=value); `2025-07..2026-06 L1 ...` says it again on the first
                 day of each month
    monthly      one line for a run of months: `2021-01..2023-12 events=60 area=XX01`; several values take turns:
                 `events=4,6,5`
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any

import pyarrow as pa

from primacy.assessment.cases.invented_country import COUNTRY
from primacy.evidence.store.columns import NAMES, SCHEMA
from primacy.evidence.store.datasets import Coverage, DatasetVersion
from primacy.evidence.store.numbered_days import first_day
from primacy.evidence.store.spooling import complete
from primacy.evidence.store.store import Store
from primacy.framework.saying import Said, Unfit, said

NUMBERS = ("low", "high", "se", "n")
INTEGERS = ("level", "revision", "confidentiality", "line")
Tree = dict[str, Any]


def month_of(text: str) -> int:
    year, month = text.split("-")
    return int(year) * 12 + int(month) - 1


def words_of(line: str) -> Tree:
    """`a=b c=d` as a mapping; the first `=` separates, so that `group=sex=f` reads as it should."""
    return dict(word.split("=", 1) for word in line.split())


def _row(day: date, item: str, words: Tree, kind: str) -> Iterator[Tree]:
    """One row for each measure named; what is no measure is a column."""
    columns: Tree = {"kind": words.get("kind", kind), "item": item, "date": day, "area": COUNTRY}
    for name, text in words.items():
        if name == "until":
            columns[name] = date.fromisoformat(text)
        elif name == "known":
            columns[name] = datetime.combine(date.fromisoformat(text), time(), UTC)
        elif name in NUMBERS:
            columns[name] = float(text)
        elif name in INTEGERS:
            columns[name] = int(text)
        elif name in NAMES:
            columns[name] = text
    columns.setdefault("level", {2: 0, 4: 1, 6: 2}.get(len(columns["area"]), 0))
    measures = [name for name in words if name not in NAMES]
    for name in measures:
        yield {**columns, "measure": name, "value": float(words[name])}


def _days(text: str) -> Iterator[date]:
    """One day, or the first of each month of a run."""
    if ".." not in text:
        yield date.fromisoformat(text)
        return
    start, stop = (month_of(each) for each in text.split(".."))
    yield from (first_day(month) for month in range(start, stop + 1))


def points_of(dataset: Tree) -> Iterator[Tree]:
    """Every row that the lines of a data set stand for.

    Raises   Unfit naming the first line that stands for none.
    """
    for field, (rows, do) in LINES.items():
        for line in dataset.get(field, ()):
            try:
                yield from rows(str(line), dataset["kind"])
            except (ValueError, OverflowError) as error:
                raise Unfit(said("no-point", given=str(line)), do) from error


def _points(line: str, kind: str) -> Iterator[Tree]:
    when, item, words = line.split(None, 2)
    for day in _days(when):
        yield from _row(day, item, words_of(words), kind)


def _monthly(line: str, kind: str) -> Iterator[Tree]:
    span, words = line.split(None, 1)
    start, stop = (month_of(text) for text in span.split(".."))
    fields = words_of(words)
    turns = {name: text.split(",") for name, text in fields.items()}
    for turn, month in enumerate(range(start, stop + 1)):
        now = {name: values[turn % len(values)] for name, values in turns.items()}
        item = f"{fields.get('area', COUNTRY)}-{fields.get('category', '')}-{month}"
        yield from _row(first_day(month), item, now, kind)


LINES: Mapping[str, tuple[Callable[[str, str], Iterator[Tree]], Said]] = {
    "points": (_points, said("do.point")),
    "monthly": (_monthly, said("do.monthly")),
}
"""How the lines of each field are read, and what to do where one cannot be."""


def coverage_of(dataset: Tree) -> tuple[Coverage, ...]:
    """`covers` as a span or list of spans, each a text or a mapping with `span` and the fields of a coverage."""
    given = dataset.get("covers")
    if given is None:
        return ()
    found = []
    for each in given if isinstance(given, list) else [given]:
        fields = dict(each) if isinstance(each, Mapping) else {"span": each}
        start, end = (date.fromisoformat(text) for text in fields.pop("span").split(" to "))
        content = {"kind": dataset["kind"], "areas": (COUNTRY,), "complete": True, "start": start, "end": end}
        found.append(Coverage.model_validate(content | fields))
    return tuple(found)


def version_of(dataset: Tree, number: int) -> DatasetVersion:
    name = str(dataset.get("data", f"data set {number}"))
    moment = datetime.combine(date.fromisoformat(str(dataset.get("known", "2010-01-01"))), time(), UTC)
    rows = list(points_of(dataset))
    days, told = [row["date"] for row in rows], [row["known"] for row in rows if "known" in row]
    return DatasetVersion(
        id=sha256(f"{number}/{name}".encode()).hexdigest()[:12], name=name, lineage=dataset.get("lineage", name),
        format="csv", source_type=dataset.get("source_type", "producer"), known=moment, imported=moment,
        coverage=coverage_of(dataset), start=min(days, default=None), end=max(days, default=None),
        official_for=tuple(dataset.get("official_for", ())), known_last=max(told, default=None),
    )  # fmt: skip


def store(evidence: Sequence[Tree]) -> Store:
    """A store in memory of these data sets."""
    rows, versions = [], []
    for number, dataset in enumerate(evidence):
        version = version_of(dataset, number)
        versions.append(version)
        rows += [{"known": version.known, **row, "dataset": version.id} for row in points_of(dataset)]
    columns = {field.name: [row.get(field.name) for row in rows] for field in SCHEMA}
    given = {name: values for name, values in columns.items() if any(value is not None for value in values)}
    table = pa.table({name: pa.array(values, SCHEMA.field(name).type) for name, values in given.items()})
    return Store.in_memory(complete(table) if rows else SCHEMA.empty_table(), versions)
