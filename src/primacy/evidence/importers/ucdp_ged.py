"""UCDP Georeferenced Event Dataset (GED), yearly releases, as CSV.

Data sheet
    Producer     Uppsala Conflict Data Program (UCDP), Uppsala University
    Licence      CC BY 4.0
    Unit         one event: at least one death, by an organised actor, at a place and a time; the conflict, dyad or
                 one-sided actor must have reached 25 deaths in some year (inclusion threshold)
    Versions     19.1 (42 columns), 20.1 and later (48 or 49 columns), the country files of the Humanitarian Data
                 Exchange (43 columns and a row of HXL tags)
    Rows         events = 1; deaths (best, low, high); civilian_deaths. A low above best, a high below it are left out
    Dates        date_start, date_end; a date precision of 5 or more than 31 days is noted as "period uncertain"
    Place        where_prec 1-3: level 2; 4: level 1; 5-7 or none: the country
    Category     violence/state-based, violence/non-state, violence/one-sided
    Actors       side a; target side b, for one-sided violence `civilians`; several that fight together stand as one,
                 "A, B", and are on a list of the mission where each of them is
    Grade        clarity 1 with two or more sources B2, with one or an unknown number B3; clarity 2 C3
    Coverage     complete for the countries and from the first to the last year of the file; partial where a file of
                 many countries has so few events that it must be a selection
    Lineage      ucdp-ged, shared with the monthly candidate events, which a yearly release replaces
    Repeated     a line that stands twice word for word counts once; an id with two contents is a fault. An event that a
                 newer release tells too is read from the newest one alone
    Known        RELEASES below. UCDP publishes in June; where the day is not documented the last of June is taken, so
                 that no back-test knows a release too early
    Not used     sources' headlines, conflict and dyad numbers, PRIO grid
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, date, datetime, time

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from primacy.evidence.bringing.formats import Reading, Task
from primacy.evidence.bringing.locating import Codes, Locator
from primacy.evidence.bringing.lost_lines import LostLines
from primacy.evidence.importers._columns import Mask, measured, nulls, one_of, same, true
from primacy.evidence.importers._repeated import Repeated
from primacy.evidence.store.datasets import Coverage
from primacy.framework.saying import Said, said
from primacy.places.countries import by_number, iso3_of
from primacy.places.files.files import Source
from primacy.places.files.headers import known_by
from primacy.places.files.rows import Integers, Rows
from primacy.places.files.tables import TextTable

FORMAT = "ucdp-ged"
MOST_DEATHS = 5_000_000.0  # more than any event of any war
ABOUT = "UCDP Georeferenced Event Dataset, yearly release, CSV (19.1 to 25.1; also the country files of HDX)"
WHAT = said("evidence/what.ucdp-events")
NEEDED = (
    "id", "type_of_violence", "side_a", "side_b", "number_of_sources", "where_prec", "latitude", "longitude", "country",
    "country_id", "event_clarity", "date_start", "date_end", "deaths_civilians", "best", "low", "high",
)  # fmt: skip
RELEASES = {
    "17.1": date(2017, 6, 30),
    "18.1": date(2018, 6, 30),
    "19.1": date(2019, 6, 30),
    "20.1": date(2020, 6, 30),
    "21.1": date(2021, 6, 30),
    "22.1": date(2022, 6, 30),
    "23.1": date(2023, 6, 18),  # its codebook stood in a public web archive that day
    "24.1": date(2024, 6, 30),
    "25.1": date(2025, 6, 13),  # downloaded and catalogued by others that day
}
VERSION = re.compile(r"ged(?:event)?[\W_]*v?[\W_]*(\d{2})[._]?(\d)(?!\d)(?:[._](\d{1,2})(?!\d))?", re.IGNORECASE)
PRODUCER = "Uppsala Conflict Data Program"
LICENCE = "CC BY 4.0"
CITATION = (
    "Sundberg and Melander (2013), Introducing the UCDP Georeferenced Event Dataset, Journal of Peace Research 50(4); "
    "Davies, Pettersson and Öberg, Organized violence, Journal of Peace Research, the year's article"
)
GRADES = ("B2", "B3", "C3")
CATEGORIES = ("violence/state-based", "violence/non-state", "violence/one-sided")
FIGHTING = (
    said("evidence/ucdp.state-based"), said("evidence/ucdp.non-state"), said("evidence/ucdp.one-sided")
)  # fmt: skip
LEVELS = np.array([0, 2, 2, 2, 1, 0, 0, 0])  # by where_prec; 0 stands for none
UNCERTAIN_DAYS = 31
FIRST_DAY = date(1946, 1, 1)
MANY_COUNTRIES = 20
FEWEST_EVENTS = 5  # of a release for each country and year; 23.1 has 75, its Americas 40


def sniff(source: Source, head: bytes) -> Said | None:
    return known_by(head, source.label, NEEDED, WHAT)


def read(source: Source, task: Task) -> Reading:
    found = VERSION.search(source.name) or VERSION.search(source.path.name)
    published = RELEASES.get(f"{found[1]}.{found[2]}") if found and not found[3] else None
    return read_events(source, task, published=published, covered=whole_years)


def whole_years(months: Counter[str], source: Source) -> tuple[date, date]:
    """From the first to the last year in which the file has an event."""
    years = [int(month[:4]) for month in months]
    return date(min(years), 1, 1), date(max(years), 12, 31)


Covered = Callable[[Counter[str], Source], tuple[date, date]]


def read_events(source: Source, task: Task, *, published: date | None, covered: Covered) -> Reading:
    """The rows of a GED or candidate file. `covered` turns its months (with their events) into the period covered."""
    table = TextTable(source)
    table.need(NEEDED, WHAT)
    reading = Reading(
        lineage="ucdp-ged", producer=PRODUCER, source_type="producer", licence=LICENCE, citation=CITATION,
        known=datetime.combine(published, time(), UTC) if published else None,
        batches=iter(()), locator=Locator(task.areas), faults=table.faults, share=lambda: table.stream.guarded.share,
        own_ids=True,
    )  # fmt: skip
    reading.batches = _batches(table, task, reading, covered)
    return reading


def _batches(table: TextTable, task: Task, reading: Reading, covered: Covered) -> Iterator[pa.Table]:
    months: Counter[str] = Counter()
    targets: set[str] = {"civilians"}
    wanted: set[str] = set()
    types: set[int] = set()
    repeated, lost = Repeated(), LostLines()
    wrong_bounds = 0
    for rows in table.batches():
        countries = _countries(rows)
        reading.countries |= set(countries)
        months += _months(rows, task.today)
        types |= {_whole(each) for each in rows.column("type_of_violence").unique().to_pylist()} & {1, 2, 3}
        if task.country:
            ours = countries == task.country
            reading.not_wanted += int((~ours).sum())
            rows, countries = rows.only(ours), countries[ours]
        events = _Events(rows, countries, task.today, repeated)
        wrong_bounds += events.wrong_bounds
        lost.add(events.start, rows.ours, ~rows.keep)
        if rows.keep.any():
            wanted |= set(countries[rows.keep])
            targets |= set(events.target.filter(pa.array(rows.keep)).unique().to_pylist())
            yield events.table(reading.locator)
    reading.notes += table.notes + repeated.notes
    if wrong_bounds:
        reading.notes.append(said("evidence/ucdp.wrong-bounds", count=wrong_bounds))
    if wanted and months:
        first, last = covered(months, table.source)
        whole = Coverage(
            kind="incident", categories=tuple(CATEGORIES[number - 1] for number in sorted(types)), actors=("*",),
            targets=tuple(sorted(targets - {""})),
            areas=tuple(sorted(reading.locator.country_code(each) for each in wanted)),
            start=first, end=last, complete=True,
        )  # fmt: skip
        reading.notes += [
            said("evidence/ucdp.tells-nothing-of", what=FIGHTING[number - 1])
            for number in (1, 2, 3)
            if number not in types
        ]
        if why := _a_selection(months, reading.countries, first, last):
            reading.notes.append(why)
            reading.coverage = [whole.model_copy(update={"complete": False})]
            return
        reading.notes += [*lost.notes([whole]), *lost.quiet_end(whole)]
        reading.coverage = lost.unknown([whole])


def _a_selection(months: Counter[str], countries: Collection[str], first: date, last: date) -> Said | None:
    """Why a file cannot be a whole release; None where it may be. A release has dozens of events for each of its
    countries and years, a sample of it a few: its silence must not read as peace.
    """
    years = ((last - first).days + 1) / 365.25
    if len(countries) < MANY_COUNTRIES or months.total() >= FEWEST_EVENTS * len(countries) * years:
        return None
    return said(
        "evidence/ucdp.selection", events=months.total(), countries=len(countries), years=f"{years:.0f}"
    )  # fmt: skip


def _countries(rows: Rows) -> Codes:
    """ISO alpha-3 of each row: by the number of the country, else by its name."""
    pairs = pc.binary_join_element_wise(rows.column("country_id"), rows.column("country"), "\n").dictionary_encode()
    known = [_country(*pair.split("\n", 1)) for pair in pairs.dictionary.to_pylist()]
    found: Codes = np.array(known, dtype=object)[pairs.indices.to_numpy()]
    return found


def _country(number: str, name: str) -> str:
    return by_number().get(_whole(number), "") or iso3_of(name)


def _whole(text: str) -> int:
    """A whole number, also written 482.0; -1 for anything else."""
    bare = text.removesuffix(".0")
    return int(bare) if bare.isdecimal() and len(bare) < 10 else -1


def _months(rows: Rows, today: date) -> Counter[str]:
    """Events of each month, written 2024-12, as far as their day can be."""
    days = rows.days("date_start").drop_null().to_numpy(zero_copy_only=False).astype("datetime64[D]")
    possible = days[(days >= np.datetime64(FIRST_DAY)) & (days <= np.datetime64(today))]
    months, counts = np.unique(possible.astype("datetime64[M]"), return_counts=True)
    return Counter(dict(zip(months.astype(str).tolist(), counts.tolist(), strict=True)))


class _Events:
    """The checked columns of a batch; `rows.keep` marks the events that can be used."""

    def __init__(self, rows: Rows, countries: Codes, today: date, repeated: Repeated) -> None:
        self.rows, self.countries = rows, countries
        self.item = self._items(repeated)
        self.start = rows.dates("date_start", earliest=FIRST_DAY, latest=today)
        self.end = rows.dates("date_end", earliest=FIRST_DAY, latest=today)
        rows.reject(nulls(self.start), said("places/empty", column="date_start"), "date_start")
        self.end = pc.coalesce(self.end, self.start)
        rows.reject(true(pc.less(self.end, self.start)), said("evidence/before-start", column="date_end"), "date_end")
        self.type = rows.numbers("type_of_violence")
        rows.reject(
            ~np.isin(self.type, (1, 2, 3)),
            said("places/none-of", column="type_of_violence", names=(1, 2, 3)),
            "type_of_violence",
        )
        self.lon, self.lat = rows.numbers("longitude"), rows.numbers("latitude")
        rows.reject(
            np.abs(self.lon) > 180, said("places/not-between", column="longitude", least=-180, most=180), "longitude"
        )
        rows.reject(
            np.abs(self.lat) > 90, said("places/not-between", column="latitude", least=-90, most=90), "latitude"
        )
        self.precision = np.nan_to_num(rows.numbers("where_prec"), nan=0.0)
        rows.reject(
            (self.precision < 0) | (self.precision > 7),
            said("places/not-to", column="where_prec", least=1, most=7),
            "where_prec",
        )
        self.deaths = {
            name: rows.numbers(name, least=0.0, most=MOST_DEATHS, large=True)
            for name in ("best", "low", "high", "deaths_civilians")
        }
        self.wrong_bounds = self._drop_wrong_bounds()
        self.clarity = np.nan_to_num(rows.numbers("event_clarity"), nan=2.0)
        self.sources = np.nan_to_num(rows.numbers("number_of_sources"), nan=-1.0)
        self.target = self._targets()

    def _drop_wrong_bounds(self) -> int:
        """A low figure above the best one, or a high one below it, says nothing: the source has some. Their number."""
        best, low, high = (self.deaths[name] for name in ("best", "low", "high"))
        too_high, too_low = (low > best) | (low > high), (high < best) | (low > high)
        self.deaths["low"], self.deaths["high"] = np.where(too_high, np.nan, low), np.where(too_low, np.nan, high)
        return int(((too_high | too_low) & self.rows.keep).sum())

    def _items(self, repeated: Repeated) -> pa.Array:
        """Event ids; an empty one, or one of an earlier line that says otherwise, is rejected."""
        found = self.rows.column("id")
        if pc.any(pc.ends_with(found, ".0")).as_py():
            found = pc.replace_substring_regex(found, r"\.0$", "")
        self.rows.reject(true(pc.equal(found, "")), said("places/empty", column="id"), "id")
        repeated.sort_out(self.rows, found.to_pylist(), "id")
        return found

    def _targets(self) -> pa.Array:
        return pc.if_else(pa.array(self.type == 3), "civilians", self.rows.column("side_b"))

    def table(self, locator: Locator) -> pa.Table:
        """Up to three rows for each event: events, deaths, civilian_deaths."""
        keep = self.rows.keep
        level = LEVELS[self.precision[keep].astype(np.int64)]
        kept = pa.array(keep)
        names = [(n, self.rows.column(f"adm_{n}").filter(kept)) for n in (2, 1)]
        area, reached = locator.place(self.countries[keep], self.lon[keep], self.lat[keep], level, names)
        count = int(keep.sum())
        shared = {
            "kind": same("incident", count),
            "item": self.item.filter(kept),
            "date": self.start.filter(kept),
            "until": self.end.filter(kept),
            "area": pa.array(area, pa.string()),
            "level": pa.array(reached, pa.int8()),
            "actor": self.rows.column("side_a").filter(kept),
            "target": self.target.filter(kept),
            "category": one_of(CATEGORIES, self.type[keep] - 1),
            "grade": one_of(GRADES, self._grades()[keep]),
            "source": same("UCDP", count),
            "origin": same("ucdp", count),
            "line": pa.array(self.rows.line[keep], pa.int64()),
            "note": one_of(("", "period uncertain"), self._uncertain()[keep]),
        }
        best, low, high, civilians = (self.deaths[name][keep] for name in ("best", "low", "high", "deaths_civilians"))
        parts = [
            measured(shared, "events", "events", np.ones(count)),
            measured(shared, "deaths", "persons", best, low=low, high=high),
            measured(shared, "civilian_deaths", "persons", civilians),
        ]
        return pa.concat_tables(parts)

    def _grades(self) -> Integers:
        """Places in GRADES."""
        clear = self.clarity == 1
        several = self.sources >= 2
        if "code_status" in self.rows.text:
            clear &= true(pc.is_in(self.rows.column("code_status"), pa.array(["Clear", ""])))
        return np.where(clear, np.where(several, 0, 1), 2)

    def _uncertain(self) -> Mask:
        long_ = true(pc.greater(pc.days_between(self.start, self.end), UNCERTAIN_DAYS))
        coarse = true(pc.is_in(self.rows.column("date_prec"), pa.array(["5", "5.0"])))
        return long_ | coarse
