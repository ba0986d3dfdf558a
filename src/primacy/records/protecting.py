"""What protects a record counts at once where somebody raises it, and waits where somebody lifts it. Pure.

Whoever lowers a confidentiality, takes a record out of its group, or says that its source needs no protection, opens it
to others: that takes two more people, who check and publish it. Until then rights are asked of it as it was protected
before, on every page, list, file and interface, because the record itself says so.
"""

from collections.abc import Mapping
from typing import Any

LEVEL, GROUP, SOURCE = "confidentiality", "group", "source_protected"
PROTECTIONS = (LEVEL, GROUP, SOURCE)


def lifted(now: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Of the protections that a record has `now` those that are `wanted` less, with what they are to become."""
    return {name: wanted[name] for name in now if _less(name, now[name], wanted[name])}


def _less(name: str, now: Any, wanted: Any) -> bool:
    if name == LEVEL:
        return bool(wanted < now)
    return bool(now) and wanted != now  # another group opens it to others too
