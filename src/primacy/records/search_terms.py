"""What of a record can be looked for: from texts to terms, and from a query to the terms that answer it. Pure.

A record has four parts: what names it and what else is open, and the same of what is for those with details. A term is
a word without its plural and article, or one of the keys by which a name is found however it is spelt: as it sounds,
by its consonants for the other script, by its beginning while it is typed, by the code of a place.

In the index each term is written behind the number of its reach, which stands for who sees the record. So a question
goes to the terms of what its reader sees, and those of other records are not even touched.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from primacy.framework.searching import ARTICLE, PLURAL
from primacy.places.names import plain_words
from primacy.places.sound_keys import consonants, near_keys, sound_key
from primacy.places.sounds import arabic

# Letters for private use, which both engines take for letters and which no text has after `plain_words`.
WORD, SOUND, BONES, BONES_ARABIC, BEGINNING, PLACE, NEAR = (chr(0xE000 + n) for n in range(7))
BEGINNINGS = (3, 4, 5, 7)  # letters of a name that is still being typed; one letter more is not looked at
MOST_WORDS, LONGEST_QUERY, LONGEST_WORD = 8, 100, 40
WRITTEN = re.compile(r"\w+")
MOST_REMEMBERED = 50_000  # words whose terms are kept at hand
LONGEST_NAME = 4  # words of the name of a place


@dataclass(frozen=True)
class Texts:
    """What a record says, by who may look for it and how. Places are codes of areas."""

    open_names: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    open_places: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Terms:
    """The terms of the four parts of a record; of a query each part is not told apart."""

    open_names: frozenset[str]
    open: frozenset[str]
    names: frozenset[str]
    details: frozenset[str]


def terms_of(texts: Texts) -> Terms:
    """All terms of a record; one that is open is not repeated among the details."""
    open_names = frozenset(_named(texts.open_names))
    open_ = frozenset(_said(texts.open)) | {_place(code) for code in texts.open_places}
    names = frozenset(_named(texts.names))
    details = frozenset(_said(texts.details)) | {_place(code) for code in texts.places}
    told = open_names | open_
    return Terms(open_names, open_ - open_names, names - open_names, details - told - names)


def _place(code: str) -> str:
    return PLACE + "".join(filter(str.isalnum, code))


def _said(texts: Iterable[str]) -> Iterator[str]:
    """Terms of running text: words, and of what is written like a name how it sounds."""
    for text in texts:
        for written in WRITTEN.findall(text):
            yield from _written(written)


@lru_cache(MOST_REMEMBERED)
def _written(written: str) -> tuple[str, ...]:
    words = plain_words(written)
    return tuple(term for word in words for term in _keys(word, written[0].isupper() or arabic(word)))


def _named(texts: Iterable[str]) -> Iterator[str]:
    """Terms of what names a record: found as it is typed, and with one consonant wrong."""
    for text in texts:
        for word in plain_words(text):
            yield from (*_keys(word, True), *_typed(word))


@lru_cache(MOST_REMEMBERED)
def _typed(word: str) -> tuple[str, ...]:
    beginnings = [BEGINNING + word[:n] for n in BEGINNINGS if len(word) > n]
    return (*beginnings, *(NEAR + key for key in near_keys(word)))


@lru_cache(MOST_REMEMBERED)
def _keys(word: str, name: bool) -> tuple[str, ...]:
    word = word[:LONGEST_WORD]
    said = WORD + bare(word)
    bones = consonants(bare(word)) if name else ""
    if not bones:
        return (said,)
    return (said, BONES_ARABIC + bones) if arabic(word) else (said, SOUND + sound_key(word), BONES + bones)


def bare(word: str) -> str:
    """A word as it is compared: without the plural of English and French, and without the Arabic article."""
    return PLURAL.sub("", ARTICLE.sub("", word))


# ---- the number of a record: its week, then chance, so that the newest comes first and no day is told

CHANCE = 24  # bits
EPOCH = date(1970, 1, 5)  # a Monday


def number_of(day: date, chance: int) -> int:
    """A number of a record of this week; `chance` has so many bits."""
    return (max((day - EPOCH).days // 7, 0) << CHANCE) | chance


def week_of(number: int) -> int:
    return number >> CHANCE


# ---- what is asked


@dataclass(frozen=True)
class Asked:
    """A query: each word with the terms of which a record must have one, the surest first."""

    words: tuple[str, ...]
    terms: tuple[tuple[str, ...], ...]

    @property
    def sure(self) -> tuple[tuple[str, ...], ...]:
        """The same as written, and by the places that it names."""
        return tuple(tuple(each for each in terms if each[0] in (WORD, PLACE)) for terms in self.terms)

    @property
    def near(self) -> tuple[tuple[str, ...], ...]:
        """The same with what differs in one consonant."""
        pairs = zip(self.words, self.terms, strict=True)
        return tuple((*terms, *(NEAR + key for key in sorted(near_keys(word)))) for word, terms in pairs)


def asked(query: str, places: Mapping[str, Sequence[str]]) -> Asked:
    """The terms of a query.

    places   from the plain name of a place to the codes of the areas of that name
    """
    words = plain_words(query[:LONGEST_QUERY])[:MOST_WORDS]
    coded = _places(words, places)
    terms = [
        tuple(dict.fromkeys([*_meant(word, last=n == len(words) - 1), *map(_place, coded[n])]))
        for n, word in enumerate(words)
    ]
    return Asked(tuple(words), tuple(terms))


def _meant(word: str, *, last: bool) -> Iterator[str]:
    word = word[:LONGEST_WORD]
    yield WORD + bare(word)
    if last and (begun := [n for n in BEGINNINGS if n in (len(word), len(word) - 1)]):
        yield BEGINNING + word[: begun[-1]]
    if bones := consonants(bare(word)):
        if arabic(word):
            yield from (BONES_ARABIC + bones, BONES + bones)
        else:
            yield from (SOUND + sound_key(word), BONES_ARABIC + bones)


def _places(words: Sequence[str], places: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Of each word the codes of the places in whose name it stands, where the query has the whole name."""
    found: list[list[str]] = [[] for _ in words]
    for first in range(len(words)):
        for last in range(first + 1, min(first + LONGEST_NAME, len(words)) + 1):
            for code in places.get(" ".join(words[first:last]), ()):
                for n in range(first, last):
                    found[n].append(code)
    return found


def answers(asked_terms: Sequence[Sequence[str]], terms: frozenset[str]) -> bool:
    """Whether a record with these terms has one for each word."""
    return all(not terms.isdisjoint(each) for each in asked_terms)
