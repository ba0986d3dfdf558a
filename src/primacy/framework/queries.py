"""Reads of the framework that pages of several rooms share."""

from datetime import date

from django.utils import timezone

from primacy.framework.instance import Instance
from primacy.framework.mission import day_of


def today() -> date:
    """The day whose framework is in force, and on which people sign, report and score: in an exercise its own."""
    return day_of(Instance.here(), timezone.localdate())
