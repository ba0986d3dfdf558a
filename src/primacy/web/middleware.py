"""A mission file or framework that cannot be read is told in full, so that its author can mend it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from primacy.framework import FrameworkError


class FaultyFilesMiddleware:
    """Instead of a bare error page: every fault with its file, field and remedy."""

    def __init__(self, handler: Callable[[HttpRequest], HttpResponse]) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.handler(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, FrameworkError) or not request.user.is_authenticated:
            return None
        return render(request, "ui/faulty.html", {"problems": error.problems}, status=500)
