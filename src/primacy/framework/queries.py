"""Reads of the framework that pages of several rooms share."""

from datetime import date, datetime

from django.utils import timezone

from primacy.framework import mission
from primacy.framework.instance import Instance


def today() -> date:
    """The day whose framework is in force, and on which people write, sign, report and score: in an exercise its own.

    Of rooms that know Django this is the one place that tells it. What protects people and what is proved later goes by
    the clock instead: the trail, sign-in, posts and shares, retention, backups, keys.
    """
    return mission.day_of(Instance.here(), timezone.localdate())


def known_from() -> datetime:
    """From when on what is written now counts as known: this moment, in an exercise on its own day."""
    return mission.known_from(Instance.here(), timezone.now())
