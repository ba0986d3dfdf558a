"""Why a file is in no format that is known here: the likeliest cause, its place, and what to do."""

import codecs
import json
from collections.abc import Sequence
from pathlib import Path

from primacy.places.errors import BadInput
from primacy.places.files import Source

SHAPEFILE = (".shp", ".dbf", ".shx")
JSON = (".json", ".geojson")
MOST_COLUMNS = 1000
READ_WHOLE = 50 * 2**20


def unrecognised(path: Path, sources: Sequence[Source]) -> BadInput:
    """The error for a path of which nothing was recognised."""
    if not sources:
        return BadInput("holds no file that could be data", path.name, "Name a folder or zip with CSV or GeoJSON files")
    if any(source.name.lower().endswith(SHAPEFILE) for source in sources):
        return BadInput("is a shapefile, which is not read", path.name, "Take the GeoJSON of the same data set")
    source = sources[0]
    head = source.head()
    if source.name.lower().removesuffix(".gz").endswith(JSON) or head.lstrip()[:1] in (b"{", b"["):
        return _json(source)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return BadInput(
            "is text in UTF-16 whose columns are not known here",
            path.name,
            "Save it as CSV UTF-8, with the columns of a template",
        )
    columns = max(head.partition(b"\n")[0].count(mark) for mark in (b",", b";", b"\t")) + 1
    if columns > MOST_COLUMNS:
        return BadInput(
            f"has {columns} columns or more in its first line",
            path.name,
            "Check that this is the file you meant; no known format has so many",
        )
    if b"\0" in head:
        return BadInput("is no text", path.name, "Save it as CSV UTF-8; workbooks and documents are not read")
    names = head.partition(b"\n")[0].decode("utf-8", "replace").strip()[:80]
    return BadInput(
        f"is in no format that is known here (its first line: {names!r})", path.name,
        "`primacy import --list` names the formats, `primacy template KIND` writes a table to fill in",
    )  # fmt: skip


def _json(source: Source) -> BadInput:
    try:
        content = json.loads(source.bytes(READ_WHOLE))
    except UnicodeDecodeError:
        return BadInput("is no UTF-8 text", source.label, "Save it as UTF-8")
    except json.JSONDecodeError as error:
        where = f"{source.label}, line {error.lineno}, character {error.colno}"
        return BadInput(f"is broken JSON ({error.msg})", where, "Download or copy it again")
    features = content.get("features") if isinstance(content, dict) else None
    if not features:
        remedy = "Take the GeoJSON of the country's COD-AB boundaries"
        return BadInput("is JSON without features", source.label, remedy)
    fields = features[0].get("properties") if isinstance(features[0], dict) else None
    found = ", ".join(list(fields)[:8]) if isinstance(fields, dict) else "none"
    return BadInput(
        f"has features without P-codes (their fields: {found})", source.label,
        "Each feature needs adm1_pcode (or adm0_pcode to adm4_pcode) and a name",
    )  # fmt: skip
