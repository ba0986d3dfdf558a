"""Aid activities in the standard of the International Aid Transparency Initiative (IATI 2.01 to 2.03), XML.

Data sheet
    Producer     each reporting organisation, for its own activities
    Licence      as the publisher says (most: open); write it down when the file is obtained
    Obtain       iatistandard.org, d-portal.org or a country's aid management system
    Rows         an activity: programme/expected = 1 and running = 1 from its start (actual, else planned), running = 0
                 from its actual end. A transaction: payment amount and events = 1, category payment/aid-committed
                 (type 2), aid-disbursed (3), aid-spent (4). Other types (incoming funds, repayments, pledges) are
                 counted in a note
    Items        the iati-identifier; of a transaction the identifier, # and its reference or place in the activity
    Sectors      of the first vocabulary; amounts are parted by the percentages where these add up to 100, else the
                 sector is several-sectors
    Country      the share of the country that is wanted, by the percentages; an activity of several countries without
                 them is left out and counted. One that names none belongs where its points lie, else to the country
                 that all other activities of the file name
    Place        exactness 1: level 2, other points level 1; several places: the narrowest area that holds them all, the
                 amount counted once
    Money        in the currency of the transaction, as it is written; nothing is converted
    Coverage     partial: what was reported
    Lineage      iati/REPORTING-ORG, iati/NAME where several report in one file
    Versions     2.01 to 2.03; of another one nothing is read, one that is not said is taken for 2.03
    Repeated     an activity that stands twice word for word counts once; an identifier with two contents is a fault
    Security     read as a stream; a document type or entity is refused, depth and sizes are bounded
    Not used     titles and descriptions, contacts, documents, results, budgets and planned disbursements
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from primacy.evidence.bringing.formats import Reading, Task
from primacy.evidence.bringing.locating import Locator
from primacy.evidence.errors import BadInput, shortened
from primacy.evidence.importers._aid_points import SEVERAL, Points, Project, Transfer, sector_of
from primacy.evidence.importers._iati_country import Named, country_of_all, share_of
from primacy.evidence.importers._xml import Element, Elements
from primacy.evidence.store.datasets import Coverage
from primacy.framework.saying import Said, said
from primacy.places.countries import country_name
from primacy.places.files.faults import Fault
from primacy.places.files.figures import NO_DATE
from primacy.places.files.files import Source

FORMAT = "iati"
ABOUT = "aid activities in IATI 2, XML"
FLOWS = {"2": "aid-committed", "3": "aid-disbursed", "4": "aid-spent"}
NOT_BEGUN = {"1", "5", "6"}  # activity-status: pipeline, cancelled, suspended
START_ACTUAL, START_PLANNED, END_ACTUAL = "2", "1", "4"
LEVELS = {"1": 2}  # by exactness of a location; others 1
BATCH = 500  # activities
MOST = 1e13
READ = re.compile(r"2\.0[1-3]")  # versions: within these what is read here has not changed
CURRENCY = re.compile("[A-Za-z]{3}")
FIRST_DAY, LAST_DAY = date(1945, 1, 1), date(2100, 1, 1)


class Faulty(Exception):
    """What is wrong in an element: field, value, reason, line."""

    def __init__(self, element: Element, reason: Said, field: str, value: str = "") -> None:
        super().__init__(reason)
        self.fault = Fault(element.line, reason, field, value)


def sniff(source: Source, head: bytes) -> Said | None:
    start = head[:4096].lstrip()
    return said("evidence/iati.begins") if start.startswith(b"<") and b"<iati-activities" in start else None


def read(source: Source, task: Task) -> Reading:
    version = _version(source)
    activities = Elements(source, "iati-activity")
    reading = Reading(
        lineage="iati/NAME", producer="", source_type="register", licence="as its publisher says",
        citation="IATI activity file", known=None, batches=iter(()), locator=Locator(task.areas),
        share=lambda: activities.stream.share, own_ids=True,
    )  # fmt: skip
    if not version:
        reading.notes.append(said("evidence/iati.no-version"))
    reading.batches = _batches(activities, source, task, reading)
    return reading


def _version(source: Source) -> str:
    """The version of the standard that a file says; empty where it says none. Raises BadInput for one that is not read:
    in it the same words mean other things, and what is not understood would be left out without a word."""
    version = Elements(source, "iati-activity").outermost().get("version", "").strip()
    if version and not READ.fullmatch(version):
        raise BadInput(
            said("evidence/iati.version", version=shortened(version, 20)),
            source.label,
            said("evidence/do.iati-version"),
        )
    return version


class _Where(NamedTuple):
    area: str
    level: int
    places: int
    share: float  # of the activity's money that is for this country


class _File:
    """One file being read: whose activities, for which country, and what was left out."""

    def __init__(self, source: Source, task: Task, reading: Reading) -> None:
        self.task, self.reading, self.locator = task, reading, reading.locator
        self.all_name = country_of_all(source)
        self.reporters: Counter[str] = Counter()
        self.seen: dict[str, int] = {}
        self.alike = self.assumed = self.unparted = self.nowhere = 0
        self.other_types: Counter[str] = Counter()
        self.first, self.last = LAST_DAY, FIRST_DAY
        self.areas: set[str] = set()
        self.points = Points("", "")

    def add(self, activity: Element) -> None:
        """One activity and its transactions; a fault of a transaction leaves the rest of the activity in."""
        identity = activity.told("iati-identifier")
        if not identity:
            raise Faulty(activity, said("evidence/iati.no-id"), "iati-identifier")
        whole = hash(repr(activity.whole()))
        if identity in self.seen:
            if self.seen[identity] == whole:
                self.alike += 1
                return
            raise Faulty(
                activity,
                said("evidence/iati.otherwise"),
                "iati-identifier",
                identity,
            )
        self.seen[identity] = whole
        reporter = activity.told("reporting-org", "ref") or activity.told("reporting-org")
        self.reporters[reporter] += 1
        self.points.source, self.points.origin = "IATI", f"iati/{reporter}" if reporter else "iati"
        where = self._where(activity)
        if where is None:
            return
        donor = _donor(activity)
        sectors = _sectors(activity)
        self._add_project(activity, identity, where, sectors, donor)
        for number, transaction in enumerate(activity.all("transaction"), start=1):
            try:
                self._add_transfer(
                    transaction, activity, f"{identity}#{transaction.get('ref') or number}", where, sectors, donor
                )
            except Faulty as error:
                self.reading.faults.add(error.fault)

    def _where(self, activity: Element) -> _Where | None:
        """Where an activity belongs, None where it is not ours or nothing says whose it is."""
        named, wanted = Named.of(activity), self.task.country
        areas = self._areas(activity)
        self.reading.countries |= set(named.countries)
        country = wanted
        if not named.said:
            inside = self.locator.country if any(self.locator.areas.level_of(each) for each in areas) else ""
            country = inside or self.all_name
            if not country:
                self.nowhere += 1
                return None
            self.assumed += not inside
            self.reading.countries.add(country)
            named = Named({country: 1.0}, said=True)
        elif not wanted:
            country = next(iter(named.countries)) if len(named.countries) == 1 else ""
        share = share_of(named, wanted or country)
        if share is None:
            self.unparted += 1
            return None
        if not share:
            self.reading.not_wanted += 1
            return None
        top = self.locator.country_code(wanted or country)
        area = self.locator.holding(areas, top) if areas else top
        self.areas.add(top)
        return _Where(area, self.locator.areas.level_of(area) or 0, len(areas), share)

    def _areas(self, activity: Element) -> list[str]:
        """The area of each place with a point, as far as boundaries tell."""
        points: list[tuple[float, float, int]] = []
        for location in activity.all("location"):
            point = location.first("point")
            pair = point.told("pos").split() if point else []
            try:
                lat, lon = (float(each) for each in pair)
            except ValueError:
                continue
            if abs(lat) <= 90 and abs(lon) <= 180:
                points.append((lon, lat, LEVELS.get(location.told("exactness", "code"), 1)))
        if not points:
            self.locator.found.country_only += 1
            return []
        told = np.array(points, dtype=np.float64)
        countries = np.full(len(points), self.locator.country or "?", dtype=object)
        area, reached = self.locator.place(countries, told[:, 0], told[:, 1], told[:, 2].astype(np.int64), ())
        return [code if reached[n] else "" for n, code in enumerate(area.tolist())]

    def _add_project(self, activity: Element, identity: str, where: _Where, sectors: "_Parts", donor: str) -> None:
        days = {each.get("type"): each.get("iso-date") for each in activity.all("activity-date")}
        written = days.get(START_ACTUAL) or days.get(START_PLANNED)
        if not written:
            return  # without a start nothing says from when on it is expected; its transactions have days of their own
        start = _day(activity, "activity-date", written)
        end = _day(activity, "activity-date", days[END_ACTUAL]) if days.get(END_ACTUAL) else None
        project = Project(
            id=identity, line=activity.line, area=where.area, level=where.level, start=start, end=end,
            running=activity.told("activity-status", "code") not in NOT_BEGUN and START_ACTUAL in days,
            sector=sectors[0][0] if len(sectors) == 1 else SEVERAL, actor=donor, places=where.places,
        )  # fmt: skip
        self.points.add_project(project, self.task.today)
        self._note(start, start)

    def _add_transfer(
        self, transaction: Element, activity: Element, identity: str, where: _Where, sectors: "_Parts", donor: str
    ) -> None:  # fmt: skip
        kind = transaction.told("transaction-type", "code")
        if kind not in FLOWS:
            self.other_types[kind] += 1
            return
        named = Named.of(transaction)
        share = share_of(named, self.task.country or self.all_name) if named.said else where.share
        if share is None or share == 0:
            self.unparted += share is None
            return
        value = transaction.first("value")
        if value is None:
            raise Faulty(transaction, said("evidence/iati.no-value"), "value")
        amount = _amount(transaction, value.text)
        day = _day(
            transaction, "transaction-date", transaction.told("transaction-date", "iso-date") or value.get("value-date")
        )
        currency = value.get("currency") or activity.get("default-currency")
        if not currency:
            raise Faulty(transaction, said("evidence/iati.no-currency"), "value")
        if not CURRENCY.fullmatch(currency):
            raise Faulty(transaction, said("evidence/iati.odd-currency"), "value")
        own = _sectors(transaction) if transaction.all("sector") else sectors
        parts = tuple((sector, amount * share * part) for sector, part in own)
        self.points.add_transfer(
            Transfer(
                id=identity, line=transaction.line, how=FLOWS[kind], day=day, until=day, area=where.area,
                level=where.level, currency=currency, parts=parts, actor=donor, places=where.places,
            )
        )  # fmt: skip
        self._note(day, day)

    def _note(self, first: date, last: date) -> None:
        self.first, self.last = min(self.first, first), max(self.last, last)

    @property
    def notes(self) -> list[Said]:
        name = country_name(self.all_name) if self.all_name else ""
        other = [
            said("evidence/iati.of-type", type=kind, count=count) if kind else said("evidence/no-type", count=count)
            for kind, count in sorted(self.other_types.items())
        ]
        told = [
            (self.alike, said("evidence/iati.again", count=self.alike)),
            (self.assumed, said("evidence/iati.assumed", count=self.assumed, country=name)),
            (self.nowhere, said("evidence/iati.nowhere", count=self.nowhere)),
            (self.unparted, said("evidence/iati.unparted", count=self.unparted)),
            (len(other), said("evidence/iati.not-read", types=other)),
        ]
        return [note for count, note in told if count]


_Parts = list[tuple[str, float]]


def _batches(activities: Elements, source: Source, task: Task, reading: Reading) -> Iterator[pa.Table]:
    file = _File(source, task, reading)
    for number, activity in enumerate(activities, start=1):
        try:
            file.add(activity)
        except Faulty as error:
            reading.faults.add(error.fault)
        if not number % BATCH:
            yield file.points.taken()
    yield file.points.taken()
    reading.notes += file.notes
    if len(file.reporters) == 1:
        only = next(iter(file.reporters))
        reading.lineage, reading.producer = f"iati/{only}" if only else "iati/NAME", only
    if file.areas and file.last >= file.first:
        areas = tuple(sorted(file.areas))
        reading.coverage = [
            Coverage(kind=kind, areas=areas, start=file.first, end=file.last, complete=False)
            for kind in ("payment", "programme")
        ]


def _day(element: Element, field: str, written: str) -> date:
    try:
        day = date.fromisoformat(written[:10])
    except ValueError:
        raise Faulty(
            element, NO_DATE.filled(column=field) if written else said("evidence/iati.no-date"), field, written
        ) from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise Faulty(element, said("places/not-between", column=field, least=FIRST_DAY, most=LAST_DAY), field, written)
    return day


def _amount(element: Element, written: str) -> float:
    try:
        amount = float(written)
    except ValueError:
        amount = np.inf
    if not abs(amount) <= MOST:
        raise Faulty(element, said("evidence/iati.no-amount"), "value", written.strip())
    return amount


def _sectors(element: Element) -> _Parts:
    """(sector, share of the money) in the first vocabulary; shares that do not add up leave it unparted."""
    listed = element.all("sector")
    if not listed:
        return [("", 1.0)]
    vocabulary = listed[0].get("vocabulary") or "1"
    ours = [each for each in listed if (each.get("vocabulary") or "1") == vocabulary]
    prefix = {"1": "dac", "2": "dac"}.get(vocabulary, f"vocabulary-{vocabulary}")
    named = [
        (sector_of([f"{prefix}-{each.get('code')[:3] if prefix == 'dac' else each.get('code')}"]), each)
        for each in ours
    ]
    try:
        shares = [float(each.get("percentage") or (100 if len(ours) == 1 else "none")) / 100 for each in ours]
    except ValueError:
        shares = []
    if abs(sum(shares) - 1) > 0.01:
        return [(sector_of(name for name, _ in named), 1.0)]
    summed: Counter[str] = Counter()
    for (name, _), share in zip(named, shares, strict=True):
        summed[name] += share  # type: ignore[assignment]
    total = sum(summed.values())
    return [(name, share / total) for name, share in summed.items()]


def _donor(activity: Element) -> str:
    """The organisations that fund it (role 1), by name; they are organisations in the standard, never contacts."""
    names = [
        each.told("narrative") or each.get("ref")
        for each in activity.all("participating-org")
        if each.get("role") == "1"
    ]
    return "|".join(sorted({name for name in names if name}))
