"""Notices: what they are about is asked for at the reading, so none speaks of what one may no longer see."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from primacy.access.models import User
from primacy.access.requiring import may
from primacy.access.vouching import waits_for
from primacy.records.queries.review import waiting
from primacy.work.models import Notice, Task, Wishes
from primacy.work.noticing import LOOKS, SECOND
from primacy.work.queries.subjects import subjects
from primacy.work.queries.tasks import seen
from primacy.work.subjects import parts_of

MOST = 200
VIEW = "view"
WAITS = "waits"
LOCK = "instance.lock-down"


@dataclass(frozen=True)
class SeenNotice:
    notice: Notice
    title: str
    address: str


def notices(*, viewer: User, unread: bool = False) -> list[SeenNotice]:
    """The newest, without those that are about something this person does not see today."""
    rows = Notice.objects.filter(person=viewer)
    return _seen(viewer, list((rows.filter(read=None) if unread else rows)[:MOST]))


def notice(*, viewer: User, id: UUID) -> SeenNotice:
    """Raises LookupError for no such one, and for one about what this person does not see today."""
    found = _seen(viewer, list(Notice.objects.filter(person=viewer, pk=id)))
    if not found:
        raise LookupError(id)
    return found[0]


def unread(viewer: User) -> int:
    """How many wait to be read. One question where none does."""
    rows = list(Notice.objects.filter(person=viewer, read=None)[:MOST])
    return len(_seen(viewer, rows)) if rows else 0


def unmailed(viewer: User) -> list[SeenNotice]:
    """What waits to be read and was in no digest yet."""
    return _seen(viewer, list(Notice.objects.filter(person=viewer, read=None, mailed=None)[:MOST]))


def _seen(viewer: User, rows: list[Notice]) -> list[SeenNotice]:
    if not rows or not viewer.is_active:
        return []
    ids = [parts_of(each.about)[1] for each in rows if each.about.startswith("task/")]
    given = list(Task.objects.filter(pk__in=ids)) if ids else []
    named_here = [each.about for each in rows if not each.about.startswith(("task/", f"{LOOKS}/", SECOND))]
    about = subjects(viewer=viewer, references=[*named_here, *(each.about for each in given)])
    tasks = {f"task/{one.task.pk}": one for one in seen(viewer=viewer, tasks=given, about=about) if one.full}
    found = []
    for each in rows:
        if each.what == VIEW and each.about == VIEW:
            found.append(SeenNotice(each, _("Findings wait for your view"), reverse("assessment:front")))
        elif each.what == SECOND:
            found += _second(viewer, each)
        elif each.what == WAITS:
            found += _waiting(viewer, each)
        elif each.what == LOOKS:
            found += _looks(viewer, each)
        elif (one := tasks.get(each.about)) is not None:
            found.append(SeenNotice(each, one.title, reverse("work:task", args=[one.task.pk])))
        elif (named := about.get(each.about)) is not None and named.detail:
            found.append(SeenNotice(each, named.title, f"{named.address}#talk"))
    return found


def _waiting(viewer: User, notice: Notice) -> list[SeenNotice]:
    """Of the records that wait to be checked or published today, as long as any does."""
    count = sum(n for _type, n in waiting(viewer=viewer))
    title = ngettext("%(n)s record waits for you", "%(n)s records wait for you", count) % {"n": count}
    return [SeenNotice(notice, title, f"{reverse('records:rooms')}#waiting")] if count else []


def _looks(viewer: User, notice: Notice) -> list[SeenNotice]:
    """Of whoever opened very many protected records, for who may lock the instance down; who administers can end the
    sessions of that person there."""
    person = User.objects.filter(pk=parts_of(notice.about)[1]).first()
    if person is None or not may(viewer, LOCK):
        return []
    manages = may(viewer, "people.manage")
    address = reverse("access:sign-ins", args=[person.pk]) if manages else reverse("compartments:lock-down")
    title = _("%(name)s opened very many protected records within an hour") % {"name": person.username}
    return [SeenNotice(notice, title, address)]


def _second(viewer: User, notice: Notice) -> list[SeenNotice]:
    """That something waits for a second person, while it does: neither what, nor for whom, nor who asked."""
    if not waits_for(viewer):
        return []
    return [SeenNotice(notice, _("Something waits for you as the second person"), reverse("access:second-person"))]


def wishes(person: User) -> Wishes:
    """What a person wishes to be told of; what holds for everybody where nothing was said."""
    return Wishes.objects.filter(person=person).first() or Wishes(person=person)
