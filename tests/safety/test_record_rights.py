"""The one table of rights over records: what it says, and that every door says the same."""

import itertools
import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from primacy.access import placing
from primacy.access.readers import reader_of
from primacy.access.record_filter import reach
from primacy.access.record_rights import ACTIONS, Guarded, Reader, may, record_table, why
from primacy.framework import load

COMPONENTS = sorted({name for rows in record_table().values() for row in rows.values() for name in row})
TYPES = sorted(record_table())


def test_the_table_knows_only_components_of_the_framework_and_types_that_there_are(house) -> None:
    assert set(COMPONENTS) <= set(load().components)
    assert set(TYPES) == set(house.types)


@pytest.mark.parametrize(
    ("lesser", "greater"),
    [
        ("detail", "see"),
        ("write", "detail"),
        ("archive", "write"),
        ("share", "detail"),
        ("check", "detail"),
        ("publish", "detail"),
    ],
)
@pytest.mark.parametrize("type_", TYPES)
def test_whoever_may_do_the_greater_thing_may_do_the_lesser(type_, lesser, greater) -> None:
    """Nobody changes what they do not see in full, and nobody hands on more than they see."""
    rows = record_table()[type_]
    for name, (everybodys, own) in rows[lesser].items():
        above = rows[greater].get(name, (-1, -1))
        assert everybodys <= above[0], name
        assert own <= above[1], name


def guarded(
    type_="contact", level=1, component="civil-affairs", author=1, one_hand=True, group=None, released=True
) -> Guarded:  # fmt: skip
    return Guarded(type_, "r", level, component, author, one_hand, released, group)


# what it shows, reader, action, record -> reason
DECISIONS = [
    ("a post gives what the table says", Reader(2, frozenset({"jmac"})), "detail", guarded(level=2), "table"),
    ("and no more", Reader(2, frozenset({"jmac"})), "see", guarded(level=3), None),
    ("no post gives nothing", Reader(2), "see", guarded(level=0), None),
    ("of its own component more than of others'", Reader(2, frozenset({"civil-affairs"})), "write", guarded(level=3), "table"),
    ("not of others'", Reader(2, frozenset({"civil-affairs"})), "write", guarded(level=1, component="political-affairs"), None),
    ("a group shuts out whom the table lets in", Reader(2, frozenset({"political-affairs"})), "see", guarded(group=7), None),
    ("its members see by the table", Reader(2, frozenset({"political-affairs"}), frozenset({7})), "see", guarded(group=7), "group"),
    ("a member without a post sees nothing", Reader(2, frozenset(), frozenset({7})), "see", guarded(group=7), None),
    ("the author sees the own record at any level", Reader(1, frozenset({"community-liaison"})), "write", guarded(level=3), "author"),
    ("until somebody else wrote in it", Reader(1, frozenset({"community-liaison"})), "see", guarded(level=3, one_hand=False), None),
    ("and not without a post", Reader(1), "see", guarded(level=0), None),
    ("whom it is shared with sees details", Reader(2, shared=frozenset({"contact/r"})), "detail", guarded(level=3, group=7), "shared"),
    ("and may not change it", Reader(2, shared=frozenset({"contact/r"})), "write", guarded(level=0), None),
    ("an administrator as such sees nothing", Reader(9), "see", guarded(level=0), None),
    ("what was never published is its own component's", Reader(2, frozenset({"civil-affairs"})), "detail", guarded(released=False), "table"),
    ("and hidden from others", Reader(2, frozenset({"jmac"})), "see", guarded(released=False), None),
    ("save from those that the table calls early", Reader(2, frozenset({"political-affairs"})), "see", guarded(released=False), "table"),
    ("whom it is shared with sees it", Reader(2, shared=frozenset({"contact/r"})), "see", guarded(released=False), "shared"),
    ("a colleague checks", Reader(2, frozenset({"civil-affairs"})), "check", guarded(released=False), "table"),
    ("who holds a post does not publish by that", Reader(2, frozenset({"civil-affairs"})), "publish", guarded(), None),
    ("who heads it does", Reader(2, frozenset({"civil-affairs"}), heads=frozenset({"civil-affairs"})), "publish", guarded(released=False), "table"),
    ("not what another component wrote", Reader(2, frozenset({"human-rights"}), heads=frozenset({"human-rights"})), "publish", guarded(level=0), None),
    ("the author does not publish by having written it", Reader(1, frozenset({"community-liaison"})), "publish", guarded(level=1), None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("shows", "reader", "action", "record", "reason"), DECISIONS, ids=[case[0] for case in DECISIONS]
)
def test_the_decision(shows, reader, action, record, reason) -> None:
    found = why(reader, action, record)
    assert (found.because if found else None) == reason
    assert may(reader, action, record) is (reason is not None)


@pytest.fixture
def every_record(house):
    """One contact of every confidentiality, component, group, author and hand, past the service."""
    from primacy.actors.models import Contact

    one, two = house.person("one"), house.person("two")
    groups = [None, house.group("first"), house.group("second")]
    now = timezone.now()
    rows = [
        Contact(
            confidentiality=level, component=component, group=group, author=author, one_hand=hand, released=out,
            created=now, changed=now,
            day=now.date(), week=now.date(), area="OST", district="OST", counterpart="unions", subject="s", way="meeting",
        )
        for level, component, group, author, hand, out in itertools.product(
            range(4), ("political-affairs", "civil-affairs", "community-liaison", ""), groups, (one, two), (True, False), (True, False)
        )
    ]  # fmt: skip
    return Contact.objects.bulk_create(rows), [group.pk for group in groups if group], (one, two)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_filter_of_a_query_and_the_decision_are_the_same(every_record, data) -> None:
    from primacy.actors.models import Contact

    records, groups, people = every_record
    reader = Reader(
        data.draw(st.sampled_from([*people, None]).map(lambda each: each.pk if each else 0)),
        data.draw(st.frozensets(st.sampled_from(COMPONENTS), max_size=3)),
        data.draw(st.frozensets(st.sampled_from(groups))),
        data.draw(st.frozensets(st.sampled_from([f"contact/{each.pk}" for each in records[::7]]), max_size=3)),
        data.draw(st.frozensets(st.sampled_from(COMPONENTS), max_size=3)),
    )
    action = data.draw(st.sampled_from(ACTIONS))
    filtered = set(Contact.objects.filter(reach(reader, action, "contact")).values_list("pk", flat=True))
    assert filtered == {each.pk for each in records if may(reader, action, each.guarded("contact"))}


# ---- what holds for a time


@pytest.mark.parametrize(("days", "holds"), [(0, True), (-1, False)], ids=["on its last day", "on the day after"])
def test_a_post_a_delegation_and_a_share_end_with_their_last_day(house, days, holds) -> None:
    giver, taker = house.person("giver", "jmac"), house.person("taker")
    today = timezone.localdate()
    given = placing.hand_on(
        by=giver, post=giver.posts.get(), to=taker, until=today + timedelta(days=30), because="leave"
    )
    given.until = today + timedelta(days=days)
    given.since = today - timedelta(days=3)
    given.save()
    assert reader_of(taker).components == ({"jmac"} if holds else set())


def test_a_delegation_ends_with_the_post_with_its_giver_and_when_it_is_ended(house) -> None:
    until = timezone.localdate() + timedelta(days=30)
    for end in (
        lambda given: placing.end(by=given.to, given=given.post, what="post"),
        lambda given: placing.end(by=given.to, given=given, what="delegation"),
        lambda given: type(given.post.person).objects.filter(pk=given.post.person_id).update(is_active=False),
    ):
        name = uuid.uuid4().hex[:6]
        giver, taker = house.person(f"g{name}", "jmac"), house.person(f"t{name}")
        given = placing.hand_on(by=giver, post=giver.posts.get(), to=taker, until=until, because="leave")
        assert reader_of(taker).components == {"jmac"}
        end(given)
        assert reader_of(taker).components == frozenset()


def test_what_was_handed_on_is_not_handed_on_again_nor_without_reason_or_near_end(house) -> None:
    giver, taker, third = house.person("giver", "jmac"), house.person("taker"), house.person("third")
    post, soon = giver.posts.get(), timezone.localdate() + timedelta(days=10)
    placing.hand_on(by=giver, post=post, to=taker, until=soon, because="leave")
    for wrong in (
        {"by": taker, "to": third}, {"to": giver}, {"because": " "}, {"until": soon + timedelta(days=100)},
        {"until": date(2020, 1, 1)},
    ):  # fmt: skip
        with pytest.raises(ValueError, match="handed on"):
            placing.hand_on(**{"by": giver, "post": post, "to": third, "until": soon, "because": "leave", **wrong})


def test_whoever_is_switched_off_reads_nothing(house) -> None:
    person = house.person("gone", "political-affairs")
    person.is_active = False
    assert reader_of(person) == Reader(person.pk)
