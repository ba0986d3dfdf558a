"""What waits for a second person, and how a page asks for one."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from primacy.access import vouching
from primacy.access.queries import SignedIn
from primacy.access.requiring import require


def ask(request: SignedIn, person: Any, deed: str, given: Mapping[str, Any] | None = None) -> vouching.Outcome:
    """Do it or let it wait, and say which."""
    outcome = vouching.ask(by=request.user, person=person, deed=deed, given=given)
    if not outcome.done:
        messages.info(request, _("It waits for a second person: somebody of the leadership, or another administrator."))
    return outcome


def show_once(request: SignedIn, name: str, one_time: str) -> HttpResponse:
    return render(request, "access/one_time_password.html", {"name": name, "one_time_password": one_time})


@require("access.vouch")
@require_safe
def waiting(request: SignedIn) -> HttpResponse:
    found = [
        (each, vouching.may_agree(request.user, each), vouching.has_nobody(each))
        for each in vouching.waiting(viewer=request.user)
    ]
    context = {"waiting": found, "days": vouching.LASTS.days, "needed": vouching.needs_another(request.user)}
    return render(request, "access/second_person.html", context)


@require("access.vouch")
@require_POST
def decide(request: SignedIn, number: int) -> HttpResponse:
    """Agree, or say no. Whoever agrees to a new password is shown it, and tells it to the person."""
    if request.POST.get("answer") not in ("agree", "refuse"):
        raise Http404
    agreed = request.POST["answer"] == "agree"
    name = next((each.person.username for each in vouching.waiting(viewer=request.user) if each.pk == number), "")
    try:
        outcome = vouching.decide(by=request.user, number=number, agreed=agreed)
    except LookupError as error:
        raise Http404 from error
    except vouching.NotTheSame:
        messages.error(request, _("Somebody else must agree: not who asked, and not whom it is about."))
        return redirect("access:second-person")
    except ValueError:
        messages.error(request, _("It can be done no more. Somebody must be left who can administer."))
        return redirect("access:second-person")
    if outcome.shown:
        return show_once(request, name, outcome.shown)
    messages.success(request, _("It is done.") if agreed else _("It is refused."))
    return redirect("access:second-person")
