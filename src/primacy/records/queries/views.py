"""Saved views of lists: one's own, and those of the components in which one holds a post."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from primacy.access.models import User
from primacy.access.readers import reader_of
from primacy.records.declaring import RecordType
from primacy.records.models import FirstView, SavedView

BROUGHT_BACK_FOR = timedelta(days=30)


@dataclass(frozen=True)
class View:
    """A saved view as a person is offered it. `own`: whether this person saved it and may change it."""

    pk: int
    name: str
    asked: str
    component: str
    own: bool

    @property
    def address(self) -> str:
        """The question of the list that shows it."""
        return f"{self.asked}&view={self.pk}" if self.asked else f"view={self.pk}"


def views(*, viewer: User, type_: RecordType) -> list[View]:
    """What this person is offered for a list, by name."""
    return [_view(each, viewer) for each in _offered(viewer, type_).filter(removed=None)]


def view(*, viewer: User, type_: RecordType, number: int) -> View:
    """One of them. Raises LookupError for one that there is not, that was removed, or that is offered to others."""
    return _view(_one(_offered(viewer, type_).filter(removed=None), number), viewer)


def own_view(*, viewer: User, type_: RecordType, number: int, removed: bool = False) -> SavedView:
    """One that this person saved. Raises LookupError for every other."""
    mine = SavedView.objects.filter(person=viewer, type=type_.key)
    recent = timezone.now() - BROUGHT_BACK_FOR
    return _one(mine.filter(removed__gt=recent) if removed else mine.filter(removed=None), number)


def first_view(*, viewer: User, type_: RecordType) -> View | None:
    """The view with which this person's list begins, while it is offered to them."""
    chosen = FirstView.objects.filter(person=viewer, type=type_.key).first()
    try:
        return view(viewer=viewer, type_=type_, number=chosen.view_id) if chosen else None
    except LookupError:
        return None


def _offered(viewer: User, type_: RecordType) -> QuerySet[SavedView]:
    shared = Q(component__in=sorted(reader_of(viewer).components))
    return SavedView.objects.filter(Q(person=viewer) | shared, type=type_.key)


def _one(found: QuerySet[SavedView], number: int) -> SavedView:
    one = found.filter(pk=number).first()
    if one is None:
        raise LookupError(number)
    return one


def _view(each: SavedView, viewer: User) -> View:
    return View(each.pk, each.name, each.asked, each.component, each.person_id == viewer.pk)
