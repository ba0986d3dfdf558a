"""Names as they are compared: who writes himself in two ways is still one person, one coder, one source."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

SAID = "LMN"  # Unicode's letters, their marks, and digits: what of a name is compared


@lru_cache(maxsize=4096)
def bare(name: str) -> str:
    """A name without case, spaces and signs: `Anna B.` and `anna  b` are one. Empty where nothing is named."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return "".join(letter for letter in folded if unicodedata.category(letter)[0] in SAID)


def people(names: Iterable[str]) -> int:
    """How many different ones are named."""
    return len({bare(each) for each in names} - {""})
