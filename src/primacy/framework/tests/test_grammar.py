"""The language of rules refuses what it cannot mean, and says what a rule is made of."""

from typing import Any

import pytest
from pydantic import ValidationError

from primacy.framework.entries import Benchmark, Reversal
from primacy.framework.grammar import Indicator, Rule

REFUSED: list[tuple[str, type[Any], dict[str, Any], str]] = [
    ("a rule without a verb", Rule, {"after": ["polling_day"]}, "exactly one verb"),
    (
        "a rule with two verbs",
        Rule,
        {"exists": {"indicator": "a"}, "share": {"indicator": "a", "at_least": 1}},
        "exactly one verb",
    ),
    ("an unknown verb", Rule, {"vanishes": {"indicator": "a"}}, "not permitted"),
    ("all of nothing", Rule, {"all": []}, "at least one rule"),
    ("k larger than the rules there are", Rule, {"k_of": {"k": 3, "of": [{"exists": {"indicator": "a"}}]}}, "k is 3"),
    ("sustained without a length", Rule, {"sustained": {"rule": {"exists": {"indicator": "a"}}}}, "takes either"),
    (
        "sustained of two lengths",
        Rule,
        {"sustained": {"rule": {"exists": {"indicator": "a"}}, "for": "2 years", "in": "2 of 3 years"}},
        "takes either",
    ),
    (
        "each over two things",
        Rule,
        {"each": {"area": 1, "actor": "every"}, "exists": {"indicator": "a"}},
        "exactly one of",
    ),
    ("each over nothing", Rule, {"each": {"at_least": "all"}, "exists": {"indicator": "a"}}, "exactly one of"),
    ("reaches without a bound", Rule, {"reaches": {"indicator": "a"}}, "exactly one of"),
    ("reaches with two bounds", Rule, {"reaches": {"indicator": "a", "at_least": 1, "at_most": 2}}, "exactly one of"),
    ("share with two bounds", Rule, {"share": {"indicator": "a", "at_least": 1, "at_most": 2}}, "exactly one of"),
    (
        "a step that is none of the steps",
        Rule,
        {"sequence": {"indicator": "a", "steps": ["x"], "reached": "y"}},
        "none of the steps",
    ),
    (
        "a window that is no length of time",
        Rule,
        {"falls": {"indicator": "a", "by": "20 %", "window": "long"}},
        "no length of time",
    ),
    ("an unknown key of a verb", Rule, {"exists": {"indicator": "a", "least": 2}}, "not permitted"),
    ("an indicator of nothing", Indicator, {"aggregate": "sum"}, "needs a kind"),
    ("a share of nothing", Indicator, {"kind": "law", "aggregate": "share"}, "a share needs"),
    (
        "a share of a register that says not what passes",
        Indicator,
        {"kind": "law", "aggregate": "share", "register": "law"},
        "needs `pass`",
    ),
    ("a ratio of one", Indicator, {"aggregate": "ratio", "of": ["a"]}, "two indicators"),
    ("an unknown aggregate", Indicator, {"kind": "law", "aggregate": "guess"}, "Input should be"),
    (
        "an unknown condition",
        Indicator,
        {"kind": "law", "aggregate": "distinct", "pass": {"colour": "red"}},
        "cannot pass by",
    ),
    (
        "a condition without a sign",
        Indicator,
        {"kind": "law", "aggregate": "distinct", "pass": {"value": "2"}},
        "is no comparison",
    ),
    (
        "a reversal that is both alarm and sign",
        Reversal,
        {"alarm": {"indicator": "a"}, "sign": {"id": "s", "text": "t"}},
        "either",
    ),
    ("a reversal that is neither", Reversal, {}, "either"),
    ("an id of another form", Benchmark, {"id": "O2-M2"}, "pattern"),
]


@pytest.mark.parametrize(("shows", "model", "content", "message"), REFUSED, ids=[case[0] for case in REFUSED])
def test_it_refuses(shows: str, model: type[Any], content: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        model.model_validate(content)


def test_the_leaves_of_a_rule_come_as_they_are_written_vetoes_last() -> None:
    def leaf(name: str) -> dict[str, Any]:
        return {"exists": {"indicator": name}}

    rule = Rule.model_validate(
        {
            "all": [leaf("a"), {"k_of": {"k": 1, "of": [leaf("b"), {"not": leaf("c")}]}}],
            "veto": [{"sustained": {"rule": leaf("d"), "for": "2 years"}}],
        }
    )
    assert [each.call.indicator for each in rule.leaves()] == ["a", "b", "c", "d"]
    assert (rule.head, rule.is_leaf) == ("all", False)
    assert [child.head for child in rule.children] == ["exists", "k_of"]


def test_sustained_counts_points_of_its_own_rhythm() -> None:
    def points(**length: str) -> tuple[int, str]:
        needed, span = Rule.model_validate(
            {"sustained": {"rule": {"exists": {"indicator": "a"}}, **length}}
        ).call.points
        return needed, str(span)

    assert points(**{"for": "4 quarters"}) == (4, "4 quarters")
    assert points(**{"in": "2 of 3 years"}) == (2, "3 years")
