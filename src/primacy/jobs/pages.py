"""The page of one job: how far it is, and where to go when it is done."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.jobs import queries, services

TITLES: dict[str, Any] = {
    "import": _("Loading a data set"),
    "assessment": _("Running an assessment"),
    "causes": _("Finding the causes of changes"),
    "verification": _("Verifying a package"),
    "package": _("Writing a package"),
    "back-test": _("Judging past months again"),
    "reading": _("Reading attachments for the search"),
    "sweeping": _("Cleaning up after a disposal"),
    "pictures": _("Drawing the pictures of an assessment"),
    "record-export": _("Writing an export of records"),
    "record-bulk": _("Changing many records"),
    "record-import": _("Making records of a table"),
}
STOPPABLE = (
    "assessment",
    "causes",
    "verification",
    "package",
    "back-test",
    "record-export",
    "record-bulk",
    "record-import",
)
"""Kinds of jobs that look between their steps whether they are to end."""


def _import_result(result: dict[str, Any]) -> str:
    """What came of it where the file waited on the site; else the data set that was made, or the list where the file
    made several, or none (boundaries make places)."""
    if "imported" in result:
        return reverse("evidence:imported", args=[result["job"]])
    return (
        reverse("evidence:dataset", args=[result["dataset"]]) if result.get("dataset") else reverse("evidence:datasets")
    )


def _list_of_faults(result: dict[str, Any]) -> str:
    """Where everything that is wrong in a refused file can be had; empty where there is no such list."""
    return reverse("evidence:rejected", args=[result["listed_in"]]) if result.get("listed_in") else ""


def _held_file(result: dict[str, Any]) -> str:
    """Where a refused file waits to be corrected; empty where none does."""
    return reverse("evidence:held", args=[result["held"]]) if result.get("held") else ""


def _assessment_result(result: dict[str, Any]) -> str:
    return f"{reverse('assessment:front')}?assessment={result['assessment']}"


def _causes_result(result: dict[str, Any]) -> str:
    pair = f"?before={result['before']}&after={result['assessment']}"
    changes = f"{reverse('assessment:changes')}?assessment={result['assessment']}"
    return reverse("assessment:compare") + pair if result.get("before") else changes


def _own_page(route: str) -> Callable[[dict[str, Any]], str]:
    """The result of these is shown by a page about the job itself."""
    return lambda result: reverse(route, args=[result["job"]])


def _of_records(route: str, part: str) -> Callable[[dict[str, Any]], str]:
    """The page of a type of record about this job, or about what the job worked on."""
    return lambda result: reverse(route, args=[result["type"], result[part]])


# Where the result of each kind of job is shown, by the names of routes: the rooms above own those pages.
RESULTS: dict[str, Callable[[dict[str, Any]], str]] = {
    "import": _import_result,
    "assessment": _assessment_result,
    "causes": _causes_result,
    "verification": _own_page("assessment:verified"),
    "package": _own_page("assessment:package-ready"),
    "back-test": _own_page("assessment:back-test-shown"),
    "pictures": _assessment_result,
    "record-export": _of_records("records:exported", "job"),
    "record-bulk": _of_records("records:bulk-one", "bulk"),
    "record-import": _of_records("records:sheet", "sheet"),
}


@require_safe
@require("jobs.read")
def jobs(request: SignedIn) -> HttpResponse:
    """One's own jobs of the last days; nobody sees those of others."""
    shown = [(each, TITLES.get(each.kind, each.kind)) for each in queries.jobs(viewer=request.user)]
    return render(request, "jobs/jobs.html", {"jobs": shown})


@require_safe
@require("jobs.read")
@vary_on_headers("HX-Request")
def job(request: SignedIn, job_id: str) -> HttpResponse:
    """Refreshes itself every two seconds until the job ended: by htmx, or without JavaScript by the page's header."""
    shown = queries.job(viewer=request.user, job_id=str(job_id))
    if shown is None:
        raise Http404
    ended = shown.state == "done" or (shown.state == "stopped" and shown.result)
    onward = RESULTS[shown.kind]({**shown.result, "job": shown.id}) if ended and shown.kind in RESULTS else None
    template = "jobs/_job.html" if request.htmx else "jobs/job.html"
    context = {
        "job": shown, "title": TITLES.get(shown.kind, shown.kind), "onward": onward,
        "listed": _list_of_faults(shown.result), "held": _held_file(shown.result),
        "stoppable": shown.kind in STOPPABLE,
    }  # fmt: skip
    return render(request, template, context)


@require_POST
@require("jobs.read")
def stop(request: SignedIn, job_id: str) -> HttpResponse:
    """Ask one's own job to end; one that ended meanwhile stays as it is."""
    if queries.job(viewer=request.user, job_id=str(job_id)) is None:
        raise Http404
    services.stop(by=request.user, job_id=str(job_id))
    return redirect("jobs:job", job_id=job_id)
