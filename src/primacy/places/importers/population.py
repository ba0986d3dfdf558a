"""Population by area, sex and age: the COD-PS tables of the Humanitarian Data Exchange (CSV).

Data sheet
    Producer     national statistics offices, gathered by OCHA and UNFPA (COD-PS)
    Licence      CC BY-IGO, as each country's file says
    HAPI         the table of HDX HAPI too, whose columns are location_code, admin1_code, admin2_code, gender,
                 age_range, population, reference_period_start; a line that it marks as an error is rejected
    Columns      ISO3, ADM1_PCODE to ADM4_PCODE, Gender (all, f, m), Age_range (all, 0-4), Population, Reference_year
    Area         the finest P-code of the line; a line without any is the whole country
    Totals       Gender = all and Age_range = all; all others are groups: sex=f, age=0-4, age=0-4;sex=f
    Not used     names of areas, minimum and maximum age, contributor
    Remarks      a row of HXL tags under the header is skipped; a line without a number says nothing and is left out
"""

import re
from dataclasses import dataclass, replace

import numpy as np
import pyarrow.compute as pc

from primacy.framework.saying import Said, said
from primacy.places.countries import iso3_of, the_one_country
from primacy.places.errors import BadInput, shortened
from primacy.places.files.faults import Faults
from primacy.places.files.files import Source
from primacy.places.files.headers import known_by
from primacy.places.files.rows import Rows
from primacy.places.files.tables import TextTable
from primacy.places.living import Group

FORMAT = "population"
ABOUT = "population by area, sex and age (COD-PS, HDX HAPI), CSV"
PRODUCER = "National statistics office (COD-PS)"
LICENCE = "CC BY-IGO"
CITATION = "OCHA and UNFPA, Common Operational Dataset on Population Statistics"
WHAT = said("places/what.cod-ps")
HAPI_WHAT = said("places/what.hapi")
NEEDED = ("ISO3", "ADM1_PCODE", "Gender", "Age_range", "Population", "Reference_year")
HAPI = {
    "ISO3": "location_code", "ADM1_PCODE": "admin1_code", "ADM2_PCODE": "admin2_code", "Gender": "gender",
    "Age_range": "age_range", "Population": "population", "Reference_year": "reference_period_start",
}  # fmt: skip
DEEPEST = 4
LAST_YEAR = 2199
LETTERS = {"female": "f", "male": "m"}
P_CODE = re.compile(r"[\w.-]{0,24}")


@dataclass(frozen=True)
class People:
    """One figure: persons of a sex (f, m, or empty for both) and an age range (or empty) in an area."""

    code: str  # empty: the whole country
    level: int
    year: int
    persons: float
    sex: str
    age: str
    source: str
    line: int

    @property
    def group(self) -> str:
        """`age=15-19;sex=f`, as in data points; empty for everybody."""
        return str(Group(LETTERS.get(self.sex, self.sex), self.age))


@dataclass(frozen=True)
class Population:
    country: str  # ISO alpha-3
    figures: tuple[People, ...]
    empty_lines: int
    faults: Faults
    notes: tuple[Said, ...]
    series: str = "cod-ps"  # or hapi, which passes the same figures on


def sniff(source: Source, head: bytes) -> Said | None:
    hapi = known_by(head, source.label, tuple(HAPI.values()), HAPI_WHAT)
    return known_by(head, source.label, NEEDED, WHAT) or hapi


def read(source: Source, *, country: str) -> Population:
    """The figures of one country (ISO alpha-3; empty = the only one in the file)."""
    table = TextTable(source)
    hapi = set(HAPI.values()) <= set(table.columns)
    if not hapi:
        table.need(NEEDED, WHAT)
    figures: list[People] = []
    countries: set[str] = set()
    empty = 0
    for rows in table.batches():
        if hapi:
            _renamed(rows)
        iso3 = np.array([iso3_of(each) if each else "" for each in rows.column("ISO3").to_pylist()], dtype=object)
        countries |= set(iso3) - {""}
        if country:
            rows.leave_out(iso3 != country)
        unfilled = np.array([not each for each in rows.column("Population").to_pylist()], dtype=np.bool_)
        empty += int((unfilled & rows.ours).sum())
        rows.leave_out(unfilled)
        persons = rows.numbers("Population", least=0.0, large=True)
        years = rows.numbers("Reference_year", least=1900.0)
        rows.reject(
            (years > LAST_YEAR) | np.isnan(years), said("places/no-year", column="Reference_year"), "Reference_year"
        )
        codes = [_codes(rows, f"ADM{n}_PCODE") for n in range(1, DEEPEST + 1)]
        if hapi:
            _refuse_marked(rows, codes)
        sex, age, said_by = (rows.column(name).to_pylist() for name in ("Gender", "Age_range", "Source"))
        for index in np.flatnonzero(rows.keep):
            level = max((n for n in range(1, DEEPEST + 1) if codes[n - 1][index]), default=0)
            figures.append(
                People(
                    codes[level - 1][index] if level else "", level, int(years[index]), float(persons[index]),
                    _group(sex[index]), _group(age[index]), said_by[index] or PRODUCER, int(rows.line[index]),
                )
            )  # fmt: skip
    found = Population(country, tuple(figures), empty, table.faults, tuple(table.notes), "hapi" if hapi else "cod-ps")
    return _checked(found, countries, source)


def _renamed(rows: Rows) -> None:
    """Columns of HAPI under the names of COD-PS; a period is called by the year in which it begins."""
    for name, written in HAPI.items():
        rows.text[name] = rows.text[written]
    rows.text["Reference_year"] = pc.utf8_slice_codeunits(rows.column("Reference_year"), 0, 4)


def _refuse_marked(rows: Rows, codes: list[list[str]]) -> None:
    """Lines that HAPI says are wrong, and those of an area whose code it does not know: they are not the country's."""
    for index, stated in enumerate(rows.column("error").to_pylist()):
        if stated:
            rows.reject_one(index, said("places/hapi-says", words=shortened(stated)), "error")
    levels = rows.column("admin_level").to_pylist()
    lacking = [level in ("1", "2") and not codes[int(level) - 1][index] for index, level in enumerate(levels)]
    rows.reject(np.array(lacking, dtype=np.bool_), said("places/area-without-code"), "admin_level")


def _codes(rows: Rows, column: str) -> list[str]:
    """The P-codes of a column; what cannot be one is a fault."""
    codes: list[str] = rows.column(column).to_pylist()
    rows.reject(
        np.array([not P_CODE.fullmatch(each) for each in codes], dtype=np.bool_),
        said("places/no-code", column=column),
        column,
    )
    return codes


def _group(text: str) -> str:
    return "" if text.lower() in ("", "all", "total", "t") else text.lower()


def _checked(found: Population, countries: set[str], source: Source) -> Population:
    country = the_one_country(found.country, countries, source.label)
    if not found.figures:
        first = found.faults.first
        where = said("places/at.line", file=source.label, line=first.line) if first else source.label
        what = first.saying if first else said("places/no-figure")
        raise BadInput(what, where, said("places/do.as-published"), found.faults)
    return replace(found, country=country)
