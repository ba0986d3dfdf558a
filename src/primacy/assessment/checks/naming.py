"""How a fault of an entry is told, and how its remedy names what could have been meant: few words as they are, of many
the nearest and where all stand."""

from collections.abc import Collection
from difflib import SequenceMatcher
from typing import Any

from primacy.framework import Framework, Problem
from primacy.framework.entries import Entry
from primacy.framework.saying import Said, said

NAMED = 3
KINDS_LIST = "docs/reference/kinds.md"
GRAMMAR_LIST = "docs/reference/grammar.md"
SHOW_LIST = "`primacy framework show`"


def use_one_of(known: Collection[str], wrong: object, listed: str = "") -> Said:
    """`use one of a, b`; of more than three the three nearest to what was written, and what `listed` all."""
    if not known:
        return said("do.use-none")
    if len(known) <= NAMED:
        return said("do.use-one", names=list(known))
    nearest = sorted(known, key=lambda each: -SequenceMatcher(None, str(wrong), each).ratio())[:NAMED]
    if listed:
        return said("do.use-nearest-listed", names=nearest, listed=listed)
    return said("do.use-nearest", names=nearest)


def or_out(use: Said) -> Said:
    """The same, or to take out what is wrong."""
    return use if use.key == "do.use-none" else said("do.or-out", use=use)


def fault_of(entry: Entry, field: str, fault: Said, do: Said) -> Problem:
    """A fault in a field of an entry's file."""
    return Problem(f"{entry.id}.yaml", field, fault, do)


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
