"""Writes: what comes again and again is queued when it is due, by whichever worker looks first."""

from functools import cache

from django.db import transaction
from django.utils import timezone

from primacy.access.rooms import modules_of_rooms
from primacy.jobs.models import Appointment
from primacy.jobs.recurring import Recurring
from primacy.jobs.services import enqueue

KIND = "recurring"


@cache
def recurring() -> dict[str, Recurring]:
    """Everything of all rooms, by name. Raises TypeError where two have one name."""
    found: dict[str, Recurring] = {}
    for tasks in modules_of_rooms("tasks"):
        for each in getattr(tasks, "RECURRING", ()):
            if each.name in found:
                raise TypeError(f"two things that recur are called {each.name}")
            found[each.name] = each
    return found


def keep_appointments() -> list[str]:
    """Queue what is due; the names of it. What is new is due at its next hour, or at once."""
    now = timezone.now()
    known, there = recurring(), set(Appointment.objects.values_list("name", flat=True))
    for name in known.keys() - there:
        first = known[name].next(now) if known[name].hour is not None else now
        Appointment.objects.get_or_create(name=name, defaults={"due": first})
    queued = []
    with transaction.atomic():
        due = Appointment.objects.select_for_update(skip_locked=True).filter(name__in=list(known), due__lte=now)
        for each in due:
            each.last = enqueue(known[each.name].task, kind=KIND, by=None)
            each.due = known[each.name].next(now)
            each.save()
            queued.append(each.name)
    return queued
