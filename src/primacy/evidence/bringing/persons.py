"""Texts that name a person: by a title, a given name that means nothing else, or only by how they look.

A guess from words can be wrong in both directions. `persons.yaml` has the words. Who refuses a text never repeats it.
"""

import re
from collections.abc import Collection, Mapping
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Literal

from primacy.framework.yaml_files import read_yaml
from primacy.places.names import plain

Seems = Literal["sure", "perhaps", ""]
CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĶĻŁŃŅŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽ"
NAME = rf"[{CAPITAL}][\w’']*[a-zà-öø-ÿ][\w’']*(?:-[{CAPITAL}][\w’']+)*"
MOST_REMEMBERED = 50_000


@cache
def _words() -> Mapping[str, str]:
    listed: Mapping[str, str] = read_yaml((Path(__file__).parent / "persons.yaml").read_bytes())
    return listed


@cache
def _set(*names: str) -> frozenset[str]:
    return frozenset(plain(word) for name in names for word in _words()[name].split())


@cache
def _groups() -> frozenset[str]:
    return frozenset(plain(each) for each in _words()["groups"].split(","))


@cache
def _title() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """(a short title and what looks like a name, a title in full and two words, an Arabic title and a word)."""
    short = "|".join(re.escape(each) for each in _words()["titles"].split())
    full = "|".join(map(re.escape, _words()["titles_in_full"].split()))
    arabic = "|".join(map(re.escape, _words()["titles_arabic"].split()))
    return (
        re.compile(rf"(?<![\w.’'-])(?:(?:{short})\b\.?|M\.) ?(?:{NAME}|[{CAPITAL}]\.|[{CAPITAL}]{{3,}}\b)"),
        re.compile(rf"(?<![\w-])(?:{full})\.? ({NAME}|[{CAPITAL}]{{3,}}\b)(?: ([\w’'-]+))?"),
        re.compile(rf"(?:^|[\s(،])(?:{arabic}) (\w+)"),
    )  # fmt: skip


def _titled(text: str) -> bool:
    short, full, arabic = _title()
    if short.search(text):
        return True
    for found in full.finditer(text):
        if not any(_of_an_organisation(word) for word in found.groups() if word):
            return True
    return any(plain(found[1]) not in _set("organisations_arabic") for found in arabic.finditer(text))


def _of_an_organisation(word: str) -> bool:
    known = _set("organisations", "organisations_arabic")
    return any(part in known for part in (plain(word), *plain(word).split()))


@lru_cache(MOST_REMEMBERED)
def seems_person(text: str) -> Seems:
    """Whether a text seems to name a person.

    sure      a title stands before a name, or a given name among words of which none is one of groups and offices
    perhaps   it only looks like a name: two or three words that begin with capitals and mean nothing that is known

    >>> seems_person("Office of Mr Example"), seems_person("Jean Exemple (prefect)"), seems_person("Zeld Quorn")
    ('sure', 'sure', 'perhaps')
    >>> seems_person("Forces of Jean Exemple"), seems_person("Boko Haram"), seems_person("armed group")
    ('', '', '')
    """
    if _titled(text):
        return "sure"
    parts = [part.split() for part in re.split(r"[,;/()|:،؛]| [-–—] ", text.replace("_", " ")) if part.strip()]
    own = [
        words for words in parts if plain(" ".join(words)) not in _groups() and not any(map(_of_an_organisation, words))
    ]
    if any(_named(run) for words in own for run in _runs(words)):
        return "sure"
    return "perhaps" if len(parts) == len(own) == 1 and _looks_like_a_name(own[0]) else ""


def _runs(words: list[str]) -> list[list[str]]:
    """Words that stand together between small ones: `Family of Jean Exemple`."""
    grouped = groupby(words, lambda word: word.lower() in _set("small_words"))
    return [list(run) for small, run in grouped if not small]


def _named(words: list[str]) -> bool:
    """Whether words together are a name with a given name in it; in small letters only where there are few."""
    if not 2 <= len(words) <= 5:
        return False
    arabic = _set("given_names_arabic")
    if any(plain(word) in arabic for word in words):
        return True
    given = [any(part in _set("given_names") for part in (plain(word), *plain(word).split())) for word in words]
    like_names = [word[:1].isupper() or plain(word) in _set("particles") for word in words]
    return any(given) and (all(like_names) or (len(words) <= 3 and given[0] and all(map(str.isalpha, words))))


def _looks_like_a_name(words: list[str]) -> bool:
    own = [word for word in words if word.lower() not in _set("particles")]
    return 2 <= len(own) <= 3 and len(words) <= 4 and all(re.fullmatch(NAME, word) for word in own)


def of_places(text: str, places: Collection[str], words: Collection[str]) -> Seems:
    """The same where places are known: what is called as one is no person, nor what only looks like a name and has
    a word of one."""
    seems = seems_person(text)
    if not seems or plain(text) in places:
        return ""
    return "" if seems == "perhaps" and any(word in words for word in plain(text).split()) else seems
