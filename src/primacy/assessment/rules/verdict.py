"""What an evaluator is asked, and what it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from primacy.assessment.finding import Chart, Phrase
from primacy.assessment.indicators.reading import Reading
from primacy.assessment.rules.grid import Bools, Floats
from primacy.assessment.trends.trend import TrendModel


@dataclass(frozen=True)
class Call:
    """One leaf of a rule: its verb's parameters, the indicator that it reads, and where it looks."""

    verb: str
    parameters: Any
    reading: Reading
    others: Mapping[str, Reading]
    model: TrendModel
    area: str | None = None
    now_only: bool = False  # nothing but the assessment's day is looked at, as in what is printed beside a finding

    def number(self, name: object) -> float:
        return self.reading.number(name)

    @property
    def label(self) -> str:
        """What sentences call the indicator: benchmark and indicator, looked up in the reader's language."""
        return f"{self.reading.benchmark.id}/{self.reading.id}"

    @property
    def size(self) -> int:
        return len(self.reading.round.grid)


@dataclass(frozen=True)
class Verdict:
    """P over the grid as an interval, and what explains it at the assessment's day (the last point).

    `bounds` gives the interval over the grid, had another number been asked for, as the rule writes it (`by` 0.3).
    `provisional`: compared with the year before because no baseline is set.
    """

    low: Floats
    high: Floats
    reasons: tuple[str, ...]
    capped: Bools
    sentence: Phrase
    numbers: Mapping[str, Any] = field(default_factory=dict)
    direction: Floats | None = None
    flags: frozenset[str] = frozenset()
    bounds: Callable[[float], tuple[Floats, Floats]] | None = None
    chart: Chart | None = None
    provisional: bool = False
    change: Phrase | None = None  # what would bring it about, or undo it
    doubt: Phrase | None = None  # why it is not sure enough, where the figure by itself is what is asked for
    level: float | None = None  # what a map shows of an area
    among: float | None = None  # P of an area as one of many, by which those that stand out are named; else its own
    enough: Callable[[bool], tuple[Phrase, ...]] | None = None  # how much would change it; True: as a veto
    beside: tuple[Phrase, ...] = ()  # the same against another baseline, where it would be told differently
    alike: tuple[Phrase, ...] = ()  # against other baselines that tell the same, for who looks at the part itself

    @property
    def reason(self) -> str:
        """Why P is not known on the assessment's day; empty where it is."""
        return self.reasons[-1] if self.high[-1] - self.low[-1] >= 1e-9 else ""
