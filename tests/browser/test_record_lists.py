"""A list as a working tool, by the keyboard alone: narrowed, kept as a view, many changed and changed back, a table brought
in and corrected, two versions compared. What is drawn is readable by everybody, also on a phone in Arabic."""

from datetime import date

import pytest
from tests.safety.record_house import VALUES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TABLE = "Day,Place,With whom,How,Subject\n2026-06-09,OST,unions,call,the roll\n2026-06-10,OST,media,telegram,the list\n"


@pytest.fixture
def contacts(people, instance_folder):
    from primacy.access.posts import Post
    from primacy.records import services
    from primacy.records.queries import record_types

    analyst, type_ = people["analyst"], record_types()["contact"]
    Post.objects.create(person=analyst, component="political-affairs", since=date(2020, 1, 1))
    for number, way in enumerate(("call", "call", "meeting")):
        values = {**VALUES["contact"], "way": way, "subject": f"talk {number}", "confidentiality": 1, "group": None}
        services.create(by=analyst, type_=type_, values=values)
    return type_.model


def press(page, what: str, key: str = "Enter") -> None:
    """Enter leads to another page, and is waited for."""
    page.locator(what).first.focus()
    if key == "Enter":
        with page.expect_navigation():
            page.keyboard.press(key)
    else:
        page.keyboard.press(key)


def test_a_list_is_worked_with_by_the_keyboard(visits, contacts, faults) -> None:
    seen = visits("analyst")
    page = seen.open("/records/contact/")
    page.locator("#id_way").focus()
    page.keyboard.type("call")
    press(page, ".record-search button")
    assert page.locator("tbody tr").count() == 2
    page.locator("#id_name").focus()
    page.keyboard.type("Calls")
    press(page, "#id_name")
    assert page.inner_text(".views [aria-current]") == "Calls"
    assert faults(page) == []

    press(page, "#bulk [name=all]", "Space")
    page.locator("#bulk-action").focus()
    page.keyboard.type("change")
    press(page, "#bulk button")
    assert "on 2 records" in page.inner_text(".lead")
    assert faults(page) == []
    page.locator("#id_level").focus()
    page.keyboard.type("Confidential")
    press(page, "main .stacked button")
    assert contacts.objects.filter(confidentiality=2).count() == 2
    press(page, "main form button")
    assert "undone" in page.inner_text(".lead")
    assert contacts.objects.filter(confidentiality=1).count() == 3

    page = seen.open("/records/contact/import/")
    assert faults(page) == []
    page.set_input_files("#id_file", {"name": "t.csv", "mimeType": "text/csv", "buffer": TABLE.encode()})
    press(page, "main .stacked button")
    press(page, "[name=look]")
    assert "1 can be imported" in page.inner_text(".lead")
    assert "none of the words" in page.inner_text("main")
    assert faults(page) == []
    press(page, "[name=import]")
    assert "1 new" in page.inner_text(".lead")
    sheet = page.url.removeprefix(seen.home)
    assert contacts.objects.count() == 4

    one = contacts.objects.filter(version=3).first()
    page = seen.open(f"/records/contact/{one.pk}/history/?from=1&to=2")
    assert (page.inner_text("del"), page.inner_text("ins")) == ("Internal", "Confidential")
    assert faults(page) == []
    phone = visits("analyst", "ar", 360, dark=True)
    for path in (
        "/records/contact/",
        sheet,
        f"/records/contact/{one.pk}/history/?from=1&to=2",
        f"/records/contact/{one.pk}/who/",
    ):
        page = phone.open(path)
        assert page.evaluate(SIDEWAYS) <= 0, path
        assert faults(page) == []
    assert seen.complaints + phone.complaints == []
