"""What records tell the evidence, and what their pages say around them."""

import re
from datetime import date

import pytest
from django.urls import reverse
from tests.safety.record_house import WORD

from primacy.evidence.bringing.entered import OF_RECORDS
from primacy.evidence.services import keep_points
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


@pytest.mark.parametrize(("levels", "told"), [((2, 3), False), ((1, 2), True), ((0,), True)])
def test_a_data_set_that_is_confidential_throughout_is_listed_for_those_who_see_lines_only(
    house, client, people, levels, told
) -> None:
    point = {
        "kind": "patrol-days",
        "measure": "days",
        "value": 1.0,
        "date": date(2024, 5, 1),
        "until": date(2024, 5, 1),
    }
    rows = [point | {"area": "XX", "level": 0, "item": f"p{level}", "confidentiality": level} for level in levels]
    version = keep_points(
        by=people["analyst"], instance=Instance.here(), name="Zandvoort network", lineage="mapping/list", rows=rows
    )
    for role, there in (("reader", told), ("leader", told), ("analyst", True)):
        client.force_login(people[role])
        assert ("Zandvoort" in client.get("/evidence/").content.decode()) is there
        # Where rows are told without their source, there is none to choose.
        apart = role == "analyst" or 0 in levels
        for page in ("/evidence/points/", "/evidence/points/?by=series"):
            assert ("Zandvoort" in client.get(page).content.decode()) is apart
        assert client.get(f"/evidence/{version.id}/").status_code == (200 if there else 404)
        assert (f"/evidence/{version.id}/" in client.get("/search/?q=Zandvoort").content.decode()) is there


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
