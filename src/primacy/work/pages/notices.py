"""Notices, and what one wishes to be told of."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.work.forms import WishesForm
from primacy.work.pages import SECTION
from primacy.work.queries import notices as queries
from primacy.work.services import notices as services

SHOWN = 100


@require_http_methods(["GET", "POST"])
@require("work.read")
def notices(request: SignedIn) -> HttpResponse:
    """The newest, unread ones marked; posted to, all are read."""
    if request.method == "POST":
        services.read_all(by=request.user)
        return redirect("work:notices")
    found = queries.notices(viewer=request.user)[:SHOWN]
    waiting = sum(each.notice.read is None for each in found)
    context = {"rows": found, "waiting": waiting, "section": SECTION}
    return render(request, "work/notices.html", context)


@require_POST
@require("work.read")
def follow(request: SignedIn, notice_id: UUID) -> HttpResponse:
    """Read one: it leads to what it is about."""
    try:
        found = queries.notice(viewer=request.user, id=notice_id)
    except LookupError as error:
        raise Http404 from error
    services.read(by=request.user, notice=found.notice)
    return redirect(found.address)


@require_http_methods(["GET", "POST"])
@require("work.read")
def wishes(request: SignedIn) -> HttpResponse:
    """What one wishes to be told of, on the site and by e-mail."""
    kept = queries.wishes(request.user)
    form = WishesForm(request.POST if request.method == "POST" else None, wishes=kept)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        services.keep_wishes(
            by=request.user,
            muted=form.muted,
            digest=told.get("digest", kept.digest),
            address=told.get("address", kept.address),
        )
        messages.success(request, _("It is kept."))
        return redirect("work:wishes")
    return render(request, "work/wishes.html", {"form": form, "section": SECTION})
