"""Lists of lines that were not taken, each with what is wrong in it: of a version, or of a file that was refused."""

import csv
import re
from collections.abc import Collection
from pathlib import Path

from primacy.places.faults import Faults
from primacy.places.figures import NUMBER
from primacy.places.replacing import replace
from primacy.ui.csv_cells import safe_cell

MOST = 100  # of files that were refused


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
        writer.writerow([faults.unit, "field", "value", "reason"])
        for each in faults:
            value = each.value if re.match(NUMBER, each.value) else safe_cell(each.value)
            writer.writerow([each.line or "", safe_cell(each.field), value, safe_cell(each.reason)])
        if faults.not_kept:
            writer.writerow(["", "", "", f"and {faults.not_kept} more faults, which are not listed"])
