"""Evidence for scripts: data sets with their coverage, and data points page by page or in bulk."""

import binascii
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Literal

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import P, PathEx, Query, Router
from pydantic import BaseModel, Field

from primacy.access.requiring import may, require
from primacy.access.services import record
from primacy.evidence.datasets import DatasetVersion
from primacy.evidence.exploring import inside as inside_of
from primacy.evidence.points_asked import SHOWN, Asked, Position, page, points, position
from primacy.evidence.points_at_hand import seen_at, settled, store_at
from primacy.evidence.points_told import AT_ONCE, FORMS, plain
from primacy.evidence.store import Store
from primacy.framework import Instance
from primacy.places.at_hand import areas_of
from primacy.ui.questions import NotGiven, Spoken, answer
from primacy.ui.refusals import NOT_NOW, answers, invalid, of_types
from primacy.ui.throttling import PerPerson

router = Router(tags=["evidence"])
Tree = dict[str, Any]
SALT, A_DAY = "primacy.evidence.cursor", 86_400
TEXT = 200  # letters of a filter
DatasetId = PathEx[str, P(description="The id of a data set: twelve digits.", example="3f9c01d2ab44", max_length=12)]


class CoverageShown(BaseModel):
    """Inside `complete` coverage silence is zero; everywhere else it is unknown."""

    kind: str = Field(examples=["incident"])
    categories: list[str] | None = Field(examples=[["violence/one-sided"]])
    areas: list[str] = Field(examples=[["OST"]])
    start: date
    end: date
    complete: bool


class DatasetShown(BaseModel):
    """One version of a data set; those of one `lineage` are releases of one source."""

    id: str = Field(examples=["3f9c01d2ab44"])
    name: str = Field(examples=["Events of June"])
    lineage: str = Field(examples=["ucdp-ged"])
    format: str = Field(examples=["ucdp-ged"])
    producer: str = Field(examples=["Uppsala Conflict Data Program"])
    source_type: str = Field(examples=["producer"])
    licence: str = Field(examples=["CC BY 4.0"])
    closed: bool = Field(description="Its licence forbids to pass its rows on.", examples=[False])
    citation: str
    file: str
    file_hash: str
    known: datetime
    imported: datetime
    imported_by: str
    rows: int
    items: int
    rejected: int = Field(description="Lines of the source that were not taken.")
    start: date | None
    end: date | None
    withdrawn: datetime | None
    withdrawn_because: str
    official_for: list[str] = Field(examples=[["incident/violence/one-sided"]])
    notes: list[str]
    coverage: list[CoverageShown]


class DatasetInFull(DatasetShown):
    versions: list[str] = Field(description="All versions of the same series, the oldest knowledge first.")


class DatasetsAsked(Spoken):
    lineage: str | NotGiven = Field(None, max_length=TEXT, description="Versions of this series alone.")
    withdrawn: bool | NotGiven = Field(None, description="Withdrawn ones alone (true), or without them (false).")


class PointShown(BaseModel):
    """One data point as you may see it. A coarsened one names no item, no source, no data set and no line; its days are
    the first and last of a week or quarter, its area is the district or coarser."""

    kind: str = Field(examples=["incident"])
    item: str = Field(examples=["482-17-3"])
    date: date
    until: date
    known: datetime | None
    area: str = Field(examples=["OS0101"])
    level: int | None = Field(examples=[2])
    actor: str
    target: str = Field(examples=["civilians"])
    category: str = Field(examples=["violence/one-sided"])
    wave: str
    stratum: str
    group: str = Field(examples=["sex=f"])
    measure: str = Field(examples=["deaths"])
    unit: str = Field(examples=["persons"])
    value: float | None = Field(examples=[4.0])
    low: float | None
    high: float | None
    se: float | None
    n: float | None
    grade: str = Field(examples=["B2"])
    source: str
    origin: str
    dataset: str = Field(examples=["3f9c01d2ab44"])
    record: str
    revision: int | None
    confidentiality: int | None = Field(examples=[0])
    line: int | None = Field(examples=[17])
    note: str
    series: str = Field(description="The lineage of its data set.", examples=["ucdp-ged"])
    source_type: str = Field(examples=["producer"])


class PointsPage(BaseModel):
    """`next` asks for the rows after these; null where there are none. It goes on in the state of the evidence of the
    first page, whatever is imported meanwhile, for a day."""

    points: list[PointShown]
    next: str | None


class PointsFilter(Spoken):
    """What the data points must be like. All of it is compared with what you may see, not with what is kept."""

    kind: str | NotGiven = Field(None, max_length=60, description="A kind of evidence.", json_schema_extra={"example": "incident"})
    category: str | NotGiven = Field(None, max_length=TEXT, description="This category and all below it.")
    measure: str | NotGiven = Field(None, max_length=60)
    area: str | NotGiven = Field(None, max_length=20, description="A P-code: what lies in it counts too.")
    actor: str | NotGiven = Field(None, max_length=TEXT)
    target: str | NotGiven = Field(None, max_length=TEXT)
    group: str | NotGiven = Field(None, max_length=TEXT)
    source: str | NotGiven = Field(None, max_length=TEXT)
    series: str | NotGiven = Field(None, max_length=TEXT, description="The lineage of a data set.")
    dataset: str | NotGiven = Field(None, max_length=12)
    item: str | NotGiven = Field(None, max_length=TEXT)
    first: date | NotGiven = Field(None, description="Not over before this day.")
    last: date | NotGiven = Field(None, description="Begun by this day.")
    as_of: date | NotGiven = Field(None, description="What happened up to this day; without it today.")
    known: datetime | NotGiven = Field(None, description="With what was known then; without it now. For those who may see details."
    )


class PointsAsked(PointsFilter):
    limit: int = Field(100, ge=1, le=1000, description="Rows of a page.")
    cursor: str | NotGiven = Field(None, max_length=4000, description="`next` of the page before, with the same filters.")


@router.get("/datasets", response=answers(list[DatasetShown]), summary="Data sets")
@require("evidence.read")
def datasets(request: HttpRequest, asked: Query[DatasetsAsked]) -> HttpResponse:
    """Every version of every data set, the newest knowledge first."""
    return answer([
        _dataset(each)
        for each in _store().versions()[::-1]
        if asked.lineage in (None, each.lineage) and asked.withdrawn in (None, each.withdrawn is not None)
    ])  # fmt: skip


@router.get("/datasets/{dataset_id}", response=answers(DatasetInFull), summary="One data set")
@require("evidence.read")
def dataset(request: HttpRequest, dataset_id: DatasetId, asked: Query[Spoken]) -> HttpResponse:
    """One version: where it comes from, when it was known, and what its silence means."""
    versions = _store().versions()
    found = next((each for each in versions if each.id == dataset_id), None)
    if found is None:
        raise Http404
    return answer({**_dataset(found), "versions": [each.id for each in versions if each.lineage == found.lineage]})


def _store() -> Store:
    return store_at(Instance.here().evidence)


def _dataset(version: DatasetVersion) -> Tree:
    tree = version.model_dump(mode="json", include=set(DatasetShown.model_fields))
    kept = set(CoverageShown.model_fields)
    coverage = [{name: each[name] for name in each if name in kept} for each in tree["coverage"]]
    return {**tree, "official_for": list(version.official_topics), "coverage": coverage}


@router.get("/data-points", response=answers(PointsPage, NOT_NOW), summary="Data points")
@require("evidence.read")
def data_points(request: HttpRequest, asked: Query[PointsAsked]) -> HttpResponse:
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
    "/data-points.{form}", response=answers(None, NOT_NOW), summary="Data points in bulk",
    throttle=[PerPerson("30/m", "bulk")],
    openapi_extra=of_types({kind.split(";")[0]: _file(form) for form, (kind, _write) in FORMS.items()}),
)  # fmt: skip
@require("evidence.export")
def bulk(
    request: HttpRequest, form: PathEx[Literal["csv", "jsonl", "parquet"], P(description="The form of the file.", example="csv")],
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


def _state(request: HttpRequest, asked: PointsFilter) -> _State:
    if asked.known is not None and not may(request.user, "evidence.detail"):
        raise PermissionDenied  # when a coarsened row became known would tell which data set it came with
    cursor = getattr(asked, "cursor", None)
    if cursor is not None:
        return _of_cursor(cursor, _fingerprint(request, asked))
    now = settled(_store(), timezone.now())
    known = now if asked.known is None else asked.known
    return _State(asked.as_of or timezone.localdate(), _with_zone(known), now)


def _with_zone(moment: datetime) -> datetime:
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


def _found(request: HttpRequest, asked: PointsFilter, state: _State) -> tuple[Store, Any]:
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


def _fingerprint(request: HttpRequest, asked: PointsFilter) -> Mapping[str, Any]:
    """What a cursor belongs to: the filters, and whether its owner sees details."""
    filters = asked.model_dump(mode="json", exclude={"cursor", "limit", "language"}, exclude_none=True)
    return {**filters, "details": may(request.user, "evidence.detail")}


def _trace(request: HttpRequest, asked: PointsFilter) -> Tree:
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
    moments = (datetime.fromisoformat(content[name]) for name in ("known", "moment"))
    return _State(date.fromisoformat(content["as_of"]), *moments, after)


def _again() -> str:
    return _("Begin again without a cursor.")
