"""Lists of lines that were not taken, each with what is wrong in it: of a version, or of a file that was refused.

On the disk the reasons are in English, each with its key and values behind it, so that they are told in any language.
"""

import csv
import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from primacy.evidence.shown.on_pages import on_page
from primacy.framework.saying import Said, Words, of_plain, plain, said, told
from primacy.places.files.faults import Faults
from primacy.places.files.figures import NUMBER
from primacy.places.files.replacing import replace
from primacy.ui.csv_cells import safe_cell

MOST = 100  # of files that were refused
COLUMNS = ("line", "row", "feature", "file", "field", "value", "reason")
KEPT = "fault"  # the column of keys and values


def file_of(home: Path, identity: str) -> Path:
    return home / "rejected" / f"{identity}.csv"


def write(home: Path, identity: str, faults: Faults) -> Path:
    path = file_of(home, identity)
    replace(path, lambda fresh: _write(fresh, faults))
    return path


def keep_newest(home: Path, *, but: Collection[str]) -> None:
    """Of files that were refused the newest lists are kept, and all of the versions `but`."""
    lists = [path for path in (home / "rejected").glob("*.csv") if path.stem not in but]
    for path in sorted(lists, key=lambda path: path.stat().st_mtime)[:-MOST]:
        path.unlink(missing_ok=True)


def _write(path: Path, faults: Faults) -> None:
    """One line for each fault, as a spreadsheet may open it: what is no number is never taken for a formula."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([faults.unit, "field", "value", "reason", KEPT])
        for each in faults:
            value = each.value if re.match(NUMBER, each.value) else safe_cell(each.value)
            writer.writerow([each.line or "", safe_cell(each.field), value, *_reason(each.reason)])
        if faults.not_kept:
            writer.writerow(["", "", "", *_reason(said("evidence/not-listed", count=faults.not_kept))])


def _reason(reason: Words) -> tuple[str, str]:
    """In English, and as it is told again."""
    return safe_cell(str(reason)), json.dumps(plain(reason), ensure_ascii=False) if isinstance(reason, Said) else ""


def told_lines(path: Path, language: str) -> Iterator[list[str]]:
    """The lines of a list with its reasons in a language as pages say them, the names of its columns first."""
    with path.open(encoding="utf-8", newline="") as source:
        lines = csv.reader(source)
        names = next(lines, [])
        again = names[-1:] == [KEPT]
        yield [_named(name, language) for name in (names[:-1] if again else names)]
        for *cells, kept in lines if again else ([*cells, ""] for cells in lines):
            yield [*cells[:-1], safe_cell(told(on_page(of_plain(json.loads(kept))), language))] if kept else cells


def _named(name: str, language: str) -> str:
    return told(said(f"places/list.{name}"), language) if name in COLUMNS else name
