"""The geometry of small charts: one series in many places, on one scale and over the same months, side by side.

Pure: a `Picture` with its `areas` in, path texts out. They are many and say little each, so they are drawn here and
not by vl-convert (docs/decisions/0003).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from primacy.ui.pictures import Picture
from primacy.ui.pictures.picture import Span, ticks

WIDTH, HEIGHT, ABOVE = 200.0, 76.0, 4.0
LEAST = 0.6  # units: a bar of one event is seen on any scale
Values = Sequence[float | None]


@dataclass(frozen=True)
class Bars:
    """All bars of one look. `kind`: "" | now | baseline | other | incomplete."""

    kind: str
    path: str


@dataclass(frozen=True)
class Small:
    """One place. `before` and `now` are its means a month in the baseline and in the window, None where either is not
    known; `lines` are (start, end, height) of these two."""

    code: str
    bars: tuple[Bars, ...]
    unknown: tuple[tuple[float, float], ...]  # (start, width) of months that nobody covered
    lines: tuple[tuple[float, float, float], ...]
    before: float | None
    now: float | None
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Multiples:
    """`grid` are (height, number) of the lines of the scale."""

    width: float
    height: float
    grid: tuple[tuple[float, float], ...]
    places: tuple[Small, ...]


def draw(picture: Picture) -> Multiples | None:
    """None for a series that is not told by area."""
    if not picture.areas:
        return None
    greatest = max((v for _code, values in picture.areas for v in values if v is not None), default=0.0)
    top = ticks(greatest)[-1]
    scale = _Scale(WIDTH / len(picture.months), top)
    places = tuple(_small(picture, code, values, scale) for code, values in picture.areas)
    return Multiples(WIDTH, HEIGHT + ABOVE, tuple((scale.y(level), level) for level in (0.0, top)), places)


@dataclass(frozen=True)
class _Scale:
    step: float
    top: float

    def x(self, month: int) -> float:
        return round(month * self.step, 2)

    def y(self, value: float) -> float:
        return round(ABOVE + HEIGHT * (1 - value / self.top), 2)


def _small(picture: Picture, code: str, values: Values, scale: _Scale) -> Small:
    before, now = _mean(values, picture.baseline), _mean(values, picture.window)
    lines = tuple(
        (scale.x(span[0]), scale.x(span[1]), scale.y(level))
        for span, level in ((picture.baseline, before), (picture.window, now))
        if span is not None and level is not None
    )
    return Small(
        code, tuple(_bars(picture, values, scale)), tuple(_unknown(values, scale)), lines, before, now, tuple(values)
    )


def _bars(picture: Picture, values: Values, scale: _Scale) -> Iterator[Bars]:
    paths: dict[str, list[str]] = {}
    width, foot = round(scale.step * 0.8, 2), scale.y(0.0)
    for index, value in enumerate(values):
        if value:
            kind = "incomplete" if picture.incomplete(index) else picture.inside(index)
            top = min(scale.y(value), foot - LEAST)
            paths.setdefault(kind, []).append(f"M{scale.x(index):g} {foot:g}V{top:g}h{width:g}V{foot:g}z")
    yield from (Bars(kind, "".join(path)) for kind, path in paths.items())


def _unknown(values: Values, scale: _Scale) -> Iterator[tuple[float, float]]:
    start: int | None = None
    for index, value in enumerate([*values, 0.0]):
        if value is None and start is None:
            start = index
        elif value is not None and start is not None:
            yield scale.x(start), round(scale.x(index) - scale.x(start), 2)
            start = None


def _mean(values: Values, span: Span | None) -> float | None:
    """A month in a span; None where a month of it is not covered."""
    read = values[slice(*span)] if span is not None else ()
    known = [each for each in read if each is not None]
    return sum(known) / len(known) if known and len(known) == len(read) else None
