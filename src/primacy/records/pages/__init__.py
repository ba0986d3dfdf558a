"""The pages of every type of record: list, record, form, history, who sees it. A forbidden record is a missing one."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from primacy.access.placing import end_share as end_one_share
from primacy.access.placing import share_record, shares_of
from primacy.access.queries import SignedIn
from primacy.access.readers import reader_of
from primacy.access.record_rights import reads_at_all, writes_at_all
from primacy.access.requiring import require
from primacy.framework import Instance, load
from primacy.framework.queries import today
from primacy.records import queries, services
from primacy.records.declaring import RecordType
from primacy.records.fields import key_of
from primacy.records.forms import Archive, RecordForm, ShareWith, hidden_from
from primacy.records.pages.beside import beside
from primacy.records.pages.found import SECTION, the_exact
from primacy.records.pages.found import context as _context
from primacy.records.pages.found import the_one as _one
from primacy.records.pages.found import the_type as _type
from primacy.records.queries.attachments import by_version
from primacy.records.queries.counting import counted
from primacy.records.queries.review import waiting, way
from primacy.records.services.looking import note_look
from primacy.records.showing import Shown
from primacy.records.telling import name_of


@require_safe
@require("records.read")
def rooms(request: SignedIn) -> HttpResponse:
    """The types of records that this person may read or begin."""
    reader = reader_of(request.user)
    found = [
        (each, *counted(queries.visible(reader, each)), writes_at_all(reader, each.key))
        for each in queries.record_types().values()
        if reads_at_all(reader, each.key)
    ]
    context = {"types": found, "section": SECTION, "waiting": waiting(viewer=request.user)}
    return render(request, "records/rooms.html", context)


@require_safe
@require("records.read")
def record(request: SignedIn, record_type: str, record_id: UUID) -> HttpResponse:
    """One record: its facts, what it is related to, what it feeds, and what may be done with it."""
    type_ = _type(request, record_type)
    try:
        seen = queries.one(viewer=request.user, type_=type_, id=record_id)
    except LookupError:
        from primacy.records.pages.retention import tombstone

        return tombstone(request, type_, record_id)
    note_look(by=request.user, seen=seen)
    return _record_page(request, seen)


def _record_page(request: SignedIn, seen: Shown, *, archive: Archive | None = None) -> HttpResponse:
    framework = load(Instance.here().overlay, today())
    may = queries.allowed(viewer=request.user, seen=seen)
    context = _context(
        seen.type, framework=framework, seen=seen, may=may, most_related=queries.RELATED,
        looks=queries.looks(seen) if "share" in may else [], **beside(request, seen, may),
        related=queries.related(viewer=request.user, seen=seen),
        way=way(viewer=request.user, seen=seen), shares=_shares(request, seen, may),
        feeds=queries.feeds(seen) if seen.exact and seen.type.points else None,
        archive=archive or Archive(initial={"version": seen.record.version}),
    )  # fmt: skip
    return render(request, "records/record.html", context)


@require_http_methods(["GET", "POST"])
@require("records.write")
def new(request: SignedIn, record_type: str) -> HttpResponse:
    """The empty form, or with what was typed before."""
    type_ = _type(request, record_type, writing=True)
    if request.method == "GET":
        return _form_page(request, type_, _form(request, type_))
    form = type_.form(request.POST, viewer=request.user)
    if "draft" in request.POST:
        return _keep_draft(request, type_, "")
    if not form.is_valid():
        return _form_page(request, type_, form)
    alike = queries.alike(viewer=request.user, type_=type_, values=form.values)
    if alike and not form.cleaned_data["another"]:
        return _form_page(request, type_, form, alike=alike)
    kept = services.create(by=request.user, type_=type_, values=form.values)
    messages.success(request, _("It is kept."))
    return redirect("records:record", record_type=type_.key, record_id=kept.pk)


@require_http_methods(["GET", "POST"])
@require("records.write")
def change(request: SignedIn, record_type: str, record_id: UUID) -> HttpResponse:
    """The form with the record in it; where somebody saved it meanwhile, both versions side by side."""
    type_ = _type(request, record_type)
    seen = the_exact(request, type_, record_id, "write")
    if request.method == "GET":
        note_look(by=request.user, seen=seen)
        return _form_page(request, type_, _form(request, type_, seen), seen=seen)
    if "draft" in request.POST:
        return _keep_draft(request, type_, str(record_id))
    form = type_.form(request.POST, viewer=request.user, instance=seen.record)
    if not form.is_valid():
        return _form_page(request, type_, form, seen=seen)
    try:
        services.change(
            by=request.user, type_=type_, id=record_id, version=form.cleaned_data["version"] or 0, values=form.values
        )
    except services.Collision as collision:
        return _collision_page(request, type_, form, collision)
    except LookupError as error:
        raise Http404 from error
    messages.success(request, _("It is kept."))
    return redirect("records:record", record_type=type_.key, record_id=record_id)


def _form(request: SignedIn, type_: RecordType, seen: Shown | None = None) -> RecordForm:
    """The form as it was left: with the draft where there is one and the record has not changed since."""
    instance = seen.record if seen else None
    left = queries.draft(viewer=request.user, type_=type_, record=str(seen.id) if seen else "")
    form = type_.form(viewer=request.user, instance=instance, initial=left.typed if left else None)
    form.left = left
    return form  # type: ignore[no-any-return]


def _form_page(
    request: SignedIn, type_: RecordType, form: RecordForm, *, seen: Shown | None = None,
    alike: list[Shown] | None = None, collided: list[Any] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = _context(
        type_, form=form, seen=seen, alike=alike, collided=collided, left=getattr(form, "left", None),
        hidden=hidden_from(type_, form) if seen else [],
    )  # fmt: skip
    return render(request, "records/form.html", context, status=status)


def _collision_page(
    request: SignedIn, type_: RecordType, form: RecordForm, collision: services.Collision
) -> HttpResponse:
    """What was typed stays in the form, beside what is there now; keeping it again is then a decision."""
    now = collision.record
    typed = {name: key_of(value) for name, value in form.values.items()}
    there = {name: now.wanted(name) for name in form.values}
    changed = queries.differences(reader_of(request.user), type_, there, typed)
    data = request.POST.copy()
    data["version"] = str(now.version)
    again = type_.form(data, viewer=request.user, instance=now)
    again.is_valid()
    return _form_page(request, type_, again, seen=_one(request, type_, now.pk), collided=changed, status=409)


@require_POST
@require("records.write")
def draft(request: SignedIn, record_type: str) -> HttpResponse:
    """Keep what is typed, while it is typed; answered with one line of the form."""
    of = request.POST.get("of", "")
    type_ = _type(request, record_type, writing=not of)
    if of:
        try:
            _one(request, type_, UUID(of), "write")
        except ValueError as error:
            raise Http404 from error
    return _keep_draft(request, type_, of)


def _keep_draft(request: SignedIn, type_: RecordType, of: str) -> HttpResponse:
    if "discard" in request.POST:
        services.discard_draft(by=request.user, type_=type_, record=of)
    else:
        typed = {name: request.POST[name] for name in type_.form.base_fields if name in request.POST}
        services.keep_draft(by=request.user, type_=type_, record=of, typed=typed)
    if request.htmx:
        return render(request, "records/_draft.html", {"saved": True})
    if of:
        return redirect("records:change", record_type=type_.key, record_id=of)
    return redirect("records:new", record_type=type_.key)


@require_safe
@require("records.read")
def history(request: SignedIn, record_type: str, record_id: UUID) -> HttpResponse:
    """Every version with what it changed; two of them compared. For those with details."""
    seen = _one(request, _type(request, record_type), record_id, "detail")
    note_look(by=request.user, seen=seen, past=True)
    found, reader = queries.versions(viewer=request.user, seen=seen), reader_of(request.user)
    by_number = {each.number: each for each in found}
    before = {each.number: by_number.get(each.number - 1) for each in found}
    steps = [
        (each, queries.differences(reader, seen.type, old.facts, each.facts) if (old := before[each.number]) else [])
        for each in found
    ]
    files = by_version(seen=seen, versions=found)
    first, second = (by_number.get(_number(request.GET.get(name))) for name in ("from", "to"))
    compared = queries.differences(reader, seen.type, first.facts, second.facts) if first and second else None
    context = _context(
        seen.type, seen=seen, steps=steps, first=first, second=second, compared=compared,
        files=files, may=queries.allowed(viewer=request.user, seen=seen),
    )  # fmt: skip
    return render(request, "records/history.html", context)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else -1


@require_POST
@require("records.write")
def restore(request: SignedIn, record_type: str, record_id: UUID, number: int) -> HttpResponse:
    """Bring back what an earlier version said."""
    type_ = _type(request, record_type)
    try:
        services.restore(
            by=request.user, type_=type_, id=record_id, version=_number(request.POST.get("version")), number=number
        )
    except services.Collision:
        messages.error(request, _("Somebody changed it meanwhile; look again before you bring an old version back."))
    except LookupError as error:
        raise Http404 from error
    else:
        messages.success(request, _("It is kept."))
    return redirect("records:history", record_type=type_.key, record_id=record_id)


@require_POST
@require("records.write")
def archive(request: SignedIn, record_type: str, record_id: UUID) -> HttpResponse:
    """Archive a record, or bring it back."""
    type_ = _type(request, record_type)
    seen = _one(request, type_, record_id, "archive")
    form = Archive(request.POST)
    if not form.is_valid():
        return _record_page(request, seen, archive=form)
    try:
        services.archive(by=request.user, type_=type_, id=record_id, **form.cleaned_data)
    except services.Collision:
        messages.error(request, _("Somebody changed it meanwhile; look again first."))
    except LookupError as error:
        raise Http404 from error
    return redirect("records:record", record_type=type_.key, record_id=record_id)


@require_http_methods(["GET", "POST"])
@require("records.read")
def who(request: SignedIn, record_type: str, record_id: UUID) -> HttpResponse:
    """Who sees this record and why, and the form that shows it to one person more. For those who may share it."""
    seen = _one(request, _type(request, record_type), record_id, "share")
    form = ShareWith(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and form.cleaned_data["name"] == request.user:
        form.add_error("name", _("You see it by what you are. Share it with somebody else."))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        share_record(
            by=request.user, reference=seen.reference, subject=name_of(seen.type.key, str(seen.id)), to=told["name"],
            until=told["until"], because=told["because"],
        )  # fmt: skip
        messages.success(request, _("It is shared."))
        return redirect("records:who", record_type=seen.type.key, record_id=record_id)
    context = _context(
        seen.type, seen=seen, people=queries.who_sees(seen), form=form, looks=queries.looks(seen),
        noted=queries.protected(seen.record), shares=_shares(request, seen, {"share"}),
    )  # fmt: skip
    return render(request, "records/who.html", context)


def _shares(request: SignedIn, seen: Shown, may: Collection[str]) -> Any:
    return shares_of(viewer=request.user, reference=seen.reference, all_of_them="share" in may)


@require_POST
@require("records.read")
def end_share(request: SignedIn, record_type: str, record_id: UUID, number: int) -> HttpResponse:
    """Show it to one person no longer: for whoever showed it to them, and for those who may share it."""
    seen = _one(request, _type(request, record_type), record_id)
    may = queries.allowed(viewer=request.user, seen=seen)
    try:
        end_one_share(
            by=request.user, reference=seen.reference, subject=name_of(seen.type.key, str(seen.id)), number=number,
            all_of_them="share" in may,
        )  # fmt: skip
    except LookupError as error:
        raise Http404 from error
    messages.success(request, _("It is shared with that person no more."))
    return redirect("records:record", record_type=seen.type.key, record_id=record_id)
