"""Keys under which a name is looked up however it is spelt: names that sound alike have one in common.

Sounds near each other are one (`alike` in names.yaml), doubled ones and h are gone. Within Latin letters vowels count
by where they stand, the first of a short name by its colour too, or Bria and Bouar would be one. Between scripts only
consonants count, for Arabic writes no short vowels. A key says that two names may be one; `sounds.Sounding` says how
alike they are.
"""

import re
from itertools import groupby

from primacy.places.names import TABLE
from primacy.places.sounds import sounds

ALIKE = str.maketrans(TABLE["alike"])
VOWELS = re.compile("[aeiouAwy]+")
FRONT, BACK = re.compile("[eiy]"), re.compile("[ouw]")
SHORT = 2  # consonants up to which the colour of the first vowel counts
LEAST = 2  # consonants below which a key says nothing
LONG = 4  # consonants from which one may be wrong


def sound_key(word: str) -> str:
    """The key of a name in Latin letters among others of them; empty where it says too little.

    >>> sound_key("Deir"), sound_key("dayr"), sound_key("Mohamed") == sound_key("Muhammad"), sound_key("a")
    ('dir', 'dir', True, '')
    """
    signs, bones = _signs(word), consonants(word)
    if not bones:
        return ""
    first = VOWELS.search(signs) if len(bones) <= SHORT else None
    told = VOWELS.sub(lambda run: _colour(run[0]) if first and run.start() == first.start() else "a", signs)
    return "".join(sign for sign, _ in groupby(told))


def consonants(word: str) -> str:
    """The key of a name in any script; empty where it says too little.

    >>> consonants("Zawr"), consonants("زور"), consonants("Bangui"), consonants("بانغي")
    ('sr', 'sr', 'bnk', 'bnk')
    """
    bones = VOWELS.sub("", _signs(word))
    return bones if len(bones) >= LEAST else ""


def near_keys(word: str) -> frozenset[str]:
    """Keys of which two names share one where they differ in a single consonant, put in, left out or exchanged.

    Source   symmetric deletion: what is left when one letter is taken out
    """
    bones = consonants(word)
    if len(bones) < LONG:
        return frozenset()
    return frozenset([bones, *(bones[:place] + bones[place + 1 :] for place in range(len(bones)))])


def _signs(word: str) -> str:
    return sounds(word).translate(ALIKE)


def _colour(run: str) -> str:
    return "i" if FRONT.search(run) else "u" if BACK.search(run) else "a"
