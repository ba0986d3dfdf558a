"""Which entries of the framework read a data point: the same as an assessment reads."""

import pytest

from primacy.framework import load
from primacy.records.feeding import fed

MISSION = {
    "mission.priority_counterparts": ["parliament"],
    "mission.capital": ["X1"],
    "mission.local_councils": ["council-a"],
}
CONTACT = {"kind": "contact", "measure": "events", "category": "", "target": "parliament", "area": "X2", "actor": ""}
CASES = [
    ("a contact with a priority counterpart", CONTACT, {"O1.S2", "O1.R1", "O1.R4"}),
    ("a contact with somebody else in the capital", {**CONTACT, "target": "unions", "area": "X1"}, {"O1.S2", "O1.R1"}),
    ("who asked", {**CONTACT, "measure": "initiated_by_counterpart"}, {"O1.R4"}),
    ("a council of the mission file that sat", {**CONTACT, "kind": "session", "category": "council/local", "target": "council-a"}, {"O3.M1"}),
    ("a council that nobody expects", {**CONTACT, "kind": "session", "category": "council/local", "target": "council-b"}, set()),
    ("an attack on civilians", {"kind": "incident", "measure": "events", "category": "violence/one-sided", "actor": "", "target": "", "area": "X2"}, {"O2.M2"}),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "row", "entries"), CASES, ids=[case[0] for case in CASES])
def test_what_reads_a_row(shows, row, entries) -> None:
    found = {each.entry for each in fed(load(), [row], lambda name: MISSION.get(name, []))}
    assert entries <= found
    if not entries:
        assert found == set()


def test_a_capital_contact_is_not_one_outside_the_capital() -> None:
    names = {
        each.entry: each.indicators for each in fed(load(), [{**CONTACT, "area": "X1"}], lambda n: MISSION.get(n, []))
    }
    assert "contacts" in names["O1.S2"]
    assert "contacts-outside-capital" not in names["O1.S2"]
