"""The pictures of a finding: its stored series with both baselines, what is asked for, events, and words for each.

Pure: `pictures_of(finding, framework, mission, language)` gives one `Picture` for each series that a finding stores,
the one that sets its probability first; `primacy.ui.pictures` makes of each a Vega-Lite object, SVG or PNG.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from primacy.assessment.finding import Chart, Finding, Part
from primacy.assessment.front.picture_told import notes, told
from primacy.assessment.told.rule_phrases import shape_of
from primacy.evidence.store.numbered_days import month_index
from primacy.framework import Framework, Mission
from primacy.framework.entries import Benchmark
from primacy.framework.languages import named, words
from primacy.places.areas import AreaNames
from primacy.ui.pictures import Happening, Level, Picture
from primacy.ui.pictures.picture import Span, begun
from primacy.ui.wording import figure_text, share_text

SHARE = "share"
LEVELS = ("reaches", "share", "believes")  # the verbs whose bound is a level of the indicator itself
BOUNDS = ("at_least", "at_most", "more_than")
ALONE = 2  # charts that are drawn wide, one below the other
TRENDS = ("falls", "rises", "ceases")
ALIKE = 0.01  # two ratios that differ by less are one
MATTERS = 0.15  # by how much monitoring must have changed to be drawn; the rules then compare rates


def pictures_of(
    finding: Finding, framework: Framework, mission: Mission, language: str, places: AreaNames | None = None
) -> tuple[Picture, ...]:
    """One for each series, the deciding one first; two thresholds of one series stand in one picture. `places`: what
    areas are called, where a series is of one of them.

    The first is seen by itself; those after it, side by side, share one scale where they share a unit.
    """
    drawn: dict[tuple[str, tuple[str, ...]], Picture] = {}
    for chart in sorted(finding.charts, key=lambda each: each.indicator != deciding(finding)):
        picture = _Told(finding, chart, framework, mission, language, places or AreaNames({})).picture()
        series = chart.indicator, chart.elements
        known = drawn.get(series)
        drawn[series] = picture if known is None else _joined(known, picture)
    return tuple(_one_scale(sorted(drawn.values(), key=lambda each: each.blank)))


def widths_of(pictures: Sequence[Picture]) -> list[tuple[bool, ...]]:
    """In which widths each picture of a finding is drawn (False wide, True narrow).

    The first in both, and a second that stands alone; more of them stand side by side, narrow. What only says yes or
    no is a strip of the page, and what is blank a sentence.
    """
    charts = [each for each in pictures if not each.yes_no and not each.blank]
    both = charts if len(charts) <= ALONE else charts[:1]
    return [(False, True) if each in both else (True,) if each in charts else () for each in pictures]


def deciding(finding: Finding) -> str:
    """The series through which the likelihood of the whole comes; "" where none is said."""
    steps = [finding.path] if finding.path is not None else []
    while steps:
        step = steps.pop()
        if step.sets and step.part is not None:
            return finding.parts[step.part].label
        steps += step.steps
    return ""


def _joined(one: Picture, other: Picture) -> Picture:
    more = tuple(each for each in other.levels if each not in one.levels)
    return replace(
        one, levels=(*one.levels, *more), told=" ".join(dict.fromkeys(f"{one.told}\n{other.told}".splitlines()))
    )


def _one_scale(pictures: list[Picture]) -> Iterator[Picture]:
    tops: dict[str, float] = {}
    for each in pictures[1:]:
        if not each.share:
            tops[each.unit] = max(tops.get(each.unit, 0.0), each.greatest())
    yield from pictures[:1]
    for each in pictures[1:]:
        yield replace(each, top=tops[each.unit]) if each.unit and each.unit in tops else each


class _Told:
    """One stored series on its way to a picture."""

    def __init__(
        self, finding: Finding, chart: Chart, framework: Framework, mission: Mission, language: str, places: AreaNames
    ) -> None:
        self.places = places
        self.chart, self.mission, self.language, self.framework = chart, mission, language, framework
        self.benchmark: Benchmark = framework.benchmarks[finding.benchmark]
        self.part = next((each for each in finding.parts if each.label == chart.indicator and _asks(each, chart)), None)
        self.share = chart.unit == SHARE or self._asked_as_share()
        self.words: Mapping[str, str] = words(language, "chart")
        self.harder = self._harder()

    def picture(self) -> Picture:
        chart = self.chart
        effort, said = self._effort()
        picture = Picture(
            title=self._title(),
            unit="" if self.share or not chart.unit else named(self.language, "measured_in", chart.unit),
            months=chart.months,
            values=chart.values,
            steps=chart.window is None and not (chart.needed is None and self._by_month()),
            share=self.share,
            baseline=chart.baseline,
            others=tuple(span for _name, span, _level in self._others()),
            window=chart.window,
            band=chart.window_band and (self.harder * chart.window_band[0], self.harder * chart.window_band[1]),
            levels=tuple(self._levels()),
            happenings=tuple(self._happenings()),
            changes=chart.changes,
            incomplete_from=chart.incomplete_from,
            effort=effort,
            effort_words=self.words["effort"].replace("|", "\n"),
            areas=chart.areas,
            series=chart.indicator,
        )
        say = (picture, self.language, self._named_baselines(), said)
        picture = replace(picture, told=told(*say), notes=notes(*say))
        return picture if picture.yes_no else begun(picture)

    def _title(self) -> str:
        name = self.chart.indicator.split("/")[-1]
        if name not in self.benchmark.indicators:
            return name.replace("-", " ")
        text = str(self.framework.text(self.benchmark.id, f"labels.{name}", self.language)[0])
        title = text[:1].upper() + text[1:]
        members = words(self.language, "members")
        named_here = [str(members.get(each) or self.places.said(each)) for each in self.chart.elements]
        colon, comma = words(self.language, "colon"), words(self.language, "list_comma")
        return f"{title}{colon}{comma.join(named_here)}" if named_here else title

    def figure(self, value: float) -> str:
        return share_text(value, self.language) if self.share else figure_text(value, self.language)

    def _asked_as_share(self) -> bool:
        """As the number it is measured with is written: `60 %`, or 3."""
        name = self.chart.indicator.split("/")[-1]
        asked = [
            bound
            for leaf in self.benchmark.rule.leaves()
            if leaf.call.indicator == name and leaf.head in LEVELS
            for bound in (getattr(leaf.call, field, None) for field in BOUNDS)
            if bound is not None
        ]
        return any(shape_of(self.benchmark, bound) == SHARE for bound in asked)

    def _by_month(self) -> bool:
        """Whether the rule asks for a trend of it: such a series is drawn month by month even where no window is."""
        name = self.chart.indicator.split("/")[-1]
        return any(leaf.head in TRENDS and leaf.call.indicator == name for leaf in self.benchmark.rule.leaves())

    def _levels(self) -> Iterator[Level]:
        chart, last = self.chart, len(self.chart.months)
        if self._baseline is not None and chart.baseline_level is not None:
            yield self._level("baseline", chart.baseline_level, self._baseline)
        for _name, span, level in self._others():
            yield self._level("other", level, span)
        if chart.window and chart.window_level is not None:
            yield self._level("now", chart.window_level, chart.window)
        if chart.window and chart.baseline_level is not None and self.harder != 1.0:
            yield self._level("expected", self.harder * chart.baseline_level, chart.window)
        if chart.needed is not None:
            span, needed = (chart.window[0], last) if chart.window else (0, last), self.harder * chart.needed
            figure = self.words["at_most" if chart.at_most else "at_least"].format(figure=self.figure(needed))
            yield Level("needed", needed, self.words["needed"], figure, span)

    def _level(self, kind: str, value: float, span: Span) -> Level:
        return Level(kind, value, self.words[kind].replace("|", "\n"), self.figure(value), span)

    def _others(self) -> list[tuple[str, Span, float]]:
        """(name, months, events a month) of further baselines that were compared and lie within the series."""
        told: list[dict[str, Any]] = self.part.numbers.get("beside", []) if self.part is not None else []
        found = []
        for each in told:
            baseline = next((known for known in self.mission.baselines if known.name == each["baseline"]), None)
            span = None if baseline is None else self._months(baseline.from_, baseline.to)
            if span is not None and each.get("baseline_events") is not None:
                found.append((str(each["baseline"]), span, float(each["baseline_events"]) / (span[1] - span[0])))
        return found

    def _months(self, start: date, end: date) -> Span | None:
        """Where a period lies in the series; None where it does not lie in it whole."""
        first = month_index(date.fromisoformat(self.chart.months[0]))
        span = (month_index(start) - first, month_index(end) - first + 1)
        return self._inside(span)

    def _inside(self, span: Span) -> Span | None:
        return span if 0 <= span[0] < span[1] <= len(self.chart.months) else None

    def _named_baselines(self) -> list[tuple[str, Span, str]]:
        """(name, months, figure) of every baseline drawn, the deciding one first."""
        named_so = [(name, span, self.figure(level)) for name, span, level in self._others()]
        level = self.chart.baseline_level
        if self._baseline is not None and level is not None:
            named_so.insert(0, (self._deciding_baseline(self._baseline), self._baseline, self.figure(level)))
        return named_so

    @property
    def _baseline(self) -> Span | None:
        """The months of the deciding baseline; None where some lie outside the series: they are still to come."""
        return self._inside(self.chart.baseline) if self.chart.baseline else None

    def _deciding_baseline(self, span: Span) -> str:
        return next((each.name for each in self.mission.baselines if self._months(each.from_, each.to) == span), "")

    def _harder(self) -> float:
        """How much harder was looked than in the baseline, where the rule therefore compares rates; else 1.

        The bars are what was counted. What the rule asks for is then drawn as so many counts as would be asked for,
        looked so hard; else the picture would contradict the finding.
        """
        now, before = self._looked()
        numbers = self.part.numbers if self.part is not None else {}
        if not now or not before or "observed" not in numbers or not numbers.get("baseline_events"):
            return 1.0
        counted = (numbers["events"] / numbers["months"]) / (numbers["baseline_events"] / numbers["baseline_months"])
        rates = abs(numbers["observed"] - counted) > ALIKE * max(counted, 1e-9)
        return now / before if rates or (counted == 0 and abs(now / before - 1) > MATTERS) else 1.0

    def _looked(self) -> tuple[float | None, float | None]:
        """Mean effort a month in the window and in the baseline."""
        chart = self.chart
        if chart.effort is None or chart.baseline is None or chart.window is None:
            return None, None
        return _mean(chart.effort[slice(*chart.window)]), _mean(chart.effort[slice(*chart.baseline)])

    def _effort(self) -> tuple[tuple[float | None, ...] | None, list[str]]:
        """How hard was looked where that changed enough to matter, and in any case what is to be said of it."""
        chart, (now, before) = self.chart, self._looked()
        if now is None or before is None:
            return (chart.effort if chart.window else None), []
        indicator = self.benchmark.indicators.get(chart.indicator.split("/")[-1])
        kind = str(indicator.effort or "") if indicator is not None else ""
        said = [
            self.words["told_effort"].format(
                kind=named(self.language, "kinds", kind), now=figure_text(now, self.language),
                before=figure_text(before, self.language),
            )
        ]  # fmt: skip
        if self.harder != 1.0 and chart.baseline_level is not None:
            said.append(self.words["told_expected"].format(figure=self.figure(self.harder * chart.baseline_level)))
        matters = before == 0 or abs(now / before - 1) > MATTERS
        return (chart.effort if matters else None), said

    def _happenings(self) -> Iterator[Happening]:
        known = words(self.language, "events")
        for name, day in self.mission.events.items():
            if isinstance(day, date):
                yield Happening(day.isoformat(), str(known.get(name, name.replace("_", " "))))


def _asks(part: Part, chart: Chart) -> bool:
    """Whether this part of the rule is what the chart shows: two parts may ask for two levels of one series."""
    return part.evaluator in TRENDS or part.numbers.get("threshold") in (chart.needed, None)


def _mean(values: tuple[float | None, ...]) -> float | None:
    known = [each for each in values if each is not None]
    return sum(known) / len(known) if known and len(known) == len(values) else None
