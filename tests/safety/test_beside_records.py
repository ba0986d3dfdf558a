"""Files, tags, relations, timelines and retention of every type: what is hidden is hidden here as everywhere."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_thread(house, as_):
    from django.core.files.uploadedfile import SimpleUploadedFile

    civi = house.person("civi", "civil-affairs")
    contact = house.write(civi, "contact", confidentiality=1)
    browser = as_(civi)
    url = reverse("records:record", args=["contact", contact.pk])
    assert browser.get(url).status_code == 200
    given = {"file": SimpleUploadedFile("notes.txt", b"the zanzibar notes"), "looked": "on"}
    assert browser.post(reverse("records:attach", args=["contact", contact.pk]), given).status_code == 302
    page = browser.get(url).content.decode()
    assert "notes" in page
    assert browser.post(reverse("records:tag", args=["contact", contact.pk]), {"name": "harvest"}).status_code == 302
    for name in ("timeline", "relations", "relate", "dispose"):
        assert browser.get(reverse(f"records:{name}", args=["contact", contact.pk])).status_code == 200, name
    assert browser.get(reverse("records:retention")).status_code == 200
