"""Where the process stands: the front page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from primacy.access import require


@require_GET
@require("assessment.read")
def front(request: HttpRequest) -> HttpResponse:
    return render(request, "assessment/empty.html", {"section": "front"})
