"""Whoever opens very many protected records within an hour: first others are told, then nothing more is shown."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.safety.record_house import WORD
from tests.safety.test_records import address

from primacy.access.models import AuditEntry
from primacy.access.rights import Looks, table
from primacy.access.services import create_token
from primacy.records.queries.opened import MANY, STOPPED
from primacy.records.services import attachments
from primacy.work.models import Notice
from primacy.work.queries.notices import notices
from primacy.work.services.notices import keep_wishes

pytestmark = pytest.mark.django_db


@pytest.fixture
def small(monkeypatch):
    """Told from the third record on, stopped after the fourth."""
    few = dict.fromkeys(table().looks, Looks(3, 4))
    monkeypatch.setattr("primacy.records.services.looking.table", lambda: type("Few", (), {"looks": few}))


@pytest.fixture
def polly(house):
    return house.person("polly", "political-affairs")


def deeds() -> list[str]:
    return [each.deed for each in AuditEntry.objects.filter(actor="polly", deed__in=(MANY, STOPPED))]


def test_from_the_third_on_others_are_told_and_after_the_fourth_nothing_is_shown(
    house, as_, people, small, polly
) -> None:
    records, browser = [house.write(polly, "contact", confidentiality=3) for _ in range(6)], as_(polly)
    told = []
    for each in records:
        page = browser.get(address("record", "contact", each.pk))
        told.append((page.status_code, WORD in page.content.decode(), *deeds()))
    assert told == [
        (200, True), (200, True), (200, True, MANY), (200, True, MANY), (429, False, MANY, STOPPED), (429, False, MANY, STOPPED),
    ]  # fmt: skip
    heard = {each.person.role for each in Notice.objects.filter(what="looks")}
    assert heard == {role for role in table().roles if "lock" in table().roles[role]}
    for door in ("change", "history", "timeline"):
        assert browser.get(address(door, "contact", records[5].pk)).status_code == 429
    assert browser.get(address("record", "contact", records[0].pk)).status_code == 200, "what one knows already"
    entries = AuditEntry.objects.filter(actor="polly", deed="looked at a record")
    assert entries.count() == 5, "what was not shown is no look"
    listening = Notice.objects.filter(what="looks").first().person
    assert "Polly opened very many" in as_(listening).get(reverse("work:notices")).content.decode()


def test_every_door_counts_and_the_same_record_counts_once(house, as_, small, polly, client) -> None:
    records = [house.write(polly, "contact", confidentiality=3) for _ in range(6)]
    browser, headers = as_(polly), {"Authorization": f"Bearer {create_token(person=polly, name='x', days=1)[1]}"}
    type_ = house.types["contact"]
    file = attachments.attach(by=polly, type_=type_, id=records[1].pk, name="a.txt", data=b"words")
    for _again in range(3):
        assert browser.get(address("record", "contact", records[0].pk)).status_code == 200
    assert browser.get(address("attachment", "contact", records[1].pk, attachment_id=file.pk)).status_code == 200
    assert deeds() == []
    assert browser.get(f"/api/v1/records/contact/{records[2].pk}/versions", headers=headers).status_code == 200
    assert deeds() == [MANY]
    whole = browser.get("/api/v1/records/contact", headers=headers)
    assert whole.status_code == 429
    assert WORD not in whole.content.decode()
    assert whole.json()["errors"][0]["do"]
    assert browser.get(reverse("records:list", args=["contact"]) + "?all=1").status_code == 200, (
        "a list names, it opens nothing"
    )
    assert browser.get(f"/api/v1/records/contact/{records[2].pk}", headers=headers).status_code == 200


def test_what_is_not_protected_is_not_counted(house, as_, small, polly) -> None:
    records, browser = [house.write(polly, "contact", confidentiality=1) for _ in range(6)], as_(polly)
    assert {browser.get(address("record", "contact", each.pk)).status_code for each in records} == {200}
    assert deeds() == []


def test_after_an_hour_one_goes_on(house, as_, small, polly, monkeypatch) -> None:
    records, browser = [house.write(polly, "contact", confidentiality=3) for _ in range(6)], as_(polly)
    answers = [browser.get(address("record", "contact", each.pk)).status_code for each in records]
    assert answers[-1] == 429
    later = timezone.now() + timedelta(minutes=61)
    monkeypatch.setattr(
        "primacy.records.queries.opened.timezone", type("Later", (), {"now": staticmethod(lambda: later)})
    )
    assert browser.get(address("record", "contact", records[5].pk)).status_code == 200


def test_a_forbidden_record_is_a_missing_one_for_who_was_stopped_too(house, as_, small, polly) -> None:
    civi = house.person("civi", "civil-affairs")
    own = [house.write(civi, "contact", confidentiality=3) for _ in range(5)]
    hidden, browser = house.write(polly, "contact", confidentiality=3), as_(civi)
    assert [browser.get(address("record", "contact", each.pk)).status_code for each in own][-1] == 429
    assert browser.get(address("record", "contact", hidden.pk)).status_code == 404


def test_an_export_of_very_many_is_told_of(house, as_, people, small, polly) -> None:
    for _ in range(3):
        house.write(polly, "contact", confidentiality=3)
    assert as_(polly).get(reverse("records:export", args=["contact", "csv"])).status_code == 200
    assert deeds() == [MANY]
    assert Notice.objects.filter(what="looks", person=people["leader"]).exists()


def test_the_notice_names_the_person_to_who_may_lock_down_and_cannot_be_wished_away(
    house, as_, people, small, polly
) -> None:
    keep_wishes(
        by=people["leader"], muted=["named", "comment", "task", "due", "shared", "view", "looks"], digest="", address=""
    )
    for each in [house.write(polly, "contact", confidentiality=3) for _ in range(3)]:
        as_(polly).get(address("record", "contact", each.pk))
    named = {
        role: [each.title for each in notices(viewer=people[role])] for role in ("leader", "administrator", "reader")
    }
    assert named["leader"] == named["administrator"] == ["polly opened very many protected records within an hour"]
    assert named["reader"] == []
    browser = as_(people["administrator"])
    page = browser.post(reverse("work:notice", args=[notices(viewer=people["administrator"])[0].notice.pk]))
    assert page.url == reverse("access:sign-ins", args=[polly.pk])
    people["leader"].role = "reader"
    people["leader"].save()
    assert notices(viewer=people["leader"]) == []


def test_the_table_says_for_every_role_how_much_is_very_much() -> None:
    assert set(table().looks) == set(table().roles)
    assert all(0 < each.told < each.stop for each in table().looks.values())
