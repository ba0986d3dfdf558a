"""Writes: an assessment is signed off by the leadership."""

from datetime import UTC, datetime

from django.db import IntegrityError, transaction

from primacy.access.models import User
from primacy.access.services import record
from primacy.assessment import queries
from primacy.assessment.models import SignOff, StoredAssessment
from primacy.assessment.packages.signing import key_of
from primacy.framework import Instance

PURPOSE = "sign-off"


def sign_off(*, by: User, assessment_id: str) -> SignOff:
    """Keep that a person of the leadership answers for an assessment; the instance signs what was said.

    Raises   LookupError for what this person may not see, ValueError where views of this person are still owed (what
             nobody has looked at cannot be signed off) or where it was signed by the same person before.
    """
    if queries.asking(viewer=by, assessment_id=assessment_id).owed:
        raise ValueError("the views that are owed come first")
    if not StoredAssessment.objects.filter(pk=assessment_id).exists():
        raise LookupError(assessment_id)
    if SignOff.objects.filter(assessment=assessment_id, by=by.username).exists():
        raise ValueError("signed off before")
    at, key = datetime.now(UTC), key_of(Instance.here().signing_key)
    said = {"assessment": assessment_id, "by": by.username, "role": by.role, "at": at.isoformat()}
    signed = SignOff(
        assessment=assessment_id, by=by.username, role=by.role, at=at, key=key.public,
        signature=key.signed(PURPOSE, said),
    )  # fmt: skip
    try:
        with transaction.atomic():
            signed.save()
            record(by, "signed an assessment off", assessment_id, {"signature": signed.signature})
    except IntegrityError as error:  # at the same moment in another window
        raise ValueError("signed off before") from error
    return signed
