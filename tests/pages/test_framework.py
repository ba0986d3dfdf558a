"""The framework's own pages say what the handbook says: counter-pairs, the alarm, and of what each number is asked."""

from html import unescape

import pytest

from primacy.framework import load
from primacy.framework.reading_numbers import asked_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(client, people, country):
    def page(path, language="en"):
        client.force_login(people["administrator"])
        client.cookies["django_language"] = language
        return unescape(client.get(path).content.decode())

    return page


def test_a_benchmark_shows_its_counter_pairs_and_its_alarm(shown):
    framework = load()
    page = shown("/framework/O2.M2/")
    assert "Look at it together with" in page
    assert '<a href="/framework/O2.M6/">' in page
    assert framework.benchmarks["O2.M6"].title in page
    assert "onitoring effort" in page
    assert "the alarm sounds on: attacks on civilians" in page


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_they_are_shown_in_the_readers_language(shown, language):
    page, english = shown("/framework/O2.M2/", language), load()
    assert english.text("O2.M6", "title", language)[0] in page
    assert english.text("O2.M2", "labels.attacks-on-civilians", language)[0] in page
    assert "Look at it" not in page
    assert "alarm sounds" not in page


def test_two_numbers_in_one_unit_are_told_apart_by_what_they_are_asked_of(shown):
    page = shown("/framework/thresholds/")
    benchmark = load().benchmarks["O1.S2"]
    alike = [name for name, each in benchmark.thresholds.items() if each.unit == "share of contacts"]
    assert len(alike) == 2
    for name in alike:
        (indicator,) = asked_of(benchmark)[name]
        assert f'share of contacts<br><span class="small soft">{benchmark.indicators[indicator].label}</span>' in page


def test_each_row_says_by_which_name_the_mission_can_set_it(shown):
    page = shown("/framework/thresholds/")
    for entry in load().measured:
        assert all(asked_of(entry).values()), entry.id
        assert [name for name in entry.thresholds if f'<code class="small" dir="ltr">{name}</code>' not in page] == []


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_handbook_says_what_each_component_is_for(shown, language):
    framework, page = load(), shown("/handbook/", language)
    for id in framework.components:
        assert f'<h3 class="part-title" id="{id}">{framework.text(id, "title", language)[0]}</h3>' in page
        assert framework.text(id, "about", language)[0] in page


def test_a_benchmark_says_who_is_asked_before(shown):
    page = shown("/framework/O2.M2/")
    assert "Asked before" in page
    assert "Child Protection" in page
