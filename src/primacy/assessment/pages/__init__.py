"""Where the process stands: what changed, risks, one benchmark, its evidence, and the list of assessments.

What begins with an underscore serves the modules of this folder too.
"""

from collections.abc import Iterator, Mapping

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from primacy.access.queries import SignedIn
from primacy.access.requiring import may, require
from primacy.access.services import record
from primacy.assessment import queries
from primacy.assessment.finding import Finding, Watch
from primacy.assessment.front.overview import overview
from primacy.assessment.inputs import FULL
from primacy.assessment.queries import StoredAssessment
from primacy.assessment.tasks import explain_changes
from primacy.assessment.told.gaps_told import shown as shown_gaps
from primacy.evidence.queries import read_until
from primacy.framework import Framework, Instance, Mission, load, read_mission
from primacy.framework.entries import Output
from primacy.framework.queries import today
from primacy.framework.saying import CLOSED, OPENED
from primacy.jobs.services import enqueue
from primacy.places.at_hand import areas_of, place_names
from primacy.places.coarseness import DISTRICT_AND_WEEK, KNOWN_TO_EXIST
from primacy.ui.csv_cells import FIRST_LINE, csv_line

ROWS = 50
WORST_FIRST = (
    "reversed", "not met", "no clear change", "progressing", "met", "insufficient evidence", "not yet applicable",
    "not applicable",
)  # fmt: skip
REASONS_TO_COLLECT = ("insufficient evidence",)


def _shown(request: SignedIn) -> StoredAssessment | None:
    """The assessment that the address names, else the newest; 404 for one that does not exist for this reader."""
    named = request.GET.get("assessment")
    if not named:
        return queries.latest(viewer=request.user)
    for each in queries.assessments(viewer=request.user):
        if each.id == named:
            return each
    raise Http404


def must_be_shown(request: SignedIn) -> StoredAssessment:
    """The same, and 404 where there is none at all."""
    shown = _shown(request)
    if shown is None:
        raise Http404
    return shown


def _findings(request: SignedIn, shown: StoredAssessment) -> list[Finding]:
    """The findings of an assessment; 404 where its package is gone from the folder."""
    try:
        return queries.findings(viewer=request.user, assessment_id=shown.id)
    except LookupError as error:
        raise Http404 from error


def here(instance: Instance) -> tuple[Framework, Mission]:
    """The framework and the mission file as they are in force today."""
    day = today()
    return load(instance.overlay, day), read_mission(instance.mission_file).in_force(day)


def language() -> str:
    """The reader's."""
    return get_language() or "en"


def _context(
    request: SignedIn, shown: StoredAssessment | None, section: str = "front", **more: object
) -> dict[str, object]:
    """What every page about an assessment shares; `keep` carries an old assessment from page to page."""
    keep = f"?assessment={shown.id}" if shown and request.GET.get("assessment") else ""
    names = place_names(Instance.here().places, language()) if shown else {}
    return {"shown": shown, "keep": keep, "section": section, "place_names": names, **more}


def _since(before: StoredAssessment | None, shown: StoredAssessment) -> str | None:
    """The ISO day of the assessment before the one shown, if that day is earlier: only then is it a history."""
    return before.as_of.isoformat() if before is not None and before.as_of < shown.as_of else None


def _watches(request: SignedIn, shown: StoredAssessment) -> list[Watch]:
    return queries.watches(viewer=request.user, assessment_id=shown.id)


@require_http_methods(["GET", "POST"])
@require("assessment.read")
def changes(request: SignedIn) -> HttpResponseBase:
    """Everything that differs from the assessment before, with its causes; a POST has these looked for."""
    shown = _shown(request)
    if shown is None:
        return redirect("assessment:front")  # which says what to do while there is no assessment
    if request.method == "POST":
        return _explain(request, shown.id)
    framework, mission = here(Instance.here())
    found = queries.changes(viewer=request.user, assessment_id=shown.id)
    since = _since(queries.before_it(shown), shown)
    seen = overview(_findings(request, shown), found, framework, mission, since=since)
    context = _context(request, shown, framework=framework, overview=seen, moved=[e for e in found if not e.of_status])
    return render(request, "assessment/changes.html", context)


@require("assessment.run")
def _explain(request: SignedIn, assessment_id: str) -> HttpResponse:
    job = enqueue(explain_changes, kind="causes", by=request.user, assessment=assessment_id)
    return redirect("jobs:job", job_id=job.pk)


@require_safe
@require("assessment.read")
def risks(request: SignedIn) -> HttpResponse:
    """Everything that is at risk, and everything that asks for a decision."""
    shown = _shown(request)
    if shown is None:
        return redirect("assessment:front")
    framework, mission = here(Instance.here())
    watches = {each.entry: each for each in _watches(request, shown)}
    seen = overview(_findings(request, shown), [], framework, mission, watches=list(watches.values()))
    context = _context(request, shown, framework=framework, overview=seen, watched=_by_output(framework, watches))
    return render(request, "assessment/risks.html", context)


def _by_output(framework: Framework, watches: Mapping[str, Watch]) -> list[tuple[Output, list[Watch], list[Watch]]]:
    """(output, risks, trade-offs), each as it stands."""
    return [
        (
            output,
            [watches[id] for id, each in framework.risks.items() if each.output == output.id and id in watches],
            [watches[id] for id, each in framework.trade_offs.items() if each.output == output.id and id in watches],
        )
        for output in framework.outputs
    ]


@require_safe
@require("assessment.read")
def risk(request: SignedIn, risk_id: str) -> HttpResponse:
    """One risk: its warning signs as they stand, what it threatens, what lowers it."""
    return _watched(request, risk_id, "risks", "assessment/risk.html")


@require_safe
@require("assessment.read")
def trade_off(request: SignedIn, trade_off_id: str) -> HttpResponse:
    """One choice: what makes it due, the options with both sides, and what the evidence says of each."""
    return _watched(request, trade_off_id, "trade_offs", "assessment/trade_off.html")


def _watched(request: SignedIn, entry_id: str, collection: str, template: str) -> HttpResponse:
    shown = must_be_shown(request)
    framework, _mission = here(Instance.here())
    watch = next((each for each in _watches(request, shown) if each.entry == entry_id), None)
    if entry_id in framework.retired:
        return redirect("framework:entry", entry_id)  # which says who set it aside, and why
    if watch is None or entry_id not in getattr(framework, collection):
        raise Http404
    findings = {each.benchmark: each for each in _findings(request, shown)}
    context = _context(
        request, shown, framework=framework, entry=framework.entries[entry_id], watch=watch, findings=findings,
        output=next(each for each in framework.outputs if each.id == entry_id.split(".")[0]),
    )  # fmt: skip
    return render(request, template, context)


@require_safe
@require("assessment.read")
def collect(request: SignedIn) -> HttpResponse:
    """What to collect so that more benchmarks can be judged, by benchmark, cheapest first."""
    shown = must_be_shown(request)
    framework, _mission = here(Instance.here())
    findings = [
        each
        for each in _findings(request, shown)
        if each.status in REASONS_TO_COLLECT and each.benchmark in framework.benchmarks
    ]
    return render(request, "assessment/collect.html", _context(request, shown, framework=framework, findings=findings))


@require_safe
@require("evidence.read")
def gaps(request: SignedIn) -> HttpResponse:
    """What is known, too old, thin or missing by kind, area and month; what to collect first; how long reports take.

    Whoever may not see details learns nothing of rows above Internal, not even their number, and no place below a
    district. The months end on the day of the assessment shown; unless an old one was asked for, what was loaded since
    counts.
    """
    shown = _shown(request)
    instance, detail = Instance.here(), may(request.user, "evidence.detail")
    framework, mission = here(instance)
    areas, old = areas_of(instance.places), shown is not None and "assessment" in request.GET
    told = shown_gaps(
        framework, mission, instance, _findings(request, shown) if shown else [],
        as_of=shown.as_of if shown else today(), known=shown.known if shown and old else read_until(),
        level=FULL if detail else KNOWN_TO_EXIST,
        report_level=mission.report_level if detail else min(mission.report_level, DISTRICT_AND_WEEK.level),
    )  # fmt: skip
    area = request.GET.get("area", "")
    if area not in told.gaps.areas:
        raise Http404
    context = _context(
        request, shown, "evidence", framework=framework, told=told, area=area, area_name=areas.name(area, language()),
        left_out=not detail, names=areas.names(language()),
    )  # fmt: skip
    return render(request, "assessment/gaps.html", context)


def finding_of(request: SignedIn, shown: StoredAssessment, benchmark_id: str, framework: Framework) -> Finding:
    if benchmark_id not in framework.benchmarks:
        raise Http404
    try:
        return queries.finding(viewer=request.user, assessment_id=shown.id, benchmark_id=benchmark_id)
    except LookupError as error:
        raise Http404 from error


@require_safe
@require("evidence.read")
@vary_on_headers("HX-Request")
def evidence(request: SignedIn, benchmark_id: str) -> HttpResponse:
    """The data points behind one finding, down to the line of the file. Every look is in the audit trail."""
    shown = must_be_shown(request)
    framework, _mission = here(Instance.here())
    finding = finding_of(request, shown, benchmark_id, framework)
    page = _page(request)
    rows = queries.evidence_rows(
        viewer=request.user, assessment_id=shown.id, benchmark_id=benchmark_id, page=page, language=language()
    )
    record(request.user, "looked at evidence", f"{shown.id} {benchmark_id}", {"page": page})
    pages = Paginator(range(rows.total), ROWS)
    context = _context(
        request, shown, framework=framework, finding=finding, benchmark=framework.benchmarks[benchmark_id],
        evidence=rows, page=page, pages=pages.num_pages,
    )  # fmt: skip
    return render(request, "assessment/_evidence.html" if request.htmx else "assessment/evidence.html", context)


def _page(request: SignedIn) -> int:
    text = request.GET.get("page", "1")
    if not text.isdecimal() or not 1 <= int(text) <= 1_000_000:
        raise Http404
    return int(text)


@require_safe
@require("evidence.export")
def evidence_csv(request: SignedIn, benchmark_id: str) -> StreamingHttpResponse:
    """The same data points as a CSV file whose cells no spreadsheet takes for formulae."""
    shown = must_be_shown(request)
    framework, _mission = here(Instance.here())
    finding_of(request, shown, benchmark_id, framework)
    record(request.user, "exported evidence", f"{shown.id} {benchmark_id}")
    name = f"evidence-{benchmark_id}-{shown.as_of.isoformat()}.csv"
    response = StreamingHttpResponse(
        _csv_lines(request, shown.id, benchmark_id, language()), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


CSV_COLUMNS = ("date", "until", "area_name", "what", "values", "grade", "source", "dataset", "line", "item", "role",
               "category")  # fmt: skip


def _csv_lines(request: SignedIn, assessment_id: str, benchmark_id: str, language: str) -> Iterator[str]:
    """`language` is the reader's: it is no longer at hand while the lines are streamed."""
    yield FIRST_LINE
    yield csv_line(CSV_COLUMNS)
    for row in queries.all_evidence_rows(
        viewer=request.user, assessment_id=assessment_id, benchmark_id=benchmark_id, language=language
    ):
        what = row.what.replace(OPENED, "").replace(CLOSED, "")  # no cell has lines that run two ways
        yield csv_line([what if name == "what" else getattr(row, name, "") for name in CSV_COLUMNS])
