"""A stored assessment as one viewer may be told it, for scripts: the findings veiled and flagged as on the pages."""

import json
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from primacy.access.models import User
from primacy.assessment import queries
from primacy.assessment.packages.package import part_of
from primacy.assessment.queries.stored import package_of
from primacy.assessment.told.telling import Told, told
from primacy.framework import Mission


def told_to(*, viewer: User, assessment_id: str) -> Told:
    """Raises LookupError where there is no such assessment for this viewer."""
    findings = queries.findings(viewer=viewer, assessment_id=assessment_id)
    watches = queries.watches(viewer=viewer, assessment_id=assessment_id)
    whole = _told(package_of(assessment_id))
    return replace(whole, findings=tuple(findings), watches=tuple(watches))


def mission_of(assessment_id: str) -> Mission:
    """The mission file as it was for an assessment that the caller has been told (`told_to`)."""
    return _mission(package_of(assessment_id))


@lru_cache(maxsize=8)
def _mission(path: Path) -> Mission:
    return Mission.model_validate(json.loads(part_of(path, "mission.json")))


@lru_cache(maxsize=8)
def _told(path: Path) -> Told:
    """A package never changes once it is written."""
    return told(path)
