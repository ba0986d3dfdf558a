"""Parts of a page about what people ask of each other, for pages of other rooms: comments, tasks, what is due."""

from datetime import date
from typing import Any

from django import template
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from primacy.framework.languages import words
from primacy.framework.queries import today
from primacy.work.forms import NOTICES, STATE_WORDS, CommentForm
from primacy.work.noticing import ALWAYS
from primacy.work.queries import comments, tasks
from primacy.work.queries.subjects import subject

register = template.Library()
WEEKDAYS = (
    gettext_noop("Monday"), gettext_noop("Tuesday"), gettext_noop("Wednesday"), gettext_noop("Thursday"),
    gettext_noop("Friday"), gettext_noop("Saturday"), gettext_noop("Sunday"),
)  # fmt: skip


@register.inclusion_tag("work/_talk.html", takes_context=True)
def talk(context: template.Context, reference: str) -> dict[str, Any]:
    """Comments on and tasks from a record or a finding, for who may read them; nothing for all others."""
    request = context["request"]
    about = subject(viewer=request.user, reference=reference) if "work.read" in (context.get("allowed") or ()) else None
    found = comments.comments(viewer=request.user, about=about) if about else []
    day = today()
    given = [(each, each.overdue(day)) for each in tasks.on(viewer=request.user, about=about)] if about else []
    return {
        "about": about, "comments": found, "tasks": given, "user": request.user, "request": request,
        "csrf_token": context.get("csrf_token"), "form": CommentForm(about=about) if about else None,
    }  # fmt: skip


@register.simple_tag(takes_context=True)
def tasks_due(context: template.Context) -> int:
    """How many of one's own tasks are due by the end of the week."""
    day = today()
    if "work.read" not in (context.get("allowed") or ()):
        return 0
    return tasks.due_by(viewer=context["request"].user, day=date.fromordinal(day.toordinal() + 6 - day.weekday()))


@register.simple_tag
def weekdays() -> list[str]:
    return [_(each) for each in WEEKDAYS]


@register.filter
def weekday(day: date) -> str:
    return _(WEEKDAYS[day.weekday()])


@register.filter
def month_word(day: date) -> str:
    """A month in full: November 2026."""
    language = (get_language() or "en").split("-")[0]
    return str(words(language, "month")).format(month=words(language, "months")[day.month - 1], year=day.year)


@register.filter
def state_word(state: str) -> str:
    return str(STATE_WORDS[state])


@register.filter
def notice_word(what: str) -> str:
    """Of what a notice tells, without a word of what it is about."""
    return _("For the safety of the mission") if what in ALWAYS else str(NOTICES[what])


@register.filter
def step_word(step: Any, before: Any) -> str:
    """What somebody did with a task."""
    if before is None:
        return _("given")
    if before.facts["state"] != step.facts["state"]:
        return state_word(step.facts["state"])
    return _("changed")
