"""A form says of an entry only what differs, in as little as an overlay may say."""

import pytest

from primacy.assessment.proposing.proposal_fields import differing, fields, laid_over
from primacy.framework import load

TREE = {
    "id": "O2.M2", "title": "Violence has fallen", "misleads": "Nobody goes there",
    "indicators": {"attacks": {"kind": "incident", "fresh": "90 days"}},
    "thresholds": {"fall": {"value": "20 %", "unit": "share"}, "band": {"value": [1, 2], "unit": "x"},
                   "count": {"value": 5, "unit": "a month"}},
    "rule": {"all": [{"falls": {"indicator": "attacks", "by": "fall", "window": "12 months"}}], "after": ["O1.S1"]},
    "reversal": [{"sign": {"id": "s", "text": "t"}}, {"alarm": {"indicator": "attacks", "window": "3 months"}}],
}  # fmt: skip
RULE = {"all": [{"falls": {"indicator": "attacks", "by": "fall", "window": "24 months"}}], "after": ["O1.S1"]}
CASES = [
    # what it shows                          filled in                                    what the overlay says
    ("nothing typed says nothing",           {},                                          {}),
    ("the same in other spaces is the same", {"title": " Violence  has fallen "},         {}),
    ("a threshold alone",                    {"thresholds.fall.value": "30 %"},           {"thresholds": {"fall": {"value": "30 %"}}}),
    ("a number stays a number",              {"thresholds.count.value": "7"},             {"thresholds": {"count": {"value": 7}}}),
    ("a pair stays a pair",                  {"thresholds.band.value": "1; 2.5"},         {"thresholds": {"band": {"value": [1, 2.5]}}}),
    ("a shelf life of an indicator",         {"indicators.attacks.fresh": "45 days"},     {"indicators": {"attacks": {"fresh": "45 days"}}}),
    ("a rule as a whole",                    {"rule.all.0.falls.window": "24 months"},    {"rule": RULE}),
    ("a list as a whole",                    {"reversal.1.alarm.window": "6 months"},
     {"reversal": [{"sign": {"id": "s", "text": "t"}}, {"alarm": {"indicator": "attacks", "window": "6 months"}}]}),
    ("words",                                {"title": "Less violence"},                  {"title": "Less violence"}),
    ("a field that the form has not",        {"lead": "force", "rule.veto": "x"},         {}),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "given", "says"), CASES, ids=[each[0] for each in CASES])
def test_what_differs(shows, given, says):
    assert differing(TREE, given) == says


def test_setting_aside_is_said_once():
    assert differing(TREE, {}, retired=True) == {"retired": True}
    assert differing({**TREE, "retired": True}, {}, retired=True) == {}


def test_every_entry_of_the_framework_can_be_filled_in_and_comes_back_unchanged():
    for listed in ("benchmarks", "activities", "risks", "trade_offs"):
        for tree in load().as_dict()[listed]:
            shown = {each.path: each.value for each in fields(tree)}
            assert "title" in shown
            assert differing(tree, shown) == {}, tree["id"]


def test_each_field_of_each_entry_can_be_changed_by_itself():
    for tree in load().as_dict()["benchmarks"]:
        for each in fields(tree):
            said = differing(tree, {each.path: "77 %"})
            after = {other.path: other.value for other in fields(laid_over(tree, said))}
            before = {other.path: other.value for other in fields(tree)}
            assert {path for path in before if before[path] != after[path]} == {each.path}, (tree["id"], each.path)
