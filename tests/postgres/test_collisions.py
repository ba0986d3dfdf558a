"""Where people collide nothing is lost, on either database: eight threads in two processes at the same moment."""

from collections import Counter

import pytest
from tests.postgres.at_once import ENTRIES, PROCESSES, THREADS

IN_ALL = PROCESSES * THREADS


@pytest.fixture(scope="module")
def crowd(happened):
    """How often each answer was given to each deed; what the instance held before, and afterwards."""
    said = {deed: Counter(answers) for deed, answers in happened["said"].items()}
    return said, happened["before"], happened["after"]


def test_the_instance_is_on_the_database_of_its_name(house, crowd):
    assert house.folder.name.startswith(crowd[2]["vendor"])


def test_the_trail_stays_one_chain_and_lacks_no_entry(crowd):
    said, before, after = crowd
    assert said["enter"] == {"entered": IN_ALL}
    assert after["breaks"] == []
    made = after["versions"] - before["versions"] + said["demote"]["changed"]
    assert after["entries"] - before["entries"] == IN_ALL * ENTRIES + made


def test_of_those_who_saw_one_version_one_saves_and_all_others_are_told(crowd):
    said, _before, after = crowd
    assert said["save_once"] == {"saved": 1, "collided": IN_ALL - 1}
    assert after["subject"] != "first"


def test_what_is_saved_again_after_a_collision_is_all_there(crowd):
    said, before, after = crowd
    assert said["save_until_kept"] == {"saved": IN_ALL}
    assert len(after["note"].split()) == len(set(after["note"].split())) == IN_ALL
    assert after["version"] == after["versions"] == before["version"] + 1 + IN_ALL


def test_each_version_reaches_the_evidence_once(crowd):
    _said, before, after = crowd
    assert after["waiting"] == 0
    assert after["sets"] == before["sets"] == 1  # none of the changes was one of evidence


def test_the_same_thing_opened_by_all_is_there_once(crowd):
    (answer,) = crowd[0]["open_item"]
    assert answer.startswith("item ")


def test_there_is_one_first_administrator_and_never_none(crowd):
    said, _before, after = crowd
    assert said["first_administrator"] == {"refused": IN_ALL}  # `primacy init` made the first
    assert set(said["demote"]) <= {"changed", "refused"}
    assert after["administrators"] >= 1
