"""What differs between two assessments, and why: evidence, the passing of time, a changed rule, a revised figure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from primacy.assessment.finding import Finding, Phrase
from primacy.evidence.datasets import DatasetVersion

NEW_EVIDENCE = "new evidence"
PASSING_OF_TIME = "the passing of time"
CHANGED_RULE = "a changed rule"
REVISED_FIGURE = "a revised figure"


@dataclass(frozen=True)
class Change:
    benchmark: str
    before: str | None
    after: str
    cause: str
    sentence: Phrase


@dataclass(frozen=True)
class Compared:
    """What a cause is read from, of one assessment."""

    findings: Sequence[Finding]
    benchmarks: Mapping[str, Any]  # the definition of each benchmark as plain data
    mission: Mapping[str, Any]
    versions: Sequence[DatasetVersion]


def changes(before: Compared, after: Compared) -> list[Change]:
    """Every benchmark whose status differs, in the framework's order."""
    earlier = {finding.benchmark: finding for finding in before.findings}
    found = []
    for finding in after.findings:
        old = earlier.get(finding.benchmark)
        if old is None or old.status == finding.status:
            continue
        cause = _cause(old, finding, before, after)
        found.append(Change(finding.benchmark, old.status, finding.status, cause, finding.lead))
    return found


def _cause(old: Finding, new: Finding, before: Compared, after: Compared) -> str:
    """The first that applies: the rule, then the figures that were there, then new ones, then the calendar."""
    id = new.benchmark
    if before.benchmarks.get(id) != after.benchmarks.get(id) or before.mission != after.mission:
        return CHANGED_RULE
    indicators = _deciding(after.benchmarks.get(id, {}))
    kinds = {each.get(role) for each in indicators for role in ("kind", "register", "effort")} - {None}
    known = {version.id for version in before.versions}
    fresh = [version for version in after.versions if version.id not in known and _speaks_of(version, kinds)]
    left = {version.id for version in after.versions}
    gone = [version for version in before.versions if version.id not in left and _speaks_of(version, kinds)]
    lineages = {version.lineage for version in before.versions}
    if any(_revises(version, lineages, before.versions) for version in fresh) or (gone and not fresh):
        return REVISED_FIGURE
    if fresh or old.data_points != new.data_points:
        return NEW_EVIDENCE
    return PASSING_OF_TIME


def _deciding(benchmark: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The indicators that the rule or a sign of loss reads; those beside the rule move no status."""
    indicators = benchmark.get("indicators", {})
    found = {
        name for part in ("rule", "reversal", "flags") for name in _names(benchmark.get(part)) if name in indicators
    }
    waiting = list(found)
    while waiting:
        made_of = {name for name in _names(indicators[waiting.pop()]) if name in indicators} - found
        found |= made_of
        waiting += made_of
    return [indicators[name] for name in sorted(found)]


def _names(tree: Any) -> Iterator[str]:
    """Every text in plain data, names of indicators among them."""
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, Mapping | list):
        for each in tree.values() if isinstance(tree, Mapping) else tree:
            yield from _names(each)


def _speaks_of(version: DatasetVersion, kinds: set[Any]) -> bool:
    return any(coverage.kind in kinds for coverage in version.coverage) or not version.coverage


def _revises(version: DatasetVersion, lineages: set[str], before: Sequence[DatasetVersion]) -> bool:
    """A newer release of a source that covers months which an older release covered."""
    if version.lineage not in lineages:
        return False
    ends = [coverage.end for old in before if old.lineage == version.lineage for coverage in old.coverage]
    return any(coverage.start <= end for coverage in version.coverage for end in ends)
