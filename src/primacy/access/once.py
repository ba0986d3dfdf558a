"""What a page asks for again and again, and is looked up once: only while what is answered changes nothing."""

import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")

A_WHILE = 10  # seconds

_found: ContextVar[dict[Hashable, Any] | None] = ContextVar("found", default=None)


@contextmanager
def one_reading() -> Iterator[None]:
    """Within it, what was found is not looked up again. Nothing of it outlives the reading."""
    token = _found.set({})
    try:
        yield
    finally:
        _found.reset(token)


def once(key: Hashable, look: Callable[[], T]) -> T:
    """What `look` finds; within one reading what it found before under this key, and else looked up each time."""
    found = _found.get()
    if found is None:
        return look()
    if key not in found:
        found[key] = look()
    return found[key]  # type: ignore[no-any-return]


_kept: dict[Hashable, tuple[float, Any]] = {}


def for_a_while(key: Hashable, look: Callable[[], T]) -> T:
    """What `look` found a few seconds ago, until then or until somebody does something here: for what stands on every
    page and tells nobody anything new, never for rights."""
    now = time.monotonic()
    until, found = _kept.get(key, (now, None))  # asked for once: another thread may let go of it at any moment
    if until <= now:
        for old in [each for each, (end, _value) in list(_kept.items()) if end <= now]:
            _kept.pop(old, None)
        found = look()
        _kept[key] = (now + A_WHILE, found)
    return found  # type: ignore[no-any-return]


def something_done() -> None:
    """From now on all is looked up anew."""
    _kept.clear()
