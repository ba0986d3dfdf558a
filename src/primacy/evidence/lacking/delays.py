"""How long it takes until an event is known, learnt by source and kind from what was told when.

An event says something about delay where its coming could be seen: where its rows have a time of knowledge of their
own, or where it happened after the end of its source's first release, so that a later one was the first to tell of it.

What happened shortly before the last release is known in part only, the quickly reported first. How many are told at
once and how many later is therefore estimated backwards, from the latest that was seen; the steps are days where rows
have times of their own, and else releases, because between two of them nothing could become known.

Source   Lagakos, Barraj & De Gruttola, Biometrika 75 (1988), 515-523: product-limit estimate under right truncation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import ibis
import ibis.expr.types as ir
import numpy as np
from numpy.typing import NDArray

from primacy.evidence.kinds import KINDS
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.numbered_days import EPOCH, day_number
from primacy.evidence.store.raster import Bools, Ints, texts, wholes
from primacy.evidence.store.store import Store

AFTER_MONTHS = (0, 1, 2, 3, 6, 12)
RECENT = timedelta(days=5 * 365)  # events before it are passed over: how reports come in changes with the years
FEWEST = 10  # events from which on a delay is told
EVENTS = tuple(name for name, kind in KINDS.items() if kind.nature == "event")
NEVER_SEEN = 10_000_000  # days since 1970: no row of the version happened late enough to show its delay


@dataclass(frozen=True)
class Delay:
    """What is known of one source's events of a kind, and when.

    events     how many it rests on
    shares     by number of months: the share known by the end of that month, counted from the month of the event, of
               all that become known as late as any was seen to
    half_days  days after which half of them are known
    curve      the share known after 0, 1, 2, ... steps, and whether a step is a day (else a release)
    """

    lineage: str
    kind: str
    events: int
    shares: Mapping[int, float]
    half_days: int
    curve: tuple[float, ...] = ()
    by_days: bool = False


def delays(store: Store, *, known: datetime, level: int | None = None) -> list[Delay]:
    """One entry for each lineage and kind of which enough events show their delay, the most told of first.

    level   data points above this confidentiality are left out
    """
    versions = store.versions(known=known)
    if not versions:
        return []
    rows = store.ever_told(known=known)
    rows = rows.filter(rows.kind.isin(EVENTS) & (rows.date >= ibis.literal((known - RECENT).date())))
    if level is not None:
        rows = rows.filter(rows.confidentiality <= level)
    lineages = list(dict.fromkeys(each.lineage for each in versions))
    found = store.columns(_first_told(rows, versions, lineages))
    lineage, kind = wholes(found["lineage"]), np.array(texts(found["kind"]), dtype=object)
    told = _Told(*(wholes(found[name]) for name in ("happened", "told", "release", "own", "events")))
    learnt = []
    for number, of in sorted(set(zip(lineage.tolist(), kind.tolist(), strict=True))):
        releases = [each for each in versions if each.lineage == lineages[number]]
        mine = told.only((lineage == number) & (kind == of)).alike()
        if int(mine.count.sum()) >= FEWEST:
            learnt.append(_learnt(lineages[number], of, mine, releases, known))
    return sorted(learnt, key=lambda each: -each.events)


@dataclass(frozen=True)
class _Told:
    """Events that are alike: when they happened, when and by which release of their lineage they were first told of,
    whether their rows have a time of their own, and how many they are. Shapes: all (n,)."""

    happened: Ints
    told: Ints
    release: Ints
    own: Ints
    count: Ints

    def only(self, chosen: Bools) -> "_Told":
        return _Told(*(each[chosen] for each in (self.happened, self.told, self.release, self.own, self.count)))

    def alike(self) -> "_Told":
        """Those with times of their own, or those without, whichever are more."""
        own = self.own > 0
        return self.only(own if self.count[own].sum() * 2 >= self.count.sum() else ~own)


def _first_told(rows: ir.Table, versions: Sequence[DatasetVersion], lineages: Sequence[str]) -> ir.Table:
    """How many events of each lineage and kind happened on a day and were first told of on another."""
    series = {each.id: lineages.index(each.lineage) for each in versions}
    number = {each.id: [v.id for v in versions if v.lineage == each.lineage].index(each.id) for each in versions}
    published = {each.id: day_number(each.known.date()) for each in versions}
    rows = rows.mutate(
        lineage=rows.dataset.cases(*series.items(), else_=-1), happened=_number(rows.date),
        told=_number(rows.known.date()), release=rows.dataset.cases(*number.items(), else_=-1),
        seen_from=rows.dataset.cases(*_seen_from(versions).items(), else_=NEVER_SEEN),
        published=rows.dataset.cases(*published.items(), else_=-1),
    )  # fmt: skip
    rows = rows.mutate(own=(rows.told != rows.published).cast("int64"))
    rows = rows.filter((rows.happened >= rows.seen_from) | (rows.own == 1))
    items = rows.group_by("lineage", "kind", "item").agg(
        happened=rows.happened.min(), told=rows.told.min(), release=rows.release.min(), own=rows.own.max()
    )  # fmt: skip
    return items.group_by("lineage", "kind", "happened", "told", "release", "own").agg(events=items.count())


def _number(day: ir.DateValue) -> ir.IntegerValue:
    """Days since 1970."""
    return day.delta(ibis.literal(EPOCH), unit="day").cast("int64")


def _seen_from(versions: Sequence[DatasetVersion]) -> dict[str, int]:
    """By version the day from which on its events show their delay; `versions` oldest knowledge first.

    Events with ids of their source's own, and records, are followed from release to release: all count that happened
    after the first one. Without such ids a later release may tell old events under new names, so of each release only
    what happened after all that were before it.
    """
    begun: dict[str, int] = {}
    reached: dict[str, int] = {}
    found: dict[str, int] = {}
    for each in versions:
        end = day_number(each.end) + 1 if each.end is not None else NEVER_SEEN
        followed = each.own_ids or each.by_record
        found[each.id] = (begun if followed else reached).get(each.lineage, NEVER_SEEN)
        begun.setdefault(each.lineage, end)
        reached[each.lineage] = max(end, reached.get(each.lineage, 0))
    return found


def _learnt(lineage: str, kind: str, told: _Told, releases: Sequence[DatasetVersion], known: datetime) -> Delay:
    days = np.maximum(told.told - told.happened, 0)
    months = np.maximum(_months(told.told) - _months(told.happened), 0)
    by_days = bool(told.own.all())
    if by_days:
        last = last_told(releases, known)
        step, visible = days, np.maximum(last - told.happened, days)
    else:
        reached = np.maximum.accumulate([day_number(each.end) if each.end else -1 for each in releases])
        first = np.minimum(np.searchsorted(reached, told.happened), told.release)  # the first that could tell of it
        step, visible = told.release - first, len(releases) - 1 - first
    # Of events of one step each stands for as many as the step should have.
    curve = known_after(step, visible, told.count)
    share = np.diff(curve, prepend=0.0)
    weight = told.count * (share / np.maximum(np.bincount(step, told.count), 1))[step]
    shares = {after: round(float(weight[months <= after].sum()), 3) for after in AFTER_MONTHS}
    order = np.argsort(days, kind="stable")
    half = int(days[order][np.searchsorted(np.cumsum(weight[order]), 0.5 - 1e-9)])
    return Delay(lineage, kind, int(told.count.sum()), shares, half, tuple(curve.tolist()), by_days)


def last_told(releases: Sequence[DatasetVersion], known: datetime) -> int:
    """The last day, as a number, on which anything became known by `known`."""
    return max(day_number(min(at, known).date()) for each in releases for at in (each.known, each.known_last) if at)


def _months(days: Ints) -> Ints:
    months: Ints = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return months


def known_after(delay: Ints, visible: Ints, count: Ints) -> NDArray[np.float64]:
    """The share of events known after 0, 1, 2, ... steps, of those known after the longest delay seen.

    Shapes   all (n,) -> (longest delay + 1,)
    Units    delay, visible: steps (days, releases); count: events that are alike
    visible  the longest delay that an event of its age could have shown until now; never less than its delay
    Source   the hazard of reverse time: of events told with a delay of at most k, which could also have been told with
             k, the part told with exactly k is g(k); the share known after d is the product of 1 - g(k) over k > d.
    """
    longest = int(delay.max())
    told = np.bincount(delay, count, longest + 1)
    # Among those told by k are only events old enough to have shown k: delay <= k <= visible.
    entering = np.bincount(delay, count, longest + 2)
    leaving = np.bincount(np.minimum(visible, longest) + 1, count, longest + 2)
    at_risk = np.cumsum(entering - leaving)[: longest + 1]
    hazard = np.divide(told, at_risk, out=np.zeros(longest + 1), where=at_risk > 0)
    later = np.append(np.cumprod((1.0 - hazard)[::-1])[::-1][1:], 1.0)
    return np.asarray(np.clip(later, 0.0, 1.0), dtype=np.float64)
