"""The geometry of a chart by month: bars, baseline, window, band, what is asked for, and months nobody covered.

Pure: numbers in, coordinates out. A template draws them, so no style is ever written inside the page.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from math import ceil, floor, log10

GAP = 15.0  # between two labels, one below the other, in units of the drawing


@dataclass(frozen=True)
class Series:
    """One value a month, None where the month is not covered; index ranges are half open."""

    months: Sequence[str]
    values: Sequence[float | None]
    baseline: tuple[int, int] | None = None
    window: tuple[int, int] | None = None
    baseline_level: float | None = None
    window_level: float | None = None
    window_band: tuple[float, float] | None = None
    needed: float | None = None
    incomplete_from: int | None = None
    changes: Sequence[int] = ()  # months from which on the level is another


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    kind: str = ""


@dataclass(frozen=True)
class Line:
    x1: float
    x2: float
    y: float
    kind: str = ""


@dataclass(frozen=True)
class Text:
    x: float
    y: float
    words: str
    anchor: str = "middle"
    kind: str = ""


@dataclass(frozen=True)
class Drawing:
    """Everything the template needs, in units of a viewBox `width` x `height`."""

    width: int
    height: int
    id: str
    bars: tuple[Box, ...]
    unknown: tuple[Box, ...]
    band: Box | None
    grid: tuple[Line, ...]
    levels: tuple[Line, ...]
    texts: tuple[Text, ...]
    changes: tuple[Box, ...] = ()  # upright lines, from the top of the picture to its foot
    hatch: str = field(default="hatch")


@dataclass(frozen=True)
class Wording:
    """How the chart speaks: each a function of what it names, in the reader's language."""

    month: Callable[[str], str]
    figure: Callable[[float], str]
    baseline: Callable[[str], str]
    window: Callable[[str], str]
    needed: Callable[[str], str]


LETTER = 6.7  # width of a letter at the size of the drawing's texts, rather too wide than too narrow


def begun(series: Series, *, before: int = 3) -> Series:
    """The series without the months before anybody looked, but for a few that show where it begins."""
    known = [index for index, value in enumerate(series.values) if value is not None]
    starts = [*known[:1], *(span[0] for span in (series.baseline, series.window) if span is not None)]
    cut = max(0, min(starts, default=0) - before)

    def moved(span: tuple[int, int] | None) -> tuple[int, int] | None:
        return None if span is None else (span[0] - cut, span[1] - cut)

    return replace(
        series,
        months=series.months[cut:],
        values=series.values[cut:],
        baseline=moved(series.baseline),
        window=moved(series.window),
        incomplete_from=None if series.incomplete_from is None else series.incomplete_from - cut,
        changes=[index - cut for index in series.changes if index >= cut],
    )


def draw(series: Series, wording: Wording, *, id: str, width: int = 720, height: int = 300) -> Drawing:
    """Lay out the series. `id` is unique in the page: the hatching of this chart is named after it.

    Raises   ValueError if months and values differ in length.
    """
    if len(series.months) != len(series.values):
        raise ValueError("a chart needs one value, or None, for each month")
    labels = _labels(series, wording)
    longest = max((len(words) for _level, words, _kind in labels), default=0)
    frame = _Frame(series, width, height, LETTER * longest + 10, wording.figure)
    return Drawing(
        width=width,
        height=height,
        id=id,
        bars=tuple(_bars(series, frame)),
        unknown=tuple(_unknown(series, frame)),
        band=_band(series, frame),
        grid=tuple(Line(frame.left, frame.right, frame.y(tick)) for tick in frame.ticks),
        levels=tuple(_levels(series, frame)),
        texts=tuple(_axis_texts(series, frame, wording)) + tuple(_label_texts(labels, frame)),
        changes=tuple(Box(frame.x(i), frame.top, 0.0, frame.bottom - frame.top) for i in series.changes),
        hatch=f"hatch-{id}",
    )


class _Frame:
    """The scales of one chart."""

    def __init__(self, series: Series, width: int, height: int, margin: float, figure: Callable[[float], str]) -> None:
        levels = [series.baseline_level, series.window_level, series.needed, *(series.window_band or ())]
        top = max([value for value in (*series.values, *levels) if value is not None], default=1.0)
        self.ticks = ticks(top)
        widest = max(len(figure(tick)) for tick in self.ticks)
        self.left, self.right = max(40.0, LETTER * widest + 10), width - margin
        self.top, self.bottom = 10.0, height - 26.0
        self.step = (self.right - self.left) / max(1, len(series.months))

    def x(self, index: float) -> float:
        return round(self.left + index * self.step, 2)

    def y(self, value: float) -> float:
        return round(self.bottom - (self.bottom - self.top) * value / self.ticks[-1], 2)


def ticks(top: float, about: int = 4) -> list[float]:
    """Round numbers from 0 to at least `top`: 0, 20, 40, 60."""
    if top < 1e-6:
        return [0.0, 1.0]
    rough = top / about
    power = 10.0 ** floor(log10(rough))
    step = next(unit * power for unit in (1, 2, 5, 10) if unit * power >= rough * 0.999)
    return [round(index * step, 10) for index in range(ceil(top / step - 1e-9) + 1)]


def _inside(index: int, span: tuple[int, int] | None) -> bool:
    return span is not None and span[0] <= index < span[1]


def _bars(series: Series, frame: _Frame) -> list[Box]:
    gap = min(4.0, frame.step * 0.25)
    boxes = []
    for index, value in enumerate(series.values):
        if value is None:
            continue
        kind = "now" if _inside(index, series.window) else "base" if _inside(index, series.baseline) else ""
        if series.incomplete_from is not None and index >= series.incomplete_from:
            kind += " incomplete"
        y = frame.y(value)
        boxes.append(
            Box(frame.x(index) + gap / 2, y, round(frame.step - gap, 2), round(frame.bottom - y, 2), kind.strip())
        )
    return boxes


def _unknown(series: Series, frame: _Frame) -> list[Box]:
    """One hatched box for each run of months that are not covered."""
    runs: list[list[int]] = []
    for index, value in enumerate(series.values):
        if value is not None:
            continue
        if runs and runs[-1][1] == index:
            runs[-1][1] = index + 1
        else:
            runs.append([index, index + 1])
    height = frame.bottom - frame.top
    return [Box(frame.x(a), frame.top, round(frame.x(b) - frame.x(a), 2), height) for a, b in runs]


def _band(series: Series, frame: _Frame) -> Box | None:
    if series.window_band is None or series.window is None:
        return None
    low, high = series.window_band
    x1, x2 = (frame.x(index) for index in series.window)
    y = frame.y(high)
    return Box(x1, y, round(x2 - x1, 2), round(frame.y(low) - y, 2))


def _levels(series: Series, frame: _Frame) -> list[Line]:
    """Each level over its own months, and thin from there to its name at the right edge."""
    lines = []
    if series.baseline_level is not None and series.baseline is not None:
        a, b = series.baseline
        lines.append(Line(frame.x(b), frame.right, frame.y(series.baseline_level), "lead"))
        lines.append(Line(frame.x(a), frame.x(b), frame.y(series.baseline_level), "level"))
    if series.window_level is not None and series.window is not None:
        a, b = series.window
        lines.append(Line(frame.x(a), frame.x(b), frame.y(series.window_level), "level now"))
    if series.needed is not None:
        a = (series.window or series.baseline or (0, 0))[0]
        lines.append(Line(frame.x(a), frame.right, frame.y(series.needed), "needed"))
    return lines


def _axis_texts(series: Series, frame: _Frame, wording: Wording) -> list[Text]:
    texts = [Text(frame.left - 8, frame.y(tick) + 4, wording.figure(tick), "end") for tick in frame.ticks]
    names = [wording.month(month) for month in series.months]
    last = len(names) - 1
    for index in _named_months(names, frame.step):
        anchor = "end" if index == last else "middle"
        x = frame.right if index == last else max(frame.x(index + 0.5), LETTER * len(names[index]) / 2)
        texts.append(Text(x, frame.bottom + 18, names[index], anchor))
    return texts


def _named_months(names: list[str], step: float) -> list[int]:
    """The months whose names stand under the axis: the last one and others as often as they fit beside one another."""
    last = len(names) - 1
    for every in (1, 2, 3, 6, 12, 24, 36, 48, 60):
        shown = [index for index in range(last, -1, -1) if (last - index) % every == 0][::-1]
        widest = LETTER * max((len(names[index]) for index in shown), default=0)
        if 1.5 * widest + 8 <= every * step:  # the last name ends at its month, the others stand in its middle
            return shown
    return [last] if names else []


def _labels(series: Series, wording: Wording) -> list[tuple[float, str, str]]:
    """(level, words, kind) of each line that has a name."""
    named = (
        (series.baseline_level if series.baseline else None, wording.baseline, "strong"),
        (series.window_level if series.window else None, wording.window, "now"),
        (series.needed, wording.needed, "ask"),
    )
    return [(level, words(wording.figure(level)), kind) for level, words, kind in named if level is not None]


def _label_texts(labels: list[tuple[float, str, str]], frame: _Frame) -> list[Text]:
    """The names at the right end of their lines, moved apart where they would touch."""
    placed: list[Text] = []
    for level, words, kind in sorted(labels, key=lambda each: -each[0]):
        y = max(frame.y(level) + 4, placed[-1].y + GAP if placed else 12.0)
        placed.append(Text(frame.right + 8, y, words, "start", kind))
    over = max(0.0, placed[-1].y - frame.bottom) if placed else 0.0
    return [Text(each.x, round(each.y - over, 2), each.words, each.anchor, each.kind) for each in placed]
