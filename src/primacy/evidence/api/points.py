"""Data points for scripts, page by page or in bulk."""

import binascii
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Literal

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import P, PathEx, Query, Router

from primacy.access.queries import SignedIn
from primacy.access.requiring import may, require
from primacy.access.services import record
from primacy.evidence.api.shapes import PointsAsked, PointsFilter, PointsPage
from primacy.evidence.queries import read_until
from primacy.evidence.shown.exploring import inside as inside_of
from primacy.evidence.shown.points_asked import SHOWN, Asked, Position, page, points, position
from primacy.evidence.shown.points_at_hand import seen_at, settled, store_at
from primacy.evidence.shown.points_told import AT_ONCE, FORMS, plain
from primacy.evidence.store.store import Store
from primacy.framework import Instance
from primacy.framework.queries import today
from primacy.places.at_hand import areas_of
from primacy.ui.questions import Tree, answer
from primacy.ui.refusals import answers, invalid, of_types
from primacy.ui.throttling import PerPerson

router = Router(tags=["evidence"])
SALT, A_DAY = "primacy.evidence.cursor", 86_400
Form = PathEx[Literal["csv", "jsonl", "parquet"], P(description="The form of the file.", example="csv")]


@router.get("/data-points", response=answers(PointsPage), summary="Data points")
@require("evidence.read")
def data_points(request: SignedIn, asked: Query[PointsAsked]) -> HttpResponse:
    """Data points that count, the newest day first. Every look is in the audit trail."""
    state = _state(request, asked)
    store, found = _found(request, asked, state)
    rows = store.fetch(page(found, state.after, asked.limit)).to_pylist()
    record(request.user, "looked at evidence", "data points", _trace(request, asked))
    onward = None
    if len(rows) == asked.limit:
        onward = _cursor(state, _fingerprint(request, asked), position(rows, state.after))
    return answer({"points": [plain(row) for row in rows], "next": onward})


def _file(form: str) -> Tree:
    return {"type": "string", **({"format": "binary"} if form == "parquet" else {})}


@router.get(
    "/data-points.{form}", response=answers(None), summary="Data points in bulk",
    throttle=[PerPerson("30/m", "bulk")],
    openapi_extra=of_types({kind.split(";")[0]: _file(form) for form, (kind, _write) in FORMS.items()}),
)  # fmt: skip
@require("evidence.export")
def bulk(
    request: SignedIn, form: Form,
    asked: Query[PointsFilter],
) -> StreamingHttpResponse:  # fmt: skip
    """All data points that count, in no order, as a table for spreadsheets, as lines of JSON, or as Parquet."""
    state = _state(request, asked)
    store, found = _found(request, asked, state)
    record(request.user, "exported evidence", "data points", {**_trace(request, asked), "form": form})
    kind, written = FORMS[form]
    response = StreamingHttpResponse(written(SHOWN, store.batches(found, AT_ONCE)), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="data-points.{form}"'
    return response


# ---- which state of the evidence, and where in it


@dataclass(frozen=True)
class _State:
    """One state of the evidence, and the position to go on from."""

    as_of: date
    known: datetime
    moment: datetime
    after: Position | None = None


def _state(request: SignedIn, asked: PointsFilter) -> _State:
    if asked.known is not None and not may(request.user, "evidence.detail"):
        raise PermissionDenied  # when a coarsened row became known would tell which data set it came with
    cursor = getattr(asked, "cursor", None)
    if cursor is not None:
        return _of_cursor(cursor, _fingerprint(request, asked))
    now = settled(store_at(Instance.here().evidence), read_until())
    known = now if asked.known is None else asked.known
    return _State(today(), _with_zone(known), now)


def _with_zone(moment: datetime) -> datetime:
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


def _found(request: SignedIn, asked: PointsFilter, state: _State) -> tuple[Store, Any]:
    """The rows asked for, and the store that answers."""
    instance, inside = Instance.here(), None
    if asked.area is not None:
        inside = tuple(inside_of(areas_of(instance.places), asked.area))
    store, rows = seen_at(
        instance.evidence, instance.places, as_of=state.as_of, known=state.known, moment=state.moment,
        details=may(request.user, "evidence.detail"),
    )  # fmt: skip
    filters = asked.model_dump(include={each.name for each in fields(Asked)})
    return store, points(rows, Asked(**filters, areas=inside))


def _fingerprint(request: SignedIn, asked: PointsFilter) -> Mapping[str, Any]:
    """What a cursor belongs to: the filters, and whether its owner sees details."""
    filters = asked.model_dump(mode="json", exclude={"cursor", "limit", "language"}, exclude_none=True)
    return {**filters, "details": may(request.user, "evidence.detail")}


def _trace(request: SignedIn, asked: PointsFilter) -> Tree:
    """For the audit trail: which filters were used, and the token; what they said may be a name, and is left out."""
    used = sorted(asked.model_dump(exclude={"cursor", "limit", "language"}, exclude_none=True))
    token = getattr(request, "token", None)
    return {"filters": used, "kind": asked.kind or ""} | ({"token": token.pk} if token else {})


def _cursor(state: _State, fingerprint: Mapping[str, Any], after: Position) -> str:
    """Signed, so that nobody moves the moment of knowledge or reads beyond the own filters by it."""
    day, *texts = after.key
    content = {
        "of": fingerprint, "as_of": state.as_of.isoformat(), "known": state.known.isoformat(),
        "moment": state.moment.isoformat(), "key": [day.isoformat(), *texts], "given": after.given,
    }  # fmt: skip
    return signing.dumps(content, salt=SALT, compress=True)


def _of_cursor(cursor: str, fingerprint: Mapping[str, Any]) -> _State:
    try:
        content = signing.loads(cursor, salt=SALT, max_age=A_DAY)
    except (signing.BadSignature, ValueError, binascii.Error, zlib.error) as error:
        raise invalid("query/cursor", _("This is no cursor, or it is older than a day."), _again()) from error
    if content["of"] != fingerprint:
        raise invalid("query/cursor", _("The cursor belongs to another question."), _again())
    day, *texts = content["key"]
    after = Position((date.fromisoformat(day), *texts), content["given"])
    known, moment = (datetime.fromisoformat(content[name]) for name in ("known", "moment"))
    return _State(date.fromisoformat(content["as_of"]), known, moment, after)


def _again() -> str:
    return _("Begin again without a cursor.")
