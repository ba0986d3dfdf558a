"""A worker is killed while it works: what it did begins again elsewhere, and two workers never do the same, on either
database."""

import os
import signal
import time

import pytest
from tests.postgres.at_once import SMALL

PATIENCE = 120  # seconds, on a busy machine


@pytest.fixture(scope="module")
def killed(house):
    """What became of the jobs after one worker was killed and two came."""
    house.told("queue")
    first = house.begin("-m", "primacy", "work", "--name", "first")
    until = time.monotonic() + PATIENCE
    while not (begun := [each for each in house.told("jobs") if each["state"] == "running"]):
        assert time.monotonic() < until, "no worker began"
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    at_work = [
        house.begin("-m", "primacy", "work", "--until-empty", "--after", "first", "--name", f"w{n}") for n in (2, 3)
    ]
    for each in at_work:
        _out, err = each.communicate(timeout=PATIENCE)
        assert each.returncode == 0, err
    return begun, house.told("jobs")


def test_every_job_is_done_in_the_end(killed):
    _begun, after = killed
    assert {each["state"] for each in after} == {"done"}
    assert len(after) == SMALL + 1


def test_what_was_interrupted_was_begun_again_once_and_nothing_else_twice(killed):
    begun, after = killed
    assert [each["kind"] for each in begun] == ["slow"]
    again = [each for each in after if each["attempt"]]
    assert [(each["kind"], each["attempt"], len(each["workers"])) for each in again] == [("slow", 1, 2)]
    assert all(len(each["workers"]) == 1 for each in after if not each["attempt"])
