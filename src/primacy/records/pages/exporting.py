"""A list taken along as a file: small ones at once, large ones by way of the jobs."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.jobs.queries import job as job_of
from primacy.jobs.services import enqueue
from primacy.records import queries, tasks
from primacy.records.declaring import RecordType
from primacy.records.forms import ListForm
from primacy.records.pages.found import context, list_address, the_type
from primacy.records.queries.exporting import exports_lately
from primacy.records.services import exporting
from primacy.records.tables import ENDINGS, csv_pieces

AT_ONCE = 5_000  # rows; more are written in the background
MOST_IN_AN_HOUR = 30


@require_safe
@require("records.export")
def export(request: SignedIn, record_type: str, ending: str) -> HttpResponseBase:
    """Everything that fits the question of the list, as this person may see it."""
    type_ = the_type(request, record_type)
    if ending not in ENDINGS:
        raise Http404(ending)
    if exports_lately(request.user) >= MOST_IN_AN_HOUR:
        return render(request, "records/too_many.html", context(type_), status=429)
    form = ListForm(request.GET, type_=type_, viewer=request.user)
    asked = form.asked()
    if form.not_understood:  # without that filter far more would be handed out than was asked for
        messages.error(request, form.not_understood)
        return redirect(list_address(type_, form.question()))
    if queries.listed(viewer=request.user, type_=type_, asked=asked).count() > AT_ONCE:
        job = enqueue(
            tasks.write_export, kind="record-export", by=request.user, type=type_.key, asked=form.question(),
            ending=ending, language=get_language() or "en",
        )  # fmt: skip
        return redirect("jobs:job", job_id=job.pk)
    found = exporting.begin_export(by=request.user, type_=type_, asked=asked, ending=ending)
    if ending == "csv":
        pieces = csv_pieces(found.columns, found.rows, exporting.notice(type_, found))
        return _named(StreamingHttpResponse(pieces, content_type=ENDINGS[ending][1]), type_, ending)
    kept = exporting.written_now(type_=type_, found=found, ending=ending)
    return _named(FileResponse(kept, content_type=ENDINGS[ending][1]), type_, ending)


def _named(response: Any, type_: RecordType, ending: str) -> HttpResponseBase:
    name = f"{type_.key}-{timezone.localdate().isoformat()}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response  # type: ignore[no-any-return]


@require_safe
@require("records.export")
def exported(request: SignedIn, record_type: str, job_id: Any) -> HttpResponseBase:
    """A large export that is ready, while it is kept and while its person holds what they held when it was made."""
    type_ = the_type(request, record_type)
    job = job_of(viewer=request.user, job_id=str(job_id))
    if job is None or job.kind != "record-export" or job.result.get("type") != type_.key:
        raise Http404
    path = exporting.file_of(job.id, job.result)
    if path is None or job.result["holds"] != exporting.fingerprint(request.user):
        raise Http404
    ending = str(job.result["ending"])
    return _named(FileResponse(path.open("rb"), content_type=ENDINGS[ending][1]), type_, ending)
