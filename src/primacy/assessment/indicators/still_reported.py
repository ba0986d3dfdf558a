"""Months of an indicator that are still being reported: left out where little is in, allowed for where most is.

A month of which less than half is in says too little to be corrected: windows end before it. Of a month of which more
is in, the known share is exposure, like monitoring effort: events that were not reported thin a count as chance does,
so the rate per known share is that of the whole month, and is as unsure as the fewer events make it.

Source   Lawless (1994), Canadian Journal of Statistics 22: reporting delay as thinning, adjusted by the share known.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from primacy.assessment.finding import Phrase
from primacy.assessment.rules.grid import Floats, Ints
from primacy.evidence.lacking.being_reported import BeingReported
from primacy.evidence.store.numbered_days import first_day

LITTLE = 0.5  # the share below which a month is left out
MOST_LEFT_OUT = 3  # months; where more would have to be left out, what is known is too old


@dataclass(frozen=True)
class StillReported:
    """By month of a series the share of events that is known, 1 where complete, and on how many events it rests.

    left_out_from   the first month that is left out; the number of months where none is
    """

    share: Floats
    events: Ints
    left_out_from: int

    def ends(self, ends: Ints) -> Ints:
        """The month after each window, before the months that are left out where these are few."""
        first = self.left_out_from
        few = ends - first <= MOST_LEFT_OUT
        earlier: Ints = np.where(few, np.minimum(ends, first), ends)
        return earlier

    def of(self, start: int, end: int) -> float:
        """The share of the events of some months that is known, each month taken alike."""
        return float(self.share[start:end].sum() / (end - start)) if end > start else 1.0


def still_reported(
    reporting: Sequence[BeingReported], kind: str, owners: Sequence[str], first_month: int
) -> StillReported | None:
    """What is known of each month, by the one source that is read there; None where all is complete.

    owners   lineage by month; "" where no complete source covers it
    """
    shares: Mapping[str, BeingReported] = {each.lineage: each for each in reporting if each.kind == kind}
    if not shares:
        return None
    share, events = np.ones(len(owners)), np.zeros(len(owners), dtype=np.int64)
    for place, lineage in enumerate(owners):
        found = shares.get(lineage)
        if found is not None and first_month + place in found.shares:
            share[place], events[place] = found.shares[first_month + place], found.events
    owned = [place for place, lineage in enumerate(owners) if lineage]
    enough = [place for place in owned if share[place] >= LITTLE]
    left_out_from = enough[-1] + 1 if enough and enough[-1] < owned[-1] else len(owners)
    return StillReported(share, events, left_out_from) if (share < 1.0).any() else None


def told(
    known: StillReported | None, label: str, window: tuple[int, int], complete: int, first_month: int
) -> tuple[dict[str, float], tuple[Phrase, ...]]:
    """What is left out and what is allowed for on the assessment's day: as numbers, and as sentences.

    window     its months, half open        complete   the month after the last that is over
    """
    if known is None:
        return {}, ()
    numbers: dict[str, float] = {}
    phrases = []
    inside = [month for month in range(*window) if known.share[month] < 1.0]
    spans = (("left-out", window[1], complete if window[1] == known.left_out_from else window[1]),
             ("allowed-for", inside[0] if inside else window[1], window[1]))  # fmt: skip
    for name, start, end in spans:
        if start < end:
            share = known.of(start, end)
            numbers |= {f"{name} months": end - start, f"{name} share": share}
            values = {"label": label, "start": first_day(first_month + start).isoformat(), "share": share}
            phrases.append(Phrase(f"reporting.{name}", values))
    return numbers, tuple(phrases)
