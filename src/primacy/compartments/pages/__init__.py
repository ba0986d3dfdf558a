"""The pages around compartments: those one may know of, one's own key, a new one, opening and closing, lock-down."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from primacy.access import entering, factors
from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.compartments import custody, queries, services
from primacy.compartments.custody import Inside, Refused
from primacy.compartments.custody import Opening as Opened
from primacy.compartments.forms import REFUSALS, LockDown, NewCompartment, Opening, OwnKey
from primacy.compartments.key_file import BadPlace, NoKeys
from primacy.compartments.openings import COOKIE
from primacy.compartments.sealing import Unreadable
from primacy.compartments.services import TooMany

COOKIE_PATH = "/compartments/"
OWN = ("passphrase", "why", "words", "code", "csrfmiddlewaretoken")  # of the form that opens, among what was typed


@dataclass(frozen=True)
class Around:
    """A page of an open compartment: what is inside, for how long, and the secret of this browser."""

    id: str
    opened: Opened
    inside: Inside
    secret: str
    until: float

    @property
    def seconds(self) -> int:
        return max(1, int(self.until - time.time()))


Page = Callable[..., HttpResponse]


def inside(*methods: str, typed: bool = False) -> Callable[[Page], Page]:
    """A page of a compartment: missing for whoever is no member, a question for the passphrase while it is closed.

    `methods`: how it can be asked for. `typed`: people write on it. When the time has passed, such a page is not led
    away by itself, so that nothing is lost: keeping what was typed asks for the passphrase.
    """

    def decorate(page: Page) -> Page:
        @wraps(page)
        @sensitive_post_parameters()
        @require("compartments.know")
        def guarded(request: SignedIn, box: str, **named: object) -> HttpResponse:
            if box not in queries.known_to(request.user):
                raise Http404
            around, secret, form = _around(request, box), "", None
            if around is None and request.method == "POST" and "passphrase" in request.POST:
                secret, form = _try_to_open(request, box)
                around = _around(request, box, secret) if secret else None
            if around is None:
                return ask_to_open(request, box, form)
            response = page(request, around, **named)
            if secret:
                keep_secret(response, secret)
            if not typed and not response.has_header("Location"):
                response["Refresh"] = f"{around.seconds}; url={reverse('compartments:list')}"
            return response

        guarded.deed = "compartments.know"  # type: ignore[attr-defined]  # read by the test that walks over all routes
        return require_http_methods(methods)(guarded)  # type: ignore[return-value]

    return decorate


def _around(request: SignedIn, box: str, secret: str = "") -> Around | None:
    secret = secret or request.COOKIES.get(COOKIE, "")
    found = queries.opening(request.user, secret)
    if found is None or found[0].box != box:
        return None
    try:
        return Around(box, found[0], custody.look_inside(queries.place(), found[0]), secret, found[1])
    except Unreadable:  # its key was changed meanwhile
        return None
    except LookupError as error:
        raise Http404 from error


def _try_to_open(request: SignedIn, box: str) -> tuple[str, Opening]:
    """(the secret of the opening or nothing, the form with what is wrong)"""
    form = Opening(request.POST, codes=_codes(request))
    if not form.is_valid():
        return "", form
    given = form.cleaned_data
    code = given.pop("code", "")
    try:
        if must_show_again(request):
            services.check_code(by=request.user, id=box, code=code)
        return services.open_compartment(by=request.user, id=box, **given), form
    except services.WrongCode:
        form.add_error(None, _("Show again who you are: with a one-time code, or by signing in again."))
    except Unreadable:
        form.add_error("passphrase", _("It does not open with this passphrase."))
    except TooMany:
        form.add_error("passphrase", _("Too many failed tries. Wait a quarter of an hour."))
    return "", form


def must_show_again(request: SignedIn) -> bool:
    """Whether this person has a second factor, and did not show it within the last ten minutes."""
    return factors.has_second(request.user) and not entering.is_fresh(request)


def _codes(request: SignedIn) -> bool:
    return must_show_again(request) and factors.has_codes(request.user)


def ask_to_open(request: SignedIn, box: str, form: Opening | None) -> HttpResponse:
    """The question for the passphrase; what was typed on a page that has closed meanwhile goes along."""
    typed = request.method == "POST" and request.path != reverse("compartments:open", args=[box])
    carried = [(name, each) for name in request.POST for each in request.POST.getlist(name) if name not in OWN]
    context = {
        "box": box, "form": form or Opening(codes=_codes(request)), "carried": carried if typed else [],
        "section": "records",
        "to": request.path if typed else reverse("compartments:open", args=[box]),
        "again": must_show_again(request), "first": reverse("compartments:inside", args=[box]),
        "onward": request.path if request.method == "GET" else request.POST.get("onward", ""),
    }  # fmt: skip
    return render(request, "compartments/open.html", context, status=200 if request.method == "GET" else 422)


def keep_secret(response: HttpResponse, secret: str) -> None:
    """For this browser, until it is closed, and for the pages of compartments alone."""
    response.set_cookie(
        COOKIE, secret, path=COOKIE_PATH, httponly=True, samesite="Strict", secure=settings.SESSION_COOKIE_SECURE
    )


def shown(request: SignedIn, template: str, around: Around, *, status: int = 200, **more: Any) -> HttpResponse:
    """A page with the mark of who looks, and when, all over it."""
    context = {
        "around": around, "content": around.inside.content, "box": around.id, "section": "records",
        "strictly": True, "looked": timezone.now(), "closes": datetime.fromtimestamp(around.until, UTC),
        **more,
    }  # fmt: skip
    return render(request, template, context, status=status)


def refused(form: Any, error: Refused) -> None:
    form.add_error(None, REFUSALS[error.why])


# ---- outside


@require("compartments.know")
@require_http_methods(["GET"])
def listed(request: SignedIn) -> HttpResponse:
    """The compartments that this person is a member of, one's own key, and beginning one. For all others a page that
    says nothing."""
    open_now = queries.opening(request.user, request.COOKIES.get(COOKIE, ""))
    context = {
        "boxes": queries.known_to(request.user), "own": queries.own_key(request.user), "at_hand": queries.at_hand(),
        "open": open_now[0].box if open_now else "", "may_begin": bool(queries.classes_to_begin(request.user)),
        "section": "records",
    }  # fmt: skip
    return render(request, "compartments/list.html", context)


@sensitive_post_parameters()
@require("compartments.know")
@require_http_methods(["GET", "POST"])
def key(request: SignedIn) -> HttpResponse:
    """One's own key: make it, read its mark, change its passphrase."""
    if entering.must_come_again(request):
        return redirect(entering.again_for(reverse("compartments:key")))
    own = queries.own_key(request.user)
    form = OwnKey(request.POST if request.method == "POST" else None, person=request.user, has_key=own is not None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            if given.get("old"):
                services.change_passphrase(by=request.user, old=given["old"], new=given["passphrase"])
            else:
                services.make_key(by=request.user, passphrase=given["passphrase"])
            messages.success(request, _("Your key is kept."))
            return redirect("compartments:key")
        except Unreadable:
            form.add_error("old", _("It does not open with this passphrase."))
        except TooMany:
            form.add_error("old", _("Too many failed tries. Wait a quarter of an hour."))
        except (NoKeys, BadPlace):
            form.add_error(None, _("The keys are not here. Ask whoever keeps the medium with the keys."))
    return render(request, "compartments/key.html", {"form": form, "own": own, "section": "records"})


@sensitive_post_parameters()
@require("compartments.know")
@require_http_methods(["GET", "POST"])
def new(request: SignedIn) -> HttpResponse:
    """Begin a compartment, for those whose post may; a missing page for all others."""
    classes = queries.classes_to_begin(request.user)
    if not classes:
        raise Http404
    form = NewCompartment(request.POST if request.method == "POST" else None, classes=classes)
    if request.method == "POST" and form.is_valid():
        try:
            id = services.make_compartment(by=request.user, **form.cleaned_data)
            return redirect("compartments:inside", box=id)
        except Refused as error:
            refused(form, error)
        except (NoKeys, BadPlace):
            form.add_error(None, _("The keys are not here. Ask whoever keeps the medium with the keys."))
    return render(request, "compartments/new.html", {"form": form, "section": "records"})


@sensitive_post_parameters()
@require_POST
@require("compartments.know")
def open_(request: SignedIn, box: str) -> HttpResponse:
    """Open a compartment, and go on to the page that asked for it."""
    if box not in queries.known_to(request.user):
        raise Http404
    secret, form = _try_to_open(request, box)
    if not secret:
        return ask_to_open(request, box, form)
    first = reverse("compartments:inside", args=[box])
    onward = request.POST.get("onward", "")
    response = redirect(onward if onward.startswith(first) else first)
    keep_secret(response, secret)
    return response


@require_POST
@require("compartments.know")
def close(request: SignedIn) -> HttpResponse:
    """Close what this browser has open; nothing where nothing is."""
    secret = request.COOKIES.get(COOKIE, "")
    found = queries.opening(request.user, secret)
    if found is not None:
        services.close_compartment(by=request.user, opened=found[0], secret=secret)
    response = redirect("compartments:list")
    response.delete_cookie(COOKIE, path=COOKIE_PATH, samesite="Strict")
    return response


@sensitive_post_parameters()
@require("instance.lock-down")
@require_http_methods(["GET", "POST"])
def lock_down(request: SignedIn) -> HttpResponse:
    """Lock the instance down, with one's password. The answer is the neutral page that everybody sees from then on."""
    if entering.must_come_again(request) and not request.user.demonstration:
        return redirect(entering.again_for(reverse("compartments:lock-down")))
    form = LockDown(request.POST if request.method == "POST" else None, person=request.user)
    if request.method == "POST" and form.is_valid():
        services.lock_down_now(by=request.user)
        logout(request)
        return redirect("/")
    return render(request, "compartments/lock_down.html", {"form": form})
