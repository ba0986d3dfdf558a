"""The filters of an indicator (`where`, `except`): whether a value passes one."""

from collections.abc import Callable, Iterator
from typing import Any

Expand = Callable[[str], list[str]]
"""From `mission.NAME` to the names that the mission file lists there."""

LIST = "mission."
PARTIES, TOGETHER = ("actor", "target"), ", "


def matches(value: str, wanted: Any, column: str, expand: Expand) -> bool:
    """Whether a value passes a filter: a value, a list (or), `{not: ...}`; categories match by path, groups by part.

    Several parties that acted together, "A, B", are on a list of the mission where each of them is.
    """
    if isinstance(wanted, dict):
        if set(wanted) != {"not"}:
            raise ValueError(f"the filter on {column} has {', '.join(wanted)}; only `not` is possible here")
        return not matches(value, wanted["not"], column, expand)
    if isinstance(wanted, list):
        return any(matches(value, each, column, expand) for each in wanted)
    if isinstance(wanted, str) and wanted.startswith(LIST):
        named = expand(wanted)
        if column in PARTIES and TOGETHER in value and value not in named:
            return all(each.strip() in named for each in value.split(TOGETHER))
        return any(matches(value, each, column, expand) for each in named)
    if column == "category":
        return value == wanted or value.startswith(f"{wanted}/")
    if column == "group":
        return wanted == value or set(str(wanted).split(";")) <= set(value.split(";"))
    return value == str(wanted)


def values_of(condition: Any) -> Iterator[str]:
    """Every value and every list of the mission that a filter names."""
    if isinstance(condition, str):
        yield condition
    elif isinstance(condition, list):
        for each in condition:
            yield from values_of(each)
    elif isinstance(condition, dict):
        yield from values_of(condition.get("not"))
