"""What an address that leads nowhere may have meant. Only of the framework, which whoever signed in may read."""

import re
from dataclasses import dataclass
from difflib import get_close_matches

from django import template
from django.http import HttpRequest
from django.utils import timezone

from primacy.framework import FrameworkError, Instance, load
from primacy.framework.mission import day_of

register = template.Library()
ID = re.compile(r"[oO]\d{1,3}\.[a-zA-Z]\d{1,3}")
ASSESSMENT = re.compile(r"^[0-9a-f]{12}$")


@dataclass(frozen=True)
class Lost:
    """An id in an address: whether it is there, was set aside by the mission, or which ids are near it."""

    id: str = ""
    there: bool = False
    set_aside: bool = False
    near: tuple[str, ...] = ()
    assessment: bool = False


@register.simple_tag
def lost_id(request: HttpRequest) -> Lost:
    """What the address names; nothing where it names nothing of the framework."""
    named = request.GET.get("assessment", "")
    steps = request.path.strip("/").split("/")
    old = bool(named) or (steps[0] == "assessments" and len(steps) > 1 and bool(ASSESSMENT.match(steps[1])))
    found = ID.search(request.path)
    if found is None:
        return Lost(assessment=old)
    id = found[0].upper()
    try:
        framework = load(Instance.here().overlay, day_of(Instance.here(), timezone.localdate()))
    except FrameworkError:
        return Lost(assessment=old)
    if id in framework.entries:
        return Lost(id, there=True, assessment=old)
    near = tuple(get_close_matches(id, framework.entries, n=3, cutoff=0.5))
    return Lost(id, set_aside=id in framework.retired, near=near, assessment=old)
