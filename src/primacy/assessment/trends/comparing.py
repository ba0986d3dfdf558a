"""Two windows of one series compared: which baseline, which months, what effort, how sure (`falls` and `rises`)."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from primacy.assessment.finding import Phrase
from primacy.assessment.indicators import imputing, still_reported
from primacy.assessment.indicators.monitoring_effort import Effort, exposures, looked_in
from primacy.assessment.indicators.reading import Reading
from primacy.assessment.rules.grid import REPORTED, Bools, Floats, Ints
from primacy.assessment.rules.verdict import Call
from primacy.assessment.trends import season, trend
from primacy.assessment.trends.regression import unchanged_ratio
from primacy.evidence.store.numbered_days import month_index
from primacy.framework.entries import Benchmark
from primacy.framework.grammar import Rule
from primacy.framework.mission import Baseline
from primacy.framework.values import day_named

INTERVAL = 0.9


@dataclass(frozen=True)
class Against:
    """What the window is compared with: fixed months of a baseline, or the same length just before (`span` None)."""

    span: tuple[int, int] | None
    phrase: Phrase
    provisional: bool = False
    unset: bool = False  # an event that the mission file gives no date


@dataclass(frozen=True)
class Compared:
    """The comparison of one series (or of many areas, first axis) at every point of the grid."""

    posterior: trend.TrendPosterior
    reasons: tuple[str, ...]
    capped: Bools
    flags: frozenset[str]
    against: Against
    counts: Floats
    ends: Ints
    length: int
    effort: Floats | None
    changed: Bools
    other_source: Bools
    first_month: int
    still: tuple[dict[str, float], tuple[Phrase, ...]] = field(default_factory=lambda: ({}, ()))
    times_looked: float = 1.0  # effort in the window to that in the months compared with, where it has a say

    def window(self) -> tuple[int, int]:
        return int(self.ends[-1]) - self.length, int(self.ends[-1])

    def rates(self) -> Floats:
        """Events a month, per the usual effort where effort changed."""
        if self.effort is None:
            return self.counts
        looked = self.effort > 0
        rates: Floats = np.divide(self.counts, self.effort, out=np.full_like(self.counts, np.nan), where=looked)
        return rates * float(self.effort[looked].sum() / max(int(looked.sum()), 1))

    def baseline(self) -> tuple[int, int]:
        start, _ = self.window()
        return self.against.span or (start - self.length, start)


def baselines(call: Call) -> list[Against]:
    """Those that the rule and the mission file name, the deciding one first; the year before where there is none."""
    against, reading = call.parameters.against, call.reading
    first = reading.round.first_month
    if against == "previous":
        return [Against(None, Phrase("against.previous", {"months": call.parameters.window.months}))]
    if against == "baseline":
        chosen = reading.round.mission.baselines_for(reading.benchmark.id)
        if call.area is not None:
            chosen = [each for each in chosen if call.area in each.areas] or [each for each in chosen if not each.areas]
        if chosen:
            return [Against(_span(each, first), _named(each)) for each in chosen]
        phrase = Phrase("against.previous", {"months": call.parameters.window.months})
        return [Against(None, phrase, provisional=True)]
    named = day_named(against)
    day = named or reading.round.mission.events.get(against)
    if day is None:
        return [Against((-1, -1), Phrase("against.unset", {"event": against}), unset=True)]
    month = month_index(day) - first
    span = (month - call.parameters.window.months, month)
    told = {"day": day.isoformat()}
    phrase = Phrase("against.date", told) if named else Phrase("against.event", {"event": against, **told})
    return [Against(span, phrase)]


def _span(baseline: Baseline, first: int) -> tuple[int, int]:
    return month_index(baseline.from_) - first, month_index(baseline.to) + 1 - first


def _named(baseline: Baseline) -> Phrase:
    return Phrase(
        "against.baseline",
        {"name": baseline.name, "start": baseline.from_.isoformat(), "end": baseline.to.isoformat()},
    )


def compare(call: Call, against: Against) -> Compared:
    """One series, the country's or one area's."""
    counts = call.reading.counted(area=call.area)
    windows = windows_of(call, counts, against)
    ends, length = windows.ends, windows.length
    effort = effort_of(call, against, ends)
    posterior = _posterior(call, counts, windows, effort)
    other_source = _other_source(call, against, ends)
    changed = effort.changed | other_source
    reasons = _reasons(call, posterior.known[0], changed, against, ends)
    flags = {"effort unknown"} if effort.unknown[-1] else set()
    still = reporting_of(call, int(ends[-1]), length)
    if call.reading.round.grid.has_incomplete_month or left_out(call, ends) or still[0]:
        flags.add("incomplete months")
    if _period_uncertain(call, ends, length, against):
        flags.add("period uncertain")
    single = call.reading.single_source()
    if single[-1]:
        flags.add("single source")
    return Compared(
        posterior, reasons, single | effort.unknown, frozenset(flags), against, counts, ends, length,
        effort.series if effort.as_rate[-1] else None, changed, other_source,
        call.reading.round.first_month, still, float(effort.times[-1]) if effort.as_rate[-1] else 1.0,
    )  # fmt: skip


def reporting_of(call: Call, end: int, length: int) -> tuple[dict[str, float], tuple[Phrase, ...]]:
    """What is still being reported on the assessment's day: numbers and sentences."""
    reading = call.reading
    partly = reading.still_reported(area=call.area)
    window = max(0, end - length), end
    return still_reported.told(partly, call.label, window, int(_complete(reading)[-1]), reading.round.first_month)


def _posterior(call: Call, counts: Floats, windows: trend.Windows, effort: Effort) -> trend.TrendPosterior:
    """On counts; at the points where effort changed, over all that it may have done to them (`monitoring_effort.py`);
    over all histories that the counts could be where they are not exactly known."""
    histories = imputing.draws(call.reading, counts, area=call.area)

    def judged(used: Floats | None) -> trend.TrendPosterior:
        return _of_draws(call, histories, windows, used)

    plain = judged(None)
    if effort.series is None or not effort.as_rate.any():
        return plain
    looked, choose = imputing.averaged([judged(used) for used in exposures(effort.series)]), effort.as_rate[None, :]
    return trend.TrendPosterior(
        known=np.where(choose, looked.known, plain.known),
        observed=np.where(choose, looked.observed, plain.observed),
        thresholds=plain.thresholds,
        logits=np.where(choose[..., None], looked.logits, plain.logits),
    )


def _of_draws(
    call: Call, histories: Sequence[imputing.Draw], windows: trend.Windows, effort: Floats | None
) -> trend.TrendPosterior:
    """The posterior over all histories, each per effort and per share of its events that is known; asked all at once,
    because what takes time is how often the trend posterior is asked."""
    used = [_times(effort, each.exposure) for each in histories]
    counts = np.array([each.counts for each in histories])
    whole = None if used[0] is None else np.array(used)

    def judge(asked: trend.Windows) -> trend.TrendPosterior:
        return trend.posterior(call.model, counts, asked, effort=whole)

    if len(histories) == 1:
        return remembered(call, counts[0], windows, judge, used[0])
    found: trend.TrendPosterior = call.reading.round.once(
        ("draws", key_of(call, counts, windows, whole)),
        lambda: imputing.averaged(_one_by_one(at_points(call, windows, judge))),
    )
    return found


def _one_by_one(several: trend.TrendPosterior) -> list[trend.TrendPosterior]:
    """Each series by itself."""
    return [several.only([row]) for row in range(len(several.known))]


def _times(effort: Floats | None, exposure: Floats | None) -> Floats | None:
    if effort is None or exposure is None:
        return exposure if effort is None else effort
    product: Floats = effort * exposure
    return product


def windows_of(call: Call, counts: Floats, against: Against) -> trend.Windows:
    """The windows of a series at every point of the grid."""
    return trend.Windows(window_ends(call.reading, counts, area=call.area), call.parameters.window.months, against.span)


def key_of(call: Call, counts: Floats, windows: trend.Windows, effort: Floats | None = None) -> Hashable:
    """What the posterior of a series depends on."""
    given = None if effort is None else effort.tobytes()
    ends = windows.ends.tobytes()
    return "posterior", points_asked(call), counts.tobytes(), ends, windows.length, windows.against, given


def remembered(
    call: Call, counts: Floats, windows: trend.Windows, judge: Callable[[trend.Windows], trend.TrendPosterior],
    effort: Floats | None = None,
) -> trend.TrendPosterior:  # fmt: skip
    """The posterior of a series, judged by whoever asks for it first."""
    key = key_of(call, counts, windows, effort)
    found: trend.TrendPosterior = call.reading.round.once(key, lambda: at_points(call, windows, judge))
    return found


def _period_uncertain(call: Call, ends: Ints, length: int, against: Against) -> bool:
    """Whether an event of either window lasted so long that its month is a guess."""
    if call.reading.main.detail:
        return False
    unclear = call.reading.monthly(column="uncertain", area=call.area)
    end = int(ends[-1])
    start, stop = against.span or (end - 2 * length, end - length)
    return bool(unclear[max(0, end - length) : end].sum() + unclear[max(0, start) : max(0, stop)].sum() > 0)


def points_asked(call: Call) -> int:
    """How many of the last points of the grid are looked at: those reported, and as far back as a rule is sustained.
    Of risks and trade-offs only the day itself is reported."""
    if call.now_only:
        return 1
    entry = call.reading.benchmark
    reported = REPORTED if isinstance(entry, Benchmark) else 1
    return reported + max(_reach(rule) for rule in entry.rules)


def _reach(rule: Rule) -> int:
    """Months before a point that a rule looks at."""
    own = 0
    if rule.sustained is not None:
        _, span = rule.sustained.points
        own = span.points * span.step_months
    return own + max((_reach(each) for each in (*rule.children, *rule.veto)), default=0)


def at_points(
    call: Call, windows: trend.Windows, judge: Callable[[trend.Windows], trend.TrendPosterior]
) -> trend.TrendPosterior:
    """Judged at the points that the rule looks at; unknown before them, where nothing asks."""
    size = len(windows.ends)
    skipped = max(0, size - points_asked(call))
    found = judge(replace(windows, ends=windows.ends[skipped:]))
    before = ((0, 0), (skipped, 0))
    return trend.TrendPosterior(
        known=np.pad(found.known, before, constant_values=False),
        observed=np.pad(found.observed, before, constant_values=np.nan),
        thresholds=found.thresholds,
        logits=np.pad(found.logits, (*before, (0, 0)), constant_values=np.nan),
    )


def _complete(reading: Reading) -> Ints:
    return reading.round.grid.ends - reading.round.first_month


def window_ends(reading: Reading, counts: Floats, *, area: str | None = None) -> Ints:
    """The month after each window of a series whose unknown months are NaN."""
    return reading.ends_where(~np.isnan(counts), area=area)


def left_out(call: Call, ends: Ints) -> bool:
    """Whether a month that is over is not looked at on the assessment's day, because it is not in yet."""
    return bool(ends[-1] != _complete(call.reading)[-1])


def effort_of(call: Call, against: Against, ends: Ints) -> Effort:
    """How hard was looked at what this call compares."""
    if call.reading.indicator.effort is None:
        return Effort.of_none(call.size)
    return looked_in(call.reading.counted("effort", area=call.area), ends, call.parameters.window.months, against.span)


def _other_source(call: Call, against: Against, ends: Ints) -> Bools:
    """Whether other sources tell of the window than of what it is compared with, at each point."""
    length, reading = call.parameters.window.months, call.reading
    found = np.zeros(len(ends), dtype=bool)
    for place in range(max(0, len(ends) - points_asked(call)), len(ends)):
        end = int(ends[place])
        now = reading.read_from(end - length, end, area=call.area)
        before = reading.read_from(*(against.span or (end - 2 * length, end - length)), area=call.area)
        found[place] = bool(now and before) and now != before
    return found


def _reasons(call: Call, known: Bools, changed: Bools, against: Against, ends: Ints) -> tuple[str, ...]:
    reading = call.reading
    covered = reading.covered(area=call.area)
    why = reading.why_unknown()
    if against.unset:
        return ("missing",) * call.size
    found = []
    for ok, moved, end in zip(known, changed, ends, strict=True):
        if moved:
            found.append("changed")
        elif ok:
            found.append("")
        elif why == "stale" and 0 < end <= len(covered) and covered[end - 1]:
            found.append(
                "missing" if against.span and end - call.parameters.window.months < against.span[1] else "not covered"
            )
        else:
            found.append(why)
    return tuple(found)


def numbers_of(compared: Compared, by: float, sign: int) -> dict[str, Any]:
    """The numbers of the assessment's day: the ratio with its interval, the threshold as a ratio, the counts, and the
    ratio that an unchanged series with this history would show."""
    low, middle, high = (float(each[0, -1]) for each in compared.posterior.interval(INTERVAL))
    window, baseline = compared.window(), compared.baseline()
    unchanged = unchanged_ratio(compared.counts, compared.effort, baseline)
    return {
        "ratio": middle,
        "low": low,
        "high": high,
        "observed": float(compared.posterior.observed[0, -1]),
        "threshold": 1.0 + sign * by,
        "events": _total(compared.counts, window),
        "baseline_events": _total(compared.counts, baseline),
        "months": compared.length,
        "baseline_months": baseline[1] - baseline[0],
        **({"reporting": compared.still[0]} if compared.still[0] else {}),
        **({} if compared.effort is None else {"effort": compared.times_looked}),
        **({} if unchanged is None else {"unchanged": unchanged}),
        **_season_of(compared),
    }


def _season_of(compared: Compared) -> dict[str, float | None]:
    """What the season makes of the ratio, where the two windows hold other months of the year."""
    earlier = compared.first_month % season.YEAR
    baseline, window = ((start + earlier, end + earlier) for start, end in (compared.baseline(), compared.window()))
    if min(baseline[0], window[0]) < earlier or season.same_months(baseline, window):
        return {}
    from_january = np.concatenate([np.full(earlier, np.nan), compared.rates()])
    return {"season": season.season_ratio(from_january, baseline, window)}


def _total(counts: Floats, span: tuple[int, int]) -> float:
    start, stop = max(span[0], 0), max(span[1], 0)
    return float(counts[start:stop].sum()) if stop > start else float("nan")


def change_phrase(numbers: dict[str, Any], label: str, against: Against) -> Phrase:
    """How many fewer or more, as an interval. No direction is claimed where the interval spans no change."""
    low, high = numbers["low"], numbers["high"]
    values = {
        "label": label,
        "against": against.phrase,
        "events": numbers["events"],
        "before": numbers["baseline_events"],
    }
    unequal = ""
    if numbers["months"] != numbers["baseline_months"]:
        unequal, values = ".unequal", {**values, "months": numbers["months"], "spread": numbers["baseline_months"]}
    if high <= 1.0:
        return Phrase(f"trend.fewer{unequal}", {**values, "low": 1.0 - high, "high": 1.0 - low})
    if low >= 1.0:
        return Phrase(f"trend.more{unequal}", {**values, "low": low - 1.0, "high": high - 1.0})
    return Phrase(f"trend.either{unequal}", {**values, "low": 1.0 - low, "high": high - 1.0})
