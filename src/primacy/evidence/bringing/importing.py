"""Bringing files into an instance: recognise, read, check, store, and say what was done."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from primacy.evidence.bringing.choosing import choose
from primacy.evidence.bringing.formats import Progress, Reading, Task, formats
from primacy.evidence.bringing.imported_places import OF_PLACES
from primacy.evidence.bringing.imported_points import store_points
from primacy.evidence.bringing.mission_country import mission_country
from primacy.evidence.bringing.summary import Order, Provenance, Summary
from primacy.evidence.errors import BadInput, NothingToImport, Refused, listed
from primacy.evidence.mapped.mapping_files import read_mapping
from primacy.evidence.store.store import Store
from primacy.framework.instance import Instance
from primacy.framework.loading import load
from primacy.framework.saying import said
from primacy.framework.signs import all_signs
from primacy.places.at_hand import areas_of
from primacy.places.files.faults import Fault, Faults

__all__ = ["Summary", "formats", "import_files", "mission_country"]


def import_files(
    paths: Iterable[Path | str], *, instance: Instance, format: str | None = None, name: str | None = None,
    known: datetime | None = None, country: str | None = None, imported_by: str = "", progress: Progress | None = None,
    now: datetime | None = None, mapping: Path | None = None, provenance: Provenance | None = None,
) -> list[Summary]:  # fmt: skip
    """Import files, zips and folders into an instance, boundaries and population first.

    Every file is recognised before the first is read. Each file is imported whole or, when most of it is unusable, not
    at all: Refused then has all of its faults, and the files imported before it. A file that holds nothing on the
    country stops no others: they say that it was passed over. `progress(share done, what)`.
    `mapping` is a file that says how the columns of a table become data points. `provenance`: whose they all are,
    where their format alone would tell it wrong.
    """
    told = progress or (lambda share, what: None)
    mapped = read_mapping(mapping) if mapping else None
    if mapped and format not in (None, "mapping"):
        raise BadInput(said("evidence/mapping.with-format", format=format), "", said("evidence/do.leave-format"))
    chosen = choose([Path(path) for path in paths], "mapping" if mapped else format, mapped)
    at = (now or datetime.now(UTC)).astimezone(UTC)
    if known is not None and known > at:
        raise BadInput(said("evidence/known-ahead", day=f"{known:%Y-%m-%d}"), "", said("evidence/do.correct-known"))
    done: list[Summary] = []
    without: list[NothingToImport] = []
    detail: dict[tuple[int, date | None], int] = {}
    for place, (source, importer, why) in enumerate(chosen.wanted):
        told(place / len(chosen.wanted), f"{source.label}: {importer.FORMAT}")
        mission = mission_country(instance)  # the file before may have said it
        order = Order(
            source, importer, instance, name, known, country, imported_by, at, why, mission, detail, mapped, provenance
        )
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
        done[-1].notes.append(said("evidence/passed-over", what=nothing.saying))
    if done and chosen.passed_over:
        done[-1].notes.append(said("evidence/not-read", names=listed(chosen.passed_over)))
    _tell_what_to_repeat(done, instance)
    told(1.0, "done")
    return done


def _none_of(without: Sequence[NothingToImport]) -> BadInput:
    """Why none of the files had anything to import."""
    if len(without) == 1:
        return without[0]
    faults = Faults("file")
    for each in without:
        faults.add(Fault(0, said("evidence/in-cause", what=each.what, remedy=each.remedy), str(each.where)))
    places = listed(list(dict.fromkeys(str(each.where).partition("/")[0] for each in without)))
    return BadInput(said("evidence/none-holds", count=len(without)), places, without[0].remedy, faults)


def _list_of_faults(order: Order, error: BadInput) -> Path | None:
    if not error.faults:
        return None
    return Store(order.instance.evidence).keep_faults(order.source.id(), error.faults)


def _import(order: Order, told: Progress) -> Summary:
    if order.importer.FORMAT in OF_PLACES:
        return OF_PLACES[order.importer.FORMAT](order, told)
    store = Store(order.instance.evidence)
    tomorrow = order.at.date() + timedelta(days=1)
    areas = areas_of(order.instance.places)
    task = Task(areas, order.wanted_country, tomorrow, store.areas_of, order.mapping, lambda: _signs(order))
    reading: Reading = order.importer.read(order.source, task)
    return store_points(order, reading, order.wanted_country, told)


def _signs(order: Order) -> frozenset[str]:
    """What can be reported as a sign; read only where a file tells of signs."""
    return all_signs(load(order.instance.overlay, order.at.date()))


def _tell_what_to_repeat(done: list[Summary], instance: Instance) -> None:
    """New boundaries change nothing of what was imported before them."""
    fresh = [each for each in done if each.format == "boundaries" and each.new]
    if not fresh:
        return
    repeated = {each.version.name for each in done if each.version}
    versions = Store(instance.evidence).versions()
    older = {each.name for each in versions if each.withdrawn is None and each.format != "population"} - repeated
    if older:
        fresh[-1].notes.append(said("evidence/import-again", names=listed(sorted(older))))
