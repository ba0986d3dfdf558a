"""How one signs in: one's passkeys, one-time codes and recovery codes. To change them, one shows again who one is."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from primacy.access import entering, factors, services
from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.access.sign_in_forms import NewCodes, NewPasskey
from primacy.access.sign_in_pages import wants_json

UNTRIED = "secret-of-new-codes"
Page = Callable[..., HttpResponse]


def fresh(page: Page) -> Page:
    """Only within ten minutes of a sign-in: somebody else may sit before an open session."""

    @wraps(page)
    def guarded(request: SignedIn, *args: Any, **named: Any) -> HttpResponse:
        return page(request, *args, **named) if entering.is_fresh(request) else _again()

    return guarded


def _again() -> HttpResponse:
    return redirect(entering.again_for(reverse("access:factors")))


@require("sign-in.own")
@require_safe
def ways(request: SignedIn) -> HttpResponse:
    """What one has, what is missing, and whether the role must have more."""
    return _shown(request)


def _shown(request: SignedIn, **more: Any) -> HttpResponse:
    due = bool(request.session.get(entering.DUE))
    context = {
        "held": factors.held(request.user), "second": factors.has_second(request.user), "due": due,
        "needed": entering.needs_second(request.user), "may_wait": due and entering.may_wait(request),
        "passkey_form": NewPasskey(), "named": not request.get_host().startswith(("127.", "[")), **more,
    }  # fmt: skip
    return render(request, "access/factors.html", context)


@require("sign-in.own")
@require_http_methods(["GET", "POST"])
@fresh
def one_time_codes(request: SignedIn) -> HttpResponse:
    """A new secret as a picture and as letters, kept once the first code computed from it is right."""
    secret = request.session.get(UNTRIED) or factors.new_secret()
    request.session[UNTRIED] = secret
    form, status = NewCodes(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        name, address = request.user.username, entering.address_of(request)
        if services.too_many_failures(name=name, address=address):
            form.add_error(None, _("Too many failed tries. Wait a quarter of an hour, or ask an administrator."))
            status = 429
        elif factors.is_code_of(secret, form.code_given()):
            factors.add_codes(person=request.user, secret=secret)
            request.session.pop(UNTRIED)
            return _done(request, _("One-time codes are on."))
        else:
            services.record_failed_sign_in(name=name, address=address, step="first code")
            form.add_error(
                "code", _("This code is not right. Look at the clock of both devices, and take the next one.")
            )
    drawn = mark_safe(factors.drawn(request.user, secret))  # noqa: S308 - made here, of nothing that anybody typed
    groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
    context = {"form": form, "drawn": drawn, "groups": groups}
    return render(request, "access/one_time_codes.html", context, status=status)


@require("sign-in.own")
@require_http_methods(["GET", "POST"])
@fresh
def new_passkey(request: SignedIn) -> HttpResponse:
    """What the browser is asked, and the passkey that it made."""
    if request.method == "GET":
        return JsonResponse(factors.begin_passkey(request.user)) if wants_json(request) else redirect("access:factors")
    form = NewPasskey(request.POST)
    if form.is_valid():
        name = form.cleaned_data["name"].strip() or _("Passkey")
        if factors.add_passkey(person=request.user, name=name, answer=form.cleaned_data["answer"]):
            return _done(request, _("The passkey is added."))
    messages.error(request, _("The passkey was not made. Nothing was changed; try again."))
    return redirect("access:factors")


def _done(request: SignedIn, words: str) -> HttpResponse:
    """One way more; nothing is due any more. With the first, recovery codes are made and shown this once."""
    request.session.pop(entering.DUE, None)
    messages.success(request, words)
    if any(each.kind == factors.RECOVERY for each in factors.held(request.user)):
        return redirect("access:factors")
    return _shown(request, recovery_codes=factors.new_recovery_codes(person=request.user))


@require("sign-in.own")
@require_POST
@fresh
def recovery_codes(request: SignedIn) -> HttpResponse:
    """New ones in place of those before, which open nothing any more."""
    if not factors.has_second(request.user):
        raise Http404
    return _shown(request, recovery_codes=factors.new_recovery_codes(person=request.user))


@require("sign-in.own")
@require_POST
def remove(request: SignedIn, factor_id: int) -> HttpResponse:
    if factor_id not in {each.id for each in factors.held(request.user)}:
        raise Http404
    if not entering.is_fresh(request):
        return _again()
    needed = entering.needs_second(request.user) and not entering.may_wait(request)
    try:
        factors.remove(person=request.user, factor_id=factor_id, needed=needed)
        messages.success(request, _("It is removed, and opens nothing any more."))
    except ValueError:
        messages.error(request, _("Your role needs a second factor: add another one first."))
    return redirect("access:factors")


@require("sign-in.own")
@require_POST
def later(request: SignedIn) -> HttpResponse:
    """On a machine that serves nobody else, a second factor can wait until the next sign-in."""
    if not request.session.get(entering.DUE) or not entering.may_wait(request):
        raise Http404
    del request.session[entering.DUE]
    services.record(request.user, "put off the second factor", request.user.username)
    return redirect("/")
