"""Columns and texts that would bring names, telephone numbers or addresses of persons into data points: never.

Shared by those who draft a mapping and those who apply one. A guess from words can be wrong in both directions; the
first line of defence remains whoever writes the mapping (`never`).
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from primacy.evidence.bringing.persons import of_places, seems_person
from primacy.framework.yaml_files import read_yaml
from primacy.places.areas import Areas, all_names
from primacy.places.names import plain

LONGEST = 300  # of a text that is looked at
EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[A-Za-z]{2,}")
TELEPHONE = re.compile(r"(?:\+|00)\d[\d ().\-/]{6,20}\d")
TELEPHONE_INSIDE = re.compile(r"(?<![\w+])\+\d[\d ().\-]{6,20}\d")


@cache
def _words() -> Mapping[str, tuple[frozenset[str], ...]]:
    listed = read_yaml((Path(__file__).parent / "personal.yaml").read_bytes())
    return {sure: tuple(frozenset(plain(line).split()) for line in lines) for sure, lines in listed.items()}


def personal_column(name: str) -> str:
    """Why a column seems to hold persons: "sure", "perhaps" for a bare word such as `Name`, or empty."""
    words = frozenset(plain(name.replace("_", " ")).split())
    if any(each <= words for each in _words()["sure"]):
        return "sure"
    return "perhaps" if words in _words()["perhaps"] else ""


@lru_cache(50_000)
def personal_text(text: str) -> str:
    """What says why a text seems to name or reach a person; empty if it does not."""
    text = text[:LONGEST]
    if EMAIL.search(text):
        return "evidence/person.email"
    if TELEPHONE.fullmatch(text.strip()) or TELEPHONE_INSIDE.search(text):
        return "evidence/person.telephone"
    return "evidence/person.name" if seems_person(text) == "sure" else ""


@lru_cache(2)
def place_names(areas: Areas) -> frozenset[str]:
    """What the areas are called, in every language, as names are compared."""
    named = (area for code in areas.names("en") if (area := areas.area(code)))
    return frozenset(plain(name) for area in named for name in all_names(area))


def reads_as_person(text: str, areas: Areas) -> bool:
    """Whether a label names or reaches a person, or only looks like a name: who writes a label can write another one.

    Places of the country are no persons.
    """
    places = place_names(areas)
    if plain(text) in places:
        return False
    return bool(personal_text(text) or of_places(text, places, {word for name in places for word in name.split()}))
