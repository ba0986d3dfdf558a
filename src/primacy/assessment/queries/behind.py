"""Reads of the data points behind a finding, as coarse as the viewer's rights ask for."""

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from primacy.access.models import User
from primacy.access.requiring import may
from primacy.assessment.indicators.beside import DECIDES, ROLES
from primacy.assessment.packages.behind import all_behind, behind
from primacy.assessment.queries.stored import stored_for
from primacy.evidence.shown.as_shown import FEWEST_SOURCES
from primacy.evidence.shown.categories import category_words
from primacy.evidence.shown.points_at_hand import store_behind
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.store import Store
from primacy.framework import Instance
from primacy.framework.languages import named
from primacy.framework.saying import isolated
from primacy.places.areas import Areas
from primacy.places.at_hand import areas_of
from primacy.places.coarseness import Coarseness, coarseness

PAGE = 50
AT_ONCE = 5_000  # rows that are read at a time where all are taken along


@dataclass(frozen=True)
class EvidenceRow:
    """One data point as this viewer may see it. `date` and `until` of a coarsened row are those of whole weeks; `what`
    has its category in words, `category` as mappings and scripts write it."""

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
    role: str = ROLES[DECIDES]
    category: str = ""


@dataclass(frozen=True)
class EvidencePage:
    """First what decides, then what is only compared with it, then how hard somebody looked."""

    rows: list[EvidenceRow]
    total: int
    compared: int = 0
    effort: int = 0


def evidence_rows(
    *, viewer: User, assessment_id: str, benchmark_id: str, page: int, language: str = "en"
) -> EvidencePage:
    """The data points that the benchmark's indicators read, newest first, one row for each item.

    `language` is that of areas and categories.
    """
    package, store, reader = _for(viewer, assessment_id, language)
    found = behind(package, store, benchmark_id, page=page, size=PAGE)
    return EvidencePage([reader.row(each) for each in found.rows], found.total, found.compared, found.effort)


def all_evidence_rows(
    *, viewer: User, assessment_id: str, benchmark_id: str, language: str = "en"
) -> Iterator[EvidenceRow]:
    """The same, all of them, for who takes them along."""
    package, store, reader = _for(viewer, assessment_id, language)
    return map(reader.row, all_behind(package, store, benchmark_id, size=AT_ONCE))


def _for(viewer: User, assessment_id: str, language: str) -> tuple[Path, Store, "_Reader"]:
    """The package, the store behind it, and how this viewer sees a row of it."""
    shown = stored_for(viewer, assessment_id)
    if not may(viewer, "evidence.read"):
        raise LookupError(assessment_id)
    instance = Instance.here()
    package = instance.package(shown.id)
    store = store_behind(instance.evidence, package)
    versions = {version.id: version for version in store.versions()}
    types: Counter[str] = Counter(version.source_type for version in versions.values())
    return package, store, _Reader(areas_of(instance.places), versions, types, may(viewer, "evidence.detail"), language)


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
        what = row["note"] or " · ".join(each for each in (self._category(row), *self._names(row)) if each)
        name = version.name if version else row["dataset"]
        source = row["source"] or (version.producer if version else "")
        return EvidenceRow(
            *rule.days(row["date"], row["until"]), self._area(row, rule), what, row["values"], row["grade"], source,
            row["dataset"], name, row["line"], row["item"], ROLES[row.get("role", DECIDES)],
            row["category"] or "",
        )  # fmt: skip

    def _nameless(self, row: Mapping[str, Any], rule: Coarseness, version: DatasetVersion | None) -> EvidenceRow:
        """Coarse place and day, nothing that names the item; who says so only where three could have said it."""
        kind = version.source_type if version else ""
        shown = kind if self.types.get(kind, 0) >= FEWEST_SOURCES else ""
        return EvidenceRow(
            *rule.days(row["date"], row["until"]), self._area(row, rule), self._category(row),
            row["values"], row["grade"], shown, "", "", None, "", ROLES[row.get("role", DECIDES)],
            row["category"] or "",
        )  # fmt: skip

    def _area(self, row: Mapping[str, Any], rule: Coarseness) -> str:
        return self.areas.name(rule.area(row["area"], self.areas, level=row["level"]), self.language)

    def _category(self, row: Mapping[str, Any]) -> str:
        return category_words(row["category"], self.language) if row["category"] else self._kind(row)

    def _names(self, row: Mapping[str, Any]) -> Iterator[str]:
        return (isolated(row[name] or "", self.language) for name in ("actor", "target"))

    def _kind(self, row: Mapping[str, Any]) -> str:
        return named(self.language, "kinds", row["kind"])
