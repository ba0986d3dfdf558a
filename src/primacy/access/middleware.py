"""What holds for every page, whoever wrote it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from primacy.access import entering
from primacy.access.once import one_reading, something_done

Handler = Callable[[HttpRequest], HttpResponse]
READING = ("GET", "HEAD")
FREE = ("password", "sign-in", "sign-out", "language")


class IdleMiddleware:
    """A session that was idle for too long is over; of the others it is noted, now and then, that they are used."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            entering.end_or_note_use(request)
        return self.handler(request)


class FirstThingsMiddleware:
    """Whoever has a password from somebody else chooses an own one, and whoever must have a second factor makes one,
    before seeing anything else."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        free = tuple(reverse(f"access:{name}") for name in FREE)
        if not person.is_authenticated or request.path.startswith(free):
            return self.handler(request)
        if person.one_time_password and entering.came_by_password(request):
            return redirect("access:password")
        if request.session.get(entering.DUE) and not request.path.startswith(reverse("access:factors")):
            return redirect("access:factors")
        return self.handler(request)


class OneReadingMiddleware:
    """A request that only reads looks up once what its person holds and what its page shows in several places."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in READING:
            something_done()
            try:
                return self.handler(request)
            finally:
                something_done()
        with one_reading():
            return self.handler(request)


class PrivatePagesMiddleware:
    """Pages for people who signed in are kept by no cache and found by no search engine."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.handler(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response
