"""Whoever opens an exercise finds people there, and what they have written down: actors, contacts, field reports, tasks
and comments, each by the form and the service that a person would use, so that no rule of theirs is passed by.

What is written tells the evidence too, from the present of the exercise on: the next assessment rests on it, as on what
a team writes.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import translation

from primacy.access.demonstration import Invented, invent
from primacy.access.models import User
from primacy.access.placing import add_member
from primacy.access.posts import NeedToKnow
from primacy.exercise.country.country import country
from primacy.exercise.country.geography import Country
from primacy.exercise.game import Game
from primacy.framework.yaml_files import read_yaml
from primacy.records.forms import filled
from primacy.records.queries import record_types
from primacy.records.queries.finding import type_of
from primacy.records.services import create, review
from primacy.work.queries.subjects import subject
from primacy.work.services.comments import add_comment
from primacy.work.services.tasks import give_task, move_on
from primacy.work.subjects import Subject

FOLDER = Path(__file__).parents[1]
PEOPLE = FOLDER / "demonstration.yaml"
DESK = FOLDER / "desk.yaml"
BY = "exercise"
Told = Mapping[str, Any]


def invent_people() -> None:
    """Whom anybody who opens the exercise may be: one person for each role that does not administer."""
    told = read_yaml(PEOPLE.read_bytes())
    invent(Invented(name, each["role"], tuple(each["posts"]), tuple(each["heads"])) for name, each in told.items())


def invent_records(game: Game) -> None:
    """What they wrote until the present of the exercise: once, and all of it or nothing."""
    told = read_yaml(DESK.read_bytes())
    if NeedToKnow.objects.filter(name__in=told["groups"]).exists():
        return
    people = {each.username: each for each in User.objects.filter(demonstration=True)}
    with translation.override("en"), transaction.atomic():
        for name, members in told["groups"].items():
            for each in members:
                add_member(by=BY, person=people[each], group=name)
        desk = _Desk(game, people)
        for name, each in told["records"].items():
            desk.keep_record(name, each)
        for each in told["tasks"]:
            desk.keep_task(each)
        for each in told["comments"]:
            add_comment(by=people[each["by"]], about=desk.about(each), text=desk.spelt(each["text"]))


class _Desk:
    """Puts the names, places and days of one exercise where the texts leave a gap."""

    def __init__(self, game: Game, people: Mapping[str, User]) -> None:
        self._game, self._people = game, people
        self._land: Country = country(game.seed, game.scale)
        self._kept: dict[str, Any] = {}
        names = {each.code: each.names["en"] for each in self._land.organisations}
        places = {str(number): each.names["en"] for number, each in enumerate(self._land.provinces, start=1)}
        self._words = names | {f"province {number}": name for number, name in places.items()}

    def spelt(self, value: Any) -> Any:
        return value.format_map(self._words) if isinstance(value, str) else value

    def keep_record(self, name: str, told: Told) -> None:
        """Raises ValueError where the form would not take it."""
        by, type_ = self._people[told["by"]], record_types()[told["type"]]
        given = {field: self.spelt(value) for field, value in told["fields"].items()}
        for field, days in told.get("days", {}).items():
            given[field] = self._day(days)
        if "place" in told:
            given["area"] = self._area(told["place"])
        if "actor" in told:
            given["actor"] = self._kept[told["actor"]].pk
        if "group" in told:
            given["group"] = NeedToKnow.objects.get(name=told["group"]).pk
        form = filled(type_, by, None, given)
        if not form.is_valid():
            raise ValueError(f"{name}: {form.errors.as_text()}")
        kept = create(by=by, type_=type_, values=form.values)
        for step, who in zip(("check", "publish"), told.get("seen", ()), strict=False):
            kept = review(by=self._people[who], type_=type_, id=kept.pk, version=kept.version, name=step)
        self._kept[name] = kept

    def keep_task(self, told: Told) -> None:
        by = self._people[told["by"]]
        owner = self._people.get(told.get("owner", ""))
        values = {
            "action": told["action"], "note": self.spelt(told.get("note", "")), "owner": owner,
            "component": told.get("component", ""), "due": self._day(told["due_in"]),
        }  # fmt: skip
        task = give_task(by=by, about=self.about(told) if "about" in told else None, values=values)
        if "state" in told:
            move_on(by=owner or by, ids=[task.pk], state=told["state"])

    def about(self, told: Told) -> Subject:
        """A record by the name that it has here, or a reference such as `benchmark/O2.M2`."""
        type_ = told["about"]
        kept = self._kept.get(type_)
        reference = f"{type_of(type(kept)).key}/{kept.pk}" if kept is not None else type_
        found = subject(viewer=self._people[told["by"]], reference=reference)
        if found is None:
            raise ValueError(f"{told['by']} does not see {reference}")
        return found

    def _day(self, days: int) -> date:
        return self._game.today + timedelta(days=days)

    def _area(self, place: str) -> str:
        """A province by its number, or its n-th district as in `4/2`."""
        number, _slash, district = place.partition("/")
        province = self._land.provinces[int(number) - 1].code
        return self._land.inside(province)[int(district) - 1] if district else province
