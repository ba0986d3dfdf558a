"""What comes again and again: a digest, retention, an expiry. A room says so in `RECURRING` of its `tasks.py`."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any


@dataclass(frozen=True)
class Recurring:
    """One thing that is done by itself.

    words  what it is, for the page of the set-up
    name   its key, of which there is one in all rooms; never changed, or it counts as new
    task   of django-tasks, with `job_id` as its only argument; doing it twice must be as good as once
    every  how often
    hour   with `every` in whole days: the hour of the day (UTC)
    """

    name: str
    words: Any
    task: Any
    every: timedelta
    hour: int | None = None

    def next(self, now: datetime) -> datetime:
        """The first moment after `now`. What was missed while nobody worked is done once, not as often as it was
        missed."""
        if self.hour is None:
            return now + self.every
        today = now.replace(hour=self.hour, minute=0, second=0, microsecond=0)
        return today if today > now else today + self.every
