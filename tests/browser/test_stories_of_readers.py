"""Whole stories in a browser: a leader compares two months and signs a differing view; somebody who reads Arabic and
has no pointer finds a word of the framework."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FAR = 60  # presses of a key after which somebody gives up
CORE = "Violence on civilians"


def test_a_leader_compares_two_months_and_signs_a_differing_view(visits, two):
    seen = visits(role="leader")
    page = seen.open("/assessments/")
    page.click("nav >> text=Compare")
    page.click("form.pair button")
    assert CORE not in page.inner_text("main section#statuses, main")
    compared = page.url
    seen.open(f"/benchmarks/O2.M2/?assessment={two.after}")
    assert page.locator("main .status-view-due").count() > 0
    differing = "reversed"
    page.check(f"input[name=status][value='{differing}']")
    page.fill("form:has(input[name=status]) textarea", "The attack in June changed everything.")
    page.click("form:has(input[name=status]) button")
    page.wait_for_load_state()
    text = page.inner_text("main")
    assert "Your view is kept and signed." in text
    assert "The attack in June changed everything." in text
    page.goto(compared)
    assert CORE in page.inner_text("main")
    page.goto(f"{seen.home}/assessments/{two.after}/")
    assert "draft, not signed" in page.inner_text(".classification")
    page.click("#sign-off button")
    assert "The assessment is signed off." in page.inner_text("main")
    assert "draft" not in page.inner_text(".classification")
    assert seen.complaints == []


def focused(page) -> str:
    return page.evaluate("(document.activeElement.innerText || document.activeElement.name || '').trim()")


def tab_to(page, words: str) -> None:
    """Press the tab key until what is focused says so."""
    for _press in range(FAR):
        page.keyboard.press("Tab")
        if words in focused(page):
            return
    pytest.fail(f"{words} is not reached by the tab key")


def test_somebody_who_reads_arabic_finds_a_word_with_the_keyboard_alone(visit):
    seen = visit(role="reader", language="ar")
    page = seen.open("/")
    assert page.get_attribute("html", "dir") == "rtl"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    tab_to(page, "الإطار")
    page.keyboard.press("Enter")
    page.wait_for_url("**/framework/")
    tab_to(page, "q")
    page.keyboard.type("الحوار")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    first = page.inner_text("main a.title >> nth=0")
    tab_to(page, first)
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"  # whoever has no pointer must see where they are
    page.keyboard.press("Enter")
    page.wait_for_url("**/framework/O*/")
    assert first in page.inner_text("h1")
    page.keyboard.press("?")
    page.wait_for_url("**/help/")
    assert page.inner_text("h1") == "مساعدة"
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert seen.complaints == []
