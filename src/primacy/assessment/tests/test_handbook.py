"""The framework as a handbook: everything is in it, in every language, in plain words."""

import re
from datetime import date
from pathlib import Path

import pytest

from primacy.assessment.told import handbook, handbook_lines
from primacy.assessment.told.sentences import date_text
from primacy.framework import load
from primacy.framework.languages import codes
from primacy.framework.values import beside_unit
from primacy.ui.wording import day_text

FRAMEWORK = load()
PAGES = {
    language: {
        page.id: page
        for chapter in handbook.chapters(FRAMEWORK, language)
        for _heading, pages in chapter.parts
        for page in pages
    }
    for language in codes()
}


@pytest.mark.parametrize("language", codes())
def test_every_entry_has_its_page_and_every_section_says_something(language: str) -> None:
    assert list(PAGES[language]) == [
        id
        for output in FRAMEWORK.outputs
        for collection in (FRAMEWORK.activities, FRAMEWORK.benchmarks, FRAMEWORK.risks, FRAMEWORK.trade_offs)
        for id, each in collection.items()
        if each.output == output.id
    ]
    for page in PAGES[language].values():
        assert page.title
        assert page.opening
        assert all(section.heading and all(section.lines) for section in page.sections), page.id


def test_every_threshold_says_where_it_comes_from() -> None:
    for entry in FRAMEWORK.measured:
        text = "\n".join(handbook_lines.lines(PAGES["en"][entry.id], "en"))
        for name, threshold in entry.thresholds.items():
            number = str(beside_unit(threshold.value, threshold.unit)).replace("-", "−")
            assert f"`{name}`: {number}, {threshold.unit} (" in text


def test_a_difference_of_shares_is_told_in_points() -> None:
    text = "\n".join(handbook_lines.lines(PAGES["en"]["O4.S5"], "en"))
    assert "`rise`: 5, percentage points of all people asked (" in text


@pytest.mark.parametrize("language", codes())
def test_nothing_of_a_template_is_left(language: str) -> None:
    for page in PAGES[language].values():
        assert not re.search(r"\{\}|\{[a-z_]+(:\w+)?\}|None", "\n".join(handbook_lines.lines(page, language))), page.id


def test_french_keeps_its_punctuation_on_the_line() -> None:
    text = "\n".join(handbook_lines.document(FRAMEWORK, "fr"))
    words = re.sub(r"`[^`]*`|https?:\S+", "", text)
    sources = [each.source for each in FRAMEWORK.published.values()]  # titles of publications, as they were published
    for source in sources:
        words = words.replace(source, "")
    assert [line for line in words.splitlines() if re.search(r"[ \w»)][:;?!](?=\s|$)|«[ \w]", line)] == []


DAYS = [("en", 1, "1 July 2026"), ("fr", 1, "1er juillet 2026"), ("fr", 11, "11 juillet 2026")]


@pytest.mark.parametrize(("language", "day", "said"), DAYS)
def test_the_first_of_a_month_is_said_as_the_language_has_it(language: str, day: int, said: str) -> None:
    assert day_text(date(2026, 7, day), language) == said
    assert date_text(f"2026-07-{day:02}", language) == said


def test_every_benchmark_says_who_is_asked_before_and_none_of_them_works_on_it_anyway() -> None:
    for each in FRAMEWORK.benchmarks.values():
        assert each.consulted, each.id
        assert set(each.consulted) <= set(FRAMEWORK.components), each.id
        assert set(each.consulted) & {each.lead, *each.with_} == set(), each.id


@pytest.mark.parametrize("language", codes())
def test_every_component_has_a_page_with_what_it_is_for_and_what_it_does(language: str) -> None:
    document = "\n".join(handbook_lines.document(FRAMEWORK, language))
    for each in FRAMEWORK.components:
        page = handbook.page(FRAMEWORK, each, language)
        assert page.opening == (FRAMEWORK.text(each, "about", language)[0],)
        assert page.sections
        assert page.opening[0] in document


MEANT = [
    ("political-affairs", "political-affairs", []), ("Political Affairs", "political-affairs", []),
    ("O2", "O2", []), ("o2.m2", "O2.M2", []), ("O2M2", "O2.M2", []), ("politcal-affairs", None, ["political-affairs"]),
    ("O2.M22", None, ["O2.M2"]), ("zzz", None, []),
]  # fmt: skip


@pytest.mark.parametrize(("written", "id", "nearest"), MEANT)
def test_an_id_is_found_however_it_is_written_or_the_nearest_are_named(
    written: str, id: str | None, nearest: list[str]
) -> None:
    found, near = handbook.meant(FRAMEWORK, written)
    assert (found, near[:1]) == (id, nearest)


def test_an_output_lists_all_that_belongs_to_it() -> None:
    text = "\n".join(handbook_lines.lines(handbook.page(FRAMEWORK, "O2", "en"), "en"))
    assert [id for id, each in FRAMEWORK.entries.items() if each.output == "O2" and f"- {id} " not in text] == []


def test_every_benchmark_is_threatened_by_a_risk_and_helped_by_an_activity() -> None:
    assert [id for id in FRAMEWORK.benchmarks if not FRAMEWORK.links[id].risks] == []
    assert [id for id in FRAMEWORK.benchmarks if not FRAMEWORK.links[id].activities] == []


ON = date(2026, 5, 1)
SIGNED = "changed: {by: [planning, police], on: 2026-02-10, because: no mandate for it}\n"


def test_a_page_says_what_the_mission_changed_beside_the_standard(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text("id: O2.M2\nthresholds: {fall: {value: 30 %}}\n" + SIGNED, "utf-8")
    framework = load(tmp_path, ON)
    said = list(handbook_lines.lines(handbook.page(framework, "O2.M2", "en"), "en"))
    assert said[-1] == (
        "Changed by the mission: number · percent of the baseline rate · value: 20 % in the standard, 30 % here "
        "(counts from 1 April 2026; signed by planning, police on 10 February 2026: no mandate for it)"
    )
    assert not any(line.startswith("Changed by the mission") for line in lines_of("O2.M6"))


def lines_of(id: str) -> list[str]:
    return list(handbook_lines.lines(handbook.page(FRAMEWORK, id, "en"), "en"))


@pytest.mark.parametrize("language", codes())
def test_what_was_set_aside_keeps_its_page_and_says_so_first(tmp_path: Path, language: str) -> None:
    (tmp_path / "ours.yaml").write_text("id: O2.M2\nretired: true\n" + SIGNED, "utf-8")
    framework = load(tmp_path, ON)
    page = handbook.page(framework, "O2.M2", language)
    assert page.title == FRAMEWORK.text("O2.M2", "title", language)[0]
    assert "no mandate for it" in page.sections[0].lines[0]
    assert "planning, police" in page.sections[0].lines[0].replace("، ", ", ")
    assert handbook.meant(framework, "o2m2") == ("O2.M2", [])
    contents = list(handbook_lines.contents(framework, language))
    assert contents.index(f"  O2.M2  {page.title}") > contents.index(f" {page.sections[0].heading}")


def test_an_alarm_says_how_often_it_may_sound_for_nothing() -> None:
    assert any("it is set to sound without cause about 0.2 times a year" in line for line in lines_of("O2.M2"))


def test_a_rule_no_longer_waits_for_what_was_set_aside(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text("id: O2.S1\nretired: true\n" + SIGNED, "utf-8")
    left = list(handbook_lines.lines(handbook.page(load(tmp_path, ON), "O2.M6", "en"), "en"))
    assert any("After benchmark O2.S1" in line for line in lines_of("O2.M6"))
    assert not any("After benchmark O2.S1" in line for line in left)


def test_what_stands_beside_and_is_no_entry_is_named_in_the_language() -> None:
    said = list(handbook_lines.lines(handbook.page(FRAMEWORK, "O2.M2", "fr"), "fr"))
    assert any("effort d’observation" in line or "effort d'observation" in line for line in said)
    assert not any("monitoring effort" in line for line in said)
