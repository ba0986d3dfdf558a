"""Reads of stored assessments, their findings, and the data points behind them."""

import datetime
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import fields, replace

from django.db.models import QuerySet
from django.utils import timezone

from primacy.access.models import User
from primacy.access.once import once
from primacy.access.requiring import may
from primacy.access.rights import table
from primacy.assessment.finding import Finding, Watch
from primacy.assessment.front import pictures_kept
from primacy.assessment.front.meeting_page import Seen
from primacy.assessment.inputs import FULL
from primacy.assessment.models import LeadershipView, StoredAssessment
from primacy.assessment.over_time.changes import Change
from primacy.assessment.over_time.comparison import kept, unexplained
from primacy.assessment.queries.behind import EvidencePage, EvidenceRow, all_evidence_rows, evidence_rows
from primacy.assessment.queries.entered import coded_as_seen, coded_items, reported_signs, signs
from primacy.assessment.queries.meetings import flashes, meeting, meetings
from primacy.assessment.queries.signed_off import with_sign_offs
from primacy.assessment.queries.stored import (
    findings_at,
    findings_in,
    framework_of,
    learnt_here,
    package_of,
    stored_for,
    watches_in,
)
from primacy.assessment.told.consequences import Consequences
from primacy.assessment.told.other_sources_told import for_reader
from primacy.assessment.views import (
    TIME_TO_ANSWER,
    Asking,
    Share,
    View,
    asked,
    differs,
    marked,
    month_of,
    share_of_differences,
    standing,
    veiled,
    veiled_watch,
    waiting_for,
)
from primacy.framework import Instance, load, read_mission
from primacy.framework.queries import today

__all__ = [
    "Asking",
    "EvidencePage",
    "EvidenceRow",
    "StoredAssessment",
    "all_evidence_rows",
    "asked_of_anybody",
    "asking",
    "assessments",
    "before_it",
    "changes",
    "changes_between",
    "coded_as_seen",
    "coded_items",
    "evidence_rows",
    "finding",
    "findings",
    "flashes",
    "framework_of",
    "latest",
    "learnt_here",
    "meeting",
    "meetings",
    "people",
    "reported_signs",
    "share",
    "signs",
    "today",
    "views",
    "watches",
]

SEE_WHO = ("assessment.view", "people.manage")  # deeds of those who may know by name who gave which view


def assessments(*, viewer: User) -> list[StoredAssessment]:
    """The latest day first, and of one day the newest; what the viewer is asked about is counted as that, and not by
    its status."""
    return list(once(("assessments", viewer.pk), lambda: _assessments(viewer)))


def _assessments(viewer: User) -> list[StoredAssessment]:
    if not may(viewer, "assessment.read"):
        return []
    listed = with_sign_offs(list(StoredAssessment.objects.all()))
    if may(viewer, "assessment.view"):
        for each in listed:
            there = package_of(each.id).is_file()
            hidden = asking(viewer=viewer, assessment_id=each.id).hidden if there else frozenset()
            if hidden:
                each.counts = dict(Counter(found.status for found in findings(viewer=viewer, assessment_id=each.id)))
    return listed


def latest(*, viewer: User, as_of: datetime.date | None = None) -> StoredAssessment | None:
    """The newest assessment of the latest day that has come, or of a named day; one of part of the evidence, with its
    knowledge set back, or of a day to come while there are others, is shown only when asked for."""
    whole = [each for each in assessments(viewer=viewer) if each.level >= FULL]
    listed = [each for each in whole if not each.set_back] or whole
    if as_of is not None:
        return next((each for each in listed if each.as_of == as_of), None)
    day = today()
    return next((each for each in listed if each.as_of <= day), listed[-1] if listed else None)


def findings(*, viewer: User, assessment_id: str, seen: Seen | None = None) -> list[Finding]:
    """In the framework's order, veiled where the viewer's own view comes first; with the leadership's marks of now,
    or with those that a page kept for a meeting has `seen`.

    Raises LookupError where there is no such assessment for this viewer.
    """
    stored = stored_for(viewer, assessment_id)
    asked_ = asking(viewer=viewer, assessment_id=assessment_id)
    due, differing = (seen.due, seen.differs) if seen is not None else marks_of_leadership(stored)
    details = may(viewer, "evidence.detail")
    return [
        veiled(each, asked_.waits.get(each.benchmark, ()))
        if each.benchmark in asked_.hidden
        else marked(for_reader(each, details=details), due=each.benchmark in due, differs=each.benchmark in differing)
        for each in findings_in(stored.id)
    ]


def asking(*, viewer: User, assessment_id: str) -> Asking:
    """Only in the last two months, only those whose view it is, and only until the day by which they are to answer.

    A view on a later month opens the earlier one too: it can no longer be led by it.
    """
    return once(("asking", viewer.pk, assessment_id), lambda: _asking(viewer, assessment_id))


def _asking(viewer: User, assessment_id: str) -> Asking:
    stored = stored_for(viewer, assessment_id)
    if not may(viewer, "assessment.view"):
        return Asking()
    until = _answer_by(stored)
    if until is None or timezone.now() > until:
        return Asking()
    since = LeadershipView.objects.filter(by=viewer.username, as_of__gte=stored.as_of.replace(day=1))
    given = set(since.values_list("benchmark", flat=True))
    owed = asked(findings_in(stored.id), _core(), given)
    waits = waiting_for(owed, load(Instance.here().overlay, today()).prerequisites())
    return Asking(frozenset(owed), waits, until.date())


def asked_of_anybody(*, assessment_id: str) -> frozenset[str]:
    """The benchmarks hidden from anybody who still owes a view. For what many read at once, such as the terminal of an
    exercise, on which a team and its leadership look together."""
    return frozenset[str]().union(*(asking(viewer=each, assessment_id=assessment_id).hidden for each in _entitled()))


def _entitled() -> QuerySet[User]:
    """Whoever may give a view."""
    roles = [role for role in table().roles if table().allows(role, "assessment.view")]
    return User.objects.filter(role__in=roles, is_active=True)


def judged(*, viewer: User, assessment_id: str, benchmark_id: str) -> tuple[StoredAssessment, Finding]:
    """A finding as it was computed, for the keeping of a view on it; it is never shown so to who owes one.

    Raises LookupError for who may give no view and for what does not exist.
    """
    stored = stored_for(viewer, assessment_id)
    if not may(viewer, "assessment.view"):
        raise LookupError(assessment_id)
    for each in findings_in(stored.id):
        if each.benchmark == benchmark_id:
            return stored, each
    raise LookupError(benchmark_id)


def views(*, viewer: User, assessment_id: str, benchmark_id: str) -> list[tuple[View, bool]]:
    """All views on a benchmark for the month of an assessment, newest first, each with whether it still stands.

    None while the viewer's own is asked for. Who gave them is told to those who give views themselves and to those who
    look after people and their deeds; everybody else learns what was said, and of no person whether it was right.
    """
    stored = stored_for(viewer, assessment_id)
    if benchmark_id in asking(viewer=viewer, assessment_id=assessment_id).hidden:
        return []
    said = [each for each in views_of_month(stored.as_of) if each.benchmark == benchmark_id]
    current, named = standing(said), any(may(viewer, deed) for deed in SEE_WHO)
    return [
        (each if named else replace(each, by="", role=""), each in current)
        for each in sorted(said, key=lambda each: each.at, reverse=True)
    ]


def share(*, viewer: User) -> Share:
    """How many of all views differ from what was computed, over everybody and everything."""
    if not may(viewer, "assessment.read"):
        return Share(0, None)
    return share_of_differences(_view(each) for each in LeadershipView.objects.all())


def views_of_month(as_of: datetime.date) -> list[View]:
    """All views for the month of a day, oldest first, for the package of an assessment; no page shows them unasked."""
    year, month = month_of(as_of)
    return [_view(each) for each in LeadershipView.objects.filter(as_of__year=year, as_of__month=month)]


def _view(kept: LeadershipView) -> View:
    return View(**{each.name: getattr(kept, each.name) for each in fields(View)})


def _answer_by(stored: StoredAssessment) -> datetime.datetime | None:
    """When the time to answer ends, counted from the first assessment of the month.

    None for what is history: before the month that precedes the newest one. A day to come makes none of that.
    """
    listed = once("days of assessments", lambda: list(StoredAssessment.objects.values_list("as_of", "created")))
    month, day = month_of(stored.as_of), today()
    newest = max((as_of for as_of, _created in listed if as_of <= day), default=stored.as_of)
    if month < month_of(newest.replace(day=1) - datetime.timedelta(days=1)):
        return None
    return min(created for as_of, created in listed if month_of(as_of) == month) + TIME_TO_ANSWER


def _unanswered(stored: StoredAssessment, found: Sequence[Finding], said: Sequence[View]) -> set[str]:
    """Core benchmarks of no past month on which nobody gave a view, where somebody is there to give it."""
    if not _entitled().exists() or _answer_by(stored) is None:
        return set()
    return asked(found, _core(), {each.benchmark for each in said if not each.passed})


def _core() -> list[str]:
    return read_mission(Instance.here().mission_file).core


def finding(*, viewer: User, assessment_id: str, benchmark_id: str) -> Finding:
    for each in findings(viewer=viewer, assessment_id=assessment_id):
        if each.benchmark == benchmark_id:
            return each
    raise LookupError(benchmark_id)


def watches(*, viewer: User, assessment_id: str) -> list[Watch]:
    """Risks and trade-offs with their signals; LookupError where there is no such assessment for this viewer."""
    hidden, found = asking(viewer=viewer, assessment_id=assessment_id).hidden, watches_in(assessment_id)
    if not hidden:
        return list(found)
    read = {each.id: each for each in framework_of(viewer=viewer, assessment_id=assessment_id).watched}
    return [veiled_watch(each, hidden, read.get(each.entry)) for each in found]


def changes(*, viewer: User, assessment_id: str) -> list[Change]:
    """Against the assessment that was stored before; empty for the first. With contributions where these were computed,
    else statuses alone. Nothing of a benchmark on which the viewer's own view comes first."""
    shown = stored_for(viewer, assessment_id)
    hidden = asking(viewer=viewer, assessment_id=assessment_id).hidden
    return [each for each in all_changes(shown) if each.benchmark not in hidden]


def all_changes(shown: StoredAssessment) -> list[Change]:
    """The same for the keeping of a page; no page shows them unasked."""
    before = before_it(shown)
    if before is None:
        return []
    return _told(before, shown)[0]


def marks_of_leadership(shown: StoredAssessment) -> tuple[Collection[str], Collection[str]]:
    """The benchmarks on which a view is due, and those on which somebody differs, as of now."""
    return once(("marks of leadership", shown.id), lambda: _marks_of_leadership(shown))


def _marks_of_leadership(shown: StoredAssessment) -> tuple[Collection[str], Collection[str]]:
    found, said = findings_in(shown.id), views_of_month(shown.as_of)
    return _unanswered(shown, found, said), {each.benchmark for each in found if differs(each, said)}


def changes_between(*, viewer: User, before_id: str, after_id: str) -> tuple[list[Change], bool]:
    """What differs between any two assessments, and whether the causes were looked for. Nothing of a benchmark on which
    the viewer's own view comes first, for the one or the other.

    Raises LookupError where one of them is not there for this viewer.
    """
    before, after = stored_for(viewer, before_id), stored_for(viewer, after_id)
    hidden = frozenset[str]().union(*(asking(viewer=viewer, assessment_id=each.id).hidden for each in (before, after)))
    told, explained = _told(before, after)
    return [each for each in told if each.benchmark not in hidden], explained


def _told(before: StoredAssessment, after: StoredAssessment) -> tuple[list[Change], bool]:
    """What differs, and whether its causes were looked for."""
    found = kept(package_of(before.id), package_of(after.id), Instance.here(), findings_at)
    return (found, True) if found is not None else (unexplained(findings_in(before.id), findings_in(after.id)), False)


def before_it(shown: StoredAssessment) -> StoredAssessment | None:
    """The assessment before another: the latest of its kind that was there when it was made, so that no later run, and
    none with its knowledge set back, changes what a page told. One of the same day that says the same is passed over:
    to run it again takes no news away."""
    return once(("assessment before", shown.id), lambda: _before_it(shown))


def _before_it(shown: StoredAssessment) -> StoredAssessment | None:
    listed = StoredAssessment.objects.filter(level=shown.level, as_of__lte=shown.as_of, created__lte=shown.created)
    first = None
    for each in listed:
        if not shown.follows(each) or not package_of(each.pk).is_file():
            continue
        if each.as_of < shown.as_of or _statuses(each) != _statuses(shown):
            return each
        first = first or each
    return first


def _statuses(stored: StoredAssessment) -> dict[str, str]:
    return {each.benchmark: each.status for each in findings_in(stored.id)}


def people(*, viewer: User, assessment_id: str, benchmark_id: str) -> Consequences:
    """What a finding meant for people, over the whole country and a year: as coarse as the numbers of the finding."""
    shown = stored_for(viewer, assessment_id)
    return pictures_kept.people(Instance.here(), shown.id, benchmark_id)
