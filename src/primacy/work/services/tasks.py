"""A task is given, moved on, changed, undone. Each step is kept whole."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from primacy.access.models import User
from primacy.access.readers import component_of
from primacy.access.services import record as enter
from primacy.work.models import STATES, Step, Task
from primacy.work.queries import tasks as queries
from primacy.work.queries.subjects import holders, is_staff, subject
from primacy.work.services.comments import subject_in_trail
from primacy.work.services.notices import tell
from primacy.work.subjects import Subject

FACTS = ("action", "note", "owner_id", "component", "due", "state", "because")


class Moved(Exception):
    """Somebody changed the task meanwhile."""


def give_task(*, by: User, about: Subject | None, values: Mapping[str, Any]) -> Task:
    """Ask somebody, or whoever holds a post. Raises LookupError for who may not."""
    if not (about.detail if about is not None else is_staff(by)):
        raise LookupError("task")
    now = timezone.now()
    task = Task(
        about=about.reference if about else "", by=by, by_component=component_of(by), created=now, changed=now, **values
    )
    with transaction.atomic():
        _keep(task, by=by, deed="gave a task", batch=uuid.uuid4())
        _tell_owner(task, by)
    return task


def change_task(*, by: User, id: UUID, version: int, values: Mapping[str, Any]) -> Task:
    """Raises LookupError for a task that this person may not change, Moved where it was changed meanwhile."""
    with transaction.atomic():
        task = _locked(by, id, version)
        owner = task.owner_id, task.component
        for name, value in values.items():
            setattr(task, name, value)
        _keep(task, by=by, deed="changed a task", batch=uuid.uuid4())
        if owner != (task.owner_id, task.component):
            _tell_owner(task, by)
    return task


def move_on(
    *, by: User, ids: Iterable[UUID], state: str, because: str = "", version: int | None = None
) -> tuple[UUID, int]:
    """Give tasks another state, together: the batch by which it is undone, and how many were moved.

    Of several those are left out that this person may not move on, or that have that state.
    Raises   ValueError for a state that there is not and for dropping without a reason; of one with its `version`,
             LookupError and Moved as for a change.
    """
    if state not in dict(STATES) or (state == "dropped" and not because.strip()):
        raise ValueError(state)
    batch, count = uuid.uuid4(), 0
    with transaction.atomic():
        for id in ids:
            try:
                task = _locked(by, id, version)
            except LookupError:
                if version is not None:
                    raise
                continue
            if task.state != state:
                task.state, task.because = state, because.strip()
                _keep(task, by=by, deed="moved a task on", batch=batch)
                _tell_giver(task, by)
                count += 1
    return batch, count


def undo(*, by: User, batch: UUID) -> int:
    """Take back one's own last step on each task of a batch, where nobody changed it since. Returns on how many."""
    count = 0
    with transaction.atomic():
        for step in Step.objects.filter(batch=batch, by=by, number__gt=1):
            before = Step.objects.get(task=step.task_id, number=step.number - 1)
            try:
                task = _locked(by, step.task_id, step.number)
            except (LookupError, Moved):
                continue
            for name in FACTS:
                value = before.facts[name]
                setattr(task, name, date.fromisoformat(value) if name == "due" and value else value)
            _keep(task, by=by, deed="took a step back", batch=uuid.uuid4())
            count += 1
    return count


def _locked(by: User, id: UUID, version: int | None) -> Task:
    seen = queries.task(viewer=by, id=id)
    if not seen.may:
        raise LookupError(id)
    task = Task.objects.select_for_update(of=("self",)).get(pk=id)
    if version is not None and task.version != version:
        raise Moved
    return task


def _keep(task: Task, *, by: User, deed: str, batch: UUID) -> None:
    task.version += 1
    task.changed = timezone.now()
    task.save()
    facts = {name: getattr(task, name) for name in FACTS}
    facts["due"] = task.due.isoformat() if task.due else None
    Step.objects.create(task=task, number=task.version, batch=batch, at=task.changed, by=by, facts=facts)
    about = subject(viewer=by, reference=task.about)
    name = subject_in_trail(about, task.about) if task.about else "task"
    enter(by, deed, name, {"version": task.version, "state": task.state})


def _tell_owner(task: Task, by: User) -> None:
    """Who is asked, as far as they see it."""
    people = [task.owner] if task.owner else holders(task.component)
    able = [each for each in people if each.pk != by.pk and _sees(each, task)]
    tell(people=able, what="task", about=f"task/{task.pk}")


def _tell_giver(task: Task, by: User) -> None:
    if task.by_id != by.pk and _sees(task.by, task):
        tell(people=[task.by], what="task", about=f"task/{task.pk}")


def _sees(person: User, task: Task) -> bool:
    return any(each.full for each in queries.seen(viewer=person, tasks=[task]))
