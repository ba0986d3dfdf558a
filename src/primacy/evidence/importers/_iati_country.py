"""For whom an IATI activity is: its recipient countries and their shares of the money."""

from dataclasses import dataclass

from primacy.evidence.importers._xml import Element, Elements
from primacy.places.countries import iso3_of
from primacy.places.files.files import Source


@dataclass(frozen=True)
class Named:
    """Countries with their shares, NaN-free: a share that is not told is None. `said` is false where none is named."""

    countries: dict[str, float | None]
    said: bool

    @classmethod
    def of(cls, element: Element) -> "Named":
        """What an activity or transaction says; a region counts as said, so that nothing is assumed of it."""
        found: dict[str, float | None] = {}
        for each in element.all("recipient-country"):
            if code := each.get("code"):
                found[iso3_of(code)] = _share(each.get("percentage"))
        regions = element.all("recipient-region")
        if len(found) == 1 and not regions:
            found = {country: 1.0 if share is None else share for country, share in found.items()}
        return cls(found, said=bool(found or regions))


def share_of(named: Named, country: str) -> float | None:
    """The share of one country: 0 where it is not named, None where it is named without one or no country is wanted."""
    if not country:
        return None
    return named.countries.get(country, 0.0)


def country_of_all(source: Source) -> str:
    """The one country that every activity names which names any; empty where there is no such country."""
    common: set[str] | None = None
    for activity in Elements(source, "iati-activity"):
        named = Named.of(activity)
        if named.said:
            found = set(named.countries)
            common = found if common is None else common & found
            if not common:
                return ""
    return next(iter(common)) if common and len(common) == 1 else ""


def _share(written: str) -> float | None:
    try:
        share = float(written) / 100
    except ValueError:
        return None
    return share if 0 <= share <= 1 else None
