"""What producers wrote down, as tables in the form of `primacy template`: one for each of them and release."""

import csv
import shutil
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from primacy.exercise.country.geography import Country
from primacy.exercise.country.writing import LICENCE
from primacy.exercise.observation.covering import as_comment, coverage
from primacy.exercise.observation.line import Line
from primacy.exercise.observation.producers import Producer, producers

COLUMNS = (
    "kind", "item", "date", "until", "area", "actor", "target", "category", "wave", "stratum", "group", "measure",
    "value", "low", "high", "se", "n", "grade", "source", "origin", "confidentiality", "known",
)  # fmt: skip
AT_ONCE = 100_000  # lines in memory, of all producers together


def write_release(folder: Path, lines: Iterable[Line], country: Country, *, covered: tuple[date, date]) -> list[Path]:
    """One file for each producer that wrote anything, in batches, however many lines there are.

    `covered`: the days of which the release tells all it knows.
    """
    told = producers()
    bodies: dict[str, _Body] = {}
    for number, line in enumerate(lines, start=1):
        if line.producer not in bodies:
            bodies[line.producer] = _Body(folder / f"{told[line.producer].dataset}.body")
        bodies[line.producer].add(line)
        if not number % AT_ONCE:
            for each in bodies.values():
                each.write()
    return [
        _whole(folder / f"{told[name].dataset}.csv", told[name], bodies[name], country, covered)
        for name in told
        if name in bodies
    ]


class _Body:
    """The lines of one producer on their way into its file: a batch of them in memory, in the order of their days."""

    def __init__(self, path: Path) -> None:
        self.path, self.first, self.kinds = path, date.max, set[str]()
        self._batch: list[Line] = []

    def add(self, line: Line) -> None:
        self.first = min(self.first, line.day)
        self.kinds.add(line.columns["kind"])
        self._batch.append(line)

    def write(self) -> None:
        with self.path.open("a", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows(map(_row, sorted(self._batch, key=_order)))
        self._batch = []


def _whole(path: Path, producer: Producer, body: _Body, country: Country, covered: tuple[date, date]) -> Path:
    """Head and body: what a release covers is known when its last line is."""
    body.write()
    with path.open("w", encoding="utf-8", newline="") as stream, body.path.open(encoding="utf-8", newline="") as rows:
        stream.writelines(f"# {comment}\n" for comment in _comments(producer, body, country, covered))
        stream.write(",".join(COLUMNS) + "\n")
        shutil.copyfileobj(rows, stream)
    body.path.unlink()
    return path


def _comments(producer: Producer, body: _Body, country: Country, covered: tuple[date, date]) -> Iterator[str]:
    yield f"Invented for practice in {country.names['en']}: no such country, office or person exists."
    yield f"producer: {producer.name}"
    yield f"source type: {producer.type}"
    yield f"licence: {LICENCE}"
    yield "no persons: actor, target, source"
    if producer.official:
        yield f"official for: {', '.join(producer.official)}"
    for each in coverage(producer, body.kinds, body.first, country, covered):
        yield as_comment(each, country)


def _order(line: Line) -> tuple[object, ...]:
    return (line.day, line.columns["kind"], line.columns["item"], line.columns["area"], line.columns["group"],
            line.columns["stratum"], line.measure, line.columns["source"])  # fmt: skip


def _row(line: Line) -> tuple[object, ...]:
    """In the order of `COLUMNS`."""
    of, more = line.columns, line.extra.get
    return (
        of["kind"], of["item"], line.day, more("until", line.day), of["area"], of["actor"], of["target"],
        of["category"], more("wave", ""), of["stratum"], of["group"], line.measure, f"{line.value:.10g}",
        more("low", ""), more("high", ""), more("se", ""), more("n", ""), line.grade, of["source"], more("origin", ""),
        of["confidentiality"], line.known,
    )  # fmt: skip
