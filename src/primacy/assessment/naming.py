"""How a fault of an entry is told, and how its remedy names what could have been meant: few words as they are, of many
the nearest and where all stand."""

from collections.abc import Collection
from difflib import SequenceMatcher
from typing import Any

from primacy.framework import Framework, Problem
from primacy.framework.entries import Entry

NAMED = 3
KINDS_LIST = "docs/reference/kinds.md lists all"
GRAMMAR_LIST = "docs/reference/grammar.md lists all"


def use_one_of(known: Collection[str], wrong: object, listed: str = "") -> str:
    """`use one of a, b`; of more than three the three nearest to what was written, and where the list is."""
    if not known:
        return "take it out: there is none to name"
    if len(known) <= NAMED:
        return f"use one of {', '.join(known)}"
    nearest = sorted(known, key=lambda each: -SequenceMatcher(None, str(wrong), each).ratio())[:NAMED]
    return f"use for example {', '.join(nearest)}" + (f"; {listed}" if listed else "")


def fault_of(entry: Entry, field: str, what: str, remedy: str) -> Problem:
    """A fault in a field of an entry's file."""
    return Problem(f"{entry.id}.yaml", field, what, remedy)


def number_field(framework: Framework, entry: Entry, field: str, value: Any, part: str = "value") -> str:
    """Where a number that a rule compares with is mended: where the mission set it, if it left the rule as it was.

    `part`: of the threshold, what is more likely at fault: its value or its unit.
    """
    changed = {each.field for each in framework.changes if each.entry == entry.id}
    if field.partition(".")[0] in {each.partition(".")[0] for each in changed}:
        return field
    for name in value if isinstance(value, list | tuple) else [value]:
        for each in dict.fromkeys((part, "value", "unit")):
            if f"thresholds.{name}.{each}" in changed:
                return f"thresholds.{name}.{each}"
    return field
