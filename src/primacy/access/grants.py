"""What people hold, and what the audit trail says of it: so that what is given or taken in the database, past the
product, is found.

Whoever gives, changes or takes away such a thing says in the entry of the deed what holds from then on: `holds` or
`take_away`. What should stand is the sum of all that was said, field by field; `differences` compares it with the
tables. A deed says of a thing only the fields that it changed: it makes nothing lawful that somebody else changed by
hand.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from primacy.access.rooms import modules_of_rooms

GRANTS = "grants"  # where an entry of the trail says it
Said = Mapping[str, Mapping[str, Any] | None]  # name of the thing -> what is so of it from now on; None: it is gone


@dataclass(frozen=True)
class Kind:
    """A table of such things. A room names its own in `GRANTS` of its `models`.

    table    as Django names it; one that is not there now (of pages, for commands that open none) is not compared
    called   what one of them is called
    whose    the field that says who holds it
    fields   what the trail says of it, each with what it is called
    words    those of `fields` that are words, addresses or secrets: the trail has a digest of them
    moving   parts of a field of which use alone makes something else
    """

    table: str
    called: Any
    whose: str
    fields: Mapping[str, Any]
    words: frozenset[str] = frozenset()
    moving: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Difference:
    """A thing that is not as the trail says. `what`: unknown to it, gone, or changed in `fields`; `person`: the number
    of whom it is held by."""

    kind: Kind
    name: str
    person: int | None
    what: str
    fields: tuple[Any, ...] = ()


def holds(row: models.Model, *fields: str) -> Said:
    """That this is so from now on: all of it, or only `fields`."""
    kind = _kinds()[row._meta.label]
    return {_name(row): {each: _value(kind, row, each) for each in fields or kind.fields}}


def take_away(rows: models.QuerySet[Any]) -> Said:
    """Take these away; that they are gone from now on."""
    gone = {_name(row): None for row in rows}
    rows.delete()
    return gone


def differences(said: Iterable[Said]) -> Iterator[Difference]:
    """Where the tables are not as was said, in this order, of all that people hold."""
    should: dict[str, dict[str, Any] | None] = {}
    for each in said:
        for name, facts in each.items():
            should[name] = None if facts is None else {**(should.get(name) or {}), **facts}
    for kind in _kinds().values():
        if kind.table.partition(".")[0] in apps.app_configs:
            yield from _of_kind(kind, should)


def _of_kind(kind: Kind, should: Mapping[str, Mapping[str, Any] | None]) -> Iterator[Difference]:
    there = set()
    compared = {"pk", kind.whose, *kind.fields}
    for row in apps.get_model(kind.table)._base_manager.only(*compared).order_by("pk").iterator():
        name = _name(row)
        there.add(name)
        facts, person = should.get(name), _plain(row, kind.whose)
        if facts is None or not kind.fields.keys() <= facts.keys():
            yield Difference(kind, name, person, "unknown")
        elif other := [field for field in kind.fields if facts.get(field) != _value(kind, row, field)]:
            yield Difference(kind, name, person, "changed", tuple(kind.fields[field] for field in other))
    for name, facts in should.items():
        if name.partition("/")[0] == kind.table and facts is not None and name not in there:
            yield Difference(kind, name, facts.get(kind.whose), "gone")


def _kinds() -> dict[str, Kind]:
    return {each.table: each for module in modules_of_rooms("models") for each in getattr(module, GRANTS.upper(), ())}


def _name(row: models.Model) -> str:
    """By which the trail knows it: where its number is drawn by chance, a digest, so that it leads to no address."""
    number = row.pk
    return f"{row._meta.label}/{_digest([str(number)]) if isinstance(number, UUID) else number}"


def _value(kind: Kind, row: models.Model, field: str) -> Any:
    value = _plain(row, field)
    if isinstance(value, dict):
        value = {name: each for name, each in value.items() if name not in kind.moving}
    return _digest([_name(row), field, value]) if field in kind.words else value


def _plain(row: models.Model, field: str) -> Any:
    column: Any = row._meta.pk if field == "pk" else row._meta.get_field(field)
    value = column.value_from_object(row)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value) if isinstance(value, date | UUID) else value


def _digest(said: Any) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]
