"""UCDP Candidate Events: the monthly, provisional events that a yearly GED release replaces, as CSV.

Data sheet
    Producer     Uppsala Conflict Data Program (UCDP), Uppsala University
    Licence      CC BY 4.0
    Unit, rows, place, category, actors   as in the data sheet of ucdp-ged
    Versions     the 49 columns of GED; monthly files vYY_0_M, quarterly ones vYY_MM_YY_MM (from, to)
    Grade        as GED; an event whose code_status is not Clear has C3
    Coverage     complete for the month or months that the version names, else for the months of the file that hold at
                 least a fiftieth of its events; a few events of a file begin earlier, and are added to what is known
    Lineage      ucdp-ged
    Known        published with not more than a month's lag: the last day of the month after the last one covered
"""

import re
from collections import Counter
from datetime import date

from primacy.evidence.bringing.formats import Reading, Task
from primacy.evidence.importers import ucdp_ged
from primacy.evidence.store.numbered_days import last_day, month_index
from primacy.framework.saying import Said, said
from primacy.places.files.files import Source

FORMAT = "ucdp-candidate"
ABOUT = "UCDP Candidate Events, monthly or quarterly release, CSV"
MONTHLY = re.compile(r"(?<!\d)v?(\d{2})[._]0[._](\d{1,2})(?!\d)")
QUARTERLY = re.compile(r"(?<!\d)v?(\d{2})[._](\d{2})[._](\d{2})[._](\d{2})(?!\d)")
FEW = 0.02


def sniff(source: Source, head: bytes) -> Said | None:
    named = "candidate" in source.name.lower() or _period(source.name) is not None
    why = ucdp_ged.sniff(source, head) if named else None
    return said("evidence/ucdp.candidate", why=why) if why else None


def read(source: Source, task: Task) -> Reading:
    period = _period(source.name)
    return ucdp_ged.read_events(source, task, published=_published(period[1]) if period else None, covered=_covered)


def _period(name: str) -> tuple[date, date] | None:
    """First and last day that the version in a file's name covers."""
    if found := QUARTERLY.search(name):
        first, last = (int(found[1]), int(found[2])), (int(found[3]), int(found[4]))
    elif found := MONTHLY.search(name):
        first = last = (int(found[1]), int(found[2]))
    else:
        return None
    if not (1 <= first[1] <= 12 and 1 <= last[1] <= 12) or last < first:
        return None
    return date(2000 + first[0], first[1], 1), last_day(month_index(date(2000 + last[0], last[1], 1)))


def _covered(months: Counter[str], source: Source) -> tuple[date, date]:
    period = _period(source.name)
    if period:
        return period
    full = [month for month, events in months.items() if events >= FEW * months.total()]
    first, last = (date.fromisoformat(f"{month}-01") for month in (min(full), max(full)))
    return first, last_day(month_index(last))


def _published(covered_to: date) -> date:
    return last_day(month_index(covered_to) + 1)
