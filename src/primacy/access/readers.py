"""A person as the table of rights sees them on a day: posts, groups, and what was handed on or shared."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from primacy.access.models import User
from primacy.access.once import once
from primacy.access.posts import Delegation, Lasting, Member, Post, Share
from primacy.access.record_rights import Reader


def holding(on: date, before: str = "") -> Q:
    """What holds on a day; `before`: the relation that leads to it. What is ended holds no more from that day on."""
    last = Q(**{f"{before}until": None}) | Q(**{f"{before}until__gte": on})
    ended = Q(**{f"{before}ended": None}) | Q(**{f"{before}ended__date__gt": on})
    return Q(**{f"{before}since__lte": on}) & last & ended


def reader_of(person: User, *, on: date | None = None) -> Reader:
    """Nobody who is switched off reads anything, and a post handed on ends with the post itself."""
    day = on or timezone.localdate()
    if not person.is_active:
        return Reader(person.pk)
    return once(("reader", person.pk, day), lambda: _reader(person, day))


def _reader(person: User, day: date) -> Reader:
    own = Post.objects.filter(holding(day), person=person).values_list("component", "heads")
    handed = Delegation.objects.filter(holding(day), holding(day, "post__"), to=person, post__person__is_active=True)
    posts = [*own, *handed.values_list("post__component", "post__heads")]
    groups = Member.objects.filter(holding(day), person=person).values_list("group", flat=True)
    shared = Share.objects.filter(holding(day), person=person).values_list("reference", flat=True)
    return Reader(
        person.pk, frozenset(name for name, _heads in posts), frozenset(groups), frozenset(shared),
        frozenset(name for name, heads in posts if heads),
    )  # fmt: skip


def component_of(person: User) -> str:
    """The component in whose name a person writes: that of the newest post held; empty for nobody's."""
    held = Post.objects.filter(holding(timezone.localdate()), person=person).last()
    return held.component if held else ""


HELD: dict[str, Any] = {"post": Post, "acting": Delegation, "group": Member, "shared": Share}


def held_by(person: User) -> list[tuple[str, Lasting, bool]]:
    """Everything that a person was ever given, newest last, as (what, it with its days, whether it holds today)."""
    today = timezone.localdate()
    found = []
    for what, model in HELD.items():
        of_person = Q(to=person) if model is Delegation else Q(person=person)
        now = set(model.objects.filter(of_person, holding(today)).values_list("pk", flat=True))
        found += [(what, each, each.pk in now) for each in model.objects.filter(of_person)]
    return found


def still_held(person: User, what: str, number: int) -> Lasting | None:
    """One of these that holds today."""
    held = (each for kind, each, now in held_by(person) if kind == what and each.pk == number and now)
    return next(held, None)
