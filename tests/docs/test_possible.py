"""The table of possible statuses leaves nothing open: of each benchmark it says what it could be."""

import re
from pathlib import Path

from primacy.framework import load

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"


def test_each_benchmark_is_judged_somewhere_and_the_table_says_what_it_could_be() -> None:
    found = re.search(r"<!-- possible -->\n(.*?)<!-- \w+ -->", PAGE.read_text("utf-8"), re.DOTALL)
    assert found is not None
    rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in re.findall(r"^\| O.*$", found[1], re.M)]
    assert [row[0] for row in rows] == list(load().benchmarks)
    assert [row[0] for row in rows if not all(row)] == []
    assert [row[0] for row in rows if not row[-2].startswith("all")] == []
    assert [row[0] for row in rows if not {"met", "not met", "insufficient evidence"} <= set(row[-1].split(", "))] == []
