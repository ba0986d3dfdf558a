"""What comes back from the store: every missing value as what it stands for, and by nothing that costs time for nothing."""

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa

from primacy.assessment.selection import counted, select
from primacy.assessment.selectors import Selector
from primacy.evidence.columns import NAMES, SCHEMA
from primacy.evidence.datasets import DatasetVersion
from primacy.evidence.store import Store

AS_OF, KNOWN = date(2024, 1, 1), datetime(2024, 1, 2, tzinfo=UTC)
STATES = Selector("law", frozenset({"stage"}), (), (), detail=True)
COUNTS = Selector("incident", frozenset({"events"}), (), (), detail=False)
FETCHED = """
import sys
from pathlib import Path
from primacy.assessment.rows_csv import to_csv
from primacy.assessment.selection import select, taken
from primacy.assessment.tests.test_selection import AS_OF, COUNTS, KNOWN, NAMES, STATES, Store

store = Store(Path(sys.argv[1]))
rows = store.rows(as_of=AS_OF, known=KNOWN)
select(store, [STATES, COUNTS], lambda name: [], as_of=AS_OF, known=KNOWN)
text = to_csv(store.fetch(taken(store, rows, {"all": [STATES, COUNTS]}, lambda name: []).select(*NAMES)))
print(text.count("\\n") - 1, "pandas" in sys.modules)
"""


def kept(folder: Path) -> Store:
    """A law whose row says little, and two incidents of one month, one without a number."""
    usual = dict.fromkeys(NAMES)
    law = {**usual, "kind": "law", "item": "L", "measure": "stage", "date": date(2023, 3, 1)}
    incident = {**usual, "kind": "incident", "measure": "events", "date": date(2023, 5, 9)}
    rows = [law, {**incident, "item": "1", "value": 1.0, "high": 4.0}, {**incident, "item": "2"}]
    store = Store(folder)
    said = {"name": "x", "lineage": "x", "format": "csv", "known": KNOWN, "imported": KNOWN}
    store.add([pa.RecordBatch.from_pylist(rows, SCHEMA)], DatasetVersion.model_validate(said))
    return store


def test_what_is_missing_comes_back_as_what_stands_for_it(tmp_path: Path) -> None:
    store = kept(tmp_path)
    found = select(store, [STATES, COUNTS], lambda name: [], as_of=AS_OF, known=KNOWN)
    law, month = found.detail[STATES], found.monthly[COUNTS]
    assert (law["item"].tolist(), law["actor"].tolist(), law["level"].tolist()) == (["L"], [""], [0])
    assert law["date"].tolist() == [(date(2023, 3, 1) - date(1970, 1, 1)).days]
    assert np.isnan(law["value"]).all()
    assert np.isnan(law["se"]).all()
    numbers = ("month", "value", "low", "high", "absent")
    assert [month[name].tolist() for name in numbers] == [[2023 * 12 + 4], [1.0], [1.0], [4.0], [1]]
    rows = store.rows(as_of=AS_OF, known=KNOWN)
    assert counted(store, rows, {"all": [STATES, COUNTS], "none": []}, lambda name: []) == {"all": 3, "none": 0}


def test_rows_are_fetched_and_written_without_pandas(tmp_path: Path) -> None:
    """Loading it costs a tenth of the time of an assessment."""
    kept(tmp_path)
    said = subprocess.run([sys.executable, "-c", FETCHED, tmp_path], check=True, capture_output=True, text=True).stdout
    assert said.split() == ["3", "False"]
