"""Data sets: the list, one of them with its coverage, versions and rejected lines, withdrawing one, templates."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from primacy.access.queries import SignedIn
from primacy.access.requiring import may, require
from primacy.access.services import record
from primacy.evidence import services
from primacy.evidence.bringing.rejected import told_lines
from primacy.evidence.bringing.template import examples, template
from primacy.evidence.errors import BadInput
from primacy.evidence.forms import NoLongerOfficial, OfficialSource, Withdrawal
from primacy.evidence.kinds import KINDS
from primacy.evidence.lacking.gaps_at_hand import coverage_at_hand
from primacy.evidence.queries import read_until, versions_for
from primacy.evidence.shown.on_pages import told_on_page
from primacy.evidence.shown.points_at_hand import settled
from primacy.evidence.store.datasets import DatasetVersion, Mark
from primacy.evidence.store.naming import topics_told
from primacy.evidence.store.official import compared, never_whole
from primacy.evidence.store.series import freshness_of, series
from primacy.evidence.store.store import Store
from primacy.evidence.store.superseded import superseded
from primacy.framework import Instance, read_mission
from primacy.framework import load as load_framework
from primacy.framework.queries import today
from primacy.places.areas import Areas
from primacy.places.at_hand import areas_of
from primacy.places.coarseness import DISTRICT_AND_WEEK, KNOWN_TO_EXIST
from primacy.ui.csv_cells import csv_line

SECTION = "evidence"
ID = re.compile(r"[0-9a-f]{12}")
REJECTED_SHOWN = 50
TOPICS_SHOWN = 300


def _store() -> Store:
    return Store(Instance.here().evidence)


def _dataset(request: SignedIn, dataset_id: str) -> DatasetVersion:
    """The version with exactly this id, or 404."""
    for each in versions_for(request.user, _store()):
        if each.id == dataset_id:
            return each
    raise Http404


@require_safe
@require("evidence.read")
def datasets(request: SignedIn) -> HttpResponse:
    """Every data set once, that which was known last first, its older versions folded under it; those of which nothing
    is in force behind the others."""
    listed = series(versions_for(request.user, _store()))
    context = {
        "section": SECTION, "in_force": [each for each in listed if each.versions],
        "withdrawn": [version for each in listed for version in each.withdrawn],
        "fresh": {each.lineage: freshness_of(each, today()) for each in listed},
    }  # fmt: skip
    return render(request, "evidence/datasets.html", context)


@require_safe
@require("evidence.read")
def dataset(request: SignedIn, dataset_id: str) -> HttpResponse:
    """One version: where it comes from, what its silence means, which lines were left out."""
    return _show(request, _dataset(request, dataset_id), Withdrawal())


def _show(
    request: SignedIn, version: DatasetVersion, form: Withdrawal, naming: OfficialSource | None = None
) -> HttpResponse:
    areas, store = areas_of(Instance.here().places), _store()
    coverage = [(each, _area_names(each.areas, areas)) for each in version.coverage]
    detail = may(request.user, "evidence.detail")
    rejected, now = store.rejected(version.id) if detail else None, read_until()
    known = settled(store, now)
    taken = superseded(store, known=known, lineages=[version.lineage]).get(version.id, [])
    mine = next(each for each in series(store.versions()) if each.lineage == version.lineage)
    may_know = versions_for(request.user, store)
    told = next(each for each in series(may_know) if each.lineage == version.lineage)
    instance = Instance.here()
    level = min(read_mission(instance.mission_file).report_level, DISTRICT_AND_WEEK.level)
    secrecy = None if detail or not _secret(store, mine.lineage, known) else KNOWN_TO_EXIST
    covers = coverage_at_hand(
        instance.evidence, instance.places, mine, level=level, known=known, upto=now.date(), secrecy=secrecy
    )
    context = {
        "taken": taken, "wholly": sum(each.rows for each in taken) >= store.version(version.id).rows, "series": told,
        "covers": covers,
        "area_names": areas.names(get_language() or "en"), "fresh": freshness_of(mine, today()),
        "section": SECTION, "version": version, "coverage": coverage, "form": form,
        "official": _official(version, store), "compared": _compared(version, may_know, store, known),
        "naming": naming or _naming(request, version, store), "said_before": _said_before(version),
        "rejected": list(islice(told_lines(rejected, get_language() or "en"), REJECTED_SHOWN + 1)) if rejected else [],
        "left_out": not detail, "line": _line(request, version, store) if detail else None,
    }  # fmt: skip
    return render(request, "evidence/dataset.html", context)


def _line(request: SignedIn, version: DatasetVersion, store: Store) -> tuple[int, list[dict[str, Any]]] | None:
    """The line of the source that the address asks for, and the data points that it became. A look at it is in the
    audit trail."""
    asked = request.GET.get("line", "")
    if not re.fullmatch(r"[0-9]{1,9}", asked) or version.erased:
        return None
    record(request.user, "looked at evidence", version.id, {"line": int(asked)})
    return int(asked), store.line(version.id, int(asked))


def _secret(store: Store, lineage: str, known: datetime) -> bool:
    """Whether some rows of a lineage are such that not everybody may know of them."""
    highest = store.highest_confidentiality(known=known, lineage=lineage)
    return any(each > KNOWN_TO_EXIST for each in highest.values())


def _compared(
    version: DatasetVersion, may_know: Sequence[DatasetVersion], store: Store, known: datetime
) -> list[DatasetVersion]:
    """Other sources of the same, of which this person may know."""
    told = {each.id for each in may_know}
    return compared(version, [each for each in store.versions(known=known) if each.id in told])


def _official(version: DatasetVersion, store: Store) -> list[tuple[str, Mark | None, bool]]:
    """(topic, who named it when, whether it is complete nowhere) of each topic that it is the official source for."""
    last = {mark.topic: mark for mark in sorted(version.marks, key=lambda each: each.at)}
    return [
        (topic, last.get(topic), never_whole(store.versions(), version.lineage, topic))
        for topic in version.official_topics
    ]


def _area_names(codes: tuple[str, ...], areas: Areas) -> list[str]:
    language = get_language() or "en"
    return [areas.name(code, language) for code in codes[:12]] + (["…"] if len(codes) > 12 else [])


@require_safe
@require("evidence.export")
def rejected_csv(request: SignedIn, dataset_id: str) -> StreamingHttpResponse:
    """The lines that were left out, each with its reasons: of a data set, or of a file that was refused as a whole."""
    path = _store().rejected(dataset_id) if ID.fullmatch(dataset_id) else None
    if path is None:
        raise Http404
    record(request.user, "exported rejected lines", dataset_id)
    lines = (csv_line(cells) for cells in told_lines(path, get_language() or "en"))
    return _download(lines, f"rejected-{dataset_id}.csv")


def _download(lines: Iterator[str], name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
@require("evidence.withdraw")
def withdraw(request: SignedIn, dataset_id: str) -> HttpResponse:
    version = _dataset(request, dataset_id)
    form = Withdrawal(request.POST)
    if not form.is_valid():
        return _show(request, version, form)
    try:
        services.withdraw_dataset(
            by=request.user, instance=Instance.here(), dataset_id=version.id, because=form.cleaned_data["because"]
        )
    except BadInput as error:
        messages.error(request, told_on_page(error, get_language() or "en"))
    else:
        messages.success(request, _("The data set is withdrawn. It no longer counts from now on."))
    return redirect("evidence:dataset", dataset_id=version.id)


def _naming(request: SignedIn, version: DatasetVersion, store: Store) -> OfficialSource | None:
    """The form that names the source official; None where nothing is left to name, or for whoever may not."""
    if version.withdrawn or version.erased or not may(request.user, "evidence.name-official"):
        return None
    topics = [each for each in topics_told(store, version) if each not in version.official_topics]
    return OfficialSource(topics=topics[:TOPICS_SHOWN]) if topics else None


def _said_before(version: DatasetVersion) -> list[Mark]:
    """What was said of its being official and counts no more, the last first."""
    last = {mark.topic: mark for mark in sorted(version.marks, key=lambda each: each.at)}
    return [mark for mark in sorted(version.marks, key=lambda each: each.at, reverse=True)
            if mark.ends or mark is not last[mark.topic]]  # fmt: skip


@require_POST
@require("evidence.name-official")
def name_official(request: SignedIn, dataset_id: str) -> HttpResponse:
    """Name a source the official one on a topic, or take that back; either with a reason."""
    version, ends = _dataset(request, dataset_id), "end" in request.POST
    topics = topics_told(_store(), version)
    form = NoLongerOfficial(request.POST) if ends else OfficialSource(request.POST, topics=topics)
    if isinstance(form, OfficialSource) and not form.is_valid():
        return _show(request, version, Withdrawal(), form)
    if not form.is_valid():
        messages.error(request, _("Say why it is taken back."))
        return redirect("evidence:dataset", dataset_id=version.id)
    given = form.cleaned_data
    try:
        services.name_official(
            by=request.user, instance=Instance.here(), dataset_id=version.id, topic=given["topic"],
            because=given["because"], ends=ends,
        )  # fmt: skip
    except BadInput as error:
        messages.error(request, told_on_page(error, get_language() or "en"))
    else:
        named = _("This is the official source from now on.")
        messages.success(request, _("It is no longer the official source from now on.") if ends else named)
    return redirect("evidence:dataset", dataset_id=version.id)


@require_safe
@require("evidence.load")
def template_csv(request: SignedIn, kind: str) -> HttpResponse:
    """A CSV file of one kind of evidence to fill in by hand, with an example for each benchmark that reads it."""
    if kind not in KINDS:
        raise Http404
    rows = examples(load_framework(Instance.here().overlay), kind, ())
    response = HttpResponse(template(kind, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{kind}.csv"'
    return response
