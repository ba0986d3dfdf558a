"""What is to be achieved: outputs, benchmarks, indicators, rules, and the mission file."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from primacy.framework.in_force import Framework
    from primacy.framework.instance import Instance
    from primacy.framework.loading import load
    from primacy.framework.mission import Mission, read_mission
    from primacy.framework.problems import FrameworkError, Problem

__all__ = ["Framework", "FrameworkError", "Instance", "Mission", "Problem", "load", "read_mission"]
IN = {
    "Framework": "in_force", "FrameworkError": "problems", "Instance": "instance", "Mission": "mission",
    "Problem": "problems", "load": "loading", "read_mission": "mission",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Read when it is asked for: a command that only needs the folder of the instance starts in half the time."""
    if name in IN:
        return getattr(import_module(f"{__name__}.{IN[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
