"""A whole story: a task comes from a record, is found in the head of the page and in the calendar, and is done by keyboard."""

from datetime import date, timedelta

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("script", [True, False])
def test_what_is_asked_under_a_record_is_seen_and_done_by_another(visits, people, country, faults, script):
    from tests.safety.record_house import VALUES

    from primacy.access.models import User
    from primacy.access.posts import Post
    from primacy.records import services
    from primacy.records.queries import record_types

    User.objects.filter(username="a-analyst").update(username="anna")
    for role, component in (("analyst", "political-affairs"), ("leader", "head-of-mission")):
        Post.objects.create(person=people[role], component=component, since=date(2020, 1, 1))
    people["analyst"].refresh_from_db()
    contact = services.create(by=people["analyst"], type_=record_types()["contact"], values={
        **VALUES["contact"], "confidentiality": 1, "group": None, "subject": "The northern road",
    })  # fmt: skip
    seen = visits(role="leader", script=script)
    page = seen.open(f"/records/contact/{contact.pk}/")
    page.fill("#talk textarea", "Well done. @an" if script else "Well done. @anna")
    if script:
        page.locator("#talk textarea").press_sequentially("n")
        page.click("button[data-name='anna']")
    page.click("#comment-form .button")
    assert "@anna" in page.inner_text("#talk")
    page.click("#tasks .button")
    page.select_option("[name=action]", "answer")
    page.fill("[name=owner]", "anna")
    page.fill("[name=due]", (date.today() + timedelta(days=1)).isoformat())  # noqa: DTZ011
    page.click("main form .button")
    other = visits(role="analyst", script=script)
    page = other.open("/")
    assert "2" in page.inner_text("a.notices")
    page.click("a.notices")
    page.click("text=Answer: The northern road")
    page.select_option("[name=state]", "done")
    page.click("main form .button >> nth=0")
    page.goto(f"{other.home}/calendar/")
    assert "Answer: The northern road" in page.inner_text("main")
    assert seen.complaints == other.complaints == []
    if script:
        _looks(visits(role="analyst", language="ar", width=360), faults, contact.pk)


def _looks(arabic, faults, record):
    """The same pages as somebody reads them in Arabic on a phone."""
    for path in ("/tasks/", "/calendar/", "/calendar/?view=agenda", "/notices/", f"/records/contact/{record}/"):
        page = arabic.open(path)
        assert page.evaluate(SIDEWAYS) <= 0, path
        assert faults(page) == [], path
    assert arabic.complaints == []
