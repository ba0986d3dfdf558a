"""What stands around every page: whose mission this is, where the reader can go, and of when the page is."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from primacy.access.once import for_a_while
from primacy.evidence.queries import known_until
from primacy.framework import FrameworkError, Instance, read_mission
from primacy.framework.queries import known_from
from primacy.places.countries import country_name
from primacy.web.navigation import navigation
from primacy.work.queries.notices import unread


def banner(request: HttpRequest) -> dict[str, Any]:
    """The name of the mission, or else of its country, for those who signed in; the rooms that they may enter.

    `now` is the as-of of a page that shows no assessment, `known_until` its cut-off. A faulty mission file is told by
    the pages that need it.
    """
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    match = request.resolver_match
    around = {
        "now": known_from(),
        "known_until": known_until,
        "navigation": navigation(request.user, request.path, match.app_name if match else ""),
        "unread": partial(_unread, request.user),  # asked where it is shown, and not for a part of a page
    }
    try:
        mission = read_mission(Instance.here().mission_file)
    except FrameworkError:
        return around
    reader = get_language() or "en"
    return {
        **around, "mission_language": mission.written_in,
        "mission_name": mission.name or country_name(mission.country, reader),
        "mission_name_language": mission.written_in if mission.name else reader,
    }  # fmt: skip


def _unread(viewer: Any) -> int:
    """The number beside the word "Notices"."""
    return for_a_while(("unread", viewer.pk), lambda: unread(viewer))
