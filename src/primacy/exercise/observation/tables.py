"""What producers wrote down, as tables in the form of `primacy template`: one for each of them and release."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from primacy.exercise.country.geography import Country
from primacy.exercise.observation.covering import as_comment, coverage
from primacy.exercise.observation.line import Line
from primacy.exercise.observation.producers import Producer, producers

COLUMNS = (
    "kind", "item", "date", "until", "area", "actor", "target", "category", "wave", "stratum", "group", "measure",
    "value", "low", "high", "se", "n", "grade", "source", "origin", "confidentiality", "known",
)  # fmt: skip


def write_release(folder: Path, lines: Iterable[Line], country: Country, *, covered: tuple[date, date]) -> list[Path]:
    """One file for each producer that wrote anything. `covered`: the days of which the release tells all it knows."""
    told = producers()
    by_producer: dict[str, list[Line]] = {}
    for line in lines:
        by_producer.setdefault(line.producer, []).append(line)
    return [
        _write(folder / f"{told[name].dataset}.csv", told[name], by_producer[name], country, covered)
        for name in told
        if name in by_producer
    ]


def _write(path: Path, producer: Producer, lines: list[Line], country: Country, covered: tuple[date, date]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(f"# {comment}\n" for comment in _comments(producer, lines, country, covered))
        writer = csv.DictWriter(stream, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(_row(line) for line in sorted(lines, key=_order))
    return path


def _comments(producer: Producer, lines: list[Line], country: Country, covered: tuple[date, date]) -> Iterator[str]:
    yield f"Invented for practice in {country.names['en']}: no such country, office or person exists."
    yield f"producer: {producer.name}"
    yield f"source type: {producer.type}"
    yield "licence: invented, free to use"
    yield "no persons: actor, target, source"
    if producer.official:
        yield f"official for: {', '.join(producer.official)}"
    for each in coverage(producer, lines, country, covered):
        yield as_comment(each, country)


def _order(line: Line) -> tuple[object, ...]:
    return (line.day, line.columns["kind"], line.columns["item"], line.columns["area"], line.columns["group"],
            line.columns["stratum"], line.measure, line.columns["source"])  # fmt: skip


def _row(line: Line) -> dict[str, object]:
    return {
        **line.columns, "date": line.day, "until": line.day, "measure": line.measure, "value": f"{line.value:.10g}",
        "grade": line.grade, "known": line.known, **line.extra,
    }  # fmt: skip
