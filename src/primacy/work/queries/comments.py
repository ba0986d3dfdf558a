"""What is said about a record or a finding, for those who see its details."""

from dataclasses import dataclass
from uuid import UUID

from primacy.access.models import User
from primacy.work.models import Comment, Wording
from primacy.work.queries.subjects import may_archive, sees_details, subject
from primacy.work.subjects import Subject

MOST_NAMES = 8
LOOKED_AT = 60  # people whose name begins so, of whom the first few that may read it are told


@dataclass(frozen=True)
class SeenComment:
    """A comment as one person reads it. `author`: empty where others are not told who."""

    comment: Comment
    author: str
    own: bool

    @property
    def edited(self) -> bool:
        return self.comment.version > 1 and self.comment.removed is None


def comments(*, viewer: User, about: Subject) -> list[SeenComment]:
    """All of one subject, the oldest first; none for who sees no details."""
    if not about.detail:
        return []
    return [_seen(viewer, about, each) for each in Comment.objects.filter(about=about.reference).select_related("by")]


def _seen(viewer: User, about: Subject, comment: Comment) -> SeenComment:
    own = comment.by_id == viewer.pk
    veiled = comment.hidden or comment.by_id == about.veiled
    return SeenComment(comment, comment.by.username if own or not veiled else "", own)


def comment(*, viewer: User, id: UUID) -> tuple[SeenComment, Subject]:
    """One comment and what it is about. Raises LookupError for no such one and for one that is not for this person."""
    found = Comment.objects.select_related("by").filter(pk=id).first()
    about = subject(viewer=viewer, reference=found.about) if found else None
    if found is None or about is None or not about.detail:
        raise LookupError(id)
    return _seen(viewer, about, found), about


def wordings(*, viewer: User, seen: SeenComment, about: Subject) -> list[Wording]:
    """How a comment was worded, newest first. Of one that was removed only its author and who may archive the record
    read the words: it may have been removed to protect somebody."""
    found = list(seen.comment.wordings.order_by("-number"))
    if seen.comment.removed is None or seen.own or may_archive(viewer, about):
        return found
    return []


def nameable(*, viewer: User, about: Subject, begins: str) -> list[str]:
    """Names to complete: of those who read what is said here, and of nobody else. Nothing before two letters."""
    if not about.detail or len(begins) < 2:
        return []
    people = User.objects.filter(is_active=True, username__istartswith=begins).exclude(pk=viewer.pk)
    fits = (each.username for each in people.order_by("username")[:LOOKED_AT] if sees_details(each, about.reference))
    return [name for name, _place in zip(fits, range(MOST_NAMES), strict=False)]


def named_people(*, about: Subject, names: list[str]) -> tuple[list[User], list[str]]:
    """The people of these names who read it, and the names that cannot be used: of nobody, of somebody switched off and
    of somebody who may not see it alike."""
    people = {each.username: each for each in User.objects.filter(is_active=True, username__in=names)}
    able = [people[name] for name in names if name in people and sees_details(people[name], about.reference)]
    return able, [name for name in names if name not in {each.username for each in able}]
