"""What narrows and orders a list: every declared field, and never by more than the person who asks is shown of it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from primacy.evidence.shown.exploring import inside
from primacy.framework import Instance
from primacy.places.at_hand import areas_of
from primacy.records.declaring import RecordType
from primacy.records.fields import Field
from primacy.records.showing import Asked

NOTHING = Q(pk__in=[])
Seen = Callable[[str], QuerySet[Any]]


def narrowed(found: QuerySet[Any], fields: Sequence[Field], asked: Asked, seen: Seen) -> QuerySet[Any]:
    """The records of a list that fit what was chosen. What cannot be read as a value fits nothing.

    seen   the records of another type that this person sees: one that is hidden is answered as one that is missing
    """
    for field in fields:
        for name in field.filters:
            if value := asked.chosen.get(name, ""):
                fits = _fits(field, name, value, seen)
                found = found.filter(fits if field.open else Q(exact=True) & fits)
    if asked.area:
        areas = areas_of(Instance.here().places)
        if asked.area != areas.country:
            found = found.filter(shown_area__in=inside(areas, asked.area))
    return found


def _fits(field: Field, name: str, value: str, seen: Seen) -> Q:
    try:
        if field.kind == "record":
            there = seen(field.of).filter(pk=UUID(value)).exists()
            return Q(**{field.name: UUID(value)}) if there else NOTHING
        if field.kind == "day":
            last = name.endswith("_last")
            return Q(**{f"{field.name}__{'lte' if last else 'gte'}": date.fromisoformat(value)})
        if field.kind == "number":
            return Q(**{f"{field.name}__gte": _whole(value)})
        if field.kind == "yes-no":
            return Q(**{field.name: value == "yes"})
        if field.kind in ("group", "level"):
            return Q(**{field.name: _whole(value)})
    except ValueError:
        return NOTHING
    return Q(**{field.name: value})


def _whole(value: str) -> int:
    """Raises ValueError for what is no number that a table can hold."""
    number = int(value)
    if not -(2**31) < number < 2**31:
        raise ValueError(value)
    return number


def ordered(type_: RecordType, sort: str) -> tuple[str, ...]:
    """The columns to order by, of those that everybody who sees a record is shown; else the newest day, or the name."""
    sign, name = ("-", sort[1:]) if sort.startswith("-") else ("", sort)
    newest = ("-week", "-shown_day")  # the shown day lies in its week, so that the index knows most of the order
    if type_.placed and name == "day":
        return (f"{sign}week", f"{sign}shown_day")
    if type_.placed and name == "area":
        return (f"{sign}shown_area", *newest)
    if name in sortable(type_):
        return (f"{sign}{name}", *(newest if type_.placed else ()))
    return newest if type_.placed else (type_.title_open,)


def sortable(type_: RecordType) -> frozenset[str]:
    """Open fields that a list can be ordered by, beside day and place."""
    return frozenset({*type_.listed, type_.title_open} & set(type_.open)) | {"confidentiality"}
