"""The digest by e-mail: how much waits to be read, and where. No word of what it is about leaves the house.

It is off until the instance says how mail is sent (`mail.yaml`), and for each person until they ask for it.
"""

import logging
from collections import Counter
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from primacy.access.models import User
from primacy.access.requiring import may
from primacy.access.services import record as enter
from primacy.work.models import Digest, Wishes
from primacy.work.queries.notices import SeenNotice, unmailed
from primacy.work.queries.tasks import due_by

logger = logging.getLogger(__name__)
HOUR = 5  # UTC, from which the digest of a day goes
MONDAY = 0


def send_digests(*, now: datetime | None = None) -> int:
    """Send what is due and was not sent; whoever is switched off gets nothing. Returns how many were sent.

    A digest is kept before it is sent. Where the house is interrupted between the two it is not sent again: what it
    would have told waits for the next one. Where the server refuses it, the next round tries once more.
    """
    moment = now or timezone.now()
    if not mail_is_on() or moment.hour < HOUR:
        return 0
    wanted = ["daily", *(["weekly"] if moment.weekday() == MONDAY else [])]
    rows = Wishes.objects.filter(digest__in=wanted, person__is_active=True).exclude(address="").select_related("person")
    return sum(_send(each.person, each.address, moment.date()) for each in rows)


def mail_is_on() -> bool:
    return settings.MAIL is not None


def may_be_sent_to(address: str) -> bool:
    """Whether the instance sends to this address at all: only inside the domains that it names."""
    mail = settings.MAIL
    return mail is not None and address.rpartition("@")[2].lower() in mail.domains


def _send(person: User, address: str, on: date) -> int:
    if not may(person, "work.read") or not may_be_sent_to(address):
        return 0
    waiting = unmailed(person)
    if not waiting:
        return 0
    with transaction.atomic():
        digest, new = Digest.objects.get_or_create(person=person, on=on)
    if not new:
        return 0
    try:
        message(person, address, waiting, on).send()
    except Exception:
        logger.exception("a digest could not be sent")
        digest.delete()
        return 0
    with transaction.atomic():
        digest.sent = timezone.now()
        digest.save(update_fields=["sent"])
        for each in waiting:
            each.notice.mailed = digest.sent
            each.notice.save(update_fields=["mailed"])
        enter(None, "sent a digest", person.username, {"notices": len(waiting)})
    return 1


def _mail() -> Any:
    """How mail is sent; only asked where it is on."""
    return settings.MAIL


def message(person: User, address: str, waiting: list[SeenNotice], on: date) -> EmailMultiAlternatives:
    """The mail itself, in the language of the person: numbers and links, as plain text and as simple HTML."""
    with translation.override(person.language):
        site = _mail().site.rstrip("/")
        context: dict[str, Any] = {
            "counts": sorted(Counter(each.notice.what for each in waiting).items()),
            "due": due_by(viewer=person, day=on),
            "notices": site + reverse("work:notices"), "tasks": site + reverse("work:tasks"),
            "wishes": site + reverse("work:wishes"), "n": len(waiting),
        }  # fmt: skip
        mail = EmailMultiAlternatives(
            subject=_("Your list of the day"), body=render_to_string("work/digest_plain.html", context),
            from_email=_mail().sender, to=[address],
            headers={"Auto-Submitted": "auto-generated", "List-Unsubscribe": f"<{context['wishes']}>"},
        )  # fmt: skip
        mail.attach_alternative(render_to_string("work/digest.html", context), "text/html")
        return mail
