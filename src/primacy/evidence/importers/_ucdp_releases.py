"""When UCDP published which version of its yearly data sets, as far as that is documented."""

import re
from datetime import date

from primacy.evidence.importers.ucdp_ged import RELEASES

VERSION = re.compile(r"[\W_v-](\d{2})[._]?([1-9])(?!\d)")
OTHERS = {
    "23.2": date(2023, 12, 31),  # Conflict Issues; the day is not documented, so the last of the year
    "3": date(2021, 12, 31),  # Conflict Termination 3-2021, the same
}


def published(name: str, version: str) -> date | None:
    """The day on which a version was published: the version that the rows name, else the one in the file's name."""
    if not version:
        found = VERSION.search(name)
        version = f"{found[1]}.{found[2]}" if found else ""
    return RELEASES.get(version) or OTHERS.get(version)
