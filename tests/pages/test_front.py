"""The front page says what there is to compare with."""

from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest

pytestmark = pytest.mark.django_db
FIRST, NONE, SINCE = (
    "No assessment of its kind was made before it",
    "No status differs from the assessment",
    "Every status is as it was on",
)


def alone(newest, before):
    return [newest]


def of_one_day(newest, before):
    return [newest, replace(before, as_of=newest.as_of, created=newest.created - timedelta(hours=2))]


def of_an_earlier_day(newest, before):
    return [newest, before]


STORED = [(alone, FIRST), (of_one_day, NONE), (of_an_earlier_day, SINCE)]


@pytest.mark.parametrize(("stored", "says"), STORED, ids=[each[0].__name__ for each in STORED])
def test_where_no_status_differs_it_is_said_from_what(client, people, country, monkeypatch, stored, says):
    country.stored = stored(*country.stored)
    monkeypatch.setattr(country, "changes", lambda **_asked: [])
    client.force_login(people["reader"])
    page = unescape(client.get("/").content.decode())
    assert [each for each in (FIRST, NONE, SINCE) if each in page] == [says]


UNHEARD = [
    # who        counts up to   says                                             never says
    ("analyst",  None,          "1 place nobody has heard from",                 "protected evidence is left out"),
    ("leader",   1,             "1 place of which nothing that you may see",     "nobody has heard"),
    ("reader",   1,             "1 place of which nothing that you may see",     "nobody has heard"),
]  # fmt: skip


@pytest.mark.parametrize(("role", "level", "says", "never"), UNHEARD, ids=[each[0] for each in UNHEARD])
def test_what_a_reader_may_not_see_is_not_told_as_not_there(
    client, people, country, monkeypatch, role, level, says, never
):
    asked = []
    monkeypatch.setattr("primacy.assessment.pages.front.unheard", lambda *_a, **more: asked.append(more) or ["OST"])
    client.force_login(people[role])
    page = unescape(client.get("/").content.decode())
    assert says in page
    assert never not in page
    assert [each["level"] for each in asked] == [level]
