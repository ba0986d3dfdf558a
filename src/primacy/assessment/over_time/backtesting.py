"""The findings of each month of some years, with the knowledge of that month: what would have been said when?

Every month is an assessment of its own with its own K. What does not change from month to month is not done again: the
evidence is fetched once where it is read with hindsight, and benchmarks on which nothing was ever told are judged again
only when a date of the mission file has passed.
"""

import re
import time as clock
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from primacy.assessment.assessing import assess, kinds_read, rows_read
from primacy.assessment.finding import Finding
from primacy.assessment.inputs import Inputs
from primacy.assessment.over_time.vintages import united
from primacy.assessment.rules.flagging import DUE_SOON
from primacy.evidence.errors import BadInput
from primacy.evidence.store.hindsight import lagged
from primacy.evidence.store.numbered_days import last_day, month_index
from primacy.evidence.store.store import Store

REAL = "real"
LAGGED = re.compile(r"lagged:(\d{1,4})d")
EVERY = re.compile(r"(\d{1,3})(m|y)")
Rules = Callable[[date], Inputs]
"""What is in force on a day: framework, mission file, places, calibration, and the evidence."""


@dataclass(frozen=True)
class Standing:
    """How a benchmark stood in one month."""

    status: str
    reason: str | None
    probability: float | None
    flags: tuple[str, ...]


@dataclass(frozen=True)
class Month:
    """One replay: the day judged, the moment of its knowledge, and every benchmark. `seconds`: how long it took."""

    as_of: date
    known: datetime
    standings: dict[str, Standing]
    seconds: float = field(default=0.0, compare=False)


# ---- what is asked for


def days(first: date, last: date, every: str) -> list[date]:
    """The days to judge. From the last day of a month it goes on to the last days of months.

    Raises BadInput for a step or an order that makes no sense.
    """
    found = EVERY.fullmatch(every)
    if found is None or int(found[1]) == 0:
        raise BadInput(f"'{every}' is no step", "", "Write 1m for every month, 3m, or 1y")
    if last < first:
        raise BadInput(f"it ends ({last}) before it begins ({first})", "", "Exchange --from and --to")
    step = int(found[1]) * (12 if found[2] == "y" else 1)
    whole = (first + timedelta(days=1)).day == 1
    listed = []
    for month in range(month_index(first), month_index(last) + 1, step):
        end = last_day(month)
        listed.append(end if whole else end.replace(day=min(first.day, end.day)))
    return [day for day in listed if day <= last]


def lag_of(knowledge: str) -> int | None:
    """Days after which everything is taken as known; None for knowledge as it really was. Raises BadInput."""
    if knowledge == REAL:
        return None
    found = LAGGED.fullmatch(knowledge)
    if found is None:
        raise BadInput(f"'{knowledge}' is no state of knowledge", "", "Write real, or lagged:45d")
    return int(found[1])


def knowledge_at(day: date) -> datetime:
    """The K of a month: the end of the day that is judged."""
    return datetime.combine(day, time(23, 59, 59), UTC)


# ---- the replay


def evidence_for(rules: Rules, asked: Sequence[date], knowledge: str) -> Store:
    """The store that every month reads: as it is, or what counts today as if it had been known with a lag."""
    lag, now = lag_of(knowledge), datetime.now(UTC)
    store = rules(asked[-1]).store
    if lag is None:
        return store
    in_force = {each.framework.hash + str(each.mission): each for each in map(rules, asked)}
    tables = [rows_read(each, as_of=asked[-1], known=now) for each in in_force.values()]
    return lagged(united(tables), store.versions(known=now), lag)


def replay(
    rules: Rules, store: Store, asked: Sequence[date], *, only: Collection[str] = (),
    tell: Callable[[Month], None] | None = None,
) -> list[Month]:  # fmt: skip
    """Judge each day with the knowledge of its end. `only`: these benchmarks alone; all where it is empty."""
    silent = _Silent(store)
    months = []
    for day in asked:
        start = clock.perf_counter()
        inputs = replace(rules(day), store=store)
        wanted = [id for id in inputs.framework.benchmarks if not only or id in only]
        unmoved = silent.standings(inputs, wanted, day)
        found = {**unmoved, **_judged(inputs, [id for id in wanted if id not in unmoved], day)}
        month = Month(day, knowledge_at(day), {id: found[id] for id in wanted}, clock.perf_counter() - start)
        months.append(month)
        if tell is not None:
            tell(month)
    return months


def _judged(inputs: Inputs, ids: Sequence[str], day: date) -> dict[str, Standing]:
    if not ids:
        return {}
    some = replace(inputs, framework=inputs.framework.only(ids))
    assessed = assess(some, as_of=day, known=knowledge_at(day))
    return {each.benchmark: standing(each) for each in assessed.findings if each.benchmark in set(ids)}


def standing(finding: Finding) -> Standing:
    return Standing(finding.status, finding.reason, finding.probability, finding.flags)


@dataclass
class _Silent:
    """Benchmarks that read only kinds of which nothing was ever told: only dates of the mission file move them."""

    store: Store
    seen: dict[object, dict[str, Standing]] = field(default_factory=dict)

    def standings(self, inputs: Inputs, wanted: Sequence[str], day: date) -> dict[str, Standing]:
        read = kinds_read(inputs.framework)
        ids = [id for id in wanted if not read[id] & self._told]
        key = inputs.framework.hash, str(inputs.mission), tuple(ids), tuple(_passed(inputs, day))
        if key not in self.seen:
            self.seen[key] = _judged(inputs, ids, day)
        return self.seen[key]

    @cached_property
    def _told(self) -> frozenset[str]:
        """Kinds that any data set ever covered or told of."""
        now = datetime.now(UTC)
        rows = self.store.ever_told(known=now)
        found = self.store.fetch(rows.select("kind").distinct())["kind"].to_pylist()
        covered = (coverage.kind for version in self.store.versions() for coverage in version.coverage)
        return frozenset([*found, *covered])


def _passed(inputs: Inputs, day: date) -> Iterator[tuple[bool, bool]]:
    """Of each date by which a status or a flag can change without evidence, whether it is over or has come."""
    mission = inputs.mission
    ends = [end for _, end in mission.horizons.values()]
    dates = [*mission.events.values(), *(start for start, _ in mission.horizons.values()), *ends]
    for each in [*dates, *(end - DUE_SOON for end in ends)]:
        yield day > each, day >= each
