"""What places and organisations are called: made from syllables, spelt in three languages by one table of sounds."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from primacy.exercise.country.geography import Names, Neighbour, Organisation
from primacy.framework.yaml_files import read_yaml

LANGUAGES = ("en", "fr", "ar")
VOWELS = frozenset("aeiou")
HARD = re.compile(r"(.)\1|[st]h?[stz]h?|[kmn][nmw]|hw")


@cache
def told() -> Mapping[str, Any]:
    """The file of names."""
    found: Mapping[str, Any] = read_yaml((Path(__file__).parent / "names.yaml").read_bytes())
    return found


def spelt(word: str) -> Names:
    """A word of sounds as each language writes it.

    >>> spelt("kordumesh")
    {'en': 'Kordumesh', 'fr': 'Kordoumech', 'ar': 'كوردوميش'}
    """
    sounds = _pattern().findall(word)
    if "".join(sounds) != word:
        raise ValueError(f"{word} has a sound that names.yaml does not spell")
    written = [
        _written(before, sound, after)
        for before, sound, after in zip(["", *sounds[:-1]], sounds, [*sounds[1:], ""], strict=True)
    ]
    return {
        language: "".join(letters).capitalize()
        for language, letters in zip(LANGUAGES, zip(*written, strict=True), strict=True)
    }


def _written(before: str, sound: str, after: str) -> list[str]:
    """A sound in each language between its neighbours, which are empty at the ends of a word."""
    special = "first" if not before else "last" if not after else "between" if {before, after} <= VOWELS else ""
    found: list[str] = told().get(special, {}).get(sound) or told()["sounds"][sound]
    return found


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(told()["sounds"], key=len, reverse=True)))


def words() -> list[str]:
    """Every word that a district or a settlement may be called by: what is hard to say is left out."""
    parts = told()["syllables"]
    made = (a + b + c for a in parts["first"] for b in parts["middle"] for c in parts["last"])
    return [word for word in made if not HARD.search(word)]


def formed(word: str, form: int) -> Names:
    """A word in one of the forms of the file of names; form 0 is the word alone."""
    names, forms = spelt(word), told()["forms"]
    return {language: forms[form][language].format(names[language]) for language in LANGUAGES}


def place_names(districts: int, chance: np.random.Generator) -> tuple[list[Names], Iterator[Names]]:
    """Names of districts, words alone, and as many other names as there are; no name comes twice.

    The capital is always called the same. Raises ValueError where there are more districts than words.
    """
    listed = words()
    if districts > len(listed):
        raise ValueError(f"there are names for {len(listed)} districts, not for {districts}")
    order = [listed[place] for place in chance.permutation(len(listed))]
    own = [spelt(told()["capital"]), *(spelt(word) for word in order[: districts - 1])]
    return own, _others(order, districts - 1, chance)


def _others(order: list[str], used: int, chance: np.random.Generator) -> Iterator[Names]:
    """Each word once, alone or in a form; then each again in the next of its forms."""
    forms = len(told()["forms"])
    begins = np.where(chance.random(len(order)) < told()["plain"], 0, chance.integers(1, forms, len(order)))
    begins[:used] = 0
    for turn in range(forms):
        for place, word in enumerate(order):
            if turn or place >= used:
                yield formed(word, int(begins[place] + turn) % forms)


def neighbours() -> tuple[Neighbour, ...]:
    return tuple(Neighbour(code, spelt(word)) for code, word in told()["neighbours"].items())


def organisations(provinces: list[str]) -> tuple[Organisation, ...]:
    """Whoever acts in the country; `provinces` are P-codes."""
    return tuple(
        Organisation(code, each["role"], _filled(each), provinces[each["home"] - 1] if "home" in each else "")
        for code, each in told()["organisations"].items()
    )


def _filled(each: Mapping[str, Any]) -> Names:
    return {
        language: re.sub(r"\{(\w+)\}", lambda found: spelt(found[1])[language], each[language])  # noqa: B023
        for language in LANGUAGES
    }
