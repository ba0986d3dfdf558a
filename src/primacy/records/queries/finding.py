"""Every type of every room, and what is known of its fields."""

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any

from django.db.models import BooleanField, DateField, ForeignKey, IntegerField
from django.db.models.fields import NOT_PROVIDED
from django.utils.translation import get_language

from primacy.access.once import once
from primacy.access.posts import NeedToKnow
from primacy.access.rooms import modules_of_rooms
from primacy.records.declaring import OF_THE_PLACE, RecordType
from primacy.records.fields import Field, Kind

OF_EVERY_RECORD = ("confidentiality", "group")


@cache
def record_types() -> Mapping[str, RecordType]:
    """Every type of every room, from the rooms below upwards: `TYPES` of their `forms.py`."""
    of_rooms = (getattr(forms, "TYPES", ()) for forms in reversed(modules_of_rooms("forms")))
    return MappingProxyType({each.key: each for types in of_rooms for each in types})


def type_of(model: Any) -> RecordType:
    return next(each for each in record_types().values() if each.model is model)


def fields_of(type_: RecordType) -> tuple[Field, ...]:
    """The fields of a type in the order of its form, confidentiality and group last, in the present language."""
    return once(("fields", type_.key, get_language()), lambda: _fields_of(type_))


def _fields_of(type_: RecordType) -> tuple[Field, ...]:
    return tuple(_field(type_, name) for name in (*type_.fields, *OF_EVERY_RECORD))


def _field(type_: RecordType, name: str) -> Field:
    column = type_.model._meta.get_field(name)
    listed = column.flatchoices
    kind = _kind(name, column, listed)
    choices = {str(key): str(word) for key, word in listed if key != ""}
    return Field(
        name, str(column.verbose_name), str(column.help_text), kind,
        open=name in (*type_.open, *OF_THE_PLACE, "confidentiality"),
        required=not column.blank and not column.null and column.default is NOT_PROVIDED, choices=choices,
        longest=column.max_length if kind == "text" else None,
        of=type_of(column.related_model).key if kind == "record" else "",
    )  # fmt: skip


def _kind(name: str, column: Any, listed: Sequence[tuple[Any, Any]]) -> Kind:
    if isinstance(column, ForeignKey):
        return "group" if column.related_model is NeedToKnow else "record"
    if name == "confidentiality":
        return "level"
    if name == "area":
        return "area"
    if listed:
        return "choice"
    for class_, kind in KINDS.items():
        if isinstance(column, class_):
            return kind
    return "text"


KINDS: dict[type, Kind] = {BooleanField: "yes-no", DateField: "day", IntegerField: "number"}
