"""The one page for the leadership: live, as of any stored assessment, narrowed, projected; and kept for a meeting."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from primacy.access.queries import SignedIn
from primacy.access.requiring import may, require
from primacy.assessment import pages, queries
from primacy.assessment.finding import Finding
from primacy.assessment.forms import NewAssessment
from primacy.assessment.front.meeting_page import open_to, seen_of
from primacy.assessment.front.narrowing import Narrowing, choices, narrowed, narrowed_changes, narrowed_watches
from primacy.assessment.front.overview import AT_MOST, Overview, overview
from primacy.assessment.indicators.unheard import unheard
from primacy.assessment.inputs import FULL
from primacy.assessment.over_time.changes import Change
from primacy.assessment.queries import StoredAssessment
from primacy.framework import Framework, Instance, Mission
from primacy.places.at_hand import place_names
from primacy.places.coarseness import KNOWN_TO_EXIST

NEWS = 3
PROJECTOR = "projector"
VIEWS = ("", PROJECTOR)
AT_MOST_PROJECTED = 3


@require_safe
@require("assessment.read")
def front(request: SignedIn) -> HttpResponse:
    """The page as it stands, or what to do while there is no assessment."""
    framework, mission = pages.here(Instance.here())
    shown = pages._shown(request)
    if shown is None:
        context = pages._context(request, None, framework=framework, mission=mission, form=NewAssessment())
        return render(request, "assessment/empty.html", context)
    stored = queries.assessments(viewer=request.user)
    before = queries.before_it(shown)
    return _page(
        request, shown, framework, mission, "assessment/front.html",
        findings=queries.findings(viewer=request.user, assessment_id=shown.id),
        changes=queries.changes(viewer=request.user, assessment_id=shown.id),
        since=pages._since(before, shown), first=before is None, before=before,
        **_days(request, stored, shown), news=_news(request, stored, shown),
    )  # fmt: skip


@require_safe
@require("assessment.read")
def meeting(request: SignedIn, meeting_id: str) -> HttpResponse:
    """The page of one assessment as it was kept for a meeting, with the news since then apart from it."""
    try:
        kept = queries.meeting(viewer=request.user, meeting_id=meeting_id)
        seen = seen_of(kept.seen)
        findings = queries.findings(viewer=request.user, assessment_id=kept.assessment, seen=seen)
        framework = queries.framework_of(viewer=request.user, assessment_id=kept.assessment)
    except LookupError as error:
        raise Http404 from error
    stored = queries.assessments(viewer=request.user)
    shown = next(each for each in stored if each.id == kept.assessment)
    hidden = queries.asking(viewer=request.user, assessment_id=shown.id).hidden
    return _page(
        request, shown, framework, seen.mission, "assessment/meeting.html",
        findings=findings, changes=open_to(seen.changes, hidden), since=seen.since, first=seen.first,
        before=queries.before_it(shown), meeting=kept, keep=f"?assessment={shown.id}",
        newer=[each for each in stored if each.created > kept.at and each.as_of >= shown.as_of and not each.set_back],
        news=queries.flashes(viewer=request.user, since=kept.at, withdrawn=False),
    )  # fmt: skip


def _page(
    request: SignedIn, shown: StoredAssessment, framework: Framework, mission: Mission, template: str, *,
    findings: list[Finding], changes: list[Change], since: str | None, before: StoredAssessment | None, **more: object,
) -> HttpResponse:  # fmt: skip
    """One overview drawn; `before` is the assessment with which an area is compared."""
    offered = choices(findings, framework, mission)
    asked = Narrowing(*(request.GET.get(name, "") for name in ("area", "component", "horizon")))
    if not offered.hold(asked) or request.GET.get("view", "") not in VIEWS:
        raise Http404
    projected = request.GET.get("view") == PROJECTOR
    most = AT_MOST_PROJECTED if projected else AT_MOST
    seen = narrowed(findings, framework, asked)
    watches = queries.watches(viewer=request.user, assessment_id=shown.id)
    drawn = overview(
        seen, narrowed_changes(changes, _earlier(request, before, framework, asked), seen, asked), framework, mission,
        since=since, watches=narrowed_watches(watches, framework, asked),
    )  # fmt: skip
    context = pages._context(
        request, shown, framework=framework, mission=mission, overview=drawn, choices=offered, asked=asked,
        asked_for={name: value for name, value in asdict(asked).items() if value}, projector=projected,
        asking=queries.asking(viewer=request.user, assessment_id=shown.id),
        at_most_slice=f":{most}", caused=any(each.cause for each in drawn.changes),
        **_first_risks(drawn, most), **_first_decisions(drawn, most), **_unheard(request, shown, mission, asked),
    )  # fmt: skip
    return render(request, template, context | more)


def _earlier(
    request: SignedIn, before: StoredAssessment | None, framework: Framework, asked: Narrowing
) -> list[Finding]:
    """The findings before, in the area asked for."""
    if before is None or not asked.area:
        return []
    return narrowed(queries.findings(viewer=request.user, assessment_id=before.id), framework, asked)


@dataclass(frozen=True)
class Day:
    """An assessment in the list of days. `told_apart`: there is another of its day; `older`: another stands for
    that day; `live`: the one shown when nobody names one."""

    stored: StoredAssessment
    told_apart: bool
    older: bool
    live: bool


def _days(request: SignedIn, stored: Sequence[StoredAssessment], shown: StoredAssessment) -> dict[str, Any]:
    """The list of days, and the steps to the day before and after the one shown."""
    times, newest, live = (
        Counter(each.as_of for each in stored),
        _newest_of_days(stored),
        queries.latest(viewer=request.user),
    )
    listed = [
        Day(each, times[each.as_of] > 1, newest[each.as_of] != each.id, live is not None and each.id == live.id)
        for each in stored
    ]
    steps = [each for each in listed if not each.older or each.stored.id == shown.id]
    place = next(n for n, each in enumerate(steps) if each.stored.id == shown.id)
    return {
        "days": listed, "earlier": steps[place + 1] if place + 1 < len(steps) else None,
        "later": steps[place - 1] if place else None,
    }  # fmt: skip


def _newest_of_days(stored: Sequence[StoredAssessment]) -> dict[date, str]:
    """The id of the one that stands for each day: the newest of all evidence and no knowledge set back, else the
    newest."""
    usual = [each for each in stored if each.level >= FULL and not each.set_back]
    return {each.as_of: each.id for each in [*reversed(stored), *reversed(usual)]}


def _later(stored: Sequence[StoredAssessment], shown: StoredAssessment) -> StoredAssessment | None:
    """The assessment just after the one shown."""
    usual = [each for each in stored if each.id == shown.id or not each.set_back]
    place = next(n for n, each in enumerate(usual) if each.id == shown.id)
    return usual[place - 1] if place else None


def _news(request: SignedIn, stored: Sequence[StoredAssessment], shown: StoredAssessment) -> list[Any]:
    """The newest flashes of the time after the assessment shown and before the next one."""
    later = _later(stored, shown)
    until = later.created if later is not None and later.created > shown.created else now()
    return queries.flashes(viewer=request.user, since=shown.created, until=until, withdrawn=False)[:NEWS]


def _unheard(request: SignedIn, shown: StoredAssessment, mission: Mission, asked: Narrowing) -> dict[str, Any]:
    """Places of which nothing is told, as far as this reader may know; nothing of it where the page is narrowed.

    For whoever may not see all, what is protected is left out and the page says so, whether there is any or not.
    """
    if asked.asked:
        return {}
    instance = Instance.here()
    detail = may(request.user, "evidence.detail")
    level = None if detail else KNOWN_TO_EXIST
    codes = unheard(instance, mission, as_of=shown.as_of, known=shown.known, level=level)
    names = place_names(instance.places, pages.language())
    return {"unheard": sorted((names.get(code, code), code) for code in codes), "left_out": not detail}


def _first_risks(seen: Overview, most: int) -> dict[str, Any]:
    """Warning signs first, and at least two findings that may fall back where there are any."""
    warned = seen.warned[: most - min(most // 2, len(seen.risks))]
    return {"warned": warned, "risks": seen.risks[: most - len(warned)]}


def _first_decisions(seen: Overview, most: int) -> dict[str, Any]:
    """The gravest few of single findings, followed by the first general ones, which no meeting is shown."""
    single = [each for each in seen.decisions if each.single]
    general = [each for each in seen.decisions if not each.single][: most - AT_MOST_PROJECTED]
    kept = single[: most - len(general)]
    return {"decisions": kept + general, "more_decisions": len(single) - len(kept)}
