"""The first line of every page: what its reader must be allowed to do."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from primacy.access.rights import table

if TYPE_CHECKING:  # this module is read before the models are
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser

Page = Callable[..., HttpResponseBase]


def may(person: "AbstractBaseUser | AnonymousUser", deed: str) -> bool:
    """Whether this person, signed in and not switched off, may do the deed."""
    return bool(person.is_authenticated and person.is_active and table().allows(getattr(person, "role", ""), deed))


def require(deed: str) -> Callable[[Page], Page]:
    """Refuse as if the page did not exist, or with 403 those who may know that the deed exists."""
    table().deeds[deed]  # a page that asks for an unknown deed must not even start

    def decorate(page: Page) -> Page:
        @wraps(page)
        def guarded(request: HttpRequest, *args: object, **named: object) -> HttpResponseBase:
            if may(request.user, deed):
                return page(request, *args, **named)
            if request.user.is_authenticated and table().may_know(request.user.role, deed):
                raise PermissionDenied
            raise Http404

        guarded.deed = deed  # type: ignore[attr-defined]  # read by the test that walks over all routes
        return guarded

    return decorate
