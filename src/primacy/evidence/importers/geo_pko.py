"""Geo-PKO: where peacekeepers of the United Nations were, read by its makers from the deployment maps; CSV.

Data sheet
    Producer     Department of Peace and Conflict Research, Uppsala University
    Licence      GPL-2 in the publisher's repository, code and data as committed; no licence of the data alone was seen
    Obtain       the publisher's public repositories Geo-PKO-R and Geo-PKO-Shiny-Dashboard, or pcr.uu.se
    Tables       told apart by their columns:
                 - a map and a place (before 2.0, Africa 1994-2018): troops, contributors, and whether police, observers
                   and headquarters were there, for the month of the map
                 - a year and a place (2.3, 1994-2024): the mean number of troops of the maps of the year, and the same
                 - types of units by year (2.3): troops of infantry; whether engineers, medics, signals, aviation,
                   river, maintenance and transport units stood on a map of the year
                 - contributors by year (2.3): how many countries had troops there
    Kind         deployment: people present at a place. Never effort: where they stood says nothing of how they looked
    Items        MISSION/PLACE, with /TYPE for a type of unit: the last value of an item counts, also across the tables
    Missing      an unknown number of troops gives no row, never 0
    Place        the point of the place, level 2. Tables without a country: where the country's boundaries are loaded,
                 what lies inside them; else the country of the mission, if it had only one
    Coverage     partial: a place that a map does not show may have had a patrol base
    Lineage      one for each table
    Known        releases that the file's name tells: the day they stood in the publisher's public repository
    Doubts       maps are irregular, and strengths are those of the usual size of a unit. Place names of 2.3 were spoilt
                 by a wrong encoding, and are mended
    Not used     which countries sent how many; comments; areas of other map makers
"""

import re
from collections.abc import Iterator
from datetime import date

import numpy as np
import pyarrow as pa

from primacy.evidence.bringing.formats import Reading, Task
from primacy.evidence.bringing.locating import Codes
from primacy.evidence.bringing.missions import host, in_several
from primacy.evidence.importers import _points
from primacy.evidence.importers._columns import Floats, Mask
from primacy.evidence.importers._points import Days, Points, joined
from primacy.evidence.importers._published import Names, Part, Publisher, Shape, of_names, read_shape, recognised
from primacy.framework.saying import Said, said
from primacy.places.countries import iso3_of
from primacy.places.files.files import Source
from primacy.places.files.rows import Rows

FORMAT = "geo-pko"
ABOUT = "Geo-PKO: peacekeepers present by place and month or year, CSV (the Africa file, and the tables of 2.3)"
PUBLISHER = Publisher(
    "Department of Peace and Conflict Research, Uppsala University",
    "GPL-2 as committed in the publisher's repository; no separate licence of the data seen",
    "Cil, Fjelde, Hultman and Nilsson (2020), Mapping blue helmets, Journal of Peace Research 57(2)",
)
ALSO = {"DRC": "COD"}
FIRST_YEAR = 1948
MOST_TROOPS = 100_000.0
UNKNOWN = "unknown"
UNITS = {
    "eng": "engineers", "med": "medical", "sig": "signals", "av": "aviation", "riv": "river", "maint": "maintenance",
    "trans": "transport",
}  # fmt: skip
RELEASES = {"v1_africa": date(2021, 3, 25), "v2_3": date(2025, 5, 4)}
LEVEL = 2


def by_map(part: Part) -> Iterator[pa.Table]:
    """Who was at a place on the map of a month."""
    rows = part.rows
    start, _ = _points.years(rows, "year", earliest=FIRST_YEAR, latest=part.task.today)
    month = rows.numbers("month", least=1, most=12)
    rows.reject(~np.isin(month, range(1, 13)), said("places/not-to", column="month", least=1, most=12), "month")
    first = start.astype("datetime64[M]") + (np.nan_to_num(np.clip(month, 1, 12), nan=1.0) - 1).astype(np.int64)
    troops, contributors = _count(rows, "No.troops"), _count(rows, "No.TCC")
    present = [_present(rows, name) for name in ("UNPOL..dummy.", "UNMO..dummy.", "HQ")]
    until = _points.day_before(first + 1)
    points = _at_place(part, "deployment/map", first.astype("datetime64[D]"), until, mission="Mission")
    yield points.of("troops", troops)
    yield points.of("contributors", contributors)
    yield from _there(points, *present)


def by_year(part: Part) -> Iterator[pa.Table]:
    """Who was at a place in a year; the file repeats a place for each map of the year, with the mean on every line."""
    rows = part.rows
    start, until = _points.years(rows, "year", earliest=FIRST_YEAR, latest=part.task.today)
    troops = _count(rows, "ave.no.troops")
    present = [_present(rows, name) for name in ("UNPOL", "UNMO", "hq")]
    keys = list(zip(*(part.text(name) for name in ("mission", "year", "location")), strict=True))
    points = _at_place(part, "deployment/year", start, until)
    once = _first_of_each(keys, rows.keep)
    yield points.of("troops", np.where(once, troops, np.nan))
    yield from _there(points, *(np.where(once, _most_of_each(keys, value), np.nan) for value in present))


def by_type(part: Part) -> Iterator[pa.Table]:
    """Troops of infantry, and whether units of other types stood on a map of the year."""
    rows = part.rows
    start, until = _points.years(rows, "year", earliest=FIRST_YEAR, latest=part.task.today)
    infantry = _count(rows, "Infantry")
    units = {name: _present(rows, code) for code, name in UNITS.items()}
    points = _at_place(part, "deployment/year", start, until)
    yield _of_type(points, "infantry").of("troops", infantry)
    for name, value in units.items():
        yield _of_type(points, name).of("units", value)


def by_contributor(part: Part) -> Iterator[pa.Table]:
    start, until = _points.years(part.rows, "year", earliest=FIRST_YEAR, latest=part.task.today)
    contributors = _count(part.rows, "No.TCC")
    yield _at_place(part, "deployment/year", start, until).of("contributors", contributors)


def _count(rows: Rows, name: str) -> Floats:
    """A number of people or countries; what the source calls unknown is missing."""
    text = np.array(rows.column(name).to_pylist(), dtype=object)
    rows.text[name] = pa.array(np.where(text == UNKNOWN, "", text), pa.string())
    return rows.numbers(name, least=0.0, most=MOST_TROOPS)


def _present(rows: Rows, name: str) -> Floats:
    """1 where something was there, 0 where not; a doubt of the coders is missing."""
    text = np.array(rows.column(name).to_pylist(), dtype=object)
    rows.text[name] = pa.array(np.where(text == "?", "", text), pa.string())
    value = rows.numbers(name, least=0.0)
    return np.where(np.isnan(value), np.nan, (value > 0).astype(np.float64))


def _there(points: Points, police: Floats, observers: Floats, headquarters: Floats) -> Iterator[pa.Table]:
    yield points.of("police", police)
    yield points.of("observers", observers)
    yield points.of("headquarters", headquarters)


def _of_type(points: Points, name: str) -> Points:
    item = joined(points.shared["item"], f"/{name}")
    return points.changed(item=item, category=f"deployment/year/{name}")


def _at_place(part: Part, category: str, start: Days, until: Days, *, mission: str = "mission") -> Points:
    rows = part.rows
    lon, lat = rows.numbers("longitude", least=-180, most=180), rows.numbers("latitude", least=-90, most=90)
    name, place = part.text(mission), _mended(part.text("location"))
    rows.reject(name == "", said("places/empty", column=mission), mission)
    rows.reject(place == "", said("places/empty", column="location"), "location")
    level = np.where(rows.keep & ~np.isnan(lon) & ~np.isnan(lat), LEVEL, 0)
    area, reached = part.locator.place(part.country, lon, lat, level, ())
    return Points(
        rows, "deployment", item=joined(name, place, by="/"), date=start, until=until, area=area, level=reached,
        actor=name, category=category, source="Geo-PKO", origin="geo-pko",
    )  # fmt: skip


def _mended(names: Codes) -> Codes:
    """Names whose UTF-8 was once taken for another encoding, as they were before."""
    known = {name: _as_meant(name) for name in set(names)}
    return np.array([known[name] for name in names], dtype=object)


def _as_meant(name: str) -> str:
    try:
        return name.encode("cp1252").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return name


def _first_of_each(keys: list[tuple[str, ...]], keep: Mask) -> Mask:
    once = np.zeros(len(keys), dtype=np.bool_)
    seen: set[tuple[str, ...]] = set()
    for place in np.flatnonzero(keep).tolist():
        once[place] = keys[place] not in seen
        seen.add(keys[place])
    return once


def _most_of_each(keys: list[tuple[str, ...]], value: Floats) -> Floats:
    """For each row the largest value among those of its key; missing where all are."""
    most: dict[tuple[str, ...], float] = {}
    for key, each in zip(keys, value.tolist(), strict=True):
        most[key] = float(np.fmax(each, most.get(key, np.nan)))
    return np.array([most[key] for key in keys])


def _by_place(rows: Rows, task: Task) -> list[Names]:
    """The loaded country for what lies inside its boundaries; without boundaries the one country of each mission."""
    hosts = [host(name) for name in rows.column("mission").to_pylist()]
    ours = iso3_of(task.areas.country) if task.areas.country else ""
    if not ours:
        return [(code,) if code else () for code in hosts]
    at = [np.array([_degrees(each) for each in rows.column(name).to_pylist()]) for name in ("longitude", "latitude")]
    inside = task.areas.locate(*at)
    elsewhere = [(code,) if code not in ("", ours) else () for code in hosts]
    return [(ours,) if code else other for code, other in zip(inside.tolist(), elsewhere, strict=True)]


def _not_placed(rows: Rows, task: Task) -> Said | None:
    """Without boundaries the places of a mission in several countries are in none of them."""
    missions = [] if task.areas.country else in_several(rows.column("mission").unique().to_pylist(), task.country)
    return said("evidence/un.until-boundaries", names=list(missions)) if missions else None


def _degrees(text: str) -> float:
    return float(text) if re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]+)?", text) else np.nan


def published(name: str, version: str) -> date | None:
    written = name.lower().replace("v.", "v").replace(".", "_")
    return next((day for part, day in RELEASES.items() if part in written), None)


SHAPES = (
    Shape(
        what=said("evidence/what.pko-map"),
        needed=("Mission", "year", "month", "location", "country", "latitude", "longitude", "No.troops", "No.TCC",
                "UNPOL..dummy.", "UNMO..dummy.", "HQ"),
        lineage="geo-pko/map", covers={"deployment": ("deployment/map",)}, period=("year",),
        countries=of_names("country", "", ALSO), points=by_map, released=published,
    ),
    Shape(
        what=said("evidence/what.pko-year"),
        needed=("mission", "year", "country", "location", "latitude", "longitude", "NoTroops", "ave.no.troops", "UNPOL",
                "UNMO", "hq"),
        lineage="geo-pko/year", covers={"deployment": ("deployment/year",)}, period=("year",),
        countries=of_names("country", "", ALSO), points=by_year, released=published,
    ),
    Shape(
        what=said("evidence/what.pko-types"),
        needed=("mission", "year", "location", "latitude", "longitude", "Infantry", *UNITS),
        lineage="geo-pko/types", covers={"deployment": ("deployment/year",)}, period=("year",), countries=_by_place,
        points=by_type, released=published, remark=_not_placed,
    ),
    Shape(
        what=said("evidence/what.pko-contributors"),
        needed=("mission", "year", "location", "latitude", "longitude", "No.TCC", "year.overview"),
        lineage="geo-pko/contributors", covers={"deployment": ("deployment/year",)}, period=("year",),
        countries=_by_place, points=by_contributor, released=published, remark=_not_placed,
    ),
)  # fmt: skip


def sniff(source: Source, head: bytes) -> Said | None:
    return recognised(source, head, SHAPES)


def read(source: Source, task: Task) -> Reading:
    return read_shape(source, task, SHAPES, PUBLISHER)
