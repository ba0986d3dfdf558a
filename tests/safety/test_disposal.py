"""Retention: who may let a record go, what holds it, what is left, and what becomes of its evidence."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone
from tests.safety.record_house import DAY, VALUES, WORD
from tests.safety.test_beside_records import able, with_everything
from tests.safety.test_records import TYPES, address

from primacy.access import chain
from primacy.access.models import AuditEntry
from primacy.access.placing import share_record
from primacy.access.posts import Share
from primacy.access.queries import chain_of_entries, not_as_granted
from primacy.evidence.store.store import Store
from primacy.framework import Instance
from primacy.records import queries, services
from primacy.records.models import Version, Waiting
from primacy.records.models.beside import Attachment
from primacy.records.models.retained import Disposal, Hold
from primacy.records.queries import retention
from primacy.records.queries.sealing import compare
from primacy.records.services import attachments, disposing, holds
from primacy.work.models import Comment, Task
from primacy.work.queries.subjects import subject
from primacy.work.services.comments import add_comment
from primacy.work.services.tasks import give_task

pytestmark = pytest.mark.django_db
LONG_AGO = date(2011, 6, 1)  # a Wednesday


def let_go(type_, record, by, second, **given) -> Disposal:
    """Asked for by one person and agreed to by another; then evidence is cleaned, the file of the database apart."""
    given = {"ground": "protection", "because": "somebody is in danger", **given}
    asked = disposing.ask_disposal(by=by, type_=type_, id=record.pk, **given)
    disposing.decide_disposal(by=second, disposal=asked.pk, agree=True)
    disposing.resend(type_, record.pk)
    return asked


def counted(*, as_of: date = date(2040, 1, 1), known: datetime | None = None) -> list[dict]:
    store = Store(Instance.here().evidence)
    return store.fetch(store.rows(as_of=as_of, known=known or datetime.now(UTC))).to_pylist()


@pytest.mark.parametrize("type_", TYPES)
def test_a_record_goes_when_two_people_agree_and_a_tombstone_says_so(house, as_, type_) -> None:
    one, two = able(house, type_), able(house, type_, "second")
    record, other, *_rest = with_everything(house, type_, one)
    found = house.types[type_]
    asked = disposing.ask_disposal(by=one, type_=found, id=record.pk, ground="protection", because="in danger")
    with pytest.raises(LookupError):
        disposing.decide_disposal(by=one, disposal=asked.pk, agree=True)
    assert as_(two).post(reverse("records:decide-disposal", args=[asked.pk]), {"agree": "yes"}).status_code == 302
    assert not queries.visible(queries.reader_of(one), found, archived=None).filter(pk=record.pk).exists()
    page = as_(two).get(address("record", type_, record.pk)).content.decode()
    for told in ("Withdrawn for protection", "in danger", one.username, two.username, "protection"):
        assert told in page
    assert WORD not in page
    for door in ("change", "history", "who", "timeline", "relations", "dispose", "relate"):
        assert as_(two).get(address(door, type_, record.pk)).status_code == 404
    assert "was followed by" not in as_(two).get(address("record", type_, other.pk)).content.decode()
    assert as_(house.person("nobody")).get(address("record", type_, record.pk)).status_code == 404
    assert [each.deed for each in AuditEntry.objects.order_by("-number")[:2]] == ["agreed to a disposal", "asked for a disposal"]  # fmt: skip
    assert not [each for each in AuditEntry.objects.all() if WORD in f"{each.subject}{each.detail}"]
    assert chain.verify(chain_of_entries()).sound


@pytest.mark.parametrize("type_", TYPES)
def test_no_table_keeps_a_word_of_what_went(house, type_) -> None:
    """Every column of every table of the database, whoever made the table."""
    one, two = able(house, type_), able(house, type_, "second")
    record, *_rest = with_everything(house, type_, one)
    typed = {name: str(value) for name, value in VALUES[type_].items()}
    services.keep_draft(by=two, type_=house.types[type_], record=str(record.pk), typed=typed)
    talked_about(one, f"{type_}/{record.pk}", WORD)
    for other in house.types[type_].model.objects.exclude(pk=record.pk):
        let_go(house.types[type_], other, one, two)
    assert WORD in everything()
    let_go(house.types[type_], record, one, two)
    assert WORD not in everything()


def talked_about(by, reference: str, words: str) -> None:
    """A comment and a task about it that say the words."""
    about = subject(viewer=by, reference=reference)
    add_comment(by=by, about=about, text=f"I doubt {words}")
    given = {"action": "ask", "note": f"ask again: {words}", "owner": by, "component": "", "due": None}
    give_task(by=by, about=about, values=given)


def everything() -> str:
    rows = (row for model in apps.get_models() for row in model._default_manager.values_list())
    return "\n".join(str(row) for row in rows)


def test_every_table_that_names_a_record_says_what_a_disposal_does_to_it() -> None:
    """A new table beside records is `FORGETS` of its module in `services`, with `after_disposal`, or it is a tombstone."""
    forgets = {model for module in (disposing, *disposing.neighbours()) for model in module.FORGETS}
    naming = {
        model for model in apps.get_models()
        if model.__module__.startswith("primacy.") and {each.name for each in model._meta.fields} & {"record", "reference", "version", "about"}
        and not {each.model for each in queries.record_types().values()} & {model}
    }  # fmt: skip
    assert naming - forgets - set(disposing.STAYS) == set()


def test_a_period_that_is_not_over_is_no_ground_and_one_that_is_over_shows_on_the_page(house, as_) -> None:
    one, two = house.person("one", "civil-affairs"), house.person("two", "civil-affairs")
    old, new = house.write(one, "contact", day=LONG_AGO), house.write(one, "contact")
    hidden = house.write(house.person("p", "political-affairs"), "contact", day=LONG_AGO, confidentiality=3)
    with pytest.raises(disposing.NotDue):
        disposing.ask_disposal(by=one, type_=house.types["contact"], id=new.pk, ground="schedule", because="x")
    page = as_(one).get(reverse("records:retention")).content.decode()
    assert str(old.pk) in page
    assert str(new.pk) not in page
    assert str(hidden.pk) not in page
    form = {"field": "", "ground": "schedule", "because": "ten years"}
    assert as_(one).post(address("dispose", "contact", old.pk), form).status_code == 302
    assert str(old.pk) not in page.partition('id="due"')[2]
    assert as_(two).get(reverse("records:retention")).content.decode().count("Agree: it goes for good") == 1
    assert "somebody else must agree" in as_(one).get(reverse("records:retention")).content.decode()


def test_the_missions_own_schedule_takes_the_place_of_the_default(house) -> None:
    (Instance.here().folder / "retention.yaml").write_text(
        "contact: {rule: M-7, years: 30, from: day, source: ST/SGB/1}\n", "utf-8"
    )
    one = house.person("one", "civil-affairs")
    old = house.write(one, "contact", day=LONG_AGO)
    assert retention.period_of(house.types["contact"]).rule == "M-7"
    assert not retention.is_over(house.types["contact"], old.pk)
    assert retention.period_of(house.types["actor"]).rule == "R3"


def test_while_there_is_a_hold_nothing_goes_and_who_placed_it_cannot_lift_it(house) -> None:
    one, two = house.person("one", "civil-affairs"), house.person("two", "civil-affairs")
    type_ = house.types["contact"]
    record, _other, file, _relation = with_everything(house, "contact", one)
    asked = disposing.ask_disposal(by=one, type_=type_, id=record.pk, ground="protection", because="danger")
    holds.place_hold(by=one, type_=type_, id=record.pk, because="a court may ask")
    with pytest.raises(holds.Held):
        disposing.decide_disposal(by=two, disposal=asked.pk, agree=True)
    with pytest.raises(holds.Held):
        disposing.ask_disposal(by=one, type_=type_, id=record.pk, ground="protection", because="d", field="note")
    with pytest.raises(holds.Held):
        attachments.take_off(by=one, type_=type_, id=record.pk, attachment=file.pk, because="wrong")
    with pytest.raises(LookupError):
        holds.lift_hold(by=one, type_=type_, id=record.pk, because="done")
    holds.lift_hold(by=two, type_=type_, id=record.pk, because="done")
    assert disposing.decide_disposal(by=two, disposal=asked.pk, agree=True).agreed


@pytest.mark.parametrize("type_", TYPES)
def test_the_words_of_one_field_go_from_every_version_and_from_files_that_hold_them(house, as_, type_) -> None:
    one, two = able(house, type_), able(house, type_, "second")
    found = house.types[type_]
    name = next(name for name, _label in retention.redactable(found) if VALUES[type_][name] and WORD in VALUES[type_][name])  # fmt: skip
    record = house.write(one, type_)
    services.change(by=one, type_=found, id=record.pk, version=1, values={name: f"second {WORD}"})
    telling = attachments.attach(by=one, type_=found, id=record.pk, name="a.txt", data=f"it is SECOND {WORD}".encode())
    silent = attachments.attach(by=one, type_=found, id=record.pk, name="b.txt", data=b"nothing of it")
    for each in (telling, silent):
        attachments.read_words(each)
    talked_about(one, f"{type_}/{record.pk}", f"Second  {WORD}")
    let_go(found, record, one, two, field=name)
    assert not Comment.objects.exists()
    assert not Task.objects.exists()
    record.refresh_from_db()
    assert getattr(record, name) == ""
    assert [each.facts[name] for each in Version.objects.filter(record=record.pk)] == ["", "", ""]
    assert [each.gone is None for each in Attachment.objects.order_by("at")] == [False, True]
    page = as_(one).get(address("record", type_, record.pk)).content.decode()
    assert "went for good on" in page
    assert WORD not in page
    assert WORD not in as_(one).get(address("history", type_, record.pk)).content.decode()
    with pytest.raises(services.Collision):
        services.change(by=one, type_=found, id=record.pk, version=2, values={name: f"second {WORD}"})


def test_what_is_no_field_of_words_is_not_redacted(house) -> None:
    one = house.person("one", "civil-affairs")
    record = house.write(one, "contact")
    for field in ("way", "day", "author", "nothing", "actor"):
        with pytest.raises(ValueError):
            disposing.ask_disposal(by=one, type_=house.types["contact"], id=record.pk, ground="protection", because="x", field=field)  # fmt: skip


def test_evidence_of_a_record_whose_period_is_over_stays_as_a_coarse_public_fact(house) -> None:
    """District and week, as it was known at every moment; the sources go."""
    one, two = house.person("one", "civil-affairs"), house.person("two", "civil-affairs")
    report = house.write(one, "field-report", day=LONG_AGO, origin="radio", killed=2)
    house.write(one, "field-report", day=DAY)
    services.send_waiting()
    before, then = counted(), datetime.now(UTC)
    fact = lambda row: (row["kind"], row["measure"], row["value"], row["target"], row["grade"])  # noqa: E731
    let_go(house.types["field-report"], report, one, two, ground="schedule")
    for known in (then, None):
        after = counted(known=known)
        assert sorted(map(fact, after)) == sorted(map(fact, before))
        gone = [row for row in after if row["date"].year == 2011]
        assert {(row["date"], row["until"]) for row in gone} == {(date(2011, 5, 30), date(2011, 6, 5))}
        assert {row["origin"] for row in gone} == {""}
        assert {row["date"] for row in after if row["date"].year != 2011} == {DAY}
    store = Store(Instance.here().evidence)
    assert "radio" not in str(store.fetch(store.ever_told(known=datetime.now(UTC))).to_pylist())


def test_evidence_of_a_record_that_went_for_protection_is_gone_at_every_moment(house) -> None:
    one, two = house.person("one", "civil-affairs"), house.person("two", "civil-affairs")
    report = house.write(one, "field-report", origin="radio")
    house.write(one, "contact")
    services.send_waiting()
    then = datetime.now(UTC)
    let_go(house.types["field-report"], report, one, two)
    for known in (then, None):
        assert {row["kind"] for row in counted(known=known)} == {"contact"}


def test_a_rebuild_after_disposals_gives_the_same_store(house) -> None:
    """One data set that holds several records loses the lines of one and keeps those of the others."""
    import shutil

    one, two = house.person("one", "civil-affairs"), house.person("two", "civil-affairs")
    records = [house.write(one, "field-report", day=day, origin="radio") for day in (LONG_AGO, DAY, DAY, LONG_AGO)]
    services.send_all()
    let_go(house.types["field-report"], records[0], one, two, ground="schedule")
    let_go(house.types["field-report"], records[1], one, two)
    let_go(house.types["field-report"], records[2], one, two, field="origin")
    assert services.send_all() == 0
    facts = lambda: sorted(str({**row, "dataset": ""}) for row in counted())  # noqa: E731
    after = facts()
    shutil.rmtree(Instance.here().evidence)
    services.send_all()
    assert facts() == after
    assert len({row["record"] for row in counted()}) == 3


def test_a_tombstone_is_for_those_who_would_have_seen_the_record(house, as_) -> None:
    polly, paul = house.person("polly", "political-affairs"), house.person("paul", "political-affairs")
    record = house.write(polly, "contact", confidentiality=3)
    let_go(house.types["contact"], record, polly, paul)
    assert as_(paul).get(address("record", "contact", record.pk)).status_code == 200
    planner = house.person("plan", "planning")
    assert as_(planner).get(address("record", "contact", record.pk)).status_code == 404
    assert str(record.pk) not in as_(planner).get(reverse("records:retention")).content.decode()
    assert str(record.pk) in as_(paul).get(reverse("records:retention")).content.decode()


def differing() -> list[tuple[str, str]]:
    """Of holds, disposals and shares; the people of this house were put in by hand."""
    of = ("records.Hold", "records.Disposal", "access.Share")
    return [(each.kind.table, each.what) for each in not_as_granted() if each.kind.table in of]


def test_what_went_lawfully_is_as_the_trail_says_and_a_hold_too(house) -> None:
    one, two = house.person("one", "civil-affairs"), house.person("two", "civil-affairs")
    type_ = house.types["contact"]
    gone, kept, held = (house.write(one, "contact") for _ in range(3))
    named = {"reference": f"contact/{gone.pk}", "subject": "contact/x", "because": "knows"}
    share_record(by=one, to=two, until=timezone.localdate(), **named)
    let_go(type_, gone, one, two)
    let_go(type_, kept, one, two, field="note")
    holds.place_hold(by=one, type_=type_, id=kept.pk, because="a court may ask")
    holds.place_hold(by=one, type_=type_, id=held.pk, because="a court may ask")
    holds.lift_hold(by=two, type_=type_, id=kept.pk, because="done")
    assert Share.objects.get().ended is not None
    assert (compare().rows, compare().versions, compare().gone, differing()) == ([], [], [], [])


def test_a_record_that_is_said_to_be_gone_by_hand_is_found(house) -> None:
    one, two = house.person("one", "civil-affairs"), house.person("two", "civil-affairs")
    gone, hidden = house.write(one, "contact"), house.write(one, "contact")
    let_go(house.types["contact"], gone, one, two)
    model = house.types["contact"].model
    model.objects.filter(pk=hidden.pk).update(disposed=timezone.now())
    assert compare().rows == [("contact", hidden.pk)]
    Waiting.objects.filter(version__record=hidden.pk).delete()
    Version.objects.filter(record=hidden.pk)._raw_delete("default")
    assert compare().rows == [("contact", hidden.pk)]
    model.objects.filter(pk__in=(gone.pk, hidden.pk)).update(disposed=None)
    assert sorted(compare().rows) == sorted([("contact", gone.pk), ("contact", hidden.pk)])


# what is done in the database, past the product -> of what it is found
FORGED = [
    ("a hold goes", lambda: Hold.objects.all().delete(), ("records.Hold", "gone")),
    ("a hold is lifted", lambda: Hold.objects.update(lifted_at=timezone.now()), ("records.Hold", "changed")),
    ("a hold is of another record", lambda: Hold.objects.update(record=uuid4()), ("records.Hold", "changed")),
    ("a second person agreed", lambda: Disposal.objects.update(agreed=True), ("records.Disposal", "changed")),
    ("who would learn of it", lambda: Disposal.objects.update(confidentiality=3), ("records.Disposal", "changed")),
    ("a disposal goes", lambda: Disposal.objects.all().delete(), ("records.Disposal", "gone")),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "forge", "found"), FORGED, ids=[case[0] for case in FORGED])
def test_a_hold_or_a_disposal_changed_by_hand_is_found(house, shows, forge, found) -> None:
    one, type_ = house.person("one", "civil-affairs"), house.types["contact"]
    record = house.write(one, "contact")
    disposing.ask_disposal(by=one, type_=type_, id=record.pk, ground="protection", because="danger")
    holds.place_hold(by=one, type_=type_, id=record.pk, because="a court may ask")
    assert differing() == []
    forge()
    assert differing() == [found]


def test_a_disposal_put_in_by_hand_makes_nothing_lawful(house) -> None:
    one = house.person("one", "civil-affairs")
    record = house.write(one, "contact")
    Disposal.objects.create(
        type="contact", record=record.pk, ground="protection", rule="protection", because="x", by=one, agreed=True,
        at=timezone.now(), component="civil-affairs", confidentiality=1, author=one, released=True,
    )  # fmt: skip
    assert differing() == [("records.Disposal", "unknown")]
