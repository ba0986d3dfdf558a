"""Whoever may be the second person hears that something waits, and not what; no longer when it is decided."""

from datetime import timedelta

import pytest
from django.utils import timezone

from primacy.access import vouching
from primacy.access.models import User
from primacy.access.posts import Asked
from primacy.work.models import Notice
from primacy.work.queries.notices import notices, unmailed, unread
from primacy.work.services.digests import message
from primacy.work.services.notices import keep_wishes

pytestmark = pytest.mark.django_db

TITLE = "Something waits for you as the second person"


@pytest.fixture
def people() -> dict[str, User]:
    roles = {"ana": "administrator", "bo": "administrator", "lena": "leader", "paul": "reader"}
    came = {"last_login": timezone.now()}
    return {name: User.objects.create(username=name, role=role, **came) for name, role in roles.items()}


def ask(people: dict[str, User], about: str = "paul", role: str = "analyst") -> None:
    vouching.ask(by=people["ana"], person=people[about], deed="role", given={"role": role})


def told(people: dict[str, User]) -> set[str]:
    return {name for name, each in people.items() if unread(each)}


@pytest.mark.parametrize(("about", "hear"), [("paul", {"bo", "lena"}), ("bo", {"lena"})])
def test_those_hear_of_it_who_may_agree_and_neither_who_asked_nor_whom_it_is_about(people, about, hear) -> None:
    ask(people, about)
    assert told(people) == hear


def test_the_notice_says_neither_what_nor_for_whom_nor_who_asked(client, people) -> None:
    ask(people)
    kept = Notice.objects.filter(person=people["lena"]).values("what", "about", "key", "occasion").get()
    client.force_login(people["lena"])
    page = client.get("/notices/").content.decode()
    assert "paul" not in f"{kept} {page}"
    assert "ana" not in f"{kept} {page}"
    assert TITLE in page
    assert 'aria-label="1 notice to read"' in client.get("/tasks/").content.decode()
    assert client.post(f"/notices/{Notice.objects.get(person=people['lena']).pk}/").url == "/second-person/"


@pytest.mark.parametrize("agreed", [True, False])
def test_it_is_gone_for_everybody_when_it_is_decided_and_back_when_something_else_waits(people, agreed) -> None:
    ask(people)
    vouching.decide(by=people["lena"], number=Asked.objects.get().pk, agreed=agreed)
    assert told(people) == set()
    assert notices(viewer=people["bo"]) == []
    ask(people, role="duty-officer")
    assert told(people) == {"bo", "lena"}


def test_it_is_gone_when_it_is_asked_for_no_more(people) -> None:
    ask(people)
    Asked.objects.update(at=timezone.now() - vouching.LASTS - timedelta(minutes=1))
    assert told(people) == set()


def test_a_role_that_was_lost_takes_the_notice_along(people) -> None:
    ask(people)
    people["lena"].role = "reader"
    people["lena"].save()
    assert told(people) == {"bo"}


def test_nobody_can_wish_not_to_be_told_and_the_digest_counts_it(people, settings) -> None:
    settings.MAIL = type("Mail", (), {"site": "https://x.example", "sender": "a@x.example", "domains": ["x.example"]})
    keep_wishes(by=people["lena"], muted=["second"], digest="daily", address="lena@x.example")
    ask(people)
    mail = message(people["lena"], "lena@x.example", unmailed(people["lena"]), timezone.localdate())
    assert "For the safety of the mission: 1" in mail.body
    assert "paul" not in mail.body
