"""Writes: a view of a list is saved, made the first one, removed and brought back."""

from django.db import transaction
from django.utils import timezone

from primacy.access.models import User
from primacy.access.readers import reader_of
from primacy.access.services import record as enter
from primacy.records.declaring import RecordType
from primacy.records.models import FirstView, SavedView
from primacy.records.queries.views import BROUGHT_BACK_FOR, own_view, view

MOST = 50  # views of one person for one list


def save_view(*, by: User, type_: RecordType, name: str, asked: str, component: str = "") -> SavedView:
    """Name a question. One's own view of the same name asks it from now on.

    Raises   LookupError for a component in which one holds no post, ValueError for too many views.
    """
    if component and component not in reader_of(by).components:
        raise LookupError(component)
    mine = SavedView.objects.filter(person=by, type=type_.key)
    SavedView.objects.filter(removed__lt=timezone.now() - BROUGHT_BACK_FOR).delete()
    with transaction.atomic():
        kept = mine.filter(name=name, removed=None).first() or SavedView(person=by, type=type_.key, name=name)
        if kept.pk is None and mine.filter(removed=None).count() >= MOST:
            raise ValueError("there are too many views")
        kept.asked, kept.component = asked, component
        kept.save()
        enter(by, "saved a view", _name(kept), {"component": component})
    return kept


def begin_with(*, by: User, type_: RecordType, number: int | None) -> None:
    """Let one's list begin with a view that one is offered; None: with everything. Raises LookupError."""
    if number is None:
        FirstView.objects.filter(person=by, type=type_.key).delete()
        return
    chosen = view(viewer=by, type_=type_, number=number)
    FirstView.objects.update_or_create(person=by, type=type_.key, defaults={"view_id": chosen.pk})


def remove_view(*, by: User, type_: RecordType, number: int) -> SavedView:
    """Offer it to nobody any more. Raises LookupError for one that is not one's own."""
    return _set_removed(by, own_view(viewer=by, type_=type_, number=number), True)


def bring_view_back(*, by: User, type_: RecordType, number: int) -> SavedView:
    """Undo its removal. Raises LookupError for one that is not one's own, or was not removed in the last month."""
    return _set_removed(by, own_view(viewer=by, type_=type_, number=number, removed=True), False)


def _set_removed(by: User, kept: SavedView, removed: bool) -> SavedView:
    with transaction.atomic():
        kept.removed = timezone.now() if removed else None
        if kept.component and kept.component not in reader_of(by).components:
            kept.component = ""  # whoever left a component brings nothing back into it
        kept.save(update_fields=["removed", "component"])
        enter(by, "removed a view" if removed else "brought a view back", _name(kept))
    return kept


def _name(kept: SavedView) -> str:
    return f"{kept.type}/view/{kept.pk}"
