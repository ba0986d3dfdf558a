"""PAA-X: who signed which agreement, as parties or third parties, and the list of these actors.

Actors are states, groups and organisations. The columns that quote signatures name persons and are left out, as are the
names of persons that some groups are called after.
"""

from collections.abc import Iterator
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from primacy.evidence.bringing.locating import Codes
from primacy.evidence.importers import _points
from primacy.evidence.importers._groups import groups
from primacy.evidence.importers._pax_agreements import EARLIEST, where
from primacy.evidence.importers._points import Points, bare, joined, looked_up
from primacy.evidence.importers._published import Part, Shape, of_names
from primacy.framework.saying import said

LISTED = {"paax_v0.2": date(2025, 11, 23)}  # the day on which the release stood in the publisher's public repository
ROLES = ("party", "third party")
IN_BRACKETS = r"\((?P<day>[0-9]{2}/[0-9]{2}/[0-9]{4})\)\s*$"


def signatories(part: Part) -> Iterator[pa.Table]:
    """One row for each actor and agreement. The day is the one behind the agreement's name, day first: in the column
    of dates the release 0.2 exchanged days and months.
    """
    found = pc.struct_field(pc.extract_regex(part.rows.column("agt_name"), pattern=IN_BRACKETS), "day")
    part.rows.text["day of the agreement"] = pc.fill_null(found, "")
    rows = part.rows
    signed = _points.day_first(rows, "day of the agreement", earliest=EARLIEST, latest=part.task.today)
    number, agreement = bare(part.text("signatory_id")), bare(part.text("AgtId"))
    rows.reject((number == "") | (agreement == ""), said("evidence/pax.no-ids", column="signatory_id"), "signatory_id")
    role = part.text("signatory_type")
    rows.reject(~np.isin(role, ROLES), said("evidence/no-party", column="signatory_type"), "signatory_type")
    women = np.isin(bare(part.text("women")), ("1",))
    points = Points(
        rows, "document", item=joined("pa-x/", agreement, "/signatory/", number), date=signed, until=signed,
        area=part.area, actor=groups(part.text("actor_name")), source="PAA-X", origin="pa-x",
        category=joined("document/agreement-signatory/", _slug(role), "/", _slug(part.text("actor_type"))),
        note=np.where(women, "an organisation of women", "").astype(object),
    )  # fmt: skip
    yield points.of("signed", 1.0)


def actors(part: Part) -> Iterator[pa.Table]:
    """Actors as they are listed on the day of the release, or when they are imported."""
    rows = part.rows
    number = part.text("id_paax")
    rows.reject(number == "", said("places/empty", column="id_paax"), "id_paax")
    day = np.full(len(rows), np.datetime64(_listed(part)), dtype="datetime64[D]")
    points = Points(
        rows, "organisation", item=joined("pa-x/actor/", number), date=day, until=day, area=part.area,
        actor=groups(part.text("actor_name")), source="PAA-X", origin="pa-x",
        category=joined("organisation/", _slug(part.text("actor_type"))),
    )  # fmt: skip
    yield points.of("listed", 1.0)


def _slug(names: Codes) -> Codes:
    """Words of the source as one step of a category."""
    known = {each: each.lower().replace("/", " or ").replace(" ", "-") or "other" for each in set(names)}
    return looked_up(names, known)


def _listed(part: Part) -> date:
    return published(part.file, "") or part.task.today


def published(name: str, version: str) -> date | None:
    return next((day for start, day in LISTED.items() if start in name), None)


SHAPES = (
    Shape(
        what=said("evidence/what.paax-signatories"),
        needed=("signatory_id", "AgtId", "agt_name", "signatory_type", "actor_name", "actor_type", "women", "year",
                "Loc1ISO", "Loc2ISO", "Loc1GWNO", "Loc2GWNO", "Con"),
        lineage="pa-x/signatories", covers={"document": ("document/agreement-signatory",)}, period=("year",),
        countries=where, points=signatories, released=published,
    ),
    Shape(
        what=said("evidence/what.paax-actors"),
        needed=("id_paax", "actor_name", "actor_type", "actor_iso3c", "cs_type", "women"),
        lineage="pa-x/actors", covers={"organisation": None}, countries=of_names("actor_iso3c", ""), points=actors,
        released=published,
    ),
    Shape(
        what=said("evidence/what.pax-countries"), needed=("AgtId", "iso_code", "gwno", "central_longitude"),
        nothing=said("evidence/pax.no-dates"),
    ),
    Shape(
        what=said("evidence/what.paax-columns"), needed=("Field Name", "Variable Name", "Description"),
        nothing=said("evidence/pax.columns-only"),
    ),
)  # fmt: skip
