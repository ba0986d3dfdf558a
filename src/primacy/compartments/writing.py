"""Entries of an open compartment and the people they are about; erasing is destroying a key."""

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from primacy.compartments.content import Entry, Look, Person, Version
from primacy.compartments.custody import Inside
from primacy.compartments.kinds import Kind
from primacy.compartments.sealing import raw, seal, text, unseal

State = Literal["kept", "withdrawn", "expired"]


class Collision(Exception):
    """Somebody else saved the entry meanwhile."""


@dataclass(frozen=True)
class Shown:
    """An entry as members see it. `people`: the names it is about; a withdrawn or expired one has no fields."""

    id: str
    kind: str
    state: State
    number: int
    at: datetime
    by: str
    until: date | None
    fields: Mapping[str, str]
    people: tuple[str, ...]


def write_entry(
    inside: Inside, kind: Kind, fields: Mapping[str, str], people: Sequence[str], *, by: str, now: datetime
) -> Entry:  # fmt: skip
    """A new entry, sealed under the key of each person it is about, and of its own where it expires."""
    until = now.date() + timedelta(days=kind.expires) if kind.expires else None
    keys = [person_of(inside, name, now=now).key for name in people]
    if until is not None:
        keys.append(inside.new_erasable(until))
    entry = Entry(id=secrets.token_hex(8), kind=kind.key, keys=tuple(keys), until=until)
    _add_version(inside, entry, fields, by=by, now=now)
    inside.content.entries.append(entry)
    return entry


def change_entry(
    inside: Inside, id: str, fields: Mapping[str, str], *, seen: int, by: str, now: datetime
) -> Entry:  # fmt: skip
    """Another version, by somebody who saw `seen`. Raises LookupError where it is withdrawn or missing, Collision."""
    entry = inside.content.entry(id)
    if len(entry.versions) != seen:
        raise Collision
    _add_version(inside, entry, fields, by=by, now=now)
    return entry


def _add_version(inside: Inside, entry: Entry, fields: Mapping[str, str], *, by: str, now: datetime) -> None:
    sealed = json.dumps(dict(fields), ensure_ascii=False).encode()
    number = len(entry.versions) + 1
    for key in entry.keys:
        sealed = seal(inside.erasable(key), sealed, f"{entry.id} {number}")
    entry.versions.append(Version(number=number, at=now, by=by, sealed=text(sealed)))


def person_of(inside: Inside, name: str, *, now: datetime) -> Person:
    """Who has this name in the compartment, else somebody new with a key of their own."""
    wanted = _folded(name)
    for person, known in people(inside):
        if _folded(known) == wanted:
            return person
    key = inside.new_erasable()
    person = Person(key=key, name=text(seal(inside.erasable(key), name.strip().encode(), key)), since=now)
    inside.content.people.append(person)
    return person


def people(inside: Inside) -> Iterator[tuple[Person, str]]:
    """Everybody whose key is there, with the name."""
    for person in inside.content.people:
        try:
            yield person, unseal(inside.erasable(person.key), raw(person.name), person.key).decode()
        except LookupError:
            continue


def erase_person(inside: Inside, key: str, *, by: str, now: datetime) -> None:
    """Destroy the key of a person: name and entries about them can be read by nobody, here and in every copy.

    Raises   LookupError where there is no such person, or no more.
    """
    if key not in {person.key for person, _name in people(inside)}:
        raise LookupError(key)
    inside.destroy(key)
    inside.content.log.append(Look(at=now, by=by, did="withdrawn"))


def entries(inside: Inside, *, today: date) -> list[Shown]:
    """The newest version of each, newest first."""
    shown = [version(inside, each, len(each.versions), today=today) for each in inside.content.entries]
    return sorted(shown, key=lambda each: each.at, reverse=True)


def version(inside: Inside, entry: Entry, number: int, *, today: date) -> Shown:
    """One version. Raises LookupError for a number that there is not."""
    if not 1 <= number <= len(entry.versions):
        raise LookupError(number)
    of = entry.versions[number - 1]
    fields, state = _fields(inside, entry, of, today)
    names = {person.key: name for person, name in people(inside)}
    about = tuple(names[key] for key in entry.keys if key in names) if state == "kept" else ()
    return Shown(entry.id, entry.kind, state, number, of.at, of.by, entry.until, fields, about)


def _fields(inside: Inside, entry: Entry, of: Version, today: date) -> tuple[dict[str, str], State]:
    if entry.until is not None and entry.until < today:
        return {}, "expired"
    sealed = raw(of.sealed)
    try:
        for key in reversed(entry.keys):
            sealed = unseal(inside.erasable(key), sealed, f"{entry.id} {of.number}")
    except LookupError:
        return {}, "withdrawn"
    return json.loads(sealed), "kept"


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
