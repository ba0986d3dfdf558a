"""What became of an imported file, for people and scripts."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from types import ModuleType
from typing import Any

from primacy.evidence.datasets import DatasetVersion
from primacy.evidence.formats import Reading
from primacy.framework.instance import Instance
from primacy.places.countries import country_name, iso3_of
from primacy.places.files import Source

SHOWN = 8


@dataclass(frozen=True)
class Order:
    """One file to import, and what was asked."""

    source: Source
    importer: ModuleType
    instance: Instance
    name: str | None
    known: datetime | None
    country: str | None
    imported_by: str
    at: datetime
    format_given: bool
    mission: str  # ISO alpha-3 of the mission's country, or empty
    detail: dict[int, int]  # level -> points of the boundaries that this run brought

    @property
    def wanted_country(self) -> str:
        """ISO alpha-3: the country asked for, else the mission's, else empty."""
        return iso3_of(self.country) if self.country else self.mission


@dataclass
class Summary:
    """What became of one file. `version` is None where the file says where things are (boundaries)."""

    file: str
    format: str
    format_given: bool
    new: bool
    version: DatasetVersion | None = None
    rows: int = 0
    items: int = 0
    rejected: int = 0
    first_rejected: str = ""
    rejected_file: str = ""
    by_point: int = 0
    by_code: int = 0
    country_only: int = 0
    by_name: dict[str, int] = field(default_factory=dict)  # "name as written -> P-code" -> rows
    not_found: dict[str, int] = field(default_factory=dict)  # name as written -> rows
    notes: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        content = asdict(self)
        content["version"] = self.version.model_dump(mode="json") if self.version else None
        return content


def tell(summary: Summary, order: Order, reading: Reading, country: str) -> None:
    found = reading.locator.found
    summary.by_point, summary.by_code, summary.country_only = found.by_point, found.by_code, found.country_only
    summary.by_name = {f"{name} -> {code}": rows for (name, code), rows in found.by_name.most_common()}
    summary.not_found = dict(found.not_found.most_common())
    first = min(reading.rejected, key=lambda each: each.line, default=None)
    summary.first_rejected = f"line {first.line}: {first.reason}" if first else ""
    notes = summary.notes
    if not summary.new and summary.version:
        since = f"{summary.version.imported:%Y-%m-%d}"
        notes.append(f"already here since {since} as {summary.version.id}: nothing was changed")
    if reading.not_wanted and not order.country:
        notes.append(
            f"the file holds {len(reading.countries)} countries; only {country_name(country)}, the mission's country,"
            f" was imported ({reading.not_wanted} lines of others left out; --country chooses another)"
        )
    if found.without_boundaries:
        named = listed(sorted(country_name(each) for each in ({country} if country else reading.countries)))
        notes.append(
            f"no boundaries of {named or 'the country'} are here, so {found.without_boundaries} lines have the whole"
            " country as their area and rules over areas stay unknown: import the country's COD-AB boundaries (GeoJSON"
            " or GeoParquet, levels 1 and 2) and then this file again"
        )
    if reading.not_filled:
        notes.append(f"{reading.not_filled} lines without a value were left out")
    notes.extend(reading.notes)


def listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:SHOWN])
    return f"{shown} and {len(names) - SHOWN} more" if len(names) > SHOWN else shown
