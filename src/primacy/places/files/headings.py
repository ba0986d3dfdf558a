"""Where the names of columns stand in a sheet or table: below title lines, and in one row or in several joined ones.

A heading that stands over several columns is joined with what is below it: `Casualties / Killed`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LOOKED_AT = 60  # rows from the top
JOIN = " / "
LEAST = 2  # columns of a table
Row = Sequence[str]


@dataclass(frozen=True)
class Merge:
    """Cells drawn as one; rows and columns count from 0, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def wide(self) -> bool:
        return self.right > self.left


@dataclass(frozen=True)
class Headings:
    """Rows `first` to `last` (from 0) name the columns."""

    first: int
    last: int
    names: tuple[str, ...]


def headings(rows: Sequence[Row], merges: Sequence[Merge] = ()) -> Headings | None:
    """The headings among the first rows; None where no row looks like names of columns.

    A row names the columns if most of what it says is words, all different, for at least half of the widest row.
    """
    rows = rows[:LOOKED_AT]
    wide = max((sum(map(bool, row)) for row in rows), default=0)
    if wide < LEAST:
        return None
    spread = _spread(rows, merges)
    for place, row in enumerate(spread):
        said = [text for text in row if text]
        if len(set(said)) >= max(LEAST, wide / 2) and sum(map(wordy, said)) >= len(said) / 2:
            last = _last(place, merges, len(rows)) if merges else place + _goes_on_below(rows, place)
            return at(rows, _first(place, merges, wide), last, merges)
    return None


def _goes_on_below(rows: Sequence[Row], place: int) -> bool:
    """Whether the row below names columns too, where nothing says which cells belong together: it has nothing but
    words, some of them right of a heading and under none, and figures stand under them.
    """
    if len(rows) < place + 3:
        return False
    here, below, *rest = ([text.strip() for text in row] for row in rows[place:])
    data = [row for row in rest if any(row)]
    under = [column for column, text in enumerate(below) if text]
    free = [column for column in under if column and (column >= len(here) or not here[column])]
    if not free or not data or any(letter.isdigit() for text in below for letter in text):
        return False
    return any(column < len(data[0]) and data[0][column] and not wordy(data[0][column]) for column in under)


def at(rows: Sequence[Row], first: int, last: int, merges: Sequence[Merge] = ()) -> Headings:
    """The names in the rows `first` to `last`, joined from top to bottom."""
    spread = _spread(rows[: last + 1], merges)[first:]
    width = max((len(row) for row in spread), default=0)
    names = []
    for column in range(width):
        said = [row[column] if column < len(row) else "" for row in spread]
        names.append(JOIN.join(dict.fromkeys(text for text in said if text)))
    return Headings(first, last, tuple(names))


def wordy(text: str) -> bool:
    """Whether a text holds a letter: numbers and days in figures do not."""
    return any(letter.isalpha() for letter in text)


def _spread(rows: Sequence[Row], merges: Sequence[Merge]) -> list[list[str]]:
    """The rows with the text of each merged cell in all cells that it covers."""
    spread = [list(row) for row in rows]
    for merge in merges:
        if merge.top >= len(spread) or merge.left >= len(spread[merge.top]):
            continue
        text = spread[merge.top][merge.left]
        for row in spread[merge.top : merge.bottom + 1]:
            row += [""] * (merge.right + 1 - len(row))
            row[merge.left : merge.right + 1] = [text] * (merge.right + 1 - merge.left)
    return spread


def _first(place: int, merges: Sequence[Merge], wide: int) -> int:
    """Up to the row above, where it holds headings over some of the columns; a title stands over all of them."""
    over = [each for each in merges if each.bottom == place - 1 and each.wide and each.right - each.left + 1 < wide]
    return min((each.top for each in over), default=place)


def _last(place: int, merges: Sequence[Merge], rows: int) -> int:
    """Down to the row where the merged cells of this row end, or to the one below headings over several columns."""
    here = [each for each in merges if each.top <= place <= each.bottom]
    last = max((each.bottom for each in here), default=place)
    over = {(each.left, each.right) for each in here if each.wide and each.bottom == last}
    below = {(each.left, each.right) for each in merges if each.top == last + 1}
    if over - below:  # cells that are merged in the same way below them are one wide column
        last += 1
    return min(last, rows - 1)
