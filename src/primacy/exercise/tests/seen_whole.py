"""Evidence as if everybody saw everything at once and without an error: what a truth looks like to the engine."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np

from primacy.assessment.tests.building import COUNTRY
from primacy.evidence.kinds import KINDS
from primacy.exercise.truth import Thing, Truth

Tree = dict[str, Any]
COLUMNS = ("category", "actor", "target", "group", "stratum")
ROUNDS = 6  # months between two surveys, and two readings of a register


def evidence(truth: Truth) -> list[Tree]:
    """One complete data set for each kind of data point, in the form of `assessment/tests/building.py`."""
    span = f"{truth.first} to {truth.last_day(truth.months - 1)}"
    found = []
    for kind in dict.fromkeys(thing.kind for thing in truth.things):
        rows = [row for row, thing in enumerate(truth.things) if thing.kind == kind]
        covers: Tree = {"span": span, "targets": ["*"], "actors": ["*"], "groups": ["*"]}
        points = [point for row in rows for point in _points(truth, row)]
        found.append(
            {
                "kind": kind,
                "points": points,
                "covers": covers,
                "source_type": "survey" if kind == "survey" else "producer",
            }
        )
    return found


def _points(truth: Truth, row: int) -> Iterator[str]:
    thing, values = truth.things[row], truth.values[row]
    nature = KINDS[thing.kind].nature
    for month in _months(thing, nature, values):
        day = truth.first_day(int(month)).replace(day=15)
        value = float(values[month])
        if thing.measure == "due":
            yield _line(thing, day, 1.0, f"until={truth.last_day(int(value))}")
        elif thing.kind in ("rubric", "provision"):
            yield from (_line(thing, day, round(value), f"source={who}") for who in ("one", "two"))
        elif thing.kind == "survey":
            yield _line(thing, day, value, "se=0.001 n=2000")
        else:
            yield _line(thing, day, value, "")


def _months(thing: Thing, nature: str, values: Any) -> Sequence[int]:
    """Every month, but every half a year of surveys and of what ought to exist."""
    there = np.flatnonzero(np.nan_to_num(values) != 0 if nature in ("event", "effort") else ~np.isnan(values))
    rarely = thing.kind == "survey" or thing.measure in ("expected", "due")
    return [int(month) for month in there if not rarely or month % ROUNDS == ROUNDS - 1]


def _line(thing: Thing, day: date, value: float, more: str) -> str:
    named = {name: getattr(thing, name) for name in COLUMNS if getattr(thing, name)}
    words = " ".join(f"{name}={text}" for name, text in named.items())
    counts = KINDS[thing.kind].nature in ("event", "effort")
    item = f"{day}-{'-'.join(named.values())}-{thing.area}" if counts else thing.item or "it"
    return f"{day} {item} {thing.measure}={value:.12g} area={thing.area or COUNTRY} grade=A1 {words} {more}".strip()
