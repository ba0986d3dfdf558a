"""Packages: one from here or from elsewhere computed again, and one written to be handed out."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.access.services import record
from primacy.assessment import tasks
from primacy.assessment.forms import PackageLevel, PackageToVerify
from primacy.assessment.inputs import FULL
from primacy.assessment.pages.stored import SECTION, one
from primacy.assessment.services.handing_out import outgoing
from primacy.evidence.services import receive_file
from primacy.framework import Instance
from primacy.jobs import queries as jobs
from primacy.jobs.queries import Shown
from primacy.jobs.services import enqueue


@require_http_methods(["GET", "POST"])
@require("package.verify")
def verify(request: SignedIn) -> HttpResponse:
    """The form that takes a package from elsewhere; a POST has it computed again."""
    form = PackageToVerify(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        path = receive_file(instance=Instance.here(), name=given.name, chunks=given.chunks())
        job = enqueue(tasks.verify_file, kind="verification", by=request.user, path=str(path))
        return redirect("jobs:job", job_id=job.pk)
    return render(request, "assessment/verify.html", {"section": SECTION, "form": form})


@require_POST
@require("package.verify")
def verify_stored(request: SignedIn, assessment_id: str) -> HttpResponse:
    """Have an assessment that is stored here computed again."""
    shown = one(request, assessment_id)
    job = enqueue(tasks.verify_stored, kind="verification", by=request.user, assessment=shown.id)
    return redirect("jobs:job", job_id=job.pk)


@require_safe
@require("package.verify")
def verified(request: SignedIn, job_id: str) -> HttpResponse:
    """What came of it, in words."""
    context = {"section": SECTION, "told": _ended(request, job_id, "verification").result}
    return render(request, "assessment/verified.html", context)


@require_POST
@require("package.hand-out")
def write(request: SignedIn, assessment_id: str) -> HttpResponse:
    """Have the package of an assessment written: whole, or of the data points up to a confidentiality."""
    shown, form = one(request, assessment_id), PackageLevel(request.POST)
    if not form.is_valid():
        raise Http404
    level = form.cleaned_data["level"]
    job = enqueue(tasks.write_package, kind="package", by=request.user, assessment=shown.id, level=level)
    return redirect("jobs:job", job_id=job.pk)


@require_safe
@require("package.hand-out")
def ready(request: SignedIn, job_id: str) -> HttpResponse:
    """The package, ready to be downloaded, with what it holds and what to tell its receiver."""
    job = _ended(request, job_id, "package")
    there = (outgoing() / f"{job.id}.zip").is_file()
    context = {"section": SECTION, "job": job, "there": there, "whole": job.result["level"] >= FULL}
    return render(request, "assessment/package.html", context)


@require_safe
@require("package.hand-out")
def download(request: SignedIn, job_id: str) -> FileResponse:
    """The file itself, to whoever had it written; every download is in the audit trail."""
    job = _ended(request, job_id, "package")
    path = outgoing() / f"{job.id}.zip"
    if not path.is_file():
        raise Http404
    assessment, whole = job.result["assessment"], job.result["level"] >= FULL
    record(request.user, "downloaded a package", assessment, {"level": job.result["level"]})
    name = f"assessment-{assessment}-{'full' if whole else 'shared'}.zip"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/zip")


def _ended(request: SignedIn, job_id: str, kind: str) -> Shown:
    """One's own job of a kind that ended well; 404 for any other."""
    job = jobs.job(viewer=request.user, job_id=str(job_id))
    if job is None or job.kind != kind or job.state != "done":
        raise Http404
    return job
