"""The page of one job: how far it is, and where to go when it is done."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.jobs import queries

TITLES: dict[str, Any] = {
    "import": _("Loading a data set"),
    "assessment": _("Running an assessment"),
    "causes": _("Finding the causes of changes"),
}


def _import_result(result: dict[str, Any]) -> str:
    """What came of it where the file waited on the site; else the data set that was made, or the list where the file
    made several, or none (boundaries make places)."""
    if result.get("job"):
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
    return f"{reverse('assessment:changes')}?assessment={result['assessment']}"


# Where the result of each kind of job is shown, by the names of routes: the rooms above own those pages.
RESULTS: dict[str, Callable[[dict[str, Any]], str]] = {
    "import": _import_result,
    "assessment": _assessment_result,
    "causes": _causes_result,
}


@require_GET
@require("jobs.read")
@vary_on_headers("HX-Request")
def job(request: SignedIn, job_id: str) -> HttpResponse:
    """Refreshes itself every two seconds until the job ended: by htmx, or without JavaScript by the page's header."""
    shown = queries.job(viewer=request.user, job_id=str(job_id))
    if shown is None:
        raise Http404
    onward = RESULTS[shown.kind](shown.result) if shown.state == "done" and shown.kind in RESULTS else None
    template = "jobs/_job.html" if request.htmx else "jobs/job.html"
    title, listed, held = TITLES.get(shown.kind, shown.kind), _list_of_faults(shown.result), _held_file(shown.result)
    context = {"job": shown, "title": title, "onward": onward, "listed": listed, "held": held}
    return render(request, template, context)
