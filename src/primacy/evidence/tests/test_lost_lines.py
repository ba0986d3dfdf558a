"""Rejected lines tell of something that happened: where many are lost, silence does not mean none."""

from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from primacy.evidence.bringing.lost_lines import LostLines
from primacy.evidence.store.datasets import Coverage

WHOLE = Coverage(kind="incident", areas=("XX",), start=date(2020, 1, 1), end=date(2021, 12, 31), complete=True)
PART = WHOLE.model_copy(update={"complete": False})


def told(lines: dict[str, tuple[int, int]]) -> LostLines:
    """Month -> (lines, of them rejected); "" for lines without a day."""
    found = LostLines()
    for month, (count, lost) in lines.items():
        days = pa.array([date.fromisoformat(f"{month}-15") if month else None] * count, pa.date32())
        found.add(days, np.ones(count, dtype=bool), np.arange(count) < lost)
    return found


MONTHS_OF_20 = {f"{year}-{month:02}": (20, 0) for year in (2020, 2021) for month in range(1, 13)}
CASES = [
    ("nothing rejected", {}, [("2020-01-01", "2021-12-31", True)]),
    ("one line of a month", {"2020-03": (20, 1)}, [("2020-01-01", "2021-12-31", True)]),
    (
        "a seventh of a month", {"2020-03": (21, 3)},
        [("2020-01-01", "2020-02-29", True), ("2020-03-01", "2020-03-31", False), ("2020-04-01", "2021-12-31", True)],
    ),
    (
        "the last months", {"2021-11": (20, 20), "2021-12": (20, 3)},
        [("2020-01-01", "2021-10-31", True), ("2021-11-01", "2021-12-31", False)],
    ),
    (
        "a little of every month of a year", {f"2020-{month:02}": (18, 2) for month in range(1, 13)},
        [("2020-01-01", "2020-12-31", False), ("2021-01-01", "2021-12-31", True)],
    ),
    ("many lines without a day", {"": (60, 60)}, [("2020-01-01", "2021-12-31", False)]),
    ("few lines without a day", {"": (6, 6)}, [("2020-01-01", "2021-12-31", True)]),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "lost", "expected"), CASES, ids=[case[0] for case in CASES])
def test_what_remains_complete(
    shows: str, lost: dict[str, tuple[int, int]], expected: list[tuple[str, str, bool]]
) -> None:
    lines = told(MONTHS_OF_20 | lost)
    found = [(str(each.start), str(each.end), each.complete) for each in lines.unknown([WHOLE])]
    assert found == expected
    assert bool(lines.notes([WHOLE])) == any(not complete for _, _, complete in expected)


def test_a_partial_coverage_stays_what_it_is() -> None:
    lines = told({"2020-03": (20, 20)})
    assert (lines.unknown([PART]), lines.notes([PART])) == ([PART], [])


def test_a_file_that_ends_early_is_told() -> None:
    assert list(map(str, told({"2021-09": (5, 0)}).quiet_end(WHOLE))) == [
        "its last line is of 2021-09, and silence counts as none up to 2021-12-31: check that it is whole"
    ]
    assert told({"2021-10": (5, 0)}).quiet_end(WHOLE) == []
