"""Bringing files into an instance: recognise, read, check, store, and say what was done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType

from primacy.evidence.errors import BadInput, NothingToImport, Refused, listed
from primacy.evidence.formats import Progress, Reading, Task, formats
from primacy.evidence.imported_places import import_boundaries, import_population
from primacy.evidence.imported_points import store_points
from primacy.evidence.mission_country import mission_country
from primacy.evidence.store import Store
from primacy.evidence.summary import Order, Summary
from primacy.evidence.unrecognised import unrecognised
from primacy.framework.instance import Instance
from primacy.places.areas import Areas
from primacy.places.faults import Fault, Faults
from primacy.places.files import Source, sources

__all__ = ["Summary", "formats", "import_files", "mission_country"]


def import_files(
    paths: Iterable[Path | str], *, instance: Instance, format: str | None = None, name: str | None = None,
    known: datetime | None = None, country: str | None = None, imported_by: str = "", progress: Progress | None = None,
    now: datetime | None = None,
) -> list[Summary]:  # fmt: skip
    """Import files, zips and folders into an instance, boundaries and population first.

    Every file is recognised before the first is read. Each file is imported whole or, when most of it is unusable, not
    at all: Refused then has all of its faults, and the files imported before it. A file that holds nothing on the
    country stops no others: they say that it was passed over. `progress(share done, what)`.
    """
    told = progress or (lambda share, what: None)
    chosen = _chosen([Path(path) for path in paths], format)
    at = (now or datetime.now(UTC)).astimezone(UTC)
    if known is not None and known > at:
        raise BadInput(f"nobody can know before {known:%Y-%m-%d} what is published then", "", "Correct --known")
    done: list[Summary] = []
    without: list[NothingToImport] = []
    detail: dict[int, int] = {}
    for place, (source, importer, why) in enumerate(chosen.wanted):
        told(place / len(chosen.wanted), f"{source.label}: {importer.FORMAT}")
        mission = mission_country(instance)  # the file before may have said it
        order = Order(source, importer, instance, name, known, country, imported_by, at, why, mission, detail)
        try:
            done.append(_import(order, lambda share, what, p=place: told((p + share) / len(chosen.wanted), what)))  # type: ignore[misc]
        except NothingToImport as error:
            error.where = error.where or source.label
            without.append(error)
        except BadInput as error:
            raise Refused(error, done, _list_of_faults(order, error)) from error
    if without and not done:
        raise Refused(_none_of(without), done, None) from without[0]
    for nothing in without:
        done[-1].notes.append(f"passed over: {nothing}")
    if done and chosen.passed_over:
        done[-1].notes.append(f"not recognised and not read: {listed(chosen.passed_over)}")
    _tell_what_to_repeat(done, instance)
    told(1.0, "done")
    return done


def _none_of(without: Sequence[NothingToImport]) -> BadInput:
    """Why none of the files had anything to import."""
    if len(without) == 1:
        return without[0]
    faults = Faults("file")
    for each in without:
        faults.add(Fault(0, f"{each.what}. {each.remedy}", each.where))
    return BadInput(f"none of the {len(without)} files holds anything to import", "", without[0].remedy, faults)


def _list_of_faults(order: Order, error: BadInput) -> Path | None:
    if not error.faults:
        return None
    return Store(order.instance.evidence).keep_faults(order.source.id(), error.faults)


@dataclass(frozen=True)
class _Chosen:
    wanted: list[tuple[Source, ModuleType, str]]  # with the reason why it is in that format
    passed_over: list[str]


def _chosen(paths: Sequence[Path], wanted: str | None) -> _Chosen:
    if not paths:
        raise BadInput("no file was given", "", "Name at least one file, zip or folder")
    if wanted is not None and wanted not in formats():
        raise BadInput(f"'{wanted}' is no format", "", f"Known formats: {', '.join(formats())}")
    found: list[tuple[Source, ModuleType, str]] = []
    passed_over: list[str] = []
    for path in paths:
        here = [(source, *((formats()[wanted], "") if wanted else _recognised(source))) for source in sources(path)]
        recognised = [(source, importer, why) for source, importer, why in here if importer is not None]
        if not recognised:
            raise unrecognised(path, [source for source, _, _ in here])
        found += recognised
        passed_over += [source.label for source, importer, _ in here if importer is None and not _is_design(source)]
    order = list(formats())
    found.sort(key=lambda each: order.index(each[1].FORMAT))
    return _Chosen(found, passed_over)


def _is_design(source: Source) -> bool:
    """Whether a file belongs to the one beside it, which reads it."""
    return source.name.lower().endswith(".design.yaml")


def _recognised(source: Source) -> tuple[ModuleType | None, str]:
    """The first format that knows the file, and why it does."""
    head = source.head()
    for importer in formats().values():
        if why := importer.sniff(source, head):
            return importer, why
    return None, ""


def _import(order: Order, told: Progress) -> Summary:
    if order.importer.FORMAT == "boundaries":
        return import_boundaries(order)
    if order.importer.FORMAT == "population":
        return import_population(order, told)
    store = Store(order.instance.evidence)
    tomorrow = order.at.date() + timedelta(days=1)
    task = Task(Areas.load(order.instance.places), order.wanted_country, tomorrow, store.areas_of)
    reading: Reading = order.importer.read(order.source, task)
    return store_points(order, reading, order.wanted_country, told)


def _tell_what_to_repeat(done: list[Summary], instance: Instance) -> None:
    """New boundaries change nothing of what was imported before them."""
    fresh = [each for each in done if each.format == "boundaries" and each.new]
    if not fresh:
        return
    repeated = {each.version.name for each in done if each.version}
    versions = Store(instance.evidence).versions()
    older = {each.name for each in versions if each.withdrawn is None and each.format != "population"} - repeated
    if older:
        fresh[-1].notes.append(f"import again, so that they get these areas: {listed(sorted(older))}")
