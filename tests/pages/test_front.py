"""The front page says what there is to compare with."""

import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from html import unescape
from types import SimpleNamespace

import pytest

from primacy.assessment.templatetags.headlines import headline

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


def listed(page):
    """(value, whether the slider leaves it out, words) of each choice in the list of days."""
    found = re.findall(
        r'<option value="([0-9a-f]*)"([^>]*)>([^<]*)</option>', page.split('id="as-of"')[1].split("</select>")[0]
    )
    return [(value, "data-older" in more, words) for value, more, words in found]


def test_assessments_of_one_day_are_told_apart_and_the_slider_shows_one(client, people, country):
    newest, before = country.stored
    early = newest.created - timedelta(days=2)
    again = replace(newest, id="77aa01d2ab45", created=early, known=early, purpose="monthly meeting")
    country.stored = [newest, again, before]
    client.force_login(people["reader"])
    seen = listed(unescape(client.get("/").content.decode()))
    assert [(value, older) for value, older, _words in seen] == [("", False), (again.id, True), (before.id, False)]
    (_, _, first), (_, _, second), (_, _, alone_of_its_day) = seen
    assert "known by" in first
    assert "monthly meeting" in second
    assert first != second
    assert "known by" not in alone_of_its_day
    page = unescape(client.get("/").content.decode())
    assert f'rel="prev" href="?assessment={before.id}"' in page


def test_one_with_its_knowledge_set_back_never_stands_for_its_day(client, people, country, monkeypatch):
    newest, before = country.stored
    odd = replace(newest, id="77aa01d2ab45", set_back=True)
    country.stored = [odd, newest, before]
    monkeypatch.setattr(country, "latest", lambda **_asked: newest)
    client.force_login(people["reader"])
    seen = listed(unescape(client.get("/").content.decode()))
    assert [(value, older) for value, older, _words in seen] == [(odd.id, True), ("", False), (before.id, False)]


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


def test_after_a_colon_the_message_goes_on_in_small_letters():
    """What a leader is shown while views are owed."""
    counts = Counter({"view due": 2, "met": 1})
    told = headline(SimpleNamespace(headline=SimpleNamespace(since=None), counts=counts, applicable=3))
    assert told.startswith("Of the 3 benchmarks shown to you now: of three benchmarks")


def test_an_address_that_leads_nowhere_is_told_whole(client, people, country):
    client.force_login(people["reader"])
    answer = client.get("/?area=NOPE")
    assert answer.status_code == 404
    assert "/?area=NOPE</bdi>" in answer.content.decode()
