"""Why a file is in no format that is known here: the likeliest cause, its place, and what to do."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from primacy.evidence.formats import formats
from primacy.evidence.importers.hxl import unclear as hxl_unclear
from primacy.places.contents import disguised
from primacy.places.errors import BadInput, listed, shortened
from primacy.places.faults import Fault, Faults
from primacy.places.files import Source
from primacy.places.headers import header
from primacy.places.json_rows import is_json
from primacy.places.opening import text_head

SHAPEFILE = (".shp", ".dbf", ".shx")
JSON = (".json", ".geojson")
MAP = "`primacy import FILE --draft-mapping` writes one to correct"
HIDDEN = "A mapping may name it"
READ_WHOLE = 50 * 2**20
NEARLY = 0.5  # of the columns of a format: a file that has as many is probably meant to be in it


def unrecognised(path: Path, sources: Sequence[Source]) -> BadInput:
    """The error for a path of which nothing was recognised."""
    if not sources:
        return BadInput("holds no file that could be data", path.name, "Name a folder or zip with CSV or GeoJSON files")
    if any(source.name.lower().endswith(SHAPEFILE) for source in sources):
        return BadInput("is a shapefile, which is not read", path.name, "Take the GeoJSON of the same data set")
    if len(sources) == 1:
        return _cause(sources[0])
    faults = Faults("file")
    for source in sources:
        cause = _cause(source) if not source.hidden else BadInput("is a hidden sheet, not read", source.label, HIDDEN)
        faults.add(Fault(0, f"{cause.what}. {cause.remedy}", cause.where or source.label))
    files = "sheets" if all(source.sheet for source in sources) else "files"
    what = f"holds {len(sources)} {files}, none of them in a format that is known here"
    remedy = f"Any table comes in by a mapping: {MAP}. `primacy import --list` names the formats"
    return BadInput(what, path.name, remedy, faults)


def _cause(source: Source) -> BadInput:
    start = source.start()
    head = source.head()
    if found := disguised(start, source.label):
        return found
    if source.name.lower().endswith(JSON) or head.lstrip()[:1] in (b"{", b"["):
        return _json(source)
    if b"\0" in head:
        remedy = "Save it as CSV UTF-8 or as an Excel workbook (.xlsx); documents are not read"
        return BadInput("is no text", source.label, remedy)
    if not head.strip():
        return BadInput("holds nothing but blanks", source.label, "Download or copy it again")
    try:
        columns = header(head, source.label).columns
    except BadInput as error:
        return error
    return _nearly(columns, source.label) or _without_format(source, columns)


def _without_format(source: Source, columns: Sequence[str]) -> BadInput:
    """Any table can be brought in by a mapping."""
    if why := hxl_unclear(source):
        return BadInput(f"has HXL tags, but {why}", source.label, f"Add the tags, or bring it in by a mapping: {MAP}")
    first = "columns" if source.sheet else "first line"
    return BadInput(
        f"is in no format that is known here (its {first}: {shortened(', '.join(columns), 80)!r})", source.label,
        f"Any table comes in by a mapping: {MAP}. `primacy import --list` names the formats, `primacy template KIND`"
        " writes a table to fill in",
    )  # fmt: skip


def _listed_columns(content: Any) -> str:
    """The format whose columns a JSON lists as plain texts; empty where it lists none."""
    lists = content.values() if isinstance(content, dict) else [content]
    texts = [{each for each in found if isinstance(each, str)} for found in lists if isinstance(found, list)]
    needed = {name: set(importer.NEEDED) for name, importer in formats().items() if hasattr(importer, "NEEDED")}
    return next((name for name, each in needed.items() if any(each <= found for found in texts)), "")


def _rows(source: Source) -> Sequence[str]:
    """The columns of JSON that holds rows; none where it holds something else."""
    try:
        return header(text_head(source), source.label).columns
    except BadInput:
        return ()


def _nearly(columns: Sequence[str], label: str) -> BadInput | None:
    """The error for a table that has most columns of a format, but not all, or has them in other letters."""
    has = set(columns)
    needed = {name: importer.NEEDED for name, importer in formats().items() if hasattr(importer, "NEEDED")}
    shares = {name: len({*map(str.lower, has)} & {*map(str.lower, each)}) / len(each) for name, each in needed.items()}
    nearest = max(shares, key=lambda name: shares[name])
    missing = [name for name in needed[nearest] if name not in has]
    if shares[nearest] < NEARLY:
        return None
    written = {name.lower(): name for name in columns}
    faults = Faults()
    for name in missing:
        other = written.get(name.lower())
        reason = f"is written {other}, not {name}" if other else "no column has this name"
        faults.add(Fault(1, reason, name), new_line=not faults)
    present = [name for name in needed[nearest] if name in has]
    what = f"has the columns {listed(present, 4)} of" if present else "has columns like those of"
    return BadInput(
        f"{what} the format {nearest}, but lacks {listed([_asked(name, written) for name in missing])}",
        f"{label}, first line",
        "Write the names of the columns as a template or the source has them", faults,
    )  # fmt: skip


def _asked(name: str, written: dict[str, str]) -> str:
    return f"{name} (it has {written[name.lower()]})" if name.lower() in written else name


def _json(source: Source) -> BadInput:
    try:
        content: Any = json.loads(source.bytes(READ_WHOLE))
    except BadInput as error:
        return error
    except UnicodeDecodeError:
        return BadInput("is no UTF-8 text", source.label, "Save it as UTF-8")
    except json.JSONDecodeError as error:
        where = f"{source.label}, line {error.lineno}, character {error.colno}"
        return BadInput(f"is broken JSON ({error.msg})", where, "Download or copy it again")
    except (ValueError, RecursionError):
        return BadInput("is broken JSON", source.label, "Download or copy it again")
    features = content.get("features") if isinstance(content, dict) else None
    if (named := _listed_columns(content)) and features is None:
        what = f"lists the columns of the format {named}, and holds no line of data"
        return BadInput(what, source.label, "Import the table itself: a description of it tells of nothing")
    if is_json(source.head()) and _rows(source):
        return _without_format(source, _rows(source))
    if features is None:
        remedy = f"Rows of JSON are a list of objects, or lists, with a name for each value; then {MAP}"
        return BadInput("is JSON without rows of data, and no map", source.label, remedy)
    if not isinstance(features, list) or not features:
        remedy = "Take the GeoJSON of the country's COD-AB boundaries"
        return BadInput("is JSON without features", source.label, remedy)
    fields = features[0].get("properties") if isinstance(features[0], dict) else None
    found = listed(list(fields)) if isinstance(fields, dict) else "none"
    return BadInput(
        f"has features without P-codes (their fields: {found})", source.label,
        "Each feature needs adm1_pcode (or adm0_pcode to adm4_pcode) and a name",
    )  # fmt: skip
