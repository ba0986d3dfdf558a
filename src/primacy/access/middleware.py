"""What holds for every page, whoever wrote it."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from primacy.access.entering import CODE, DUE, PASSWORD, RECOVERED
from primacy.access.sign_ins import HOW, SEEN

Handler = Callable[[HttpRequest], HttpResponse]
BY_PASSWORD = (PASSWORD, CODE, RECOVERED)
SELDOM = 60  # seconds
FREE = ("password", "sign-in", "sign-out", "language")


class IdleMiddleware:
    """A session that was idle for too long is over; of the others it is noted, now and then, that they are used."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seen = request.session.get(SEEN) if request.user.is_authenticated else None
        if seen is not None:
            idle = time.time() - seen
            if idle > settings.SESSION_IDLE:
                logout(request)
            elif idle > SELDOM:
                request.session[SEEN] = time.time()
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
        if person.one_time_password and request.session.get(HOW, PASSWORD) in BY_PASSWORD:
            return redirect("access:password")
        if request.session.get(DUE) and not request.path.startswith(reverse("access:factors")):
            return redirect("access:factors")
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
