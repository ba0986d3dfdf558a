"""A faulty entry is mended by stand-ins, so that one fault never hides another."""

from copy import deepcopy
from typing import Any

import pytest

from primacy.framework import loading
from primacy.framework.ids import model_of
from primacy.framework.mending import mended_entry
from primacy.framework.problems import Problem

JUNK: tuple[Any, ...] = (None, 5, "x", True, [], {}, [5], [None], {"x": 5}, {"x": None}, "2026-01-01")


def written(id: str) -> dict[str, Any]:
    """An entry of the standard as its file has it."""
    return loading.read_folder(loading.STANDARD / id.split(".")[0], [])[f"{id}.yaml"]


@pytest.mark.parametrize("id", ["O1.S2", "O2.M6", "O2.A1", "O2.R1", "O2.T1"])
def test_whatever_stands_in_a_field_the_rest_of_the_entry_is_still_read(id: str) -> None:
    standard, model = written(id), model_of(id)
    assert model is not None
    for name in (field.alias or name for name, field in model.model_fields.items() if name != "id"):
        for junk in JUNK:
            tree, problems = deepcopy(standard), []
            tree[name] = junk
            entry, mended = mended_entry(model, f"{id}.yaml", tree, problems)
            assert entry.id == id
            assert bool(problems) == bool(mended)


@pytest.mark.parametrize(
    ("shows", "signs", "bridged"),
    [
        ("a sign that shows in no way", [{"id": "a", "text": "t"}], "signs.0"),
        ("a field that is none", [{"id": "a", "text": "t", "report": "O2.R1/a", "colour": "red"}], "signs.0.colour"),
        ("a field that is missing", [{"id": "a", "report": "O2.R1/a"}], "signs.0.text"),
        ("a sign that is none", ["word"], "signs.0"),
    ],
)
def test_a_fault_in_one_sign_leaves_the_others_as_they_are(shows: str, signs: list[Any], bridged: str) -> None:
    sound = {"id": "b", "text": "t", "report": "O2.R1/b"}
    tree: dict[str, Any] = {**written("O2.R1"), "indicators": {}, "signs": [*signs, sound]}
    entry, mended = mended_entry(model_of("O2.R1"), "O2.R1.yaml", tree, [])  # type: ignore[arg-type]
    assert mended == {bridged}
    assert entry.signs[1].report == "O2.R1/b"  # type: ignore[attr-defined]


ONE_FAULT = [
    # what it shows                         field of O2.M6                                                       the one fault
    ("a number written as a mapping",       "rule", {"falls": {"indicator": "violations", "by": {"threshold": "fall"}, "window": "6 months"}}, "rule.falls.by", "is neither a number nor the name of one"),
    ("a value that is a list in a list",    "thresholds", {"fall": {"value": [1, [2]], "unit": "share"}},        "thresholds.fall.value", "is neither a number nor the name of one"),
    ("a value that is a word",              "thresholds", {"fall": {"value": "many", "unit": "share"}},          "thresholds.fall.value", "“many” is no number"),
    ("what an indicator is made of",        "indicators", {"violations": {"aggregate": "ratio", "of": {"a": 1}}}, "indicators.violations.of", "is neither a text nor a list of texts"),
    ("nothing where a number stands",       "thresholds", {"fall": {"value": None, "unit": "share"}},            "thresholds.fall.value", "is empty"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("shows", "name", "content", "field", "what"), ONE_FAULT, ids=[case[0].replace(" ", "-") for case in ONE_FAULT]
)
def test_what_may_have_several_shapes_and_has_none_is_one_fault(
    shows: str, name: str, content: Any, field: str, what: str
) -> None:
    problems: list[Problem] = []
    mended_entry(model_of("O2.M6"), "O2.M6.yaml", {**written("O2.M6"), name: content}, problems)  # type: ignore[arg-type]
    assert [(each.field, each.what) for each in problems] == [(field, what)]


def test_a_value_that_is_none_is_told_beside_the_unit_that_is_missing() -> None:
    problems: list[Problem] = []
    tree = {**written("O2.M6"), "thresholds": {"fall": {"value": "many"}}}
    mended_entry(model_of("O2.M6"), "O2.M6.yaml", tree, problems)  # type: ignore[arg-type]
    assert [each.field for each in problems] == ["thresholds.fall.value", "thresholds.fall.unit"]
