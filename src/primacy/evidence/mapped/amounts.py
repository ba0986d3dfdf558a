"""Numbers as a mapping says they are written, multiplied by its scale; nothing is guessed that may mean two things."""

import re
from functools import lru_cache

from primacy.evidence.mapped.mapping import Numbers
from primacy.framework.saying import Said, said
from primacy.places.files.figures import LONGEST, NO_NUMBER, NUMBER, SPACES, plain_number, tidied

MOST_KEPT = 50_000
TYPED_AS_TEXT = "'"  # what a sheet puts before digits that are text


@lru_cache(MOST_KEPT)
def amount(
    written: str,
    numbers: Numbers | None,
    *,
    factor: float = 1.0,
    share: bool = False,
    machine: bool = False,
    large: bool = True,
) -> tuple[str, Said | None]:
    """(a number as programs write it, None) or ("", why it is none, of a `column` that the reader fills in).

    factor    what it is multiplied by; of a share with its own sign of per cent, that sign decides
    machine   whether the table keeps numbers as numbers (a sheet, JSON): then a point stands before decimals
    large     whether thousands are possible, where nothing says how numbers are written

    >>> amount("1.234,5", Numbers(decimal=",", thousands="."))
    ('1234.5', None)
    >>> amount("45,3 %", Numbers(decimal=","), factor=0.01, share=True)
    ('0.453', None)
    """
    text = tidied(written[: LONGEST * 2])
    as_text = text.startswith(TYPED_AS_TEXT)
    bare = text.removeprefix(TYPED_AS_TEXT)
    if len(bare) > LONGEST:
        return "", NO_NUMBER
    if bare.endswith("%") and share:
        bare, factor = bare.removesuffix("%").strip(), 0.01
    plain, why = _plain(bare, numbers, machine=machine and not as_text, large=large)
    if why or factor == 1.0:
        return plain, why
    return f"{float(plain) * factor:.15g}", None


def _plain(bare: str, numbers: Numbers | None, *, machine: bool, large: bool) -> tuple[str, Said | None]:
    if machine and re.match(NUMBER, bare):
        return bare, None
    if numbers is None:
        return plain_number(bare, large=large, point=False)
    text = bare.translate(SPACES) if numbers.thousands in (" ", "'", "") else bare
    mark = re.escape("'" if numbers.thousands in (" ", "'") else numbers.thousands)
    whole = rf"\d{{1,3}}(?:{mark}\d{{3}})+|\d+" if mark else r"\d+"
    found = re.fullmatch(rf"([-+]?)({whole})?(?:{re.escape(numbers.decimal)}(\d*))?(?:[eE]([-+]?\d{{1,3}}))?", text)
    if not found or not (found[2] or found[3]):
        marks = {"decimal": repr(numbers.decimal)}
        if not numbers.thousands:
            return "", said("evidence/no-number-decimal", **marks)
        return "", said("evidence/no-number-thousands", **marks, thousands=repr(numbers.thousands))
    digits = re.sub(r"\D", "", found[2] or "0")
    exponent = f"e{found[4]}" if found[4] else ""
    return f"{found[1]}{digits}.{found[3]}{exponent}" if found[3] else f"{found[1]}{digits}{exponent}", None
