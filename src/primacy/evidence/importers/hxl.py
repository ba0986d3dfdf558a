"""Any table with a row of HXL tags (CSV, a sheet, rows of JSON), read by its tags.

Data sheet
    Producer     the column #meta+source, line by line; whoever published the file is not said in it
    Licence      not said in the file: see where it was published
    Standard     HXL 1.1; the tags may stand in any of the first 25 lines
    Kinds        by the tags: #event incident; #item with #value price; #population population; #indicator+value,
                 #affected, #inneed, #reached figure; #org with #sector programme; table in `evidence/mapped/hxl.yaml`
    Group        attributes of the tag: +f, +m, +children, +idps ...; columns #gender, #age+range
    Place        #adm4+code to #adm1+code, the finest that the boundaries have; else names by level; else the point;
                 else #loc+name, a name of an area of any level: one that is not found counts for the country
    Counts       a column whose attributes are not all in the table is not read, and named. #affected+killed without
                 #event is the figure `killed`, never a part of those affected
    Dates        #date+start, #date: a day, month, quarter or year; 31/01/2024 where some day of the column is above 12.
                 #date+reported alone: with a note; of events and of people killed, injured, abducted or detained it is
                 refused, to be mapped by a person
    Known        #date+reported beside another day: from when on the mission knew the line
    Coverage     partial, for the months with lines
    Lineage      hxl/NAME: a file imported again under the same name replaces what it covers
    Not used     tags without an entry in the table, which are named
"""

from collections import Counter

from primacy.evidence.bringing.formats import Reading, Task
from primacy.evidence.errors import BadInput
from primacy.evidence.importers.mapping import read_mapped
from primacy.evidence.mapped.days import form_told
from primacy.evidence.mapped.hxl import mapping_of, only_reported, tag_row
from primacy.evidence.mapped.looking import THREE_PARTS, Look
from primacy.evidence.mapped.mapping import Day, Mapping
from primacy.framework.saying import Said, Words, said
from primacy.places.files.files import Source
from primacy.places.files.headers import Header
from primacy.places.files.opening import open_table, text_head

FORMAT = "hxl"
GENERAL = True  # UCDP and population tables of HDX have tags too, and formats of their own
ABOUT = "any table with a row of HXL tags (#adm1+code, #date, #affected+f ...): CSV, Excel, JSON"


def sniff(source: Source, head: bytes) -> Said | None:
    try:
        found = tag_row(text_head(source))
    except BadInput:
        return None
    return said("evidence/hxl.line", line=found.lines) if found and mapping_of(found.columns)[0] else None


def unclear(source: Source) -> Words:
    """Why a table with tags cannot be read by them; empty where it has none or can."""
    found = tag_row(text_head(source))
    return mapping_of(found.columns)[1] if found else ""


def read(source: Source, task: Task) -> Reading:
    found = tag_row(text_head(source))
    if found is None:
        raise BadInput(
            said("evidence/hxl.no-tags"), source.label, said("evidence/do.hxl-draft")
        )  # fmt: skip
    mapping, lacks = mapping_of(found.columns)
    if mapping is None:
        raise BadInput(said("evidence/hxl.unclear", why=lacks), source.label, said("evidence/do.hxl"))
    mapping, why = _with_order_of_days(source, mapping, found)
    reading = read_mapped(source, task, mapping, open_table(source, named=found))
    reading.lineage = "hxl/NAME"
    reading.notes += why
    if column := only_reported(mapping):
        reading.notes.append(said("evidence/hxl.reported-days", column=column))
    return reading


def _with_order_of_days(source: Source, mapping: Mapping, tags: Header) -> tuple[Mapping, list[Said]]:
    """The mapping with the order of day and month that a whole column of days leaves no doubt about, and why; days such
    as 01/02/2024 in a column without any such as 31/01/2024 stay what they are, unclear.
    """
    told: list[Said] = []
    for name in ("date", "until", "entered"):
        day: Day | None = getattr(mapping, name)
        if day is None or not any(column in tags.columns for column in day.column):
            continue
        stated: Counter[str] = Counter()
        for rows in open_table(source, named=tags).batches():
            stated.update(each for each in rows.column(day.column[0]).to_pylist() if THREE_PARTS.fullmatch(each))
        order, why = Look(name, stated.total(), stated).order() if stated else ("", None)
        if order and why:
            mapping = mapping.model_copy(update={name: day.model_copy(update={"forms": (*day.forms, order)})})
            told.append(said("evidence/days-read-as", column=day.column[0], order=form_told(order), why=why))
    return mapping, told
