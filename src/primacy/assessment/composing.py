"""A finding put together: sentence, numbers, flags, weakest link, what would change it, areas, history."""

import math
from collections.abc import Sequence
from datetime import date
from typing import Any

from primacy.assessment.finding import AreaFinding, Chart, Finding, Part
from primacy.assessment.over_time.projecting import projection
from primacy.assessment.rules import statuses as deciding
from primacy.assessment.rules.belief import Belief
from primacy.assessment.rules.by_area import told_by_area
from primacy.assessment.rules.deciding_path import path
from primacy.assessment.rules.earlier import Decisive, Earlier
from primacy.assessment.rules.flagging import OPEN, flags_of
from primacy.assessment.rules.grid import REPORTED
from primacy.assessment.rules.judging import Judging, Leaf, Prerequisite
from primacy.assessment.rules.other_sources import other_sources
from primacy.assessment.rules.round import Round
from primacy.assessment.rules.sensitivity import bucket
from primacy.assessment.rules.signs import Signs
from primacy.assessment.rules.verdict import Verdict
from primacy.assessment.told.rule_phrases import rule_phrase
from primacy.assessment.told.turning import turns
from primacy.assessment.told.wording import (
    held_by_itself,
    rounded,
    rounded_phrase,
    sentence_of,
    sure_of,
    weakest,
    would_change,
)
from primacy.evidence.store.numbered_days import month_index
from primacy.framework import Framework
from primacy.framework.entries import Benchmark

DECIDED = ("met", "progressing", "no clear change", "not met", "reversed")


def compose(
    framework: Framework, benchmark: Benchmark, round_: Round, judging: Judging, belief: Belief, history: Sequence[str],
    reversal: Signs, around: deciding.Circumstances, after: Sequence[Prerequisite], bare: bool,
) -> Finding:  # fmt: skip
    """The finding of the assessment's day; a bare one says nothing of places and of what would change it."""
    status = history[-1]
    leaves = (*judging.leaves, *reversal.leaves)
    earlier, known = Earlier(judging), bool(belief.known[-1])
    setter, held = earlier.decisive(belief), held_by_itself(judging, belief)
    told = setter if held is None else Decisive(held, held)
    probability = float(belief.probability[-1]) if known and status not in ("not applicable",) else None
    ahead = _projected(benchmark, round_, belief, status)
    flags = flags_of(framework, benchmark, round_, judging, belief, status, reversal, ahead)
    areas, areas_of = ((), ()) if bare else _areas(benchmark, round_, judging, belief)
    turning = turns(judging, around) if status in DECIDED and not bare else None
    return Finding(
        benchmark=benchmark.id,
        status=status,
        reason=_reason(belief, around) if status == "insufficient evidence" else None,
        probability=probability,
        lower=round(float(belief.lower[-1]), 3) if probability is not None else None,
        flags=flags,
        sentence=sentence_of(benchmark, round_, judging, belief, status, told, flags, around, after, reversal),
        rule=rule_phrase(benchmark, benchmark.rule),
        numbers=_numbers(setter) if setter is not None and known else {},
        parts=tuple(_part(leaf) for leaf in leaves),
        weakest=weakest(judging, told, known),
        would_change=() if bare else would_change(judging, told, known, flags, belief, around),
        flips_at=None if turning is None else turning.threshold(int(belief.setter[-1])),
        path=path(earlier) if status not in ("not applicable", "not yet applicable") else None,
        flips=() if turning is None else turning.phrases(benchmark),
        projected=ahead,
        data_points=round_.items.get(benchmark.id, 0),
        restricted=any(reading.restricted for reading in judging.readings.values()),
        areas=areas,
        areas_of=areas_of,
        history=_history(round_, belief, history),
        charts=_charts(judging),
        other_sources=() if bare else other_sources(judging),
        collect=tuple({"what": each.what, "kind": each.kind, "how": each.how} for each in benchmark.collect),
    )


def _projected(benchmark: Benchmark, round_: Round, belief: Belief, status: str) -> float | None:
    """How likely it will be met when its horizon ends; None where that is settled or not to be told."""
    horizon = round_.mission.horizon(benchmark.id, benchmark.horizon)
    if horizon is None or status not in OPEN:
        return None
    months = month_index(horizon[1]) - month_index(round_.grid.as_of)
    return projection(belief.probability, belief.capped, months)


def _numbers(setter: Decisive) -> dict[str, Any]:
    """The numbers of the leaf that sets P, with the day of which they are where that is not the assessment's."""
    numbers: dict[str, Any] = rounded(dict(setter.leaf.verdict.numbers))
    return numbers if setter.day is None else {**numbers, "as_of": setter.day}


def _part(leaf: Leaf) -> Part:
    p = sure_of(leaf.verdict)
    return Part(
        role=leaf.role, indicator=leaf.indicator, evaluator=leaf.verb, probability=p, adequate=p is not None,
        reason=None if p is not None else leaf.verdict.reasons[-1] or "missing", capped=bool(leaf.verdict.capped[-1]),
        numbers=rounded(dict(leaf.verdict.numbers)), sentence=rounded_phrase(leaf.verdict.sentence),
        label=leaf.verdict.sentence.values.get("label", ""),
        beside=tuple(rounded_phrase(each) for each in (*leaf.verdict.beside, *leaf.verdict.alike)),
    )  # fmt: skip


def _reason(belief: Belief, around: deciding.Circumstances) -> str:
    if around.blocked[-1]:
        return "missing"
    return belief.reason[-1] or "missing"


# ---- areas, history, charts


def _areas(
    benchmark: Benchmark, round_: Round, judging: Judging, belief: Belief
) -> tuple[tuple[AreaFinding, ...], tuple[str, ...]]:
    """One condition of the rule in each area, if it has one that can be told by area; and labels of what it reads."""
    told = told_by_area(judging, int(belief.setter[-1]))
    if told is None:
        return (), ()
    areas = tuple(_area(round_, code, codes, verdict) for codes, verdict in told.verdicts for code in codes)
    return areas, tuple(f"{benchmark.id}/{id}" for id in told.indicators)


def _area(round_: Round, code: str, together: tuple[str, ...], verdict: Verdict) -> AreaFinding:
    p = sure_of(verdict)
    # What caps the country caps its areas: the same one kind of source, the same unknown effort.
    words = ("not met", "no clear change", "progressing", "progressing" if verdict.capped[-1] else "met")
    numbers = rounded(dict(verdict.numbers))
    if len(together) > 1:
        numbers["together"] = list(together)
    return AreaFinding(
        code, round_.areas.name(code), "insufficient evidence" if p is None else words[bucket(p)], p, numbers
    )


def _history(round_: Round, belief: Belief, history: Sequence[str]) -> tuple[tuple[str, float | None, str], ...]:
    days: Sequence[date] = round_.grid.days[-REPORTED:]
    values = belief.probability[-REPORTED:]
    return tuple(
        (day.isoformat(), None if math.isnan(p) else float(p), status)
        for day, p, status in zip(days, values, history, strict=True)
    )


def _charts(judging: Judging) -> tuple[Chart, ...]:
    charts = [leaf.verdict.chart for leaf in judging.leaves if leaf.role == "part" and leaf.verdict.chart is not None]
    return tuple(_rounded_chart(chart) for chart in charts)


def _rounded_chart(chart: Chart) -> Chart:
    fields = {name: getattr(chart, name) for name in chart.__dataclass_fields__}
    floats = {name: rounded(value) for name, value in fields.items() if name not in ("indicator", "unit", "months")}
    tuples: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in floats.items()}
    tuples["areas"] = tuple((code, tuple(values)) for code, values in floats["areas"])
    return Chart(indicator=chart.indicator, unit=chart.unit, months=chart.months, **tuples)
