"""What became of an imported file, for people and scripts."""

from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from types import ModuleType
from typing import Any

from primacy.evidence.bringing.formats import Reading
from primacy.evidence.bringing.remedies import bare, remedies
from primacy.evidence.errors import listed
from primacy.evidence.mapped.mapping import Mapping
from primacy.evidence.store.datasets import DatasetVersion
from primacy.framework.instance import Instance
from primacy.framework.saying import ENGLISH, Said, Words, said, told
from primacy.places.countries import country_name, iso3_of
from primacy.places.files.files import Source


@dataclass(frozen=True)
class Provenance:
    """Whose a file is, where whoever brings it knows better than its format, which goes by how it looks."""

    producer: str
    licence: str
    citation: str


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
    why: Said | None  # why the file is in this format; None where the person said so
    mission: str  # ISO alpha-3 of the mission's country, or empty
    detail: dict[tuple[int, date | None], int]  # level and first day -> points of the boundaries that this run brought
    mapping: Mapping | None = None
    provenance: Provenance | None = None

    def summary(self, *, new: bool, version: DatasetVersion | None = None, rows: int = 0, items: int = 0) -> "Summary":
        return Summary(self.source.label, self.importer.FORMAT, not self.why, new, version, rows, items, why=self.why)

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
    rejected: int = 0  # lines
    first_fault: Words = ""  # of the first rejected line
    rejected_file: str = ""
    by_point: int = 0
    by_code: int = 0
    country_only: int = 0
    by_name: dict[str, int] = field(default_factory=dict)  # "name as written -> P-code" -> rows
    not_found: dict[str, int] = field(default_factory=dict)  # name as written -> rows
    notes: list[Said] = field(default_factory=list)
    why: Said | None = None  # why the file is in its format, where that was recognised

    @property
    def first_rejected(self) -> str:
        """In English."""
        return told(self.first_fault, ENGLISH)

    def as_dict(self, language: str = ENGLISH) -> dict[str, Any]:
        """For scripts, what is said in a language."""
        content = asdict(replace(self, notes=[], why=None, first_fault=""))
        del content["first_fault"]
        return content | {
            "first_rejected": told(self.first_fault, language),
            "version": self.version.as_told(language) if self.version else None,
            "notes": [told(each, language) for each in self.notes],
            "why": told(self.why or "", language),
        }


def tell(summary: Summary, order: Order, reading: Reading, country: str) -> None:
    found = reading.locator.found
    summary.by_point, summary.by_code, summary.country_only = found.by_point, found.by_code, found.country_only
    summary.by_name = {f"{name} -> {code}": rows for (name, code), rows in found.by_name.most_common()}
    summary.not_found = dict(found.not_found.most_common())
    first = reading.faults.first
    summary.first_fault = reading.faults.said(bare(first)) if first else ""
    summary.rejected = summary.version.rejected if summary.version and summary.new else reading.faults.lines
    notes = summary.notes
    if not summary.new and summary.version:
        since = f"{summary.version.imported:%Y-%m-%d}"
        notes.append(said("evidence/here-since", day=since, dataset=summary.version.id))
        known = f"{summary.version.known:%Y-%m-%d}"
        if order.known and f"{order.known:%Y-%m-%d}" != known:
            notes.append(said("evidence/known-kept", given=f"{order.known:%Y-%m-%d}", since=known))
    if reading.not_wanted and not order.country:
        notes.append(
            said(
                "evidence/one-country-of-several", countries=len(reading.countries), country=country_name(country),
                lines=reading.not_wanted,
            )
        )  # fmt: skip
    if found.without_boundaries:
        countries = sorted(country_name(each) for each in ({country} if country else reading.countries))
        where = listed(countries) if countries else said("evidence/the-country")
        notes.append(said("evidence/without-boundaries", names=where, lines=found.without_boundaries))
    if found.exchanged:
        notes.append(said("evidence/points-exchanged", count=found.exchanged))
    if found.elsewhere:
        notes.append(said("evidence/points-elsewhere", count=found.elsewhere))
    notes.extend(reading.locator.place_notes())
    if reading.not_filled:
        notes.append(said("evidence/lines-without-value", count=reading.not_filled))
    notes.extend(reading.notes)
    notes.extend(remedies(reading.faults, reading.faults.unit))
