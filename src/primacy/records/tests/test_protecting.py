"""A protection counts at once where it is raised; lifting one takes two more people, and holds on every way until then."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from primacy.access.readers import reader_of
from primacy.framework import Instance
from primacy.incidents.forms import FieldReportForm
from primacy.records import queries, services
from primacy.records.forms import filled
from primacy.records.models import Version
from primacy.records.protecting import lifted
from primacy.records.queries.review import way
from primacy.records.showing import Asked
from primacy.records.tests.written import PUBLISHED, in_post

LEVEL = "confidentiality"
# what it shows, as it is, as it is wanted -> what waits
LIFTED = [
    ("the same", {LEVEL: 2}, {LEVEL: 2}, {}),
    ("higher counts at once", {LEVEL: 1}, {LEVEL: 3}, {}),
    ("lower waits", {LEVEL: 3}, {LEVEL: 1}, {LEVEL: 1}),
    ("into a group at once", {"group": None}, {"group": 7}, {}),
    ("out of it later", {"group": 7}, {"group": None}, {"group": None}),
    ("another group sees what it did not", {"group": 7}, {"group": 8}, {"group": 8}),
    ("a source that needs protection", {"source_protected": False}, {"source_protected": True}, {}),
    ("a source that needs it no more", {"source_protected": True}, {"source_protected": False}, {"source_protected": False}),
    ("each by itself", {LEVEL: 1, "group": 7}, {LEVEL: 2, "group": None}, {"group": None}),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "now", "wanted", "waits"), LIFTED, ids=[case[0] for case in LIFTED])
def test_what_waits(shows, now, wanted, waits) -> None:
    assert lifted(now, wanted) == waits


@given(st.integers(0, 3), st.integers(0, 3))
def test_what_counts_meanwhile_is_the_higher_of_the_two(now, wanted) -> None:
    waits = lifted({LEVEL: now}, {LEVEL: wanted})
    assert (now if waits else wanted) == max(now, wanted)


# ---- a record


@pytest.fixture
def contacts(db, tmp_path, monkeypatch):
    (tmp_path / "mission.yaml").write_text("country: OST\n", "utf-8")
    monkeypatch.setenv("PRIMACY_DATA", str(tmp_path))
    assert Instance(tmp_path).folder == tmp_path
    return queries.record_types()["contact"]


@pytest.fixture
def people(db):
    return {
        "writer": in_post("writer", "political-affairs"), "insider": in_post("insider", "political-affairs"),
        "colleague": in_post("colleague", "political-affairs"), "head": in_post("head", "head-of-mission", heads=True),
        "outside": in_post("outside", "jmac", "civil-affairs"),
    }  # fmt: skip


@pytest.fixture
def closed(contacts, people):
    return services.create(by=people["writer"], type_=contacts, values={**PUBLISHED, LEVEL: 3})


def save(by, record, type_, **values):
    record.refresh_from_db()
    return services.change(by=by, type_=type_, id=record.pk, version=record.version, values=values)


def take(by, record, type_, name):
    record.refresh_from_db()
    return services.review(by=by, type_=type_, id=record.pk, version=record.version, name=name, because="x")


def sees(person, type_) -> bool:
    return queries.visible(reader_of(person), type_).exists()


def test_one_person_alone_opens_nothing_and_two_more_do(contacts, people, closed) -> None:
    record = save(people["insider"], closed, contacts, confidentiality=0)
    assert (record.confidentiality, record.later) == (3, {LEVEL: 0})
    assert not sees(people["outside"], contacts)
    with pytest.raises(services.OwnHand):
        take(people["insider"], closed, contacts, "check")
    take(people["colleague"], closed, contacts, "check")
    assert not sees(people["outside"], contacts)
    record = take(people["head"], closed, contacts, "publish")
    assert (record.confidentiality, record.later) == (0, {})
    assert sees(people["outside"], contacts)


def test_whoever_may_check_what_is_open_alone_does_not_check_its_opening(contacts, people, closed) -> None:
    save(people["insider"], closed, contacts, confidentiality=0)
    with pytest.raises(LookupError):
        take(people["outside"], closed, contacts, "check")


def test_raising_it_again_takes_the_lowering_back_and_other_changes_leave_it(contacts, people, closed) -> None:
    save(people["insider"], closed, contacts, confidentiality=1)
    assert save(people["writer"], closed, contacts, subject="other").later == {LEVEL: 1}
    form = filled(contacts, people["writer"], contacts.model.objects.get(), {"subject": "typed"})
    assert form.is_valid(), form.errors
    assert save(people["writer"], closed, contacts, **form.values).later == {LEVEL: 1}, (
        "the form holds what was asked for"
    )
    back = save(people["writer"], closed, contacts, confidentiality=3)
    assert (back.confidentiality, back.later) == (3, {})


def test_the_author_of_what_nobody_published_lowers_it_at_once(contacts, people) -> None:
    """They could write the same words anew."""
    new = {**PUBLISHED, "state": "written", "released": False, LEVEL: 3}
    own = services.create(by=people["writer"], type_=contacts, values=new)
    assert save(people["writer"], own, contacts, confidentiality=1).confidentiality == 1
    save(people["writer"], own, contacts, confidentiality=3)
    assert save(people["insider"], own, contacts, confidentiality=1).confidentiality == 3, "not what another wrote"
    assert save(people["writer"], own, contacts, confidentiality=0).confidentiality == 3, "nor once another wrote in it"


def test_the_author_of_what_is_published_does_not(contacts, people, closed) -> None:
    assert save(people["writer"], closed, contacts, confidentiality=0).confidentiality == 3


def test_the_page_and_the_history_say_what_waits(contacts, people, closed) -> None:
    save(people["insider"], closed, contacts, confidentiality=1)
    seen = queries.one(viewer=people["colleague"], type_=contacts, id=closed.pk)
    assert [(str(label), str(value)) for label, value in way(viewer=people["colleague"], seen=seen).later] == [
        ("Confidentiality", "Internal")
    ]
    first, second = (each.facts for each in Version.objects.order_by("number"))
    told = queries.differences(reader_of(people["colleague"]), contacts, first, second)
    assert [(each.name, str(each.after)) for each in told] == [(LEVEL, "Internal")]


def test_an_older_version_brings_no_protection_down(contacts, people) -> None:
    reports = queries.record_types()["field-report"]
    open_ = dict.fromkeys(("killed", "civilians_killed", "injured", "abducted")) | {
        "day": PUBLISHED["day"], "area": "OST", "category": "protest", "actor": "unknown", "summary": "s", "source_type": "own",
        "reliability": "B", "credibility": "2", LEVEL: 1, "state": "published", "released": True,
    }  # fmt: skip
    people["one"], people["two"] = in_post("one", "jmac"), in_post("two", "jmac")
    report = services.create(by=people["one"], type_=reports, values=open_)
    raised = save(people["one"], report, reports, source_protected=True)
    back = services.restore(by=people["two"], type_=reports, id=report.pk, version=raised.version, number=1)
    assert (back.source_protected, back.later) == (True, {"source_protected": False})
    assert queries.protected(back), "looks are still entered"
    assert FieldReportForm(viewer=people["two"], instance=back).initial["source_protected"] is False


def test_narrowing_by_the_level_asks_what_counts(contacts, people, closed) -> None:
    save(people["insider"], closed, contacts, confidentiality=0)
    asked = lambda level: queries.listed(viewer=people["colleague"], type_=contacts, asked=Asked(chosen={LEVEL: level}))  # noqa: E731
    assert (asked("3").count(), asked("0").count()) == (1, 0)


def test_what_was_ever_published_its_author_opens_alone_no_more(contacts, people) -> None:
    given = {**PUBLISHED, LEVEL: 3, "state": "written", "released": False}
    record = services.create(by=people["writer"], type_=contacts, values=given)
    take(people["colleague"], record, contacts, "check")
    take(people["head"], record, contacts, "publish")
    record = take(people["head"], record, contacts, "recall")
    record = save(people["writer"], record, contacts, confidentiality=0)
    assert (record.confidentiality, record.later) == (3, {LEVEL: 0})
