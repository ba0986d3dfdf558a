"""The invented evidence as tables: one for each data set and release, in the form that `primacy template` writes.

What only a person may enter on the site, such as that a sign is confirmed, is in no table: `entered` gives it.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from primacy.web.sample.country import country
from primacy.web.sample.dates import Calendar
from primacy.web.sample.lines import Line, lines
from primacy.web.sample.series import drawn, totals

HERE = Path(__file__).parent
CUT = -6  # the last month of the first release
FIRST = -60
COLUMNS = (
    "kind", "item", "date", "until", "area", "actor", "target", "category", "wave", "stratum", "group", "measure",
    "value", "low", "high", "se", "n", "grade", "source", "confidentiality", "note",
)  # fmt: skip
INTERNAL = "1"
INVENTED = "(invented)"


@dataclass(frozen=True)
class Dataset:
    name: str
    producer: str
    type: str
    grade: str = ""
    complete: tuple[str, ...] = ()
    since: int = FIRST
    revised: int = 0
    once: bool = False
    site: bool = False


@cache
def datasets() -> Mapping[str, Dataset]:
    told = yaml.safe_load((HERE / "datasets.yaml").read_text("utf-8"))
    return {name: Dataset(name, **{**each, "complete": tuple(each.get("complete", ()))}) for name, each in told.items()}


def evidence(calendar: Calendar) -> list[Line]:
    """All data points, those of chance included; the same for the same day."""
    ways = {"lines": lines, "drawn": drawn, "totals": totals}
    found: list[Line] = []
    for path in sorted((HERE / "evidence").glob("*.yaml")):
        for way, descriptions in yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader).items():
            for description in descriptions:
                found += ways[way](description, calendar)
    return found


def write_release(folder: Path, calendar: Calendar, said: Iterable[Line], *, second: bool) -> list[Path]:
    """The tables of one release: up to the cut, or what came after it with what was revised."""
    by_dataset: dict[str, list[Line]] = {}
    for line in said:
        if _belongs(line, datasets()[line.dataset], second=second):
            by_dataset.setdefault(line.dataset, []).append(line)
    return [
        _write(folder, calendar, datasets()[name], by_dataset[name], second=second)
        for name in datasets()
        if name in by_dataset and not datasets()[name].site
    ]


def entered(said: Iterable[Line], *, second: bool) -> dict[str, list[dict[str, Any]]]:
    """Of each data set that persons entered on the site its data points of one release."""
    found: dict[str, list[dict[str, Any]]] = {}
    for line in said:
        dataset = datasets()[line.dataset]
        if dataset.site and _belongs(line, dataset, second=second):
            row = {"date": line.day, "until": line.day, "area": country().code, "level": 0, "confidentiality": 1}
            found.setdefault(line.dataset, []).append(
                {**row, **line.columns, "measure": line.measure, "value": float(line.value)}
            )
    return found


def _belongs(line: Line, dataset: Dataset, *, second: bool) -> bool:
    if second:
        return not dataset.once and line.month > CUT - dataset.revised
    return dataset.once or (line.month <= CUT and not (line.late and line.month > CUT - dataset.revised))


def _write(folder: Path, calendar: Calendar, dataset: Dataset, said: list[Line], *, second: bool) -> Path:
    path = folder / f"{dataset.name}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(f"# {comment}\n" for comment in _comments(calendar, dataset, second=second))
        writer = csv.DictWriter(stream, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(
            _row(line, dataset) for line in sorted(said, key=lambda each: (each.day, each.columns["kind"]))
        )
    return path


def _comments(calendar: Calendar, dataset: Dataset, *, second: bool) -> Iterator[str]:
    yield "Invented for practice: no such country, office or person exists."
    yield f"producer: {dataset.producer} {INVENTED}"
    yield f"source type: {dataset.type}"
    yield "licence: invented, free to use"
    first, last = (CUT - dataset.revised + 1, -1) if second else (dataset.since, CUT)
    areas = ", ".join(country().provinces)
    for written in dataset.complete:
        kind, _, categories = written.partition(":")
        period = f"{calendar.start(first)} to {calendar.end(last)}"
        yield f"coverage: {kind}; {areas}; {period}; complete" + (f"; {categories.strip()}" if categories else "")


def _row(line: Line, dataset: Dataset) -> dict[str, Any]:
    return {
        "date": line.day, "until": line.day, "grade": dataset.grade, "source": dataset.producer,
        "confidentiality": INTERNAL, **line.columns, "measure": line.measure, "value": line.value, **line.extra,
    }  # fmt: skip
