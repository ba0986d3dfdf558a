"""Stored assessments as they lie in the instance: each is a package, which never changes and is therefore read once."""

from functools import lru_cache
from pathlib import Path

from primacy.access.models import User
from primacy.access.once import once
from primacy.access.requiring import may
from primacy.assessment.finding import Finding, Watch
from primacy.assessment.models import StoredAssessment
from primacy.assessment.packages.package import findings_of, framework_in, model_of, watches_of
from primacy.framework import Framework, Instance


def stored_for(viewer: User, assessment_id: str) -> StoredAssessment:
    """A forbidden assessment answers exactly as a missing one: LookupError."""
    found = once(("stored", assessment_id), lambda: _stored(assessment_id)) if may(viewer, "assessment.read") else None
    if found is None:
        raise LookupError(assessment_id)
    return found


def _stored(assessment_id: str) -> StoredAssessment | None:
    found = StoredAssessment.objects.filter(pk=assessment_id).first()
    return found if found is not None and package_of(found.pk).is_file() else None


def package_of(assessment_id: str) -> Path:
    return Instance.here().package(assessment_id)


def findings_in(assessment_id: str) -> tuple[Finding, ...]:
    """As they were computed; veiled for nobody."""
    return findings_at(package_of(assessment_id))


def watches_in(assessment_id: str) -> tuple[Watch, ...]:
    return _watches(package_of(assessment_id))


def framework_of(*, viewer: User, assessment_id: str) -> Framework:
    """The framework by which an assessment judged, in its words of today. LookupError as for its findings."""
    return _framework(package_of(stored_for(viewer, assessment_id).pk))


def learnt_here(*, viewer: User, assessment_id: str) -> bool:
    """Whether the trends of an assessment were calibrated with the mission's own history. LookupError as for its
    findings."""
    return _learnt_here(package_of(stored_for(viewer, assessment_id).pk))


@lru_cache(maxsize=64)
def _learnt_here(path: Path) -> bool:
    return model_of(path).learnt_here


@lru_cache(maxsize=8)
def _framework(path: Path) -> Framework:
    return framework_in(path)


@lru_cache(maxsize=16)
def findings_at(path: Path) -> tuple[Finding, ...]:
    return findings_of(path)


@lru_cache(maxsize=16)
def _watches(path: Path) -> tuple[Watch, ...]:
    return watches_of(path)
