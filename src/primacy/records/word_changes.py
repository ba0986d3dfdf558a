"""What differs between two texts, word by word. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

PIECES = re.compile(r"\s+|\w+|[^\w\s]")
MOST = 3_000  # pieces; longer texts are told as a whole, because comparing takes the square of the time


@dataclass(frozen=True)
class Piece:
    """Some words, and whether they stand in this text alone."""

    text: str
    changed: bool


def word_changes(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces: what only one of them has is marked. Put together again the pieces are the text.

    >>> word_changes("on 3 June", "on 4 June")[1]
    [Piece(text='on ', changed=False), Piece(text='4', changed=True), Piece(text=' June', changed=False)]
    """
    one, two = PIECES.findall(before), PIECES.findall(after)
    if len(one) > MOST or len(two) > MOST:
        return [Piece(before, before != after)], [Piece(after, before != after)]
    steps = SequenceMatcher(None, one, two, autojunk=False).get_opcodes()
    first = [(one[a:b], kind != "equal") for kind, a, b, _c, _d in steps]
    second = [(two[c:d], kind != "equal") for kind, _a, _b, c, d in steps]
    return list(_pieces(first)), list(_pieces(second))


def _pieces(runs: list[tuple[list[str], bool]]) -> Iterator[Piece]:
    for words, changed in runs:
        if words:
            yield Piece("".join(words), changed)
