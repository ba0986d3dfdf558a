"""Builds what an assessment needs from a few written lines: a country, a mission, benchmarks, evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa

from primacy.assessment.assessing import Assessment, assess
from primacy.assessment.cases.invented_country import CAPITAL, COUNTRY, country
from primacy.assessment.cases.trying import AS_OF, SUBJECT, Tree, filled_in, framework_of
from primacy.assessment.cases.written_evidence import store
from primacy.assessment.finding import Finding
from primacy.assessment.inputs import Inputs
from primacy.assessment.trends.trend import TrendModel
from primacy.evidence.store.store import Store
from primacy.framework import Framework, Mission
from primacy.framework.entries import Benchmark
from primacy.framework.loading import load
from primacy.framework.yaml_files import read_yaml
from primacy.places.areas import Areas

KNOWN = datetime(2026, 7, 1, tzinfo=UTC)
EVERYTHING = "1990-01-01 to 2026-06-30"


# ---- the mission and its benchmarks


def mission(**fields: Any) -> Mission:
    return Mission.model_validate({"country": COUNTRY, "capital": CAPITAL, **fields})


def benchmark(content: str | Tree | Benchmark, id: str = SUBJECT) -> Benchmark:
    """A benchmark from what a test cares about: indicators, rule and thresholds; the rest is filled in."""
    if isinstance(content, Benchmark):
        return content
    return filled_in(read_yaml(content) if isinstance(content, str) else content, id)


def framework(benchmarks: Mapping[str, str | Tree | Benchmark]) -> Framework:
    """A framework of these benchmarks alone; published thresholds and sentences are those of the standard one."""
    return framework_of({id: benchmark(content, id) for id, content in benchmarks.items()}, load())


# ---- evidence


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
