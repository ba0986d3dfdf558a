"""One deed on many records: looked at, done, undone."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.jobs.services import enqueue
from primacy.records import tasks
from primacy.records.declaring import RecordType
from primacy.records.forms import Because, ListForm, NewLevel, NewTag, ShareWith
from primacy.records.pages.found import context, list_address, the_type
from primacy.records.queries import bulk as reading
from primacy.records.queries import tags
from primacy.records.services import bulk as doing

FORMS: dict[str, type[Form]] = {
    "archive": Because, "back": Because, "check": Form, "publish": Form,
    "level": NewLevel, "tag": NewTag, "share": ShareWith,
}  # fmt: skip
AT_ONCE = 100  # records; more are changed in the background


@require_POST
@require("records.write")
def look(request: SignedIn, record_type: str) -> HttpResponse:
    """Take those that were marked, or all that fit the question of the list, and show what the deed would do."""
    type_ = the_type(request, record_type)
    form = ListForm(QueryDict(request.POST.get("asked", "")), type_=type_, viewer=request.user)
    asked, back = form.asked(), list_address(type_, form.question())
    marked = None if "all" in request.POST else list(_ids(request.POST.getlist("id")))
    if marked is None and form.not_understood:
        messages.error(request, form.not_understood)
        return redirect(back)
    if marked == []:
        messages.error(request, _("Mark the records first."))
        return redirect(back)
    try:
        made = doing.look(by=request.user, type_=type_, action=request.POST.get("action", ""), ids=marked, asked=asked)
    except LookupError as error:
        raise Http404 from error
    except doing.TooMany:
        messages.error(request, _("That is more than can be changed at once; narrow the list first."))
        return redirect(back)
    return redirect("records:bulk-one", record_type=type_.key, bulk_id=made.pk)


def _ids(texts: list[str]) -> Any:
    for text in texts[: doing.MOST + 1]:
        try:
            yield UUID(text)
        except ValueError:
            continue


@require_http_methods(["GET", "POST"])
@require("records.write")
def bulk(request: SignedIn, record_type: str, bulk_id: UUID) -> HttpResponse:
    """What the deed would do, with what it needs to be told; afterwards what it did."""
    type_, made = _found(request, record_type, bulk_id)
    form = FORMS[made.action](request.POST if request.method == "POST" else None)
    if request.method == "GET" or made.state != "looked at" or not form.is_valid():
        return _page(request, type_, made, form)
    given = _plain(form.cleaned_data)
    if len(made.targets) > AT_ONCE:
        job = enqueue(
            tasks.do_bulk, kind="record-bulk", by=request.user, type=type_.key, bulk=str(made.pk), given=given
        )
        return redirect("jobs:job", job_id=job.pk)
    doing.do(by=request.user, type_=type_, bulk=made, given=given, progress=lambda *_: None)
    return redirect("records:bulk-one", record_type=type_.key, bulk_id=made.pk)


def _plain(given: dict[str, Any]) -> dict[str, Any]:
    """What the deed was told, as plain data."""
    if "name" in given:
        return {"to": given["name"].pk, "until": given["until"].isoformat(), "because": given["because"]}
    return given


@require_POST
@require("records.write")
def undo(request: SignedIn, record_type: str, bulk_id: UUID) -> HttpResponse:
    type_, made = _found(request, record_type, bulk_id)
    if made.state == "done":
        if len(made.done) > AT_ONCE:
            job = enqueue(
                tasks.do_bulk, kind="record-bulk", by=request.user, type=type_.key, bulk=str(made.pk), given=None
            )
            return redirect("jobs:job", job_id=job.pk)
        doing.undo(by=request.user, type_=type_, bulk=made, progress=lambda *_: None)
    return redirect("records:bulk-one", record_type=type_.key, bulk_id=made.pk)


def _found(request: SignedIn, record_type: str, bulk_id: UUID) -> tuple[RecordType, Any]:
    type_ = the_type(request, record_type)
    try:
        return type_, reading.bulk(viewer=request.user, type_=type_, id=bulk_id)
    except LookupError as error:
        raise Http404 from error


def _page(request: SignedIn, type_: RecordType, made: Any, form: Form) -> HttpResponse:
    about = reading.seen_of(viewer=request.user, type_=type_, bulk=made)
    shows = context(type_, bulk=made, form=form, about=about, words=_words(made.action))
    if made.action == "tag" and made.state == "looked at":
        shows["offered_tags"] = tags.offered(viewer=request.user)[: tags.OFFERED]
    return render(request, "records/bulk.html", shows)


def _words(action: str) -> tuple[str, str]:
    """What the deed is called, and what its button says."""
    return {
        "archive": (_("Archive many records"), _("Archive them")),
        "back": (_("Bring many records back"), _("Bring them back")),
        "check": (_("Check many records"), _("I checked them: they are right")),
        "publish": (_("Publish many records"), _("Publish them")),
        "level": (_("Change the confidentiality of many records"), _("Change them")),
        "tag": (_("Tag many records"), _("Tag them")),
        "share": (_("Show many records to one person"), _("Share them")),
    }[action]
