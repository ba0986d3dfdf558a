from datetime import UTC, datetime

import pytest

from primacy.actors.evidence import ContactFacts, contact_points
from primacy.actors.focal_points import Partner, partner
from primacy.evidence.kinds import KINDS
from primacy.records.telling import Saved, content, name_of

NOW = datetime(2026, 6, 4, tzinfo=UTC)

PREFECTURE = "focal-point/partner-map/government|XX01|1|prefecture-of-morand"
CASES = [
    ("a contact is one event with its counterpart", ContactFacts("parliament"), [("contact", "events", "")]),
    ("who asked is counted beside it", ContactFacts("parliament", asked_by_counterpart=True),
     [("contact", "events", ""), ("contact", "initiated_by_counterpart", "")]),
    ("a sitting of a council is a session too", ContactFacts("council-a", sitting="council/local"),
     [("contact", "events", ""), ("session", "events", "council/local")]),
    ("the focal point of an institution that answered is known from then on", ContactFacts("government", focal_point=PREFECTURE),
     [("contact", "events", ""), ("focal-point", "verified", "focal-point/partner-map/government")]),
    ("what is no line of the map tells nothing", ContactFacts("government", focal_point="prefecture"), [("contact", "events", "")]),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "facts", "told"), CASES, ids=[case[0] for case in CASES])
def test_what_a_contact_tells(shows, facts, told) -> None:
    points = contact_points(facts)
    assert [(each.kind, each.measure, each.category) for each in points] == told
    assert {each.target for each in points if each.kind != "focal-point"} == {facts.counterpart}
    assert all(each.measure in KINDS[each.kind].measures for each in points)


def test_a_focal_point_is_told_under_its_own_name_and_place_and_never_of_a_contact_that_is_for_a_group() -> None:
    facts = {"day": "2026-06-03", "area": "XX0101", "district": "XX01", "level": 2, "confidentiality": 1, "group": None}
    told = contact_points(ContactFacts("government", focal_point=PREFECTURE))
    open_, for_a_group = (
        content(Saved("contact", "1", 1, NOW, False, "published", {**facts, "group": each}), told) for each in (None, 7)
    )
    assert [(each["kind"], each["item"], each["area"], each["level"]) for each in open_] == [
        ("contact", name_of("contact", "1"), "XX0101", 2), ("focal-point", "prefecture-of-morand", "XX01", 1),
    ]  # fmt: skip
    assert {each["record"] for each in open_} == {name_of("contact", "1")}, "taken back with the contact"
    assert [each["kind"] for each in for_a_group] == ["contact"], "it would say who was met"


def test_a_line_of_the_map_reads_back_as_it_was_written() -> None:
    assert partner(PREFECTURE) == Partner("prefecture-of-morand", "focal-point/partner-map/government", "XX01", 1)
    assert partner(PREFECTURE).key == PREFECTURE
    for text in ("", "x", "a|b|c|d", "focal-point/partner-map/women|XX01|x|y", "focal-point/partner-map/women|XX01|1|"):
        assert partner(text) is None
