"""Towns and villages with their names and points: the gazetteer of GeoNames, as text or CSV.

Data sheet
    Producer     GeoNames (geonames.org), from many public gazetteers and its users
    Licence      CC BY 4.0
    One row      a place; of the published text only populated places (feature class P) are read
    Text         the published file of one country (CF.txt, or CF.zip): 19 columns without a header, parted by tabs
    CSV          columns geonameid, name, latitude, longitude, countrycode; alternatenames where they are there
    Names        the official one, that in plain letters, and all others, in any script
    Doubts       points of villages are off by kilometres at times, and several villages share a name: a name that means
                 places in several areas is left for a person to decide
    Not used     population of towns (of unknown years), elevation, time zone
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from primacy.framework.saying import Said, said
from primacy.places.countries import iso3_of, the_one_country
from primacy.places.errors import BadInput
from primacy.places.files.faults import Faults
from primacy.places.files.files import Source
from primacy.places.files.headers import Header, header, known_by
from primacy.places.files.rows import Rows
from primacy.places.files.tables import TextTable
from primacy.places.settlements import Settlement

FORMAT = "settlements"
ABOUT = "towns and villages with their names (GeoNames), published text or CSV"
PRODUCER = "GeoNames"
LICENCE = "CC BY 4.0"
CITATION = "GeoNames, geonames.org"
WHAT = said("places/what.geonames")
NEEDED = ("geonameid", "name", "latitude", "longitude")
COUNTRY = ("countrycode", "country_code")
COLUMNS = (
    "geonameid", "name", "asciiname", "alternatenames", "latitude", "longitude", "feature_class", "feature_code",
    "country_code", "cc2", "admin1_code", "admin2_code", "admin3_code", "admin4_code", "population", "elevation", "dem",
    "timezone", "modification_date",
)  # fmt: skip
NUMBER = re.compile(r"\d{1,12}")
MOST_NAMES = 60  # of one place
LONGEST_NAME = 200


@dataclass(frozen=True)
class Settlements:
    country: str  # ISO alpha-3
    found: tuple[Settlement, ...]
    faults: Faults
    notes: tuple[Said, ...]


def sniff(source: Source, head: bytes) -> Said | None:
    if _as_published(head):
        return said("places/geonames-lines")
    stated = known_by(head, source.label, NEEDED, WHAT)
    return stated if stated and _country_column(header(head, source.label).columns) else None


def read(source: Source, *, country: str) -> Settlements:
    """The settlements of one country (ISO alpha-3; empty = the only one in the file)."""
    table = _table(source)
    where = _country_column(table.columns)
    if not where:
        table.need((COUNTRY[0],), WHAT)
    found: dict[str, Settlement] = {}
    countries: set[str] = set()
    for rows in table.batches():
        iso3 = np.array([iso3_of(each) or "" for each in rows.column(where).to_pylist()], dtype=object)
        countries |= set(iso3) - {""}
        rows.leave_out(iso3 != country if country else iso3 == "")
        if "feature_class" in table.columns:
            rows.leave_out(np.array([each != "P" for each in rows.column("feature_class").to_pylist()], dtype=np.bool_))
        found |= {each.id: each for each in _settlements(rows)}
    return _checked(Settlements(country, tuple(found.values()), table.faults, tuple(table.notes)), countries, source)


def _as_published(head: bytes) -> bool:
    first = head.partition(b"\n")[0].decode("utf-8", "replace").rstrip("\r").split("\t")
    return len(first) == len(COLUMNS) and bool(NUMBER.fullmatch(first[0])) and first[6] in "AHLPRSTUV"


def _table(source: Source) -> TextTable:
    if _as_published(source.head()):
        return TextTable(source, named=Header(COLUMNS, "\t", (), 0))
    table = TextTable(source)
    table.need(NEEDED, "a GeoNames table")
    return table


def _country_column(columns: tuple[str, ...]) -> str:
    return next((name for name in COUNTRY if name in columns), "")


def _settlements(rows: Rows) -> Iterator[Settlement]:
    """The rows that are right; the others become faults."""
    longitude = rows.numbers("longitude", least=-180.0, most=180.0)
    latitude = rows.numbers("latitude", least=-90.0, most=90.0)
    rows.reject(np.isnan(longitude), said("places/empty", column="longitude"), "longitude")
    rows.reject(np.isnan(latitude), said("places/empty", column="latitude"), "latitude")
    ids, names = rows.column("geonameid").to_pylist(), rows.column("name").to_pylist()
    rows.reject(
        np.array([not NUMBER.fullmatch(each) for each in ids], dtype=np.bool_),
        said("places/no-number", column="geonameid"),
        "geonameid",
    )
    rows.reject(np.array([not each for each in names], dtype=np.bool_), said("places/empty", column="name"), "name")
    others = zip(rows.column("asciiname").to_pylist(), rows.column("alternatenames").to_pylist(), strict=True)
    for index, (latin, more) in enumerate(others):
        if rows.keep[index]:
            called = dict.fromkeys(each.strip() for each in (names[index], latin, *_listed(more)))
            kept = tuple(each for each in called if each and len(each) <= LONGEST_NAME)[:MOST_NAMES]
            yield Settlement(ids[index], kept, float(longitude[index]), float(latitude[index]))


def _listed(text: str) -> list[str]:
    """Names parted by commas; addresses of pages among them are no names."""
    return [each for each in text.split(",") if "://" not in each]


def _checked(read: Settlements, countries: set[str], source: Source) -> Settlements:
    country = the_one_country(read.country, countries, source.label)
    if not read.found:
        first = read.faults.first
        where = said("places/at.line", file=source.label, line=first.line) if first else source.label
        raise BadInput(
            first.saying if first else said("places/no-settlement"), where, said("places/do.as-published"), read.faults
        )
    return Settlements(country, read.found, read.faults, read.notes)
