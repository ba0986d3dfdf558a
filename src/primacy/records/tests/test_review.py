"""From writing to evidence: who may take a record a step on, and who sees it before it is published."""

import pytest
from django.db import connection

from primacy.access.models import AuditEntry
from primacy.access.readers import reader_of
from primacy.framework import Instance
from primacy.records import queries, services
from primacy.records.models import Version
from primacy.records.queries.review import headless, waiting, way
from primacy.records.queries.sealing import broken_seals, changed_rows
from primacy.records.review import STEPS, step
from primacy.records.services import bulk
from primacy.records.showing import Asked
from primacy.records.templatetags.records import stages
from primacy.records.tests.written import FACTS, in_post

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


def test_words_that_are_changed_past_the_product_are_found(written, contacts, people):
    take(written, contacts, people["colleague"], "check")
    assert list(broken_seals()) == []
    Version.objects.filter(number=1).update(facts={**Version.objects.get(number=1).facts, "subject": "forged"})
    assert [each.number for each in broken_seals()] == [1]
    Version.objects.create(
        type="contact", record=written.pk, number=3, at=written.changed, by=people["head"], deed="published a record",
        state="published", facts=Version.objects.get(number=2).facts,
    )  # fmt: skip
    assert [each.number for each in broken_seals()] == [1, 3], "a version of which the trail knows nothing"


# what is done in the database, past the product
FORGED = [
    ("a row that everybody reads", "UPDATE actors_contact SET subject = 'forged'"),
    ("that it was published", "UPDATE actors_contact SET released = TRUE"),
    ("its state", "UPDATE actors_contact SET state = 'published'"),
    ("its newest version goes", "DELETE FROM records_waiting; DELETE FROM records_version WHERE number = 2"),
]


@pytest.mark.parametrize(("shows", "statement"), FORGED, ids=[case[0] for case in FORGED])
def test_rows_that_are_not_what_was_saved_last_are_found(written, contacts, people, shows, statement):
    take(written, contacts, people["colleague"], "check")
    assert list(changed_rows()) == []
    with connection.cursor() as cursor:
        for each in statement.split("; "):
            cursor.execute(each)
    assert list(changed_rows()) == [("contact", written.pk)]


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
