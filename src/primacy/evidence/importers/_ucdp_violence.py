"""UCDP: deaths by country and year, and conflicts and dyads by year and how intense they were.

A total of a year is an estimate of the year as a whole, never an event of its first day.
"""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from primacy.evidence.importers import _points
from primacy.evidence.importers._groups import groups, told_apart
from primacy.evidence.importers._points import Points, joined, looked_up
from primacy.evidence.importers._published import Part, Shape, of_names, of_numbers
from primacy.evidence.importers._ucdp_releases import published
from primacy.framework.saying import said

FIRST_YEAR = 1946
MOST_DEATHS = 50_000_000.0
TOTALS = {  # category -> (its columns of best, high and low begin so, its columns of civilians and of dyads)
    "violence": ("cumulative_total_deaths_in_orgvio", "cumulative_total_deaths_civilians_in_orgvio_cy", ""),
    "violence/state-based": ("sb_total_deaths", "sb_deaths_civilians_cy", "sb_dyad_count_cy"),
    "violence/state-based/intrastate": ("sb_intrastate_deaths", "sb_intrastate_deaths_civilians_cy",
                                        "sb_intrastate_dyad_count_cy"),
    "violence/state-based/interstate": ("sb_interstate_deaths", "sb_interstate_deaths_civilians_cy",
                                        "sb_interstate_dyad_count_cy"),
    "violence/non-state": ("ns_total_deaths", "ns_deaths_civilians_cy", "ns_dyad_count_cy"),
    "violence/one-sided": ("os_total_deaths", "", "os_dyad_count_cy"),
    "violence/one-sided/by-the-government": ("os_main_govt_killings", "", ""),
    "violence/one-sided/by-any-government": ("os_any_govt_killings", "", ""),
    "violence/one-sided/by-a-group": ("os_nsgroup_killings", "", ""),
}  # fmt: skip
TYPES = {"1": "colonial", "2": "interstate", "3": "intrastate", "4": "intrastate-with-foreign-troops"}
ALSO = {  # names of countries in the dyads by year
    "Democratic Republic of the Congo": "COD", "Republic of the Congo": "COG", "Rumania": "ROU",
    "Bosnia-Herzegovina": "BIH", "Macedonia, FYR": "MKD",
}  # fmt: skip
INTENSITIES = (1, 2)  # 25 to 999 deaths in battle in the year; 1000 or more


def totals(part: Part) -> Iterator[pa.Table]:
    """Deaths of a country's year, by kind of violence, with low and high."""
    rows = part.rows
    start, end = _points.years(rows, "year_cy", earliest=FIRST_YEAR, latest=part.task.today)
    read = {
        name: rows.numbers(name, least=0.0, most=MOST_DEATHS)
        for deaths, civilians, dyads in TOTALS.values()
        for name in (*_estimates(deaths), civilians, dyads)
        if name
    }
    for category, (deaths, civilians, dyads) in TOTALS.items():
        points = Points(
            rows, "violence-total", item=f"ucdp/year/{category}", date=start, until=end, area=part.area,
            category=category, source="UCDP", origin="ucdp",
        )  # fmt: skip
        best, low, high = (read[name] for name in _estimates(deaths))
        yield points.of("deaths", best, low=low, high=high)
        if civilians:
            yield points.of("civilian_deaths", read[civilians])
        if dyads:
            yield points.of("dyads", read[dyads])


def _estimates(deaths: str) -> tuple[str, str, str]:
    """The columns of the best, low and high estimate."""
    return f"{deaths}_best_cy", f"{deaths}_low_cy", f"{deaths}_high_cy"


def intensity(part: Part, item: object, year: str = "year") -> pa.Table:
    """How intense a conflict or dyad was in a year: 1 from 25 deaths in battle, 2 from 1000."""
    rows = part.rows
    start, end = _points.years(rows, year, earliest=FIRST_YEAR, latest=part.task.today)
    grade = rows.numbers("intensity_level")
    rows.reject(
        ~np.isin(grade, INTENSITIES), said("places/none-of", column="intensity_level", names=(1, 2)), "intensity_level"
    )
    form = part.text("type_of_conflict")
    rows.reject(
        ~np.isin(form, list(TYPES)),
        said("places/not-to", column="type_of_conflict", least=1, most=4),
        "type_of_conflict",
    )
    points = Points(
        rows, "violence-total", item=item, date=start, until=end, area=part.area, source="UCDP", origin="ucdp",
        actor=groups(part.text("side_a")), target=groups(part.text("side_b")),
        category=joined("violence/state-based/", looked_up(form, TYPES)),
    )  # fmt: skip
    return points.of("intensity", grade)


def conflicts(part: Part) -> Iterator[pa.Table]:
    number = part.text("conflict_id")
    part.rows.reject(number == "", said("places/empty", column="conflict_id"), "conflict_id")
    yield intensity(part, joined("ucdp/conflict/", number))


def dyads(part: Part) -> Iterator[pa.Table]:
    sides = told_apart(joined(part.text("side_a"), part.text("side_b"), by=" - "))
    yield intensity(part, joined("ucdp/dyad-of/", sides))


SHAPES = (
    Shape(
        what=said("evidence/what.ucdp-violence"),
        needed=("country_id_cy", "year_cy", "sb_total_deaths_best_cy", "ns_total_deaths_best_cy",
                "os_total_deaths_best_cy", *sorted(name for each in TOTALS.values() for name in _estimates(each[0]))),
        lineage="ucdp-country-year", covers={"violence-total": ("violence",)}, period=("year_cy",),
        countries=of_numbers("country_id_cy"), points=totals, released=published, version="version",
    ),
    Shape(
        what=said("evidence/what.ucdp-conflicts"),
        needed=("conflict_id", "side_a", "side_b", "intensity_level", "cumulative_intensity", "year", "gwno_loc",
                "type_of_conflict", "ep_end"),
        lineage="ucdp-conflict-year", covers={"violence-total": ("violence/state-based",)}, period=("year",),
        countries=of_numbers("gwno_loc"), points=conflicts, released=published, version="version",
    ),
    Shape(
        what=said("evidence/what.ucdp-dyads"),
        needed=("location", "side_a", "side_b", "year", "intensity_level", "type_of_conflict", "region"),
        lineage="ucdp-dyad-year", covers={"violence-total": ("violence/state-based",)}, period=("year",),
        countries=of_names("location", also=ALSO), points=dyads, released=published,
    ),
)  # fmt: skip
