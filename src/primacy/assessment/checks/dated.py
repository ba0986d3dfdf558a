"""What of a mission file two people signed before an assessment, and what counts only from a day after it.

A package holds what counts on its day. That a signed list, baseline or decision counts on a later day is no changed
rule where it was signed when the earlier day was judged: the file was the same, and time has passed.
"""

from dataclasses import dataclass
from datetime import date

from primacy.framework import Mission
from primacy.framework.mission import Baseline, Change, SetAside


@dataclass(frozen=True)
class Came:
    """What came into force by its date alone between two days."""

    changes: tuple[Change, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    set_aside: tuple[SetAside, ...] = ()

    def added_to(self, mission: Mission) -> Mission:
        """The mission file on the later day. A new baseline is written before those that it takes the place of."""
        changes = sorted([*mission.changes, *self.changes], key=lambda each: each.counts_from)
        baselines, aside = [*self.baselines, *mission.baselines], [*mission.set_aside, *self.set_aside]
        return mission.model_copy(update={"changes": changes, "baselines": baselines, "set_aside": aside})

    def taken_from(self, mission: Mission) -> Mission:
        """The mission file on the earlier day."""
        kept = {
            "changes": [each for each in mission.changes if each not in self.changes],
            "baselines": [each for each in mission.baselines if each not in self.baselines],
            "set_aside": [each for each in mission.set_aside if each not in self.set_aside],
        }
        return mission.model_copy(update=kept)


def came(earlier: Mission, later: Mission, *, after: date, until: date, signed_by: date) -> Came:
    """What counts on the later day alone because of its date.

    earlier, later   mission files as they count on the days `after` and `until`
    signed_by        when the earlier day was judged: what was signed then already was in its file, though not counting
    """

    def by_date(counts_from: date, on: date | None) -> bool:
        return on is not None and on <= signed_by and after < counts_from <= until

    return Came(
        tuple(c for c in later.changes if c not in earlier.changes and by_date(c.counts_from, c.on)),
        tuple(b for b in later.baselines if b not in earlier.baselines and by_date(b.counts_from, b.on)),
        tuple(a for a in later.set_aside if a not in earlier.set_aside and by_date(a.on, a.on)),
    )


def alike(one: Mission, other: Mission) -> bool:
    """Whether two mission files ask the same: the day that an exercise has reached is asked of nobody."""
    return one.model_copy(update={"practice_day": None}) == other.model_copy(update={"practice_day": None})
