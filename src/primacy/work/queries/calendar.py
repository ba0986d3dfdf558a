"""The calendar of all rooms as one person sees it. A record whose day to come is planned says so in its declaration
(`coming`); a room above adds a source of its own to `SOURCES`."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from primacy.access.models import User
from primacy.access.readers import reader_of
from primacy.access.requiring import may
from primacy.assessment import queries as assessments
from primacy.framework import Instance, load, read_mission
from primacy.framework.languages import words
from primacy.framework.queries import today
from primacy.records import queries as records
from primacy.work.dated import Dated
from primacy.work.models import Task
from primacy.work.queries.subjects import language
from primacy.work.queries.tasks import MOST, own, seen

NEUTRAL = {
    "mission": gettext_lazy("Date of the mission"), "benchmark": gettext_lazy("Findings due"),
    "view": gettext_lazy("View due"), "decision": gettext_lazy("Decision due"), "task": gettext_lazy("Task due"),
    "record": gettext_lazy("Planned meeting"),
}  # fmt: skip
"""All that a calendar outside the site says."""
Source = Callable[[User, date, date], Iterator[Dated]]


def days(*, viewer: User, first: date, last: date) -> list[Dated]:
    """What falls on the days from the first to the last, both included."""
    return [each for source in SOURCES for each in source(viewer, first, last) if first <= each.day <= last]


def _of_mission(viewer: User, _first: date, _last: date) -> Iterator[Dated]:
    """Mandate, reports, events and the next milestone, as the mission file has them."""
    if not may(viewer, "assessment.read"):
        return
    mission, present = read_mission(Instance.here().mission_file), today()
    line, mandate, named = mission.political_line, mission.mandate, words(language(), "events")
    told = [(mandate.renewal, "renewal", _("Mandate renewal")),
            (mandate.end_of_transition, "transition", _("Transition ends")),
            (line.next_on, "next", line.next or _("Next milestone")),
            *((each, "report", _("Report to the Security Council")) for each in mandate.reports),
            *((each, name, str(named.get(name) or name.replace("_", " ")))
              for name, each in mission.events.items())]  # fmt: skip
    for day, name, title in told:
        if day is not None:
            yield Dated(day, "mission", f"mission/{name}/{day}", title, reverse("assessment:front"), over=day < present)


def _benchmarks(viewer: User, _first: date, _last: date) -> Iterator[Dated]:
    """The last days of horizons: one line for all benchmarks of a day and term."""
    if not may(viewer, "assessment.read"):
        return
    present = today()
    mission = read_mission(Instance.here().mission_file).in_force(present)
    aside = {each.benchmark for each in mission.set_aside}
    applies = [
        each for each in load(Instance.here().overlay, present).benchmarks.values()
        if each.id not in aside and mission.mandate.asks_for(each)
    ]  # fmt: skip
    due = Counter(
        (span[1], each.horizon) for each in applies if (span := mission.horizon(each.id, each.horizon)) is not None
    )
    for (day, horizon), n in due.items():
        title = _DUE[horizon](n) % {"n": n}
        address = f"{reverse('assessment:front')}?horizon={horizon}"
        yield Dated(day, "benchmark", f"benchmark/{horizon}/{day}", title, address, over=day < present)


_DUE: dict[str, Callable[[int], str]] = {
    "short": lambda n: ngettext(
        "%(n)s benchmark of the short term is due", "%(n)s benchmarks of the short term are due", n
    ),
    "medium": lambda n: ngettext(
        "%(n)s benchmark of the medium term is due", "%(n)s benchmarks of the medium term are due", n
    ),
    "long": lambda n: ngettext(
        "%(n)s benchmark of the long term is due", "%(n)s benchmarks of the long term are due", n
    ),
}  # fmt: skip


def _assessed(viewer: User, _first: date, _last: date) -> Iterator[Dated]:
    """Views that are asked for, on their last day; choices that are due, on the day as of which a sign was seen."""
    newest = assessments.latest(viewer=viewer)
    if newest is None or not may(viewer, "assessment.read"):
        return
    asking = assessments.asking(viewer=viewer, assessment_id=newest.id)
    if asking.owed and asking.until is not None:
        title = ngettext("Your view on %(n)s finding is due", "Your view on %(n)s findings is due", len(asking.owed))
        yield Dated(
            asking.until, "view", f"view/{asking.until}", title % {"n": len(asking.owed)}, reverse("assessment:front")
        )
    framework = load(Instance.here().overlay, today())
    for watch in assessments.watches(viewer=viewer, assessment_id=newest.id):
        if watch.state == "seen" and watch.entry in framework.trade_offs:
            title = _("To decide: %(what)s") % {"what": framework.text(watch.entry, "short", language())[0]}
            address = reverse("assessment:trade-off", args=[watch.entry])
            yield Dated(newest.as_of, "decision", f"decision/{watch.entry}/{newest.as_of}", title, address)


def _tasks(viewer: User, first: date, last: date) -> Iterator[Dated]:
    """One's own tasks with a day."""
    rows = Task.objects.filter(own(viewer), due__range=(first, last)).exclude(state="dropped")
    for each in seen(viewer=viewer, tasks=rows.order_by("due")[:MOST]):
        guarded = not each.full or (each.about is not None and (each.about.protected or not each.about.detail))
        assert each.task.due is not None
        yield Dated(
            each.task.due, "task", f"task/{each.task.pk}", each.title, reverse("work:task", args=[each.task.pk]),
            guarded=guarded, over=not each.goes_on,
        )  # fmt: skip


def _planned(viewer: User, first: date, last: date) -> Iterator[Dated]:
    """Records with a day to come, of those whose details this person sees; of a protected one its type alone."""
    reader = reader_of(viewer)
    for type_ in records.record_types().values():
        for field in type_.coming:
            rows = records.visible(reader, type_).filter(exact=True, **{f"{field}__range": (first, last)})
            for row in rows.order_by(field, "pk")[:MOST]:
                protected, label = records.protected(row), type_.model._meta.get_field(field).verbose_name
                name = type_.one if protected else records.shown(type_, row).title
                yield Dated(
                    getattr(row, field), "record", f"{type_.key}/{row.pk}/{field}",
                    _("%(what)s: %(record)s") % {"what": label, "record": name},
                    reverse("records:record", args=[type_.key, row.pk]), guarded=protected,
                )  # fmt: skip


SOURCES: tuple[Source, ...] = (_of_mission, _benchmarks, _assessed, _tasks, _planned)
