"""Every benchmark of the framework in a world where all its parts hold, in one where none does, and under its vetoes.

The worlds are invented from the rules themselves, so that an indicator that is not understood shows at once.
"""

import pytest

from primacy.assessment.tests.building import country
from primacy.exercise.tests.inventing_truth import invented, setting
from primacy.exercise.true_rules import Judged, judged
from primacy.exercise.true_things import World
from primacy.framework.loading import load

FRAMEWORK = load()
MISSION = setting(FRAMEWORK)
BOTH_WAYS = {
    # parts that ask for opposites, or of which one holds wherever the other does not
    ("O2.M5", "unsentenced"), ("O5.S2", "petitions"),
    # a lower and an upper bound of one number cannot both fail
    ("O3.M6", "expenditure-outturn"), ("O3.M6", "revenue-outturn"),
    # two indicators read the same things, and are asked for different amounts of them
    ("O2.S4", "proposals-made"), ("O3.S1", "laws-tabled"), ("O3.S4", "localities-with-state"), ("O4.M1", "laws-gazetted"),
    ("O4.S3", "mediators-active"), ("O4.S6", "proposals-made"), ("O5.S2", "share-on-time"), ("O5.S5", "under-rule"),
}  # fmt: skip


def truly(id: str, *, good: bool, vetoes: bool = False) -> Judged:
    """The mission sets aside what others wait for, but not what is asked about."""
    aside = [each for each in MISSION.set_aside if each.benchmark != id]
    mission = MISSION.model_copy(update={"set_aside": aside})
    return judged(World(invented(FRAMEWORK, id, good=good, vetoes=vetoes), FRAMEWORK, mission, country()), id)


@pytest.mark.parametrize("id", FRAMEWORK.benchmarks)
def test_it_holds_where_all_of_its_parts_do(id: str) -> None:
    found = truly(id, good=True)
    assert found.course[-1] == 1, [(role, name, verb, int(c[-1])) for role, name, verb, c in found.leaves]


@pytest.mark.parametrize("id", FRAMEWORK.benchmarks)
def test_it_does_not_hold_where_none_of_its_parts_does(id: str) -> None:
    found = truly(id, good=False)
    assert found.course[-1] == 0, [(role, name, verb, int(c[-1])) for role, name, verb, c in found.leaves]
    holding = {(id, name) for role, name, _, c in found.leaves if role == "part" and c[-1] != 0}
    assert holding <= BOTH_WAYS


@pytest.mark.parametrize("id", [id for id, each in FRAMEWORK.benchmarks.items() if each.rule.veto])
def test_its_vetoes_undo_it(id: str) -> None:
    found = truly(id, good=True, vetoes=True)
    assert found.course[-1] == 0
    assert any(course[-1] == 1 for role, _, _, course in found.leaves if role == "veto") or id == "O4.S1"
