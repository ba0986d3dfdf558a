"""The framework's own pages say what the handbook says: counter-pairs, the alarm, and of what each number is asked."""

import gzip
import re
from html import escape, unescape
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from primacy.assessment.told.glossary import glossary
from primacy.assessment.told.indicator_told import indicators_told
from primacy.framework import load
from primacy.framework.reading_numbers import asked_of
from primacy.ui.templatetags.ui import coded

pytestmark = pytest.mark.django_db
FIRST_LOAD = 100_000  # bytes, compressed, of a page with everything that it loads


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


def every_threshold(shown) -> str:
    """The list page after page."""
    pages = [shown("/framework/thresholds/")]
    while 'rel="next"' in pages[-1]:
        pages.append(shown(f"/framework/thresholds/?page={len(pages) + 1}"))
    assert len(pages) > 1
    return "".join(pages)


def test_two_numbers_in_one_unit_are_told_apart_by_what_they_are_asked_of(shown):
    page = every_threshold(shown)
    benchmark = load().benchmarks["O1.S2"]
    alike = [name for name, each in benchmark.thresholds.items() if each.unit == "share of contacts"]
    assert len(alike) == 2
    for name in alike:
        (indicator,) = asked_of(benchmark)[name]
        assert f'share of contacts<br><span class="small soft">{benchmark.indicators[indicator].label}</span>' in page


def test_each_row_says_by_which_name_the_mission_can_set_it(shown):
    page = every_threshold(shown)
    for entry in load().measured:
        assert all(asked_of(entry).values()), entry.id
        assert [name for name in entry.thresholds if f'<code class="small" dir="ltr">{name}</code>' not in page] == []


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_handbook_says_what_each_component_is_for(shown, language):
    framework, page = load(), shown("/handbook/whole/", language)
    for id in framework.components:
        assert f'<h3 class="part-title" id="{id}">{framework.text(id, "title", language)[0]}</h3>' in page
        assert framework.text(id, "about", language)[0] in page


CHAPTERS = [*(each.id for each in load().outputs), "components", "published", "glossary"]


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_chapters_hold_what_the_whole_handbook_holds(shown, language):
    contents, whole = shown("/handbook/", language), shown("/handbook/whole/", language)
    for id in CHAPTERS:
        chapter = shown(f"/handbook/{id}/", language)
        assert f'href="/handbook/{id}/"' in contents
        cards = re.findall(r'<article class="card handbook".*?</article>', chapter, re.DOTALL)
        assert all(re.sub(r'href="/handbook/\w+/#', 'href="#', each) in whole for each in cards), id
        held = [each for each in load().entries if each.startswith(f"{id}.")]
        assert [each for each in held if f'<article class="card handbook" id="{each}">' not in chapter] == []


@pytest.mark.parametrize("id", ["", *(f"{each}/" for each in CHAPTERS)])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_first_load_of_a_page_of_the_handbook_is_light(shown, id, language):
    page = shown(f"/handbook/{id}", language)
    files = [finders.find(each) for each in re.findall(r'(?:href|src)="/static/([^"?]+)"', page)]
    loaded = [page.encode(), *(Path(each).read_bytes() for each in files if each)]
    assert sum(len(gzip.compress(each)) for each in loaded) <= FIRST_LOAD


def test_a_benchmark_says_who_is_asked_before(shown):
    page = shown("/framework/O2.M2/")
    assert "Asked before" in page
    assert "Child Protection" in page


SIGNED = "changed: {by: [planning, police], on: 2025-02-10, because: no mandate for it}\n"


def overlay(folder, content):
    (folder / "framework").mkdir()
    (folder / "framework" / "ours.yaml").write_text(content, "utf-8")


def test_a_page_says_of_each_indicator_what_is_read_and_what_is_enough(shown):
    page = shown("/framework/O1.S2/")
    assert "added up over the last 6 months" in page
    assert "Fewer than 5 in all are too few to tell a share." in page
    for path in ("/framework/O1.R1/", "/framework/O2.T1/"):
        assert "What is enough" in shown(path)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_printed_handbook_says_so_of_every_indicator(shown, language):
    framework, page = load(), shown("/handbook/whole/", language)
    for entry in framework.measured:
        for each in indicators_told(framework, entry, language):
            assert str(coded(escape(each.read))) in page or unescape(str(coded(each.read))) in page, (entry.id, each.id)


def test_a_changed_entry_shows_the_old_value_beside_the_new_one(shown, instance_folder):
    overlay(instance_folder, "id: O2.M2\nthresholds: {fall: {value: 30 %}}\n" + SIGNED)
    page = shown("/framework/O2.M2/")
    card = page[page.index('id="changes"') :].partition("</section>")[0]
    assert all(text in card for text in ("20 %", "30 %", "planning", "no mandate for it", "1 April 2025"))
    assert 'id="changes"' not in shown("/framework/O2.M6/")


@pytest.mark.parametrize(("language", "said"), [("en", "no assessment asks for it"), ("fr", ""), ("ar", "")])
def test_what_was_set_aside_keeps_its_page_and_is_marked_in_the_list(shown, instance_folder, language, said):
    overlay(instance_folder, "id: O2.M3\nretired: true\n" + SIGNED)
    title = load().text("O2.M3", "title", language)[0]
    page = shown("/framework/O2.M3/", language)
    assert title in page
    assert "no mandate for it" in page
    assert said in page
    assert "/propose/O2.M3" not in page
    listed = shown("/framework/", language)
    assert listed.count('href="/framework/O2.M3/"') == 1
    assert title in listed


def test_old_links_to_what_was_set_aside_lead_to_its_page(client, people, country, instance_folder):
    text = "id: ID\nretired: true\n" + SIGNED
    overlay(instance_folder, text.replace("ID", "O2.M2"))
    (instance_folder / "framework" / "risk.yaml").write_text(text.replace("ID", "O1.R1"), "utf-8")
    client.force_login(people["administrator"])
    for path, id in (("/benchmarks/O2.M2/", "O2.M2"), ("/risks/O1.R1/", "O1.R1")):
        assert client.get(path).headers["Location"] == f"/framework/{id}/"
    assert "no mandate for it" in unescape(client.get("/outputs/O2/").content.decode())


def test_the_page_of_changes_shows_an_added_entry_in_full(shown, instance_folder):
    added = (
        "id: O2.M8\ntitle: Roads are open\nshort: Roads\nquestion: Can people travel?\nhorizon: medium\nlead: police\n"
        "indicators: {roads: {kind: figure, measure: share, aggregate: latest, label: roads without a barrier}}\n"
        "thresholds: {open: {value: 80 %, unit: share of roads}}\n"
        "rule: {reaches: {indicator: roads, at_least: open}}\nreversal: []\nmisleads: Nobody travels.\n"
        "collect: [{what: a list of roads, kind: figure, how: ask the drivers}]\n"
    )
    overlay(instance_folder, added + SIGNED.replace("2025-02-10", "2099-02-10"))
    page = shown("/framework/changes/")
    for text in ("Roads are open", "Can people travel?", "roads without a barrier", "80 %"):
        assert text in page


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_handbook_says_where_terms_were_looked_up(shown, language):
    page = shown("/handbook/whole/", language)
    assert "peacekeeping.un.org/fr/building-rule-of-law-and-security-institutions" in page
    assert glossary(load(), language).rest in page
