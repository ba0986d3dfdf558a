"""Codes and texts that usually stand for no answer: 999, -1, Refused. Whether they do, only a person can say."""

import re
from collections.abc import Collection, Mapping
from functools import cache

from primacy.evidence.mapped.guessing import known_words
from primacy.places.files.figures import tidied
from primacy.places.names import plain

FEW = 20  # different texts: a list of answers to choose from
GAP = 2  # between the answers and a code that stands apart from them
FEW_NEGATIVE = 5  # different ones: more are figures
NUMBER = re.compile(r"-?\d{1,9}(?:[.,]\d+)?")
LABEL = re.compile(r"^-?\d+ ?[.:)-] ?(?=\D)")  # 99 - Refused
PARTS = re.compile(r"[/,;()|]| - ")


def perhaps_no_answers(counts: Mapping[str, int]) -> dict[str, int]:
    """Of the texts of one column, with how often each stands there, those that seem to be no answer.

    Numbers are only where they stand apart from the answers: 9 behind 1 to 5, 999 among words, -1 beside 0 and 1.

    >>> perhaps_no_answers({"Yes": 38, "No": 54, "999": 708})
    {'999': 708}
    >>> perhaps_no_answers({"7": 1, "8": 3, "9": 4, "10": 2})
    {}
    """
    chosen = len(counts) <= FEW
    numbers = {text: float(bare.replace(",", ".")) for text in counts if NUMBER.fullmatch(bare := tidied(text))}
    words = len(numbers) < len(counts)
    apart = _negative(numbers.values(), words=words) | _above(numbers.values(), words=words)
    found = {
        text
        for text, count in counts.items()
        if (numbers[text] in apart and (chosen or count > 1) if text in numbers else _says_so(text, chosen=chosen))
    }
    return {text: count for text, count in counts.items() if text in found}


def _negative(numbers: Collection[float], *, words: bool) -> set[float]:
    """Whole numbers below nought; not those of a scale such as -2 to 2."""
    below = {each for each in numbers if each < 0}
    above = {each for each in numbers if each > 0}
    alone = len(below) == len(set(numbers)) and not words
    scale = 0 in numbers and len(below) > 1 and {-each for each in below} == above
    figures = len(below) > FEW_NEGATIVE or any(each % 1 for each in numbers)
    return set() if alone or scale or figures else below


def _above(numbers: Collection[float], *, words: bool) -> set[float]:
    """Codes behind which no answer comes, with a gap before them."""
    codes = {float(each) for each in known_words()["no_answer"]["codes"]}
    apart: set[float] = set()
    highest = -GAP if words else float("inf")  # among words every code stands apart; alone none does
    for each in sorted(each for each in numbers if each >= 0):
        if each in codes and (apart or each - highest >= GAP):
            apart.add(each)
        else:
            apart, highest = set(), each
    return apart


def _says_so(text: str, *, chosen: bool) -> bool:
    """Whether a text says it: the whole of it or, of an answer that was chosen from a list, how it begins."""
    words = _words()
    if text.strip().lower() in known_words()["no_answer"]["signs"] or plain(text) in words:
        return True
    if not chosen:
        return False
    first = plain(PARTS.split(LABEL.sub("", text.strip()))[0])
    return first in words or any(first.startswith(f"{each} ") for each in words if " " in each)


@cache
def _words() -> frozenset[str]:
    return frozenset(plain(str(each)) for words in known_words()["no_answer"]["words"].values() for each in words)
