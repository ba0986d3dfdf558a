"""Reads of stored assessments, their findings, and the data points behind them."""

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from primacy.access import may
from primacy.access.models import User
from primacy.assessment.areas_at_hand import areas_of
from primacy.assessment.behind import behind
from primacy.assessment.changes import Change
from primacy.assessment.comparison import kept, unexplained
from primacy.assessment.finding import Finding, Watch
from primacy.assessment.models import StoredAssessment
from primacy.assessment.package import findings_of, watches_of
from primacy.evidence.datasets import DatasetVersion
from primacy.evidence.store import Store
from primacy.framework import Instance
from primacy.framework.languages import named
from primacy.places.areas import Areas
from primacy.places.coarseness import Coarseness, coarseness

__all__ = [
    "EvidencePage",
    "EvidenceRow",
    "StoredAssessment",
    "assessments",
    "changes",
    "evidence_rows",
    "finding",
    "findings",
    "latest",
    "watches",
]

PAGE = 50
FEWEST_SOURCES = 3


@dataclass(frozen=True)
class EvidenceRow:
    """One data point as this viewer may see it. `date` and `until` of a coarsened row are those of whole weeks."""

    date: datetime.date
    until: datetime.date
    area_name: str
    what: str
    values: Mapping[str, float]
    grade: str
    source: str
    dataset: str
    dataset_name: str
    line: int | None
    item: str


@dataclass(frozen=True)
class EvidencePage:
    rows: list[EvidenceRow]
    total: int


def assessments(*, viewer: User) -> list[StoredAssessment]:
    """Newest first."""
    return list(StoredAssessment.objects.all()) if may(viewer, "assessment.read") else []


def latest(*, viewer: User, as_of: datetime.date | None = None) -> StoredAssessment | None:
    """The newest assessment, or the newest of a day."""
    listed = assessments(viewer=viewer)
    return next((each for each in listed if as_of is None or each.as_of == as_of), None)


def findings(*, viewer: User, assessment_id: str) -> list[Finding]:
    """In the framework's order; LookupError where there is no such assessment for this viewer."""
    _stored(viewer, assessment_id)
    return list(_findings(_path(assessment_id)))


def finding(*, viewer: User, assessment_id: str, benchmark_id: str) -> Finding:
    for each in findings(viewer=viewer, assessment_id=assessment_id):
        if each.benchmark == benchmark_id:
            return each
    raise LookupError(benchmark_id)


def watches(*, viewer: User, assessment_id: str) -> list[Watch]:
    """Risks and trade-offs with their signals; LookupError where there is no such assessment for this viewer."""
    _stored(viewer, assessment_id)
    return list(_watches(_path(assessment_id)))


def changes(*, viewer: User, assessment_id: str) -> list[Change]:
    """Against the assessment that was stored before; empty for the first. With contributions where these were computed,
    else statuses alone."""
    shown = _stored(viewer, assessment_id)
    before = before_it(shown)
    if before is None:
        return []
    found = kept(_path(before.id), _path(shown.id), Instance.here())
    return unexplained(_findings(_path(before.id)), _findings(_path(shown.id))) if found is None else found


def before_it(shown: StoredAssessment) -> StoredAssessment | None:
    """The assessment that was stored before another."""
    earlier = StoredAssessment.objects.filter(created__lt=shown.created).order_by("-created")
    return next((each for each in earlier if _path(each.pk).is_file()), None)


def evidence_rows(
    *, viewer: User, assessment_id: str, benchmark_id: str, page: int, language: str = "en"
) -> EvidencePage:
    """The data points that the benchmark's indicators read, newest first, one row for each item.

    `language` is that of the areas' names.
    """
    shown = _stored(viewer, assessment_id)
    if not may(viewer, "evidence.read"):
        raise LookupError(assessment_id)
    instance = Instance.here()
    store = Store(instance.evidence)
    found = behind(_path(shown.id), store, benchmark_id, page=page, size=PAGE)
    versions = {version.id: version for version in store.versions()}
    types: Counter[str] = Counter(version.source_type for version in versions.values())
    reader = _Reader(areas_of(instance.places), versions, types, may(viewer, "evidence.detail"), language)
    return EvidencePage([reader.row(each) for each in found.rows], found.total)


@dataclass(frozen=True)
class _Reader:
    """Turns data points into rows for one viewer, as coarse as the viewer's rights ask for."""

    areas: Areas
    versions: Mapping[str, DatasetVersion]
    types: Mapping[str, int]
    detail: bool
    language: str

    def row(self, row: Mapping[str, Any]) -> EvidenceRow:
        rule = coarseness(row["confidentiality"], details=self.detail, kind=row["kind"])
        version = self.versions.get(row["dataset"])
        if not rule.names:
            return self._nameless(row, rule, version)
        what = row["note"] or " · ".join(
            each for each in (row["category"] or self._kind(row), row["actor"], row["target"]) if each
        )
        name = version.name if version else row["dataset"]
        source = row["source"] or (version.producer if version else "")
        return EvidenceRow(
            *rule.days(row["date"], row["until"]), self._area(row, rule), what, row["values"], row["grade"], source,
            row["dataset"], name, row["line"], row["item"],
        )  # fmt: skip

    def _nameless(self, row: Mapping[str, Any], rule: Coarseness, version: DatasetVersion | None) -> EvidenceRow:
        """Coarse place and day, nothing that names the item; who says so only where three could have said it."""
        kind = version.source_type if version else ""
        shown = kind if self.types.get(kind, 0) >= FEWEST_SOURCES else ""
        return EvidenceRow(
            *rule.days(row["date"], row["until"]), self._area(row, rule), row["category"] or self._kind(row),
            row["values"], row["grade"], shown, "", "", None, "",
        )  # fmt: skip

    def _area(self, row: Mapping[str, Any], rule: Coarseness) -> str:
        return self.areas.name(rule.area(row["area"], self.areas, level=row["level"]), self.language)

    def _kind(self, row: Mapping[str, Any]) -> str:
        return named(self.language, "kinds", row["kind"])


def _stored(viewer: User, assessment_id: str) -> StoredAssessment:
    """A forbidden assessment answers exactly as a missing one."""
    if not may(viewer, "assessment.read"):
        raise LookupError(assessment_id)
    found = StoredAssessment.objects.filter(pk=assessment_id).first()
    if found is None or not _path(found.pk).is_file():
        raise LookupError(assessment_id)
    return found


def _path(assessment_id: str) -> Path:
    return Instance.here().assessments / f"{assessment_id}.zip"


@lru_cache(maxsize=16)
def _findings(path: Path) -> tuple[Finding, ...]:
    """A package never changes once it is written, so its findings are read once."""
    return findings_of(path)


@lru_cache(maxsize=16)
def _watches(path: Path) -> tuple[Watch, ...]:
    return watches_of(path)
