"""What is to be achieved: outputs, benchmarks, indicators, rules, and the mission file."""

from primacy.framework.in_force import Framework
from primacy.framework.instance import Instance
from primacy.framework.loading import load
from primacy.framework.mission import Mission, read_mission
from primacy.framework.problems import FrameworkError, Problem

__all__ = ["Framework", "FrameworkError", "Instance", "Mission", "Problem", "load", "read_mission"]
