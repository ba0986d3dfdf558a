"""How steady statuses are from month to month, and how soon before or after dated events a reversal was called."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from primacy.assessment.over_time.backtesting import Month, Standing
from primacy.evidence.errors import BadInput
from primacy.evidence.store.numbered_days import month_index
from primacy.framework import Mission

FOLLOWED = 12
"""Months after a call in which it must come true."""
NEAR = 24
"""Months around an event in which a call is about it."""
LOST = ("reversed", "not met")
KINDS = ("status", "sign")


@dataclass(frozen=True)
class Call:
    """A reversal that was called.

    kind    `status`: the benchmark became reversed; `sign`: an alarm or a sign of loss came, for a person to confirm
    false   within the following year a status of reversed was met again, or after a sign nothing was ever lost; None
            where less than a year followed
    """

    as_of: date
    kind: str
    false: bool | None


@dataclass(frozen=True)
class Lead:
    """An event and the call nearest to it. `months`: how long before the event it came, negative when after; None
    where there was none within two years."""

    event: str
    day: date
    call: Call | None
    months: int | None


@dataclass(frozen=True)
class Record:
    """One benchmark over all months. `flips`: how often its status differs from that of the month before."""

    benchmark: str
    standings: tuple[Standing, ...]
    flips: int
    calls: tuple[Call, ...]
    leads: tuple[Lead, ...]
    false_a_year: Mapping[str, float | None]
    """By kind of call; None where no call could be followed for a year."""


def events_of(written: Sequence[str], mission: Mission) -> dict[str, date]:
    """Events as `NAME=DATE`; those of the mission file where none is given. Raises BadInput for what is no event."""
    found = dict(mission.events) if not written else {}
    for each in written:
        name, _, day = each.partition("=")
        try:
            found[name.strip()] = date.fromisoformat(day.strip())
        except ValueError as error:
            raise BadInput(f"'{each}' is no dated event", "", "Write --event relapse=2020-12-19") from error
    return found


def records(months: Sequence[Month], events: Mapping[str, date]) -> list[Record]:
    """In the framework's order; of benchmarks that every month has."""
    ids = [id for id in months[-1].standings if all(id in each.standings for each in months)]
    return [_record(id, months, events) for id in ids]


def _record(id: str, months: Sequence[Month], events: Mapping[str, date]) -> Record:
    standings = tuple(each.standings[id] for each in months)
    days = [each.as_of for each in months]
    flips = sum(one.status != other.status for one, other in pairwise(standings))
    calls = tuple(sorted(_calls(standings, days), key=lambda each: each.as_of))
    leads = tuple(_lead(name, day, calls) for name, day in sorted(events.items(), key=lambda each: each[1]))
    return Record(id, standings, flips, calls, leads, {kind: _false_a_year(kind, calls, days) for kind in KINDS})


def _calls(standings: Sequence[Standing], days: Sequence[date]) -> Iterator[Call]:
    """Months in which a status becomes reversed or a sign appears; the first month has nothing before it."""
    for place in range(1, len(standings)):
        before, now = standings[place - 1], standings[place]
        after = _following(place, days)
        statuses = [standings[each].status for each in after]
        whole = bool(after) and _months_between(days[place], days[after[-1]]) >= FOLLOWED
        if now.status == "reversed" != before.status:
            yield Call(days[place], "status", "met" in statuses if whole or "met" in statuses else None)
        if _warned(now) and not _warned(before):
            lost = any(status in LOST for status in [now.status, *statuses])
            yield Call(days[place], "sign", not lost if whole or lost else None)


def _warned(standing: Standing) -> bool:
    return "unconfirmed sign" in standing.flags


def _following(place: int, days: Sequence[date]) -> list[int]:
    """Replays of the year after one."""
    return [each for each in range(place + 1, len(days)) if _months_between(days[place], days[each]) <= FOLLOWED]


def _months_between(one: date, other: date) -> int:
    return month_index(other) - month_index(one)


def _lead(event: str, day: date, calls: Sequence[Call]) -> Lead:
    near = [each for each in calls if abs(_months_between(each.as_of, day)) <= NEAR]
    if not near:
        return Lead(event, day, None, None)
    call = min(near, key=lambda each: (abs(_months_between(each.as_of, day)), each.as_of))
    return Lead(event, day, call, _months_between(call.as_of, day))


def _false_a_year(kind: str, calls: Sequence[Call], days: Sequence[date]) -> float | None:
    """False calls a year, over the years in which a call could be followed."""
    years = (_months_between(days[0], days[-1]) - FOLLOWED) / 12
    if years <= 0:
        return None
    return round(sum(each.false is True for each in calls if each.kind == kind) / years, 3)
