"""PA-X: agreements, their index and local agreements, with what their texts contain.

A code says how strong the words of an agreement are: 0 not in it, 1 rhetoric, 2 some detail, 3 firm and detailed. It
says nothing of what became of the words. Codes that are 0 or 1 only say whether something is in the text.
Titles and parties name persons and are left out.
"""

from collections.abc import Callable, Iterator
from datetime import date

import numpy as np
import pyarrow as pa

from primacy.evidence.bringing.formats import Task
from primacy.evidence.importers import _points
from primacy.evidence.importers._columns import Floats
from primacy.evidence.importers._points import Days, Points, bare, joined, looked_up
from primacy.evidence.importers._published import Names, Part, Shape, of_names, of_numbers
from primacy.framework.saying import said
from primacy.places.files.rows import Rows

EARLIEST = date(1989, 1, 1)
TYPES = {"Inter": "interstate", "InterIntra": "interstate-and-intrastate", "Intra": "intrastate", "IntraLocal": "local"}
STAGES = {
    "Pre": "pre-negotiation", "Cea": "ceasefire", "SubPar": "partial", "SubComp": "comprehensive",
    "Imp": "implementation", "Ren": "renewal", "Oth": "other",
}  # fmt: skip
SIGNED = {"Multiparty signed/agreed": "1", "Agreement with subsequent status": "1", "Unilateral document": "0"}
BEFORE_CODES = (
    "Con", "Contp", "PP", "PPName", "Reg", "AgtId", "Ver", "Agt", "Year", "Dat", "Status", "Lgt", "N_characters",
    "Agtp", "Stage", "StageSub", "Part", "ThrdPart", "OthAgr", "Loc1ISO", "Loc2ISO", "Loc1GWNO", "Loc2GWNO", "UcdpCon",
    "UcdpAgr", "PamAgr", "CowWar", "Interim", "Dat_iso",
)  # fmt: skip
LOCAL_CODES = ("RitPray", "Grieve", "Cattle", "Cover")
LEVELS = {"City": 2, "Smaller": 2, "Region": 1}  # how fine the place of a local agreement is
NEEDED = ("AgtId", "Ver", "Dat", "Status", "Agtp", "Stage", "Loc1ISO", "Loc2ISO", "Con")
RELEASES = {
    "pax_v9": date(2025, 5, 14),
    "pax_all_agreements_data_v9": date(2025, 5, 14),
    "local_v8_1": date(2024, 7, 8),
}
DayReader = Callable[[Rows, date], Days]


def where(rows: Rows, task: Task) -> list[Names]:
    """ISO codes of the one or two countries; without one the numbers, without those the name of the conflict."""
    iso = [of_names(name, "")(rows, task) for name in ("Loc1ISO", "Loc2ISO")]
    number = [of_numbers(name)(rows, task) for name in ("Loc1GWNO", "Loc2GWNO")]
    name = of_names("Con", "/")(rows, task)
    found = zip(*iso, *number, name, strict=True)
    return [tuple(dict.fromkeys((*a, *b) or (*c, *d) or e)) for a, b, c, d, e in found]


def agreements(part: Part) -> Iterator[pa.Table]:
    """The agreement, and the strength of the words for each code of the file, all zeros included."""
    codes = [name for name in part.columns if name not in BEFORE_CODES]
    wording = {code: _code(part, code, (0, 1, 2, 3)) for code in codes}
    yield from _listed(part, _day_first, part.area, 0)
    signed = _day_first(part.rows, part.task.today)
    for code, value in wording.items():
        yield _text(part, signed, code, part.area, np.zeros(len(part), dtype=np.int8)).of("wording", value)


def index(part: Part) -> Iterator[pa.Table]:
    yield from _listed(part, _day_first, part.area, 0)


def local(part: Part) -> Iterator[pa.Table]:
    """Local agreements at their place, as fine as the source says that it is."""
    contains = {code: _code(part, code, (0, 1)) for code in LOCAL_CODES}
    lon, lat = part.rows.numbers("LongDec", least=-180, most=180), part.rows.numbers("LatDec", least=-90, most=90)
    level = np.array([LEVELS.get(each, 0) for each in part.text("LocaleNat")], dtype=np.int64)
    level[np.isnan(lon) | np.isnan(lat)] = 0
    signed = _year_first(part.rows, part.task.today)
    area, reached = part.locator.place(part.country, lon, lat, level, ())
    yield from _listed(part, _year_first, area, reached)
    for code, value in contains.items():
        yield _text(part, signed, code, area, reached).of("contains", value)


def _listed(part: Part, day: DayReader, area: object, level: object) -> Iterator[pa.Table]:
    """The agreement: that it is listed, and whether more than one party signed or agreed to it."""
    rows = part.rows
    kind, stage = part.text("Agtp"), part.text("Stage")
    signed = day(rows, part.task.today)
    rows.reject(part.text("AgtId") == "", said("places/empty", column="AgtId"), "AgtId")
    rows.reject(~np.isin(stage, list(STAGES)), said("places/none-of", column="Stage", names=tuple(STAGES)), "Stage")
    rows.reject(~np.isin(kind, list(TYPES)), said("places/none-of", column="Agtp", names=tuple(TYPES)), "Agtp")
    category = joined("document/published-agreement/", looked_up(kind, TYPES), "/", looked_up(stage, STAGES))
    points = Points(
        rows, "document", item=_item(part), date=signed, until=signed, area=area,
        level=np.broadcast_to(np.asarray(level, dtype=np.int8), len(rows)), category=category, source="PA-X",
        origin="pa-x", note=joined("version ", bare(part.text("Ver"))),
    )  # fmt: skip
    yield points.of("listed", 1.0)
    yield points.of("signed", looked_up(part.text("Status"), SIGNED, "nan").astype(np.float64))


def _code(part: Part, code: str, allowed: tuple[int, ...]) -> Floats:
    value = part.rows.numbers(code)
    wrong = ~np.isin(value, allowed) & ~np.isnan(value)
    part.rows.reject(wrong, said("places/not-to", column=code, least=allowed[0], most=allowed[-1]), code)
    return value


def _text(part: Part, signed: Days, code: str, area: object, level: object) -> Points:
    return Points(
        part.rows, "document", item=joined(_item(part), f"/{code}"), date=signed, until=signed, area=area, level=level,
        category=f"document/agreement-text/pa-x/{code}", source="PA-X", origin="pa-x",
    )  # fmt: skip


def _item(part: Part) -> object:
    return joined("pa-x/", bare(part.text("AgtId")))


def _day_first(rows: Rows, today: date) -> Days:
    return _points.day_first(rows, "Dat", earliest=EARLIEST, latest=today)


def _year_first(rows: Rows, today: date) -> Days:
    found = _points.days(rows.dates("Dat", earliest=EARLIEST, latest=today))
    rows.reject(np.isnat(found), said("places/empty", column="Dat"), "Dat")
    return found


def published(name: str, version: str) -> date | None:
    """The day on which the file stood in the publisher's own public repository; its name says which one it is."""
    return next((day for start, day in RELEASES.items() if start in name), None)


AGREEMENT = ("document/published-agreement",)
SHAPES = (
    Shape(
        what=said("evidence/what.pax-agreements"), needed=(*NEEDED, "GCh", "TjGen", "ImUN", "Pol"),
        lineage="pa-x/agreements", covers={"document": (*AGREEMENT, "document/agreement-text/pa-x")}, period=("Dat",),
        countries=where, points=agreements, released=published,
    ),
    Shape(
        what=said("evidence/what.pax-local"), needed=(*NEEDED, "LocaleNat", "LatDec", "LongDec", *LOCAL_CODES),
        lineage="pa-x/local", covers={"document": (*AGREEMENT, "document/agreement-text/pa-x")}, period=("Dat",),
        countries=where, points=local, released=published,
    ),
    Shape(
        what=said("evidence/what.pax-index"), needed=(*NEEDED, "stage_label", "agt_dat"), lineage="pa-x/index",
        covers={"document": AGREEMENT}, period=("Dat",), countries=where, points=index, released=published,
    ),
)  # fmt: skip
