"""Everything that happened to a record, newest first, page by page."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.records.happenings import Place
from primacy.records.pages.found import context, the_one, the_type
from primacy.records.queries import timeline as asked
from primacy.records.services.looking import note_look


@require_safe
@require("records.read")
def timeline(request: SignedIn, record_type: str, record_id: UUID) -> HttpResponse:
    """For those with details. A look at it is a look at the history."""
    seen = the_one(request, the_type(request, record_type), record_id, "detail")
    note_look(by=request.user, seen=seen, past=True)
    before = Place.read(request.GET.get("before", ""))
    happened, onward = asked.timeline(viewer=request.user, seen=seen, before=before)
    shows = context(seen.type, seen=seen, happened=happened, onward=onward, begun=before is not None)
    return render(request, "records/timeline.html", shows)
