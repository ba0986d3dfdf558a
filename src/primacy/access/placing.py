"""Writes: who holds which post, who must know, what is handed on or shared. Each leaves an entry in the audit trail."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from primacy.access.grants import holds
from primacy.access.models import User
from primacy.access.posts import Delegation, Lasting, Member, NeedToKnow, Post, Share
from primacy.access.readers import holding
from primacy.access.services import record

LONGEST = timedelta(days=90)  # of a delegation and of a share: a leave, a rotation


def give_post(
    *, by: User | str, person: User, component: str, heads: bool = False, until: date | None = None
) -> Post:  # fmt: skip
    """`heads`: as the head of the component."""
    today = timezone.localdate()
    with transaction.atomic():
        post = Post.objects.create(person=person, component=component, heads=heads, since=today, until=until)
        told = {"component": component, "heads": heads, "until": day_text(until)}
        record(by, "gave a post", person.username, told, grants=holds(post))
    return post


def add_member(*, by: User | str, person: User, group: str, until: date | None = None) -> Member:
    """`group` is its name; one that there is not is made."""
    with transaction.atomic():
        found, _new = NeedToKnow.objects.get_or_create(name=group)
        member = Member.objects.create(person=person, group=found, since=timezone.localdate(), until=until)
        told = {"group": found.pk, "until": day_text(until)}
        record(by, "added to a group", person.username, told, grants=holds(member))
    return member


def hand_on(*, by: User, post: Post, to: User, until: date, because: str) -> Delegation:
    """Let somebody act in one's post for a time.

    Raises   ValueError for a post that is not one's own or not held, for oneself, without a reason, and for an end
             that is past or too far off.
    """
    today = timezone.localdate()
    held = Post.objects.filter(holding(today), pk=post.pk).exists()
    if post.person_id != by.pk or not held or to.pk == by.pk or not because.strip() or not _soon(until):
        raise ValueError("a post is handed on by who holds it, to somebody else, with a reason and a near end")
    with transaction.atomic():
        given = Delegation.objects.create(post=post, to=to, since=today, until=until, because=because.strip())
        told = {"component": post.component, "until": until.isoformat()}
        record(by, "handed on a post", to.username, told, grants=holds(given))
    return given


def share_record(*, by: User, reference: str, subject: str, to: User, until: date, because: str) -> Share:
    """Show one record to somebody until a day. Whether `by` may has been asked; `subject` names it in the trail.

    Raises   ValueError without a reason, with oneself, and for an end that is past or too far off.
    """
    if to.pk == by.pk or not because.strip() or not _soon(until):  # one's own share would outlive one's own post
        raise ValueError("a record is shared with somebody else, with a reason and a near end")
    with transaction.atomic():
        given = Share.objects.create(
            reference=reference, person=to, by=by, since=timezone.localdate(), until=until, because=because.strip()
        )
        told = {"with": to.username, "until": until.isoformat()}
        record(by, "shared a record", subject, told, grants=holds(given))
    return given


def shares_of(*, viewer: User, reference: str, all_of_them: bool) -> QuerySet[Share]:
    """To whom a record is shown today besides; `all_of_them`: for who may share it, else those of the viewer's own."""
    found = Share.objects.filter(holding(timezone.localdate()), reference=reference).select_related("person", "by")
    return found if all_of_them else found.filter(by=viewer)


def end_share(*, by: User, reference: str, subject: str, number: int, all_of_them: bool) -> None:
    """From now on it is shown to that person no more. Raises LookupError for none of `shares_of`."""
    with transaction.atomic():
        found = shares_of(viewer=by, reference=reference, all_of_them=all_of_them)
        given = found.select_for_update(of=("self",)).filter(pk=number).first()
        if given is None:
            raise LookupError(number)
        end(by=by, given=given, what=subject)


def end(*, by: User, given: Lasting, what: str) -> None:
    """From now on it holds no more."""
    given.ended = timezone.now()
    with transaction.atomic():
        given.save(update_fields=["ended"])
        told = {"kind": type(given).__name__, "number": given.pk}
        record(by, "ended a right", what, told, grants=holds(given, "ended"))


def _soon(until: date) -> bool:
    return timezone.localdate() <= until <= timezone.localdate() + LONGEST


def day_text(until: date | None) -> str:
    """As the trail and what waits keep the end of something: empty where it has none."""
    return until.isoformat() if until else ""
