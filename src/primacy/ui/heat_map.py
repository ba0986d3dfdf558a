"""The geometry of a heat map by month: one strip of cells for each line, and the years above them.

Pure: marks in, coordinates out. A mark is known by its shape first and by its colour second; its drawing stands once in
the page (`SHAPES`), and each cell points at it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

STEP = 16  # a cell with the gap around it, in units of the drawing
LETTER = 6.0  # a figure of the axis, at its least size
FEWEST = 24  # months for which a strip has room at least
NARROW = 30  # months of which more stand so close that the years above them need larger figures

# From well known to unknown, each on a square of 16. Classes name no ancestor in the style sheet: inside `use` there is
# none.
SHAPES: dict[str, str] = {
    "full": '<rect class="gap-fill" x="1" y="1" width="14" height="14" rx="2"/>',
    "single": '<rect class="gap-tint" x="1" y="1" width="14" height="14" rx="2"/>'
    '<circle class="gap-fill" cx="8" cy="8" r="2.6"/>',
    "thin": '<rect class="gap-tint" x="1" y="1" width="14" height="14" rx="2"/><path class="gap-stroke" d="M4 8h8"/>',
    "open": '<rect class="gap-outline" x="1.6" y="1.6" width="12.8" height="12.8" rx="2"/>'
    '<path class="gap-fill" d="M1.6 14.4V3.6a2 2 0 0 1 2-2h.4L14.4 14v.4z"/>',
    "stale": '<circle class="gap-old" cx="8" cy="8" r="5.4"/><path class="gap-old" d="M8 4.8V8l2.2 1.6"/>',
    "pending": '<circle class="gap-none" cx="8" cy="8" r="1.6"/>',
    "missing": '<path class="gap-none" d="M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6"/>',
}
# Of one data set: it covers the month and tells of nothing.
QUIET: dict[str, str] = {"quiet": '<rect class="gap-tint" x="1" y="1" width="14" height="14" rx="2"/>'}


@dataclass(frozen=True)
class Cell:
    x: int
    mark: str
    words: str


@dataclass(frozen=True)
class Strip:
    """One line of the map, in units of a viewBox `width` x `height`."""

    width: int
    height: int
    cells: tuple[Cell, ...]

    @property
    def drawn(self) -> str:
        """The cells as they stand inside `svg`. Drawn here: a page has thousands, and a template takes too long."""
        cell = '<use href="#gap-{}" x="{}" width="16" height="16"><title>{}</title></use>'
        return "".join(cell.format(each.mark, each.x, escape(each.words)) for each in self.cells)


@dataclass(frozen=True)
class Year:
    """The beginning of a year on the axis: its line, and its name unless there is no room."""

    x: int
    words: str


def strip(marks: Sequence[tuple[str, str]]) -> Strip:
    """`marks`: (mark, what its cell says), the earliest first.

    Raises   KeyError for a mark without a shape.
    """
    for mark, _ in marks:
        (SHAPES | QUIET)[mark]
    cells = tuple(Cell(place * STEP, mark, words) for place, (mark, words) in enumerate(marks))
    return Strip(width(len(marks)), STEP, cells)


def width(months: int) -> int:
    """Of a strip and of its axis: few months are not drawn larger than those of two years."""
    return STEP * max(months, FEWEST)


def crowded(months: int) -> bool:
    """Whether a strip of so many months is drawn so small that its axis takes figures twice as large."""
    return months > NARROW


def years(months: Sequence[str]) -> tuple[Year, ...]:
    """Where years begin among months (ISO days); the first is named too where the next leaves room."""
    letter = 2 * LETTER if crowded(len(months)) else LETTER
    begins = [place for place, month in enumerate(months) if place == 0 or month[5:7] == "01"]
    ends = [*begins, len(months)][1:]
    return tuple(
        Year(place * STEP, months[place][:4] if (end - place) * STEP >= 4 * letter + 4 else "")
        for place, end in zip(begins, ends, strict=True)
    )
