"""The front page for one area, one component or one horizon: what of an assessment it then speaks of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from primacy.assessment.finding import AreaFinding, Finding, Phrase, Watch
from primacy.assessment.over_time.changes import Change
from primacy.framework import Framework, Mission
from primacy.framework.entries import Benchmark

HORIZONS = ("short", "medium", "long")
SAME_EVERYWHERE = ("threshold unconfirmed", "due", "overdue", "on track")
"""Flags that speak of dates and numbers, which are the same in every area."""


@dataclass(frozen=True)
class Narrowing:
    """What the reader asked for; empty: everything."""

    area: str = ""
    component: str = ""
    horizon: str = ""

    @property
    def asked(self) -> bool:
        return bool(self.area or self.component or self.horizon)

    def holds(self, benchmark: Benchmark) -> bool:
        """Whether a benchmark is of the component, which leads it or works with it, and of the horizon."""
        if self.component and self.component not in (benchmark.lead, *benchmark.with_):
            return False
        return not self.horizon or benchmark.horizon == self.horizon


@dataclass(frozen=True)
class Choices:
    """What can be asked for: areas of which a finding speaks, components that lead or work with, horizons."""

    areas: tuple[str, ...]
    components: tuple[str, ...]
    horizons: tuple[str, ...] = HORIZONS

    def hold(self, asked: Narrowing) -> bool:
        return all(
            not wanted or wanted in offered
            for wanted, offered in (
                (asked.area, self.areas), (asked.component, self.components), (asked.horizon, self.horizons),
            )
        )  # fmt: skip


def choices(findings: Iterable[Finding], framework: Framework, mission: Mission) -> Choices:
    """The mission's own components come first and in its order."""
    spoken_of = dict.fromkeys(each.area for finding in findings for each in finding.areas)
    involved = {each for benchmark in framework.benchmarks.values() for each in (benchmark.lead, *benchmark.with_)}
    own = [each for each in mission.components if each in involved]
    return Choices(tuple(sorted(spoken_of)), tuple(own) or tuple(sorted(involved)))


def narrowed(findings: Iterable[Finding], framework: Framework, asked: Narrowing) -> list[Finding]:
    """The findings asked for; for an area, as they are in that area, and only those that tell areas apart."""
    kept = [
        each
        for each in findings
        if each.benchmark in framework.benchmarks and asked.holds(framework.benchmarks[each.benchmark])
    ]
    if not asked.area:
        return kept
    return [_there(each, there) for each in kept if (there := _of_area(each, asked.area)) is not None]


def _of_area(finding: Finding, area: str) -> AreaFinding | None:
    return next((each for each in finding.areas if each.area == area), None)


def _there(finding: Finding, there: AreaFinding) -> Finding:
    """The finding as it is in one area. Its sentence spoke of all areas."""
    flags = tuple(each for each in finding.flags if each in SAME_EVERYWHERE)
    p = there.probability
    key, values = ("finding.area-open", {}) if p is None else ("finding.area", {"probability": p})
    of = list(finding.areas_of)
    said = Phrase(f"{key}.of", {**values, "labels": of}) if of else Phrase(key, values)
    return replace(finding, status=there.status, probability=p, flags=flags, sentence=(said,))


def narrowed_changes(
    changes: Sequence[Change], before: Sequence[Finding], after: Sequence[Finding], asked: Narrowing
) -> list[Change]:
    """Of `changes` those of the findings that remain; for an area, what changed there between two narrowed lists."""
    if not asked.area:
        remaining = {each.benchmark for each in after}
        return [each for each in changes if each.benchmark in remaining]
    earlier = {each.benchmark: each for each in before}
    return [
        Change(each.benchmark, earlier[each.benchmark].status, each.status, "", each.lead)
        for each in after
        if each.benchmark in earlier and earlier[each.benchmark].status != each.status
    ]


def narrowed_watches(watches: Iterable[Watch], framework: Framework, asked: Narrowing) -> list[Watch]:
    """Risks and choices of the component; none for an area or a horizon, of which they do not speak."""
    if asked.area or asked.horizon:
        return []
    entries: Mapping[str, object] = framework.entries
    return [each for each in watches if not asked.component or asked.component in _people(entries[each.entry])]


def _people(entry: object) -> tuple[str, ...]:
    return getattr(entry, "lead", ""), *getattr(entry, "with_", ())
