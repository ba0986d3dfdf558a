"""A faulty mission file mended by stand-ins, so that what is right in it can be looked at too, at the same time."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from primacy.framework.mission import COUNTRY_FIRST, MISSION_FILE, Mission, read_mission
from primacy.framework.problems import FrameworkError, Problem, fields_of, problems_of

Tree = dict[str, Any]
Place = tuple[int | str, ...]
LONG_AGO = date(2000, 1, 1)
SIGNED: Tree = {"on": LONG_AGO, "because": "stand-in"}
MEMBERS: Mapping[Place, Any] = {
    ("baselines",): {"name": "-", "from": LONG_AGO, "to": LONG_AGO, "signed": ["one", "other"], **SIGNED},
    ("changes",): {"norm": "-", "to": 1, "by": ["one", "other"], **SIGNED},
    ("set_aside",): {"benchmark": "O1.S1", "by": "one", **SIGNED},
    ("mandate", "paragraphs"): {"number": "-"},
    ("mandate", "reports"): date.max,
}
"""What stands for a faulty member of each list: nothing is wrong with it, and its neighbours keep their places."""
NAMED: Mapping[Place, Any] = {("events",): LONG_AGO, ("registers",): []}
"""What stands for a day or a list by its name, which rules may ask for."""
COUNTRY = "XXX"


def read_mended(path: Path) -> tuple[Mission | None, list[Problem]]:
    """The mission file as far as it could be read (None: not at all), and every fault of its form."""
    try:
        return read_mission(path), []
    except FrameworkError as unread:
        problems: list[Problem] = []
        try:
            return _mended(path.name, fields_of(path.name, path.read_bytes(), COUNTRY_FIRST), problems), problems
        except (FrameworkError, OSError):
            return None, unread.problems


def _mended(name: str, content: Tree, problems: list[Problem]) -> Mission:
    """The mission, each fault of form in it bridged by a stand-in as small as can be and added to `problems`.

    Raises   FrameworkError where a fault cannot be bridged.
    """
    tree, mended = deepcopy(content), set[Place]()
    while True:
        try:
            return Mission.model_validate(tree)
        except ValidationError as error:
            problems += problems_of(name, error, MISSION_FILE, mended)
            before = len(mended)
            places = {_in_file(tree, fault["loc"]) for fault in error.errors()}
            for place in places:
                if not any(place[:count] in places for count in range(1, len(place))):
                    mended.add(_stand_in(tree, place))
            if len(mended) == before:
                raise FrameworkError(problems) from error


def _stand_in(tree: Tree, place: Place) -> Place:
    """Puts a stand-in at a place of the file, or leaves the field out; returns the place."""
    if place in ((), ("country",)):
        tree["country"] = COUNTRY
        return ("country",)
    holder: Any = tree
    for step in place[:-1]:
        holder = holder[step]
    if place[:-1] in MEMBERS or place[:-1] in NAMED:
        holder[place[-1]] = deepcopy({**MEMBERS, **NAMED}[place[:-1]])
    else:
        del holder[place[-1]]
    return place


def _in_file(tree: Tree, fault: Place) -> Place:
    """As much of a fault's place as the file has; of lists only those whose members stand for themselves."""
    node: Any = tree
    for count, step in enumerate(fault):
        of_list = isinstance(node, list) and fault[:count] in MEMBERS and isinstance(step, int) and step < len(node)
        if not of_list and not (isinstance(node, dict) and step in node):
            return fault[:count]
        node = node[step]
    return fault
