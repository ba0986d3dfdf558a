"""Writes around a meeting: the front page kept as it stands, and news since, released and taken back."""

from datetime import UTC, datetime

from django.db import transaction

from primacy.access.models import User
from primacy.access.services import record
from primacy.assessment import queries
from primacy.assessment.front.meeting_page import Seen
from primacy.assessment.models import Flash, MeetingPage, StoredAssessment
from primacy.framework import Instance, read_mission


def keep_for_meeting(*, by: User, assessment_id: str, title: str, since: str | None, first: bool) -> MeetingPage:
    """Keep the front page of an assessment as it stands now, under an address of its own.

    `since` and `first` say with what the page compares (`meeting_page.Seen`).
    Raises   LookupError where there is no such assessment, ValueError without a title.
    """
    stored = StoredAssessment.objects.filter(pk=assessment_id).first()
    if stored is None:
        raise LookupError(assessment_id)
    if not title.strip():
        raise ValueError("a page for a meeting has a title")
    mission = read_mission(Instance.here().mission_file).in_force(queries.today())
    due, differing = queries.marks_of_leadership(stored)
    seen = Seen(mission, tuple(queries.all_changes(stored)), frozenset(due), frozenset(differing), since, first)
    with transaction.atomic():
        page = MeetingPage(
            assessment=stored.pk, title=title.strip(), by=by.username, at=datetime.now(UTC), seen=seen.as_dict()
        )
        page.save()
        record(by, "kept a page for a meeting", page.pk, {"assessment": stored.pk})
    return page


def release_flash(*, by: User, text: str, confirmed: bool) -> Flash:
    """Release news to everybody who reads the front page. Raises ValueError without a text."""
    if not text.strip():
        raise ValueError("a flash says something")
    with transaction.atomic():
        flash = Flash(text=text.strip(), confirmed=confirmed, by=by.username, at=datetime.now(UTC))
        flash.save()
        record(by, "released a flash", str(flash.pk), {"confirmed": confirmed})
    return flash


def withdraw_flash(*, by: User, flash_id: int, because: str) -> None:
    """Take news back. It stays on record with the reason.

    Raises   LookupError where there is none that holds, ValueError without a reason.
    """
    if not because.strip():
        raise ValueError("who takes news back says why")
    with transaction.atomic():
        flash = Flash.objects.select_for_update().filter(pk=flash_id, withdraws=None).first()
        if flash is None or Flash.objects.filter(withdraws=flash).exists():
            raise LookupError(flash_id)
        Flash(text=because.strip(), by=by.username, at=datetime.now(UTC), withdraws=flash).save()
        record(by, "withdrew a flash", str(flash_id))
