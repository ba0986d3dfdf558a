"""Builds what an assessment needs from a few written lines: a country, a mission, benchmarks, evidence.

Evidence is a list of data sets. Each is a mapping:

    kind         of its points and of its coverage, unless they say otherwise
    source_type  producer, monitor, survey, register, media or expert (producer when not said)
    covers       `2015-01-01 to 2026-06-30`: complete for the kind; a mapping for more (see `coverage_of`); absent: nothing
    known        the day on which it became known (2010-01-01 when not said)
    official_for topics on which it is the official source (none when not said)
    lineage      whose series of releases it belongs to (its own when not said)
    points       one line for each data point: `2026-03-01 L1 stage=4 grade=B2 origin=gazette area=XX01`
                 (day, item, measure=value, then any column=value); `2025-07..2026-06 L1 ...` says it again on the first
                 day of each month
    monthly      one line for a run of months: `2021-01..2023-12 events=60 area=XX01`; several values take turns:
                 `events=4,6,5`
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any

import pyarrow as pa

from primacy.assessment.assessing import Assessment, assess
from primacy.assessment.finding import Finding
from primacy.assessment.inputs import Inputs
from primacy.assessment.trend import TrendModel
from primacy.evidence.columns import NAMES, SCHEMA
from primacy.evidence.datasets import Coverage, DatasetVersion
from primacy.evidence.numbered_days import first_day
from primacy.evidence.spooling import complete
from primacy.evidence.store import Store
from primacy.framework import Framework, Mission
from primacy.framework.entries import Benchmark, Output
from primacy.framework.loading import load
from primacy.framework.yaml_files import read_yaml
from primacy.places.areas import Area, Areas

COUNTRY = "XX"
AS_OF = date(2026, 6, 30)
KNOWN = datetime(2026, 7, 1, tzinfo=UTC)
SUBJECT = "O2.S9"  # short: what needs two kinds of source at longer terms does not here
EVERYTHING = "1990-01-01 to 2026-06-30"
NUMBERS = ("low", "high", "se", "n")
INTEGERS = ("level", "revision", "confidentiality", "line")
Tree = dict[str, Any]


def country() -> Areas:
    """Four invented provinces in a row, west to east, with 40, 30, 20 and 10 % of the people."""
    codes = ["XX01", "XX02", "XX03", "XX04"]
    names = ["Morand", "Belwe", "Tasso", "Ouve"]
    areas = [Area(COUNTRY, 0, "", {"en": "Ostara"})]
    areas += [Area(code, 1, COUNTRY, {"en": name}) for code, name in zip(codes, names, strict=True)]
    areas += [Area("XX0101", 2, "XX01", {"en": "Upper Morand"}), Area("XX0102", 2, "XX01", {"en": "Lower Morand"})]
    beside = {"XX01": ["XX02"], "XX02": ["XX01", "XX03"], "XX03": ["XX02", "XX04"], "XX04": ["XX03"]}
    people = {"XX01": 400_000.0, "XX02": 300_000.0, "XX03": 200_000.0, "XX04": 100_000.0}
    return Areas(areas, people, beside)


# ---- the mission and its benchmarks


def mission(**fields: Any) -> Mission:
    return Mission.model_validate({"country": COUNTRY, "capital": "XX01", **fields})


def benchmark(content: str | Tree | Benchmark, id: str = SUBJECT) -> Benchmark:
    """A benchmark from what a test cares about: indicators, rule and thresholds; the rest is filled in."""
    if isinstance(content, Benchmark):
        return content
    given = dict(read_yaml(content) if isinstance(content, str) else content)
    horizon = {"S": "short", "M": "medium", "L": "long"}[id.split(".")[1][0]]
    filled: Tree = {
        "id": id, "title": f"Title of {id}", "short": id, "question": "Is it so?", "horizon": horizon,
        "lead": "political-affairs", "misleads": "Much.", "collect": [], "reversal": [], "thresholds": {},
    }  # fmt: skip
    return Benchmark.model_validate(filled | given)


def framework(benchmarks: Mapping[str, str | Tree | Benchmark]) -> Framework:
    """A framework of these benchmarks alone; published thresholds and sentences are those of the standard one."""
    outputs = tuple(
        Output(id=id, title=f"Output {id}", short=id, about="", lead=["political-affairs"])
        for id in sorted({id.split(".")[0] for id in benchmarks})
    )
    built = {id: benchmark(content, id) for id, content in benchmarks.items()}
    standard = load()
    return Framework(outputs, built, standard.published, standard.texts)


# ---- evidence


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
    kind = dataset["kind"]
    for line in dataset.get("points", ()):
        when, item, words = line.split(None, 2)
        for day in _days(when):
            yield from _row(day, item, words_of(words), kind)
    for line in dataset.get("monthly", ()):
        span, words = line.split(None, 1)
        start, stop = (month_of(text) for text in span.split(".."))
        fields = words_of(words)
        turns = {name: text.split(",") for name, text in fields.items()}
        for turn, month in enumerate(range(start, stop + 1)):
            now = {name: values[turn % len(values)] for name, values in turns.items()}
            item = f"{fields.get('area', COUNTRY)}-{fields.get('category', '')}-{month}"
            yield from _row(first_day(month), item, now, kind)


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


def shuffled(of: Store, order: Sequence[int]) -> Store:
    """The same store with its rows in another order."""
    rows = of._given
    assert rows is not None
    return Store.in_memory(rows.take(pa.array(order, pa.int64())), of.versions())


# ---- judging


@dataclass(frozen=True)
class Setting:
    """What one judgement needs; tests change what they are about."""

    model: TrendModel
    benchmarks: Mapping[str, str | Tree | Benchmark]
    evidence: Sequence[Tree] = ()
    mission: Tree = field(default_factory=dict)
    areas: Areas = field(default_factory=country)
    as_of: date = AS_OF
    known: datetime = KNOWN

    def inputs(self) -> Inputs:
        return Inputs(framework(self.benchmarks), mission(**self.mission), store(self.evidence), self.areas, self.model)

    def assess(self) -> Assessment:
        return assess(self.inputs(), as_of=self.as_of, known=self.known)

    def judge(self, id: str = SUBJECT) -> Finding:
        return next(each for each in self.assess().findings if each.benchmark == id)


class Judge:
    """`judge(benchmark, evidence, ...)` gives the finding of one benchmark."""

    def __init__(self, model: TrendModel) -> None:
        self.model = model

    def __call__(
        self, content: str | Tree | Benchmark, evidence: Sequence[Tree] = (), *, id: str = SUBJECT,
        others: Mapping[str, str | Tree | Benchmark] | None = None, **setting: Any,
    ) -> Finding:  # fmt: skip
        return Setting(self.model, {**(others or {}), id: content}, evidence, **setting).judge(id)
