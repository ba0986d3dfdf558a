"""The files of a record: brought, handed out, taken off. A file of a forbidden record is a missing one."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.jobs.services import enqueue
from primacy.records.contents.kinds import kinds, largest
from primacy.records.forms import unfit
from primacy.records.pages.found import the_exact, the_one, the_type
from primacy.records.queries import attachments as queries
from primacy.records.services import attachments as services
from primacy.records.services.looking import note_file
from primacy.records.tasks import read_attachments

ENDINGS = ",".join(f".{ending}" for kind in kinds().values() for ending in kind.endings)
REFUSED: dict[str, Any] = {
    "empty": gettext_lazy("There is nothing in the file."),
    "large": gettext_lazy("The file is too large: 25 MB at most, 10 MB for texts and tables."),
    "many": gettext_lazy("The record has too many files. Put some together, or take some off."),
    "unknown": gettext_lazy("This is no PDF, Word, Excel, text or CSV file and no JPEG, PNG or WebP picture."),
    "damaged": gettext_lazy("The file is damaged, or is not what its name says. Open it, save it anew, and try again."),
    "locked": gettext_lazy("The file is locked with a password. Save it without, and try again."),
    "bomb": gettext_lazy("Unpacked, the file would be far too large."),
    "vast": gettext_lazy("The picture has too many points. Make it smaller, and try again."),
    "moves": gettext_lazy("Moving pictures are not kept. Bring a single picture."),
    "program": gettext_lazy("There is a program in the file. Save it without macros and scripts, or as a picture."),
    "inside": gettext_lazy("There is another file in the file, or a link that opens by itself. Take it out."),
    "comments": gettext_lazy(
        "The file holds comments or tracked changes, which name their writers. Accept the changes, delete the "
        "comments, and try again."
    ),
    "picture": gettext_lazy("Such pictures may say where and by whom they were made. Save it as JPEG or PNG."),
    "mail": gettext_lazy("A mail names who wrote it and to whom. Keep what it says as text, without names."),
    "old": gettext_lazy("This is an old format that may hide programs. Save it as .docx, .xlsx or PDF, and try again."),
    "slides": gettext_lazy("Slides are not kept as they are. Save them as PDF, and try again."),
    "formula": gettext_lazy("A spreadsheet would compute a cell of this table. Take out what begins with =, + or @."),
}  # fmt: skip


class Attach(forms.Form):
    """`looked`: nobody else can say what a picture shows."""

    file = forms.FileField(
        label=gettext_lazy("File"), widget=forms.FileInput(attrs={"accept": ENDINGS}),
        help_text=gettext_lazy(
            "PDF, Word, Excel, text, CSV, or a picture; up to 25 MB. What it says of place, device and writer beside "
            "its content is taken out."
        ),
    )  # fmt: skip
    title = forms.CharField(
        label=gettext_lazy("What it is"), max_length=100, required=False,
        help_text=gettext_lazy("Empty: the name of the file."),
    )  # fmt: skip
    looked = forms.BooleanField(
        label=gettext_lazy(
            "I looked: it names and shows no source, victim or witness, and speaks of no sexual violence."
        )
    )

    def clean(self) -> dict[str, Any]:
        """Its name is words about the record as others are."""
        told = super().clean() or {}
        file = told.get("file")
        if file is not None and file.size > largest():
            self.add_error("file", REFUSED["large"])
        name = told.get("title") or (file.name.rpartition(".")[0] if file is not None else "")
        if fault := unfit(name):
            self.add_error("title", fault)
        return told


@require_POST
@require("records.write")
def attach(request: SignedIn, record_type: str, record_id: UUID) -> HttpResponse:
    """Bring a file. What is wrong with it is told on the page of the record."""
    seen = the_exact(request, the_type(request, record_type), record_id, "write")
    form, back = Attach(request.POST, request.FILES), redirect("records:record", record_type, record_id)
    if not form.is_valid():
        messages.error(request, " ".join(str(each) for errors in form.errors.values() for each in errors))
        return back
    file, title = form.cleaned_data["file"], form.cleaned_data["title"]
    name = f"{title}.{file.name.rpartition('.')[2]}" if title else file.name
    try:
        found = services.attach(by=request.user, type_=seen.type, id=record_id, name=name, data=file.read())
    except services.Unfit as error:
        messages.error(request, REFUSED[error.why])
    except LookupError as error:
        raise Http404 from error
    else:
        if found.kind not in ("jpeg", "png", "webp"):
            enqueue(read_attachments, kind="reading", by=request.user)
        messages.success(request, _("It is attached."))
    return back


@require_safe
@require("records.read")
def hand_out(request: SignedIn, record_type: str, record_id: UUID, attachment_id: UUID) -> HttpResponse:
    """The bytes, to be kept and never shown here: no browser runs what is in them in the name of this site."""
    seen = the_one(request, the_type(request, record_type), record_id, "detail")
    try:
        found = queries.attachment(seen=seen, id=attachment_id)
        data, media, name = queries.content(found)
    except (LookupError, queries.Damaged) as error:
        raise Http404 from error
    note_file(by=request.user, seen=seen, kind=found.kind)
    response = HttpResponse(data, content_type=media)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@require_POST
@require("records.write")
def take_off(request: SignedIn, record_type: str, record_id: UUID, attachment_id: UUID) -> HttpResponse:
    """Take a file off for good. For those who may archive the record."""
    seen = the_one(request, the_type(request, record_type), record_id, "archive")
    because = request.POST.get("because", "")[:300]
    try:
        if fault := unfit(because):
            messages.error(request, fault)
        else:
            services.take_off(by=request.user, type_=seen.type, id=record_id, attachment=attachment_id, because=because)
            messages.success(request, _("It is taken off; what is left says who did it, when and why."))
    except services.Held:
        messages.error(request, _("There is a legal hold on this record: nothing of it may go."))
    except ValueError:
        messages.error(request, _("Say why."))
    except LookupError as error:
        raise Http404 from error
    return redirect("records:record", record_type, record_id)
