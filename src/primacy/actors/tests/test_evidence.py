import pytest

from primacy.actors.evidence import ContactFacts, contact_points
from primacy.evidence.kinds import KINDS

CASES = [
    ("a contact is one event with its counterpart", ContactFacts("parliament"), [("contact", "events", "")]),
    ("who asked is counted beside it", ContactFacts("parliament", asked_by_counterpart=True),
     [("contact", "events", ""), ("contact", "initiated_by_counterpart", "")]),
    ("a sitting of a council is a session too", ContactFacts("council-a", sitting="council/local"),
     [("contact", "events", ""), ("session", "events", "council/local")]),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "facts", "told"), CASES, ids=[case[0] for case in CASES])
def test_what_a_contact_tells(shows, facts, told) -> None:
    points = contact_points(facts)
    assert [(each.kind, each.measure, each.category) for each in points] == told
    assert {each.target for each in points} == {facts.counterpart}
    assert all(each.measure in KINDS[each.kind].measures for each in points)
