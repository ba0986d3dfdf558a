"""UCDP Actors: governments and groups, and where they fought; UCDP Conflict Issues: what groups demanded in a year.

The issues name no country: where a conflict is, is taken from the conflicts or dyads by year that were imported before.
"""

import re
from collections.abc import Iterator
from datetime import date

import numpy as np
import pyarrow as pa

from primacy.evidence.bringing.formats import Task
from primacy.evidence.errors import NothingToImport
from primacy.evidence.importers import _points
from primacy.evidence.importers._groups import groups
from primacy.evidence.importers._points import Points, bare, joined, looked_up
from primacy.evidence.importers._published import Names, Part, Shape, of_numbers
from primacy.evidence.importers._ucdp_releases import published
from primacy.evidence.importers._ucdp_violence import FIRST_YEAR
from primacy.framework.saying import said
from primacy.places.countries import country_of
from primacy.places.files.rows import Rows

ORGANISED = {
    "1": "formally-organised", "2": "supporters-of-a-party", "3": "community", "4": "government",
}  # fmt: skip
ISSUE = re.compile(r"[0-9]{4,5}")
OF_NO_YEAR = "1000"  # demands that the source gives to no year


def actors(part: Part) -> Iterator[pa.Table]:
    """Each actor as the source lists it at the end of the last year that the version covers."""
    rows = part.rows
    number, form = bare(part.text("ActorId")), bare(part.text("Org"))
    rows.reject(number == "", said("places/empty", column="ActorId"), "ActorId")
    rows.reject(~np.isin(form, list(ORGANISED)), said("places/not-to", column="Org", least=1, most=4), "Org")
    until = np.array([_last_day(text) for text in part.text("Version")], dtype="datetime64[D]")
    rows.reject(np.isnat(until), said("evidence/no-version", column="Version"), "Version")
    points = Points(
        rows, "organisation", item=joined("ucdp/actor/", number), date=until, until=until, area=part.area,
        actor=groups(part.text("NameData")), category=joined("organisation/", looked_up(form, ORGANISED)),
        source="UCDP", origin="ucdp",
    )  # fmt: skip
    yield points.of("listed", 1.0)


def _last_day(version: str) -> date | None:
    """Version 22.1 ends with 2021."""
    return date(1999 + int(version[:2]), 12, 31) if re.fullmatch(r"[0-9]{2}\.[0-9]", version) else None


def _where(rows: Rows, task: Task) -> list[Names]:
    """Countries of each conflict or dyad, as rows imported before have them."""
    known = {**task.areas_of("ucdp/conflict/"), **task.areas_of("ucdp/dyad/")}
    if not known:
        raise NothingToImport(
            said("evidence/ucdp.by-number"), "",
            said("evidence/do.conflicts-first"),
        )  # fmt: skip
    pairs = zip(rows.column("conflict_id").to_pylist(), rows.column("dyad_id").to_pylist(), strict=True)
    found = [known.get(f"ucdp/conflict/{a}") or known.get(f"ucdp/dyad/{b}") or frozenset() for a, b in pairs]
    return [tuple(sorted({country_of(area) for area in areas})) for areas in found]


def issues(part: Part) -> Iterator[pa.Table]:
    """One row for each issue: 1 where the group raised it in the year, 0 where not."""
    timeless = part.text("year") == OF_NO_YEAR
    if timeless.any():
        part.notes.append(said("evidence/ucdp.no-year"))
    part = part.only(~timeless)
    if not len(part):
        return
    rows = part.rows
    start, end = _points.years(rows, "year", earliest=FIRST_YEAR, latest=part.task.today)
    number = bare(part.text("dyad_id"))
    rows.reject(number == "", said("places/empty", column="dyad_id"), "dyad_id")
    shared = {
        "date": start, "until": end, "area": part.area, "actor": groups(part.text("side_b")), "source": "UCDP",
        "origin": "ucdp", "note": looked_up(bare(part.text("active_year")), {"0": "a year without fighting"}),
    }  # fmt: skip
    codes = [name for name in part.columns if ISSUE.fullmatch(name)]
    raised = {code: rows.numbers(code) for code in codes}
    for code, value in raised.items():
        rows.reject(~np.isin(value, (0, 1)) & ~np.isnan(value), said("places/no-flag", column=code), code)
    for code, value in raised.items():
        item = joined("ucdp/dyad/", number, f"/issue/{code}")
        yield Points(rows, "conflict-issue", item=item, category=f"issue/{code}", **shared).of("raised", value)


SHAPES = (
    Shape(
        what=said("evidence/what.ucdp-actors"),
        needed=("ActorId", "NameData", "Org", "GWNOLoc", "Version", "PrimaryParty"),
        lineage="ucdp-actor", covers={"organisation": None}, countries=of_numbers("GWNOLoc"), points=actors,
        released=published, version="Version",
    ),
    Shape(
        what=said("evidence/what.ucdp-issues"),
        needed=("dyad_id", "conflict_id", "side_b", "year", "active_year", "9999"),
        lineage="ucdp-issues", covers={"conflict-issue": None}, period=("year",), countries=_where, points=issues,
        released=published, version="version",
    ),
)  # fmt: skip
