"""A chart by month as a Vega-Lite object.

It is written as the plain object that Vega-Lite reads: Altair would build the same one and takes a hundred times as
long for it (docs/decisions/0003). Five kinds of layers, from the ground up: rectangles (months nobody
covered, the band of uncertainty, bars, how hard was looked), steps, their last point, lines (levels, events, changes of
level), and words.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from primacy.ui.pictures.picture import Level, Picture, named_months, ticks
from primacy.ui.pictures.theme import (
    ASKED,
    BAR,
    CONFIG,
    INCOMPLETE,
    INK,
    LETTER,
    NOT_COVERED,
    NOW,
    NOW_TEXT,
    SIZE,
    SOFT,
)
from primacy.ui.wording import figure_text, month_text, share_text

Row = dict[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
WIDE, NARROW = (720, 300), (330, 230)
BELOW, ABOVE = 28.0, 26.0  # room for the months, and for the names of events
STRIP = 0.22  # of the height of the scale, for how hard was looked
LEADING = 14.0  # from one line of words to the next
APART = 2.0  # between two names
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
SOLID, DASHED, DOTTED, LONG = [1, 0], [5, 4], [1, 4], [7, 3]
LINES = {"baseline": INK, "expected": INK, "other": SOFT, "now": NOW, "needed": ASKED}
WORDS = {"baseline": INK, "expected": INK, "other": SOFT, "now": NOW_TEXT, "needed": ASKED}
BARS = {"now": (NOW, 1.0), "baseline": (SOFT, 0.75), "other": (SOFT, 0.45), "": (BAR, 1.0)}


def specification(chart: Picture, language: str = "en", *, narrow: bool = False) -> dict[str, Any]:
    """The chart as a Vega-Lite object: on a page as wide as a card, or `narrow` for phones and small multiples."""
    frame = _Frame.of(chart, language, narrow)
    rectangles = [*_ground(chart, frame), *(() if chart.steps else _bars(chart, frame)), *_effort(chart, frame)]
    lines = [*_levels(chart, frame), *_days(chart, frame)]
    words = [*_scale(frame), *_names(chart, frame), *_effort_name(chart, frame), *_day_names(chart, frame)]
    layers = [
        _layer("rect", rectangles, frame, fill="colour", fillOpacity="opacity", stroke="edge"),
        *(_steps(chart, frame) if chart.steps else ()),
        _layer("rule", lines, frame, stroke="colour", strokeDash="dash", strokeWidth="thick"),
        *_texts(words, frame),
    ]
    return {
        "$schema": SCHEMA,
        "description": chart.told or chart.title,
        "width": frame.width,
        "height": frame.height,
        "padding": frame.padding,
        "autosize": "none",
        "layer": [each for each in layers if each["data"]["values"]],
        "config": CONFIG,
        "usermeta": {"title": chart.title, "unit": chart.unit, "language": language},
    }


@dataclass(frozen=True)
class _Frame:
    """Sizes and scales of one chart; its months are whole numbers from 0."""

    width: float
    height: float
    padding: dict[str, float]
    months: int
    top: float
    bottom: float
    tick_words: dict[float, str]  # beside the scale
    month_words: dict[int, str]  # the months named under the scale
    narrow: bool

    @classmethod
    def of(cls, chart: Picture, language: str, narrow: bool) -> "_Frame":
        width, height = NARROW if narrow else WIDE
        steps = list(SHARES) if chart.share and chart.greatest() <= 1.0 else ticks(chart.greatest())
        said = [share_text(step, language) if chart.share else figure_text(step, language) for step in steps]
        names = [len(line) for each in chart.levels for line in _lines(_name(each), narrow)]
        names += [len(line) for line in _lines(chart.effort_words, narrow)] if chart.effort else []
        left, right = LETTER * max(map(len, said)) + 14, LETTER * max(names, default=-1) + 14
        above = ABOVE if chart.happenings else 10.0
        months = [month_text(date.fromisoformat(each), language) for each in chart.months]
        shown = named_months(months, (width - left - right) / max(1, len(months)), LETTER)
        return cls(
            round(width - left - right, 1), height - above - BELOW,
            {"left": round(left, 1), "right": round(right, 1), "top": above, "bottom": BELOW},
            len(months), steps[-1], -STRIP * steps[-1] if chart.effort else 0.0,
            dict(zip(steps, said, strict=True)), {index: months[index] for index in shown}, narrow,
        )  # fmt: skip

    def x(self) -> dict[str, Any]:
        return {
            "field": "from",
            "type": "quantitative",
            "scale": {"domain": [0, self.months], "nice": False},
            "axis": None,
        }

    def y(self) -> dict[str, Any]:
        return {
            "field": "low",
            "type": "quantitative",
            "scale": {"domain": [self.bottom, self.top], "nice": False},
            "axis": {"values": list(self.tick_words), "labels": False},
        }

    def value(self, pixel: float) -> float:
        """The place on the scale so many units below the top."""
        return self.top - pixel / self.height * (self.top - self.bottom)

    def pixel(self, value: float) -> float:
        return (self.top - value) / (self.top - self.bottom) * self.height


def _layer(mark: str, rows: list[Row], frame: _Frame, **fields: str) -> dict[str, Any]:
    """One layer whose rows say their own place, colour and line."""
    plain = {name: {"field": field, "type": "nominal", "scale": None} for name, field in fields.items()}
    return {
        "mark": {"type": mark},
        "data": {"values": rows},
        "encoding": {"x": frame.x(), "y": frame.y(), "x2": {"field": "to"}, "y2": {"field": "high"}, **plain},
    }


def _ground(chart: Picture, frame: _Frame) -> Iterator[Row]:
    for a, b in chart.unknown():
        yield _box(a, b, 0.0, frame.top, NOT_COVERED, kind="not covered")
    if chart.band is not None and chart.window is not None:
        yield _box(*chart.window, chart.band[0], min(chart.band[1], frame.top), NOW, 0.22, kind="range")


def _bars(chart: Picture, frame: _Frame) -> Iterator[Row]:
    gap = min(0.125, 2 * frame.months / frame.width)
    for index, value in enumerate(chart.values):
        if value is not None:
            colour, opacity = BARS[chart.inside(index)]
            if chart.incomplete(index):
                colour, opacity = INCOMPLETE, 1.0
            box = _box(index + gap, index + 1 - gap, 0.0, value, colour, opacity, kind=chart.inside(index))
            yield {**box, "month": chart.months[index], "edge": NOW if chart.incomplete(index) else None}


def _effort(chart: Picture, frame: _Frame) -> Iterator[Row]:
    """Small bars under the scale, as high as was looked hard."""
    most = max((each for each in chart.effort or () if each is not None), default=0.0)
    for index, each in enumerate(chart.effort or ()):
        if each is not None and most > 0:
            high = frame.bottom - 0.75 * frame.bottom * each / most
            yield {**_box(index + 0.1, index + 0.9, frame.bottom, high, SOFT, 0.4, kind="effort"), "effort": each}


def _box(start: float, end: float, low: float, high: float, colour: str, opacity: float = 1.0, *, kind: str) -> Row:
    return {
        "from": start,
        "to": end,
        "low": low,
        "high": high,
        "colour": colour,
        "opacity": opacity,
        "edge": None,
        "kind": kind,
    }


def _steps(chart: Picture, frame: _Frame) -> list[dict[str, Any]]:
    """A stepped line for each unbroken run of months, and a dot where it stands now."""
    rows: list[Row] = []
    run = 0
    for index, value in enumerate(chart.values):
        if value is None:
            run += 1
        else:
            rows += [{"month": chart.months[index], "run": run, "from": index + end, "low": value} for end in (0, 1)]
    encoding = {"x": frame.x(), "y": {**frame.y(), "stack": None}}
    of_run = {**encoding, "detail": {"field": "run", "type": "nominal"}}
    line = {"type": "area", "line": {"stroke": NOW, "strokeWidth": 2.2}, "fill": NOW, "fillOpacity": 0.14}
    return [
        {"mark": line, "data": {"values": rows}, "encoding": of_run},
        {"mark": {"type": "point", "shape": "circle", "size": 44, "fill": NOW, "stroke": None, "opacity": 1},
         "data": {"values": rows[-1:] if chart.values and chart.values[-1] is not None else []}, "encoding": encoding},
    ]  # fmt: skip


def _rule(start: float, end: float, low: float, high: float, colour: str, dash: list[int], thick: float = 1.0) -> Row:
    return {"from": start, "to": end, "low": low, "high": high, "colour": colour, "dash": dash, "thick": thick}


def _levels(chart: Picture, frame: _Frame) -> Iterator[Row]:
    """Each level over its own months, and thin from there to its name."""
    for level in chart.levels:
        a, b = level.span
        asked, colour = level.kind == "needed", LINES[level.kind]
        end = frame.months if asked else b
        yield _rule(
            a,
            end,
            level.value,
            level.value,
            colour,
            DASHED if asked else SOLID,
            1.4 if level.kind in ("other", "expected") else 2.0,
        )
        if end < frame.months:
            yield _rule(end, frame.months, level.value, level.value, colour, DOTTED)


def _days(chart: Picture, frame: _Frame) -> Iterator[Row]:
    """Upright lines: where the level changed, and the events of the mission file."""
    for month in chart.changes:
        yield _rule(month, month, 0.0, frame.top, INK, LONG, 1.3)
    for place, _words in happened(chart):
        yield _rule(place, place, 0.0, frame.top, SOFT, SOLID)


def happened(chart: Picture) -> list[tuple[float, str]]:
    """(place, words) of the events within the months shown, in their order."""
    if not chart.months:
        return []
    first, places = date.fromisoformat(chart.months[0]), []
    for each in sorted(chart.happenings, key=lambda each: each.day):
        day = date.fromisoformat(each.day)
        place = (day.year - first.year) * 12 + day.month - first.month + (day.day - 1) / 31
        if 0 <= place <= len(chart.months):
            places.append((round(place, 2), each.words))
    return places


def _texts(rows: list[Row], frame: _Frame) -> list[dict[str, Any]]:
    """Words, in one layer for each way to stand: beside a place or above it, plain or bold."""
    ways: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        ways.setdefault((row["align"], row["weight"]), []).append(row)
    return [
        {
            "mark": {"type": "text", "align": align, "fontWeight": weight, "fontSize": SIZE,
                     "dx": {"left": 8, "center": 0, "right": -7}[align]},
            "data": {"values": each},
            "encoding": {"x": frame.x(), "y": frame.y(), "text": {"field": "words", "type": "nominal"},
                         "fill": {"field": "colour", "type": "nominal", "scale": None}},
        }
        for (align, weight), each in ways.items()
    ]  # fmt: skip


def _text(
    place: float, value: float, words: str | list[str], colour: str, *, align: str = "left", weight: str = "normal"
) -> Row:
    return {"from": place, "low": value, "words": words, "colour": colour, "align": align, "weight": weight}


def _scale(frame: _Frame) -> Iterator[Row]:
    """The words beside the scale and under it; an axis of Vega-Lite would take half as long again to set them."""
    for tick, words in frame.tick_words.items():
        yield _text(0.0, tick, words, SOFT, align="right")
    low, step = frame.value(frame.height + 16), frame.width / max(1, frame.months)
    for index, words in frame.month_words.items():
        half = LETTER * len(words) / 2
        place = min(max((index + 0.5) * step, half - frame.padding["left"]), frame.width - half)
        yield _text(place / step, low, words, SOFT, align="center")


def _name(level: Level) -> str:
    return f"{level.words}\n{level.figure}"


def _lines(words: str, narrow: bool) -> list[str]:
    """As it is written: on one line, or where there is little room on a line for each part of it."""
    return words.split("\n") if narrow else [words.replace("\n", " ")]


def _names(chart: Picture, frame: _Frame) -> Iterator[Row]:
    """The names at the end of their lines, moved apart where they would touch."""
    foot, y = frame.pixel(0.0), 0.0
    ordered = [(each, _lines(_name(each), frame.narrow)) for each in sorted(chart.levels, key=lambda each: -each.value)]
    placed = []
    for level, lines in ordered:  # y is the middle of a name's first line
        y = max(frame.pixel(level.value) - LEADING / 2 * (len(lines) - 1), y)
        placed.append(y)
        y += LEADING * len(lines) + APART
    over = max(0.0, y - LEADING - APART - foot)
    for (level, lines), y in zip(ordered, placed, strict=True):
        weight = "bold" if level.kind in ("now", "needed") else "normal"
        yield from _below_one_another(frame, y - over, lines, WORDS[level.kind], weight)


def _effort_name(chart: Picture, frame: _Frame) -> Iterator[Row]:
    if chart.effort:
        lines = _lines(chart.effort_words, frame.narrow)
        yield from _below_one_another(frame, frame.height - LEADING * (len(lines) - 0.5), lines, SOFT, "normal")


def _below_one_another(frame: _Frame, y: float, lines: list[str], colour: str, weight: str) -> Iterator[Row]:
    """Lines at the end of the months, each a text of its own: so each is set in the direction of its own letters."""
    for index, line in enumerate(lines):
        yield _text(frame.months, frame.value(y + LEADING * index), line, colour, weight=weight)


def _day_names(chart: Picture, frame: _Frame) -> Iterator[Row]:
    """Names of events that do not run into one another; the words below the chart have them all."""
    step, taken = frame.width / max(1, frame.months), -1.0
    for place, words in happened(chart):
        width = LETTER * len(words)
        start = min(max(place * step - width / 2, 0.0), frame.width - width)
        if start > taken and width <= frame.width:
            yield _text((start + width / 2) / step, frame.value(-10), words, SOFT, align="center")
            taken = start + width + 8
