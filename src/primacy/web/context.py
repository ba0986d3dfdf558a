"""What stands above every page: whose mission this is."""

from django.http import HttpRequest
from django.utils.translation import get_language

from primacy.framework import FrameworkError, Instance, read_mission
from primacy.places.countries import country_name


def banner(request: HttpRequest) -> dict[str, str]:
    """The name of the mission, or else of its country, for those who signed in.

    A faulty mission file is told by the pages that need it.
    """
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    try:
        mission = read_mission(Instance.here().mission_file)
    except FrameworkError:
        return {}
    return {"mission_name": mission.name or country_name(mission.country, get_language() or "en")}
