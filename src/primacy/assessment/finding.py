"""A finding: the status of one benchmark, its reasons, and the way back to every data point."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Phrase:
    """A sentence before it has a language: the key of a template and what fills it.

    A value may be a number, a text, a date as ISO string, or a list of phrases.
    """

    key: str
    values: dict[str, Any] = field(default_factory=dict)


UNSAID_WHERE_EMPTY = {"unsaid": True}  # of a field: a finding without it is written as if there were no such field
TRENDS = ("falls", "rises", "ceases")


@dataclass(frozen=True)
class Part:
    """One leaf of the rule, or one veto, sign or direction, as it stands at the assessment's date."""

    role: str  # part | veto | sign | direction
    indicator: str
    evaluator: str
    probability: float | None
    adequate: bool
    reason: str | None  # missing | stale | thin | not covered | changed
    capped: bool
    numbers: dict[str, Any]
    sentence: Phrase
    label: str = ""
    beside: tuple[Phrase, ...] = ()  # the same against other baselines, what a peak gives for nothing, the season


@dataclass(frozen=True)
class Step:
    """One node of the rule as it was decided on the assessment's day: the way to the status, as a tree.

    `low` and `high` bound P where it is not known; `lower` is the Frechet bound. `sets`: P of the whole comes through
    here. `waits`: left out until what it waits for has come. `part` is its place among the parts of the finding.
    """

    what: Phrase
    role: str  # part | veto
    probability: float | None
    low: float
    high: float
    lower: float
    capped: bool
    sets: bool
    waits: bool
    part: int | None
    steps: "tuple[Step, ...]" = ()
    then: Phrase | None = None  # what a condition was in the month that decides, where that is not the present one


@dataclass(frozen=True)
class AreaFinding:
    area: str
    name: str
    status: str
    probability: float | None
    numbers: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Chart:
    """What the page draws: one series by month, its two windows, and the level that the rule asks for.

    `values` are floats, or None where the month is not covered; months are ISO first days. `areas` are the same months
    in each area of the level at which the mission reports: (code, values). `elements`: of which actors, pairs, groups,
    strata or items alone it is, where the rule asks each of them; empty where it is of all. `at_most`: so much or less
    is asked for, else so much or more.
    """

    indicator: str
    unit: str
    months: tuple[str, ...]
    values: tuple[float | None, ...]
    baseline: tuple[int, int] | None = None  # half-open index range into months
    window: tuple[int, int] | None = None
    baseline_level: float | None = None
    window_level: float | None = None
    window_band: tuple[float, float] | None = None
    needed: float | None = None
    incomplete_from: int | None = None
    effort: tuple[float | None, ...] | None = None
    changes: tuple[int, ...] = ()  # indices of months from which on the level is another
    areas: tuple[tuple[str, tuple[float | None, ...]], ...] = ()
    elements: tuple[str, ...] = ()
    at_most: bool = field(default=False, metadata=UNSAID_WHERE_EMPTY)


@dataclass(frozen=True)
class SourceTold:
    """What one source by itself tells of an indicator.

    `figure`: what it counted in the months that the official source covers too, or the value that the indicator has by
    it alone; None where it tells nothing of them. `official_figure`: that of the official source in the same months.
    `told` of `asked`: whole months, or items; None where there is no such number. `day`: of its newest state or
    estimate. `confidentiality`: the highest of what it tells here.
    """

    lineage: str
    name: str
    figure: float | None
    official_figure: float | None
    before: float | None = None  # in the months that the rule compares with, where it covers all of them
    told: int | None = None
    asked: int | None = None
    day: str | None = None
    confidentiality: int = 0


@dataclass(frozen=True)
class OtherSources:
    """An indicator whose figures come from an official source, and what the others tell of it: they decide nothing.

    `start`, `end`: the first days of the first and last month looked at, of what is counted. `measure`: what the
    figures are of. `sources`: the official one first, the others by name.
    """

    indicator: str
    measure: str
    unit: str
    sources: tuple[SourceTold, ...]
    start: str | None = None
    end: str | None = None


OPENINGS = ("finding.reversed", "finding.veto")
WHY_NOT_MET = ("finding.capped", "finding.sustained")
"""What has to stand beside a figure that may by itself read as if all were well."""


@dataclass(frozen=True)
class Finding:
    benchmark: str
    status: str
    reason: str | None
    probability: float | None
    lower: float | None  # lower Frechet bound of the combination
    flags: tuple[str, ...]
    sentence: tuple[Phrase, ...]
    rule: Phrase
    numbers: dict[str, Any]
    parts: tuple[Part, ...]
    weakest: Phrase | None
    would_change: tuple[Phrase, ...]
    flips_at: float | None
    data_points: int
    restricted: bool
    areas: tuple[AreaFinding, ...]
    history: tuple[tuple[str, float | None, str], ...] = ()  # grid: (ISO day, probability, status), oldest first
    charts: tuple[Chart, ...] = ()
    collect: tuple[dict[str, str], ...] = ()
    path: Step | None = None
    flips: tuple[Phrase, ...] = ()  # which other numbers of the rule would make it another status; of a decided one
    projected: float | None = None  # P(met when it is due), while it is open and that day is to come
    carried: bool = False  # told in words alone, because what it rests on may not be handed out
    areas_of: tuple[str, ...] = ()  # labels of the indicators of which alone the statuses of areas speak
    other_sources: tuple[OtherSources, ...] = field(default=(), metadata=UNSAID_WHERE_EMPTY)

    @property
    def by_trend(self) -> bool:
        """Whether the posterior of a trend sets the probability, which is what the calibration speaks of."""
        step = self.path
        while step is not None and step.part is None:
            step = next((each for each in step.steps if each.sets), None)
        return step is not None and step.part is not None and self.parts[step.part].evaluator in TRENDS

    @property
    def lead(self) -> Phrase:
        """The sentence that says most by itself: that it was lost, or vetoed, says less than how. With why it is not
        called met, where its figure does not say that."""
        told = next((each for each in self.sentence if each.key not in OPENINGS), self.sentence[0])
        for why in (each for each in self.sentence if each.key in WHY_NOT_MET and each is not told):
            told = Phrase("finding.lead", {"sentence": told, "why": why})
        return told


@dataclass(frozen=True)
class SignalFinding:
    """A warning sign, or what makes a decision due, as it stands on the assessment's day."""

    id: str
    state: str  # seen | possible | not seen | unknown; view due where a view comes first
    probability: float | None
    sentence: Phrase
    reason: str | None = None  # missing | stale | thin | not covered | changed


@dataclass(frozen=True)
class Watch:
    """A risk or a trade-off: the state of its strongest signal, or `not applicable`."""

    entry: str
    state: str
    signals: tuple[SignalFinding, ...]
    carried: bool = False
