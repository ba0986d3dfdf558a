"""Bringing files into an instance: recognise, read, check, store, and say what was done."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow as pa
import yaml

from primacy.evidence.datasets import DatasetVersion
from primacy.evidence.errors import BadInput
from primacy.evidence.formats import Progress, Reading, Task, formats
from primacy.evidence.people import population_points
from primacy.evidence.store import Store
from primacy.framework.instance import Instance
from primacy.places.areas import Areas
from primacy.places.countries import country_name, iso3_of
from primacy.places.files import Source, sources
from primacy.places.folder import keep_boundaries, keep_population

MOST_REJECTED = 0.5
SHOWN = 8


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


def import_files(
    paths: Iterable[Path | str], *, instance: Instance, format: str | None = None, name: str | None = None,  # noqa: A002
    known: datetime | None = None, country: str | None = None, imported_by: str = "", progress: Progress | None = None,
    now: datetime | None = None,
) -> list[Summary]:  # fmt: skip
    """Import files, zips and folders into an instance, boundaries and population first.

    Every file is recognised before the first is read. Each file is imported whole or, when anything in it is
    unusable, not at all; the error then names the files imported before it. `progress(share done, what)`.
    """
    told = progress or (lambda share, what: None)
    chosen = _chosen([Path(path) for path in paths], format)
    at = (now or datetime.now(UTC)).astimezone(UTC)
    done: list[Summary] = []
    for place, (source, importer) in enumerate(chosen.wanted):
        told(place / len(chosen.wanted), f"{source.label}: {importer.FORMAT}")
        order = _Order(source, importer, instance, name, known, country, imported_by, at, format is not None)
        try:
            done.append(_import(order, lambda share, what, p=place: told((p + share) / len(chosen.wanted), what)))  # type: ignore[misc]
        except BadInput as error:
            if not done:
                raise
            before = ", ".join(each.file for each in done)
            raise BadInput(error.what, error.where, f"{error.remedy}. Imported before it: {before}") from error
    if done and chosen.passed_over:
        done[-1].notes.append(f"not recognised and not read: {_listed(chosen.passed_over)}")
    told(1.0, "done")
    return done


@dataclass(frozen=True)
class _Chosen:
    wanted: list[tuple[Source, ModuleType]]
    passed_over: list[str]


@dataclass(frozen=True)
class _Order:
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


def _chosen(paths: Sequence[Path], wanted: str | None) -> _Chosen:
    if not paths:
        raise BadInput("no file was given", "", "Name at least one file, zip or folder")
    if wanted is not None and wanted not in formats():
        raise BadInput(f"'{wanted}' is no format", "", f"Known formats: {', '.join(formats())}")
    found: list[tuple[Source, ModuleType]] = []
    passed_over: list[str] = []
    for path in paths:
        here = [(source, formats()[wanted] if wanted else _recognised(source)) for source in sources(path)]
        recognised = [(source, importer) for source, importer in here if importer is not None]
        if not recognised:
            raise BadInput(
                "is in no format that is known here", path.name,
                "`primacy import --list` names the formats; give one with --format",
            )  # fmt: skip
        found += recognised
        passed_over += [source.label for source, importer in here if importer is None]
    order = list(formats())
    found.sort(key=lambda each: order.index(each[1].FORMAT))
    return _Chosen(found, passed_over)


def _recognised(source: Source) -> ModuleType | None:
    head = source.head()
    return next((importer for importer in formats().values() if importer.sniff(source, head)), None)


def mission_country(instance: Instance) -> str:
    """ISO alpha-3 of the mission's country; empty where there is no mission file."""
    if not instance.mission_file.is_file():
        return ""
    try:
        content = yaml.safe_load(instance.mission_file.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadInput("cannot be read as YAML", instance.mission_file.name, "Correct the mission file") from error
    written = content.get("country") if isinstance(content, dict) else None
    return iso3_of(str(written)) if written else ""


def _import(order: _Order, told: Progress) -> Summary:
    if order.importer.FORMAT == "boundaries":
        return _import_boundaries(order)
    if order.importer.FORMAT == "population":
        return _import_population(order, told)
    mission = mission_country(order.instance)
    country = iso3_of(order.country) if order.country else mission
    task = Task(Areas.load(order.instance.places), country, order.at.date() + timedelta(days=1))
    reading: Reading = order.importer.read(order.source, task)
    return _store(order, reading, country, told)


# ---- data points


def _store(order: _Order, reading: Reading, country: str, told: Progress) -> Summary:
    store = Store(order.instance.evidence)
    counted = _Counted()

    def batches() -> Iterator[pa.RecordBatch]:
        for table in reading.batches:
            counted.rows += table.num_rows
            told(0.5, f"{counted.rows} rows read")
            yield from table.combine_chunks().to_batches()
        _refuse_if_unusable(order, reading, counted.rows, country)

    def described() -> DatasetVersion:
        return _version(order, reading)

    version, new = store.add(batches(), described, rejected=reading.rejected)
    summary = Summary(
        order.source.label, order.importer.FORMAT, order.format_given, new, version, version.rows, version.items,
        version.rejected,
    )  # fmt: skip
    _tell(summary, order, reading, country)
    for dataset, rows in (store.replaced_by(version) if new else {}).items():
        summary.notes.append(f"it replaces {rows} rows of {store.version(dataset).name} ({dataset}), whose period it covers")
    path = store.rejected(version.id)
    summary.rejected_file = str(path) if path else ""
    return summary


@dataclass
class _Counted:
    rows: int = 0


def _refuse_if_unusable(order: _Order, reading: Reading, rows: int, country: str) -> None:
    """Nothing is stored from a file that holds nothing usable, or of which most lines are unusable."""
    label = order.source.label
    first = min(reading.rejected, key=lambda each: each.line, default=None)
    if not rows and reading.not_wanted and not first:
        names = _listed(sorted(country_name(each) for each in reading.countries))
        raise BadInput(
            f"holds nothing on {country_name(country)}; it holds {names}", label,
            "Check the file, or name its country with --country",
        )  # fmt: skip
    if not rows and not first and reading.not_filled:
        raise BadInput(f"has {reading.not_filled} lines, none with a value yet", label, "Fill in the column `value`")
    if not rows and not first:
        raise BadInput("holds no line of data", label, "Check that this is the file you meant")
    if first and len({each.line for each in reading.rejected}) > MOST_REJECTED * _lines(reading, rows):
        raise BadInput(
            f"has {len(reading.rejected)} lines that cannot be used, the first because {first.reason}",
            f"{label}, line {first.line}", "Nothing was imported. Correct the file and import it again",
        )  # fmt: skip


def _lines(reading: Reading, rows: int) -> int:
    per_line = 3 if reading.lineage == "ucdp-ged" else 1
    return rows // per_line + len({each.line for each in reading.rejected})


def _version(order: _Order, reading: Reading) -> DatasetVersion:
    source = order.source
    plain_name = source.name.rsplit(".", 1)[0]
    notes = list(reading.notes)
    if reading.rejected and any(each.complete for each in reading.coverage):
        notes.append(f"{len(reading.rejected)} lines were rejected: their events are missing from the counts")
    return DatasetVersion(
        name=order.name or plain_name, lineage=reading.lineage, format=order.importer.FORMAT, producer=reading.producer,
        source_type=reading.source_type, licence=reading.licence, citation=reading.citation, file=source.label,
        file_hash=source.hash(), known=order.known or reading.known or order.at, imported=order.at,
        imported_by=order.imported_by, rejected=len(reading.rejected), coverage=tuple(reading.coverage),
        official_for=tuple(reading.official_for), notes=tuple(notes),
    )  # fmt: skip


def _tell(summary: Summary, order: _Order, reading: Reading, country: str) -> None:
    found = reading.locator.found
    summary.by_point, summary.by_code, summary.country_only = found.by_point, found.by_code, found.country_only
    summary.by_name = {f"{name} -> {code}": rows for (name, code), rows in found.by_name.most_common()}
    summary.not_found = dict(found.not_found.most_common())
    first = min(reading.rejected, key=lambda each: each.line, default=None)
    summary.first_rejected = f"line {first.line}: {first.reason}" if first else ""
    notes = summary.notes
    if not summary.new and summary.version:
        notes.append(f"already here since {summary.version.imported:%Y-%m-%d} as {summary.version.id}: nothing was changed")
    if reading.not_wanted and not order.country:
        notes.append(
            f"the file holds {len(reading.countries)} countries; only {country_name(country)}, the mission's country, was"
            f" imported ({reading.not_wanted} lines of others left out; --country chooses another)"
        )
    if found.without_boundaries:
        wanted = country_name(country) if country else _listed(sorted(country_name(each) for each in reading.countries))
        notes.append(
            f"no boundaries of {wanted} are here, so {found.without_boundaries} lines have the whole country as their area"
            " and rules over areas stay unknown: import the country's COD-AB boundaries (GeoJSON or GeoParquet, levels 1"
            " and 2) and then this file again"
        )
    if reading.not_filled:
        notes.append(f"{reading.not_filled} lines without a value were left out")
    notes.extend(reading.notes)


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:SHOWN])
    return f"{shown} and {len(names) - SHOWN} more" if len(names) > SHOWN else shown


# ---- places


def _import_boundaries(order: _Order) -> Summary:
    found = order.importer.read(order.source)
    wanted = (iso3_of(order.country) if order.country else "") or mission_country(order.instance)
    before = Areas.load(order.instance.places)
    wanted = wanted or (iso3_of(before.country) if before.country else "")
    if wanted and found.country != wanted:
        raise BadInput(
            f"has the boundaries of {country_name(found.country)}, not of {country_name(wanted)}", order.source.label,
            "An instance has the boundaries of one country: its mission's",
        )  # fmt: skip
    after = keep_boundaries(order.instance.places, level=found.level, areas=found.areas, above=found.above)
    summary = Summary(
        order.source.label, order.importer.FORMAT, order.format_given, before.hash() != after.hash(),
        rows=len(found.areas), items=len(found.areas), rejected=len(found.rejected),
    )  # fmt: skip
    if found.rejected:
        summary.first_rejected = f"feature {found.rejected[0].line}: {found.rejected[0].reason}"
    if not summary.new:
        summary.notes.append("already here: nothing was changed")
    summary.notes.append(f"{len(found.areas)} areas of level {found.level} of {country_name(found.country)}")
    older = [each.name for each in Store(order.instance.evidence).versions() if each.withdrawn is None and each.format.startswith("ucdp")]
    if summary.new and older:
        summary.notes.append(f"import again to give their events these areas: {_listed(older)}")
    return summary


def _import_population(order: _Order, told: Progress) -> Summary:
    country = iso3_of(order.country) if order.country else mission_country(order.instance)
    found = order.importer.read(order.source, country=country)
    areas = Areas.load(order.instance.places)
    reading = population_points(found, areas, order.importer)
    summary = _store(order, reading, found.country, told)
    top = reading.locator.country_code(found.country)
    keep_population(
        order.instance.places, [(each.code or top, each.year, each.persons) for each in found.figures if each.total]
    )
    return summary
