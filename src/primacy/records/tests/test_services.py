"""Keeping, changing, restoring and archiving a record, and its way to the evidence and back from it."""

import shutil
from datetime import UTC, date, datetime

import pytest

from primacy.access import chain
from primacy.access.models import AuditEntry, Unchangeable, User
from primacy.access.queries import chain_of_entries
from primacy.evidence.store.store import Store
from primacy.framework import Instance
from primacy.records import queries, services
from primacy.records.models import Draft, Version, Waiting
from primacy.records.tests.written import DAY, FACTS, PUBLISHED, in_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def instance(tmp_path, monkeypatch) -> Instance:
    (tmp_path / "mission.yaml").write_text("country: OST\n", "utf-8")
    monkeypatch.setenv("PRIMACY_DATA", str(tmp_path))
    return Instance(tmp_path)


@pytest.fixture
def contacts(instance):
    return queries.record_types()["contact"]


@pytest.fixture
def polly():
    return in_post("polly", "political-affairs")


def publish(record, contacts):
    """What was changed, checked and published by two others."""
    for name in ("check", "publish"):
        by = User.objects.filter(username=name).first() or in_post(name, "political-affairs", heads=True)
        record.refresh_from_db()
        services.review(by=by, type_=contacts, id=record.pk, version=record.version, name=name)


def counted(instance: Instance) -> list[tuple[str, str, float]]:
    store = Store(instance.evidence)
    if not store.versions():
        return []
    rows = store.fetch(store.rows(as_of=date(2030, 1, 1), known=datetime.now(UTC))).to_pylist()
    return sorted((row["measure"], row["target"], row["value"]) for row in rows)


def test_a_contact_written_changed_archived_and_brought_back_counts_as_it_is(contacts, polly, instance) -> None:
    kept = services.create(by=polly, type_=contacts, values=PUBLISHED)
    assert Waiting.objects.count() == 1
    services.send_waiting()
    assert Waiting.objects.count() == 0
    assert counted(instance) == [("events", "unions", 1.0)]
    services.change(by=polly, type_=contacts, id=kept.pk, version=1,
                    values={"counterpart": "media", "asked_by_counterpart": True})  # fmt: skip
    services.send_waiting()
    assert counted(instance) == [("events", "unions", 1.0)], "what was published counts until the change is"
    publish(kept, contacts)
    services.send_waiting()
    assert counted(instance) == [("events", "media", 1.0), ("initiated_by_counterpart", "media", 1.0)]
    services.archive(by=polly, type_=contacts, id=kept.pk, version=4, because="written twice")
    services.send_waiting()
    assert counted(instance) == []
    services.archive(by=polly, type_=contacts, id=kept.pk, version=5, because="not twice after all")
    services.send_waiting()
    assert counted(instance) == [("events", "media", 1.0), ("initiated_by_counterpart", "media", 1.0)]
    assert [each.deed for each in Version.objects.all()] == [
        "created a record",
        "changed a record",
        "checked a record",
        "published a record",
        "archived a record",
        "brought a record back",
    ]
    assert [each.deed for each in AuditEntry.objects.all()] == [
        "created a record", "changed a record", "checked a record", "published a record", "archived a record", "brought a record back",
    ]  # fmt: skip
    assert chain.verify(chain_of_entries()).sound


def test_only_what_changed_is_sent_and_words_are_no_evidence(contacts, polly, instance) -> None:
    kept = services.create(by=polly, type_=contacts, values=PUBLISHED)
    services.create(by=polly, type_=contacts, values={**PUBLISHED, "counterpart": "media"})
    services.send_waiting()
    services.change(by=polly, type_=contacts, id=kept.pk, version=1, values={"note": "more words"})
    services.send_waiting()
    assert [each.rows for each in Store(instance.evidence).versions()] == [2]


def test_savings_leave_few_entries_in_the_store(contacts, polly, instance, monkeypatch) -> None:
    monkeypatch.setattr("primacy.evidence.store.consolidation.MOST", 3)
    for _ in range(8):
        services.create(by=polly, type_=contacts, values=PUBLISHED)
        services.send_waiting()
    assert len(Store(instance.evidence).versions()) <= 4
    assert counted(instance) == 8 * [("events", "unions", 1.0)]
    assert services.send_all() == 0


def test_a_lost_store_is_sent_again_and_nothing_is_there_twice(contacts, polly, instance) -> None:
    one = services.create(by=polly, type_=contacts, values=PUBLISHED)
    services.create(by=polly, type_=contacts, values={**PUBLISHED, "counterpart": "media"})
    services.change(by=polly, type_=contacts, id=one.pk, version=1, values={"counterpart": "parties"})
    publish(one, contacts)
    services.send_waiting()
    before = counted(instance)
    assert services.send_all() == 0
    shutil.rmtree(instance.evidence)
    assert services.send_all() == 3
    assert counted(instance) == before
    assert services.send_all() == 0


def test_what_could_not_be_sent_waits_and_is_never_there_twice(contacts, polly, instance, monkeypatch) -> None:
    """The store takes it, and the process dies before it is crossed off: sent again, it is the same data set."""
    services.create(by=polly, type_=contacts, values=PUBLISHED)
    monkeypatch.setattr("primacy.records.services.sending._cross_off", lambda waiting: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        services.send_waiting()
    monkeypatch.undo()
    monkeypatch.setenv("PRIMACY_DATA", str(instance.folder))
    services.create(by=polly, type_=contacts, values={**PUBLISHED, "counterpart": "media"})
    assert services.send_waiting() == 2
    assert counted(instance) == [("events", "media", 1.0), ("events", "unions", 1.0)]


def test_after_the_commit_it_is_sent_by_itself(contacts, polly, instance, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        services.create(by=polly, type_=contacts, values=PUBLISHED)
    assert counted(instance) == [("events", "unions", 1.0)]


def test_two_people_who_change_one_record_see_both_versions(contacts, polly, client) -> None:
    kept = services.create(by=polly, type_=contacts, values=PUBLISHED)
    services.change(by=polly, type_=contacts, id=kept.pk, version=1, values={"subject": "second, by somebody"})
    with pytest.raises(services.Collision):
        services.change(by=polly, type_=contacts, id=kept.pk, version=1, values={"subject": "lost?"})
    client.force_login(polly)
    typed = {**{name: value for name, value in FACTS.items() if value not in (None, False)}, "subject": "second, by me"}
    page = client.post(f"/records/contact/{kept.pk}/change/", {**typed, "version": "1"})
    assert page.status_code == 409
    text = page.content.decode()
    assert "second, by somebody" in text
    assert 'value="second, by me"' in text
    assert client.post(f"/records/contact/{kept.pk}/change/", {**typed, "version": "2"}).status_code == 302
    kept.refresh_from_db()
    assert (kept.subject, kept.version) == ("second, by me", 3)


def test_an_older_version_is_brought_back_with_todays_confidentiality(contacts, polly) -> None:
    kept = services.create(by=polly, type_=contacts, values=FACTS)
    services.change(by=polly, type_=contacts, id=kept.pk, version=1, values={"subject": "second", "confidentiality": 3})
    back = services.restore(by=polly, type_=contacts, id=kept.pk, version=2, number=1)
    assert (back.subject, back.day, back.confidentiality, back.version) == ("first", DAY, 3, 3)


def test_a_version_is_never_changed_or_removed(contacts, polly) -> None:
    services.create(by=polly, type_=contacts, values=FACTS)
    version = Version.objects.get()
    version.facts["subject"] = "forged"
    for deed in (version.save, version.delete):
        with pytest.raises(Unchangeable):
            deed()


def test_whoever_may_not_is_told_that_there_is_no_such_record(contacts, polly) -> None:
    kept = services.create(by=polly, type_=contacts, values=FACTS)
    plan = in_post("plan", "planning")
    with pytest.raises(LookupError):
        services.create(by=plan, type_=contacts, values=FACTS)
    for deed in (
        lambda: services.change(by=plan, type_=contacts, id=kept.pk, version=1, values={"subject": "x"}),
        lambda: services.archive(by=plan, type_=contacts, id=kept.pk, version=1, because="x"),
        lambda: services.restore(by=plan, type_=contacts, id=kept.pk, version=1, number=1),
    ):
        with pytest.raises(LookupError):
            deed()


def test_a_draft_is_its_writers_alone_and_goes_when_the_record_is_kept(contacts, polly, client) -> None:
    other = in_post("other", "political-affairs")
    typed = {name: value for name, value in FACTS.items() if value not in (None, False)}
    client.force_login(polly)
    client.post("/records/contact/draft/", {**typed, "subject": "half a thought", "of": ""})
    assert "half a thought" in client.get("/records/contact/new/").content.decode()
    client.force_login(other)
    assert "half a thought" not in client.get("/records/contact/new/").content.decode()
    client.force_login(polly)
    assert client.post("/records/contact/new/", typed).status_code == 302
    assert not Draft.objects.exists()
