"""Who is told of something. A notice holds no words and none is written for who may not see what it is about."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from primacy.access.models import User
from primacy.access.posts import Asked, Share
from primacy.access.readers import holding
from primacy.access.requiring import may
from primacy.access.vouching import agrees
from primacy.assessment import queries as assessments
from primacy.framework.queries import today
from primacy.records.queries import record_types
from primacy.records.queries.review import sent_back, waiting
from primacy.work.models import Notice, Task, Wishes
from primacy.work.noticing import ALWAYS, LOOKS, SECOND, key_of, stronger
from primacy.work.queries import notices as queries
from primacy.work.queries.subjects import holders, subject
from primacy.work.queries.tasks import seen
from primacy.work.states import GOES_ON

LOCK = queries.LOCK
KEPT = timedelta(days=180)


def tell(*, people: Iterable[User], what: str, about: str, occasion: str = "") -> None:
    """Tell people of one thing: told before, it is unread again. What happens by itself has an `occasion`, of which
    nobody is told twice."""
    for person in {each.pk: each for each in people}.values():
        if person.is_active and (what in ALWAYS or what not in queries.wishes(person).muted):
            _tell(person, what, about, occasion)


def _tell(person: User, what: str, about: str, occasion: str) -> None:
    now = timezone.now()
    found, new = Notice.objects.get_or_create(
        person=person, key=key_of(what, about),
        defaults={"what": what, "about": about, "at": now, "occasion": occasion},
    )  # fmt: skip
    if new or (occasion and found.occasion == occasion):
        return
    found.what = stronger(found.what, what) if found.read is None else what
    found.at, found.read, found.mailed, found.occasion = now, None, None, occasion or found.occasion
    found.save()


def tell_of_looks(*, person: User) -> None:
    """Somebody opened very many protected records: whoever may lock the instance down hears of it, save that person."""
    others = [each for each in User.objects.filter(is_active=True).exclude(pk=person.pk) if may(each, LOCK)]
    tell(people=others, what=LOOKS, about=f"{LOOKS}/{person.pk}")


def tell_of_asked(asked: Asked) -> None:
    """An administrator asked for something: whoever may agree to it hears that something waits, and not what."""
    others = [each for each in User.objects.filter(is_active=True) if agrees(each, asked)]
    tell(people=others, what=SECOND, about=SECOND, occasion=str(asked.pk))


def read(*, by: User, notice: Notice) -> None:
    if notice.person_id == by.pk and notice.read is None:
        notice.read = timezone.now()
        notice.save(update_fields=["read"])


def read_all(*, by: User) -> int:
    """Those that this person sees today: what is hidden now is still unread when it is seen again."""
    waiting = queries.notices(viewer=by, unread=True)
    for each in waiting:
        read(by=by, notice=each.notice)
    return len(waiting)


def keep_wishes(*, by: User, muted: list[str], digest: str, address: str) -> Wishes:
    kept, _new = Wishes.objects.update_or_create(
        person=by, defaults={"muted": muted, "digest": digest, "address": address}
    )
    return kept


def gather() -> None:
    """What nobody did, and a day brings: tasks that are due, views that are asked for, records that were shared, that
    wait, or that were sent back.

    The same again tells nobody twice. Notices of half a year ago go.
    """
    _due_tasks()
    _views()
    _shares()
    _on_their_way()
    Notice.objects.filter(at__lt=timezone.now() - KEPT).delete()


def _due_tasks() -> None:
    """The day before a task is due, and the day after it was."""
    day = today()
    for task in Task.objects.filter(state__in=GOES_ON, due__lte=day + timedelta(days=1)).select_related("owner"):
        asked = [task.owner] if task.owner else holders(task.component)
        people = [each for each in asked if any(one.full for one in seen(viewer=each, tasks=[task]))]
        late = task.due is not None and task.due < day
        tell(people=people, what="due", about=f"task/{task.pk}", occasion=f"{task.due}{'/late' if late else ''}")


def _views() -> None:
    for person in User.objects.filter(is_active=True):
        newest = assessments.latest(viewer=person) if may(person, "assessment.view") else None
        asking = assessments.asking(viewer=person, assessment_id=newest.id) if newest else None
        if newest and asking and asking.owed:
            tell(people=[person], what="view", about="view", occasion=f"{newest.as_of:%Y-%m}")


def _shares() -> None:
    for each in Share.objects.filter(holding(timezone.localdate())).select_related("person"):
        if subject(viewer=each.person, reference=each.reference) is not None:
            tell(people=[each.person], what="shared", about=each.reference, occasion=str(each.pk))


def _on_their_way() -> None:
    """Once a day, whoever has records to check or to publish; once for each time, whose record was sent back."""
    for person in User.objects.filter(is_active=True):
        if waiting(viewer=person):
            tell(people=[person], what=queries.WAITS, about=queries.WAITS, occasion=f"{timezone.localdate()}")
    for key, type_ in record_types().items():
        for record, person in sent_back(type_):
            about = f"{key}/{record.pk}"
            if subject(viewer=person, reference=about) is not None:
                tell(people=[person], what="returned", about=about, occasion=str(record.version))
