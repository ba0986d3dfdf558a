"""What was asked for lately, kept for the next time it is asked."""

from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
T = TypeVar("T")


def kept_lately(kept: OrderedDict[K, T], asked: K, most: int, make: Callable[[], T]) -> T:
    """What is kept under `asked`, else what `make` gives; of more than `most` the oldest asked for go."""
    if asked not in kept:
        kept[asked] = make()
        while len(kept) > most:
            kept.popitem(last=False)
    kept.move_to_end(asked)
    return kept[asked]
