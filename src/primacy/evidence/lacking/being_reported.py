"""What is still being reported: by source, kind and month, the share of its events that is known already.

The share follows from how long that source took before (`delays`) and from how long it has had for this month. It is
an estimate: `events` says on how many it rests. Months that are as good as complete are left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from primacy.evidence.lacking.delays import Delay, delays, last_told
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.numbered_days import day_number, first_day, month_index
from primacy.evidence.store.store import Store

COMPLETE = 0.97  # the share from which on a month counts as complete
LEAST_EVENTS = 30  # on which an estimate must rest before a finding leans on it
LONGEST = 36  # months back that are looked at
DIGITS = 3


@dataclass(frozen=True)
class BeingReported:
    """The months of one source and kind that are not complete yet: month index -> share that is known (0 to 1)."""

    lineage: str
    kind: str
    events: int
    shares: Mapping[int, float]

    def as_dict(self) -> dict[str, Any]:
        """Plain data, months written `2026-05`."""
        months = {first_day(month).isoformat()[:7]: share for month, share in self.shares.items()}
        return {"lineage": self.lineage, "kind": self.kind, "events": self.events, "shares": months}

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> "BeingReported":
        months = {int(text[:4]) * 12 + int(text[5:7]) - 1: float(share) for text, share in content["shares"].items()}
        return cls(content["lineage"], content["kind"], int(content["events"]), months)


def being_reported(store: Store, *, known: datetime, level: int | None = None) -> tuple[BeingReported, ...]:
    """Of each source and kind whose delay could be learnt, the months that are not complete at `known`.

    level   data points above this confidentiality teach nothing
    """
    # In a replay with hindsight the delay is given, not learnt: what is not in yet is not covered yet.
    versions = [each for each in store.versions(known=known) if each.told_after is None]
    releases: dict[str, list[DatasetVersion]] = {}
    for each in versions:
        releases.setdefault(each.lineage, []).append(each)
    if not any(len(own) > 1 or any(each.known_last for each in own) for own in releases.values()):
        return ()  # nothing that could have shown a delay: no row needs to be read
    found = []
    for delay in delays(store, known=known, level=level):
        if delay.events >= LEAST_EVENTS and delay.lineage in releases:
            shares = incomplete(delay, releases[delay.lineage], known)
            found += [BeingReported(delay.lineage, delay.kind, delay.events, shares)] if shares else []
    return tuple(sorted(found, key=lambda each: (each.lineage, each.kind)))


def incomplete(delay: Delay, releases: Sequence[DatasetVersion], known: datetime) -> dict[int, float]:
    """Month index -> share known, of the months before `known` that are not complete; `releases` oldest first."""
    last = month_index(known.date())
    share = _by_days(delay, releases, known) if delay.by_days else _by_releases(delay, releases)
    found = {month: share(month) for month in range(last - LONGEST, last + 1)}
    return {month: round(each, DIGITS) for month, each in found.items() if each is not None and each < COMPLETE}


def _by_days(delay: Delay, releases: Sequence[DatasetVersion], known: datetime) -> Any:
    """Mean over the days of a month, each having had until the last day on which its source could tell of it."""
    curve = np.concatenate([[0.0], delay.curve])
    last = day_number(known.date())
    if not any(_open(each) for each in releases):
        last = last_told(releases, known)

    def share(month: int) -> float:
        days = np.arange(day_number(first_day(month)), day_number(first_day(month + 1)))
        return float(curve[np.clip(last - days + 1, 0, len(curve) - 1)].sum() / len(days))

    return share


def _open(release: DatasetVersion) -> bool:
    """Whether more may come in by itself: records are entered as they come; a file is closed once it is known."""
    return release.by_record or (release.known_last is not None and release.known_last > release.known)


def _by_releases(delay: Delay, releases: Sequence[DatasetVersion]) -> Any:
    """By how many releases came after the first that reached the month; None where none has reached it."""
    reached = np.maximum.accumulate([month_index(each.end) if each.end else -1 for each in releases])

    def share(month: int) -> float | None:
        first = int(np.searchsorted(reached, month))
        if first == len(releases):
            return None
        return delay.curve[min(len(releases) - 1 - first, len(delay.curve) - 1)]

    return share
