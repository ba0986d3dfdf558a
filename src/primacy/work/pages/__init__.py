"""The pages of this room. What is not for somebody answers as what does not exist."""

from django.http import Http404

from primacy.access.queries import SignedIn
from primacy.access.services import record as enter
from primacy.records.telling import name_of
from primacy.work.queries.subjects import subject
from primacy.work.subjects import Subject

SECTION = "work"


def about_or_404(request: SignedIn, reference: str, *, detail: bool = False) -> Subject:
    """What is talked about, for somebody who sees it (or its details)."""
    found = subject(viewer=request.user, reference=reference)
    if found is None or (detail and not found.detail):
        raise Http404
    return found


def enter_look(request: SignedIn, about: Subject | None, *, past: bool = False) -> None:
    """What is said of a protected record is read as the record itself is."""
    if about is not None and about.protected and about.detail:
        deed = "looked at the history of a record" if past else "looked at a record"
        enter(request.user, deed, name_of(about.kind, about.id), {"details": True})
