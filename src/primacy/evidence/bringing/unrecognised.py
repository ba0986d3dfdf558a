"""Why a file is in no format that is known here: the likeliest cause, its place, and what to do."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from primacy.evidence.bringing.formats import formats
from primacy.evidence.importers.hxl import unclear as hxl_unclear
from primacy.framework.saying import Words, said
from primacy.places.errors import BadInput, listed, shortened
from primacy.places.files.contents import disguised
from primacy.places.files.faults import Fault, Faults
from primacy.places.files.files import Source
from primacy.places.files.headers import header
from primacy.places.files.json_rows import is_json
from primacy.places.files.opening import text_head

SHAPEFILE = (".shp", ".dbf", ".shx")
JSON = (".json", ".geojson")
HIDDEN = said("evidence/do.name-sheet")
READ_WHOLE = 50 * 2**20
NEARLY = 0.5  # of the columns of a format: a file that has as many is probably meant to be in it


def unrecognised(path: Path, sources: Sequence[Source]) -> BadInput:
    """The error for a path of which nothing was recognised."""
    if not sources:
        return BadInput(said("evidence/no-data-file"), path.name, said("evidence/do.name-folder"))
    if any(source.name.lower().endswith(SHAPEFILE) for source in sources):
        return BadInput(said("evidence/shapefile"), path.name, said("evidence/do.take-geojson"))
    if len(sources) == 1:
        return _cause(sources[0])
    faults = Faults("file")
    for source in sources:
        cause = _cause(source) if not source.hidden else BadInput(said("evidence/hidden-sheet"), source.label, HIDDEN)
        faults.add(
            Fault(0, said("evidence/in-cause", what=cause.what, remedy=cause.remedy), str(cause.where or source.label))
        )
    sheets = all(source.sheet for source in sources)
    what = said("evidence/no-sheet-recognised" if sheets else "evidence/none-recognised", count=len(sources))
    return BadInput(what, path.name, said("evidence/do.map"), faults)


def no_table(source: Source) -> BadInput | None:
    """Why a file is neither a table nor text: a program, a picture, a document."""
    if source.sheet:
        return None
    if found := disguised(source.start(), source.label):
        return found
    return (
        BadInput(said("evidence/no-text"), source.label, said("evidence/do.save-text"))
        if b"\0" in source.head()
        else None
    )


def _cause(source: Source) -> BadInput:
    head = source.head()
    if found := no_table(source):
        return found
    if source.name.lower().endswith(JSON) or head.lstrip()[:1] in (b"{", b"["):
        return _json(source)
    if not head.strip():
        return BadInput(said("evidence/blank"), source.label, said("places/do.again"))
    try:
        columns = header(head, source.label).columns
    except BadInput as error:
        return error
    return _nearly(columns, source.label) or _without_format(source, columns)


def _without_format(source: Source, columns: Sequence[str]) -> BadInput:
    """Any table can be brought in by a mapping."""
    if why := hxl_unclear(source):
        return BadInput(said("evidence/hxl.unclear", why=why), source.label, said("evidence/do.hxl-map"))
    return BadInput(
        said("evidence/no-format-columns", columns=shortened(", ".join(columns), 80)), source.label,
        said("evidence/do.map-or-template"),
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
        reason = said("evidence/written-otherwise", other=other, name=name) if other else said("places/no-such-column")
        faults.add(Fault(1, reason, name), new_line=not faults)
    present = [name for name in needed[nearest] if name in has]
    lacks = {"format": nearest, "missing": listed([_asked(name, written) for name in missing])}
    what = (
        said("evidence/has-columns-of", names=listed(present, 4), **lacks) if present
        else said("evidence/like-columns-of", **lacks)
    )  # fmt: skip
    where = said("places/at.first-line", file=label)
    return BadInput(what, where, said("evidence/do.names-as-source"), faults)


def _asked(name: str, written: dict[str, str]) -> Words:
    other = written.get(name.lower())
    return said("evidence/has-instead", name=name, other=other) if other else name


def _json(source: Source) -> BadInput:
    try:
        content: Any = json.loads(source.bytes(READ_WHOLE))
    except BadInput as error:
        return error
    except UnicodeDecodeError:
        return BadInput(said("places/no-utf8"), source.label, said("places/do.save-utf8"))
    except json.JSONDecodeError as error:
        where = said("places/at.character", file=source.label, line=error.lineno, character=error.colno)
        return BadInput(said("evidence/json.broken-why", error=error.msg), where, said("places/do.again"))
    except (ValueError, RecursionError):
        return BadInput(said("places/json.broken"), source.label, said("places/do.again"))
    features = content.get("features") if isinstance(content, dict) else None
    if (named := _listed_columns(content)) and features is None:
        what = said("evidence/json.lists-columns", format=named)
        return BadInput(what, source.label, said("evidence/do.table-itself"))
    if is_json(source.head()) and _rows(source):
        return _without_format(source, _rows(source))
    if features is None:
        remedy = said("evidence/do.json-rows")
        return BadInput(said("evidence/json.no-data"), source.label, remedy)
    if not isinstance(features, list) or not features:
        remedy = said("evidence/do.cod-geojson")
        return BadInput(said("evidence/json.no-features"), source.label, remedy)
    fields = features[0].get("properties") if isinstance(features[0], dict) else None
    found = listed(list(fields)) if isinstance(fields, dict) else "-"
    return BadInput(
        said("evidence/no-codes", names=found), source.label,
        said("evidence/do.feature-codes"),
    )  # fmt: skip
