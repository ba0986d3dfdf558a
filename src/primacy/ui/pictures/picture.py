"""What a chart by month shows, before it is drawn: numbers, and the words beside them in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, floor, log10

Span = tuple[int, int]  # half open: months[first] up to, not including, months[last]


@dataclass(frozen=True)
class Level:
    """A level line with its name at the end. `kind`: baseline | other | now | needed | expected."""

    kind: str
    value: float
    words: str
    figure: str
    span: Span


@dataclass(frozen=True)
class Happening:
    """An event of the mission file: an ISO day and what it is called."""

    day: str
    words: str


@dataclass(frozen=True)
class Picture:
    """One series. `values` are None where a month is not covered; `months` are ISO first days, without gaps.

    `steps`: a level that lasts (drawn as a stepped line), else what is counted month by month (drawn as bars).
    `told` is the text alternative, `notes` what stands below. `effort` is how hard was looked, where it changed enough
    to matter. `top` is the end of the scale that several pictures share. `areas`: the same in each area, by code.
    `series`: what it is called where it comes from.
    """

    title: str
    unit: str
    months: tuple[str, ...]
    values: tuple[float | None, ...]
    steps: bool = False
    share: bool = False
    told: str = ""
    notes: tuple[str, ...] = ()
    baseline: Span | None = None
    others: tuple[Span, ...] = ()
    window: Span | None = None
    band: tuple[float, float] | None = None
    levels: tuple[Level, ...] = ()
    happenings: tuple[Happening, ...] = ()
    changes: tuple[int, ...] = ()  # months from which on the level is another
    incomplete_from: int | None = None
    effort: tuple[float | None, ...] | None = None
    effort_words: str = ""
    top: float | None = None
    areas: tuple[tuple[str, tuple[float | None, ...]], ...] = ()
    series: str = ""

    def __post_init__(self) -> None:
        if len(self.months) != len(self.values):
            raise ValueError("a chart needs one value, or None, for each month")
        if self.effort is not None and len(self.effort) != len(self.months):
            raise ValueError("effort is given for each month, or not at all")

    @property
    def blank(self) -> bool:
        """Whether no month is covered, so that there is nothing to draw."""
        return all(each is None for each in self.values)

    @property
    def yes_no(self) -> bool:
        """Whether it only says of each month whether something exists: a strip tells that better than a chart."""
        return (
            self.steps
            and not self.share
            and not self.blank
            and {each for each in self.values if each is not None} <= {0.0, 1.0}
            and self.greatest() <= 1.0
        )

    def inside(self, index: int) -> str:
        """now | baseline | other | "": in which of its spans a month lies."""
        spans = (("now", self.window), ("baseline", self.baseline), *(("other", each) for each in self.others))
        return next((name for name, span in spans if span is not None and span[0] <= index < span[1]), "")

    def incomplete(self, index: int) -> bool:
        return self.incomplete_from is not None and index >= self.incomplete_from

    def greatest(self) -> float:
        """What the scale must reach: the greatest value, level or end of the band."""
        shown = [value for value in self.values if value is not None]
        return max([*shown, *(each.value for each in self.levels), *(self.band or ()), self.top or 0.0], default=1.0)

    def unknown(self) -> list[Span]:
        """Runs of months that are not covered."""
        runs: list[Span] = []
        for index, value in enumerate(self.values):
            if value is None:
                runs = (
                    [*runs[:-1], (runs[-1][0], index + 1)]
                    if runs and runs[-1][1] == index
                    else [*runs, (index, index + 1)]
                )
        return runs


def begun(picture: Picture, *, before: int = 3) -> Picture:
    """The picture without the months before anybody looked, but for a few that show where it begins."""
    known = [index for index, value in enumerate(picture.values) if value is not None]
    spans = [span for span in (picture.baseline, picture.window, *picture.others) if span is not None]
    cut = max(0, min([*known[:1], *(span[0] for span in spans)], default=0) - before)

    def moved(span: Span) -> Span:
        return (max(0, span[0] - cut), span[1] - cut)

    return replace(
        picture,
        months=picture.months[cut:],
        values=picture.values[cut:],
        effort=None if picture.effort is None else picture.effort[cut:],
        areas=tuple((code, values[cut:]) for code, values in picture.areas),
        baseline=picture.baseline and moved(picture.baseline),
        window=picture.window and moved(picture.window),
        others=tuple(moved(each) for each in picture.others),
        levels=tuple(replace(each, span=moved(each.span)) for each in picture.levels),
        changes=tuple(index - cut for index in picture.changes if index >= cut),
        incomplete_from=None if picture.incomplete_from is None else picture.incomplete_from - cut,
    )


def ticks(top: float, about: int = 4) -> list[float]:
    """Round numbers from 0 to at least `top`: 0, 20, 40, 60."""
    if top < 1e-6:
        return [0.0, 1.0]
    rough = top / about
    power = 10.0 ** floor(log10(rough))
    step = next(unit * power for unit in (1, 2, 5, 10) if unit * power >= rough * 0.999)
    return [round(index * step, 10) for index in range(ceil(top / step - 1e-9) + 1)]


def named_months(names: Sequence[str], step: float, letter: float) -> list[int]:
    """The months named under the axis: the last one, and others as often as they fit beside one another.

    `step` is the width of a month and `letter` that of a letter, in the same unit.
    """
    last = len(names) - 1
    for every in (1, 2, 3, 6, 12, 24, 36, 48, 60):
        shown = [index for index in range(last, -1, -1) if (last - index) % every == 0][::-1]
        widest = letter * max((len(names[index]) for index in shown), default=0)
        if 1.5 * widest + 8 <= every * step:  # the last name ends at its month, the others stand in its middle
            return shown
    return [last] if names else []
