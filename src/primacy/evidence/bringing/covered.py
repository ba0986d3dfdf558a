"""What a coverage names, with everything inside it."""

from primacy.evidence.bringing.locating import Locator
from primacy.evidence.store.datasets import Coverage
from primacy.places.countries import country_of


def with_all_inside(coverage: Coverage, locator: Locator) -> Coverage:
    """A coverage of the country with those areas in it whose P-codes do not begin with its code: the store has no
    boundaries and knows the others by how they begin."""
    country = locator.areas.country
    if not country or country not in coverage.areas:
        return coverage
    inside = [*locator.areas.descendants(country), *locator.areas.former_inside(country)]
    others = {code for code in inside if country_of(code) != country_of(country)} - set(coverage.areas)
    return coverage.model_copy(update={"areas": (*coverage.areas, *sorted(others))}) if others else coverage
