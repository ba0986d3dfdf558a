"""Numbers and days as people and spreadsheets write them, where nothing else can be meant.

Understood   digits of Arabic and Persian; a comma or point before decimals; spaces, apostrophes, commas or points
             between thousands; days as 2024-12-31, also with / or . between and with one digit
Sent back    1,234 where thousands are possible, because it may be 1234 or 1.234; 03/04/2024, because it may be two
             days; 31/12/2024 too, so that a column is not taken in part
"""

import re
from datetime import date, timedelta

from primacy.framework.saying import Said, said

NUMBER = r"^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,3})?$"
THOUSANDS_OR_DECIMALS = r"^[-+]?[1-9][0-9]{0,2}[.,][0-9]{3}$"
LONGEST = 60
DIGITS = {ord(letter): str(n % 10) for n, letter in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
SPACES = dict.fromkeys(
    map(ord, " \u00a0\u2009\u202f\u2007'’٬"), "'"
)  # all that stands between thousands and nowhere else
UNSEEN = dict.fromkeys(map(ord, "\u200e\u200f\u061c\ufeff"))  # marks of direction
MARKS = {ord("٫"): ".", ord("−"): "-", ord("٪"): "%"}
TIDY = DIGITS | MARKS | UNSEEN
GROUPED = re.compile(r"[-+]?\d{1,3}(?:(?:'\d{3})+|(?:,\d{3}){2,}|(?:\.\d{3}){2,})")
FIRST_OF_SPREADSHEETS = date(1899, 12, 30)
NO_NUMBER, NO_DATE = said("places/no-number"), said("places/no-date")
YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ].*)?", re.ASCII)
YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:[T ].*)?", re.ASCII)


def tidied(written: str) -> str:
    """The same text with plain digits, and without marks that are not seen."""
    return written.translate(TIDY).strip()


def plain_number(written: str, *, large: bool, point: bool) -> tuple[str, Said | None]:
    """(a number as programs write it, None) or ("", why it is none, of a `column` that the reader fills in).

    large   whether thousands are possible: of persons and money they are, of shares and degrees they are not
    point   whether a point can only stand before decimals, as in a table parted by commas
    """
    bare = tidied(written).translate(SPACES) if len(written) <= LONGEST else ""
    if not bare.isascii():
        return "", NO_NUMBER
    if large and re.match(THOUSANDS_OR_DECIMALS, bare) and not (point and "." in bare):
        together, apart = re.sub("[.,]", "", bare), bare.replace(",", ".")
        return "", said("places/two-numbers", together=together, apart=apart)
    number = _without_groups(bare)
    return (number, None) if re.match(NUMBER, number) else ("", NO_NUMBER)


def _without_groups(bare: str) -> str:
    """The number with a point before decimals and nothing between thousands; anything else as it is."""
    whole, mark, decimals = _parted(bare)
    if GROUPED.fullmatch(whole):
        whole = re.sub("[',.]", "", whole)
    elif mark and "," in bare and "." in bare and re.fullmatch(r"[-+]?\d{1,3}([,.])\d{3}", whole):
        whole = re.sub("[,.]", "", whole)
    return f"{whole}.{decimals}" if mark else whole


def _parted(bare: str) -> tuple[str, str, str]:
    """Whole part, decimal mark and decimals; without a mark where the only ones stand between thousands."""
    if GROUPED.fullmatch(bare):
        return bare, "", ""
    at = max(bare.rfind("."), bare.rfind(","))
    return (bare, "", "") if at < 0 else (bare[:at], bare[at], bare[at + 1 :])


def day(written: str) -> tuple[date | None, Said | None]:
    """(the day meant, None) or (None, why none can be read from it, of a `column` that the reader fills in)."""
    text = tidied(written[:LONGEST])
    if found := YEAR_FIRST.fullmatch(text):
        known = _possible(int(found[1]), int(found[3]), int(found[4]))
        return known, None if known else said("places/no-such-date")
    if found := YEAR_LAST.fullmatch(text):
        return None, _year_last(int(found[1]), int(found[3]), int(found[4]))
    if re.fullmatch(r"[2-7]\d{4}(\.\d+)?", text, re.ASCII):
        meant = FIRST_OF_SPREADSHEETS + timedelta(days=int(text[:5]))
        return None, said("places/serial-date", meant=meant)
    return None, NO_DATE


def _year_last(first: int, second: int, year: int) -> Said:
    meant = [each for each in (_possible(year, second, first), _possible(year, first, second)) if each]
    if not meant:
        return NO_DATE
    if len(set(meant)) == 1:
        return said("places/year-last", meant=meant[0])
    return said("places/two-dates", first=meant[0], second=meant[1])


def _possible(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
