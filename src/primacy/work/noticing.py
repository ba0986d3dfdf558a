"""Of what people are told, and how one thing is told once. Pure."""

from collections.abc import Iterable

KINDS = ("named", "comment", "task", "due", "shared", "view", "waits", "returned")
"""Named in a comment; a comment where one wrote; a task given or moved on; a task that is due; a record that was
shared; a view of the leadership that is asked for; records that wait to be checked or published; one that was sent
back."""
LOOKS = "looks"
"""Somebody opened very many protected records: nobody can wish not to be told of it."""
SECOND = "second"
"""An administrator asks for something to which a second person agrees or not: nobody can wish not to be told either."""
ALWAYS = frozenset({LOOKS, SECOND})
THING = {"named": "talk", "comment": "talk", "task": "task", "due": "task"}
STRONGER = {"named": 1, "due": 1}


def key_of(what: str, about: str) -> str:
    """What makes two notices one. Being named on a record and a further comment there are one thing to look at, and so
    are a task that was given and the day on which it is due."""
    return f"{THING.get(what, what)}:{about}"


def stronger(before: str, now: str) -> str:
    """Of two ways in which one thing is told, while the first is still unread, the one that asks for more."""
    return max((now, before), key=lambda each: STRONGER.get(each, 0))


def wanted(kinds: Iterable[str], muted: Iterable[str]) -> list[str]:
    left = set(muted)
    return [each for each in kinds if each not in left]
