"""Invents evidence that every indicator of a framework could read, so that properties can be tried on all benchmarks."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from primacy.assessment.indicators.items import scheme_of
from primacy.evidence.kinds import KINDS
from primacy.framework import Framework
from primacy.framework.grammar import Indicator

SPAN = "2019-01-01 to 2026-06-30"
PROVINCES = ("XX01", "XX02", "XX03", "XX04")
GRADES = ("", "A1", "B2", "B3", "C3", "D4")
SOURCES = ("producer", "monitor", "register")
Tree = dict[str, Any]


def lists_named(framework: Framework) -> dict[str, list[str]]:
    """Two invented members for every list of the mission file that an indicator or rule names."""
    text = str(framework.as_dict())
    names = {word.split("'")[0].split("}")[0].split(",")[0].rstrip("]) ") for word in text.split("mission.")[1:]}
    return {name: [f"{name}-one", f"{name}-two"] for name in sorted(names)}


def mission_fields(framework: Framework) -> Tree:
    """A mission that has begun everything, set every day, and named every list."""
    lists = lists_named(framework)
    waits = {name for each in framework.benchmarks.values() for name in _events(each.rule)}
    return {
        "capital": "XX01",
        "priority_counterparts": lists.pop("priority_counterparts", []),
        "registers": {name: members for name, members in lists.items() if name not in ("capital", "core")},
        "events": dict.fromkeys(sorted(waits), "2024-03-01"),
        "baselines": [
            {
                "name": "start",
                "from": "2021-01-01",
                "to": "2021-12-31",
                "signed": ["planning", "jmac"],
                "because": "first year",
            }
        ],
    }


def _events(rule: Any) -> Iterator[str]:
    yield from (name for name in rule.after if "." not in name)
    against = getattr(rule.call, "against", None) if rule.is_leaf else None
    if against not in (None, "baseline", "previous"):
        yield against
    for child in (*rule.children, *rule.veto):
        yield from _events(child)


def evidence(framework: Framework, chance: Random, lists: Mapping[str, list[str]]) -> list[Tree]:
    """Random rows for every indicator, as data sets: one for each kind and type of source."""
    lines: dict[tuple[str, str], list[str]] = defaultdict(list)
    for benchmark in framework.benchmarks.values():
        for indicator in benchmark.indicators.values():
            if indicator.kind is None or chance.random() < 0.1:
                continue
            for line in _lines(indicator, chance, lists):
                lines[indicator.kind, chance.choice(SOURCES)].append(line)
            if indicator.effort is not None:
                measure = next(iter(KINDS[indicator.effort].measures))
                days = (f"{_day(chance)} effort {measure}={chance.randint(1, 30)}" for _ in range(5))
                lines[indicator.effort, "register"] += days
    return [
        {
            "kind": kind,
            "data": f"{kind} of a {source}",
            "source_type": source,
            "points": points,
            "covers": _covers(kind),
        }
        for (kind, source), points in sorted(lines.items())
    ]


def _covers(kind: str) -> Any:
    """Complete for what is counted; states and estimates say nothing by their silence."""
    if KINDS[kind].nature not in ("event", "effort"):
        return None
    return {"span": SPAN, "targets": ["*"], "actors": ["*"], "groups": ["*"]}


def _day(chance: Random) -> date:
    recent = chance.random() < 0.5
    return date(2026, 6, 28) - timedelta(days=chance.randint(0, 80 if recent else 2500))


def _lines(indicator: Indicator, chance: Random, lists: Mapping[str, list[str]]) -> Iterator[str]:
    kind = KINDS[indicator.kind or ""]
    measure = indicator.measure or indicator.pass_.get("measure") or next(iter(kind.measures))
    for number in range(chance.randint(2, 6)):
        columns = {
            column: _member(wanted, chance, lists) for column, wanted in indicator.where.items() if column != "item"
        }
        columns = {"area": chance.choice(PROVINCES if kind.nature != "estimate" else ("XX", "XX", "XX01")), **columns}
        if columns["area"] is None:
            columns["area"] = "XX02"
        if indicator.by in ("target", "actor"):
            columns.setdefault(indicator.by, _member(indicator.register_ or "someone", chance, lists))
        columns |= {
            "grade": chance.choice(GRADES),
            "origin": chance.choice(["", "one", "two"]),
            "source": chance.choice(["x", "y"]),
        }
        item = _member(indicator.where.get("item", f"item{number}"), chance, lists) or f"item{number}"
        said = " ".join(f"{name}={value}" for name, value in columns.items() if value)
        if indicator.register_ is not None and "expected" in kind.measures:
            yield f"2020-01-01 {item} expected=1 {said}"
        error = f" se={chance.choice([0.01, 0.1])} n=900" if kind.nature == "estimate" else ""
        yield f"{_day(chance)} {item} {measure}={_value(indicator, measure, chance)} {said}{error}"


def _member(wanted: Any, chance: Random, lists: Mapping[str, list[str]]) -> str | None:
    """Some value that a filter lets through; None where the filter only forbids."""
    if isinstance(wanted, dict):
        return None
    if isinstance(wanted, list):
        return _member(chance.choice(wanted), chance, lists)
    if isinstance(wanted, str) and wanted.startswith("mission."):
        return chance.choice(lists.get(wanted.removeprefix("mission."), ["someone"]))
    return str(wanted)


def _value(indicator: Indicator, measure: str, chance: Random) -> float:
    stages = scheme_of(indicator)
    if stages and measure in KINDS[indicator.kind or ""].stages:
        return chance.randint(1, len(stages))
    unit = KINDS[indicator.kind or ""].measures[measure]
    return chance.choice([0.0, 0.2, 0.5, 0.9, 1.0]) if unit in ("share", "items") else float(chance.randint(0, 30))
