"""What a team is told of its decisions: which are in force, what to expect of them, and what its evidence shows.

Nothing here looks at the truth. Before and after are of what was observed; that the one came after the other does not
say that it came of it, and how often as much changed before anything was decided stands beside each change.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from primacy.assessment.finding import Chart, Finding
from primacy.assessment.told.sentences import joined_labels
from primacy.exercise.deciding import HALF, options
from primacy.exercise.game import Game
from primacy.framework import Framework

MOST_MONTHS = 12  # compared before and since
SHARE = "share"
MOST_PAIRS = 24  # of earlier months that a change is held against
CAUTION = (
    "What follows was seen; it does not show what a decision has done. Other things changed in the same months, "
    "reports of the last ones are still to come, and one decision moves little within a year."
)


@dataclass(frozen=True)
class Seen:
    """An indicator before and since a decision: the mean of so many whole months, or its value at the end of them.

    `as_much` of `pairs`: of two neighbouring spans as long, both before the decision, how many differed as much.
    """

    indicator: str
    unit: str
    months: int
    before: float
    since: float
    as_much: int
    pairs: int


@dataclass(frozen=True)
class Looked:
    """A benchmark on the last day before a decision counted and now, both as they are judged today."""

    benchmark: str
    title: str
    before: str | None
    now: str
    seen: tuple[Seen, ...]


@dataclass(frozen=True)
class FollowUp:
    """One decision. `until`: the day on which the next one took its place; None while it is in force."""

    decision: str
    since: date
    until: date | None
    months: int
    half: date
    looked: tuple[Looked, ...]


def followed_up(game: Game, findings: Sequence[Finding], framework: Framework) -> list[FollowUp]:
    """Every decision of a team, the newest first; `findings` are those of the present of the exercise."""
    by_id = {each.benchmark: each for each in findings}
    ends = [game.first_day(each.from_) for each in game.decisions[1:]]
    found = []
    for each, until in zip(game.decisions, [*ends, None], strict=False):
        since, months = game.first_day(each.from_), game.months - each.from_
        wanted = [by_id[id] for id in options()[each.named].look_at if id in by_id] if months else []
        looked = tuple(_looked(one, since, months, framework) for one in wanted)
        found.append(FollowUp(each.named, since, until, months, game.first_day(each.from_ + HALF), looked))
    return found[::-1]


def _looked(finding: Finding, since: date, months: int, framework: Framework) -> Looked:
    earlier = [status for day, _p, status in finding.history if day < since.isoformat()]
    charts = {each.indicator: each for each in finding.charts}
    seen = (_seen(each, joined_labels([each.indicator], framework=framework), since, min(months, MOST_MONTHS))
            for each in charts.values())  # fmt: skip
    title = framework.benchmarks[finding.benchmark].title
    return Looked(finding.benchmark, title, earlier[-1] if earlier else None, finding.status,
                  tuple(each for each in seen if each is not None))  # fmt: skip


def _seen(chart: Chart, label: str, since: date, months: int) -> Seen | None:
    """None where too little is known of the months before or since."""
    counted = chart.window is not None
    values = chart.values[: chart.incomplete_from] if counted else chart.values
    at = sum(month < since.isoformat() for month in chart.months)
    span = min(months, len(values) - at)
    if span < 1 or at < span:
        return None
    before, after = (_of(values[start : start + span], counted) for start in (at - span, at))
    if before is None or after is None:
        return None
    apart = abs(after - before)
    earlier = [pair for start in range(max(0, at - MOST_PAIRS - 2 * span + 1), at - 2 * span + 1)
               if None not in (pair := tuple(_of(values[begin : begin + span], counted)
                                             for begin in (start, start + span)))]  # fmt: skip
    as_much = sum(abs((one or 0.0) - (two or 0.0)) >= apart - 1e-9 for one, two in earlier)
    return Seen(label, chart.unit, span, before, after, as_much, len(earlier))


def _of(values: Sequence[float | None], counted: bool) -> float | None:
    """The mean of months of which all are known; of a level its last value."""
    if not counted:
        return values[-1]
    known = [each for each in values if each is not None]
    return sum(known) / len(known) if len(known) == len(values) else None


# ---- for people, and as plain data


def as_data(found: Sequence[FollowUp]) -> list[dict[str, Any]]:
    return [
        {"decision": each.decision, "since": each.since.isoformat(), "months": each.months,
         "until": None if each.until is None else each.until.isoformat(), "half_by": each.half.isoformat(),
         "looked_at": [{"benchmark": one.benchmark, "before": one.before, "now": one.now,
                        "seen": [vars(each) for each in one.seen]} for one in each.looked]}
        for each in found
    ]  # fmt: skip


def told(found: Sequence[FollowUp]) -> Iterator[str]:
    """What a team reads of its decisions; nothing where it has taken none."""
    if not found:
        return
    yield f"Your decisions. {CAUTION}"
    for each in found:
        yield f"{each.decision}: {options()[each.decision].about['en']}"
        yield f"  {_when(each)}"
        for one in each.looked:
            yield f"  {one.benchmark} {one.title}: {_status(one)}"
            yield from (f"    {_numbers(seen)}" for seen in one.seen)


def _when(each: FollowUp) -> str:
    if not each.months:
        return f"counts from {each.since:%d %B %Y} on: `primacy exercise advance`"
    until = "" if each.until is None else f" until {each.until:%d %B %Y}, when the next took its place"
    expected = f"little can be expected of it before half a year, about half of its work by {each.half:%B %Y}"
    return f"in force since {each.since:%d %B %Y}{until}; {expected}"


def _status(each: Looked) -> str:
    if each.before is None or each.before == each.now:
        return each.now
    return f"{each.before} before, {each.now} now"


def _numbers(each: Seen) -> str:
    span = "month" if each.months == 1 else f"{each.months} months"
    before, since = (_plain(value, each.unit) for value in (each.before, each.since))
    told = f"{each.indicator}: {before} in the {span} before, {since} since"
    told += "" if each.unit == SHARE else f" ({each.unit})"
    if each.pairs:
        told += f"; as much or more changed in {each.as_much} of {each.pairs} earlier spans"
    return told


def _plain(value: float, unit: str) -> str:
    if unit == SHARE:
        return f"{100 * value:.0f} %"
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"
