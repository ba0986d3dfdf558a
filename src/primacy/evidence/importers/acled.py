"""ACLED: political violence, demonstrations and developments, as the CSV that registered users export.

Data sheet
    Producer     Armed Conflict Location & Event Data (ACLED)
    Licence      ACLED Terms of Use: the rows may not be passed on. What is handed out of an assessment says so
    Obtain       acleddata.com, with an account: the export of a country, all event types
    Unit         one event: actors, a day, a place. No threshold of deaths
    Versions     31 columns (2019 on; types of sides by number until September 2023, in words since), and the older form
                 of 30 columns with data_id and without sub-events
    Rows         events = 1; deaths: the lowest figure reported, without low and high. ACLED writes 10 for "several" and
                 100 for "dozens" where reports give no number
    Dates        event_date; time precision 2 is a week (until six days later), 3 a month (until its end, noted as
                 "period uncertain")
    Known        of each row its timestamp, the last time that ACLED changed it; of the file the newest of them
    Place        geo precision 1 and 2: level 2; 3: level 1
    Category     acled.yaml: fights by their sides (state forces and outside forces are the state), explosions against
                 civilians and excessive force against protesters are one-sided, violent demonstrations are riots
    Left out     sexual violence, which is never kept by place; it is counted in a note and belongs to the adviser in
                 charge. The older form does not tell it apart
    Actors       actor1; actor2, for one-sided violence `civilians`
    Grade        two or more sources B2, one B3; a month or a larger region instead of a day and a place C3
    Origin       acled/SCALE: where its sources stand (national, international, local partner); their names are not kept
    Coverage     complete for a category when the file holds every type that it is made of; developments never. From the
                 first event to the last, to the edge of its month where that is within a week: weekly exports add up
    Repeated     a line twice word for word counts once; of an event with several contents the newest timestamp counts
    Not used     notes and tags (they may name people), associated actors, region, disorder type, which is said by the
                 category
"""

import calendar
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from primacy.evidence.bringing.formats import Reading, Task
from primacy.evidence.bringing.locating import Codes, Locator
from primacy.evidence.bringing.lost_lines import LostLines
from primacy.evidence.importers._columns import Mask, measured, nulls, same
from primacy.evidence.importers._newest import Newest
from primacy.evidence.shown.protected import left_out
from primacy.evidence.store.datasets import Coverage
from primacy.evidence.store.numbered_days import last_day, month_index
from primacy.framework.saying import Said, said
from primacy.framework.yaml_files import read_yaml
from primacy.places.countries import iso3_of
from primacy.places.files.files import Source
from primacy.places.files.headers import known_by
from primacy.places.files.rows import Rows
from primacy.places.files.tables import TextTable

FORMAT = "acled"
ABOUT = "ACLED events, the CSV of the export tool (31 columns, and the older form)"
WHAT = said("evidence/what.acled")
NEEDED = (
    "event_id_cnty", "event_date", "time_precision", "event_type", "actor1", "inter1", "actor2", "inter2", "country",
    "latitude", "longitude", "geo_precision", "source", "fatalities",
)  # fmt: skip
PRODUCER = "Armed Conflict Location & Event Data (ACLED)"
LICENCE = "ACLED Terms of Use: not to be passed on"
CITATION = "Raleigh, Kishi and Linke (2023), Political instability patterns are obscured by conflict dataset scope \
conditions, sources, and coding choices, Humanities and Social Sciences Communications 10; acleddata.com"
CAVEAT = said("evidence/acled.lowest")
MOST_DEATHS = 1_000_000.0
MOST_REMEMBERED = 50_000  # days
LEVELS = {1: 2, 2: 2, 3: 1}  # by geo_precision
FIRST_DAY = date(1989, 1, 1)
QUIET_DAYS = 7  # without an event at the edge of a month, which is then taken as whole
SETTLED = timedelta(days=7)  # ACLED publishes weekly: then a month that is over is complete
IN_WORDS = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})")
MONTHS = {name.lower(): n for names in (calendar.month_name, calendar.month_abbr) for n, name in enumerate(names) if n}


@cache
def _codebook() -> dict[str, Any]:
    return read_yaml((Path(__file__).parent / "acled.yaml").read_bytes())  # type: ignore[no-any-return]


def sniff(source: Source, head: bytes) -> Said | None:
    return known_by(head, source.label, NEEDED, WHAT)


def read(source: Source, task: Task) -> Reading:
    newest = Newest.of(source, NEEDED, WHAT, key="event_id_cnty", age="timestamp")
    table = TextTable(source)
    table.need(NEEDED, WHAT)
    reading = Reading(
        lineage="acled", producer=PRODUCER, source_type="producer", licence=LICENCE, citation=CITATION, known=None,
        batches=iter(()), locator=Locator(task.areas), faults=table.faults, share=lambda: table.stream.guarded.share,
        own_ids=True, closed=True, notes=[CAVEAT],
    )  # fmt: skip
    reading.batches = _batches(table, task, reading, newest)
    return reading


def _batches(table: TextTable, task: Task, reading: Reading, newest: Newest) -> Iterator[pa.Table]:
    told, lost = _Told(), LostLines()
    for rows in table.batches():
        names = rows.column("iso3" if "iso3" in rows.text else "country").to_pylist()
        countries = np.array([iso3_of(name) for name in names], dtype=object)
        reading.countries |= set(countries) - {""}
        if task.country:
            ours: Mask = countries == task.country
            reading.not_wanted += int((~ours).sum())
            rows, countries = rows.only(ours), countries[ours]
        newest.sort_out(rows)
        events = _Events(rows, countries, task)
        told.add(events)
        lost.add(events.start, rows.ours, ~rows.keep)
        if rows.keep.any():
            yield events.table(reading.locator)
    reading.notes += table.notes + newest.notes + left_out(told.protected)
    reading.known = told.newest
    coverage = told.coverage(reading.locator)
    reading.notes += lost.notes(coverage)
    reading.coverage = lost.unknown(coverage)


class _Events:
    """The checked columns of a batch; `rows.keep` marks the events that can be used."""

    def __init__(self, rows: Rows, countries: Codes, task: Task) -> None:
        self.rows, self.countries = rows, countries
        self.item = rows.column("event_id_cnty").to_pylist()
        rows.reject(
            np.array([not each for each in self.item], dtype=np.bool_), said("evidence/no-event-id"), "event_id_cnty"
        )
        rows.text["event_date"] = _in_figures(rows.column("event_date"))
        self.start = rows.dates("event_date", earliest=FIRST_DAY, latest=task.today)
        rows.reject(nulls(self.start), said("places/empty", column="event_date"), "event_date")
        self.day = self._precision("time_precision")
        self.place = self._precision("geo_precision")
        self.lon, self.lat = rows.numbers("longitude"), rows.numbers("latitude")
        rows.reject(
            np.abs(self.lon) > 180, said("places/not-between", column="longitude", least=-180, most=180), "longitude"
        )
        rows.reject(
            np.abs(self.lat) > 90, said("places/not-between", column="latitude", least=-90, most=90), "latitude"
        )
        self.deaths = rows.numbers("fatalities", least=0.0, most=MOST_DEATHS, large=True)
        self.stamp = rows.numbers("timestamp", least=0.0)
        ahead = self.stamp > datetime.combine(task.today, datetime.min.time(), UTC).timestamp()
        rows.reject(ahead, said("places/in-future", column="timestamp"), "timestamp")
        self.type = rows.column("event_type").to_pylist()
        self.category = self._categories()
        self.protected: Mask = rows.ours & np.array([each == "protected" for each in self.category], dtype=np.bool_)
        rows.leave_out(self.protected)
        one_sided = np.array([each.startswith("violence/one-sided") for each in self.category], dtype=np.bool_)
        mob = np.array([each == "violence/mob" for each in self.category], dtype=np.bool_)
        mob_on_civilians = mob & self._civilians
        other = np.array(rows.column("actor2").to_pylist(), dtype=object)
        self.target = np.where(one_sided | mob_on_civilians, "civilians", other)

    def _precision(self, column: str) -> np.ndarray[Any, Any]:
        codes = self.rows.numbers(column)
        self.rows.reject(~np.isin(codes, (1, 2, 3)), said("places/none-of", column=column, names=(1, 2, 3)), column)
        return np.where(np.isin(codes, (1, 2, 3)), codes, 3).astype(np.int64)

    @property
    def _civilians(self) -> Mask:
        """Whether ACLED says that civilians were the main or only target."""
        stated = self.rows.column("civilian_targeting").to_pylist()
        return np.array([bool(each) for each in stated], dtype=np.bool_)

    def _side(self, column: str) -> list[str]:
        known = _codebook()["sides"]
        return [known.get(each.lower().removesuffix(".0"), "") for each in self.rows.column(column).to_pylist()]

    def _categories(self) -> list[str]:
        """The category of each event; one whose type is not in the codebook is a fault."""
        book, found = _codebook(), []
        subs = self.rows.column("sub_event_type").to_pylist()
        first, second, civilians = self._side("inter1"), self._side("inter2"), self._civilians
        for place, (kind, sub) in enumerate(zip(self.type, subs, strict=True)):
            rule = book["sub_events"].get(sub) or book["events"].get(kind)
            if rule is None or kind not in book["events"]:
                self.rows.reject_one(place, said("evidence/acled.type", column="event_type"), "event_type")
                rule = ""
            found.append(_resolved(rule, first[place], second[place], bool(civilians[place])))
        return found

    def table(self, locator: Locator) -> pa.Table:
        """Up to two rows for each event: events, deaths."""
        keep = self.rows.keep
        kept, count = pa.array(keep), int(keep.sum())
        level = np.array([LEVELS[each] for each in self.place[keep].tolist()], dtype=np.int64)
        names = [(n, np.array(self.rows.column(f"admin{n}").to_pylist(), dtype=object)[keep]) for n in (2, 1)]
        area, reached = locator.place(self.countries[keep], self.lon[keep], self.lat[keep], level, names)
        stamps = [None if np.isnan(each) else datetime.fromtimestamp(each, UTC) for each in self.stamp[keep].tolist()]
        shared = {
            "kind": same("incident", count),
            "item": pa.array(self.item, pa.string()).filter(kept),
            "date": self.start.filter(kept),
            "until": pa.array(list(map(_until, self.start.filter(kept).to_pylist(), self.day[keep].tolist()))),
            "known": pa.array(stamps, pa.timestamp("us", tz="UTC")),
            "area": pa.array(area, pa.string()),
            "level": pa.array(reached, pa.int8()),
            "actor": self.rows.column("actor1").filter(kept),
            "target": pa.array(self.target[keep], pa.string()),
            "category": pa.array(self.category, pa.string()).filter(kept),
            "grade": pa.array(self._grades()[keep], pa.string()),
            "source": same("ACLED", count),
            "origin": pa.array(self._origins(), pa.string()).filter(kept),
            "line": pa.array(self.rows.line[keep], pa.int64()),
            "note": pa.array(np.where(self.day[keep] == 3, "period uncertain", "").astype(object), pa.string()),
        }
        events = measured(shared, "events", "events", np.ones(count))
        return pa.concat_tables([events, measured(shared, "deaths", "persons", self.deaths[keep])])

    def _grades(self) -> Codes:
        several = np.array([";" in each for each in self.rows.column("source").to_pylist()], dtype=np.bool_)
        coarse = (self.day == 3) | (self.place == 3)
        return np.where(coarse, "C3", np.where(several, "B2", "B3")).astype(object)

    def _origins(self) -> list[str]:
        """By the scale of its sources alone: a source's name beside a place and a day may point at a person."""
        scales = [
            re.sub(r"[^a-z]+", "-", each.lower()).strip("-") for each in self.rows.column("source_scale").to_pylist()
        ]
        return [f"acled/{scale}" if scale else "acled" for scale in scales]


def _resolved(rule: str, first: str, second: str, civilians: bool) -> str:
    """The category that a rule of acled.yaml means for an event with these sides."""
    against_civilians = civilians or second == "civilians"
    if rule == "crowd":
        return "protest" if first == "protesters" else "violence/political/riot"
    if rule == "remote" and against_civilians:
        return "violence/one-sided/remote"
    if rule == "remote" and not second:
        return "violence/remote"
    if rule in ("sides", "remote"):
        return "violence/state-based" if "state" in (first, second) else "violence/non-state"
    return rule


def _in_figures(days: pa.Array) -> pa.Array:
    """Days such as 31 December 2022 as 2022-12-31; all others as they are written."""
    return pa.array([_day_in_figures(each) for each in days.to_pylist()], pa.string())


@lru_cache(MOST_REMEMBERED)
def _day_in_figures(written: str) -> str:
    found = IN_WORDS.fullmatch(written)
    month = MONTHS.get(found[2].lower()) if found else None
    return f"{found[3]}-{month:02}-{int(found[1]):02}" if found and month else written


@lru_cache(MOST_REMEMBERED)
def _until(day: date, precision: int) -> date:
    return {1: day, 2: day + timedelta(days=6), 3: last_day(month_index(day))}[precision]


class _Told:
    """What a file tells of, for its coverage: countries, types, targets, days, the newest change."""

    def __init__(self) -> None:
        self.countries: set[str] = set()
        self.targets: set[str] = {"civilians"}
        self.types: set[str] = set()
        self.first = self.last = None
        self.newest: datetime | None = None
        self.protected = 0

    def add(self, events: _Events) -> None:
        keep = events.rows.keep
        self.types |= {
            each for each, ours in zip(events.type, events.rows.ours | events.protected, strict=True) if ours
        }
        self.protected += int(events.protected.sum())
        if not keep.any():
            return
        self.countries |= set(events.countries[keep])
        self.targets |= set(events.target[keep])
        days = events.start.filter(pa.array(keep))
        first, last = pc.min(days).as_py(), pc.max(days).as_py()
        self.first = first if self.first is None else min(first, self.first)
        self.last = last if self.last is None else max(last, self.last)
        if np.isfinite(events.stamp[keep]).any():
            stamp = datetime.fromtimestamp(float(np.nanmax(events.stamp[keep])), UTC)
            self.newest = stamp if self.newest is None else max(stamp, self.newest)

    def coverage(self, locator: Locator) -> list[Coverage]:
        """Complete for the categories whose event types are all there, partial for developments."""
        if self.first is None or self.last is None:
            return []
        book = _codebook()
        whole = [path for path, ways in book["complete"].items() if any(set(way) <= self.types for way in ways)]
        parts = [path for path in book["complete"] if path not in whole] + book["partial"]
        start = self.first.replace(day=1) if self.first.day <= QUIET_DAYS else self.first
        end = last_day(month_index(self.last))
        late = self.last > end - timedelta(days=QUIET_DAYS)
        settled = late and self.newest is not None and self.newest.date() >= end + SETTLED
        areas = tuple(sorted(locator.country_code(each) for each in self.countries))
        return [
            Coverage(
                kind="incident", categories=tuple(paths), targets=tuple(sorted(self.targets - {""})), actors=("*",),
                areas=areas, start=start, end=end if settled else self.last, complete=complete,
            )
            for paths, complete in ((whole, True), (parts, False)) if paths
        ]  # fmt: skip
