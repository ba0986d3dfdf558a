"""What a request that only reads looks up once is never older than that request."""

from collections.abc import Iterator

import pytest

from primacy.access import once as module
from primacy.access.middleware import OneReadingMiddleware
from primacy.access.models import User
from primacy.access.once import for_a_while, once, one_reading
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


@pytest.fixture
def clock(monkeypatch) -> Iterator[list[float]]:
    now = [1000.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])
    yield now
    module.something_done()


def test_what_stands_on_every_page_is_looked_up_again_after_a_while(clock: list[float]) -> None:
    seen: list[int] = []
    for seconds in (0, 5, 4.9, 0.2, 3):
        clock[0] += seconds
        for_a_while("it", lambda: seen.append(1))
    assert len(seen) == 2


@pytest.mark.parametrize(("method", "times"), [("GET", 1), ("POST", 2), ("DELETE", 2)])
def test_it_is_looked_up_again_once_somebody_does_something(rf, clock: list[float], method: str, times: int) -> None:
    seen: list[int] = []
    for _ in range(2):
        for_a_while("it", lambda: seen.append(1))
        OneReadingMiddleware(lambda request: None)(rf.generic(method, "/"))
    assert len(seen) == times


def test_what_is_older_is_not_kept(clock: list[float]) -> None:
    for person in range(3):
        for_a_while(("unread", person), lambda: 1)
        clock[0] += 6
    assert list(module._kept) == [("unread", 1), ("unread", 2)]
