"""What the doors of this room share: which assessment is meant, and what is missing."""

from collections.abc import Callable
from typing import TypeVar

from django.http import Http404
from django.utils.translation import get_language
from ninja import P, PathEx

from primacy.access.queries import SignedIn
from primacy.assessment import queries
from primacy.assessment.api.shapes import ID

T = TypeVar("T")
LATEST = "latest"
AssessmentId = PathEx[
    str, P(description="The id of an assessment, or `latest` for the newest.", example=LATEST, max_length=12)
]
GivenId = PathEx[str, P(description="The id of an assessment, or `latest`.", example=ID, max_length=12)]
EntryId = PathEx[str, P(description="The id of a benchmark, risk or trade-off.", example="O2.M2", max_length=16)]
BenchmarkId = PathEx[str, P(description="The id of a benchmark.", example="O2.M2", max_length=16)]


def language() -> str:
    return get_language() or "en"


def named(request: SignedIn, id: str) -> str:
    """The id that is meant; 404 where there is no assessment at all."""
    if id != LATEST:
        return id
    newest = queries.latest(viewer=request.user)
    if newest is None:
        raise Http404
    return newest.id


def found(read: Callable[[], T]) -> T:
    """What is read, or 404 where it is missing or not for this viewer: the two cannot be told apart."""
    try:
        return read()
    except LookupError as error:
        raise Http404 from error
