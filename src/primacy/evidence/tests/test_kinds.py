"""The list of kinds."""

import pytest

from primacy.evidence.kinds import KINDS
from primacy.framework.languages import languages, words
from primacy.framework.translations import SOURCE


def test_the_kinds_that_must_be_there() -> None:
    wanted = (
        "incident violation contact session dispute payment patrol-days monitors interviews focal-point counterpart"
        " presence control law document provision mechanism commitment support-item course seat post station"
        " budget-line deployment rubric survey index price population crsv-aggregate"
    )
    assert set(wanted.split()) <= set(KINDS)


@pytest.mark.parametrize("name", sorted(KINDS))
def test_each_kind_is_whole(name: str) -> None:
    kind = KINDS[name]
    assert kind.measures
    staged = {measure for measure, unit in kind.measures.items() if unit == "stage"}
    assert all(key in staged or key.startswith(f"{name}/") for key in kind.stages)
    assert kind.shelf_life is None or kind.nature in ("state", "estimate")


def test_stages_are_counted_from_one() -> None:
    assert KINDS["law"].stage("stage", "drafted") == 1
    assert KINDS["law"].stage("stage", "sung") is None
    assert KINDS["law"].shelf_life == 180


def test_a_category_may_have_stages_of_its_own() -> None:
    mechanism = KINDS["mechanism"]
    assert mechanism.stage("stage", "draft", "mechanism/constitution") == 5
    assert mechanism.stage("stage", "draft", "mechanism/constitution/assembly") == 5
    assert mechanism.stage("stage", "draft", "constitution") == 5, "also without the kind in front"
    assert mechanism.stage("stage", "draft", "mechanism/monitoring") is None
    assert mechanism.stage("expected", "draft", "mechanism/constitution") is None


@pytest.mark.parametrize("language", [code for code in languages() if code != SOURCE])
def test_every_kind_and_measure_has_a_word_in_every_language(language: str) -> None:
    assert set(KINDS) <= set(words(language, "kinds"))
    assert {measure for kind in KINDS.values() for measure in kind.measures} <= set(words(language, "measures"))
