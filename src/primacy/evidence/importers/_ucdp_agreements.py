"""UCDP Peace Agreements: each agreement, what its text has provisions on, and when it ended.

The releases name their columns in different letters and number the agreements differently, so a newer release replaces
an older one as a whole. Titles, signatories and comments name persons and are left out.
"""

from collections.abc import Iterator
from datetime import date

import numpy as np
import pyarrow as pa

from primacy.evidence.importers import _points
from primacy.evidence.importers._points import Points, bare, joined, looked_up
from primacy.evidence.importers._published import Part, Shape, of_numbers
from primacy.evidence.importers._ucdp_releases import published
from primacy.framework.saying import said

EARLIEST = date(1946, 1, 1)
LAST_OF_1975_2011 = date(2012, 12, 31)  # the day is not documented
TYPES = {"1": "full", "2": "partial", "3": "process"}
PROVISIONS = (
    "cease", "intarmy", "ddr", "withd", "mil_prov", "pp", "intgov", "intciv", "elections", "interim", "natalks",
    "shagov", "pol_prov", "aut", "fed", "ind", "ref", "shaloc", "regdev", "cul", "demarcation", "locgov", "terr_prov",
    "amn", "pris", "recon", "return", "justice_prov", "reaffirm", "outlin", "pko", "gender", "co_impl",
)  # fmt: skip
OTHER_LETTERS = {"interrim": "interim"}


def agreements(part: Part) -> Iterator[pa.Table]:
    """The agreement with its date and type, 0 or 1 for each provision, and its end where the source has one."""
    named = {OTHER_LETTERS.get(name.lower(), name.lower()): name for name in part.columns}
    rows = part.rows
    number = bare(part.text(named["paid"]))
    rows.reject(number == "", said("evidence/ucdp.no-number"), named["paid"])
    signed = _points.days(rows.dates(named["pa_date"], earliest=EARLIEST, latest=part.task.today))
    rows.reject(np.isnat(signed), said("places/empty", column=named["pa_date"]), named["pa_date"])
    form = bare(part.text(named["pa_type"]))
    rows.reject(
        ~np.isin(form, list(TYPES)), said("places/none-of", column=named["pa_type"], names=(1, 2, 3)), named["pa_type"]
    )
    contains = {code: rows.numbers(named[code]) for code in PROVISIONS if code in named}
    for code, value in contains.items():
        wrong = ~np.isin(value, (0, 1)) & ~np.isnan(value)
        rows.reject(wrong, said("places/no-flag", column=code), named[code])
    item = joined("ucdp/agreement/", number)
    shared = {"area": part.area, "source": "UCDP", "origin": "ucdp"}
    points = Points(
        rows, "document", item=item, date=signed, until=signed,
        category=joined("document/published-agreement/", looked_up(form, TYPES)), **shared,
    )  # fmt: skip
    yield points.of("listed", 1.0)
    yield points.of("signed", 1.0)
    yield _ended(part, points, named)
    for code, value in contains.items():
        of_text = Points(
            rows, "document", item=joined(item, f"/{code}"), date=signed, until=signed,
            category=f"document/agreement-text/ucdp/{code}", **shared,
        )  # fmt: skip
        yield of_text.of("contains", value)


def _ended(part: Part, points: Points, named: dict[str, str]) -> pa.Table:
    """The end of agreements that ended on a day that is known in full; a month or a year alone is no day."""
    ended = np.isin(part.text(named["ended"]), ("True", "1"))
    day = _points.days(part.rows.days(named["duration"]))
    known = ended & ~np.isnat(day)
    if (ended & ~known & part.rows.keep).any():
        part.notes.append(said("evidence/ucdp.ended-some-day"))
    return points.of("ended", np.where(known, 1.0, np.nan), date=day, until=day)


def _published_then(name: str, version: str) -> date | None:
    return LAST_OF_1975_2011 if "1975-2011" in name or "1975_2011" in name else published(name, version)


SHAPES = (
    Shape(
        what=said("evidence/what.ucdp-agreements"),
        needed=("paid", "gwno", "pa_date", "pa_type", "ended", "duration", "cease", "ddr", "mil_prov", "pol_prov"),
        lineage="ucdp-peace-agreement", period=("dateintervalstart_meta", "dateintervalend_meta"),
        covers={"document": ("document/published-agreement", "document/agreement-text/ucdp")},
        countries=of_numbers("gwno"), points=agreements, released=published, version="version",
    ),
    Shape(
        what=said("evidence/what.ucdp-agreements-2011"),
        needed=("PAID", "GWNO", "pa_date", "pa_type", "ended", "Duration", "cease", "DDR", "Mil_prov", "Pol_prov"),
        lineage="ucdp-peace-agreement", period=("Year",),
        covers={"document": ("document/published-agreement", "document/agreement-text/ucdp")},
        countries=of_numbers("GWNO"), points=agreements, released=_published_then,
    ),
)  # fmt: skip
