"""The page of a benchmark and that of an output: the answer first, everything else under an anchor, nothing forbidden."""

import json
import re

import pytest

from primacy.assessment.told.consequences import Answer, Consequences
from primacy.framework import load

pytestmark = pytest.mark.django_db
FRAMEWORK = load()
LANGUAGES = ("en", "fr", "ar")


@pytest.fixture
def read(client, people, country):
    def page(path: str, language: str = "en", role: str = "administrator") -> str:
        client.force_login(people[role])
        client.cookies["django_language"] = language
        answer = client.get(path)
        assert answer.status_code == 200
        return answer.content.decode()

    return page


def test_what_it_meant_for_people_comes_before_the_finding(read):
    page = read("/benchmarks/O2.M2/")
    assert (
        page.index("412 people were killed")
        < page.index("between 16\u00a0% fewer and 31\u00a0% more")
        < page.index('class="contents"')
    )


@pytest.mark.parametrize("id", ["O2.M2", "O1.S1", "O5.L2"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_anchor_of_the_contents_is_on_the_page_and_no_id_stands_twice(read, id, language):
    page = read(f"/benchmarks/{id}/", language)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    contents = re.search(r'<nav class="contents".*?</nav>', page, re.DOTALL)
    assert contents is not None
    assert set(re.findall(r'href="#([^"]+)"', contents[0])) <= set(ids)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chart_is_told_and_stands_beside_its_numbers(read, language):
    page = read("/benchmarks/O2.M2/", language)
    told = re.findall(r'<svg [^>]*class="picture"[^>]*aria-label="([^"]+)"', page)
    assert len(told) == 2  # wide, and narrow for phones
    assert all("2026" in each for each in told)
    table = re.search(r'<section class="card" id="series">.*?</section>', page, re.DOTALL)
    assert table is not None
    assert table[0].count("<tr>") == 49  # a head and 48 months


@pytest.mark.parametrize("path", ["/benchmarks/O2.M2/", "/benchmarks/O2.M2/map/", "/outputs/O2/"])
def test_nothing_is_written_into_the_page_that_its_policy_forbids(read, path):
    page = read(path)
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)", page)
    assert "://" not in page.replace("http://www.w3.org/2000/svg", "")


def test_groups_stand_with_their_margins_where_their_question_is_asked(read, country, monkeypatch):
    assert 'id="groups"' not in read("/benchmarks/O2.M2/")  # its invented answers belong to no question of it
    day, question = country.stored[0].as_of, "survey/knows-how-to-vote"
    answers = tuple(Answer(question, "share", group, 0.5, 0.45, 0.55, 600.0, day) for group in ("sex=f", "sex=m"))
    monkeypatch.setattr(country, "people", lambda **_: Consequences(day, day, answers=answers))
    groups = re.search(r'id="groups">.*?</section>', read("/benchmarks/O5.S6/"), re.DOTALL)
    assert groups is not None
    assert groups[0].count("50 % <span") == 2
    assert groups[0].count("(45 % – 55 %)") == 2


def test_each_number_of_the_rule_says_where_it_comes_from(read):
    rule = re.search(r'id="rule">.*?</section>', read("/benchmarks/O2.M2/"), re.DOTALL)
    assert rule is not None
    assert rule[0].count('class="tag') == len(FRAMEWORK.benchmarks["O2.M2"].thresholds)


def test_what_belongs_to_it_is_what_the_framework_says(read):
    related = re.search(r'id="related">.*?</section>', read("/benchmarks/O2.M2/"), re.DOTALL)
    assert related is not None
    expected = {
        id for entries in (FRAMEWORK.risks, FRAMEWORK.trade_offs, FRAMEWORK.activities)
        for id, each in entries.items() if "O2.M2" in each.benchmarks
    }  # fmt: skip
    assert expected == set(re.findall(r"/(O\d\.[RTA]\d+)/", related[0]))


def test_the_outlines_hold_names_and_words_and_nothing_else(read):
    areas = json.loads(read("/benchmarks/O2.M2/areas.geojson"))
    assert {key for each in areas["features"] for key in each["properties"]} == {"name", "words", "filling", "disputed"}
    assert {each["properties"]["filling"] for each in areas["features"]} >= {"unknown"}  # one that nobody looked at


@pytest.mark.parametrize("output", [each.id for each in FRAMEWORK.outputs])
def test_an_output_lists_each_of_its_benchmarks_once_with_its_status(read, country, output):
    page = read(f"/outputs/{output}/")
    own = [id for id in FRAMEWORK.benchmarks if id.startswith(f"{output}.")]
    for id in own:
        entry = re.search(rf'<a class="title" href="/benchmarks/{id}/">.*?status-word">([^<]+)<', page, re.DOTALL)
        assert entry is not None
        assert entry[1].lower() == country.statuses[id]
    assert page.count('class="status-word"') == len(own)


def test_a_finding_without_any_series_says_what_to_collect_and_draws_nothing(read, country):
    id = next(id for id, status in country.statuses.items() if status == "insufficient evidence")
    page = read(f"/benchmarks/{id}/")
    assert 'id="collect"' in page
    assert 'class="picture"' not in page
