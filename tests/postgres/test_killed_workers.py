"""A worker is killed while it works: what it did begins again elsewhere, and two workers never do the same, on either
database."""

from tests.postgres.at_once import SMALL


def test_every_job_is_done_in_the_end(happened):
    assert {each["state"] for each in happened["jobs"]} == {"done"}
    assert len(happened["jobs"]) == SMALL + 1


def test_what_was_interrupted_was_begun_again_once_and_nothing_else_twice(happened):
    assert happened["running"] == ["slow"]
    again = [each for each in happened["jobs"] if each["attempt"]]
    assert [(each["kind"], each["attempt"], len(each["workers"])) for each in again] == [("slow", 1, 2)]
    assert all(len(each["workers"]) == 1 for each in happened["jobs"] if not each["attempt"])
