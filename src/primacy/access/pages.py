"""One's own password, language and tokens, and the people of the site."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from primacy.access import queries, services
from primacy.access.entering import address_of, again_for, must_come_again, safe, set_language
from primacy.access.forms import NewPassword, NewPerson, NewToken, Role
from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.access.vouching_pages import ask, show_once

HARMLESS = "reader"  # the role that one administrator gives alone; another one waits for a second person


@login_not_required
@require_POST
def language(request: SignedIn) -> HttpResponse:
    """Switch the language of the site, and remember it for whoever is signed in."""
    chosen = request.POST.get("language", "")
    response = redirect(safe(request, request.POST.get("next")))
    if chosen not in dict(settings.LANGUAGES):
        return response
    if request.user.is_authenticated:
        services.choose_language(person=request.user, language=chosen)
    return set_language(response, chosen)


@sensitive_post_parameters("old", "new", "again")
@require_http_methods(["GET", "POST"])
def password(request: SignedIn) -> HttpResponse:
    form = NewPassword(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        services.change_password(
            person=request.user, password=form.cleaned_data["new"], but=request.session.session_key
        )
        update_session_auth_hash(request, request.user)
        messages.success(request, _("Your password is changed."))
        return redirect("/")
    return render(request, "access/password.html", {"form": form})


@sensitive_post_parameters("password")
@require("token.own")
@require_http_methods(["GET", "POST"])
def tokens(request: SignedIn) -> HttpResponse:
    """One's own tokens for scripts, and the form that makes one; its secret is shown this once. Whoever has no password
    to give (who comes by the provider, the people of an exercise) signs in again first."""
    form, secret, status = NewToken(request.POST or None, person=request.user), "", 200
    again = again_for(reverse("access:tokens")) if must_come_again(request) else ""
    if request.method == "POST" and again:
        return redirect(again)
    if request.method == "POST":
        form, secret, status = _new_token(request, form)
    now = timezone.now()
    listed = [(each, each.expires > now) for each in queries.tokens(viewer=request.user)]
    context = {
        "form": form,
        "tokens": listed,
        "secret": secret,
        "home": request.build_absolute_uri("/"),
        "again": again,
    }
    return render(request, "access/tokens.html", context, status=status)


def _new_token(request: SignedIn, form: NewToken) -> tuple[NewToken, str, int]:
    """(the form to show, the secret of the token if one was made, status)"""
    name, address = request.user.username, address_of(request)
    if services.too_many_failures(name=name, address=address):
        form.add_error(None, _("Too many failed tries. Wait a quarter of an hour, or ask an administrator."))
        return form, "", 429
    if not form.is_valid():
        if "password" in form.errors:
            services.record_failed_sign_in(name=name, address=address)
        return form, "", 200
    try:
        given = form.cleaned_data
        _token, secret = services.create_token(person=request.user, name=given["name"], days=given["days"])
    except ValueError:
        form.add_error(None, _("You have many tokens. Withdraw those that nobody uses."))
        return form, "", 200
    return NewToken(person=request.user), secret, 200


@require("token.own")
@require_POST
def withdraw_token(request: SignedIn, token_id: int) -> HttpResponse:
    token = get_object_or_404(queries.tokens(viewer=request.user), pk=token_id)
    services.withdraw_token(by=request.user, token=token)
    messages.success(request, _("The token is withdrawn. It opens nothing any more."))
    return redirect("access:tokens")


@require("people.manage")
@require_http_methods(["GET", "POST"])
def people(request: SignedIn) -> HttpResponse:
    """Everybody who can sign in, and the form that adds somebody."""
    form = NewPerson(request.POST or None)
    if request.method == "POST" and form.is_valid():
        role = form.cleaned_data.pop("role")
        person, one_time = services.add_person(by=request.user, role=HARMLESS, **form.cleaned_data)
        if role != HARMLESS:
            ask(request, person, "role", {"role": role})
        return show_once(request, person.username, one_time)
    everybody = [
        (each, Role({"role": each.role}, auto_id=f"{each.pk}-%s")) for each in queries.people(viewer=request.user)
    ]
    trail = queries.trail(viewer=request.user)
    return render(request, "access/people.html", {"form": form, "people": everybody, "trail": trail})


@require("people.manage")
@require_POST
def change_role(request: SignedIn, person_id: int) -> HttpResponse:
    person = get_object_or_404(queries.people(viewer=request.user), pk=person_id)
    form = Role(request.POST)
    if form.is_valid():
        _try(request, lambda: ask(request, person, "role", {"role": form.cleaned_data["role"]}))
    return redirect("access:people")


@require("people.manage")
@require_POST
def switch(request: SignedIn, person_id: int) -> HttpResponse:
    person = get_object_or_404(queries.people(viewer=request.user), pk=person_id)
    if person.is_active:
        _try(request, lambda: services.switch(by=request.user, person=person, on=False))
    else:
        ask(request, person, "on")
    return redirect("access:people")


@require("people.manage")
@require_POST
def reset_password(request: SignedIn, person_id: int) -> HttpResponse:
    person = get_object_or_404(queries.people(viewer=request.user), pk=person_id)
    outcome = ask(request, person, "password")
    return show_once(request, person.username, outcome.shown) if outcome.done else redirect("access:people")


def _try(request: SignedIn, deed: Callable[[], object]) -> None:
    try:
        deed()
    except ValueError:
        messages.error(request, _("Somebody must be left who can administer."))
