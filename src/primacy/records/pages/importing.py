"""A table brought to make records of: its columns named, looked at line by line, imported, the rest corrected."""

import io
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.evidence.services import discard_file, receive_file
from primacy.evidence.shown.on_pages import told_on_page
from primacy.framework import Instance
from primacy.jobs.services import enqueue
from primacy.places.errors import BadInput
from primacy.records import queries, tasks
from primacy.records.declaring import RecordType
from primacy.records.fields import Field
from primacy.records.forms import BringTable
from primacy.records.pages.found import context, the_type
from primacy.records.queries import importing as reading
from primacy.records.reading import Outcome, of_dict
from primacy.records.services import importing as doing
from primacy.records.tables import ENDINGS, Column, Row, csv_pieces, write_workbook
from primacy.ui.csv_cells import FIRST_LINE, csv_line

AT_ONCE = 200  # lines; more are looked at and imported in the background
NAMED = 200  # lines of each kind that a page shows


@require_http_methods(["GET", "POST"])
@require("records.import")
def bring(request: SignedIn, record_type: str) -> HttpResponse:
    """Choose a table, or take an empty one."""
    type_ = the_type(request, record_type, writing=True)
    form = BringTable(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        path = receive_file(instance=Instance.here(), name=file.name, chunks=file.chunks())
        try:
            held = doing.receive(by=request.user, type_=type_, name=file.name, path=path)
        except BadInput as error:
            form.add_error("file", told_on_page(error, get_language() or "en"))
        else:
            return redirect("records:sheet", record_type=type_.key, sheet_id=held.pk)
        finally:
            discard_file(path)
    waiting = reading.sheets(viewer=request.user, type_=type_)
    return render(request, "records/import.html", context(type_, form=form, waiting=waiting))


@require_http_methods(["GET", "POST"])
@require("records.import")
def sheet(request: SignedIn, record_type: str, sheet_id: UUID) -> HttpResponse:
    """What the columns mean, and what each line would become; importing what was chosen."""
    type_, held = _held(request, record_type, sheet_id)
    if request.method == "GET":
        return _page(request, type_, held)
    if "discard" in request.POST:
        doing.discard(held)
        return redirect("records:import", record_type=type_.key)
    if "look" in request.POST:
        means = [request.POST.get(f"means-{place}", "") for place in range(len(held.columns))]
        doing.set_means(held, type_, means)
        return _work(request, type_, held, None)
    if not held.checked:
        return _page(request, type_, held)
    marked = [int(each) for each in request.POST.getlist("line") if each.isascii() and each.isdigit() and len(each) < 9]
    if request.POST.get("which") == "marked" and not marked:
        messages.error(request, _("Mark the lines first."))
        return redirect("records:sheet", record_type=type_.key, sheet_id=held.pk)
    chosen: Any = marked if request.POST.get("which") == "marked" else "all"
    return _work(request, type_, held, chosen)


def _work(request: SignedIn, type_: RecordType, held: Any, chosen: list[int] | str | None) -> HttpResponse:
    """Look at the lines (`chosen` None) or import them, at once or in the background."""
    if len(held.lines) > AT_ONCE:
        job = enqueue(
            tasks.do_sheet, kind="record-import", by=request.user, type=type_.key, sheet=str(held.pk), chosen=chosen,
            language=get_language() or "en",
        )  # fmt: skip
        return redirect("jobs:job", job_id=job.pk)
    tasks.work(request.user, type_, held, chosen, lambda *_: None)
    return redirect("records:sheet", record_type=type_.key, sheet_id=held.pk)


def _held(request: SignedIn, record_type: str, sheet_id: UUID) -> tuple[RecordType, Any]:
    type_ = the_type(request, record_type, writing=True)
    try:
        return type_, reading.sheet(viewer=request.user, type_=type_, id=sheet_id)
    except LookupError as error:
        raise Http404 from error


def _page(request: SignedIn, type_: RecordType, held: Any) -> HttpResponse:
    outcomes = [of_dict(each) for each in held.checked]
    cells = dict(held.lines)
    columns = [
        (place, name, means, [said[place] for _line, said in held.lines[:3] if said[place]])
        for place, (name, means) in enumerate(zip(held.columns, held.means, strict=True))
    ]
    fields = queries.fields_of(type_)
    by_kind = {
        "wrong": [each for each in outcomes if each.what == "wrong"],
        "doubtful": [each for each in outcomes if each.doubtful],
        "ready": [each for each in outcomes if each.good and not each.doubtful],
        "same": [each for each in outcomes if each.what == "same"],
    }  # fmt: skip
    shows = context(
        type_, sheet=held, columns=columns, able=_able(fields), outcomes=outcomes, named=NAMED, first_ones=f":{NAMED}",
        lacking=[each.label for each in fields if each.required and each.name not in held.means],
        cells={each.line: _first_cells(cells.get(each.line, [])) for each in outcomes}, **by_kind,
    )  # fmt: skip
    return render(request, "records/sheet.html", shows)


def _able(fields: tuple[Field, ...]) -> list[tuple[str, str]]:
    """What a column can mean, and its name."""
    return [*((each.name, each.label) for each in fields), *((name, _(word)) for name, word in reading.OWN.items())]


def _first_cells(cells: list[str]) -> str:
    return " · ".join(each for each in cells if each)[:120]


@require_safe
@require("records.import")
def rejected(request: SignedIn, record_type: str, sheet_id: UUID) -> HttpResponse:
    """The lines that were not taken, each with what is wrong, to be corrected and brought again."""
    type_, held = _held(request, record_type, sheet_id)
    why = {each.line: _said(each) for each in map(of_dict, held.checked) if each.what == "wrong" or each.doubtful}
    lines = [(line, said) for line, said in held.lines if line in why]

    def pieces() -> Iterator[str]:
        yield f"\ufeff{FIRST_LINE}"
        yield csv_line([_("Line"), _("What is wrong"), *held.columns])
        for line, said in lines:
            yield csv_line([line, why[line], *said])

    response = StreamingHttpResponse(pieces(), content_type=ENDINGS["csv"][1])
    response["Content-Disposition"] = f'attachment; filename="{type_.key}-rejected.csv"'
    return response  # type: ignore[return-value]


def _said(outcome: Outcome) -> str:
    told = [f"{name}: {why}" if name else why for name, why in outcome.faults]
    if outcome.twice:
        told.append(_("the same as line %(line)s") % {"line": outcome.twice})
    if outcome.alike:
        told.append(_("may be written down already"))
    return "; ".join(told)


@require_safe
@require("records.import")
def template(request: SignedIn, record_type: str, ending: str) -> HttpResponse:
    """An empty table to fill in: what each column is for, and the words that can stand in it."""
    type_ = the_type(request, record_type, writing=True)
    fields = queries.fields_of(type_)
    columns = [Column(each.name, each.label) for each in fields]
    if ending == "csv":
        body = "".join(csv_pieces(columns, (), [_help(each) for each in fields])).encode()
    elif ending == "xlsx":
        target, rows = io.BytesIO(), list[Row]()
        yes_no = [_("Yes"), _("No")]
        choices = {
            place: list(each.choices.values()) or yes_no
            for place, each in enumerate(fields)
            if each.choices or each.kind == "yes-no"
        }
        write_workbook(target, columns, rows, [_help(each) for each in fields], choices)
        body = target.getvalue()
    else:
        raise Http404(ending)
    response = HttpResponse(body, content_type=ENDINGS[ending][1])
    response["Content-Disposition"] = f'attachment; filename="{type_.key}-to-fill-in.{ending}"'
    return response


def _help(field: Field) -> str:
    """One line on a column: whether it is needed, what it is for, and which words can stand in it."""
    kinds = {"day": _("a day such as 2026-06-30"), "number": _("a whole number"), "yes-no": _("yes or no"),
             "area": _("a P-code or a name"), "record": _("an ID or a name")}  # fmt: skip
    words = ", ".join(field.choices.values()) or kinds.get(field.kind, "")
    needed = _("needed") if field.required else ""
    return f"{field.label}: {'. '.join(each for each in (needed, words, field.help) if each)}"
