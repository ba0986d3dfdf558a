"""What places and organisations are called: made from syllables, spelt in three languages by one table of sounds."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain, product
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
    return _words("first", "middle", "last")


def longer_words() -> list[str]:
    """The same with a syllable more, for countries that all words are not enough for."""
    return _words("first", "middle", "second", "last")


def _words(*parts: str) -> list[str]:
    syllables = told()["syllables"]
    made = map("".join, product(*(syllables[each] for each in parts)))
    return [word for word in made if not HARD.search(word)]


def formed(word: str, form: int) -> Names:
    """A word in one of the forms of the file of names; form 0 is the word alone."""
    names, forms = spelt(word), told()["forms"]
    return {language: forms[form][language].format(names[language]) for language in LANGUAGES}


def place_names(districts: int, chance: np.random.Generator) -> tuple[list[Names], Iterator[Names]]:
    """Names of districts, words alone, and as many other names as there are; no name comes twice.

    The capital is always called the same. Raises ValueError where there are more districts than words.
    """
    short, longer = words(), longer_words()
    if districts > len(short) + len(longer):
        raise ValueError(f"there are names for {len(short) + len(longer)} districts, not for {districts}")
    of_short, used = _Order(short, chance), min(districts - 1, len(short))
    of_longer, more = _Order(longer, chance), districts - 1 - used
    own = [told()["capital"], *of_short.words[:used], *of_longer.words[:more]]
    return [spelt(word) for word in own], chain(of_short.others(used), of_longer.others(more))


class _Order:
    """Words in an order of chance, each with the form in which it comes first."""

    def __init__(self, listed: list[str], chance: np.random.Generator) -> None:
        forms, number = len(told()["forms"]), len(listed)
        self.words = [listed[place] for place in chance.permutation(number)]
        self._begins = np.where(chance.random(number) < told()["plain"], 0, chance.integers(1, forms, number))

    def others(self, used: int) -> Iterator[Names]:
        """Each word once, alone or in a form; then each again in the next of its forms. The first are `used` alone."""
        forms, begins = len(told()["forms"]), self._begins.copy()
        begins[:used] = 0
        for turn in range(forms):
            for place, word in enumerate(self.words):
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
