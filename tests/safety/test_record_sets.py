"""What records tell the evidence, and what their pages say around them."""

import re

import pytest
from django.urls import reverse
from tests.safety.record_house import WORD

from primacy.evidence.bringing.entered import OF_RECORDS
from primacy.evidence.store.store import Store
from primacy.framework import Instance
from primacy.records.services import send_waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(house):
    """A contact of a named author that has reached the evidence."""
    record = house.write(house.person("author-x", "civil-affairs"), "contact", confidentiality=2)
    send_waiting()
    (version,) = Store(Instance.here().evidence).versions()
    return record, version


def test_data_sets_of_records_are_listed_for_those_who_see_lines_only(house, sent, client, people) -> None:
    _record, version = sent
    assert version.lineage == f"{OF_RECORDS}/contact"
    for role, there in (("reader", False), ("leader", False), ("analyst", True)):
        client.force_login(people[role])
        assert (version.id in client.get("/evidence/").content.decode()) is there
        page = client.get(f"/evidence/{version.id}/")
        assert page.status_code == (200 if there else 404)
        assert "author-x" not in page.content.decode()


def test_nothing_of_the_words_of_a_record_is_in_the_store(sent) -> None:
    _record, version = sent
    rows = [row for batch in Store(Instance.here().evidence).content(version.id) for row in batch.to_pylist()]
    assert [row["kind"] for row in rows] == ["contact"]
    assert WORD not in str(rows)
    assert "author-x" not in str(rows) + version.model_dump_json()


def test_the_title_of_a_window_says_nothing_of_the_record(house, sent, as_) -> None:
    record, _version = sent
    browser = as_(house.people["author-x"])
    for door in ("record", "change", "history"):
        page = browser.get(reverse(f"records:{door}", args=["contact", record.pk])).content.decode()
        assert WORD not in re.search("<title>(.*?)</title>", page, re.S)[1]
        assert WORD in page
