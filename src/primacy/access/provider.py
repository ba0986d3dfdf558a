"""The mission's provider of sign-ins (OpenID Connect) says who somebody is; who may come in is said here.

Only people whom an administrator made come in: known by the provider's own name of them, or, at the first time, by the
verified e-mail address that the administrator wrote down. Nobody is ever added by signing in.
"""

import logging
import re
from collections.abc import Callable
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect import views
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from requests import ConnectionError, RequestException, Timeout

from primacy.access import entering, services
from primacy.access.grants import holds, take_away
from primacy.access.models import User
from primacy.access.services import record, record_failed_sign_in

logger = logging.getLogger(__name__)
NO_ANSWER = (RequestException, ValueError, KeyError)  # away, or it answered with something else
CODE = re.compile(r'"error": *"([a-z_]{1,40})"')  # of OAuth, such as `invalid_client`


@login_not_required
@require_safe
def leave(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Off to the provider, which is asked how it wants to be asked."""
    return _asked(request, views.login, provider_id)


@login_not_required
@require_safe
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from it with an answer, about which it is asked once more."""
    return _asked(request, views.callback, provider_id)


def _asked(request: HttpRequest, view: Callable[[HttpRequest, str], HttpResponse], provider_id: str) -> HttpResponse:
    try:
        return view(request, provider_id)
    except NO_ANSWER as error:
        return _away(request, error)


def _away(request: HttpRequest, error: BaseException) -> HttpResponse:
    """Nobody's try, so none is counted; whoever keeps the machine finds the kind of it in the log."""
    logger.warning("the provider of sign-ins does not answer: %s", type(error).__name__, exc_info=error)
    return render(request, "access/provider_refused.html", {"away": True}, status=503)


class OnlyThosePeople(DefaultSocialAccountAdapter):
    """allauth asks the provider and checks its answer; before it would sign anybody in, this takes over."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Raises ImmediateHttpResponse always: with the next step, or with the page that says no."""
        person = _known(sociallogin)
        if person is None:
            self._refuse(request, str(sociallogin.account.uid))
            return
        onward = entering.safe(request, sociallogin.state.get("next"))
        raise ImmediateHttpResponse(entering.begin(request, person, how=entering.PROVIDER, onward=onward))

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, exception: Exception | None = None, **_why: Any
    ) -> None:
        """Cancelled there, or answered to no question of ours: the same page, and no word of why but in the log."""
        if isinstance(exception, ConnectionError | Timeout):
            raise ImmediateHttpResponse(_away(request, exception))
        code = CODE.search(f'"error":"{request.GET.get("error", "")}" {exception}')
        kind = type(exception.__cause__ or exception).__name__ if exception else "no answer to a question of ours"
        logger.warning("the provider of sign-ins was not believed: %s", code[1] if code else kind)
        self._refuse(request, "")

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[Any]:
        """The provider of the file alone: a row that somebody put into the database lets nobody in."""
        return [each for each in super().list_apps(request, provider, client_id) if each.pk is None]

    @staticmethod
    def _refuse(request: HttpRequest, subject: str) -> None:
        record_failed_sign_in(name=subject, address=entering.address_of(request), step="provider")
        raise ImmediateHttpResponse(render(request, "access/provider_refused.html", status=403))


def _known(sociallogin: Any) -> User | None:
    """The person whom the provider means; the first time is written down, and the address is not asked again."""
    account = sociallogin.account
    bound = SocialAccount.objects.filter(provider=account.provider, uid=account.uid).select_related("user").first()
    if bound is not None:
        return bound.user if entering.is_welcome(bound.user) else None
    addresses = [each.email for each in sociallogin.email_addresses if each.verified and each.email]
    found = [each for address in addresses for each in User.objects.filter(email__iexact=address)]
    if len(found) != 1 or not entering.is_welcome(found[0]):
        return None
    person = found[0]
    if SocialAccount.objects.filter(user=person, provider=account.provider).exists():
        return None  # the address now belongs to somebody else there
    with transaction.atomic():
        known = SocialAccount.objects.create(user=person, provider=account.provider, uid=account.uid, extra_data={})
        record(person, "was recognised by the provider", person.username, grants=holds(known))
    return person


def forget(*, by: User, person: User) -> None:
    """The provider's name of this person counts no more; the address is asked again at the next time. Whoever came in
    by it is out, with their scripts."""
    with transaction.atomic():
        services.end_sign_ins(person)
        gone = take_away(SocialAccount.objects.filter(user=person))
        record(by, "ended the sign-in by the provider", person.username, grants=gone)
