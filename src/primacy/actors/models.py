"""Actors and contacts. An actor is an organisation or an office; who holds an office is no business of this table."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from primacy.actors.counterparts import PUBLISHED, named
from primacy.actors.focal_points import Partner, mapped
from primacy.framework import Instance
from primacy.places.at_hand import place_names
from primacy.records.models import PlacedRecord, Record

GROUPS = {
    "government": _("government"), "state-institutions": _("institutions of the state"), "parties": _("parties"),
    "armed-groups": _("armed groups"), "civil-society": _("civil society"), "women-groups": _("women’s groups"),
    "youth-groups": _("youth groups"), "customary-chiefs": _("customary chiefs"),
    "religious-bodies": _("religious bodies"), "unions": _("unions"), "displaced-people": _("displaced people"),
    "business": _("business"), "media": _("media"), "other-states": _("other states"),
}  # fmt: skip
PERMISSIONS = (
    ("allowed", _("allowed")), ("approval", _("only with the approval of headquarters")),
    ("prohibited", _("prohibited")),
)  # fmt: skip
WAYS = (("meeting", _("meeting")), ("visit", _("visit in the field")), ("call", _("call")), ("message", _("message")))
SITTINGS = (
    ("", _("No")), ("session/dialogue", _("a planned session of the dialogue")),
    ("dialogue/institutions", _("of the dialogue on institutions")),
    ("council/local", _("of a local council, in public")),
)  # fmt: skip


def group_choices() -> list[tuple[str, Any]]:
    return [(name, GROUPS[name]) for name in PUBLISHED]


def counterpart_choices() -> list[tuple[str, Any]]:
    """The names of the mission file, then the published groups."""
    listed, places = named(), place_names(Instance.here().places, get_language() or "en")
    own = [(name, _called(name, places)) for name in listed]
    return [*own, *((name, text) for name, text in group_choices() if name not in listed)]


def focal_point_choices() -> list[tuple[str, Any]]:
    """The institutions on the map of partners, each with its place."""
    places = place_names(Instance.here().places, get_language() or "en")
    return [("", "–"), *((each.key, _of_the_map(each, places)) for each in mapped())]


def _of_the_map(partner: Partner, places: Mapping[str, str]) -> str:
    """An institution and its place; a map may name the place by its code, in the institution's own name too."""
    words = [places.get(word, word) for word in partner.item.split("-")]
    place = places.get(partner.area, partner.area)
    return " ".join(words) if place in words else f"{' '.join(words)}, {place}"


def _called(name: str, places: Mapping[str, str]) -> Any:
    """A local council may stand in the mission file by the code of its area, which nobody reads."""
    if name in places:
        return gettext("local council of %(place)s") % {"place": places[name]}
    return GROUPS.get(name, name.replace("-", " "))


class Actor(Record):
    name = models.CharField(
        _("Name"), max_length=120, help_text=_("Of an organisation or an office, never of a person.")
    )  # fmt: skip
    other_names = models.CharField(
        _("Other names"), max_length=300, blank=True,
        help_text=_("In other languages, short forms, earlier ones, with commas between them. It is found by each."),
    )  # fmt: skip
    category = models.CharField(_("Group"), max_length=40, choices=group_choices)
    counterpart = models.CharField(
        _("In the mission file"), max_length=80, blank=True, choices=counterpart_choices,
        help_text=_("The name under which contacts with it count as evidence. Empty: the group."),
    )  # fmt: skip
    permission = models.CharField(_("Contact"), max_length=12, choices=PERMISSIONS, default="allowed")
    about = models.TextField(
        _("About"), blank=True, max_length=4000,
        help_text=_("What it does and wants in public. Never red lines, leanings or ties of people."),
    )  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Contact(PlacedRecord):
    counterpart = models.CharField(
        _("With whom"), max_length=80, blank=True, choices=counterpart_choices,
        help_text=_("A group or an office. May stay empty where an actor is chosen."),
    )  # fmt: skip
    actor = models.ForeignKey(
        Actor, verbose_name=_("Actor"), on_delete=models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    way = models.CharField(_("How"), max_length=12, choices=WAYS, default="meeting")
    asked_by_counterpart = models.BooleanField(_("They asked for it"), default=False)
    sitting = models.CharField(_("Was it a sitting?"), max_length=40, blank=True, choices=SITTINGS)
    focal_point = models.CharField(
        _("Focal point reached"), max_length=200, blank=True, choices=focal_point_choices,
        help_text=_("Of which institution on the map of partners. Its office answered."),
    )  # fmt: skip
    subject = models.CharField(_("Subject"), max_length=160)
    present = models.CharField(
        _("Who was there"), max_length=200, blank=True, help_text=_("Posts and groups, never the names of persons.")
    )
    note = models.TextField(_("What was said"), blank=True, max_length=8000)
    promised = models.TextField(
        _("What was promised"), blank=True, max_length=2000, help_text=_("By whom, what, and until when.")
    )

    next_on = models.DateField(
        _("Next meeting"), null=True, blank=True, help_text=_("Only where both sides agreed on a day.")
    )

    def __str__(self) -> str:
        return self.subject
