"""Records for scripts: of every type the list, one, its versions; creating, changing and archiving one.

The same services, rules and rights as the pages; a forbidden record is answered as a missing one, byte for byte.
"""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Body, P, PathEx, Query, Router

from primacy.access.queries import SignedIn
from primacy.access.readers import reader_of
from primacy.access.record_rights import reads_at_all, writes_at_all
from primacy.access.requiring import require
from primacy.records import queries, services
from primacy.records.api.shapes import (
    ArchivedRecord,
    ChangedRecord,
    FieldShown,
    NewRecord,
    RecordKind,
    RecordsAsked,
    RecordShown,
    RecordsPage,
    ReviewedRecord,
    Value,
    VersionShown,
)
from primacy.records.as_data import plain
from primacy.records.declaring import RecordType
from primacy.records.fields import Field
from primacy.records.forms import OWN_HAND, filled
from primacy.records.pages.found import the_exact, the_one, the_type
from primacy.records.services.looking import note_list, note_look
from primacy.records.showing import Asked, Shown
from primacy.ui.questions import Spoken, Tree, answer
from primacy.ui.refusals import INVALID, NOT_NOW, Fault, Refused, answers, invalid

router = Router(tags=["records"])
CREATED = 201
ONE = "0b7b9d4e-2f57-4c5e-9a55-4d4b3e0f9f11"
TypeKey = PathEx[str, P(description="The key of a type of record.", example="contact", max_length=40)]
RecordId = PathEx[UUID, P(description="The id of a record.", example=ONE)]


@router.get("/records", response=answers(list[RecordKind]), summary="Types of records")
@require("records.read")
def record_kinds(request: SignedIn, asked: Query[Spoken]) -> HttpResponse:
    """The types that you may read or begin."""
    reader = reader_of(request.user)
    return answer([
        {"key": each.key, "one": str(each.one), "many": str(each.many), "about": str(each.about),
         "count": queries.visible(reader, each).count(), "writes": writes_at_all(reader, each.key)}
        for each in queries.record_types().values() if reads_at_all(reader, each.key)
    ])  # fmt: skip


@router.get("/records/{record_type}/fields", response=answers(list[FieldShown]), summary="Fields of a type")
@require("records.read")
def record_fields(request: SignedIn, record_type: TypeKey, asked: Query[Spoken]) -> HttpResponse:
    """What can be read and written of a type, in the language asked for."""
    names = FieldShown.model_fields
    return answer([
        {name: getattr(each, name) for name in names} for each in queries.fields_of(the_type(request, record_type))
    ])  # fmt: skip


@router.get("/records/{record_type}", response=answers(RecordsPage), summary="Records of a type")
@require("records.read")
def record_list(request: SignedIn, record_type: TypeKey, asked: Query[RecordsAsked]) -> HttpResponse:
    """Those that you may see, page by page, in an order that says nothing."""
    type_ = the_type(request, record_type)
    found = queries.listed(viewer=request.user, type_=type_, asked=_asked(type_, asked)).order_by("pk")
    if asked.after is not None:
        found = found.filter(pk__gt=asked.after)
    shown = [queries.shown(type_, each) for each in found[: asked.limit]]
    shown = queries.with_related(viewer=request.user, type_=type_, rows=shown)
    note_list(by=request.user, type_=type_, shown=shown, whole=True, **_token(request))
    onward = str(shown[-1].id) if len(shown) == asked.limit else None
    return answer({"records": [_shown(each) for each in shown], "next": onward})


def _asked(type_: RecordType, asked: RecordsAsked) -> Asked:
    able = {name for each in queries.fields_of(type_) for name in each.filters}
    chosen: dict[str, str] = {}
    for each in asked.where:
        name, sign, value = each.partition("=")
        if not sign or name not in able:
            do = _("Known here: %(names)s.") % {"names": ", ".join(sorted(able))}
            raise invalid("query/where", _("There is no such filter."), do)
        chosen[name] = value
    if not type_.placed and (asked.first or asked.last or asked.area):
        raise invalid("query", _("These records have no day and place."), _("Leave first, last and area out."))
    return Asked(
        text=(asked.text or "").strip(), chosen=chosen, first=asked.first, last=asked.last, area=asked.area or "",
        own=asked.own, state=asked.state or "", archived=asked.archived,
    )  # fmt: skip


@router.get(
    "/records/{record_type}/{uuid:record_id}", response=answers(RecordShown), summary="One record", url_name="record"
)
@require("records.read")
def record_one(request: SignedIn, record_type: TypeKey, record_id: RecordId, asked: Query[Spoken]) -> HttpResponse:
    """A record as you may see it. A look at a protected one is in the audit trail."""
    seen = the_one(request, the_type(request, record_type), record_id)
    note_look(by=request.user, seen=seen, **_token(request))
    return answer(_shown(seen))


@router.get(
    "/records/{record_type}/{uuid:record_id}/versions", response=answers(list[VersionShown]), summary="Its versions"
)
@require("records.read")
def record_versions(request: SignedIn, record_type: TypeKey, record_id: RecordId, asked: Query[Spoken]) -> HttpResponse:
    """The versions that you may see in full, the newest first; one that was more confidential stays so."""
    seen = the_one(request, the_type(request, record_type), record_id, "detail")
    note_look(by=request.user, seen=seen, past=True, **_token(request))
    reader, fields = reader_of(request.user), queries.fields_of(seen.type)
    return answer([
        {"number": each.number, "at": each.at.isoformat(), "by": each.by.username, "deed": each.deed,
         "because": each.because, "archived": each.archived, "state": each.state,
         "fields": {field.name: _then(reader, seen.type, field, each.facts) for field in fields}}
        for each in queries.versions(viewer=request.user, seen=seen)
    ])  # fmt: skip


def _then(reader: Any, type_: RecordType, field: Field, facts: Any) -> Any:
    """A field in an earlier version: what it points at by its title, where it is seen."""
    return (
        queries.said(reader, type_, field.name, facts) if field.kind in ("record", "group") else facts.get(field.name)
    )


@router.post(
    "/records/{record_type}", response=answers(RecordShown, status=CREATED), summary="Write a record"
)  # fmt: skip
@require("records.write")
def record_create(
    request: SignedIn, record_type: TypeKey, given: Body[NewRecord], asked: Query[Spoken]
) -> HttpResponse:
    """Kept by the same rules as the form on the page; where one like it is written down already, say `another`."""
    type_ = the_type(request, record_type, writing=True)
    form = _filled(request, type_, None, given.fields)
    alike = queries.alike(viewer=request.user, type_=type_, values=form.values)
    if alike and not given.another:
        do = _("Look at %(ids)s, or send `another` as true.") % {"ids": ", ".join(str(each.id) for each in alike)}
        raise Refused(NOT_NOW, Fault(what=_("This may be written down already"), where="body/another", do=do))
    kept = services.create(by=request.user, type_=type_, values=form.values)
    response = answer(_shown(the_one(request, type_, kept.pk)), status=CREATED)
    response["Location"] = reverse("api:record", args=[type_.key, kept.pk])
    return response


@router.patch("/records/{record_type}/{uuid:record_id}", response=answers(RecordShown), summary="Change a record")
@require("records.write")
def record_change(
    request: SignedIn, record_type: TypeKey, record_id: RecordId, given: Body[ChangedRecord], asked: Query[Spoken]
) -> HttpResponse:
    """Fields that are not named stay. Where somebody saved it meanwhile nothing is changed, and 409 says so."""
    type_ = the_type(request, record_type)
    seen = the_exact(request, type_, record_id, "write")
    form = _filled(request, type_, seen.record, given.fields)
    try:
        services.change(by=request.user, type_=type_, id=record_id, version=given.version, values=form.values)
    except services.Collision as collision:
        raise _collided(collision) from collision
    except LookupError as error:
        raise Http404 from error
    return answer(_shown(the_one(request, type_, record_id)))


@router.post(
    "/records/{record_type}/{uuid:record_id}/archive", response=answers(RecordShown), summary="Archive a record"
)
@require("records.write")
def record_archive(
    request: SignedIn, record_type: TypeKey, record_id: RecordId, given: Body[ArchivedRecord], asked: Query[Spoken]
) -> HttpResponse:
    """Out of lists and of evidence from now on, or back; never is one removed."""
    type_ = the_type(request, record_type)
    seen = the_exact(request, type_, record_id, "archive")
    if given.archived is not (seen.record.archived is not None):
        try:
            services.archive(by=request.user, type_=type_, id=record_id, version=given.version, because=given.because)
        except services.Collision as collision:
            raise _collided(collision) from collision
        except ValueError as error:
            raise invalid("body/because", _("A value is missing."), _("Give it.")) from error
        except LookupError as error:
            raise Http404 from error
    return answer(_shown(the_one(request, type_, record_id)))


@router.post(
    "/records/{record_type}/{uuid:record_id}/review", response=answers(RecordShown), summary="Check or publish a record"
)
@require("records.write")
def record_review(
    request: SignedIn, record_type: TypeKey, record_id: RecordId, given: Body[ReviewedRecord], asked: Query[Spoken]
) -> HttpResponse:
    """A step on its way: check, uncheck, publish, return, recall. Nobody checks or publishes words that they wrote."""
    type_ = the_type(request, record_type)
    the_exact(request, type_, record_id, "see")
    try:
        services.review(
            by=request.user, type_=type_, id=record_id, version=given.version, name=given.step, because=given.because
        )
    except services.Collision as collision:
        raise _collided(collision) from collision
    except services.OwnHand as error:
        what = str(OWN_HAND[error.own])
        raise Refused(NOT_NOW, Fault(what=what, where="body/step", do=_("Ask a colleague."))) from error
    except ValueError as error:
        raise invalid("body/because", _("A value is missing."), _("Give it.")) from error
    except LookupError as error:
        raise Http404 from error
    return answer(_shown(the_one(request, type_, record_id)))


# ---- what they share


def _shown(seen: Shown) -> Tree:
    return plain(seen, queries.fields_of(seen.type))


def _token(request: SignedIn) -> Tree:
    token = getattr(request, "token", None)
    return {"token": token.pk} if token else {}


def _collided(collision: services.Collision) -> Refused:
    do = _("Ask for it again; it is version %(n)s now.") % {"n": collision.record.version}
    return Refused(
        NOT_NOW, Fault(what=_("Somebody changed it meanwhile; look again first."), where="body/version", do=do)
    )


def _filled(request: SignedIn, type_: RecordType, record: Any, given: dict[str, Value]) -> Any:
    """The form of the record with what was given. Raises Refused with everything that is wrong."""
    able = {each.name: each for each in queries.fields_of(type_)}
    faults = [
        Fault(what=_("This value cannot be used here."), where=f"body/fields/{name[:60]}",
              do=_("See the fields of this type."))
        for name, value in given.items() if name not in able or not _is_of(able[name], value)
    ]  # fmt: skip
    if faults:
        raise Refused(INVALID, *faults[:50])
    form = filled(type_, request.user, record, {name: "" if v is None else v for name, v in given.items()})
    if closed := sorted(set(given) - set(form.fields)):
        do = _("Leave it out.")
        raise Refused(
            INVALID,
            *(Fault(what=_("This cannot be set by you."), where=f"body/fields/{name}", do=do) for name in closed),
        )
    if not form.is_valid():
        do = _("Correct it and send it again.")
        told = [(name, text) for name, texts in form.errors.items() for text in texts]
        raise Refused(INVALID, *(Fault(what=str(text), where=f"body/fields/{name}", do=do) for name, text in told))
    return form


def _is_of(field: Field, value: Value) -> bool:
    """Whether a value is of the kind of its field; what it says is for the form to judge."""
    if field.kind == "yes-no":
        return isinstance(value, bool)
    if field.kind in ("number", "level"):
        return value is None or (isinstance(value, int) and not isinstance(value, bool))
    return value is None or isinstance(value, str)
