"""Answers that would be bare are pages: faults of the mission's files in full, and a method that an address has not."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from primacy.assessment.checks.placing import placed_here
from primacy.framework import FrameworkError, Instance
from primacy.records.services.looking import TooManyLooks


class FaultyFilesMiddleware:
    """Instead of a bare error page: every fault with its file, line, field and remedy."""

    def __init__(self, handler: Callable[[HttpRequest], HttpResponse]) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.handler(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, FrameworkError) or not request.user.is_authenticated:
            return None
        instance = Instance.here()
        problems = [placed_here(each, instance) for each in error.problems]
        return render(request, "ui/faulty.html", {"problems": problems}, status=500)


class TooManyLooksMiddleware:
    """Who opened very many protected records is told so, whichever page would have shown the next one."""

    def __init__(self, handler: Callable[[HttpRequest], HttpResponse]) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.handler(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return render(request, "records/too_many_looks.html", status=429) if isinstance(error, TooManyLooks) else None


class WrongMethodMiddleware:
    """An address that is opened in another way than it can be says so on a page, not with an empty answer."""

    def __init__(self, handler: Callable[[HttpRequest], HttpResponse]) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.handler(request)
        if response.status_code != 405 or response.content or "application/json" in request.headers.get("Accept", ""):
            return response
        page = render(request, "405.html", {"code": 405}, status=405)
        page["Allow"] = response.get("Allow", "")
        return page
