"""Tasks as one person sees them. A task on a record is seen by who sees the record; those who were asked for it, or
asked for it, and do not see the record any more, learn that there is such a task and nothing of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from primacy.access.models import User
from primacy.framework import Instance, load
from primacy.work.models import Step, Task
from primacy.work.queries.subjects import HEAD, components_held, components_of, holders, subjects
from primacy.work.states import GOES_ON
from primacy.work.subjects import ENTRIES, GAP, Subject, parts_of

MOST = 500
MINE, GIVEN = "mine", "given"


@dataclass(frozen=True)
class SeenTask:
    """A task as one person sees it.

    about   what it is about; None for nothing, and for a record that this person does not see
    full    False: a task on a protected record, its day and its state, and no more
    detail  the note is shown, and who is asked by whom
    may     this person may move it on
    """

    task: Task
    about: Subject | None
    full: bool
    detail: bool
    may: bool

    @property
    def title(self) -> str:
        if not self.full:
            return _("A task on a protected record")
        word = self.task.get_action_display()  # type: ignore[attr-defined]
        if self.about is not None:
            return _("%(action)s: %(subject)s") % {"action": word, "subject": self.about.title}
        first = self.task.note.strip().splitlines()[0] if self.detail and self.task.note.strip() else ""
        return _("%(action)s: %(subject)s") % {"action": word, "subject": first} if first else str(word)

    @property
    def goes_on(self) -> bool:
        return self.task.state in GOES_ON

    def overdue(self, today: date) -> bool:
        return self.goes_on and self.task.due is not None and self.task.due < today


def _of_record(task: Task) -> bool:
    kind, _id = parts_of(task.about)
    return bool(kind) and kind not in (*ENTRIES, GAP)


def seen(*, viewer: User, tasks: Iterable[Task], about: Mapping[str, Subject] | None = None) -> list[SeenTask]:
    """Those of the tasks that this person sees, as they see them. `about`: what they are about, for who has asked."""
    rows = list(tasks)
    if not rows:
        return []
    about = subjects(viewer=viewer, references=(each.about for each in rows)) if about is None else about
    mine = components_held(viewer)
    posts = components_of(each.owner_id for each in rows if each.owner_id is not None)
    found = []
    for each in rows:
        asked = viewer.pk in (each.owner_id, each.by_id) or each.component in mine
        named = about.get(each.about)
        if named is not None and named.is_record:
            found.append(SeenTask(each, named, True, named.detail, asked))
        elif _of_record(each):
            found += [SeenTask(each, None, False, False, False)] if asked else []
        elif asked or HEAD in mine or mine & {each.by_component, *posts.get(each.owner_id or 0, set())}:
            found.append(SeenTask(each, named, True, named is None or named.detail, asked))
    return found


def task(*, viewer: User, id: UUID) -> SeenTask:
    """Raises LookupError for no such task and for one that is not for this person."""
    found = seen(viewer=viewer, tasks=Task.objects.filter(pk=id).select_related("owner", "by"))
    if not found:
        raise LookupError(id)
    return found[0]


def listed(*, viewer: User, which: str, ended: bool = False) -> list[SeenTask]:
    """One's own tasks, those that one gave, or those of a component: what goes on, by its day; or what ended last."""
    rows = Task.objects.filter(_of_list(viewer, which)).select_related("owner", "by")
    if ended:
        return seen(viewer=viewer, tasks=rows.exclude(state__in=GOES_ON).order_by("-changed")[:MOST])
    return seen(viewer=viewer, tasks=_by_day(rows.filter(state__in=GOES_ON))[:MOST])


def _by_day(rows: QuerySet[Task]) -> QuerySet[Task]:
    return rows.order_by(F("due").asc(nulls_last=True), "created")


def _of_list(viewer: User, which: str) -> Q:
    if which == GIVEN:
        return Q(by=viewer)
    if which in teams(viewer):
        return Q(component=which) | Q(owner__in=holders(which))
    return own(viewer)


def own(viewer: User) -> Q:
    """What is asked of a person, by name or by a post that is held."""
    return Q(owner=viewer) | Q(component__in=components_held(viewer))


def teams(viewer: User) -> list[str]:
    """Components whose tasks a person may list: one's own; all, for who holds the post of the head of mission."""
    mine = components_held(viewer)
    if HEAD in mine:
        return sorted(load(Instance.here().overlay).components)
    return sorted(mine)


def on(*, viewer: User, about: Subject) -> list[SeenTask]:
    """The tasks of one subject that go on, and the last that ended."""
    rows = Task.objects.filter(about=about.reference).select_related("owner", "by")
    going_on = _by_day(rows.filter(state__in=GOES_ON))[:20]
    ended = rows.exclude(state__in=GOES_ON).order_by("-changed")[:3]
    return seen(viewer=viewer, tasks=[*going_on, *ended], about={about.reference: about})


def due_by(*, viewer: User, day: date) -> int:
    """How many of one's own tasks are due until a day."""
    rows = Task.objects.filter(own(viewer), state__in=GOES_ON, due__lte=day)
    return len(seen(viewer=viewer, tasks=rows[:MOST]))


def steps(*, seen_task: SeenTask) -> list[Step]:
    """Every step of a task, newest first: who took it is a detail, as what is said is."""
    if not seen_task.detail:
        return []
    return list(Step.objects.filter(task=seen_task.task).select_related("by").order_by("-number"))


def is_own_batch(*, viewer: User, batch: UUID) -> bool:
    """Whether somebody took the steps of a batch, and of tasks that were there before."""
    return Step.objects.filter(batch=batch, by=viewer, number__gt=1).exists()
