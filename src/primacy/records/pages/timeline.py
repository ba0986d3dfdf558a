"""Everything that happened to a record, newest first, page by page."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.records.happenings import Place
from primacy.records.pages import _context, _one, _type
from primacy.records.queries import timeline as asked
from primacy.records.services.looking import note_look


@require_GET
@require("records.read")
def timeline(request: SignedIn, record_type: str, record_id: UUID) -> HttpResponse:
    """For those with details. A look at it is a look at the history."""
    seen = _one(request, _type(request, record_type), record_id, "detail")
    note_look(by=request.user, seen=seen, past=True)
    before = Place.read(request.GET.get("before", ""))
    happened, onward = asked.timeline(viewer=request.user, seen=seen, before=before)
    context = _context(seen.type, seen=seen, happened=happened, onward=onward, begun=before is not None)
    return render(request, "records/timeline.html", context)
