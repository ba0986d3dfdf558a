"""Names of places as people write them: compared without accents, vowel marks, case and words like "province"."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

MOST_REMEMBERED = 100_000  # names: a file may hold millions
# What a kind of area is called, in the languages of the files met so far; it says nothing of which one it is.
KIND_WORDS = frozenset(
    re.findall(
        r"\w+",
        "province provinces prefecture prefectures sub subprefecture region state states district districts governorate"
        " division county territory commune department departement municipality city town village ville area zone"
        " of de la le du des the al el محافظة ولاية مديرية منطقة قضاء إقليم اقليم",
    )
)
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
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_LETTERS)
    marks_gone = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", marks_gone.translate(_LETTERS)))


@lru_cache(MOST_REMEMBERED)
def bare(text: str) -> str:
    """`plain` without words that say what kind of area it is; the plain text where nothing else is left."""
    words = plain(text.split("(")[0] or text).split()
    kept = [word for word in words if word not in KIND_WORDS]
    return " ".join(kept or words)


def likeness(one: str, other: str) -> float:
    """How alike two plain names are, 0 to 1. Spaces do not count, so that "Ouham Pende" equals "Ouhampende"."""
    left, right = one.replace(" ", ""), other.replace(" ", "")
    if left == right:
        return 1.0
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() > 0.6 and matcher.quick_ratio() > 0.6 else 0.0


def ranked(text: str, candidates: Iterable[tuple[str, str]], *, least: float = 0.7) -> list[tuple[str, float]]:
    """(code, score) of candidates (code, name) at least `least` alike, best first, each code with its best name."""
    wanted = bare(text)
    if not wanted:
        return []
    best: dict[str, float] = {}
    for code, name in candidates:
        score = likeness(wanted, bare(name))
        if score >= least and score > best.get(code, 0.0):
            best[code] = round(score, 3)
    return sorted(best.items(), key=lambda each: (-each[1], each[0]))
