"""Which areas a written name may mean: ranked candidates with a score.

Score    1 the same name; 0.98 the same but for words like "province", articles, and words that are translated;
         else how alike they sound or are spelt, at most 0.97; less a quarter where a translated word differs, because
         North Darfur and South Darfur are spelt alike and are two places
"""

from collections.abc import Callable, Iterable

import numpy as np

from primacy.places.names import bare, likeness, plain, translated
from primacy.places.sounds import Sounding, arabic

SAME_BUT_FOR_WORDS = 0.98
ALIKE = 0.97  # at most, for names that are not the same
LEAST = 0.7
OTHER_WORD = 0.75
SPELT = 20  # names that sound most alike, whose spelling is compared too


class NameIndex:
    """The names of all areas, made ready once."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """`names` are (P-code, name); an area may have several."""
        listed = list(dict.fromkeys(names))
        self._codes = [code for code, _ in listed]
        self._plain = [plain(name).replace(" ", "") for _, name in listed]
        self._bare = [bare(name) for _, name in listed]
        self._translated = [translated(name) for name in self._bare]
        in_arabic = np.array([arabic(name) for name in self._bare], dtype=np.bool_)
        places = [(np.flatnonzero(in_arabic == script), script) for script in (False, True)]
        self._scripts = [(at, Sounding([self._bare[n] for n in at.tolist()], arabic=script)) for at, script in places]

    def ranked(self, text: str, wanted: Callable[[str], bool] | None = None) -> list[tuple[str, float]]:
        """(code, score) of areas at least LEAST alike, best first, each with its best name.

        `wanted` says of a code whether it is a candidate.
        """
        same, alike = plain(text).replace(" ", ""), bare(text)
        if not alike:
            return []
        scores = np.zeros(len(self._codes))
        for at, sounding in self._scripts:
            scores[at] = sounding.likeness(alike) * ALIKE
        if wanted is not None:
            scores[[not wanted(code) for code in self._codes]] = -1.0
        for place in np.argsort(-scores, kind="stable")[:SPELT].tolist():
            if scores[place] >= 0:
                scores[place] = max(scores[place], ALIKE * likeness(alike, self._bare[place]))
        words = translated(alike)
        scores[[bool(each and words and each != words) for each in self._translated]] *= OTHER_WORD
        close = alike.replace(" ", "")
        for place, (its_plain, its_bare) in enumerate(zip(self._plain, self._bare, strict=True)):
            if scores[place] >= 0 and close == its_bare.replace(" ", ""):
                scores[place] = 1.0 if same == its_plain else SAME_BUT_FOR_WORDS
        best: dict[str, float] = {}
        for place in np.flatnonzero(scores >= LEAST).tolist():
            code = self._codes[place]
            best[code] = max(best.get(code, 0.0), round(float(scores[place]), 3))
        return sorted(best.items(), key=lambda each: (-each[1], each[0]))
