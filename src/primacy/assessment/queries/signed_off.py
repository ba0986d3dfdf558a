"""Reads of who signed assessments off."""

from collections.abc import Sequence

from primacy.access.models import User
from primacy.access.requiring import may
from primacy.assessment.models import SignOff, StoredAssessment


def with_sign_offs(listed: Sequence[StoredAssessment]) -> list[StoredAssessment]:
    """The same assessments, each knowing who signed it off first, in one query."""
    first = {each.assessment: each for each in SignOff.objects.order_by("-at")}
    for each in listed:
        each.signed = first.get(each.id)
    return list(listed)


def sign_offs(*, viewer: User, assessment_id: str) -> list[SignOff]:
    """Who signed an assessment off and when, oldest first: everybody who may read it may know who answers for it."""
    return list(SignOff.objects.filter(assessment=assessment_id)) if may(viewer, "assessment.read") else []
