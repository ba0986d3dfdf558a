"""A faulty entry is mended by stand-ins, so that one fault never hides another."""

from copy import deepcopy
from typing import Any

import pytest

from primacy.framework import loading
from primacy.framework.ids import model_of
from primacy.framework.mending import mended_entry

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
