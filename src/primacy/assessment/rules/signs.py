"""Reversal signs: what people saw and confirmed, and what the alarms heard."""

from dataclasses import dataclass

import numpy as np

from primacy.assessment.finding import Phrase
from primacy.assessment.indicators.items import origin_named
from primacy.assessment.indicators.reading import Reading
from primacy.assessment.indicators.selectors import Selector
from primacy.assessment.rules.grid import Bools
from primacy.assessment.rules.judging import Leaf
from primacy.assessment.rules.round import Round
from primacy.assessment.rules.verdict import Verdict
from primacy.assessment.trends.cusum import alarms
from primacy.framework.entries import Benchmark

SELECTOR = Selector("sign", frozenset(), (), (), detail=True)
RECENT = 365  # days for which a sign counts
TWO_ORIGINS = 2


@dataclass(frozen=True)
class Signs:
    """`confirmed` over the grid: two origins saw it and a person confirmed it. `unconfirmed` on the day itself."""

    confirmed: Bools
    unconfirmed: bool
    leaves: tuple[Leaf, ...]


def signs(benchmark: Benchmark, readings: dict[str, Reading], round_: Round) -> Signs:
    confirmed, pending, leaves = np.zeros(len(round_.grid), dtype=bool), False, []
    for each in benchmark.reversal:
        if each.sign is not None:
            id, raised = each.sign.id, np.zeros(len(round_.grid), dtype=bool)
        elif each.alarm is not None:
            id, raised = (
                f"alarm-{each.alarm.indicator}",
                _alarmed(readings[each.alarm.indicator], each.alarm.false_alarms_a_year),
            )
        seen, sure = _seen(f"{benchmark.id}/{id}", round_)
        sure = sure & (seen | raised)
        confirmed |= sure
        appeared = bool((seen | raised)[-1]) or _seen_once(f"{benchmark.id}/{id}", round_)
        pending |= appeared and not bool(sure[-1])
        if appeared:
            leaves.append(_leaf(benchmark, id, each.alarm is not None, bool(sure[-1]), round_))
    return Signs(confirmed, pending, tuple(leaves))


def report_on(item: str, round_: Round) -> str:
    """What people reported of a sign in the last year: `confirmed`, seen by `two` origins, by `one`, or `none`."""
    seen, sure = _seen(item, round_)
    if sure[-1]:
        return "confirmed"
    return "two" if seen[-1] else "one" if _seen_once(item, round_) else "none"


def _rows(item: str, round_: Round) -> list[tuple[int, str, str]]:
    """(day, measure, origin) of every row on the sign."""
    columns = round_.selected.detail.get(SELECTOR)
    if columns is None:
        return []
    return [
        (int(day), str(measure), origin_named(origin, source, dataset))
        for name, day, measure, origin, source, dataset in zip(
            columns["item"], columns["date"], columns["measure"], columns["origin"], columns["source"],
            columns["dataset"], strict=True,
        )
        if name == item
    ]  # fmt: skip


def _seen(item: str, round_: Round) -> tuple[Bools, Bools]:
    """At each point: seen by two origins in the last year; confirmed by a person in the last year."""
    rows, days = _rows(item, round_), round_.grid.numbers
    if not rows:
        return np.zeros(len(days), dtype=bool), np.zeros(len(days), dtype=bool)
    origins = np.array(
        [len({o for d, m, o in rows if m == "seen" and today - RECENT < d <= today}) for today in days], dtype=np.int64
    )
    sure = np.array(
        [any(m == "confirmed" and today - RECENT < d <= today for d, m, _ in rows) for today in days], dtype=bool
    )
    return origins >= TWO_ORIGINS, sure


def _seen_once(item: str, round_: Round) -> bool:
    today = int(round_.grid.numbers[-1])
    return any(measure == "seen" and today - RECENT < day <= today for day, measure, _ in _rows(item, round_))


def _alarmed(reading: Reading, budget: float) -> Bools:
    """Whether the alarm of the series stands at the last complete month of each point."""
    counts = reading.counted()
    if bool(np.isnan(counts).all()):
        return np.zeros(len(reading.round.grid), dtype=bool)
    raised = alarms(counts[None, :], budget)[0]
    last = np.clip(reading.round.grid.ends - 1 - reading.round.first_month, 0, len(raised) - 1)
    now: Bools = raised[last]
    return now


def _leaf(benchmark: Benchmark, id: str, alarm: bool, sure: bool, round_: Round) -> Leaf:
    size = len(round_.grid)
    p = np.full(size, 1.0 if sure else np.nan)
    values = {"sign": f"{benchmark.id}/{id}"}
    key = "sign.alarm" if alarm else "sign.seen"
    verdict = Verdict(
        low=np.nan_to_num(p), high=np.where(np.isnan(p), 1.0, p), reasons=("thin",) * size,
        capped=np.zeros(size, dtype=bool), sentence=Phrase(f"{key}.confirmed" if sure else key, values),
    )  # fmt: skip
    return Leaf("sign", "alarm" if alarm else "sign", id.removeprefix("alarm-"), verdict)
