"""Boundaries, population and settlements: they go to the folder of places, population also to the evidence."""

import numpy as np
import shapely

from primacy.evidence.bringing.formats import Progress
from primacy.evidence.bringing.imported_points import store_points
from primacy.evidence.bringing.mission_country import adopt_country
from primacy.evidence.bringing.people import population_points
from primacy.evidence.bringing.summary import Order, Summary
from primacy.evidence.errors import BadInput
from primacy.evidence.store.store import Store
from primacy.framework.saying import said
from primacy.places.areas import Areas
from primacy.places.countries import country_name, iso3_of
from primacy.places.editions import UNSAID, read_editions
from primacy.places.files.faults import Faults
from primacy.places.folder import keep_boundaries, keep_population
from primacy.places.importers.boundaries import Boundaries
from primacy.places.importers.population import Population
from primacy.places.importers.settlements import Settlements
from primacy.places.settlements import keep_settlements


def import_boundaries(order: Order, told: Progress) -> Summary:
    """One level of areas; of two files of a level in one import the more detailed one stays."""
    found: Boundaries = order.importer.read(order.source)
    wanted = order.wanted_country
    before = Areas.load(order.instance.places)
    wanted = wanted or (iso3_of(before.country) if before.country else "")
    if wanted and found.country != wanted:
        raise BadInput(
            said("evidence/other-country", country=country_name(found.country), wanted=country_name(wanted)),
            order.source.label, said("evidence/do.one-country"),
        )  # fmt: skip
    _refuse_elsewhere(order, before, found)
    points = sum(int(shapely.get_num_coordinates(each.geometry)) for each in found.areas)
    edition = found.level, found.valid_from
    if points < order.detail.get(edition, 0):
        summary = order.summary(new=False)
        summary.notes.append(said("evidence/more-detail", level=found.level))
        return summary
    order.detail[edition] = points
    known = read_editions(order.instance.places)
    after = keep_boundaries(
        order.instance.places, level=found.level, areas=found.areas, above=found.above, valid_from=found.valid_from
    )
    new = before.hash() != after.hash() or known.keys() != read_editions(order.instance.places).keys()
    summary = order.summary(new=new, rows=len(found.areas), items=len(found.areas))
    _tell_faults(order, summary, found.faults)
    if not summary.new:
        summary.notes.append(said("evidence/already-here"))
    adopt_country(order.instance, found.country)
    brought = {"count": len(found.areas), "level": found.level, "country": country_name(found.country)}
    summary.notes.append(
        said("evidence/areas-valid-from", day=str(found.valid_from), **brought) if found.valid_from
        else said("evidence/areas-of-level", **brought)
    )  # fmt: skip
    if others := sum(level == found.level for level, _ in known.keys() - {(found.level, found.valid_from or UNSAID)}):
        summary.notes.append(said("evidence/other-editions", count=others))
    return summary


def _tell_faults(order: Order, summary: Summary, faults: Faults) -> None:
    if faults.first:
        summary.rejected = faults.lines
        summary.first_fault = faults.said(faults.first)
        summary.rejected_file = str(Store(order.instance.evidence).keep_faults(order.source.id(), faults))


def _refuse_elsewhere(order: Order, before: Areas, found: Boundaries) -> None:
    """Countries do not move: a file that lies elsewhere has its axes exchanged, or is of another place."""
    known = before.bounds()
    west, south, east, north = shapely.total_bounds(np.array([each.geometry for each in found.areas], dtype=object))
    if known is None or shapely.intersects(here := shapely.box(*known), shapely.box(west, south, east, north)):
        return
    exchanged = shapely.intersects(here, shapely.box(south, west, north, east))
    raise BadInput(
        said("evidence/elsewhere-exchanged" if exchanged else "evidence/elsewhere"),
        order.source.label, said("evidence/do.cod-ab"),
    )  # fmt: skip


def import_population(order: Order, told: Progress) -> Summary:
    """Every figure for the areas, and as a data point."""
    found: Population = order.importer.read(order.source, country=order.wanted_country)
    areas = Areas.load(order.instance.places)
    reading = population_points(found, areas, order.importer)
    summary = store_points(order, reading, found.country, told)
    top = reading.locator.country_code(found.country)
    keep_population(
        order.instance.places, [(each.code or top, each.group, each.year, each.persons) for each in found.figures]
    )
    return summary


def import_settlements(order: Order, told: Progress) -> Summary:
    """Towns and villages, by whose names places are found in tables that are imported from now on."""
    areas = Areas.load(order.instance.places)
    country = order.wanted_country or (iso3_of(areas.country) if areas.country else "")
    found: Settlements = order.importer.read(order.source, country=country)
    fresh = keep_settlements(order.instance.places, found.found)
    summary = order.summary(new=fresh, rows=len(found.found), items=len(found.found))
    _tell_faults(order, summary, found.faults)
    summary.notes.append(said("evidence/settlements", count=len(found.found), country=country_name(found.country)))
    if not fresh:
        summary.notes.append(said("evidence/already-here"))
    outside = sum(not code for code in areas.locate(*_points(found)).tolist()) if len(areas) else 0
    if outside:
        summary.notes.append(said("evidence/settlements-outside", count=outside))
    adopt_country(order.instance, found.country)
    return summary


def _points(found: Settlements) -> tuple[list[float], list[float]]:
    return [each.longitude for each in found.found], [each.latitude for each in found.found]


OF_PLACES = {"boundaries": import_boundaries, "population": import_population, "settlements": import_settlements}
