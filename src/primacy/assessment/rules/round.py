"""What all rules of one assessment share: the mission, the grid of days, the places, and the data points fetched."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from primacy.assessment.indicators.selection import Selected
from primacy.assessment.rules.grid import Floats, Grid
from primacy.evidence.lacking.being_reported import BeingReported
from primacy.evidence.store.datasets import DatasetVersion
from primacy.framework.mission import Mission
from primacy.places.areas import Areas

SHORTEST_MONTH = 28


@dataclass(frozen=True)
class Round:
    """Everything that all rules of one assessment share."""

    mission: Mission
    grid: Grid
    areas: Areas
    versions: Sequence[DatasetVersion]
    selected: Selected
    first_month: int
    items: Mapping[str, int]  # how many distinct items each benchmark reads
    reporting: Sequence[BeingReported] = ()  # months of a source that are not complete yet
    memory: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)  # what two rules ask alike

    @property
    def months(self) -> int:
        """Number of months in every monthly series, the incomplete one of the assessment's day included."""
        return int(self.grid.ends[-1]) - self.first_month + (1 if self.grid.has_incomplete_month else 0)

    @cached_property
    def late_months(self) -> int:
        """How many of the last months may not be in yet without the evidence being too old: one, or as many as the
        sources of a replay with hindsight leave open."""
        lags = [version.told_after or 0 for version in self.versions]
        return max(1, math.ceil(max(lags, default=0) / SHORTEST_MONTH))

    @property
    def hindsight(self) -> bool:
        """Whether evidence is read as if it had been known earlier than it was."""
        return any(version.told_after is not None for version in self.versions)

    @cached_property
    def source_type(self) -> dict[str, str]:
        return {version.id: version.source_type for version in self.versions}

    @cached_property
    def lineage(self) -> dict[str, str]:
        return {version.id: version.lineage for version in self.versions}

    @cached_property
    def report_areas(self) -> list[str]:
        return self.areas.level(self.mission.report_level)

    def once(self, key: Any, compute: Callable[[], Any]) -> Any:
        """The result under `key`, computed at the first asking."""
        if key not in self.memory:
            self.memory[key] = compute()
        return self.memory[key]

    def expand(self, reference: str) -> list[str]:
        return self.mission.names(reference)

    def people(self, codes: Sequence[str]) -> Floats | None:
        """How many live in each area; None where that is not known of all of them."""
        living = [self.areas.population(code) for code in codes]
        return np.array(living, dtype=np.float64) if living and all(living) else None

    def line(self, code: str) -> frozenset[str]:
        """An area and all that it lies in."""
        above = (self.areas.ancestor(code, level) for level in range(5))
        found: frozenset[str] = self.once(("line", code), lambda: frozenset({code, *above} - {None}))
        return found

    def area_of(self, code: str, level: int | None = None) -> str | None:
        return self.areas.ancestor(code, self.mission.report_level if level is None else level)
