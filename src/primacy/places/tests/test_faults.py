"""Faults are all counted; what is kept of them is bounded."""

import pytest

from primacy.places.files import faults
from primacy.places.files.faults import Fault, Faults


def test_faults_stand_in_the_order_of_the_file_and_several_may_be_of_one_line() -> None:
    found = Faults()
    found.add(Fault(7, "date is empty", "date"))
    found.add(Fault(3, "value is no number", "value", "many"))
    found.add(Fault(3, "item is empty", "item"), new_line=False)
    assert [(each.line, each.field) for each in found] == [(3, "value"), (3, "item"), (7, "date")]
    assert (found.count, found.lines, found.not_kept) == (3, 2, 0)
    assert found.first is not None
    assert str(found.said(found.first)) == "line 3: value is no number: 'many'"


def test_millions_of_faults_are_counted_and_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "MOST_KEPT", 10)
    found = Faults()
    found.add_many((Fault(line, "bad") for line in range(1, 1_000_001)), count=1_000_000, new_lines=1_000_000)
    found.add(Fault(1_000_001, "bad"))
    assert (found.count, found.lines, len(list(found)), found.not_kept) == (1_000_001, 1_000_001, 10, 999_991)


def test_a_value_of_megabytes_is_kept_short() -> None:
    found = Faults()
    found.add(Fault(2, "is no number", "value", "x" * 10_000_000))
    assert len(next(iter(found)).value) == faults.LONGEST_VALUE
    assert len(found.shown(5)[0]["value"]) <= 60
