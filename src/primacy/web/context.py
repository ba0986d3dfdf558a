"""What stands above every page: whose mission this is."""

from django.http import HttpRequest

from primacy.framework import FrameworkError, Instance, read_mission


def banner(request: HttpRequest) -> dict[str, str]:
    """The mission's name for those who signed in; a faulty mission file is told by the pages that need it."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    try:
        mission = read_mission(Instance.here().mission_file)
    except FrameworkError:
        return {}
    return {"mission_name": mission.name or mission.country}
