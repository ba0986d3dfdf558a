"""Who asks through the programming interface: the person of a token, or, for reading, whoever is signed in."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja.security import HttpBearer
from ninja.security.base import AuthBase

from primacy.access import services

READING = ("GET", "HEAD", "OPTIONS")


def _let_in(person: Any) -> bool:
    """Whoever was switched off, or has yet to choose a password of their own, is nobody."""
    return bool(person.is_authenticated and person.is_active and not person.one_time_password)


class Bearer(HttpBearer):
    """A token that a person made on their own page: `Authorization: Bearer primacy_...`."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        used = services.use_token(token)
        if used is None or not _let_in(used.person):
            return None
        request.user, request.token = used.person, used  # type: ignore[attr-defined]
        return used.person


class Session(AuthBase):
    """The session of the browser, for reading alone: a form on another site can then change nothing."""

    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Any:
        person = request.user
        if request.method not in READING or "Authorization" in request.headers:
            return None
        return person if _let_in(person) else None
