"""What a request that only reads looks up once is never older than that request."""

import pytest

from primacy.access.middleware import OneReadingMiddleware
from primacy.access.models import User
from primacy.access.once import once, one_reading
from primacy.access.placing import give_post
from primacy.access.readers import reader_of


def looked(times: int) -> list[int]:
    """How often it was looked up in so many askings."""
    seen: list[int] = []
    for _ in range(times):
        once("it", lambda: seen.append(1))
    return seen


def test_within_one_reading_it_is_looked_up_once_and_without_one_each_time() -> None:
    with one_reading():
        assert len(looked(3)) == 1
    assert len(looked(3)) == 3


def test_nothing_is_known_from_the_reading_before() -> None:
    for _ in range(2):
        with one_reading():
            assert len(looked(2)) == 1


@pytest.mark.parametrize(("method", "times"), [("GET", 1), ("HEAD", 1), ("POST", 3), ("DELETE", 3), ("PATCH", 3)])
def test_only_requests_that_change_nothing_are_one_reading(rf, method: str, times: int) -> None:
    found: list[int] = []
    OneReadingMiddleware(lambda request: found.extend(looked(3)))(rf.generic(method, "/"))
    assert len(found) == times


@pytest.mark.django_db
def test_a_post_given_between_two_readings_counts_in_the_second() -> None:
    rosa = User.objects.create(username="rosa", role="analyst")
    with one_reading():
        assert not reader_of(rosa).components
    give_post(by="a test", person=rosa, component="political-affairs")
    with one_reading():
        assert reader_of(rosa).components == {"political-affairs"}
