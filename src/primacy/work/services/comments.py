"""A comment is written, worded anew, removed. Every wording is kept."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from primacy.access.models import User
from primacy.access.services import record as enter
from primacy.records.telling import name_of
from primacy.work.models import Comment, Wording
from primacy.work.naming import named_in
from primacy.work.queries import comments as queries
from primacy.work.queries.subjects import sees_details
from primacy.work.services.notices import tell
from primacy.work.subjects import Subject


class NotNameable(Exception):
    """Names in a text that cannot be used here, for whatever reason."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


def subject_in_trail(about: Subject | None, reference: str) -> str:
    """How the trail calls it: a record by its digest, which is no address."""
    kind, _slash, id = reference.partition("/")
    return name_of(kind, id) if about is not None and about.is_record else reference


def add_comment(*, by: User, about: Subject, text: str, hidden: bool = False) -> Comment:
    """Raises   LookupError for who sees no details, NotNameable where somebody is named who does not read it."""
    if not about.detail:
        raise LookupError(about.reference)
    named = _named(about, text)
    now = timezone.now()
    comment = Comment(about=about.reference, hidden=hidden, by=by, at=now)
    with transaction.atomic():
        _keep(comment, text, by=by, about=about, deed="wrote a comment")
        _tell(comment, named)
    return comment


def word_anew(*, by: User, id: UUID, version: int, text: str) -> Comment:
    """Raises   LookupError for a comment that is not one's own, removed, or worded anew meanwhile; NotNameable."""
    with transaction.atomic():
        comment, about = _own(by, id)
        if comment.version != version:
            raise LookupError(id)
        before, named = set(named_in(comment.text)), _named(about, text)
        _keep(comment, text, by=by, about=about, deed="changed a comment")
        tell(people=[each for each in named if each.username not in before and each.pk != by.pk], what="named",
             about=comment.about)  # fmt: skip
    return comment


def remove_comment(*, by: User, id: UUID) -> Comment:
    """Take the words off the page. Raises LookupError for a comment that is not one's own."""
    with transaction.atomic():
        comment, about = _own(by, id)
        comment.removed = timezone.now()
        _keep(comment, "", by=by, about=about, deed="removed a comment")
    return comment


def _own(by: User, id: UUID) -> tuple[Comment, Subject]:
    seen, about = queries.comment(viewer=by, id=id)
    comment = Comment.objects.select_for_update().get(pk=id)
    if not seen.own or comment.removed is not None:
        raise LookupError(id)
    return comment, about


def _named(about: Subject, text: str) -> list[User]:
    people, refused = queries.named_people(about=about, names=named_in(text))
    if refused:
        raise NotNameable(refused)
    return people


def _keep(comment: Comment, text: str, *, by: User, about: Subject, deed: str) -> None:
    comment.text, comment.changed, comment.version = text, timezone.now(), comment.version + 1
    comment.save()
    Wording.objects.create(
        comment=comment, number=comment.version, at=comment.changed, text=text, removed=comment.removed is not None
    )
    enter(by, deed, subject_in_trail(about, comment.about), {"version": comment.version})


def _tell(comment: Comment, named: list[User]) -> None:
    """Those who are named, and those who said something before, as far as they still read it."""
    others = [each for each in named if each.pk != comment.by_id]
    tell(people=others, what="named", about=comment.about)
    told = {each.pk for each in others} | {comment.by_id}
    earlier = User.objects.filter(
        pk__in=Comment.objects.filter(about=comment.about).exclude(by__in=told).values("by"), is_active=True
    )
    tell(people=[each for each in earlier if sees_details(each, comment.about)], what="comment", about=comment.about)
