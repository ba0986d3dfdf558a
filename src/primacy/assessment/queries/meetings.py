"""Reads of pages kept for meetings, and of the news that came since."""

from dataclasses import dataclass
from datetime import datetime

from primacy.access.models import User
from primacy.access.requiring import may
from primacy.assessment.models import Flash, MeetingPage


@dataclass(frozen=True)
class News:
    """A flash as a page shows it. `withdrawn` says why it no longer holds, and is empty while it does."""

    id: int
    at: datetime
    text: str
    confirmed: bool
    withdrawn: str


def meetings(*, viewer: User) -> list[MeetingPage]:
    """Newest first; none for who may not read assessments."""
    return list(MeetingPage.objects.all()) if may(viewer, "assessment.read") else []


def meeting(*, viewer: User, meeting_id: str) -> MeetingPage:
    """Raises LookupError for what does not exist for this viewer."""
    found = MeetingPage.objects.filter(pk=meeting_id).first() if may(viewer, "assessment.read") else None
    if found is None:
        raise LookupError(meeting_id)
    return found


def flashes(
    *, viewer: User, since: datetime | None = None, until: datetime | None = None, withdrawn: bool = True
) -> list[News]:
    """What was released after `since` and up to `until`, newest first."""
    if not may(viewer, "assessment.read"):
        return []
    released = Flash.objects.filter(withdraws=None).select_related("withdrawal")
    if since is not None:
        released = released.filter(at__gt=since)
    if until is not None:
        released = released.filter(at__lte=until)
    if not withdrawn:
        released = released.filter(withdrawal=None)
    return [_news(each) for each in released]


def _news(flash: Flash) -> News:
    why = flash.withdrawal.text if hasattr(flash, "withdrawal") else ""
    return News(flash.pk, flash.at, flash.text, flash.confirmed, why)
