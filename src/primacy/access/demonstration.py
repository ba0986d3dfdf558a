"""The invented people of an exercise: whoever opens it may be one of them, without a password.

They exist where the exercise made them, and come in only where the instance is an exercise still: a database that was
copied to a real mission lets none of them in.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from primacy.access.grants import holds
from primacy.access.models import User
from primacy.access.placing import give_post
from primacy.access.services import may_be_tried_out, record
from primacy.framework.instance import Instance

BY = "exercise"


@dataclass(frozen=True)
class Invented:
    """`posts` are components of the framework; those of `heads` are headed."""

    name: str
    role: str
    posts: tuple[str, ...]
    heads: tuple[str, ...] = ()


def people() -> list[User]:
    """Whom one may be here: nobody, unless this is an exercise."""
    return [each for each in User.objects.filter(demonstration=True) if may_be_tried_out(each)]


def person(name: str) -> User | None:
    return next((each for each in people() if each.username == name), None)


def invent(these: Iterable[Invented]) -> None:
    """Make them, where they are not there yet.

    Raises   ValueError where the instance is no exercise, and for an administrator: nobody becomes one by a click.
    """
    these = tuple(these)
    if not Instance.here().is_exercise or any(each.role == "administrator" for each in these):
        raise ValueError("invented people are for exercises, and administer nothing")
    with transaction.atomic():
        for each in these:
            if not User.objects.filter(username=each.name).exists():
                _make(each)


def _make(each: Invented) -> None:
    made = User(username=each.name, role=each.role, demonstration=True)
    made.set_unusable_password()
    made.save()
    record(BY, "added a person", made.username, {"role": made.role, "demonstration": True}, grants=holds(made))
    for component in each.posts:
        give_post(by=BY, person=made, component=component, heads=component in each.heads)
