"""A compartment from its key to the end of its time, as its members see it, on a desk and on a phone."""

from datetime import timedelta
from typing import Any

import pytest
from tests.safety.sealed_house import CANARY, PASSPHRASE, sealed  # noqa: F401 - a fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LASTS = 10  # seconds


@pytest.fixture
def box(request: pytest.FixtureRequest, people: dict[str, Any]) -> str:
    from primacy.access.posts import Post
    from primacy.compartments import services

    house = request.getfixturevalue("sealed")
    for name, role in (("amina", "leader"), ("bakary", "analyst")):
        person = people[role]
        person.username = name
        person.save()
        Post.objects.create(person=person, component="head-of-mission", since="2020-01-01")
        house.users[name] = person
        house.marks[name] = services.make_key(by=person, passphrase=PASSPHRASE.format(name=name))
    return str(house.make())


def _open(page: Any, box: str) -> None:
    page.locator("[name=passphrase]").fill(PASSPHRASE.format(name="amina"))
    page.locator("main form button").last.click()
    page.wait_for_load_state()


def test_a_member_writes_and_what_was_typed_outlives_the_time(visits, box, monkeypatch) -> None:
    from primacy.compartments import services

    monkeypatch.setattr(services, "LASTS", timedelta(seconds=LASTS))
    seen = visits(role="leader")
    page = seen.open(f"/compartments/{box}/")
    assert CANARY not in page.content()
    _open(page, box)
    assert f"{CANARY} title" in page.inner_text("h1")
    assert "amina" in page.locator(".watermark text").text_content()
    page.goto(f"{seen.home}/compartments/{box}/new/good-offices/")
    page.fill("[name=day]", "2026-06-03")
    page.fill("[name=heading]", "The road")
    page.fill("[name=text]", "Open for three weeks.")
    page.wait_for_selector("[data-closed]:not([hidden])", timeout=4_000 * LASTS)
    assert page.locator("[data-covered]").is_hidden()
    page.wait_for_timeout(2_000)  # a page covers itself a moment before the site closes
    page.locator("[data-closed] button").click()
    _open(page, box)
    assert "The road" in page.inner_text("main")
    page.wait_for_url(f"{seen.home}/compartments/", timeout=4_000 * LASTS)  # it closes by itself
    assert "The road" not in page.content()
    assert [each for each in seen.complaints if "422" not in each] == []


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("ar", 360)])
def test_the_pages_of_a_compartment_are_readable_by_everybody(visits, box, faults, language, width) -> None:
    seen = visits(role="leader", language=language, width=width)
    page = seen.open(f"/compartments/{box}/")
    looks = [(page.url, _look(page, faults))]
    _open(page, box)
    for path in ("", "new/obstruction/", "members/", "score/"):
        page.goto(f"{seen.home}/compartments/{box}/{path}")
        looks.append((page.url, _look(page, faults)))
    assert [each for each in looks if each[1] != ([], True)] == []


def _look(page: Any, faults: Any) -> tuple[list[str], bool]:
    return faults(page), page.evaluate(SIDEWAYS) <= 0
