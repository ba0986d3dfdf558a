"""Around the front page: pages kept for meetings, and news released since."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from primacy.access.queries import SignedIn
from primacy.access.requiring import require
from primacy.assessment import pages, queries
from primacy.assessment.forms import FlashToRelease, FlashToWithdraw, MeetingToKeep
from primacy.assessment.services import meetings as services


@require_http_methods(["GET", "POST"])
@require("assessment.read")
def meetings(request: SignedIn) -> HttpResponseBase:
    """Every page that was kept, newest first, and the form that keeps the one shown."""
    return _keep(request) if request.method == "POST" else _meetings(request, MeetingToKeep())


def _meetings(request: SignedIn, form: MeetingToKeep) -> HttpResponse:
    shown = pages._shown(request)
    as_of = {each.id: each.as_of for each in queries.assessments(viewer=request.user)}
    kept = [(each, as_of.get(each.assessment)) for each in queries.meetings(viewer=request.user)]
    context = pages._context(request, shown, kept=kept, form=form)
    return render(request, "assessment/meetings.html", context)


@require("meeting.keep")
def _keep(request: SignedIn) -> HttpResponse:
    shown, form = pages.must_be_shown(request), MeetingToKeep(request.POST)
    if not form.is_valid():
        return _meetings(request, form)
    before = queries.before_it(shown)
    page = services.keep_for_meeting(
        by=request.user, assessment_id=shown.id, title=form.cleaned_data["title"],
        since=pages._since(before, shown), first=before is None,
    )  # fmt: skip
    return redirect("assessment:meeting", meeting_id=page.pk)


@require_http_methods(["GET", "POST"])
@require("assessment.read")
def flashes(request: SignedIn) -> HttpResponseBase:
    """All news, also what was taken back, and the form of the duty officer."""
    return _release(request) if request.method == "POST" else _flashes(request, FlashToRelease())


def _flashes(request: SignedIn, form: FlashToRelease) -> HttpResponse:
    told = queries.flashes(viewer=request.user)
    context = pages._context(request, pages._shown(request), news=told, form=form, withdrawing=FlashToWithdraw())
    return render(request, "assessment/flashes.html", context)


@require("flash.release")
def _release(request: SignedIn) -> HttpResponse:
    form = FlashToRelease(request.POST)
    if not form.is_valid():
        return _flashes(request, form)
    services.release_flash(by=request.user, **form.cleaned_data)
    messages.success(request, _("Released: it stands on the front page and on pages kept for meetings."))
    return redirect("assessment:flashes")


@require_POST
@require("flash.release")
def withdraw_flash(request: SignedIn, flash_id: int) -> HttpResponse:
    """Take news back, with the reason."""
    if flash_id not in {each.id for each in queries.flashes(viewer=request.user, withdrawn=False)}:
        raise Http404
    form = FlashToWithdraw(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why it no longer holds."))
        return redirect("assessment:flashes")
    services.withdraw_flash(by=request.user, flash_id=flash_id, because=form.cleaned_data["because"])
    return redirect("assessment:flashes")
