"""Where missions of the United Nations were deployed, for tables that name the mission and no country."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from primacy.framework.yaml_files import read_yaml


@cache
def hosts() -> Mapping[str, tuple[str, ...]]:
    """Acronym -> ISO alpha-3 codes of the countries of deployment."""
    listed = read_yaml((Path(__file__).parent / "missions.yaml").read_bytes())
    return MappingProxyType({acronym: tuple(codes) for acronym, codes in listed.items()})


def host(acronym: str) -> str:
    """The one country of a mission; empty where it had several, or is not known.

    >>> host("MINUSCA"), host("UNTSO")
    ('CAF', '')
    """
    codes = hosts().get(acronym.strip(), ())
    return codes[0] if len(codes) == 1 else ""


def in_several(acronyms: Iterable[str], country: str) -> list[str]:
    """Those missions that had several countries, `country` (or, if it is empty, any) among them."""
    found = {each.strip() for each in acronyms}
    return sorted(
        each for each in found if len(hosts().get(each, ())) > 1 and (not country or country in hosts()[each])
    )
