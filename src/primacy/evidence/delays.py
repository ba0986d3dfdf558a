"""How long it takes until an event is known, learnt by source and kind from what was told when.

An event says something about delay where its coming could be seen: where its rows have a time of knowledge of their
own, or where it happened after the end of its source's first release, so that a later one was the first to tell of it.
What happened shortly before the last release is known in part only, the quickly reported first; the share of events
known after a delay is therefore estimated backwards from the longest delay that was seen.

Source   Lagakos, Barraj & De Gruttola, Biometrika 75 (1988), 515-523: product-limit estimate under right truncation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import ibis
import ibis.expr.types as ir
import numpy as np

from primacy.evidence.datasets import DatasetVersion
from primacy.evidence.kinds import KINDS
from primacy.evidence.raster import EPOCH, Ints, texts, wholes
from primacy.evidence.store import Store

AFTER_MONTHS = (0, 1, 2, 3, 6, 12)
FEWEST = 10  # events from which on a delay is told
EVENTS = tuple(name for name, kind in KINDS.items() if kind.nature == "event")
NEVER_SEEN = 10_000_000  # days since 1970: no row of the version happened late enough to show its delay


@dataclass(frozen=True)
class Delay:
    """What is known of one source's events of a kind, and when.

    events     how many it rests on
    shares     by number of months: the share known by the end of that month after the month of the event, of all that
               become known within the longest delay seen
    half_days  days after which half of them are known
    """

    lineage: str
    kind: str
    events: int
    shares: Mapping[int, float]
    half_days: int


def delays(store: Store, *, known: datetime, level: int | None = None) -> list[Delay]:
    """One entry for each lineage and kind of which enough events show their delay, the most told of first.

    level   data points above this confidentiality are left out
    """
    versions = store.versions(known=known)
    if not versions:
        return []
    rows = store.ever_told(known=known)
    rows = rows.filter(rows.kind.isin(EVENTS))
    if level is not None:
        rows = rows.filter(rows.confidentiality <= level)
    lineages = list(dict.fromkeys(each.lineage for each in versions))
    found = store.columns(_first_told(rows, versions, lineages))
    lineage, kind = wholes(found["lineage"]), np.array(texts(found["kind"]), dtype=object)
    happened, told, count = (wholes(found[name]) for name in ("happened", "told", "events"))
    last = _last_told(versions, lineages)
    learnt = []
    for number, of in sorted(set(zip(lineage.tolist(), kind.tolist(), strict=True))):
        mine = (lineage == number) & (kind == of)
        if int(count[mine].sum()) >= FEWEST:
            learnt.append(_learnt(lineages[number], of, happened[mine], told[mine], count[mine], last[number]))
    return sorted(learnt, key=lambda each: -each.events)


def _first_told(rows: ir.Table, versions: Sequence[DatasetVersion], lineages: Sequence[str]) -> ir.Table:
    """How many events of each lineage and kind happened on a day and were first told of on another."""
    series = {each.id: lineages.index(each.lineage) for each in versions}
    release = {each.id: each.known for each in versions}
    seen = _seen_from(versions)
    rows = rows.mutate(
        lineage=rows.dataset.cases(*series.items(), else_=-1),
        happened=_number(rows.date), told=_number(rows.known.date()),
        from_=rows.dataset.cases(*seen.items(), else_=NEVER_SEEN),
        release=rows.dataset.cases(*((id, _number_of(at.date())) for id, at in release.items()), else_=-1),
    )  # fmt: skip
    rows = rows.filter((rows.happened >= rows.from_) | (rows.told != rows.release))
    items = rows.group_by("lineage", "kind", "item").agg(happened=rows.happened.min(), told=rows.told.min())
    return items.group_by("lineage", "kind", "happened", "told").agg(events=items.count())


def _number(day: ir.DateValue) -> ir.IntegerValue:
    """Days since 1970."""
    return day.delta(ibis.literal(EPOCH), unit="day").cast("int64")


def _number_of(day: date) -> int:
    return (day - EPOCH).days


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
        end = _number_of(each.end) + 1 if each.end is not None else NEVER_SEEN
        followed = each.own_ids or each.by_record
        found[each.id] = (begun if followed else reached).get(each.lineage, NEVER_SEEN)
        begun.setdefault(each.lineage, end)
        reached[each.lineage] = max(end, reached.get(each.lineage, 0))
    return found


def _last_told(versions: Sequence[DatasetVersion], lineages: Sequence[str]) -> list[int]:
    """The day of the last release, or of the last row with a time of its own, of each lineage."""
    last = dict.fromkeys(lineages, 0)
    for each in versions:
        last[each.lineage] = max(
            last[each.lineage], *(_number_of(at.date()) for at in (each.known, each.known_last) if at)
        )
    return [last[each] for each in lineages]


def _learnt(lineage: str, kind: str, happened: Ints, told: Ints, count: Ints, last: int) -> Delay:
    days = np.maximum(told - happened, 0)
    months = np.maximum(_months(told) - _months(happened), 0)
    visible_months = np.maximum(int(_months(np.array([last]))[0]) - _months(happened), months)
    by_month = known_after(months, visible_months, count)
    by_day = known_after(days, np.maximum(last - happened, days), count)
    shares = {after: round(float(by_month[min(after, len(by_month) - 1)]), 3) for after in AFTER_MONTHS}
    return Delay(lineage, kind, int(count.sum()), shares, int(np.argmax(by_day >= 0.5)))


def _months(days: Ints) -> Ints:
    months: Ints = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return months


def known_after(delay: Ints, visible: Ints, count: Ints) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """The share of events known after 0, 1, 2, ... steps, of those known after the longest delay seen.

    Shapes   all (n,) -> (longest delay + 1,)
    Units    delay, visible: steps (days, months); count: events that are alike
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
    return np.clip(later, 0.0, 1.0)
