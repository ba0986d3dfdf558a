"""The site as a person meets it: readable for everybody, on a phone and a desk, with and without JavaScript."""

import re
from collections import Counter

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = 360, 1280


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_numbers_of_the_front_page_are_those_of_the_marks_drawn(visit, width):
    page = visit(width=width).open("/")
    marks = [each.get_attribute("data-status") for each in page.locator("[data-status]").all() if each.is_visible()]
    drawn = Counter(marks)
    legend = {
        each.get_attribute("data-of"): int(each.get_attribute("data-count")) for each in page.locator("[data-of]").all()
    }
    assert legend == {status: drawn[status] for status in legend}
    assert sum(legend.values()) == len(marks) == 65
    met, applicable = re.match(r"(\d+) met of (\d+)", page.inner_text("#counts")).groups()
    later = drawn["not yet applicable"]
    assert (int(met), int(applicable)) == (drawn["met"], 65 - drawn["not applicable"] - later)
    assert f"{later} not yet applicable" in page.inner_text("#counts")
    assert f"{drawn['reversed']} reversed" in page.inner_text("#counts")
    assert f"{drawn['insufficient evidence']} lack" in page.inner_text("#counts")


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_sections_stand_in_one_line_at_a_desk_for_whoever_may_enter_all(visit, language):
    page = visit(role="administrator", language=language).open("/")
    sections = page.locator(".top nav a")
    assert sections.count() > 7
    tops = [each.bounding_box()["y"] for each in (*sections.all(), page.locator("a[data-search]"))]
    assert max(tops) - min(tops) < 10


def test_without_javascript_everything_can_be_read_and_done(visit, monkeypatch):
    calls = []
    monkeypatch.setattr(
        "primacy.assessment.pages.stored.run_assessment",
        type("Queue", (), {"using": lambda self, **_: self, "enqueue": lambda self, **asked: calls.append(asked)})(),
    )
    page = visit(script=False).open("/")
    page.click(".named a >> nth=0")
    assert "/benchmarks/" in page.url
    page.goto(page.url.split("/benchmarks/")[0] + "/benchmarks/O2.M2/")
    page.click("summary >> nth=0")
    assert page.locator("details[open] table").is_visible()
    page.click("#evidence a.button")
    assert page.locator("tbody tr").count() == 50
    page.click("a[rel=next]")
    assert "Page 2 of 3" in page.inner_text("main")
    page.click("button[value=ar]")
    assert page.get_attribute("html", "dir") == "rtl"
    assert page.url.endswith("?page=2")
    page.click("button[value=en]")
    page.click("nav >> text=Assessments")
    page.fill("[name=as_of]", "2026-06-30")
    page.click("main button")
    assert calls[0]["as_of"] == "2026-06-30"
    assert page.locator("noscript meta, meta[http-equiv=refresh]").count() == 1
    assert "Waiting to begin" in page.inner_text("main")


def test_with_javascript_the_evidence_opens_inside_the_page(visit):
    seen = visit()
    page = seen.open("/benchmarks/O2.M2/")
    page.click("#evidence a.button")
    page.wait_for_selector("#evidence tbody tr")
    assert page.url.endswith("/benchmarks/O2.M2/")
    page.click("#evidence a[rel=next]")
    page.wait_for_selector("text=Page 2 of 3")
    assert seen.complaints == []


def test_the_first_press_of_the_tab_key_offers_to_skip_to_the_content(visit):
    page = visit().open("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")


def test_an_old_assessment_is_carried_from_page_to_page(visit):
    page = visit().open("/?assessment=77aa01d2ab45")
    assert "31 May 2026" in page.inner_text(".classification")
    page.click(".named a >> nth=0")
    assert page.url.endswith("?assessment=77aa01d2ab45")
    assert "31 May 2026" in page.inner_text(".classification")


def test_before_the_first_assessment_one_button_says_what_to_do(visit, country, faults):
    country.stored = []
    page = visit().open("/")
    assert page.locator("main button").count() == 1
    assert faults(page) == []


def test_a_reader_meets_no_button_that_would_be_refused(visit, country):
    country.stored = []
    assert visit(role="reader").open("/").locator("main button").count() == 0


def test_marks_keep_one_line_in_each_cell_of_a_wide_screen(visit):
    page = visit(width=DESK).open("/")
    for cell in page.locator(".others").all():
        tops = {round(each.bounding_box()["y"]) for each in cell.locator("a").all()}
        assert len(tops) == 1
