"""What a team is told of its decisions: which are in force, what to expect of them, and what its evidence shows.

Nothing here looks at the truth. Before and after are of what was observed; that the one came after the other does not
say that it came of it, and how often as much changed before anything was decided stands beside each change.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from primacy.assessment.finding import Chart, Finding
from primacy.assessment.told.sentences import date_text, joined_labels, number_text, percent_text, status_word
from primacy.assessment.views import VIEW_DUE
from primacy.exercise.deciding import HALF, options
from primacy.exercise.game import Game
from primacy.exercise.world.scenario import text_in
from primacy.framework import Framework
from primacy.framework.languages import named, words
from primacy.framework.saying import ENGLISH, isolated, said

MOST_MONTHS = 12  # compared before and since
SHARE = "share"
BARE = (SHARE, "")  # units that are not said: a share has its sign, and what is counted in nothing has none
MOST_STEPS = 24  # of earlier ones that a change is held against


@dataclass(frozen=True)
class Seen:
    """An indicator before and since a decision. What is counted month by month is told by the mean of so many whole
    `months` on each side; of what is `level` by itself, by its value at the end of them, which is no mean.

    `ends`: the last month of each side, by its first day. `as_much` of `pairs`: of the steps before the decision from
    one span of as many months to the next, none of which overlaps another, how many were as large or larger.
    """

    indicator: str
    unit: str
    level: bool
    months: int
    ends: tuple[str, str]
    before: float
    since: float
    as_much: int
    pairs: int


@dataclass(frozen=True)
class Looked:
    """A benchmark on the last day before a decision counted and now, both as they are judged today."""

    benchmark: str
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


def followed_up(game: Game, findings: Sequence[Finding], hidden: Collection[str] = ()) -> list[FollowUp]:
    """Every decision of a team, the newest first; `findings` are those of the present of the exercise. How those that
    are `hidden` stand is not told: a view of the leadership comes first. What was seen month by month is."""
    by_id = {each.benchmark: each for each in findings}
    ends = [game.first_day(each.from_) for each in game.decisions[1:]]
    found = []
    for each, until in zip(game.decisions, [*ends, None], strict=False):
        since, months = game.first_day(each.from_), game.months - each.from_
        wanted = [by_id[id] for id in options()[each.named].look_at if id in by_id] if months else []
        looked = tuple(_looked(one, since, months, one.benchmark in hidden) for one in wanted)
        found.append(FollowUp(each.named, since, until, months, game.first_day(each.from_ + HALF), looked))
    return found[::-1]


def _looked(finding: Finding, since: date, months: int, hidden: bool) -> Looked:
    earlier = [status for day, _p, status in finding.history if day < since.isoformat()]
    charts = {each.indicator: each for each in finding.charts}
    seen = (_seen(each, since, min(months, MOST_MONTHS)) for each in charts.values())
    before, now = (None, VIEW_DUE) if hidden else (earlier[-1] if earlier else None, finding.status)
    return Looked(finding.benchmark, before, now, tuple(each for each in seen if each is not None))


def _seen(chart: Chart, since: date, months: int) -> Seen | None:
    """None where too little is known of the months before or since."""
    level = chart.window is None
    values = chart.values if level else chart.values[: chart.incomplete_from]
    at = sum(month < since.isoformat() for month in chart.months)
    span = min(months, len(values) - at)
    if span < 1 or at < span:
        return None
    before, after = (_of(values[start : start + span], level) for start in (at - span, at))
    if before is None or after is None:
        return None
    steps = _steps([_of(values[end - span : end], level) for end in range(at, span - 1, -span)])
    as_much = sum(each >= abs(after - before) - 1e-9 for each in steps)
    ends = chart.months[at - 1], chart.months[at + span - 1]
    return Seen(chart.indicator, chart.unit, level, span, ends, before, after, as_much, len(steps))


def _steps(back: Sequence[float | None]) -> list[float]:
    """How far each span lies from the one before it, where both are known; spans from the newest back."""
    apart = (abs(one - two) for one, two in pairwise(back) if one is not None and two is not None)
    return list(apart)[:MOST_STEPS]


def _of(values: Sequence[float | None], level: bool) -> float | None:
    """The mean of months of which all are known; of a level its last value."""
    if level:
        return values[-1]
    known = [each for each in values if each is not None]
    return sum(known) / len(known) if len(known) == len(values) else None


# ---- for people, and as plain data


def as_data(found: Sequence[FollowUp], framework: Framework) -> list[dict[str, Any]]:
    return [
        {"decision": each.decision, "since": each.since.isoformat(), "months": each.months,
         "until": None if each.until is None else each.until.isoformat(), "half_by": each.half.isoformat(),
         "looked_at": [{"benchmark": one.benchmark, "before": one.before, "now": one.now,
                        "seen": [vars(each) | {"indicator": joined_labels([each.indicator], framework=framework)}
                                 for each in one.seen]} for one in each.looked]}
        for each in found
    ]  # fmt: skip


def told(found: Sequence[FollowUp], framework: Framework, language: str = ENGLISH) -> Iterator[str]:
    """What a team reads of its decisions; nothing where it has taken none."""
    if not found:
        return
    yield said("exercise/follow.caution").told(language)
    colon = words(language, "colon")
    for each in found:
        yield f"{isolated(each.decision, language)}{colon}{text_in(options()[each.decision].about, language)}"
        yield f"  {_when(each, language)}"
        for one in each.looked:
            title = framework.text(one.benchmark, "title", language)[0]
            yield f"  {one.benchmark} {title}{colon}{_status(one, language)}"
            yield from (f"    {_numbers(seen, framework, language)}" for seen in one.seen)


def _when(each: FollowUp, language: str) -> str:
    since = date_text(each.since.isoformat(), language)
    if not each.months:
        return said("exercise/follow.to-come", since=since).told(language)
    half = date_text(each.half.isoformat(), language, form="month")
    expected = said("exercise/follow.expected", half=half)
    if each.until is None:
        return said("exercise/follow.in-force", since=since, expected=expected).told(language)
    until = date_text(each.until.isoformat(), language)
    return said("exercise/follow.until", since=since, until=until, expected=expected).told(language)


def _status(each: Looked, language: str) -> str:
    now = status_word(each.now, language)
    if each.before is None or each.before == each.now:
        return now
    return said("exercise/follow.status", before=status_word(each.before, language), now=now).told(language)


def _numbers(each: Seen, framework: Framework, language: str) -> str:
    """What is a mean is called one, and what is a level too."""
    before, since = (_plain(value, each.unit, language) for value in (each.before, each.since))
    values: dict[str, object] = {
        "label": joined_labels([each.indicator], language, framework=framework), "before": before, "since": since,
    }  # fmt: skip
    if each.level:
        then, now = (date_text(end, language, form="month") for end in each.ends)
        values |= {"then": then, "now": now}
        key = "exercise/follow.level" if each.unit in BARE else "exercise/follow.level-unit"
    else:
        values |= {"months": each.months}
        key = "exercise/follow.mean" if each.unit in BARE else "exercise/follow.mean-unit"
    if each.unit not in BARE:
        values["unit"] = named(language, "measured_in", each.unit)
    seen = said(key, **values)
    if not each.pairs:
        return seen.told(language)
    return said("exercise/follow.earlier", seen=seen, as_much=each.as_much, pairs=each.pairs).told(language)


def _plain(value: float, unit: str, language: str) -> str:
    return percent_text(value, language) if unit == SHARE else number_text(value, language)
