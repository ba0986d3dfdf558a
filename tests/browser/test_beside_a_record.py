"""One story: a photograph and a relation beside a contact, and its way out when its period is over, with and without
JavaScript, on a phone and on a desk."""

from datetime import date

import pytest

from primacy.records.tests.picture_bytes import exif, jpeg, segment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LONG_AGO = date(2010, 6, 2)


def test_a_photograph_is_cleaned_a_contact_is_related_and_goes_when_two_people_agree(
    visits, instance_folder, people, faults
):
    from tests.safety.record_house import House

    from primacy.access.posts import Post
    from primacy.records.queries import record_types

    house = House(record_types(), people=dict(people))
    for role in ("analyst", "leader"):
        Post.objects.create(person=people[role], component="political-affairs", since=date(2020, 1, 1))
    old = house.write(people["analyst"], "contact", day=LONG_AGO, subject="talks on the road")
    house.write(people["analyst"], "contact", subject="opening of the road")
    photograph = {"name": "bridge.jpg", "mimeType": "image/jpeg", "buffer": jpeg(segment(0xE1, b"Exif\0\0" + exif()))}

    desk = visits(role="analyst")
    page = desk.open(f"/records/contact/{old.pk}/")
    page.click("#files summary:has-text('Attach a file')")
    page.set_input_files("#files input[type=file]", photograph)
    page.check("#files input[type=checkbox]")
    page.click("#files button:has-text('Attach')")
    page.wait_for_selector("text=It is attached.")
    assert "the place where it was made" in page.inner_text("#files")
    page.fill("#tag-name", "road")
    page.click("text=Tag it")
    page.click("text=Relate it to another record")
    page.select_option("select[name=kind]", "follows~")
    page.check("input[name=to]")
    page.click("button:has-text('Relate')")
    assert "was followed by" in page.inner_text("#relations")
    assert "Tagged: road" in page.inner_text("#timeline")
    assert faults(page) == []
    for other in ("/records/tags/", f"/records/contact/{old.pk}/relate/", f"/records/contact/{old.pk}/timeline/"):
        assert faults(desk.open(other)) == []
    desk.open(f"/records/contact/{old.pk}/")
    page.click("text=Retention, legal hold, redaction")
    page.select_option("select[name=ground]", "schedule")
    page.fill("textarea[name=because] >> nth=0", "ten years are over")
    page.click("text=Ask for it")
    assert "You asked for it; somebody else must agree." in page.inner_text("main")

    phone = visits(role="leader", width=360, script=False)
    assert faults(desk.open("/records/retention/")) == []
    page = phone.open("/records/retention/")
    assert page.locator(".card").count() >= 3
    page.click("summary:has-text('Decide')")
    page.click("button:has-text('Agree')")
    page = phone.open(f"/records/contact/{old.pk}/")
    text = page.inner_text("main")
    assert "It went when its period was over." in text
    assert "ten years are over" in text
    assert "talks on the road" not in text
    for address in (f"/records/contact/{old.pk}/", "/records/retention/"):
        narrow = visits(role="leader", width=360, language="ar").open(address)
        assert narrow.evaluate(SIDEWAYS) <= 0
    assert desk.complaints == phone.complaints == []
    assert desk.elsewhere == []
