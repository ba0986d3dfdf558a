"""The front page as a leader uses it: another day, a meeting, a phone, paper."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = 390, 1280


def test_a_slider_chooses_among_the_stored_days(visit):
    seen = visit(width=DESK)
    page = seen.open("/")
    slider = page.get_by_role("slider", name="As of")
    assert slider.get_attribute("aria-valuetext") == "30 June 2026"
    slider.focus()
    with page.expect_navigation():
        page.keyboard.press("ArrowLeft")
    assert "as of 31 May 2026" in page.inner_text(".classification")
    with page.expect_navigation():
        page.click("a[rel=next]")
    assert "as of 30 June 2026" in page.inner_text(".classification")
    assert seen.complaints == []


def test_without_javascript_the_same_is_a_list_and_a_page_is_narrowed_and_projected(visit):
    page = visit(script=False).open("/")
    page.select_option("#as-of", label="31 May 2026")
    page.click(".as-of button")
    assert "as of 31 May 2026" in page.inner_text(".classification")
    page.click("text=Narrow")
    page.select_option("#horizon", "long")
    page.click(".narrow-form button")
    assert "Only Long term." in page.inner_text("main")
    assert "as of 31 May 2026" in page.inner_text(".classification")
    page.click("text=For a meeting")
    assert not page.locator("[data-print]").is_visible()
    page.click("text=Projector view")
    assert not page.locator(".top").is_visible()
    assert "as of 31 May 2026" in page.inner_text(".classification")
    page.click("text=Leave the projector view")
    assert page.locator(".top").is_visible()


def test_on_a_phone_the_lists_come_before_the_matrix_which_is_a_list_by_output(visit):
    page = visit(width=PHONE).open("/")
    places = [page.locator(each).bounding_box()["y"] for each in ("h1", "#changed", "#risk", "#decide", "#stand")]
    assert places == sorted(places)
    rows = page.locator(".matrix section.row")
    assert rows.count() == 5
    assert {round(each.bounding_box()["x"]) for each in rows.all()} == {round(rows.first.bounding_box()["x"])}
    terms = page.locator(".matrix section.row").first.locator(".term:not(.bare)")
    tops = [each.bounding_box()["y"] for each in terms.all()]
    assert tops == sorted(tops)


def test_paper_has_no_controls_and_says_on_each_sheet_what_the_page_is(visit):
    page = visit().open("/")
    page.emulate_media(media="print")
    for control in (".top", ".within", ".tools", "form", ".button"):
        assert not any(each.is_visible() for each in page.locator(control).all()), control
    assert page.locator(".classification").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('body > header')).display") == "table-header-group"
    grey = page.evaluate("getComputedStyle(document.querySelector('.status-met')).color")
    assert grey == "rgb(0, 0, 0)"
