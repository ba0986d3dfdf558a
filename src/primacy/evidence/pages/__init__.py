"""Data sets: the list, one of them with its coverage and rejected lines, loading one, withdrawing one."""

import csv
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.access.services import record
from primacy.evidence import services, tasks
from primacy.evidence.datasets import DatasetVersion, Mark
from primacy.evidence.errors import BadInput
from primacy.evidence.forms import Upload, Withdrawal
from primacy.evidence.kinds import KINDS
from primacy.evidence.official import compared
from primacy.evidence.store import Store
from primacy.evidence.superseded import superseded
from primacy.evidence.template import examples, template
from primacy.framework import Instance
from primacy.framework import load as load_framework
from primacy.jobs.services import enqueue
from primacy.places.areas import Areas
from primacy.ui.csv_cells import csv_line

SECTION = "evidence"
ID = re.compile(r"[0-9a-f]{12}")
REJECTED_SHOWN = 50
ARCHIVES = "# Archives of the United Nations are inviolable.\r\n"


def _store() -> Store:
    return Store(Instance.here().evidence)


def _dataset(dataset_id: str) -> DatasetVersion:
    """The version with exactly this id, or 404."""
    for each in _store().versions():
        if each.id == dataset_id:
            return each
    raise Http404


@require_GET
@require("evidence.read")
def datasets(request: SignedIn) -> HttpResponse:
    """Every data set version, newest knowledge first; those withdrawn behind the others."""
    versions = _store().versions()[::-1]
    context = {
        "section": SECTION,
        "in_force": [(each, _newer(each, versions)) for each in versions if each.withdrawn is None],
        "withdrawn": [each for each in versions if each.withdrawn is not None],
    }
    return render(request, "evidence/datasets.html", context)


def _newer(version: DatasetVersion, versions: list[DatasetVersion]) -> DatasetVersion | None:
    """The newest version of the same series, where it is another one; `versions` newest first."""
    newest = next(each for each in versions if each.lineage == version.lineage and each.withdrawn is None)
    return newest if newest.id != version.id else None


@require_GET
@require("evidence.read")
def dataset(request: SignedIn, dataset_id: str) -> HttpResponse:
    """One version: where it comes from, what its silence means, which lines were left out."""
    return _show(request, _dataset(dataset_id), Withdrawal())


def _show(request: SignedIn, version: DatasetVersion, form: Withdrawal) -> HttpResponse:
    areas = Areas.load(Instance.here().places)
    coverage = [(each, _area_names(each.areas, areas)) for each in version.coverage]
    rejected, now = _store().rejected(version.id), datetime.now(UTC)
    taken = superseded(_store(), known=now, lineages=[version.lineage]).get(version.id, [])
    context = {
        "taken": taken, "wholly": sum(each.rows for each in taken) >= version.rows,
        "section": SECTION, "version": version, "coverage": coverage, "form": form,
        "official": _official(version), "compared": compared(version, _store().versions(known=now)),
        "rejected": list(islice(_lines(rejected), REJECTED_SHOWN + 1)) if rejected else [],
    }  # fmt: skip
    return render(request, "evidence/dataset.html", context)


def _official(version: DatasetVersion) -> list[tuple[str, str, Mark | None]]:
    """(kind, category, who named it when) of each topic that it is the official source for."""
    last = {mark.topic: mark for mark in sorted(version.marks, key=lambda each: each.at)}
    topics = [(topic, *topic.partition("/")[::2]) for topic in version.official_topics]
    return [(kind, path, last.get(topic)) for topic, kind, path in topics]


def _area_names(codes: tuple[str, ...], areas: Areas) -> list[str]:
    language = get_language() or "en"
    return [areas.name(code, language) for code in codes[:12]] + (["…"] if len(codes) > 12 else [])


def _lines(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as source:
        yield from csv.reader(source)


@require_GET
@require("evidence.export")
def rejected_csv(request: SignedIn, dataset_id: str) -> StreamingHttpResponse:
    """The lines that were left out, each with its reasons: of a data set, or of a file that was refused as a whole."""
    path = _store().rejected(dataset_id) if ID.fullmatch(dataset_id) else None
    if path is None:
        raise Http404
    record(request.user, "exported rejected lines", dataset_id)
    lines = (csv_line(cells) for cells in _lines(path))
    return _download(lines, f"rejected-{dataset_id}.csv")


def _download(lines: Iterator[str], name: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "POST"])
@require("evidence.load")
def load(request: SignedIn) -> HttpResponse:
    """Take a file; a job reads it."""
    form = Upload(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "evidence/load.html", {"section": SECTION, "form": form})
    given = form.cleaned_data
    path = services.receive_file(instance=Instance.here(), name=given["file"].name, chunks=given["file"].chunks())
    job = enqueue(
        tasks.load_file, kind="import", by=request.user, path=str(path), name=given["name"], format=given["format"],
        known=given["known"].isoformat() if given["known"] else None,
    )  # fmt: skip
    return redirect("jobs:job", job_id=job.pk)


@require_POST
@require("evidence.withdraw")
def withdraw(request: SignedIn, dataset_id: str) -> HttpResponse:
    version = _dataset(dataset_id)
    form = Withdrawal(request.POST)
    if not form.is_valid():
        return _show(request, version, form)
    try:
        services.withdraw_dataset(
            by=request.user, instance=Instance.here(), dataset_id=version.id, because=form.cleaned_data["because"]
        )
    except BadInput as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The data set is withdrawn. It no longer counts from now on."))
    return redirect("evidence:dataset", dataset_id=version.id)


@require_GET
@require("evidence.load")
def template_csv(request: SignedIn, kind: str) -> HttpResponse:
    """A CSV file of one kind of evidence to fill in by hand, with an example for each benchmark that reads it."""
    if kind not in KINDS:
        raise Http404
    rows = examples(load_framework(Instance.here().overlay), kind, ())
    response = HttpResponse(template(kind, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{kind}.csv"'
    return response
