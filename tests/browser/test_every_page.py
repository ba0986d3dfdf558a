"""Every page in every language, on a phone and at a desk, light and dark: readable by everybody, and of what day it is.

A new page is a row of the table; what is asked of all pages is asked of it from then on.
"""

import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = 360, 1280
PAGES = [
    "/", "/?view=projector", "/?component=force&horizon=medium", "/meetings/", "/meetings/a1b2c3d4e5f6/", "/flashes/",
    "/changes/", "/risks/", "/collect/", "/benchmarks/O2.M2/", "/benchmarks/O3.S1/", "/benchmarks/O2.M2/evidence/",
    "/assessments/", "/evidence/", "/evidence/gaps/", "/evidence/load/", "/framework/", "/framework/thresholds/",
    "/framework/O2.M2/", "/assessments/compare/", "/assessments/3f9c01d2ab44/", "/assessments/verify/",
    "/assessments/back-test/", "/help/", "/help/tours/analyst/", "/search/?q=consent", "/framework/proposals/",
    "/framework/O2.M2/propose/", "/design/", "/people/", "/second-person/", "/password/", "/no-such-page/",
]  # fmt: skip
LOOKS = [  # language, width, dark
    ("en", DESK, False), ("ar", PHONE, True), ("fr", PHONE, False),
]  # fmt: skip
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SQUEEZED = """[...document.querySelectorAll("main :is(td, th, li, p, dd, span, a)")].filter(each => {
  const {width, height} = each.getBoundingClientRect()
  return width < 24 && height > 120 && each.innerText.trim().length > 8
    && getComputedStyle(each).writingMode === "horizontal-tb"
}).map(each => each.innerText.slice(0, 40))"""
"""Words that stand letter under letter, because no room was left for them beside something else."""
OF_WHEN = {"en": ("as of", "cut-off", "signed"), "fr": ("au ", "arrêté le", "sign"), "ar": ("حتى", "الإقفال", "موقع")}


@pytest.fixture
def everything(country, dataset):
    """Pages with something on them: news, and a page kept for a meeting."""
    from primacy.framework import Instance, read_mission

    at = country.keep_meeting(read_mission(Instance.here().mission_file)).at
    country.tell_news(at, "The road to Belwe is open again.", confirmed=True)
    return country


@pytest.mark.parametrize("look", LOOKS, ids=[f"{language} {width}" for language, width, _dark in LOOKS])
def test_every_page_is_readable_by_everybody_and_says_of_when_it_is(visit, everything, faults, look):
    language, width, dark = look
    seen = visit(language=language, width=width, dark=dark)
    found = {path: amiss(seen, path, language, faults) for path in PAGES}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def amiss(seen, path: str, language: str, faults) -> list[str]:
    """What is wrong with a page."""
    seen.complaints.clear()
    seen.elsewhere.clear()
    page: Page = seen.open(path)
    wrong = [*faults(page), *(f"asks {address}" for address in seen.elsewhere)]
    wrong += [each for each in seen.complaints if "404" not in each]
    if (sideways := page.evaluate(SIDEWAYS)) > 0:
        wrong.append(f"{sideways} pixels sideways")
    if (way := page.get_attribute("html", "dir")) != ("rtl" if language == "ar" else "ltr"):
        wrong.append(f"runs {way}")
    wrong += [f"letter under letter: {words}" for words in page.evaluate(SQUEEZED)]
    told = page.inner_text(".classification")
    return wrong + [f"lacks: {word}" for word in OF_WHEN[language] if word not in told]
