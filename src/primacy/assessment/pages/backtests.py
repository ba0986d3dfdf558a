"""Past months judged again with the knowledge of their time: asking for it, and what came of it as a picture."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.assessment import pages, tasks
from primacy.assessment.forms import BackTest
from primacy.assessment.pages.stored import SECTION
from primacy.framework import Framework, Instance
from primacy.framework.entries import Benchmark
from primacy.framework.grammar import STATUSES
from primacy.jobs import queries as jobs
from primacy.jobs.services import enqueue


@require_http_methods(["GET", "POST"])
@require("assessment.back-test")
def back_test(request: SignedIn) -> HttpResponse:
    """Which months, with which knowledge, of which benchmarks; the mission's core ones where none is chosen."""
    framework, mission = pages.here(Instance.here())
    form = BackTest(request.POST or None, benchmarks=list(framework.benchmarks))
    if request.method == "POST" and form.is_valid():
        core = [each for each in mission.core if each in framework.benchmarks]
        job = enqueue(tasks.back_test, kind="back-test", by=request.user, **form.arguments(core))
        return redirect("jobs:job", job_id=job.pk)
    chosen = request.POST.getlist("only")
    context = {
        "section": SECTION, "framework": framework, "form": form, "chosen": chosen, "core": mission.core,
        "outputs": _by_output(framework),
    }  # fmt: skip
    return render(request, "assessment/back_test.html", context)


def _by_output(framework: Framework) -> list[tuple[str, list[Benchmark]]]:
    return [(output.id, framework.of_output(output.id)) for output in framework.outputs]


@require_safe
@require("assessment.back-test")
def shown(request: SignedIn, job_id: str) -> HttpResponse:
    """The statuses by month, how often they changed, and how early losses were called."""
    job = jobs.job(viewer=request.user, job_id=str(job_id))
    if job is None or job.kind != "back-test" or job.state != "done":
        raise Http404
    framework, _mission = pages.here(Instance.here())
    context = {"section": SECTION, "framework": framework, "told": job.result, "statuses": STATUSES}
    return render(request, "assessment/back_test_shown.html", context)
