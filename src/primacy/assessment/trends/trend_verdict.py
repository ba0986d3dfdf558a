"""The answer that `falls` and `rises` share: they differ only in which side of the posterior they read."""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from primacy.assessment.finding import Phrase
from primacy.assessment.rules.grid import Bools, Floats
from primacy.assessment.rules.sensitivity import bucket
from primacy.assessment.rules.verdict import Call, Verdict
from primacy.assessment.told import enough_told
from primacy.assessment.trends import comparing
from primacy.assessment.trends.comparing_areas import AreasCompared, compare_areas
from primacy.assessment.trends.false_discovery import among_many
from primacy.assessment.trends.regression import PEAK
from primacy.assessment.trends.season import ALIKE
from primacy.assessment.trends.trend import TrendPosterior
from primacy.assessment.trends.trend_chart import chart_of
from primacy.assessment.trends.trend_enough import Series

Bounds = tuple[Floats, Floats]
SMALL = 6  # events in both windows together, below which an area is counted with its neighbours


def beyond(posterior: TrendPosterior, ratio: float, sign: int) -> Floats:
    """P(rate ratio <= ratio) for a fall (sign -1), P(>= ratio) for a rise. Shape (s, g)."""
    at_most = posterior.at_most(ratio)
    return at_most if sign < 0 else 1.0 - at_most


def comparisons(call: Call) -> list[comparing.Against]:
    """With what `judge` compares a series at every point of the grid: the deciding baseline, and the year before."""
    against = comparing.baselines(call)[0]
    return [against] if against.span is None else [against, _previous(call)]


def judge(call: Call, sign: int) -> Verdict:
    """The country's (or one area's) series against the deciding baseline; a second one is printed beside it."""
    by = call.number(call.parameters.by)
    choices = comparing.baselines(call)
    against = choices[0]
    compared = comparing.compare(call, against)
    ratio = 1.0 + sign * by
    p = beyond(compared.posterior, ratio, sign)[0]
    p = np.where([reason == "" for reason in compared.reasons], p, np.nan)
    numbers = comparing.numbers_of(compared, by, sign)
    flags = set(compared.flags)
    beside = [_beside(call, other, ratio, sign, by) for other in choices[1:]]
    differing = tuple(_told(said) for said, each in beside if told_alike(float(p[-1]), each["probability"]) is False)
    alike = tuple(_told(said, alike=True) for said, each in beside if told_alike(float(p[-1]), each["probability"]))
    if beside:
        numbers["beside"] = [each for _, each in beside]
    if differing:
        flags.add("baselines differ")
    yearly = compared
    if against.span is not None:
        yearly = comparing.compare(call, _previous(call))
    unknown = np.isnan(p)
    reason = compared.reasons[-1]
    sentence = _unknown(call, compared, reason)
    if not unknown[-1]:
        sentence = comparing.change_phrase(numbers, call.label, against)
    return Verdict(
        low=np.where(unknown, 0.0, p),
        high=np.where(unknown, 1.0, p),
        reasons=compared.reasons,
        capped=compared.capped,
        sentence=sentence,
        numbers=numbers if not unknown[-1] else {"threshold": ratio},
        direction=np.where(yearly.changed, np.nan, beyond(yearly.posterior, 1.0, sign)[0]),
        flags=frozenset(flags),
        bounds=lambda number: _opened(beyond(compared.posterior, 1.0 + sign * number, sign)[0], unknown),
        chart=chart_of(call, compared, numbers, falls=sign < 0),
        provisional=against.provisional,
        change=_change(numbers, call, compared, bool(unknown[-1])),
        enough=lambda veto: _enough(call, compared, ratio, sign, float(p[-1]), veto=veto),
        beside=(
            *differing,
            *_effort(numbers, call.label),
            *_peak(numbers, call.label, sign),
            *_season(numbers, call, compared),
            *compared.still[1],
        ),
        alike=alike,
    )


def _unknown(call: Call, compared: comparing.Compared, reason: str) -> Phrase:
    """Why the two periods cannot be compared."""
    against = compared.against
    values = {"label": call.label, "against": against.phrase, "reason": reason}
    if against.unset:
        return Phrase("trend.unknown.unset", values)
    if reason == "changed":
        return Phrase(f"trend.unknown.{'source' if compared.other_source[-1] else 'changed'}", values)
    if not _too_early(compared, reason):
        return Phrase("trend.unknown.other", values)
    over = against.span is not None and against.span[1] <= compared.window()[1]
    return Phrase(f"trend.unknown.{'overlaps' if over else 'baseline'}", {**values, "months": compared.length})


def _enough(
    call: Call, compared: comparing.Compared, ratio: float, sign: int, p: float, *, veto: bool
) -> tuple[Phrase, ...]:
    """How much evidence would change it: events and months where the two periods can be compared, else coverage."""
    (start, end), (first, last) = compared.window(), compared.baseline()
    if math.isnan(p):
        months = sorted({*range(first, last), *range(start, end)})
        read = [month for month in months if 0 <= month < len(compared.counts)]  # those to come lack no coverage
        return enough_told.of_months(call.label, int(np.isnan(compared.counts[read]).sum()), len(read))
    series = Series(
        call.model, compared.counts, end, compared.length, compared.against.span, compared.effort, ratio, sign
    )
    before = float(compared.counts[first:last].sum())
    return enough_told.of_trend(call.label, series, p, before, veto=veto)


def _previous(call: Call) -> comparing.Against:
    return comparing.Against(None, Phrase("against.previous", {"months": call.parameters.window.months}))


def judge_areas(
    call: Call, level: int, *, sign: int, one_of_many: bool = False
) -> list[tuple[tuple[str, ...], Verdict]]:
    """Every area of a level by the pooled posterior; areas with few events count together with neighbours.

    `one_of_many`: whether it is so in any of them is asked, not of each (`_of_areas`).
    """
    codes = call.reading.round.areas.level(level)
    if not codes:
        return []
    against = comparing.baselines(call)[0]
    national = comparing.compare(call, against)
    groups = _grouped(call, codes, against)
    areas = compare_areas(call, groups, against)
    posterior = areas.pooled
    ratio = 1.0 + sign * call.number(call.parameters.by)
    p, among = _of_areas(areas, ratio, sign, one_of_many=one_of_many)
    low, middle, high = posterior.interval(comparing.INTERVAL)
    why = call.reading.why_unknown()
    reasons = [national.reasons[point] or why for point in range(call.size)]
    verdicts = []
    for row, group in enumerate(groups):
        known = posterior.known[row] & ~national.changed
        numbers = {
            "ratio": float(middle[row, -1]),
            "low": float(low[row, -1]),
            "high": float(high[row, -1]),
            "threshold": ratio,
        }
        verdicts.append(
            (
                group,
                Verdict(
                    low=np.where(known, p[row], 0.0),
                    high=np.where(known, p[row], 1.0),
                    reasons=tuple("" if k else reason for k, reason in zip(known, reasons, strict=True)),
                    capped=national.capped,
                    flags=national.flags,
                    provisional=against.provisional,
                    sentence=Phrase("trend.area", {"label": call.label, "areas": list(group), **numbers})
                    if known[-1]
                    else _unknown(call, national, reasons[-1]),
                    numbers=numbers,
                    bounds=_bounds_of(areas.only(row), sign, ~known, one_of_many=one_of_many),
                    level=float(middle[row, -1]),
                    among=float(among[row, -1]) if known[-1] else float("nan"),
                    beside=national.still[1],
                ),
            )
        )
    return verdicts


def _of_areas(areas: AreasCompared, ratio: float, sign: int, *, one_of_many: bool) -> tuple[Floats, Floats]:
    """P of each area beside the others, and as one of many; (a, g) both.

    Among so many areas the surest is often sure by chance. Where it is asked whether it is so in any of them, one that
    is likelier than not is no surer than as one of many, and no less than one half.
    """
    pooled = beyond(areas.pooled, ratio, sign)
    alone = beyond(areas.alone, ratio, sign)
    among = among_many(alone.ravel(), areas.swing.ravel()).reshape(alone.shape)
    if not one_of_many:
        return pooled, among
    held: Floats = np.where(pooled > 0.5, np.minimum(pooled, np.maximum(among, 0.5)), pooled)
    return held, among


def _bounds_of(one: AreasCompared, sign: int, unknown: Bools, *, one_of_many: bool) -> Callable[[float], Bounds]:
    """P for one area over the grid, had another fall or rise been asked for."""
    return lambda number: _opened(_of_areas(one, 1.0 + sign * number, sign, one_of_many=one_of_many)[0][0], unknown)


def _opened(p: Floats, unknown: Bools) -> Bounds:
    return np.where(unknown, 0.0, p), np.where(unknown, 1.0, p)


def _grouped(call: Call, codes: list[str], against: comparing.Against) -> list[tuple[str, ...]]:
    """Areas with at least six events in the two windows stand alone; the others join their neighbouring small ones."""
    area_call = replace(call, area=None)
    length = call.parameters.window.months
    small = []
    for code in codes:
        counts = call.reading.monthly(area=code)
        end = int(call.reading.round.grid.ends[-1]) - call.reading.round.first_month
        start, stop = against.span or (end - 2 * length, end - length)
        if counts[max(0, end - length) : end].sum() + counts[max(start, 0) : max(stop, 0)].sum() < SMALL:
            small.append(code)
    areas, left = area_call.reading.round.areas, set(small)
    groups: list[tuple[str, ...]] = [(code,) for code in codes if code not in small]
    while left:
        group, frontier = [], [min(left)]
        while frontier:
            code = frontier.pop()
            if code in left:
                left.remove(code)
                group.append(code)
                frontier += sorted(set(areas.neighbours(code)) & left, reverse=True)
        groups.append(tuple(sorted(group)))
    return sorted(groups)


def _beside(
    call: Call, against: comparing.Against, ratio: float, sign: int, by: float
) -> tuple[Phrase, dict[str, Any]]:
    """The same question against another baseline."""
    compared = comparing.compare(replace(call, now_only=True), against)
    numbers = comparing.numbers_of(compared, by, sign)
    p = float(beyond(compared.posterior, ratio, sign)[0, -1])
    return comparing.change_phrase(numbers, call.label, against), {
        "baseline": against.phrase.values.get("name", ""),
        "probability": None if np.isnan(p) else round(p, 3),
        "ratio": numbers["ratio"], "low": numbers["low"], "high": numbers["high"],
        "baseline_events": numbers["baseline_events"],
    }  # fmt: skip


def _told(sentence: Phrase, *, alike: bool = False) -> Phrase:
    """What another baseline says, and whether that is the same."""
    return Phrase("trend.beside.alike" if alike else "trend.beside", {"sentence": sentence})


def told_alike(first: float, second: float | None) -> bool | None:
    """Whether P by two baselines lies on the same side of every cut-off that decides a status; None where one is not
    known."""
    if second is None or np.isnan(first):
        return None
    return bucket(round(first, 3)) == bucket(second)


def _effort(numbers: dict[str, Any], label: str) -> tuple[Phrase, ...]:
    """Where more or less was looked than in the months compared with: what that leaves open."""
    times = numbers.get("effort", 1.0)
    if np.isnan(numbers["ratio"]) or times == 1.0:
        return ()
    return (Phrase("trend.effort.more" if times > 1.0 else "trend.effort.less", {"label": label, "times": times}),)


def _peak(numbers: dict[str, Any], label: str, sign: int) -> tuple[Phrase, ...]:
    """Where the baseline of a fall lies at a peak, how much of it would have gone away by itself."""
    ratio = numbers.get("unchanged")
    if sign > 0 or ratio is None or ratio > PEAK or np.isnan(numbers["ratio"]):
        return ()
    return (Phrase("trend.peak", {"label": label, "fewer": 1.0 - ratio}),)


def _season(numbers: dict[str, Any], call: Call, compared: comparing.Compared) -> tuple[Phrase, ...]:
    """Where other months of the year are compared: what the season alone made of that in earlier years."""
    if np.isnan(numbers["ratio"]) or "season" not in numbers:
        return ()
    ratio, values = numbers["season"], {"label": call.label}
    if ratio is None:
        return (Phrase("season.unknown", values),)
    if abs(ratio - 1.0) < ALIKE:
        return ()
    key = "season.fewer" if ratio < 1.0 else "season.more"
    return (Phrase(key, {**values, "apart": abs(ratio - 1.0)}),)


def _too_early(compared: comparing.Compared, reason: str) -> bool:
    span = compared.against.span
    return reason != "" and span is not None and span[0] >= 0 and compared.window()[0] < span[1]


def _change(numbers: dict[str, object], call: Call, compared: comparing.Compared, unknown: bool) -> Phrase | None:
    if unknown or not numbers["baseline_months"]:
        return None
    per_month = float(numbers["baseline_events"]) / float(numbers["baseline_months"])  # type: ignore[arg-type]
    return Phrase("trend.change", {"label": call.label, "level": per_month * float(numbers["threshold"])})  # type: ignore[arg-type]
