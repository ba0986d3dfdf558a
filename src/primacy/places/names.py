"""Names of places as people write them: compared without accents, vowel marks, case and words like "province"."""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import Any

from primacy.framework.yaml_files import read_yaml

MOST_REMEMBERED = 100_000  # names: a file may hold millions
TABLE: dict[str, Any] = read_yaml((Path(__file__).parent / "names.yaml").read_bytes())
_LETTERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ـ": "", "ø": "o", "ł": "l",
     "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "'": "", "’": "", "ʼ": "", "ʿ": "", "ʾ": ""}
)  # fmt: skip


@lru_cache(MOST_REMEMBERED)
def plain(text: str) -> str:
    """Lower case, without accents, Arabic vowel marks and punctuation, one space between words.

    >>> plain("  Nana-Mambéré "), plain("حَلَب")
    ('nana mambere', 'حلب')
    """
    return " ".join(plain_words(text))


def plain_words(text: str) -> list[str]:
    """The words of `plain`, which remembers what it was asked: this is for long texts.

    >>> plain_words("À Bria, rien.")
    ['a', 'bria', 'rien']
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_LETTERS)
    marks_gone = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return re.findall(r"\w+", marks_gone.translate(_LETTERS))


KINDS = frozenset(plain(word) for word in TABLE["kinds"].split())
ARTICLES = frozenset(TABLE["articles"].split())
SAME = {plain(word): key for key, words in TABLE["same"].items() for word in [key, *words.split()]}
ABBREVIATED = re.compile(r"\b(" + "|".join(TABLE["abbreviations"]) + r")\.(?=\s*\w)", re.IGNORECASE)
SUB_PREFECTURE = re.compile(r"\b(?:s\s*[/.-]\s*p\b|s(?:ous|/)?[ -]*pr[ée]f)", re.IGNORECASE)
ARABIC_ARTICLE = "ال"
SHORTEST = 4  # letters of a word whose article is written with it


@lru_cache(MOST_REMEMBERED)
def bare(text: str) -> str:
    """`plain` without words that say what kind of area it is and without articles.

    Words that are translated come first, all by one word: North Darfur, Darfour Nord, شمال دارفور. Where nothing else
    is left the plain text stays.

    >>> bare("S/Préf. de Bria"), bare("As-Sweida"), bare("ولاية شمال دارفور"), bare("N. Darfur")
    ('bria', 'sweida', 'north دارفور', 'north darfur')
    """
    meant = ABBREVIATED.sub(lambda found: TABLE["abbreviations"][found[1].casefold()] + " ", text.split("(")[0] or text)
    words = plain(SUB_PREFECTURE.sub("pref", meant)).split()
    kept = [word for word in words if word not in KINDS] or words
    bared = [_without_article(word) for place, word in enumerate(kept) if not _is_article(kept, place)]
    translated = sorted(SAME[word] for word in bared if word in SAME)
    return " ".join([*translated, *(word for word in bared if word not in SAME)])


def translated(name: str) -> tuple[str, ...]:
    """The words of a bare name that stand for all languages: north, nile."""
    return tuple(word for word in name.split() if word in TABLE["same"])


def _is_article(words: list[str], place: int) -> bool:
    """Whether a word is the Arabic article before the next: `al`, or one that took the next word's first sound."""
    word = words[place]
    if word not in ARTICLES or place + 1 == len(words):
        return False
    return "l" in word or words[place + 1].startswith(word[1:])


def _without_article(word: str) -> str:
    """A word without the article written with it: `ال`, `al` before a consonant, `az` before another z."""
    if word in SAME:
        return word
    if word.startswith(ARABIC_ARTICLE) and len(word) > SHORTEST:
        return word[2:]
    if len(word) > SHORTEST + 1 and re.match(r"[aei](l[^aeiouyl]|([tdrzsn])\2)", word):
        return word[2:]
    return word


def likeness(one: str, other: str) -> float:
    """How alike two plain names are, 0 to 1. Spaces do not count, so that "Ouham Pende" equals "Ouhampende"."""
    left, right = one.replace(" ", ""), other.replace(" ", "")
    if left == right:
        return 1.0
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() > 0.6 and matcher.quick_ratio() > 0.6 else 0.0
