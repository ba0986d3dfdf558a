"""Any table with a row of HXL tags (CSV, a sheet, rows of JSON), read by its tags.

Data sheet
    Producer     the column #meta+source, line by line; whoever published the file is not said in it
    Licence      not said in the file: see where it was published
    Standard     HXL 1.1; the tags may stand in any of the first 25 lines
    Kinds        by the tags: #event incident; #item with #value price; #population population; #indicator+value,
                 #affected, #inneed, #reached figure; #org with #sector programme. `evidence/hxl.yaml` has the table
    Group        attributes of the tag: +f, +m, +children, +idps ...; columns #gender, #age+range
    Place        #adm4+code to #adm1+code, the finest that the boundaries have; else names by level; else the point
    Dates        #date+start, #date: a day, month, quarter or year
    Coverage     partial, for the months with lines
    Lineage      hxl/NAME: a file imported again under the same name replaces what it covers
    Not used     tags without an entry in the table, which are named
"""

from primacy.evidence.errors import BadInput
from primacy.evidence.formats import Reading, Task
from primacy.evidence.hxl import mapping_of, tag_row
from primacy.evidence.importers.mapping import read_mapped
from primacy.places.files import Source
from primacy.places.opening import open_table, text_head

FORMAT = "hxl"
GENERAL = True  # UCDP and population tables of HDX have tags too, and formats of their own
ABOUT = "any table with a row of HXL tags (#adm1+code, #date, #affected+f ...): CSV, Excel, JSON"


def sniff(source: Source, head: bytes) -> str:
    try:
        found = tag_row(text_head(source))
    except BadInput:
        return ""
    return f"line {found.lines} has HXL tags" if found and mapping_of(found.columns)[0] else ""


def unclear(source: Source) -> str:
    """Why a table with tags cannot be read by them; empty where it has none or can."""
    found = tag_row(text_head(source))
    return mapping_of(found.columns)[1] if found else ""


def read(source: Source, task: Task) -> Reading:
    found = tag_row(text_head(source))
    if found is None:
        raise BadInput(
            "has no row of HXL tags in its first 25 lines", source.label, "Import it by a mapping: --draft-mapping"
        )  # fmt: skip
    mapping, lacks = mapping_of(found.columns)
    if mapping is None:
        raise BadInput(f"has HXL tags, but {lacks}", source.label, "Add the tags, or import it by a mapping")
    reading = read_mapped(source, task, mapping, open_table(source, named=found))
    reading.lineage = "hxl/NAME"
    return reading
