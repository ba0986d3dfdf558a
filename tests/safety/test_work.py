"""Comments, tasks, notices, digests and calendars: each door of theirs says no more of a record than the record itself."""

import re
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from tests.safety.record_house import WORD
from tests.safety.test_records import TOKEN, TYPES

from primacy.access import services as access
from primacy.access.models import AuditEntry
from primacy.access.posts import Post
from primacy.web.mail import Mail
from primacy.work.models import Comment, Notice, Task, Wishes
from primacy.work.queries.notices import unread
from primacy.work.queries.subjects import subject
from primacy.work.services import comments, digests, notices, tasks

pytestmark = pytest.mark.django_db
SAID = "quinoa"  # stands in every comment and note
TITLES = {"actor": "name", "contact": "subject", "field-report": "summary"}
LISTS = ("work:tasks", "work:notices", "work:calendar")
MORNING = datetime(2026, 6, 3, 6, tzinfo=UTC)
MAIL = Mail(
    host="localhost", security="none", sender="primacy@un.example", domains=("un.example",), site="https://p.example"
)


@pytest.fixture
def talk(house):
    """A record of a type with a comment that names somebody and a task for them, both by its author."""

    def made(type_, *, confidentiality=3, reader=None, group=None, **values):
        author = house.person("author", "political-affairs", "jmac")
        values = {TITLES[type_]: f"about {WORD} today", **values}
        if type_ == "contact":
            values.setdefault("next_on", timezone.localdate() + timedelta(days=3))
        record = house.write(author, type_, confidentiality=confidentiality, group=group, **values)
        about = subject(viewer=author, reference=f"{type_}/{record.pk}")
        named = f"@{reader.username} " if reader else ""
        said = comments.add_comment(by=author, about=about, text=f"{named}{SAID}")
        due = timezone.localdate() + timedelta(days=2)
        values = {"action": "verify", "note": SAID, "owner": reader or author, "component": "", "due": due}
        return record, said, tasks.give_task(by=author, about=about, values=values)

    return made


def move(person, component):
    """Another post from today on."""
    Post.objects.filter(person=person).delete()
    Post.objects.create(person=person, component=component, since=date(2020, 1, 1))


def answer(response, *hidden):
    text = TOKEN.sub("", response.content.decode())
    for each in hidden:
        text = text.replace(str(each), "")
    return response.status_code, re.sub(r"cut-off [^·]*", "", text)


@pytest.fixture
def feed_of(client, house):
    """The calendar of a person as another program reads it."""

    def read(person, **headers):
        _token, secret = access.create_token(person=person, name="c", days=9, purpose=access.CALENDAR)
        return client.get(reverse("work:feed", args=[secret]), headers=headers)

    return read


# ---- nothing is learnt by whoever does not see the record


@pytest.mark.parametrize("type_", TYPES)
def test_who_does_not_see_a_record_reads_the_same_everywhere_with_and_without_it(house, as_, talk, feed_of, type_):
    """Lists, counts in the head of the page, the calendar and its feed, before and after."""
    reader = house.person("reader", "planning", "civil-affairs")
    pages = [*map(reverse, LISTS), reverse("work:tasks") + "?which=planning", reverse("work:calendar") + "?view=agenda"]
    before = [answer(as_(reader).get(each)) for each in pages]
    feed = feed_of(reader).content
    talk(type_)
    notices.gather()
    assert [answer(as_(reader).get(each)) for each in pages] == before
    assert feed_of(reader).content == feed


@pytest.mark.parametrize("type_", TYPES)
def test_the_comments_and_tasks_of_a_hidden_record_and_missing_ones_cannot_be_told_apart(house, as_, talk, type_):
    record, said, task = talk(type_)
    browser, none = as_(house.person("reader", "planning", "civil-affairs")), uuid.uuid4()
    doors = [
        ("get", "work:task", task.pk, {}), ("get", "work:change-task", task.pk, {}),
        ("post", "work:move-task", task.pk, {"state": "done", "version": 1}),
        ("get", "work:change-comment", said.pk, {}), ("post", "work:remove-comment", said.pk, {}),
        ("get", "work:wordings", said.pk, {}),
    ]  # fmt: skip
    for method, route, id, given in doors:
        there, missing = (getattr(browser, method)(reverse(route, args=[each]), given) for each in (id, none))
        assert answer(there, id) == answer(missing, none)
        assert there.status_code == 404, route
    for method, route, given in (("post", "work:comment", {"text": "x"}), ("get", "work:names", {"text": "@au"}),
                                 ("get", "work:new-task", {}), ("post", "work:new-task", {"action": "ask"})):  # fmt: skip
        there, missing = (
            getattr(browser, method)(reverse(route), {**given, "about": f"{type_}/{id}"}) for id in (record.pk, none)
        )
        assert answer(there, record.pk) == answer(missing, none)
        assert there.status_code == 404, route
    several = browser.post(reverse("work:several-tasks"), {"task": [str(task.pk)], "state": "done"}, follow=True)
    task.refresh_from_db()
    assert task.state == "open"
    assert "moved on" not in several.content.decode()


@pytest.mark.parametrize("type_", TYPES)
def test_who_sees_a_record_without_its_details_reads_nothing_of_what_is_said(house, as_, talk, type_):
    """And sees that there is a task, by its word alone."""
    record, said, task = talk(type_, confidentiality=1)
    browser = as_(house.person("reader", "planning"))
    page = browser.get(reverse("records:record", args=[type_, record.pk])).content.decode()
    assert reverse("work:task", args=[task.pk]) in page
    assert SAID not in page
    assert 'id="talk"' not in page
    shown = browser.get(reverse("work:task", args=[task.pk])).content.decode()
    assert "Verify" in shown
    open_title = TITLES[type_] in house.types[type_].open
    for hidden in (SAID, "author", *(() if open_title else (WORD,))):
        assert hidden not in shown
    assert browser.get(reverse("work:wordings", args=[said.pk])).status_code == 404


@pytest.mark.parametrize("type_", TYPES)
def test_a_task_of_which_one_sees_the_record_no_more_is_a_task_on_a_protected_record(house, as_, talk, type_):
    reader = house.person("reader", "head-of-mission")
    record, _said, task = talk(type_, reader=reader)
    move(reader, "community-liaison")
    browser, address = as_(reader), reverse("work:task", args=[task.pk])
    for page in (reverse("work:tasks"), address, reverse("work:calendar") + f"?view=week&day={task.due}"):
        shown = browser.get(page).content.decode()
        assert "A task on a protected record" in shown
        for hidden in (WORD, SAID, str(record.pk), "author", "Verify"):
            assert hidden not in shown, (page, hidden)
    for route in ("work:move-task", "work:change-task"):
        assert browser.post(reverse(route, args=[task.pk]), {"state": "done", "version": 1}).status_code == 404


# ---- what is told, and where


@pytest.mark.parametrize("type_", TYPES)
def test_lists_calendar_and_notices_call_a_protected_record_by_its_type_alone(house, as_, talk, feed_of, type_):
    reader = house.person("reader", "head-of-mission")
    record, _said, _task = talk(type_, reader=reader)
    notices.gather()
    browser, kind = as_(reader), str(house.types[type_].one)
    assert unread(reader) == 2
    for page in (*map(reverse, LISTS), reverse("work:calendar") + "?view=agenda"):
        shown = browser.get(page).content.decode()
        assert WORD not in shown
        assert SAID not in shown
    assert f"Verify: {kind}" in browser.get(reverse("work:tasks")).content.decode()
    assert WORD in browser.get(reverse("records:record", args=[type_, record.pk])).content.decode()
    events = feed_of(reader).content.decode()
    assert "Task due" not in events
    assert "Planned meeting" not in events


@pytest.mark.parametrize("type_", TYPES)
def test_a_feed_holds_neutral_titles_and_no_way_back(house, talk, feed_of, type_):
    reader = house.person("reader", "head-of-mission")
    record, _said, task = talk(type_, reader=reader, confidentiality=1)
    events = feed_of(reader).content.decode()
    assert "SUMMARY:Task due" in events
    assert ("SUMMARY:Planned meeting" in events) is (type_ == "contact")
    for hidden in (WORD, SAID, "Verify", "author", str(record.pk), str(task.pk), str(house.types[type_].one)):
        assert hidden not in events.replace("Planned meeting", "")


@pytest.mark.parametrize("type_", TYPES)
def test_no_notice_is_read_counted_or_mailed_of_what_one_sees_no_more(house, as_, talk, settings, type_):
    reader = house.person("reader", "head-of-mission")
    talk(type_, reader=reader)
    notices.gather()
    assert unread(reader) == 2
    move(reader, "planning")
    settings.MAIL = MAIL
    Wishes.objects.create(person=reader, digest="daily", address="r@un.example")
    assert unread(reader) == 0
    page = as_(reader).get(reverse("work:notices")).content.decode()
    assert "Nothing waits for you" in page
    for each in Notice.objects.filter(person=reader):
        assert as_(reader).post(reverse("work:notice", args=[each.pk])).status_code == 404
    assert digests.send_digests(now=MORNING) == 0
    assert mail.outbox == []


# ---- names


def test_names_are_completed_and_used_only_of_those_who_read_it_and_all_refusals_are_one(house, as_, talk):
    author = house.person("author", "political-affairs", "jmac")
    for name, component in (("anna-sees", "political-affairs"), ("anna-not", "planning")):
        house.person(name, component)
    access_off = house.person("anna-off", "political-affairs")
    access_off.is_active = False
    access_off.save()
    record, *_ = talk("contact")
    about, browser = f"contact/{record.pk}", as_(author)
    offered = browser.get(reverse("work:names"), {"about": about, "text": "hello @ann"}).content.decode()
    assert re.findall(r'data-name="([^"]+)"', offered) == ["anna-sees"]
    assert "data-name" not in browser.get(reverse("work:names"), {"about": about, "text": "@a"}).content.decode()
    refusals = set()
    for name in ("anna-not", "anna-off", "nobody-at-all"):
        page = browser.post(reverse("work:comment"), {"about": about, "text": f"see @{name}"})
        assert page.status_code == 200
        refusals.add(answer(page, name))
        given = {"about": about, "action": "ask", "owner": name}
        refusals.add(answer(browser.post(reverse("work:new-task"), given), name))
    assert len(refusals) == 2, "one answer for comments, one for tasks"
    assert Comment.objects.count() == 1
    assert browser.post(reverse("work:comment"), {"about": about, "text": "see @anna-sees"}).status_code == 302


def test_a_task_on_a_record_of_a_group_is_given_to_persons_and_to_no_component(house, as_, talk):
    author = house.person("author", "political-affairs", "jmac")
    record, *_ = talk("contact", confidentiality=1, group=house.group("closed", author))
    given = {"about": f"contact/{record.pk}", "action": "ask", "component": "political-affairs"}
    assert "errorlist" in as_(author).post(reverse("work:new-task"), given).content.decode()


def test_who_hides_their_name_is_named_to_nobody_else(house, as_, talk):
    house.person("hidden-one", "political-affairs")
    other = house.person("other", "political-affairs")
    record, *_ = talk("contact")
    hidden = house.people["hidden-one"]
    about = subject(viewer=hidden, reference=f"contact/{record.pk}")
    said = comments.add_comment(by=hidden, about=about, text="@other look", hidden=True)
    comments.word_anew(by=hidden, id=said.pk, version=1, text="@other look again")
    page = reverse("records:record", args=["contact", record.pk])
    assert "hidden-one" in as_(hidden).get(page).content.decode()
    for each in (page, reverse("work:wordings", args=[said.pk]), reverse("work:notices")):
        shown = as_(other).get(each).content.decode()
        assert "hidden-one" not in shown
    assert "somebody of the mission" in as_(other).get(page).content.decode()


# ---- words that were changed or removed


def test_a_removed_comment_is_read_by_its_author_and_those_who_may_archive_the_record(house, as_, talk):
    reader = house.person("reader", "jmac")
    author = house.person("author", "political-affairs", "jmac")
    record, said, _task = talk("contact", confidentiality=2, reader=reader)
    address = reverse("work:wordings", args=[said.pk])
    assert SAID in as_(reader).get(address).content.decode()
    comments.remove_comment(by=author, id=said.pk)
    page = as_(reader).get(reverse("records:record", args=["contact", record.pk])).content.decode()
    assert SAID not in page.split('id="talk"')[1].split('id="tasks"')[0]
    assert as_(reader).get(address).status_code == 404
    assert SAID in as_(author).get(address).content.decode()


@pytest.mark.parametrize("text", ["call +236 70 12 34 56 tonight", "she was raped", "write to a.b@example.org"])
def test_comments_notes_and_reasons_refuse_what_must_not_be_kept(house, as_, talk, text):
    author = house.person("author", "political-affairs", "jmac")
    record, _said, task = talk("field-report")
    browser, about = as_(author), f"field-report/{record.pk}"
    for route, args, given in (
        ("work:comment", [], {"about": about, "text": text}),
        ("work:new-task", [], {"about": about, "action": "ask", "owner": "author", "note": text}),
        ("work:move-task", [task.pk], {"version": 1, "state": "dropped", "because": text}),
    ):
        assert "errorlist" in browser.post(reverse(route, args=args), given).content.decode(), route


def test_markup_is_shown_as_text(house, as_, talk):
    author = house.person("author", "political-affairs", "jmac")
    record, *_ = talk("contact")
    about = subject(viewer=author, reference=f"contact/{record.pk}")
    comments.add_comment(by=author, about=about, text="<script>alert(1)</script>")
    page = as_(author).get(reverse("records:record", args=["contact", record.pk])).content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize("type_", TYPES)
def test_the_trail_knows_the_deeds_and_neither_words_nor_addresses(house, as_, talk, type_):
    record, said, task = talk(type_)
    author = house.person("author")
    as_(author).get(reverse("work:task", args=[task.pk]))
    as_(author).get(reverse("work:wordings", args=[said.pk]))
    deeds = [each.deed for each in AuditEntry.objects.filter(actor="author")]
    assert deeds == ["created a record", "wrote a comment", "gave a task", "looked at a record",
                     "looked at the history of a record"]  # fmt: skip
    told = "".join(f"{each.subject}{each.detail}" for each in AuditEntry.objects.all())
    assert not [each for each in (SAID, WORD, str(record.pk)) if each in told]


# ---- findings


def test_what_is_said_of_a_finding_is_read_by_staff_and_not_by_who_still_owes_a_view(mission, people, client):
    leader, analyst = people["leader"], people["analyst"]
    about = subject(viewer=analyst, reference="benchmark/O2.M2")
    comments.add_comment(by=analyst, about=about, text=f"@a-leader {SAID}")
    tasks.give_task(by=analyst, about=about, values={"action": "ask", "note": SAID, "owner": leader, "component": "", "due": None})  # fmt: skip
    pages = ("/benchmarks/O2.M2/", "/tasks/", "/notices/", reverse("work:task", args=[Task.objects.get().pk]))
    for role in ("reader", "leader"):
        client.force_login(people[role])
        for page in pages:
            assert SAID not in client.get(page).content.decode(), (role, page)
    client.force_login(leader)
    given = {"assessment": mission.assessments[-1], "status": "met", "reason": "As I see it."}
    assert client.post("/benchmarks/O2.M2/view/", given).status_code == 302
    assert SAID in client.get("/benchmarks/O2.M2/").content.decode()
    assert unread(leader) == 2


def test_a_reader_without_a_post_says_nothing_of_findings_and_gives_no_task(mission, people, client):
    client.force_login(people["reader"])
    assert client.post(reverse("work:comment"), {"about": "benchmark/O2.M2", "text": "x"}).status_code == 404
    assert client.get(reverse("work:new-task")).status_code == 404
    assert 'id="talk"' not in client.get("/benchmarks/O2.M2/").content.decode()
