"""What a page asks for again and again, and is looked up once: only while what is answered changes nothing."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")

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
