"""What comes back from the store: every missing value as what it stands for, and by nothing that costs time for nothing."""

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from primacy.assessment.indicators.selection import counted, select
from primacy.assessment.indicators.selectors import Selector
from primacy.evidence.store.columns import NAMES, SCHEMA
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.store import Store
from primacy.framework.filters import matches

AS_OF, KNOWN = date(2024, 1, 1), datetime(2024, 1, 2, tzinfo=UTC)
STATES = Selector("law", frozenset({"stage"}), (), (), detail=True)
COUNTS = Selector("incident", frozenset({"events"}), (), (), detail=False)
FETCHED = """
import sys
from pathlib import Path
from typing import Any
from primacy.assessment.packages.rows_csv import to_csv
from primacy.assessment.indicators.selection import select, taken
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


ON_A_LIST = [
    # what it shows                                          column    value                    wanted                          passes
    ("a party on the list",                                  "actor",  "FPRC",                  "mission.bound",                True),
    ("a coalition of parties that are all on it",            "actor",  "FPRC, MPC",             "mission.bound",                True),
    ("the same as a target",                                 "target", "FPRC, MPC",             "mission.bound",                True),
    ("a coalition with one that is not",                     "actor",  "FPRC, MPC, 3R",         "mission.bound",                False),
    ("so it is among those who are not on it",               "actor",  "FPRC, MPC, 3R",         {"not": "mission.bound"},       True),
    ("a coalition that is on it by its whole name",          "actor",  "Northern, Southern",    "mission.whole",                True),
    ("an empty list holds nobody",                           "actor",  "FPRC, MPC",             "mission.nobody",               False),
    ("a name with a comma that is no party is one name",     "item",   "FPRC, MPC",             "mission.bound",                False),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "column", "value", "wanted", "passes"), ON_A_LIST, ids=[c[0] for c in ON_A_LIST])
def test_parties_on_a_list_of_the_mission(shows: str, column: str, value: str, wanted: Any, passes: bool) -> None:
    lists = {"mission.bound": ["FPRC", "MPC"], "mission.whole": ["Northern, Southern"], "mission.nobody": []}
    assert matches(value, wanted, column, lists.__getitem__) is passes
