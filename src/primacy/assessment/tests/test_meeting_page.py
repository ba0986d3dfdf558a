"""What a page kept for a meeting holds: as plain data and back, and what it says to whom."""

import json
from datetime import date

from primacy.assessment.finding import Phrase
from primacy.assessment.front.meeting_page import Seen, open_to, seen_of
from primacy.assessment.over_time.attributing import Contribution
from primacy.assessment.over_time.changes import Change
from primacy.framework import Mission

SAID = Phrase("trend.either", {"against": Phrase("against.previous", {"months": 12}), "low": 0.1, "areas": ["N", "S"]})
PARTS = (Contribution("new evidence", 0.25, 0.9), Contribution("the passing of time", None, 0.1))
CHANGES = (
    Change("O2.M2", "met", "reversed", "new evidence", SAID, (0.93, 0.11), PARTS),
    Change("O1.S1", "not met", "met", "", Phrase("finding.reversed"), (None, 0.97)),
)
MISSION = Mission.model_validate({
    "country": "XXX", "name": "A mission", "core": ["O2.M2"], "mandate": {"renewal": date(2026, 11, 15)},
    "political_line": {"stage": "talks", "next_on": date(2026, 7, 12), "objectives": ["One", "Two"]},
})  # fmt: skip


def test_a_page_is_read_back_as_it_was_kept():
    seen = Seen(MISSION, CHANGES, frozenset({"O2.M2"}), frozenset({"O1.S1"}), "2026-05-31", False)
    assert seen_of(json.loads(json.dumps(seen.as_dict()))) == seen


def test_what_a_reader_is_still_asked_about_is_left_out():
    assert [each.benchmark for each in open_to(CHANGES, {"O2.M2"})] == ["O1.S1"]
