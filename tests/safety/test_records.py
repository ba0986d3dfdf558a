"""Records: a forbidden one answers exactly as a missing one at every door, and what is hidden is found by no search."""

import itertools
import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.safety.record_house import DAY, VALUES, WORD

from primacy.access import chain, queries
from primacy.access.models import AuditEntry
from primacy.access.placing import share_record
from primacy.access.posts import Post
from primacy.access.readers import reader_of
from primacy.access.record_rights import ACTIONS, may, record_table
from primacy.records.queries import allowed as deeds_of
from primacy.records.queries import one

pytestmark = pytest.mark.django_db
COMPONENTS = (
    "head-of-mission",
    "political-affairs",
    "civil-affairs",
    "community-liaison",
    "jmac",
    "planning",
    "gender",
)
TYPES = tuple(sorted(record_table()))
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|\d\d:\d\d UTC')  # a minute may pass between two answers
DOORS = {"record": "see", "change": "write", "history": "detail", "who": "share"}
DEEDS = {
    "archive": {"version": "1", "because": "wrong"},
    "restore": {"version": "1"},
    "who": {},
    "review": {"version": "1", "name": "check"},
    "change": {"version": "1"},
}


def address(door: str, type_: str, id: object, **more: object) -> str:
    return reverse(f"records:{door}", kwargs={"record_type": type_, "record_id": id, **more})


def answer(response, *addresses: str) -> tuple[int, str]:
    """Status and body, without the address that was asked for, the token of the form and the time."""
    text = TOKEN.sub("", response.content.decode())
    for each in addresses:
        text = text.replace(each, "")
    return response.status_code, text


def some_of_each(house, type_: str) -> list:
    """Of two components a record of each confidentiality, with and without a group of which nobody asked is a member,
    published and not."""
    able = [name for name, level in record_table()[type_]["write"].items() if max(level) >= 0][:2]
    authors, others = {name: house.person(f"author of {name}", name) for name in able}, house.group("others")
    every = itertools.product(authors, range(4), (None, others), ("published", "checked"))
    return [
        house.write(authors[of], type_, confidentiality=level, group=group, state=state) for of, level, group, state in every
    ]  # fmt: skip


@pytest.mark.parametrize("type_", TYPES)
def test_every_read_is_answered_as_the_table_says(house, type_) -> None:
    """Each component and action, with confidentialities, groups, and components of records taking turns."""
    records = some_of_each(house, type_)
    for place, component in enumerate(COMPONENTS):
        person = house.person(component, component)
        reader = reader_of(person)
        for record, action in itertools.product(records[place % 5 :: 5], ACTIONS):
            allowed = all(may(reader, each, record.guarded(type_)) for each in ("see", action))
            try:
                one(viewer=person, type_=house.types[type_], id=record.pk, action=action)
            except LookupError:
                assert not allowed, (component, action)
            else:
                assert allowed, (component, action)


@pytest.mark.parametrize("component", ["civil-affairs", "community-liaison", "planning"])
@pytest.mark.parametrize("type_", TYPES)
def test_every_page_is_answered_as_the_table_says(house, as_, component, type_) -> None:
    """The list names exactly what may be seen; of each page one that is allowed and one that is not."""
    records, person = some_of_each(house, type_), house.person("reader", component)
    reader, browser = reader_of(person), as_(person)
    seen = {str(each.pk) for each in records if may(reader, "see", each.guarded(type_))}
    page = browser.get(reverse("records:list", args=[type_])).content.decode()
    assert {str(each.pk) for each in records if str(each.pk) in page} == seen
    for door, action in DOORS.items():
        for allowed in (True, False):
            fits = [
                each for each in records
                if all(may(reader, a, each.guarded(type_)) for a in ("see", action)) is allowed
            ]  # fmt: skip
            for record in fits[:1]:
                assert browser.get(address(door, type_, record.pk)).status_code == (200 if allowed else 404)


@pytest.mark.parametrize("level", [True, False], ids=["by its confidentiality", "because it was never published"])
@pytest.mark.parametrize("type_", TYPES)
def test_a_forbidden_record_and_a_missing_one_cannot_be_told_apart(house, as_, type_, level) -> None:
    author, reader = (
        house.person("author", "political-affairs", "jmac"),
        house.person("reader", "planning", "civil-affairs"),
    )
    hidden = house.write(author, type_, confidentiality=3 if level else 1, state="published" if level else "checked")
    browser, missing = as_(reader), uuid.uuid4()
    for door in DOORS:
        one, two = (address(door, type_, id) for id in (hidden.pk, missing))
        assert answer(browser.get(one), one) == answer(browser.get(two), two)
        assert browser.get(one).status_code == 404
    for door, given in DEEDS.items():
        more = {"number": 1} if door == "restore" else {}
        one, two = (address(door, type_, id, **more) for id in (hidden.pk, missing))
        assert answer(browser.post(one, given), one) == answer(browser.post(two, given), two)
        assert browser.post(one, given).status_code == 404
    hidden.refresh_from_db()
    assert hidden.version == 1


@pytest.mark.parametrize("type_", TYPES)
def test_lists_counts_searches_and_filters_are_the_same_with_and_without_the_hidden_record(house, as_, type_) -> None:
    author, reader = (
        house.person("author", "political-affairs", "jmac"),
        house.person("reader", "planning", "civil-affairs"),
    )
    browser = as_(reader)
    asked = ["", f"?text={WORD}", "?sort=-day", "?archived=on", "?page=2", f"?first={DAY}&last={DAY}", "?text=union"]
    lists = [reverse("records:list", args=[type_]) + query for query in asked] + [reverse("records:rooms")]
    before = [answer(browser.get(each)) for each in lists]
    house.write(author, type_, confidentiality=3)
    house.write(author, type_, confidentiality=1, group=house.group("others"))
    house.write(author, type_, confidentiality=1, state="written")
    for each, (status, text) in zip(lists, before, strict=True):
        now = answer(browser.get(each))
        assert now[0] == status
        assert [pair for pair in zip(text.split("\n"), now[1].split("\n"), strict=True) if pair[0] != pair[1]] == [], (
            each
        )


def test_nothing_that_is_hidden_is_found_by_search_filter_or_order(house, as_) -> None:
    """A reader without details asks for the day, the place and the words of a report that they see by its week."""
    author, reader = house.person("author", "civil-affairs"), house.person("reader", "planning")
    house.write(author, "field-report", confidentiality=1)
    browser, url = as_(reader), reverse("records:list", args=["field-report"])
    page = browser.get(url).content.decode()
    assert "week of 1 June 2026" in page
    assert "3 June" not in page
    assert WORD not in page
    found = lambda query: "1 that you may see" in browser.get(f"{url}{query}").content.decode()  # noqa: E731
    assert found("?first=2026-06-01&last=2026-06-01"), "the Monday stands for the week"
    assert not found("?first=2026-06-03&last=2026-06-03"), "and the day itself is never found"
    assert not found(f"?text={WORD}")
    assert browser.get(f"{url}?sort=summary").status_code == 200


def test_whoever_sees_no_details_sees_week_and_district_and_neither_author_nor_words(house, as_) -> None:
    author, reader = house.person("author-x", "civil-affairs"), house.person("reader", "planning")
    record = house.write(author, "contact", confidentiality=1)
    page = as_(reader).get(address("record", "contact", record.pk)).content.decode()
    assert "week of 1 June 2026" in page
    for hidden in (WORD, "3 June", "author-x", "/history/", "/change/", "/who/"):
        assert hidden not in page


def test_a_related_record_that_is_hidden_is_named_nowhere(house, as_) -> None:
    """A contact that one sees, with an actor that one does not: on its page, in its form, in its history."""
    polly, civi = house.person("polly", "political-affairs"), house.person("civi", "civil-affairs")
    actor = house.write(polly, "actor", name="Quiet council", confidentiality=3)
    contact = house.write(civi, "contact", actor=actor, confidentiality=1)
    browser = as_(civi)
    for door in ("record", "change", "history"):
        assert "Quiet council" not in browser.get(address(door, "contact", contact.pk)).content.decode()
    kept = {**{name: value for name, value in VALUES["contact"].items() if value not in (None, False)}, "subject": "new",
            "confidentiality": "1", "version": "1"}  # fmt: skip
    assert browser.post(address("change", "contact", contact.pk), kept).status_code == 302
    contact.refresh_from_db()
    assert contact.subject == "new"
    assert contact.actor_id == actor.pk, "what is hidden from who changes the record stays as it is"
    assert "Quiet council" in as_(polly).get(address("record", "contact", contact.pk)).content.decode()
    assert "about zanzibar" not in as_(polly).get(address("record", "actor", actor.pk)).content.decode()


def test_the_warning_of_a_duplicate_speaks_of_no_record_that_is_hidden(house, as_) -> None:
    polly, lia = house.person("polly", "political-affairs"), house.person("lia", "community-liaison")
    house.write(polly, "contact", confidentiality=3)
    given = {name: value for name, value in VALUES["contact"].items() if value not in (None, False)} | {
        "confidentiality": "1"
    }
    assert as_(lia).post(reverse("records:new", args=["contact"]), given).status_code == 302
    again = as_(lia).post(reverse("records:new", args=["contact"]), given)
    assert "may be written down already" in again.content.decode()
    assert as_(lia).post(reverse("records:new", args=["contact"]), {**given, "another": "on"}).status_code == 302


def test_a_version_that_was_more_confidential_stays_so(house, as_) -> None:
    """Lowering a record, once that is published, opens what it says then, not what it said before."""
    from primacy.records import services

    polly, civi = house.person("polly", "political-affairs"), house.person("civi", "civil-affairs")
    contact = house.write(polly, "contact", subject="secret talk", confidentiality=3)
    lowered = services.change(by=polly, type_=house.types["contact"], id=contact.pk, version=1,
                              values={"subject": "open talk", "confidentiality": 0})  # fmt: skip
    assert as_(civi).get(address("history", "contact", contact.pk)).status_code == 404
    house.publish(lowered, "contact")
    page = as_(civi).get(address("history", "contact", contact.pk)).content.decode()
    assert "Version 4" in page
    assert "secret talk" not in page
    assert not any(f"Version {n}" in page for n in (1, 2, 3))
    assert as_(civi).post(address("restore", "contact", contact.pk, number=1), {"version": "4"}).status_code == 404


def test_looks_at_protected_records_are_in_the_trail_and_lead_to_no_address(house, as_) -> None:
    polly = house.person("polly", "political-affairs")
    contact = house.write(polly, "contact", confidentiality=2)
    plain = house.write(polly, "contact", confidentiality=1)
    browser = as_(polly)
    for each in (contact, plain):
        browser.get(address("record", "contact", each.pk))
    browser.get(address("history", "contact", contact.pk))
    browser.get(reverse("records:list", args=["contact"]))
    deeds = [each.deed for each in AuditEntry.objects.filter(actor="polly")]
    assert deeds == ["created a record", "created a record", "looked at a record", "looked at the history of a record",
                     "looked at a list of records"]  # fmt: skip
    assert not [each for each in AuditEntry.objects.all() if str(contact.pk) in f"{each.subject}{each.detail}"]
    assert chain.verify(queries.chain_of_entries()).sound


def test_a_share_shows_one_record_to_one_person_until_its_day(house, as_) -> None:
    polly, plan = house.person("polly", "political-affairs"), house.person("plan", "planning")
    contact, other = (house.write(polly, "contact", confidentiality=3) for _ in range(2))
    until = timezone.localdate().isoformat()
    given = {"name": "plan", "until": until, "because": "prepares the meeting"}
    assert as_(polly).post(address("who", "contact", contact.pk), given).status_code == 302
    assert "plan" in as_(polly).get(address("who", "contact", contact.pk)).content.decode()
    browser = as_(plan)
    assert WORD in browser.get(address("record", "contact", contact.pk)).content.decode()
    assert browser.get(address("record", "contact", other.pk)).status_code == 404
    assert browser.get(address("change", "contact", contact.pk)).status_code == 404


@pytest.mark.parametrize(
    "text", ["d'un viol", "she was raped", "call +236 70 12 34 56 tonight", "write to a.b@example.org"]
)
def test_a_text_that_must_not_be_kept_by_place_or_that_reaches_a_person_is_refused(house, as_, text) -> None:
    civi = house.person("civi", "civil-affairs")
    given = {name: value for name, value in VALUES["field-report"].items() if value not in (None, False)}
    response = as_(civi).post(
        reverse("records:new", args=["field-report"]), {**given, "confidentiality": "1", "account": text}
    )
    assert response.status_code == 200
    assert "errorlist" in response.content.decode()


def test_markup_in_a_record_is_shown_as_text(house, as_) -> None:
    civi = house.person("civi", "civil-affairs")
    contact = house.write(civi, "contact", subject="<script>alert(1)</script>", confidentiality=1)
    for url in (address("record", "contact", contact.pk), address("history", "contact", contact.pk), reverse("records:list", args=["contact"])):  # fmt: skip
        page = as_(civi).get(url).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page or "history" in url


def test_a_share_is_ended_on_the_page_by_who_gave_it_and_by_who_may_share(house, as_) -> None:
    polly, head = house.person("polly", "political-affairs"), house.person("head", "head-of-mission")
    joe, ann = house.person("joe", "planning"), house.person("ann", "planning")
    record = house.write(polly, "contact", confidentiality=3)
    reference, until = f"contact/{record.pk}", timezone.localdate() + timedelta(days=9)
    named = {"by": polly, "reference": reference, "subject": "s", "until": until, "because": "x"}
    first, second = share_record(to=joe, **named), share_record(to=ann, **named)
    page = f"/records/contact/{record.pk}/"
    end = lambda person, share: as_(person).post(f"{page}shares/{share.pk}/end/").status_code  # noqa: E731
    for whom in (joe, ann):
        assert b'id="shares"' not in as_(whom).get(page).content, "whom it is shown to ends nothing"
    assert (end(joe, first), end(joe, second)) == (404, 404)
    assert as_(house.person("other", "gender")).post(f"{page}shares/{first.pk}/end/").status_code == 404
    told = as_(head).get(page).content.decode()
    assert all(word in told for word in ("joe", "ann", "polly"))
    assert end(head, first) == 302, "who may share it ends what another gave"
    assert as_(joe).get(page).status_code == 404
    assert end(head, first) == 404, "it is over"
    Post.objects.filter(person=polly).update(component="civil-affairs")  # sees it no more by the table, but wrote it
    seen = one(viewer=polly, type_=house.types["contact"], id=record.pk)
    assert "share" not in deeds_of(viewer=polly, seen=seen)
    assert b"End it" in as_(polly).get(page).content
    assert end(polly, second) == 302
    assert AuditEntry.objects.filter(deed="ended a right", detail__kind="Share").count() == 2
