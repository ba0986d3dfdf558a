"""The calendar of all rooms by month, week and agenda; and the address at which other programs read it."""

import hashlib
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from primacy.access import queries as access
from primacy.access import services as tokens
from primacy.access.queries import SignedIn
from primacy.access.requiring import may, require
from primacy.assessment import queries as assessment
from primacy.framework import Instance
from primacy.framework.queries import today
from primacy.work.dated import KINDS, VIEWS, by_day, span_of
from primacy.work.feed import feed as written
from primacy.work.pages import SECTION
from primacy.work.queries.calendar import NEUTRAL, days

BACK, AHEAD = timedelta(days=60), timedelta(days=400)  # what a feed holds
LASTS = 365
NAMES = {"month": gettext_lazy("Month"), "week": gettext_lazy("Week"), "agenda": gettext_lazy("Agenda")}
SORTS = {
    "mission": gettext_lazy("Mission"), "benchmark": gettext_lazy("Benchmarks"), "view": gettext_lazy("Views"),
    "decision": gettext_lazy("Decisions"), "task": gettext_lazy("Tasks"), "record": gettext_lazy("Planned in records"),
}  # fmt: skip


@require_safe
@require("work.read")
def calendar(request: SignedIn) -> HttpResponse:
    """One month, one week, or the next two months as a list. Links and a plain form lead everywhere."""
    present = today()
    span = span_of(request.GET.get("view", ""), _day(request.GET.get("day")) or _now(request, present))
    chosen = [each for each in request.GET.getlist("show") if each in KINDS] or list(KINDS)
    found = days(viewer=request.user, first=span.first, last=span.last)
    shown = by_day(each for each in found if each.kind in chosen)
    more = "".join(f"&show={each}" for each in chosen) if len(chosen) < len(KINDS) else ""
    context = {
        "span": span, "today": present, "views": [(each, NAMES[each]) for each in VIEWS], "more": more,
        "kinds": [(each, SORTS[each], each in chosen) for each in KINDS], "sorts": SORTS,
        "weeks": [[(day, shown.get(day, [])) for day in week] for week in span.weeks] if span.view == "month" else [],
        "idle": not any((day.year, day.month) == (span.day.year, span.day.month) for day in shown),
        "listed": sorted(shown.items()) if span.view != "week" else [
            (day, shown.get(day, [])) for day in (span.first + timedelta(days=n) for n in range(7))
        ],
        "section": SECTION,
    }  # fmt: skip
    return render(request, "work/calendar.html", context)


def _now(request: SignedIn, today: date) -> date:
    """The day on which it opens: today, and in an exercise the day that its newest assessment is of."""
    newest = assessment.latest(viewer=request.user) if Instance.here().is_exercise else None
    return newest.as_of if newest is not None else today


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


@require_http_methods(["GET", "POST"])
@require("work.read")
def elsewhere(request: SignedIn) -> HttpResponse:
    """Make an address at which a program reads one's calendar. It is shown once; the one before ends."""
    made = ""
    own = access.tokens(viewer=request.user, purpose=tokens.CALENDAR)
    if request.method == "POST":
        for each in own:
            tokens.withdraw_token(by=request.user, token=each)
        try:
            _token, secret = tokens.create_token(
                person=request.user, name=_("Calendar"), days=LASTS, purpose=tokens.CALENDAR
            )
            made = request.build_absolute_uri(reverse("work:feed", args=[secret]))
        except ValueError:
            messages.error(request, _("You have too many tokens; withdraw one first."))
    context = {"made": made, "working": own.filter(expires__gt=timezone.now()).first(), "section": SECTION}
    return render(request, "work/elsewhere.html", context)


@require_POST
@require("work.read")
def withdraw(request: SignedIn) -> HttpResponse:
    """End the address: whoever has it reads nothing from now on."""
    for each in access.tokens(viewer=request.user, purpose=tokens.CALENDAR):
        tokens.withdraw_token(by=request.user, token=each)
    messages.success(request, _("The address works no more."))
    return redirect("work:elsewhere")


@login_not_required
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar of the person whose address it is, by their rights of this moment. Any other address is missing."""
    token = tokens.use_token(secret, purpose=tokens.CALENDAR)
    if token is None or not _let_in(token.person):
        raise Http404
    person, present = token.person, today()
    with translation.override(person.language):
        found = days(viewer=person, first=present - BACK, last=present + AHEAD)
        words = {kind: str(word) for kind, word in NEUTRAL.items()}
        body = written(
            found, name=_("Calendar"), words=words, secret=settings.SECRET_KEY,
            address=request.build_absolute_uri(reverse("work:calendar")),
        )  # fmt: skip
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    unchanged = tag in [each.strip().removeprefix("W/") for each in request.headers.get("If-None-Match", "").split(",")]
    response = HttpResponse(status=304) if unchanged else HttpResponse(body, "text/calendar; charset=utf-8")
    response["ETag"], response["Cache-Control"] = tag, "private, no-cache"
    return response


def _let_in(person: Any) -> bool:
    return may(person, "work.read") and not person.one_time_password
