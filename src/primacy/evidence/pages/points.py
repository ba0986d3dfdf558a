"""The explorer of data points: filtered, counted, drawn, listed, and handed out as files."""

import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pyarrow as pa
import pyarrow.parquet as pq
from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from primacy.access.queries import SignedIn
from primacy.access.requiring import may, require
from primacy.access.services import record
from primacy.evidence import queries
from primacy.evidence.forms import Points
from primacy.evidence.kinds import KINDS
from primacy.evidence.shown.exploring import KEYS, Place, Question
from primacy.framework import Instance
from primacy.framework.languages import named
from primacy.places.areas import Areas
from primacy.places.at_hand import areas_of
from primacy.places.coarseness import DISTRICT_AND_WEEK
from primacy.ui.csv_cells import ARCHIVES, FIRST_LINE, csv_line

SECTION = "evidence"
FINEST_LEVEL = 2  # of areas to choose from


@require_safe
@require("evidence.read")
@vary_on_headers("HX-Request")
def points(request: SignedIn) -> HttpResponse:
    """What is asked for, counted by month on a chart and by area on a map, and line by line. Every look is in the
    audit trail."""
    form, question = _asked(request)
    by = form.cleaned_data.get("by") or "month"
    place = _place(request)
    found = queries.explored(
        viewer=request.user, question=question, by=by if by in KEYS else "kind", place=place,
        known_on=form.cleaned_data.get("known"),
    )  # fmt: skip
    query = _query(request)
    record(request.user, "looked at evidence", "data points", {"asked": query, "from": str(place or "")})
    context = {
        "section": SECTION, "form": form, "question": question, "by": by, "found": found, "query": query,
        "further": f"?{urlencode([*_pairs(request), ('from', str(found.next))])}" if found.next else "",
        "later": place is not None, "details": may(request.user, "evidence.detail"),
        "too_many": found.sums.total[0] > queries.MOST_HANDED_OUT,
        "counted_by": dict(form.fields["by"].choices).get(by, ""),  # type: ignore[attr-defined]
        "categories": queries.categories(viewer=request.user, kind=question.kind),
    }  # fmt: skip
    return render(request, "evidence/_points.html" if request.htmx else "evidence/points.html", context)


def _asked(request: SignedIn) -> tuple[Points, Question]:
    instance, language = Instance.here(), get_language() or "en"
    kinds = sorted(((kind, named(language, "kinds", kind)) for kind in KINDS), key=lambda each: each[1])
    kind = request.GET.get("kind", "")
    measures = [(each, named(language, "measures", each)) for each in KINDS[kind].measures] if kind in KINDS else []
    details = may(request.user, "evidence.detail")
    names = queries.told_apart(request.user)
    choices: dict[str, list[tuple[str, Any]]] = {
        "kind": kinds,
        "measure": measures,
        "area": area_choices(areas_of(instance.places), language),
        "source": sorted(names.items(), key=lambda each: each[1].casefold()),
    }
    if details:
        choices["level"] = [(str(level), word) for level, word in enumerate(confidentiality_words())]
    form = Points({"by": "month", **request.GET.dict()}, choices, details=details)
    return form, form.question()


def confidentiality_words() -> tuple[str, ...]:
    return _("Unclassified"), _("Internal"), _("Confidential"), _("Strictly Confidential")


def area_choices(areas: Areas, language: str) -> list[tuple[str, str]]:
    """Areas down to the district, each under the one it lies in."""
    found: list[tuple[str, str]] = []

    def add(code: str, depth: int) -> None:
        found.append((code, "\u00a0\u00a0" * depth + areas.name(code, language)))
        if depth < min(FINEST_LEVEL, DISTRICT_AND_WEEK.level):
            for child in sorted(areas.children(code), key=lambda each: areas.name(each, language)):
                add(child, depth + 1)

    if areas.country:
        add(areas.country, 0)
    return found


def _place(request: SignedIn) -> Place | None:
    """From where on the lines are listed. An address that was cut off begins with the first line, and says so."""
    text = request.GET.get("from", "")
    try:
        return Place.read(text) if text else None
    except ValueError as error:
        if request.htmx:  # what comes would be put below lines that are here
            raise Http404 from error
        messages.warning(request, _("The address was not whole, so the list begins with its first line."))
        return None


def _pairs(request: SignedIn) -> list[tuple[str, str]]:
    return [(name, value) for name in Points.base_fields for value in [request.GET.get(name, "")] if value]


def _query(request: SignedIn) -> str:
    return urlencode(_pairs(request))


@require_safe
@require("evidence.export")
def points_csv(request: SignedIn) -> StreamingHttpResponse:
    """The same data points as CSV, whose cells no spreadsheet takes for formulae."""
    table = _handed_out(request, "csv")
    response = StreamingHttpResponse(_csv_lines(table), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = _attachment("csv")
    return response


@require_safe
@require("evidence.export")
def points_parquet(request: SignedIn) -> HttpResponse:
    """The same data points as Parquet; the notice is in its metadata."""
    table = _handed_out(request, "parquet")
    target = io.BytesIO()
    pq.write_table(table.replace_schema_metadata({"notice": ARCHIVES}), target, compression="zstd")
    response = HttpResponse(target.getvalue(), content_type="application/vnd.apache.parquet")
    response["Content-Disposition"] = _attachment("parquet")
    return response


def _handed_out(request: SignedIn, ending: str) -> pa.Table:
    form, question = _asked(request)
    try:
        table = queries.handed_out(viewer=request.user, question=question, known_on=form.cleaned_data.get("known"))
    except LookupError as error:
        raise Http404 from error
    asked = {"asked": _query(request), "rows": table.num_rows, "as": ending}
    record(request.user, "exported evidence", "data points", asked)
    return table


def _attachment(ending: str) -> str:
    return f'attachment; filename="data-points-{timezone.localdate().isoformat()}.{ending}"'


def _csv_lines(table: pa.Table) -> Iterator[str]:
    yield FIRST_LINE
    yield csv_line(table.column_names)
    for batch in table.to_batches(max_chunksize=2_000):
        columns = [column.to_pylist() for column in batch.columns]
        yield "".join(csv_line(cells) for cells in zip(*columns, strict=True))
