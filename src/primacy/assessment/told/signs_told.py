"""What people reported of the reversal signs of a benchmark, and whether somebody may confirm one.

A sign is confirmed by a person after two independent origins saw it; an alarm of a series is heard by the engine, but
two origins must have seen what it warns of as well.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from primacy.assessment.rules.signs import RECENT, TWO_ORIGINS
from primacy.framework.entries import Benchmark
from primacy.framework.names import bare
from primacy.framework.signs import signs_named

SEEN, CONFIRMED = "seen", "confirmed"


@dataclass(frozen=True)
class Report:
    """One report that a sign was seen. `writer` is who wrote it on the site; empty for what was imported."""

    day: date
    origin: str
    confidentiality: int
    dataset: str
    writer: str = ""


@dataclass(frozen=True)
class SignReports:
    """A sign with its reports of the last year, newest first, and the day on which it was last confirmed."""

    item: str  # BENCHMARK/sign, as data points name it
    alarm: str  # the indicator whose alarm it is; empty for a sign that people report
    reports: tuple[Report, ...]
    confirmed: date | None

    @property
    def origins(self) -> frozenset[str]:
        """Those that are distinct as the engine counts them: `radio` and `Radio` are one."""
        return frozenset(bare(each.origin) for each in self.reports)

    @property
    def writers(self) -> frozenset[str]:
        """Who wrote them on the site; each imported data set is one more."""
        return frozenset(each.writer or f"from {each.dataset} {bare(each.origin)}" for each in self.reports)

    @property
    def independent(self) -> int:
        """Origins that count: what one person writes on the site is of one origin, under however many labels."""
        return min(len(self.origins), len(self.writers))

    @property
    def enough(self) -> bool:
        return self.independent >= TWO_ORIGINS


def signs_of(
    benchmark: Benchmark, rows: Iterable[Mapping[str, Any]], today: date, writers: Mapping[str, str]
) -> list[SignReports]:  # fmt: skip
    """The signs of a benchmark with what rows of kind `sign` say of them in the last year.

    writers   who wrote a data set on the site
    """
    recent = [row for row in rows if today - timedelta(days=RECENT) < row["date"] <= today]
    return [
        _reports(item, alarm, [row for row in recent if row["item"] == item], writers)
        for item, alarm in signs_named(benchmark).items()
    ]


def _reports(item: str, alarm: str, rows: list[Mapping[str, Any]], writers: Mapping[str, str]) -> SignReports:
    seen = [
        Report(
            row["date"], _origin(row), int(row["confidentiality"] or 0), str(row["dataset"]),
            writers.get(str(row["dataset"]), ""),
        )
        for row in rows if row["measure"] == SEEN
    ]  # fmt: skip
    confirmed = [row["date"] for row in rows if row["measure"] == CONFIRMED]
    ordered = sorted(seen, key=lambda each: (each.day, each.origin), reverse=True)
    return SignReports(item, alarm, tuple(ordered), max(confirmed, default=None))


def _origin(row: Mapping[str, Any]) -> str:
    """As it was written, the first that names anybody: the choice of `items.origin_named`."""
    written = (str(row[name] or "") for name in ("origin", "source"))
    return next((each for each in written if bare(each)), str(row["dataset"]))
