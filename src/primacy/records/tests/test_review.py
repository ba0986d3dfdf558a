"""From writing to evidence: who may take a record a step on, and who sees it before it is published."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from primacy.access.models import AuditEntry
from primacy.access.posts import Post
from primacy.access.readers import reader_of
from primacy.framework import Instance
from primacy.records import queries, services
from primacy.records.models import Version
from primacy.records.queries.review import awaits, headless, sent_back, waiting, way
from primacy.records.queries.sealing import Found, compare, facts_of_row, lacking
from primacy.records.review import STEPS, step
from primacy.records.services import bulk
from primacy.records.showing import Asked
from primacy.records.telling import name_of
from primacy.records.templatetags.records import stages
from primacy.records.tests.written import FACTS, in_post
from primacy.web.doctor import records as of_records

pytestmark = pytest.mark.django_db


@pytest.fixture
def contacts(tmp_path, monkeypatch):
    (tmp_path / "mission.yaml").write_text("country: OST\n", "utf-8")
    monkeypatch.setenv("PRIMACY_DATA", str(tmp_path))
    assert Instance(tmp_path).folder == tmp_path
    return queries.record_types()["contact"]


@pytest.fixture
def people():
    return {
        "writer": in_post("writer", "civil-affairs"), "colleague": in_post("colleague", "civil-affairs"),
        "head": in_post("head", "civil-affairs", heads=True), "jmac": in_post("jmac", "jmac"),
        "political": in_post("political", "political-affairs"), "mission": in_post("mission", "head-of-mission", heads=True),
    }  # fmt: skip


@pytest.fixture
def written(contacts, people):
    return services.create(by=people["writer"], type_=contacts, values=FACTS)


def take(record, contacts, by, name, because=""):
    record.refresh_from_db()
    return services.review(
        by=by, type_=contacts, id=record.pk, version=record.version, name=name, because=because
    )  # fmt: skip


def test_every_step_leads_from_a_state_that_another_leads_to_or_that_writing_makes() -> None:
    assert {each.before for each in STEPS} <= {"written", *(each.after for each in STEPS)}
    with pytest.raises(LookupError):
        step("publish", "written")


def test_a_colleague_checks_and_the_head_publishes_and_each_is_a_version_with_its_entry(written, contacts, people):
    take(written, contacts, people["colleague"], "check")
    published = take(written, contacts, people["head"], "publish")
    assert (published.state, published.released, published.one_hand) == ("published", True, True)
    said = [(each.deed, each.by.username, each.state) for each in Version.objects.order_by("number")]
    assert said == [
        ("created a record", "writer", "written"), ("checked a record", "colleague", "checked"),
        ("published a record", "head", "published"),
    ]  # fmt: skip
    assert [each.deed for each in AuditEntry.objects.all()] == [deed for deed, _by, _state in said]


# what it shows, steps before, who, step, what comes of it
REFUSED = [
    ("nobody checks what they wrote", (), "writer", "check", services.OwnHand),
    ("who heads the component no more than others", (("head", "saves"),), "head", "check", services.OwnHand),
    ("nor publishes it", (("head", "saves"), ("colleague", "check")), "head", "publish", services.OwnHand),
    ("a word of another's after it makes it no other's", (("head", "saves"), ("colleague", "saves")), "head", "check", services.OwnHand),
    ("who checked it leaves publishing it to another", (("head", "check"),), "head", "publish", services.OwnHand),
    ("what was never published is not recalled", (("colleague", "check"),), "head", "recall", LookupError),
    ("who does not head it publishes nothing", (("colleague", "check"),), "colleague", "publish", LookupError),
    ("what nobody checked is not published", (), "head", "publish", LookupError),
    ("who may not see it checks nothing", (), "jmac", "check", LookupError),
    ("nothing is sent back without a reason", (), "colleague", "return", ValueError),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "before", "who", "name", "error"), REFUSED, ids=[case[0] for case in REFUSED])
def test_what_is_refused_leaves_the_record_as_it_was(written, contacts, people, shows, before, who, name, error):
    for by, done in before:
        if done == "saves":
            written.refresh_from_db()
            said = {"subject": f"by the {by}"}
            services.change(by=people[by], type_=contacts, id=written.pk, version=written.version, values=said)
        else:
            take(written, contacts, people[by], done)
    written.refresh_from_db()
    was = (written.version, written.state)
    with pytest.raises(error):
        take(written, contacts, people[who], name)
    written.refresh_from_db()
    assert (written.version, written.state) == was


def seen_by(people, contacts) -> set[str]:
    return {name for name, each in people.items() if queries.visible(reader_of(each), contacts).exists()}


def test_until_it_is_published_its_own_component_sees_it_and_afterwards_whom_the_table_lets(written, contacts, people):
    inside = {"writer", "colleague", "head", "political", "mission"}
    assert seen_by(people, contacts) == inside
    take(written, contacts, people["colleague"], "check")
    assert seen_by(people, contacts) == inside
    take(written, contacts, people["mission"], "publish")
    assert seen_by(people, contacts) == inside | {"jmac"}
    services.change(by=people["writer"], type_=contacts, id=written.pk, version=3, values={"subject": "second"})
    assert seen_by(people, contacts) == inside | {"jmac"}, "what was published stays seen while it is changed"
    take(written, contacts, people["mission"], "recall", "It was another day.")
    assert seen_by(people, contacts) == inside, "what is recalled is hidden again, also while somebody changes it"
    assert waits(people) == {"colleague", "head", "political", "mission"}


def test_what_is_sent_back_waits_for_its_writer_with_the_reason_and_begins_again(written, contacts, people):
    take(written, contacts, people["colleague"], "return", "Which union?")
    assert waits(people) == {"writer"}
    shown = queries.one(viewer=people["writer"], type_=contacts, id=written.pk)
    assert way(viewer=people["writer"], seen=shown).last.because == "Which union?"
    services.change(by=people["writer"], type_=contacts, id=written.pk, version=2, values={"subject": "the miners"})
    assert waits(people) == {"colleague", "head", "political", "mission"}


# what it shows, steps after the writing -> who took it to each stage
REACHED = [
    ("what is written", (), {"Written": "writer"}),
    ("what is published", (("colleague", "check"), ("head", "publish")),
     {"Written": "writer", "Checked by a colleague": "colleague", "Published": "head"}),
    ("a check that was taken back is none", (("colleague", "check"), ("political", "uncheck")), {"Written": "writer"}),
    ("what is sent back begins again", (("colleague", "check"), ("head", "return")), {"Written": "writer"}),
    ("what is recalled too, and is checked anew", (("colleague", "check"), ("head", "publish"), ("head", "recall"),
     ("political", "check")), {"Written": "writer", "Checked by a colleague": "political"}),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "steps", "reached"), REACHED, ids=[case[0] for case in REACHED])
def test_the_page_says_who_took_it_how_far(written, contacts, people, shows, steps, reached):
    for who, name in steps:
        take(written, contacts, people[who], name, "because")
    shown = way(viewer=people["writer"], seen=queries.one(viewer=people["writer"], type_=contacts, id=written.pk))
    assert {each.name: each.version.by.username for each in stages(shown) if each.version} == reached


def waits(people) -> set[str]:
    return {name for name, each in people.items() if waiting(viewer=each)}


def test_the_list_of_what_waits_is_that_of_whom_it_waits_for(written, contacts, people):
    mine = Asked(state="mine")
    assert not queries.listed(viewer=people["writer"], type_=contacts, asked=mine).exists()
    assert queries.listed(viewer=people["colleague"], type_=contacts, asked=mine).get().pk == written.pk
    take(written, contacts, people["colleague"], "check")
    assert waits(people) == {"head", "mission"}


def test_a_record_that_is_gone_is_found(written) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM actors_contact")
    assert compare().rows == [("contact", written.pk)]


def test_each_version_is_read_once(written, contacts, people) -> None:
    take(written, contacts, people["colleague"], "check")
    with CaptureQueriesContext(connection) as asked:
        compare()
    reads = [each["sql"] for each in asked if '"facts"' in each["sql"]]
    assert len(reads) == 1


def test_an_emptied_trail_is_found_by_the_versions_that_it_lacks(written, contacts, people) -> None:
    take(written, contacts, people["colleague"], "check")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM access_auditentry")
    assert compare().lacking == lacking() == 2
    assert any("lacks the entries of 2 versions" in each.what for each in of_records.check(Instance.here()))


# what it shows, what is done after the writing -> for whom it waits
HANDS = [
    ("who wrote any of it is not asked, though another wrote last", [("head", "saves"), ("colleague", "saves")], {"political", "mission"}),
    ("to publish it neither", [("head", "saves"), ("writer", "saves"), ("colleague", "check")], {"mission"}),
    ("who checked it is not asked to publish it", [("head", "check")], {"mission"}),
    ("where a word was changed since and another checked it, they are", [("head", "check"), ("writer", "saves"), ("colleague", "check")],
     {"head", "mission"}),
    ("what was published is no hand any more", [("colleague", "check"), ("head", "publish"), ("political", "saves")],
     {"writer", "colleague", "head", "mission", "jmac"}),
    ("until it is recalled", [("colleague", "check"), ("head", "publish"), ("head", "recall")], {"colleague", "head", "political", "mission"}),
    ("what is sent back waits for all who wrote in it", [("head", "saves"), ("colleague", "saves"), ("political", "return")],
     {"writer", "head", "colleague"}),
    ("a change that was undone is no hand", [("head", "raises and undoes")], {"colleague", "head", "political", "mission"}),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "done", "waiting_for"), HANDS, ids=[case[0] for case in HANDS])
def test_nothing_is_offered_that_is_then_refused(written, contacts, people, shows, done, waiting_for):
    for who, what in done:
        written.refresh_from_db()
        named = {"by": people[who], "type_": contacts, "id": written.pk}
        if what == "saves":
            services.change(**named, version=written.version, values={"subject": f"by the {who}"})
        elif what == "raises and undoes":
            raised = services.change(**named, version=written.version, values={"confidentiality": 2})
            services.undo_change(**named, version=raised.version)
        else:
            take(written, contacts, people[who], what, "because")
    written.refresh_from_db()
    assert waits(people) == waiting_for
    name = {"written": "check", "recalled": "check", "checked": "publish"}.get(written.state)
    for who, person in people.items():
        shown = queries.visible(reader_of(person), contacts).exists()
        offered = (
            name in [each.name for each in way(viewer=person, seen=one(person, written, contacts)).steps]
            if shown
            else False
        )
        marked = (
            bulk.look(by=person, type_=contacts, action=name, ids=[written.pk], asked=Asked()).targets if name else []
        )
        assert (who in waiting_for and name is not None) == offered == bool(marked), who
        try:
            with transaction.atomic():
                take(written, contacts, person, name or "check")
                transaction.set_rollback(True)
        except (LookupError, services.OwnHand):
            assert not offered, who
        else:
            assert offered, who


def one(person, record, contacts):
    return queries.one(viewer=person, type_=contacts, id=record.pk)


def test_the_count_is_that_of_each_reader_as_they_are_placed_today(written, contacts, people):
    """The question is put together once for one reader; whoever is placed otherwise is another reader."""

    def counts() -> dict[str, int]:
        return {name: sum(n for _type, n in waiting(viewer=each)) for name, each in people.items()}

    def listed() -> dict[str, int]:
        mine = Asked(state="mine")
        return {name: sum(queries.listed(viewer=each, type_=type_, asked=mine).count() for type_ in
                          queries.record_types().values()) for name, each in people.items()}  # fmt: skip

    assert counts() == listed() == counts()
    assert counts()["colleague"] == 1
    Post.objects.filter(person=people["colleague"]).update(until=date(2020, 1, 2))
    assert counts() == listed()
    assert counts()["colleague"] == 0
    Post.objects.create(person=people["political"], component="civil-affairs", since=date(2020, 1, 1), heads=True)
    take(written, contacts, people["head"], "check")
    assert counts() == listed()
    assert counts()["political"] == 1


def test_what_waits_is_asked_in_as_many_questions_for_many_as_for_one(contacts, people) -> None:
    asked = []
    for _ in range(2):
        for _more in range(4):
            services.create(by=people["writer"], type_=contacts, values=FACTS)
        with CaptureQueriesContext(connection) as asking:
            assert waiting(viewer=people["colleague"])
        asked.append(len(asking))
    assert asked[0] == asked[1]


def test_who_wrote_any_of_it_is_told_that_it_was_sent_back(written, contacts, people) -> None:
    services.change(by=people["colleague"], type_=contacts, id=written.pk, version=1, values={"subject": "second"})
    take(written, contacts, people["head"], "return", "Which union?")
    assert {(record.pk, each.username) for record, each in sent_back(contacts)} == {
        (written.pk, "writer"), (written.pk, "colleague"),
    }  # fmt: skip


# what is done with many and undone, what it is told
UNDONE = [
    ("a higher confidentiality", "level", {"level": 3}),
    ("a lower one", "level", {"level": 0}),
    ("a tag", "tag", {"tag": "road"}),
    ("the archive", "archive", {"because": "test"}),
]


@pytest.mark.parametrize(("shows", "action", "given"), UNDONE, ids=[case[0] for case in UNDONE])
def test_what_is_undone_leaves_published_what_was_published(written, contacts, people, shows, action, given):
    take(written, contacts, people["colleague"], "check")
    published = take(written, contacts, people["head"], "publish")
    was = facts_of_row(published, contacts)
    political = people["political"]
    made = bulk.look(by=people["head"], type_=contacts, action=action, ids=[written.pk], asked=Asked())
    bulk.do(by=people["head"], type_=contacts, bulk=made, given=given, progress=lambda *_: None)
    bulk.undo(by=people["head"], type_=contacts, bulk=made, progress=lambda *_: None)
    written.refresh_from_db()
    assert made.failed == []
    assert (written.state, written.released, facts_of_row(written, contacts)) == ("published", True, was)
    assert queries.feeds(one(political, written, contacts)).published
    reached = stages(way(viewer=political, seen=one(political, written, contacts)))
    assert [each.version.by.username for each in reached] == ["writer", "colleague", "head"]
    assert compare() == Found()


def test_nobody_undoes_what_another_changed(written, contacts, people) -> None:
    services.change(by=people["colleague"], type_=contacts, id=written.pk, version=1, values={"confidentiality": 2})
    with pytest.raises(LookupError):
        services.undo_change(by=people["head"], type_=contacts, id=written.pk, version=2)
    with pytest.raises(services.Collision):
        services.undo_change(by=people["colleague"], type_=contacts, id=written.pk, version=1)


def test_many_are_checked_and_published_and_it_is_undone(contacts, people):
    records = [services.create(by=people["writer"], type_=contacts, values=FACTS) for _ in range(3)]
    own = services.create(by=people["colleague"], type_=contacts, values=FACTS)
    for who, name, after, undone in (
        ("colleague", "check", "checked", "written"), ("head", "publish", "published", "recalled"),
    ):  # fmt: skip
        made = bulk.look(
            by=people[who], type_=contacts, action=name, ids=[each.pk for each in [*records, own]], asked=Asked()
        )
        assert len(made.targets) == 3
        for deed, state in ((bulk.do, after), (bulk.undo, undone)):
            given = {"given": {}} if deed is bulk.do else {}
            deed(by=people[who], type_=contacts, bulk=made, progress=lambda *_: None, **given)
            assert {each.state for each in contacts.model.objects.exclude(pk=own.pk)} == {state}
        if name == "check":
            for each in records:
                take(each, contacts, people[who], name)
    assert not any(each.released for each in contacts.model.objects.all())


def test_what_waits_is_looked_for_among_what_is_not_published(contacts, people):
    """And not in the whole table, of which nearly all is published."""
    if connection.vendor == "postgresql":  # it weighs its ways by how many rows there are, and here are none
        connection.cursor().execute("SET LOCAL enable_seqscan = off")
    for each in people.values():
        reader = reader_of(each)
        waits = queries.visible(reader, contacts).filter(awaits(reader, contacts))
        assert "contact_on_its_way" in waits.values("pk").explain()


def test_words_that_are_changed_past_the_product_are_found(written, contacts, people):
    take(written, contacts, people["colleague"], "check")
    assert (compare().versions, compare().lacking) == ([], 0)
    Version.objects.filter(number=1).update(facts={**Version.objects.get(number=1).facts, "subject": "forged"})
    assert [each.number for each in compare().versions] == [1]
    Version.objects.create(
        type="contact", record=written.pk, number=3, at=written.changed, known=written.changed, by=people["head"],
        deed="published a record", state="published", facts=Version.objects.get(number=2).facts,
    )  # fmt: skip
    found = compare()
    assert [each.number for each in found.versions] == [1]
    assert found.lacking == lacking() == 1, "a version of which the trail knows nothing"


# what is done in the database, past the product
FORGED = [
    ("a row that everybody reads", "UPDATE actors_contact SET subject = 'forged'"),
    ("that it was published", "UPDATE actors_contact SET released = TRUE"),
    ("its state", "UPDATE actors_contact SET state = 'published'"),
    ("its newest version goes", "DELETE FROM records_waiting; DELETE FROM records_version WHERE number = 2"),
    ("an earlier version goes", "DELETE FROM records_waiting; DELETE FROM records_version WHERE number = 1"),
    ("who wrote it", "UPDATE actors_contact SET author_id = (SELECT id FROM access_user WHERE username = 'jmac')"),
    ("all its versions go", "DELETE FROM records_waiting; DELETE FROM records_version"),
    ("what is to count later", "UPDATE actors_contact SET later = '{\"confidentiality\": 0}'"),
]


def test_when_a_version_counts_cannot_be_moved_unseen(written):
    Version.objects.update(known=written.changed + timedelta(days=1))
    assert [each.number for each in compare().versions] == [1]


@pytest.mark.parametrize(("shows", "statement"), FORGED, ids=[case[0] for case in FORGED])
def test_rows_that_are_not_what_was_saved_last_are_found(written, contacts, people, shows, statement):
    take(written, contacts, people["colleague"], "check")
    assert compare().rows == []
    with connection.cursor() as cursor:
        for each in statement.split("; "):
            cursor.execute(each)
    assert compare().rows == [("contact", written.pk)]


def test_a_record_that_is_gone_with_all_its_versions_is_missed(written, contacts, people):
    assert compare().gone == []
    with connection.cursor() as cursor:
        for table in ("records_waiting", "records_version", "actors_contact"):
            cursor.execute(f"DELETE FROM {table}")
    assert compare().gone == [name_of("contact", str(written.pk))]
    assert any("nothing is left" in each.what for each in of_records.check(Instance.here()))


# what it shows, posts (component, heads) -> components whose records nobody may publish
HEADLESS = [
    ("nobody writes", [("planning", False)], []),
    ("a section without a head", [("civil-affairs", False)], ["civil-affairs"]),
    ("its own head", [("civil-affairs", False), ("civil-affairs", True)], []),
    ("the head of another section is none", [("civil-affairs", False), ("police", True)], ["civil-affairs"]),
    ("the head of mission serves all", [("civil-affairs", False), ("police", False), ("head-of-mission", True)], []),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "posts", "components"), HEADLESS, ids=[case[0] for case in HEADLESS])
def test_components_whose_records_nobody_may_publish_are_told(contacts, shows, posts, components):
    for number, (component, heads) in enumerate(posts):
        in_post(f"p{number}", component, heads=heads)
    assert headless() == components
