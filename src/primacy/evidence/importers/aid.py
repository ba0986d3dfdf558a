"""Geocoded aid of AidData (level 1a releases and their parts), as CSV: projects, transactions, places.

Data sheet
    Producer     AidData at William & Mary, with the aid management systems of countries and OCHA's FTS
    Licence      Open Data Commons Attribution License (ODC-By 1.0)
    Obtain       aiddata.org, geocoded data sets: a zip of CSV files. Keep them together under their names
    Files        NAME_projects.csv, one line a project; NAME_level_1a.csv, one line a place of a project, with all of
                 the project on it; NAME_transactions.csv, one line a commitment or disbursement; NAME_locations.csv,
                 one line a place. Places are read with the projects and transactions that stand beside them; alone
                 they say nothing that has a date
    Rows         a project: programme/expected = 1 and running = 1 from its start, running = 0 from its end where that
                 is said to be actual; budget-line/approved, its total commitments in US dollars. A transaction:
                 payment amount and events = 1, category payment/aid-committed (C) or payment/aid-disbursed (D);
                 amounts below 0 take back earlier ones
    Place        precision 1 to 3: level 2; 4: level 1; others the country. A project in several places is counted once,
                 in the narrowest area that holds them all: its amount is neither multiplied nor split
    Dates        the day, else the year as a period
    Category     with the sector, or several-sectors
    Totals       of projects and of transactions tell of the same money as two kinds: they are never added
    Coverage     partial: what donors reported. level_1a declares none, so that it replaces only the projects it has
    Lineage      aiddata/NAME
    Repeated     a line twice word for word counts once; an id with two contents is a fault
    Not used     titles, names of implementers, tables called ancillary, even_split columns
"""

import re
from collections.abc import Iterator
from datetime import date

import numpy as np
import pyarrow as pa

from primacy.evidence.bringing.formats import Reading, Task
from primacy.evidence.bringing.locating import Locator
from primacy.evidence.errors import BadInput
from primacy.evidence.importers._aid_places import AidPlaces
from primacy.evidence.importers._aid_points import Points, Project, Transfer, sector_of
from primacy.evidence.importers._repeated import Repeated
from primacy.evidence.store.datasets import Coverage
from primacy.framework.saying import Said, said
from primacy.places.countries import iso3_of
from primacy.places.files.files import Source, beside
from primacy.places.files.headers import known_by
from primacy.places.files.rows import Rows
from primacy.places.files.tables import TextTable

FORMAT = "aid"
ABOUT = "geocoded aid of AidData: projects, transactions, level_1a, CSV"
WHAT = said("evidence/what.aid")
PLACES = ("project_id", "project_location_id", "precision_code", "latitude", "longitude")
PROJECTS = ("project_id", "start_actual_isodate", "recipients_iso3", "ad_sector_names", "status", "total_commitments")
TRANSACTIONS = ("transaction_id", "project_id", "transaction_year", "transaction_value_code", "transaction_value")
PARTS = re.compile(r"[_-]?(projects|transactions|locations|level_1a)(?=\.|$)", re.IGNORECASE)
FLOWS = {"C": "aid-committed", "D": "aid-disbursed", "E": "aid-spent"}
NOT_BEGUN = ("cancelled", "pipeline")
CITATION = "AidData (2016-2017), Geocoded Research Releases, Level 1, Williamsburg, VA; aiddata.org"
MOST = 1e13
CURRENCY = re.compile("([A-Za-z]{3})?")
FIRST_DAY, LAST_DAY = date(1945, 1, 1), date(2100, 1, 1)


def sniff(source: Source, head: bytes) -> Said | None:
    return next(
        filter(None, (known_by(head, source.label, each, WHAT) for each in (TRANSACTIONS, PROJECTS, PLACES))), None
    )


def read(source: Source, task: Task) -> Reading:
    table = TextTable(source)
    columns = set(table.columns)
    if set(PLACES) <= columns and not set(PROJECTS) <= columns:
        projects = _sibling(source, "projects")
        table.stream.close()
        if projects is None:
            raise BadInput(
                said("evidence/aid.only-places"), source.label,
                said("evidence/do.aid-places", file=PARTS.sub('_projects', source.name)),
            )  # fmt: skip
        return read(projects, task)
    transactions = set(TRANSACTIONS) <= columns
    table.need(TRANSACTIONS if transactions else PROJECTS, WHAT)
    reading = Reading(
        lineage=f"aiddata/{PARTS.sub('', source.name.rpartition('.')[0] or source.name)}", producer="AidData",
        source_type="register", licence="ODC-By 1.0", citation=CITATION, known=None, batches=iter(()),
        locator=Locator(task.areas), faults=table.faults, share=lambda: table.stream.guarded.share, own_ids=True,
    )  # fmt: skip
    places = AidPlaces(reading.locator)
    if set(PLACES) <= columns:
        places.read(source)
    elif found := _sibling(source, "locations") or _sibling(source, "level_1a"):
        places.read(found)
    reading.batches = (
        _transactions(table, task, reading, places) if transactions else _projects(table, task, reading, places)
    )
    return reading


def _sibling(source: Source, part: str) -> Source | None:
    name = PARTS.sub(f"_{part}", source.name)
    return beside(source, name) if name != source.name else None


# ---- projects


def _projects(table: TextTable, task: Task, reading: Reading, places: AidPlaces) -> Iterator[pa.Table]:
    by_place = "project_location_id" in table.columns
    repeated, told = Repeated(), _Told(reading, task)
    stated: dict[str, tuple[str, ...]] = {}  # of a project on several lines, what it says of itself
    for rows in table.batches():
        ids = rows.column("project_id").to_pylist()
        rows.reject(
            np.array([not each for each in ids], dtype=np.bool_),
            said("places/empty", column="project_id"),
            "project_id",
        )
        countries = _recipients(rows, reading, task)
        if by_place:
            repeated.sort_out(rows, rows.column("project_location_id").to_pylist(), "project_location_id")
            _leave_told(rows, ids, stated)
        else:
            repeated.sort_out(rows, ids, "project_id")
        start, until = _begun(rows)
        end = rows.dates("end_actual_isodate", earliest=FIRST_DAY, latest=LAST_DAY)
        amounts = rows.numbers("total_commitments", least=0.0, most=MOST, large=True)
        text = {
            name: rows.column(name).to_pylist() for name in ("end_actual_type", "status", "ad_sector_names", "donors")
        }
        for n in np.flatnonzero(rows.keep).tolist():
            area, level, count = places.of(ids[n], countries[n])
            actual = text["end_actual_type"][n] == "end-actual"
            told.points.add_project(
                Project(
                    id=ids[n], line=int(rows.line[n]), area=area, level=level, start=start[n], start_until=until[n],
                    end=end[n].as_py() if actual else None,
                    running=not text["status"][n].lower().startswith(NOT_BEGUN),
                    sector=sector_of(text["ad_sector_names"][n].split("|")), actor=text["donors"][n],
                    approved=None if np.isnan(amounts[n]) else float(amounts[n]), currency="USD", places=count,
                ),
                task.today,
            )  # fmt: skip
            told.note(countries[n], start[n], max(start[n], until[n]))
        yield told.points.taken()
    reading.notes += table.notes + repeated.notes + places.notes
    if not by_place:
        reading.coverage = told.coverage("programme", "budget-line")


def _leave_told(rows: Rows, ids: list[str], stated: dict[str, tuple[str, ...]]) -> None:
    """Of a project on several lines only the first is read; a line that says otherwise of the project is a fault."""
    whole = list(zip(*(rows.column(name).to_pylist() for name in PROJECTS), strict=True))
    again = np.array([each in stated for each in ids], dtype=np.bool_)
    for place in np.flatnonzero(rows.keep).tolist():
        again[place] = ids[place] in stated
        if stated.setdefault(ids[place], whole[place]) != whole[place]:
            rows.reject_one(place, said("evidence/aid.otherwise"), "project_id")
    rows.leave_out(again & rows.keep)


def _recipients(rows: Rows, reading: Reading, task: Task) -> list[str]:
    """The country of each project; those of others, or of several at once, are left out and counted."""
    found: list[str] = []
    for place, text in enumerate(rows.column("recipients_iso3").to_pylist()):
        named = [iso3_of(each) for each in text.split("|") if each.strip()]
        found.append(named[0] if len(named) == 1 else "")
        if not named:
            rows.reject_one(place, said("places/empty", column="recipients_iso3"), "recipients_iso3")
    reading.countries |= set(found) - {""}
    ours = np.array([bool(each) and each == (task.country or each) for each in found], dtype=np.bool_)
    reading.not_wanted += int((rows.ours & ~ours).sum())
    rows.leave_out(~ours)
    return found


def _begun(rows: Rows) -> tuple[list[date], list[date]]:
    """First and last day on which a project may have begun: a day, or the year of its first transaction."""
    days = rows.dates("start_actual_isodate", earliest=FIRST_DAY, latest=LAST_DAY).to_pylist()
    return _day_or_year(rows, days, "transactions_start_year", "start_actual_isodate")


def _day_or_year(rows: Rows, days: list[date | None], year: str, column: str) -> tuple[list[date], list[date]]:
    years = rows.numbers(year, least=FIRST_DAY.year, most=LAST_DAY.year)
    rows.reject(np.array([each is None for each in days]) & np.isnan(years), said("evidence/no-day-no-year"), column)
    first: list[date] = []
    last: list[date] = []
    for day, number in zip(days, years.tolist(), strict=True):
        whole = date(int(number), 1, 1) if FIRST_DAY.year <= number <= LAST_DAY.year else FIRST_DAY
        first.append(day or whole)
        last.append(day or whole.replace(month=12, day=31))
    return first, last


# ---- transactions


def _transactions(table: TextTable, task: Task, reading: Reading, places: AidPlaces) -> Iterator[pa.Table]:
    projects = _sibling(table.source, "projects")
    known = _sectors(projects) if projects else {}
    country = task.country or places.only_country
    repeated, told = Repeated(), _Told(reading, task)
    without = 0
    for rows in table.batches():
        ids, of = (rows.column(name).to_pylist() for name in ("transaction_id", "project_id"))
        rows.reject(
            np.array([not each for each in ids], dtype=np.bool_),
            said("places/empty", column="transaction_id"),
            "transaction_id",
        )
        repeated.sort_out(rows, ids, "transaction_id")
        days = rows.dates("transaction_isodate", earliest=FIRST_DAY, latest=LAST_DAY).to_pylist()
        first, last = _day_or_year(rows, days, "transaction_year", "transaction_year")
        codes = rows.column("transaction_value_code").to_pylist()
        rows.reject(
            np.array([each not in FLOWS for each in codes], dtype=np.bool_),
            said("places/none-of", column="transaction_value_code", names=("C", "D", "E")),
            "transaction_value_code",
        )
        amounts = rows.numbers("transaction_value", least=-MOST, most=MOST, large=True)
        rows.reject(np.isnan(amounts), said("places/empty", column="transaction_value"), "transaction_value")
        currencies = rows.column("transaction_currency").to_pylist()
        strange = np.array([not CURRENCY.fullmatch(each) for each in currencies], dtype=np.bool_)
        rows.reject(strange, said("evidence/no-three-letters", column="transaction_currency"), "transaction_currency")
        for n in np.flatnonzero(rows.keep).tolist():
            recipient, sector, donor = known.get(of[n], (country, "", ""))
            if task.country and recipient and recipient != task.country:
                reading.not_wanted += 1
                reading.countries.add(recipient)
                continue
            if not recipient:
                without += 1
                continue
            area, level, count = places.of(of[n], recipient)
            told.points.add_transfer(
                Transfer(
                    id=ids[n], line=int(rows.line[n]), how=FLOWS[codes[n]], day=first[n], until=last[n], area=area,
                    level=level, currency=currencies[n] or "USD", parts=((sector, float(amounts[n])),), actor=donor,
                    places=count,
                )
            )  # fmt: skip
            told.note(recipient, first[n], last[n])
        yield told.points.taken()
    if without:
        raise BadInput(
            said("evidence/aid.no-country", count=without), table.source.label,
            said("evidence/do.aid-projects", file=PARTS.sub('_projects', table.source.name)),
        )  # fmt: skip
    reading.notes += table.notes + repeated.notes + places.notes
    reading.coverage = told.coverage("payment")


def _sectors(source: Source) -> dict[str, tuple[str, str, str]]:
    """Of each project beside the transactions its country, sector and donors."""
    found: dict[str, tuple[str, str, str]] = {}
    for rows in TextTable(source).batches():
        names = ("project_id", "recipients_iso3", "ad_sector_names", "donors")
        for item, country, sectors, donors in zip(*(rows.column(each).to_pylist() for each in names), strict=True):
            found[item] = (iso3_of(country) if country else "", sector_of(sectors.split("|")), donors)
    return found


class _Told:
    """The points of a file and what they cover."""

    def __init__(self, reading: Reading, task: Task) -> None:
        self.points = Points("AidData", "aiddata")
        self.reading, self.countries = reading, set[str]()
        self.first, self.last = LAST_DAY, FIRST_DAY

    def note(self, country: str, first: date, last: date) -> None:
        self.countries.add(country)
        self.reading.countries.add(country)
        self.first, self.last = min(self.first, first), max(self.last, last)

    def coverage(self, *kinds: str) -> list[Coverage]:
        areas = tuple(sorted(self.reading.locator.country_code(each) for each in self.countries))
        if not areas:
            return []
        return [Coverage(kind=each, areas=areas, start=self.first, end=self.last, complete=False) for each in kinds]
