"""How a fault of an entry is told, and how its remedy names what could have been meant: few words as they are, of many
the nearest and where all stand."""

from collections.abc import Collection
from difflib import SequenceMatcher

from primacy.framework import Problem
from primacy.framework.entries import Entry

NAMED = 3
KINDS_LIST = "docs/reference/kinds.md lists all"
GRAMMAR_LIST = "the README of the framework folder lists all"


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
