"""Names as they sound, so that Arabic script and its many spellings in Latin letters can be compared.

A name becomes a row of sounds: `Deir ez-Zor`, `Dayr az Zawr` and `دير الزور` differ in vowels alone. How alike two
names are is one less the cheapest way from one to the other, as a share of their weight: a vowel costs less than a
consonant, a sound less to exchange for one near it (q for k or g, th for t or s). The costs stand in names.yaml.

Source   weighted edit distance (Wagner & Fischer 1974); all candidates at once, one step for each sound of the name
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import groupby, permutations

import numpy as np
from numpy.typing import NDArray

from primacy.places.names import TABLE

Floats = NDArray[np.float64]
VOWELS = frozenset(TABLE["vowels"])
LATIN = re.compile("|".join(sorted(map(re.escape, TABLE["latin"]), key=len, reverse=True)))
SILENT = re.compile(r"[hه]\b")
SIGNS = "AabdefghijklmnopqrstuvwyzDGSTX'"
NUMBER = {sign: n for n, sign in enumerate(SIGNS, 1)}  # 0 is no sound: it costs nothing and fills rows up


def sounds(words: str) -> str:
    """The sounds of a name, one sign for each, without doubled ones and without h at the end of a word.

    Digits and other scripts give none.

    >>> sounds("dayr zawr"), sounds("دير زور"), sounds("bégoua")
    ('dayrzawr', 'dyrzwr', 'begua')
    """
    marks_gone = "".join(each for each in unicodedata.normalize("NFKD", words) if not unicodedata.combining(each))
    latin = LATIN.sub(lambda found: TABLE["latin"][found[0]], SILENT.sub("", marks_gone.casefold()))
    signs = (TABLE["arabic"].get(letter, letter) for letter in latin)
    return "".join(sign for sign, _ in groupby(sign for sign in signs if sign in NUMBER))


def arabic(text: str) -> bool:
    return any("\u0600" <= letter <= "\u06ff" for letter in text)


def _costs(vowel: float, left_out: Mapping[str, float], share: float) -> tuple[Floats, Floats]:
    """(of leaving out each sound, of taking one for another); `share` of the cost between vowels is counted."""
    out = np.ones(len(SIGNS) + 1)
    out[0] = 0.0
    for sign, number in NUMBER.items():
        out[number] = vowel if sign in VOWELS else left_out.get(sign, 1.0)
    other = np.maximum.outer(out, out)
    np.fill_diagonal(other, 0.0)
    for signs, cost in TABLE["near"]:
        for one, another in permutations(signs, 2):
            other[NUMBER[one], NUMBER[another]] = cost * (share if VOWELS & {one, another} else 1.0)
    return out, other


_BETWEEN = TABLE["between_scripts"]
SAME_SCRIPT = _costs(TABLE["vowel"], TABLE["left_out"], 1.0)
TWO_SCRIPTS = _costs(_BETWEEN["vowel"], _BETWEEN["left_out"], _BETWEEN["vowels_for_each_other"])


class Sounding:
    """Names made ready to be compared with many others; all of one script."""

    def __init__(self, names: Sequence[str], *, arabic: bool) -> None:
        self.arabic = arabic
        told = [sounds(name) for name in names]
        self._signs = np.zeros((len(told), max(map(len, told), default=0)), dtype=np.int64)
        self._length = np.array([len(each) for each in told], dtype=np.int64)
        for place, each in enumerate(told):
            self._signs[place, : len(each)] = [NUMBER[sign] for sign in each]

    def likeness(self, name: str) -> Floats:
        """How alike each of the names is to this one, 0 to 1."""
        wanted = [NUMBER[sign] for sign in sounds(name)]
        if not wanted or not self._signs.size:
            return np.zeros(len(self._length))
        out, other = SAME_SCRIPT if arabic(name) == self.arabic else TWO_SCRIPTS
        steps = np.cumsum(np.pad(out[self._signs], ((0, 0), (1, 0))), axis=1)  # cost of the first n sounds
        row = steps.copy()
        for sign in wanted:
            best = row + out[sign]
            np.minimum(best[:, 1:], row[:, :-1] + other[sign, self._signs], out=best[:, 1:])
            row = np.minimum.accumulate(best - steps, axis=1) + steps  # sounds of the other name left out
        cost = np.take_along_axis(row, self._length[:, None], axis=1)[:, 0]
        weight = (steps[:, -1] + out[wanted].sum()) / 2
        return np.asarray(np.clip(1.0 - cost / np.maximum(weight, 1e-9), 0.0, 1.0) * (self._length > 0))
