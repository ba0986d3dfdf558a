"""The one way in: a first step (password, passkey, provider), a second where one is due, then a session.

No other file calls Django's `login`. So whatever must hold of a session is decided here, and once.
"""

import time
from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from primacy.access import factors, sign_ins
from primacy.access.browsers import browser_of
from primacy.access.models import User
from primacy.access.rights import table
from primacy.access.services import record

PASSWORD, CODE, RECOVERED, PASSKEY = "password", "password and code", "password and recovery code", "passkey"
PROVIDER, PROVIDER_CODE, PROVIDER_RECOVERED = "provider", "provider and code", "provider and recovery code"
DEMONSTRATION = "demonstration"
WAYS = (PASSWORD, CODE, RECOVERED, PASSKEY, PROVIDER, PROVIDER_CODE, PROVIDER_RECOVERED, DEMONSTRATION)
SECOND_STEP = {
    (PASSWORD, factors.CODES): CODE, (PASSWORD, factors.RECOVERY): RECOVERED,
    (PROVIDER, factors.CODES): PROVIDER_CODE, (PROVIDER, factors.RECOVERY): PROVIDER_RECOVERED,
}  # fmt: skip
HALF = "half-signed-in"
DUE = "second_factor_due"  # a name that templates can read
PROVED = "proved"
HALF_LASTS = 300  # seconds between the first step and the second
SELDOM = 60  # seconds between two notes that a session is used
FRESH = 600  # seconds after a sign-in in which one may change how one signs in
BACKEND = "django.contrib.auth.backends.ModelBackend"


def address_of(request: HttpRequest) -> str:
    """Whose request this is. Behind a proxy of our own, the address which that proxy saw: the last one it wrote."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    said = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return (said if settings.PUBLIC_HOSTS and _is_loopback(direct) and said else direct)[:64]


def is_near(request: HttpRequest) -> bool:
    """Whether it was asked on this machine, under a name of this machine, and through nobody."""
    passed_on = any(name.startswith(("HTTP_X_FORWARDED", "HTTP_FORWARDED", "HTTP_VIA")) for name in request.META)
    host = request.get_host().rsplit(":", 1)[0]
    here = _is_loopback(str(request.META.get("REMOTE_ADDR", "")))
    return here and not passed_on and host in ("localhost", "127.0.0.1", "[::1]")


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def safe(request: HttpRequest, address: str | None) -> str:
    """The address if it is on this site, else the front page: nobody is led elsewhere."""
    if address and url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
        return address
    return "/"


def is_welcome(person: User | None) -> bool:
    """Whether somebody who showed who they are may come in. The invented people of an exercise come in as such alone:
    what was set up for one of them opens nothing where the database was copied to."""
    return person is not None and person.is_active and not person.demonstration


def begin(request: HttpRequest, person: User, *, how: str, onward: str) -> HttpResponse:
    """After a right password, or a word of the provider: in, or on to the second step if the person has one."""
    if _strong(how) or not factors.has_second(person):
        return enter(request, person, how=how, onward=onward)
    request.session.cycle_key()
    request.session[HALF] = {
        "person": person.pk, "hash": person.get_session_auth_hash(), "how": how, "at": time.time(), "onward": onward,
    }  # fmt: skip
    return redirect("access:second-step")


def half(request: HttpRequest) -> tuple[User, str, str] | None:
    """(person, how, onward) of whoever took the first step some minutes ago, unless the password changed since."""
    kept = request.session.get(HALF)
    if not kept or not 0 <= time.time() - kept["at"] <= HALF_LASTS:
        return None
    person = User.objects.filter(pk=kept["person"], is_active=True).first()
    if person is None or person.get_session_auth_hash() != kept["hash"]:
        return None
    return person, kept["how"], kept["onward"]


def enter(request: HttpRequest, person: User, *, how: str, onward: str) -> HttpResponse:
    """A session of this person, under a new key, until a fixed moment; and its entry in the trail."""
    login(request, person, backend=BACKEND)
    session, now = request.session, time.time()
    session.pop(HALF, None)
    session.pop(DUE, None)
    session.set_expiry(timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE))
    session[sign_ins.BEGUN] = session[sign_ins.SEEN] = session[PROVED] = now
    session[sign_ins.HOW], session[sign_ins.ADDRESS] = how, address_of(request)
    session[sign_ins.BROWSER] = browser_of(request.headers.get("User-Agent", ""))
    if needs_second(person) and how in (PASSWORD, PROVIDER) and not _strong(how):
        session[DUE] = True
    record(person, "signed in", person.username, {"how": how})
    return set_language(redirect(onward), person.language)


def _strong(how: str) -> bool:
    return how == PROVIDER and settings.OPENID is not None and settings.OPENID.asks_second


def needs_second(person: User) -> bool:
    """Whether people of this role must sign in with a second factor. The invented people of an exercise never."""
    return table().needs_second(person.role) and not person.demonstration


def may_wait(request: HttpRequest) -> bool:
    """Whether somebody may go on without a second factor for once: alone with a site that serves nobody else."""
    return not settings.PUBLIC_HOSTS and is_near(request)


def end_or_note_use(request: HttpRequest) -> None:
    """End a session in which nobody clicked for too long; of the others note, now and then, that they are used."""
    seen = request.session.get(sign_ins.SEEN)
    idle = time.time() - seen if seen is not None else 0
    if idle > settings.SESSION_IDLE:
        logout(request)
    elif idle > SELDOM:
        request.session[sign_ins.SEEN] = time.time()


def came_by_password(request: HttpRequest) -> bool:
    """Also a session that does not say how it began."""
    return request.session.get(sign_ins.HOW, PASSWORD) in (PASSWORD, CODE, RECOVERED)


def is_fresh(request: HttpRequest) -> bool:
    """Whether this person showed who they are within the last minutes."""
    return 0 <= time.time() - request.session.get(PROVED, 0) <= FRESH


def must_come_again(request: HttpRequest) -> bool:
    """Whether somebody who has no password to give once more must sign in again first: who comes by the provider, and
    the people of an exercise."""
    person = request.user
    return bool(person.is_authenticated and not person.has_usable_password() and not is_fresh(request))


def again_for(address: str) -> str:
    """The page where somebody shows once more who they are, and then goes on to this one."""
    return f"{reverse('access:sign-in')}?{urlencode({'again': 'yes', 'next': address})}"


def set_language(response: HttpResponse, language: str) -> HttpResponse:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=365 * 86_400, httponly=True,
        secure=settings.LANGUAGE_COOKIE_SECURE, samesite="Lax",
    )  # fmt: skip
    return response
