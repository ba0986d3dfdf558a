"""While the instance is locked down it answers everybody, at every address, with one page that says nothing."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from primacy.framework.instance import Instance

Handler = Callable[[HttpRequest], HttpResponse]


class LockedDownMiddleware:
    """Stands before everything that knows who asks, what for, and what this site is."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not Instance.here().lock.exists():
            return self.handler(request)
        response = HttpResponse(render_to_string("access/locked.html"), status=503)
        response["Cache-Control"] = "no-store"
        return response
