"""What holds for every page, whoever wrote it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

Handler = Callable[[HttpRequest], HttpResponse]


class OneTimePasswordMiddleware:
    """Whoever signed in with a one-time password chooses an own one before seeing anything else."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        if person.is_authenticated and person.one_time_password and request.path not in self._free():
            return redirect("access:password")
        return self.handler(request)

    @staticmethod
    def _free() -> set[str]:
        return {reverse("access:password"), reverse("access:sign-out"), reverse("access:language")}


class PrivatePagesMiddleware:
    """Pages for people who signed in are kept by no cache and found by no search engine."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.handler(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response
