"""What a country is called: ISO codes, the numbers of conflict data, names, and the P-codes that are its own."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from primacy.framework.loading import standard_texts
from primacy.framework.saying import said
from primacy.framework.yaml_files import read_yaml
from primacy.places.errors import BadInput
from primacy.places.names import MOST_REMEMBERED, plain

LETTERS = re.compile(r"[A-Z]{1,3}", re.ASCII)  # of a country, in front of a P-code


@dataclass(frozen=True)
class Country:
    iso3: str
    iso2: str
    number: int | None  # Gleditsch-Ward
    name: str


@cache
def countries() -> Mapping[str, Country]:
    """Every country by ISO 3166 alpha-3."""
    listed = read_yaml((Path(__file__).parent / "countries.yaml").read_bytes())
    return MappingProxyType({iso3: Country(iso3, *fields) for iso3, fields in listed.items()})


@cache
def _by_any() -> Mapping[str, str]:
    keys: dict[str, str] = {}
    for each in countries().values():
        keys |= {each.iso2: each.iso3, each.iso3: each.iso3, plain(each.name): each.iso3}
    return MappingProxyType(keys)


@cache
def by_number() -> Mapping[int, str]:
    """Gleditsch-Ward number -> ISO alpha-3."""
    return MappingProxyType({each.number: each.iso3 for each in countries().values() if each.number is not None})


@lru_cache(MOST_REMEMBERED)
def iso3_of(text: str) -> str:
    """The alpha-3 code of a code or a name; what is not listed (a practice country) stands for itself.

    >>> iso3_of("CF"), iso3_of("Central African Republic"), iso3_of("XX")
    ('CAF', 'CAF', 'XX')
    """
    found = _by_any().get(text.strip().upper()) or _by_any().get(plain(text))
    if found is None and "(" in text:  # "DR Congo (Zaire)"
        found = _by_any().get(plain(text.split("(")[0]))
    return found or text.strip().upper()


def country_name(code: str, language: str = "en") -> str:
    """What a country is called in a language and in the United Nations; in English where the language lacks its name.

    >>> country_name("CAF"), country_name("CAF", "fr"), country_name("XXX", "fr")
    ('Central African Republic', 'République centrafricaine', 'XXX')
    """
    found = countries().get(iso3_of(code))
    texts = standard_texts()
    for names in (texts.get(language, {}).get("countries", {}), texts["en"]["countries"]):
        if iso3_of(code) in names:
            return str(names[iso3_of(code)])
    return found.name if found else code


def the_one_country(wanted: str, found: Collection[str], label: str) -> str:
    """Of the countries (ISO alpha-3) that a file is about the one that is wanted, or the only one; empty where the file
    names none and none is wanted.

    Raises   BadInput for several of which none is wanted, and where nothing is about the one that is.
    """
    if not wanted and len(found) > 1:
        some = sorted(found)[:6]
        raise BadInput(
            said("places/many-countries", count=len(found), names=some), label, said("places/do.which-country")
        )
    if wanted and wanted not in found:
        raise BadInput(said("places/nothing-on", country=country_name(wanted)), label, said("places/do.check-country"))
    return wanted or next(iter(found), "")


@cache
def country_of(area: str) -> str:
    """The code of the country of a P-code: P-codes begin with the alpha-2 or alpha-3 code of their country.

    A country that is in no list (one to practise with) is called by the letters that its P-codes begin with.

    >>> country_of("CF711"), country_of("CAF"), country_of("COD"), country_of("IQG01"), country_of("XDS0101")
    ('CAF', 'CAF', 'COD', 'IRQ', 'XDS')
    """
    letters = LETTERS.match(area.upper())
    code = letters[0] if letters else area[:2]
    return code if code in countries() else _by_any().get(code[:2], code)
