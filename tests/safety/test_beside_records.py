"""Files, tags, relations, timelines and retention of every type: what is hidden is hidden here as everywhere."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.safety.record_house import WORD
from tests.safety.test_records import TYPES, address, answer

from primacy.access.models import AuditEntry
from primacy.access.queries import not_as_granted
from primacy.access.record_rights import may, record_table
from primacy.framework import Instance
from primacy.records import queries
from primacy.records.models.beside import Attachment, Relation, Tag, Tagged
from primacy.records.queries import attachments as of_files
from primacy.records.queries import relations as of_relations
from primacy.records.queries import tags as of_tags
from primacy.records.queries import timeline
from primacy.records.services import attachments, disposing, holds, relations, tags

pytestmark = pytest.mark.django_db
READS = ("timeline", "relations", "relate", "dispose")
WRITES = {"attach": {}, "tag": {"name": "harvest"}, "relate": {}, "dispose": {}, "hold": {"because": "inquiry"}}


def able(house, type_: str, name: str = "able"):
    """Somebody who may do everything with records of a type that the own component wrote."""
    table = record_table()[type_]
    every = [each for each in table["archive"] if table["write"].get(each, (-1, -1))[1] == 3]
    return house.person(f"{name} of {type_}", every[0])


def coarse(house, type_: str, record):
    """Somebody who sees that it is there and no details; None where everybody who sees the type sees it in full."""
    for name in record_table()[type_]["see"]:
        person = house.person(f"coarse {name}", name)
        reader, guarded = queries.reader_of(person), record.guarded(type_)
        if may(reader, "see", guarded) and not may(reader, "detail", guarded):
            return person
    return None


def with_everything(house, type_: str, by, **values):
    """A record with a file, a tag, a relation to another, and a hold that was lifted."""
    given = {"confidentiality": 1, **values}
    record, other = house.write(by, type_, **given), house.write(by, type_, **given)
    found = house.types[type_]
    file = attachments.attach(by=by, type_=found, id=record.pk, name=f"{WORD} list.txt", data=f"{WORD} inside".encode())
    attachments.read_words(file)
    tags.tag_record(by=by, type_=found, id=record.pk, name=f"{WORD} tag")
    relation = relations.relate(by=by, type_=found, id=record.pk, kind="follows", to_type=found, to=other.pk)
    return record, other, file, relation


@pytest.mark.parametrize("type_", TYPES)
def test_who_sees_details_finds_everything_beside_a_record(house, as_, type_) -> None:
    by = able(house, type_)
    record, other, file, _relation = with_everything(house, type_, by)
    browser = as_(by)
    page = browser.get(address("record", type_, record.pk)).content.decode()
    for shown in (f"{WORD} list", f"{WORD} tag", "follows on", str(other.pk), "Attached a file", "Tagged"):
        assert shown in page, shown
    assert "was followed by" in browser.get(address("record", type_, other.pk)).content.decode()
    assert f"{WORD} list" in browser.get(address("history", type_, record.pk)).content.decode()
    response = browser.get(address("attachment", type_, record.pk, attachment_id=file.pk))
    assert response.content == f"{WORD} inside".encode()
    assert str(record.pk) in browser.get(reverse("records:list", args=[type_]) + f"?tag={WORD}+TAG").content.decode()
    assert str(other.pk) not in browser.get(reverse("records:list", args=[type_]) + f"?tag={WORD}+tag").content.decode()
    for door in READS:
        assert browser.get(address(door, type_, record.pk)).status_code == 200
    assert of_files.searchable_text(type_=type_, record=record.pk) == f"{WORD} inside"


@pytest.mark.parametrize("type_", TYPES)
def test_beside_a_forbidden_record_every_door_answers_as_beside_a_missing_one(house, as_, type_) -> None:
    by, reader = able(house, type_), house.person("reader", "planning", "community-liaison")
    record, _other, file, relation = with_everything(house, type_, by, confidentiality=3)
    asked = disposing.ask_disposal(by=by, type_=house.types[type_], id=record.pk, ground="protection", because="danger")
    browser, missing = as_(reader), uuid.uuid4()
    doors = [(door, {}) for door in READS] + [("attachment", {"attachment_id": file.pk})]
    for door, more in doors:
        one, two = (address(door, type_, id, **more) for id in (record.pk, missing))
        assert answer(browser.get(one), one) == answer(browser.get(two), two)
        assert browser.get(one).status_code == 404
    deeds = [(door, given, {}) for door, given in WRITES.items()]
    deeds += [("take-off", {"because": "x"}, {"attachment_id": file.pk}), ("end-relation", {}, {"relation_id": relation.pk})]  # fmt: skip
    for door, given, more in deeds:
        one, two = (address(door, type_, id, **more) for id in (record.pk, missing))
        assert answer(browser.post(one, given), one) == answer(browser.post(two, given), two)
        assert browser.post(one, given).status_code == 404
    one, two = (reverse("records:decide-disposal", args=[id]) for id in (asked.pk, missing))
    assert answer(browser.post(one, {"agree": "yes"}), one) == answer(browser.post(two, {"agree": "yes"}), two)
    assert Attachment.objects.get().gone is None
    assert Relation.objects.get().gone_at is None
    asked.refresh_from_db()
    assert asked.agreed is None


@pytest.mark.parametrize("type_", TYPES)
def test_nothing_beside_a_record_is_told_to_who_sees_it_without_details(house, as_, type_) -> None:
    by = able(house, type_)
    record, other, file, _relation = with_everything(house, type_, by)
    person = coarse(house, type_, record)
    assert person is not None
    browser = as_(person)
    page = browser.get(address("record", type_, record.pk)).content.decode()
    assert "You see this record without its details" in page
    for hidden in (f"{WORD} tag", f"{WORD} list", str(other.pk), str(file.pk), "Attached", "/timeline/", "/relate/"):
        assert hidden not in page
    for door in READS:
        assert browser.get(address(door, type_, record.pk)).status_code == 404
    assert browser.get(address("attachment", type_, record.pk, attachment_id=file.pk)).status_code == 404
    listed = reverse("records:list", args=[type_])
    assert answer(browser.get(f"{listed}?tag={WORD}+tag"))[1].replace(f"{WORD}+tag", "") .replace(f"{WORD} tag", "") == \
        answer(browser.get(f"{listed}?tag=nothing"))[1].replace("nothing", "")  # fmt: skip
    seen = queries.one(viewer=person, type_=house.types[type_], id=record.pk)
    assert of_files.attachments(seen=seen) == of_tags.tags(seen=seen) == []
    assert timeline.timeline(viewer=person, seen=seen) == ([], None)
    assert not of_relations.relations(viewer=person, seen=seen)
    assert not of_tags.offered(viewer=person)


@pytest.mark.parametrize("type_", TYPES)
def test_a_relation_of_which_one_end_is_hidden_is_neither_named_nor_counted(house, as_, type_) -> None:
    """Page, list of relations, timeline and suggestions of a reader are the same with and without it."""
    author, reader = able(house, type_), able(house, type_, "reader")
    group, found = house.group("others", author), house.types[type_]
    record = house.write(author, type_, confidentiality=1)
    browser = as_(reader)
    doors = [address(door, type_, record.pk) for door in ("record", "relations", "timeline", "relate")]
    before = [answer(browser.get(each)) for each in doors]
    hidden = house.write(author, type_, confidentiality=1, group=group)
    for kind in ("follows", "led-to~", "same"):
        relations.relate(by=author, type_=found, id=hidden.pk, kind=kind, to_type=found, to=record.pk)
    assert [answer(browser.get(each)) for each in doors] == before
    seen = queries.one(viewer=reader, type_=found, id=record.pk)
    assert of_relations.relations(viewer=reader, seen=seen).count() == 0
    assert (
        of_relations.relations(viewer=author, seen=queries.one(viewer=author, type_=found, id=record.pk)).count() == 3
    )
    with pytest.raises(LookupError):
        relations.relate(by=reader, type_=found, id=record.pk, kind="see", to_type=found, to=hidden.pk)


def test_a_hidden_tag_is_offered_to_nobody_and_its_name_is_not_found_out_by_using_it(house, as_, people) -> None:
    civi, polly = house.person("civi", "civil-affairs"), house.person("polly", "political-affairs")
    hidden, own = house.write(polly, "contact", confidentiality=3), house.write(civi, "contact")
    tags.tag_record(by=polly, type_=house.types["contact"], id=hidden.pk, name="Quiet channel")
    assert [each.name for each in of_tags.offered(viewer=polly)] == ["Quiet channel"]
    assert not of_tags.offered(viewer=civi)
    browser = as_(civi)
    page = browser.get(address("record", "contact", own.pk)).content.decode()
    assert "Quiet" not in page
    with pytest.raises(LookupError):
        tags.rename_tag(by=civi, tag=Tag.objects.get().pk, name="found out")
    browser.post(address("tag", "contact", own.pk), {"name": "quiet  CHANNEL"})
    assert Tagged.objects.filter(record=own.pk).count() == 1, "it is the same as if there had been none"
    client = as_(people["analyst"])
    assert "Quiet" not in client.get(reverse("records:tags")).content.decode()


def test_tags_are_renamed_and_put_together_on_every_record(house) -> None:
    polly = house.person("polly", "political-affairs")
    one, two = (house.write(polly, "contact") for _ in range(2))
    for record, name in ((one, "Roads"), (two, "road"), (two, "Roads")):
        tags.tag_record(by=polly, type_=house.types["contact"], id=record.pk, name=name)
    tags.rename_tag(by=polly, tag=Tag.objects.get(name="Roads").pk, name="Road")
    assert {(each.tag.name, each.record) for each in Tagged.objects.all()} == {("Road", one.pk), ("Road", two.pk)}
    assert Tagged.objects.count() == 2
    tags.untag_record(by=polly, type_=house.types["contact"], id=one.pk, tag=Tag.objects.get().pk)
    tags.untag_record(by=polly, type_=house.types["contact"], id=two.pk, tag=Tag.objects.get().pk)
    assert not Tag.objects.exists(), "a word that nobody uses is not kept"


def test_a_file_is_handed_out_so_that_no_browser_runs_it_and_each_look_is_in_the_trail(house, as_) -> None:
    civi = house.person("civi", "civil-affairs")
    record, _other, file, _relation = with_everything(house, "contact", civi)
    response = as_(civi).get(address("attachment", "contact", record.pk, attachment_id=file.pk))
    assert response["Content-Disposition"] == f'attachment; filename="{file.digest[:12]}.txt"'
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    entry = AuditEntry.objects.get(deed="looked at a file")
    assert entry.actor == "civi"
    assert str(record.pk) not in entry.subject
    assert file.digest not in str([each.detail for each in AuditEntry.objects.all()])


def test_names_in_the_folder_of_files_tell_nothing_and_only_the_instance_reads_them(house) -> None:
    civi = house.person("civi", "civil-affairs")
    _record, _other, file, _relation = with_everything(house, "contact", civi)
    folder = Instance.here().attachments
    (path,) = [each for each in folder.rglob("*") if each.is_file()]
    assert path.name == file.digest
    assert path.stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0


def test_a_file_that_was_changed_on_the_disk_is_not_handed_out(house, as_) -> None:
    civi = house.person("civi", "civil-affairs")
    record, _other, file, _relation = with_everything(house, "contact", civi)
    (path,) = [each for each in Instance.here().attachments.rglob("*") if each.is_file()]
    path.write_bytes(b"forged")
    assert as_(civi).get(address("attachment", "contact", record.pk, attachment_id=file.pk)).status_code == 404


@pytest.mark.parametrize("type_", TYPES)
def test_of_a_file_that_was_taken_off_a_tombstone_is_left(
    house, as_, type_, django_capture_on_commit_callbacks
) -> None:
    by = able(house, type_)
    record, _other, file, _relation = with_everything(house, type_, by)
    with django_capture_on_commit_callbacks(execute=True):
        gone = as_(by).post(address("take-off", type_, record.pk, attachment_id=file.pk), {"because": "wrong file"})
    assert gone.status_code == 302
    left = Attachment.objects.get()
    assert (left.title, left.words, left.digest, left.gone_by, left.gone_because) == (
        "",
        "",
        file.digest,
        by,
        "wrong file",
    )
    assert not [each for each in Instance.here().attachments.rglob("*") if each.is_file()]
    assert of_files.searchable_text(type_=type_, record=record.pk) == ""
    for door in ("record", "history", "timeline"):
        page = as_(by).get(address(door, type_, record.pk)).content.decode()
        assert f"{WORD} list" not in page
    assert "taken off on" in as_(by).get(address("history", type_, record.pk)).content.decode()


def test_the_same_bytes_at_two_records_stay_while_one_of_them_has_them(
    house, django_capture_on_commit_callbacks
) -> None:
    civi = house.person("civi", "civil-affairs")
    one, two = (house.write(civi, "contact") for _ in range(2))
    type_ = house.types["contact"]
    files = [
        attachments.attach(by=civi, type_=type_, id=each.pk, name="a.txt", data=b"the same") for each in (one, two)
    ]
    with django_capture_on_commit_callbacks(execute=True):
        attachments.take_off(by=civi, type_=type_, id=one.pk, attachment=files[0].pk, because="twice")
    seen = queries.one(viewer=civi, type_=type_, id=two.pk)
    assert of_files.content(of_files.attachment(seen=seen, id=files[1].pk))[0] == b"the same"


BY_HAND = [
    ("moved to a record that others see", {"record": None}, "changed"),
    ("other bytes", {"digest": "0" * 64}, "changed"),
    ("another name", {"title": "minutes"}, "changed"),
    ("brought back", {"gone": None}, "changed"),
    ("put down to somebody else", {"by": None}, "changed"),
]


@pytest.mark.parametrize(("shows", "values", "what"), BY_HAND, ids=[each[0] for each in BY_HAND])
def test_a_file_that_is_moved_or_exchanged_past_the_product_is_found(house, shows, values, what) -> None:
    civi, other = house.person("civi", "civil-affairs"), house.person("other", "planning")
    record, elsewhere = (house.write(civi, "contact") for _ in range(2))
    given = {"by": civi, "type_": house.types["contact"], "id": record.pk}
    file, gone = (attachments.attach(**given, name=f"{n}.txt", data=n.encode()) for n in ("one", "two"))
    attachments.take_off(**given, attachment=gone.pk, because="twice")
    assert not files_not_as_told()
    changed = {
        **values,
        **({"record": elsewhere.pk} if "record" in values else {}),
        **({"by": other} if "by" in values else {}),
    }
    Attachment.objects.filter(pk=gone.pk if "gone" in values else file.pk).update(**changed)
    assert files_not_as_told() == [what]


def test_a_file_that_is_put_in_or_deleted_past_the_product_is_found(house) -> None:
    civi = house.person("civi", "civil-affairs")
    record = house.write(civi, "contact")
    file = attachments.attach(by=civi, type_=house.types["contact"], id=record.pk, name="a.txt", data=b"words")
    Attachment.objects.filter(pk=file.pk).delete()
    assert files_not_as_told() == ["gone"]
    file.pk = uuid.uuid4()
    file.save(force_insert=True)
    assert sorted(files_not_as_told()) == ["gone", "unknown"]


def files_not_as_told() -> list[str]:
    return [each.what for each in not_as_granted() if each.kind.table == "records.Attachment"]


def test_whoever_wrote_a_record_loses_it_when_somebody_else_puts_something_beside_it(house, as_) -> None:
    """A liaison assistant may be made to show what he or she wrote: not what colleagues added."""
    lia, polly = house.person("lia", "community-liaison"), house.person("polly", "civil-affairs")
    report = house.write(lia, "field-report", confidentiality=0)
    attachments.attach(by=polly, type_=house.types["field-report"], id=report.pk, name="a.txt", data=b"more")
    report.refresh_from_db()
    assert not report.one_hand


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("mail.eml", b"From: a@b.org\n\nhello", "A mail names who wrote it"),
        ("page.txt", b"<html><script>alert(1)</script>", "This is no PDF"),
        ("table.csv", b"a,b\n=cmd|'/c calc'!A1,2\n", "A spreadsheet would compute"),
        ("call +236 70 12 34 56.txt", b"x", "This seems to name or reach a person"),
        ("empty.txt", b"  \n", "There is nothing in the file"),
        ("picture.gif", b"GIF89a", "may say where"),
    ],
)  # fmt: skip
def test_what_must_not_be_attached_is_refused_with_the_reason(house, as_, name, data, said) -> None:
    civi = house.person("civi", "civil-affairs")
    record = house.write(civi, "contact")
    given = {"file": SimpleUploadedFile(name, data), "looked": "on"}
    page = as_(civi).post(address("attach", "contact", record.pk), given, follow=True).content.decode()
    assert said in page
    assert not Attachment.objects.exists()


def test_a_file_that_speaks_of_sexual_violence_is_found_by_no_search_and_the_page_says_so(house, as_) -> None:
    civi = house.person("civi", "civil-affairs")
    record = house.write(civi, "contact")
    file = attachments.attach(by=civi, type_=house.types["contact"], id=record.pk, name="a.txt", data=b"She was raped.")
    attachments.read_words(file)
    assert of_files.searchable_text(type_="contact", record=record.pk) == ""
    assert "It speaks of sexual violence" in as_(civi).get(address("record", "contact", record.pk)).content.decode()


def test_ten_thousand_relations_of_one_actor_are_paged_and_quick(house, as_) -> None:
    polly = house.person("polly", "political-affairs")
    actor, contacts = (
        house.write(polly, "actor"),
        [house.write(polly, "contact", confidentiality=each) for each in (1, 3)],
    )
    now = timezone.now()
    Relation.objects.bulk_create(
        Relation(kind="took-part", type="actor", record=actor.pk, other_type="contact", by=polly, at=now,
                 other=contacts[0].pk if number == 0 else uuid.uuid4())
        for number in range(10_000)
    )  # fmt: skip
    browser = as_(polly)
    with CaptureQueriesContext(connection) as asked:
        begun = timezone.now()
        page = browser.get(address("relations", "actor", actor.pk))
        took = (timezone.now() - begun).total_seconds()
    assert page.status_code == 200
    assert str(contacts[0].pk) in page.content.decode()
    assert len(asked) < 40
    assert took < 2, "on a busy machine; a tenth of it on a quiet one"


def test_the_timeline_is_in_one_order_and_each_thing_stands_on_one_page(house) -> None:
    civi = house.person("civi", "civil-affairs")
    record, *_rest = with_everything(house, "contact", civi)
    holds.place_hold(by=civi, type_=house.types["contact"], id=record.pk, because="inquiry")
    seen = queries.one(viewer=civi, type_=house.types["contact"], id=record.pk)
    whole, _end = timeline.timeline(viewer=civi, seen=seen, size=100)
    paged, place = [], None
    while True:
        page, place = timeline.timeline(viewer=civi, seen=seen, before=place, size=2)
        paged += page
        if place is None:
            break
    assert paged == whole
    assert [each.what for each in whole] == [
        "placed a legal hold", "related", "tagged", "attached a file", "waits for the evidence", "created a record"
    ]  # fmt: skip


@pytest.mark.parametrize("door", ["record", "timeline", "history"])
def test_the_page_of_a_record_names_no_person_in_an_address(house, as_, door) -> None:
    civi = house.person("civi", "civil-affairs")
    record, *_rest = with_everything(house, "contact", civi)
    page = as_(civi).get(address(door, "contact", record.pk)).content.decode()
    assert not [each for each in re.findall(r'(?:href|action)="([^"]+)"', page) if WORD in each and "tag=" not in each]
