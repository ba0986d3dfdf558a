"""Small worlds from a few written lines, four provinces wide: each line a thing and its months.

incident events area=XX01 : 24x10 12x2        24 months of 10, then 12 of 2; `-` is nothing yet
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from primacy.assessment.tests.building import SUBJECT, country, framework, mission
from primacy.evidence.kinds import KINDS
from primacy.exercise.true_rules import Judged, judged
from primacy.exercise.true_things import World
from primacy.exercise.truth import Thing, Truth
from primacy.places.areas import Areas

FIRST = date(2020, 1, 1)
BASELINE = {"name": "before", "from": "2020-01-01", "to": "2021-12-31", "signed": ["planning", "jmac"], "because": "x"}
BASED = {"baselines": [BASELINE]}  # months 0 to 23


def truth(text: str) -> Truth:
    """Events are their own underlying number where `underlying` is not written after a second colon."""
    things, values, underlying = [], [], []
    for line in filter(None, (each.strip() for each in text.splitlines())):
        named, *runs = line.split(" : ")
        thing = _thing(named)
        things.append(thing)
        values.append(_months(runs[0]))
        counts = KINDS[thing.kind].nature in ("event", "effort")
        underlying.append(_months(runs[-1]) if counts else [np.nan] * len(values[-1]))
    months = max((len(each) for each in values), default=0)
    shaped = [np.array(rows, dtype=float).reshape(len(things), months) for rows in (values, underlying)]
    return Truth(FIRST, tuple(things), *shaped)


def _thing(text: str) -> Thing:
    kind, measure, *words = text.split()
    return Thing(kind, measure, **dict(word.split("=", 1) for word in words))


def _months(text: str) -> list[float]:
    found: list[float] = []
    for run in text.split():
        times, _, value = run.partition("x")
        found += [np.nan if value == "-" else float(value)] * int(times)
    return found


def judge(
    content: str, things: str, *, mission_file: Mapping[str, Any] | None = None, id: str = SUBJECT,
    others: Mapping[str, Any] | None = None, areas: Areas | None = None,
) -> Judged:  # fmt: skip
    """One benchmark over all months of a world."""
    asked = framework({**(others or {}), id: content})
    return judged(World(truth(things), asked, mission(**(mission_file or {})), areas or country()), id)


def now(content: str, things: str, **more: Any) -> bool | None:
    """Whether it holds at the end."""
    code = int(judge(content, things, **more).course[-1])
    return None if code < 0 else bool(code)


def asks(indicator: str, rule: str, more: str = "") -> str:
    """A benchmark of one indicator, x, and a rule in one line."""
    return f"indicators: {{x: {indicator}{more}}}\nrule: {{{rule}}}\n"
