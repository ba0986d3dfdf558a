"""Who is signed in where: one's own sessions, and for the administrator those of somebody, with how they sign in."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from primacy.access import entering, factors, queries, sessions
from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.access.sign_in_forms import Address
from primacy.access.vouching_pages import ask


@require("sign-in.own")
@require_safe
def own(request: SignedIn) -> HttpResponse:
    visits = sessions.sessions(viewer=request.user, person=request.user, current=request.session.session_key)
    return render(request, "access/sessions.html", {"visits": visits})


@require("sign-in.own")
@require_POST
def end_one(request: SignedIn, reference: str) -> HttpResponse:
    if not sessions.end_session(by=request.user, person=request.user, reference=reference):
        raise Http404
    messages.success(request, _("The session is ended."))
    return redirect("access:sessions")


@require("sign-in.own")
@require_POST
def end_others(request: SignedIn) -> HttpResponse:
    _say(request, sessions.end_sessions(by=request.user, person=request.user, but=request.session.session_key))
    return redirect("access:sessions")


def _person(request: SignedIn, person_id: int) -> Any:
    return get_object_or_404(queries.people(viewer=request.user), pk=person_id)


@require("people.manage")
@require_http_methods(["GET", "POST"])
def of_person(request: SignedIn, person_id: int) -> HttpResponse:
    """How somebody signs in and where they are signed in; and, where there is a provider, their address there."""
    person = _person(request, person_id)
    form = Address(request.POST or None, person=person, initial={"email": person.email}) if settings.OPENID else None
    if request.method == "POST" and form is not None and form.is_valid():
        if ask(request, person, "address", {"email": form.cleaned_data["email"]}).done:
            messages.success(request, _("The address is kept."))
        return redirect("access:sign-ins", person.pk)
    context = {
        "person": person, "held": factors.held(person), "needed": entering.needs_second(person), "form": form,
        "visits": sessions.sessions(viewer=request.user, person=person, current=request.session.session_key),
    }  # fmt: skip
    return render(request, "access/sign_ins.html", context)


@require("people.manage")
@require_POST
def end_all(request: SignedIn, person_id: int) -> HttpResponse:
    """All sessions of somebody; of oneself, all but this one."""
    person = _person(request, person_id)
    _say(request, sessions.end_sessions(by=request.user, person=person, but=request.session.session_key))
    return redirect("access:sign-ins", person.pk)


@require("people.manage")
@require_POST
def end_of_person(request: SignedIn, person_id: int, reference: str) -> HttpResponse:
    person = _person(request, person_id)
    if not sessions.end_session(by=request.user, person=person, reference=reference):
        raise Http404
    return redirect("access:sign-ins", person.pk)


@require("people.manage")
@require_POST
def remove_factors(request: SignedIn, person_id: int) -> HttpResponse:
    person = _person(request, person_id)
    if ask(request, person, "factors").done:
        messages.success(request, _("All second factors are removed, and all sessions ended."))
    return redirect("access:sign-ins", person.pk)


def _say(request: SignedIn, ended: int) -> None:
    if ended:
        said = ngettext("%(count)d session is ended.", "%(count)d sessions are ended.", ended) % {"count": ended}
        messages.success(request, said)
    else:
        messages.info(request, _("There was no other session."))
