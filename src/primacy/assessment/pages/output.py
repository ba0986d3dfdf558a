"""One output: what it is, how its benchmarks stand by horizon, what changed, what threatens it, what is done for it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.assessment import pages, queries
from primacy.assessment.front.overview import HORIZONS, NOT_COUNTED, Mark, Overview, overview
from primacy.assessment.pages import _context, here, must_be_shown
from primacy.assessment.views import VIEW_DUE
from primacy.framework import Framework, Instance
from primacy.framework.entries import Output
from primacy.framework.grammar import STATUSES


@require_safe
@require("assessment.read")
def output(request: SignedIn, output_id: str) -> HttpResponse:
    """Everything that an assessment says of one output."""
    shown = must_be_shown(request)
    framework, mission = here(Instance.here())
    about = next((each for each in framework.outputs if each.id == output_id), None)
    if about is None:
        raise Http404
    findings = {each.benchmark: each for each in pages._findings(request, shown)}
    watches = pages._watches(request, shown)
    before = queries.before_it(shown)
    mine = [each for each in findings.values() if each.benchmark.startswith(f"{output_id}.")]
    changes = [
        each
        for each in queries.changes(viewer=request.user, assessment_id=shown.id)
        if each.benchmark.startswith(f"{output_id}.")
    ]
    seen = overview(mine, changes, framework, mission, since=pages._since(before, shown), watches=watches)
    context = _context(
        request, shown, framework=framework, overview=seen, output=about, outputs=framework.outputs, findings=findings,
        terms=_terms(seen, about), first=before is None, **_watched(framework, output_id, watches),
        activities=[each for each in framework.activities.values() if each.output == output_id],
        aside=[each for each in framework.retired.values() if each.output == output_id],
        judged=[status for status in STATUSES if status not in NOT_COUNTED],
        due={each: (mission.horizons.get(each) or (None, None))[1] for each in HORIZONS},
    )  # fmt: skip
    return render(request, "assessment/output.html", context)


def _terms(seen: Overview, about: Output) -> list[tuple[str, list[Mark]]]:
    """(horizon, marks), core benchmarks first."""
    row = next(each for each in seen.rows if each.output.id == about.id)
    return [(term.horizon, [*term.named, *term.others]) for term in row.terms]


def _watched(framework: Framework, output_id: str, watches: list[Any]) -> dict[str, Any]:
    """Risks and choices of the output, those that show first."""
    order = ("seen", VIEW_DUE, "possible", "unknown", "not seen", "not applicable")
    mine = sorted(
        (each for each in watches if each.entry.split(".")[0] == output_id), key=lambda e: order.index(e.state)
    )
    return {
        "risks": [each for each in mine if each.entry in framework.risks],
        "choices": [each for each in mine if each.entry in framework.trade_offs],
    }
