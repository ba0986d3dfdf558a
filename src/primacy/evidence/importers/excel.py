"""Workbooks of spreadsheets (.xlsx, .xlsm), sheet by sheet: each sheet is read in the format that its own columns show.

Data sheet
    Producer     whoever the sheet names; see the format in which it is read
    Licence      see the format in which it is read
    Sheets       those that are not hidden; a hidden one is named, and read only where a mapping names it
    Headings     below title lines; in several rows or over several columns they are joined: `Casualties / Killed`
    Cells        what a cell shows: days as days, of a formula its stored result, per cent with its sign; an error
                 is missing and a fault. Text and days of merged cells stand in each of them, numbers in the first only
    Read as      a table with the columns of a template, a table with HXL tags, any other format that is known by its
                 columns, a shipped mapping; else a mapping is asked for
    Guards       size, packing ratio, markup that declares entities, rows and columns; nothing is run, no link followed
    Not read     .xls and .xlsb: save them as .xlsx
"""

from types import ModuleType

from primacy.evidence.bringing.formats import Reading, Task, formats
from primacy.evidence.errors import BadInput, listed
from primacy.framework.saying import Said, said
from primacy.places.files.files import Source
from primacy.places.files.opening import columns, text_head

FORMAT = "excel"
GENERAL = True
ABOUT = "a workbook (.xlsx), sheet by sheet: templates, HXL, other known tables, or by a mapping"
OF_PLACES = ("boundaries", "population")


def sniff(source: Source, head: bytes) -> Said | None:
    """A sheet that is in a known format is called by that format; for this one nothing is left but to be named."""
    return None


def fits(source: Source) -> bool:
    """Whether a sheet is in a format that is known."""
    return _format(source) is not None


def _format(source: Source) -> ModuleType | None:
    head = source.head()
    known = (each for name, each in formats().items() if name not in (FORMAT, *OF_PLACES))
    return next((each for each in known if each.sniff(source, head)), None)


def read(source: Source, task: Task) -> Reading:
    if not source.sheet:
        raise BadInput(said("evidence/no-xlsx"), source.label, said("evidence/do.leave-format-or"))
    found = _format(source)
    if found is None:
        named = listed(list(columns(text_head(source), source.label)))
        raise BadInput(
            said("evidence/no-format-columns", columns=named), source.label,
            said("evidence/do.draft-for-it"),
        )  # fmt: skip
    reading: Reading = found.read(source, task)
    return reading
