"""What was asked for lately, kept for the next time it is asked."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

K = TypeVar("K")
T = TypeVar("T")

_TURNS = Lock()  # threads may keep in one place; what is asked for is made outside it


def kept_lately(kept: OrderedDict[K, T], asked: K, most: int, make: Callable[[], T]) -> T:
    """What is kept under `asked`, else what `make` gives; of more than `most` the oldest asked for go."""
    with _TURNS:
        if asked in kept:
            kept.move_to_end(asked)
            return kept[asked]
    made = make()
    with _TURNS:
        kept[asked] = made
        kept.move_to_end(asked)
        while len(kept) > most:
            kept.popitem(last=False)
    return made
