"""A calendar as other programs read it (iCalendar, RFC 5545). Pure.

It holds a day and a neutral title for each thing, and nothing of what it is about: whoever finds the phone learns how
busy its owner is. What is guarded is not in it.
"""

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time, timedelta

from icalendar import Calendar, Event

from primacy.work.dated import Dated


def feed(found: Iterable[Dated], *, name: str, words: Mapping[str, str], secret: str, address: str) -> bytes:
    """The calendar as a file; the same things give the same bytes.

    words     the neutral title of each kind
    secret    with which keys are hidden
    address   where the calendar of the site is, for a link from each day
    """
    made = Calendar()
    for field, value in (("prodid", "-//Primacy//EN"), ("version", "2.0"), ("x-wr-calname", name)):
        made.add(field, value)
    kept = [each for each in found if not each.guarded and not each.over]
    for each in sorted(kept, key=lambda one: (one.day, one.kind, one.key)):
        made.add_component(_event(each, words[each.kind], secret, address))
    return bytes(made.to_ical())


def _event(each: Dated, title: str, secret: str, address: str) -> Event:
    event = Event()
    event.add("uid", hmac.new(secret.encode(), each.key.encode(), hashlib.sha256).hexdigest()[:32] + "@primacy")
    event.add("dtstamp", datetime.combine(each.day, time(), UTC))  # of the thing, not of the reading
    event.add("dtstart", each.day)
    event.add("dtend", each.day + timedelta(days=1))
    event.add("summary", title)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    event.add("url", f"{address}?view=week&day={each.day.isoformat()}")
    return event
