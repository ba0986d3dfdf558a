"""Whom a contact may be with, as evidence names it: names of the mission file, published groups. Never a person."""

from primacy.framework import FrameworkError, Instance, read_mission

PUBLISHED = (
    "government", "state-institutions", "parties", "armed-groups", "civil-society", "women-groups", "youth-groups",
    "customary-chiefs", "religious-bodies", "unions", "displaced-people", "business", "media", "other-states",
)  # fmt: skip
LISTS = ("priority_counterparts", "dialogue_groups", "local_councils")  # of the mission file


def named() -> list[str]:
    """The names of the mission file, first those that it calls priorities; nothing where it cannot be read."""
    try:
        mission = read_mission(Instance.here().mission_file)
    except (FrameworkError, OSError):
        return []
    return list(dict.fromkeys(name for each in LISTS for name in mission.names(f"mission.{each}")))
