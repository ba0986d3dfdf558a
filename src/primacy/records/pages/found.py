"""What every page of a record begins with: the type and the record for this person, or that there is none."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language

from primacy.access.queries import SignedIn
from primacy.framework import Instance
from primacy.places.at_hand import place_names
from primacy.records import queries
from primacy.records.declaring import RecordType
from primacy.records.showing import Shown

SECTION = "records"


def the_type(request: SignedIn, key: str, *, writing: bool = False) -> RecordType:
    try:
        return queries.type_for(request.user, key, writing=writing)
    except LookupError as error:
        raise Http404 from error


def list_address(type_: RecordType, asked: str) -> str:
    """The list with a question; with none the list as it is, whichever view it would begin with."""
    return f"{reverse('records:list', args=[type_.key])}?{asked or 'all=1'}"


def the_one(request: SignedIn, type_: RecordType, id: UUID, action: str = "see") -> Shown:
    try:
        return queries.one(viewer=request.user, type_=type_, id=id, action=action)
    except LookupError as error:
        raise Http404 from error


def the_exact(request: SignedIn, type_: RecordType, id: UUID, action: str) -> Shown:
    """The same for whoever sees its details."""
    seen = the_one(request, type_, id, action)
    if not seen.exact:
        raise Http404
    return seen


def context(type_: RecordType, **more: Any) -> dict[str, Any]:
    names = place_names(Instance.here().places, get_language() or "en")
    return {"type": type_, "section": SECTION, "place_names": names, **more}
