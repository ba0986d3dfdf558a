"""Reads: which compartments somebody may know of, which one is open in this browser, and what stands in it."""

import os
from collections.abc import Iterator
from dataclasses import dataclass

from primacy.access.models import User
from primacy.access.readers import reader_of
from primacy.compartments import key_file, openings
from primacy.compartments.custody import Opening, Place
from primacy.compartments.key_file import BadPlace, NoKeys
from primacy.compartments.kinds import table
from primacy.compartments.places import place_of
from primacy.compartments.sealing import fingerprint, raw
from primacy.framework import Instance


@dataclass(frozen=True)
class OwnKey:
    """Somebody's own key. `mark`: its fingerprint, which is read aloud to whoever adds them."""

    mark: str


def place() -> Place:
    """Where sealed files and keys of this instance lie. Raises BadPlace where the keys lie inside the instance."""
    return place_of(Instance.here(), os.environ)


def at_hand() -> bool:
    """Whether the file of keys is there: without it nobody is a member of anything."""
    try:
        return place().keys.is_file()
    except BadPlace:
        return False


def known_to(viewer: User) -> list[str]:
    """The ids of the compartments that this person is a member of, in an order that says nothing."""
    try:
        return sorted(key_file.read(place().keys).held_by(viewer.pk)) if viewer.is_active else []
    except (NoKeys, BadPlace):
        return []


def own_key(viewer: User) -> OwnKey | None:
    try:
        holder = key_file.read(place().keys).holders.get(viewer.pk)
    except (NoKeys, BadPlace):
        return None
    return OwnKey(fingerprint(raw(holder.public))) if holder else None


def classes_to_begin(viewer: User) -> list[str]:
    return table().may_begin(reader_of(viewer).components)


def opening(viewer: User, secret: str) -> tuple[Opening, float] | None:
    """What this browser has open, and until when; nothing where the secret is none, or was another person's."""
    found = openings.get(secret.encode()) if secret else None
    return found if found is not None and found[0].person == viewer.pk else None


def people_by_name(names: list[str]) -> Iterator[User]:
    yield from User.objects.filter(username__in=names, is_active=True)
