"""What gives somebody more, or lets somebody in as another, takes two people; taking away takes one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from primacy.access import vouching
from primacy.access.models import AuditEntry, User
from primacy.access.posts import Asked
from primacy.access.readers import reader_of

pytestmark = pytest.mark.django_db


def somebody(name: str, role: str = "reader", *, came: bool = True, **more: object) -> User:
    return User.objects.create(username=name, role=role, last_login=timezone.now() if came else None, **more)


@pytest.fixture
def ana():
    return somebody("ana", "administrator")


@pytest.fixture
def bo():
    return somebody("bo", "administrator")


@pytest.fixture
def lena():
    return somebody("lena", "leader")


@pytest.fixture
def paul():
    return somebody("paul")


def page_of(client, person: User):
    client.force_login(person)
    return client


def state(person: User) -> tuple[object, ...]:
    person.refresh_from_db()
    return person.role, person.password, person.is_active, person.email, reader_of(person).components


ASKS = {
    "post": ("/people/{}/rights/", {"component": "head-of-mission", "until": ""}),
    "role": ("/people/{}/role/", {"role": "administrator"}),
    "password": ("/people/{}/password/", {}),
}


@pytest.mark.parametrize("deed", ASKS)
def test_one_administrator_alone_changes_nothing_and_a_second_person_makes_it_so(client, ana, lena, paul, deed):
    address, given = ASKS[deed]
    before = state(paul)
    page_of(client, ana).post(address.format(paul.pk), given)
    asked = Asked.objects.get()
    assert state(paul) == before
    client.post(f"/second-person/{asked.pk}/", {"answer": "agree"})
    assert state(paul) == before, "who asked does not agree as well"
    page_of(client, lena).post(f"/second-person/{asked.pk}/", {"answer": "agree"})
    assert state(paul) != before
    assert client.post(f"/second-person/{asked.pk}/", {"answer": "agree"}).status_code == 404, "once"


def test_a_group_factors_an_address_and_switching_on_take_two_as_well(ana, lena, paul):
    for deed, given in (("group", {"group": "talks"}), ("factors", {}), ("address", {"email": "a@b.org"}), ("on", {})):
        assert not vouching.ask(by=ana, person=paul, deed=deed, given=given).done
    assert not reader_of(paul).groups
    for each in vouching.waiting(viewer=lena):
        assert vouching.decide(by=lena, number=each.pk, agreed=True).done
    paul.refresh_from_db()
    assert paul.email == "a@b.org"
    assert reader_of(paul).groups


def test_taking_away_is_done_at_once(client, ana, lena, paul):
    page_of(client, ana).post(f"/people/{paul.pk}/switch/")
    assert state(paul)[2] is False
    client.post(f"/people/{paul.pk}/switch/")
    assert state(paul)[2] is False, "and back only by two"


def test_somebody_new_begins_as_a_reader(client, ana, lena):
    page_of(client, ana).post("/people/", {"username": "new", "role": "leader", "language": "en"})
    assert User.objects.get(username="new").role == "reader"
    assert Asked.objects.get().given == {"role": "leader"}


def test_a_made_up_second_person_cannot_agree(ana, bo):
    """Whoever makes somebody to agree with needs somebody to agree to that first."""
    puppet = somebody("puppet")
    vouching.ask(by=ana, person=puppet, deed="role", given={"role": "leader"})
    with pytest.raises(LookupError):
        vouching.decide(by=puppet, number=Asked.objects.get().pk, agreed=True)


def test_nobody_agrees_to_what_is_about_them(ana, bo):
    vouching.ask(by=ana, person=bo, deed="post", given={"component": "jmac", "until": ""})
    with pytest.raises(vouching.NotTheSame):
        vouching.decide(by=bo, number=Asked.objects.get().pk, agreed=True)


def test_switching_the_others_off_does_not_make_one_alone(ana, bo, paul):
    bo.is_active = False
    bo.save()
    assert not vouching.ask(by=ana, person=paul, deed="password").done


ALONE = [
    ("nobody else is there", None),
    ("a leader who never came in", {"role": "leader", "came": False}),
    ("a leader whose password ana knows", {"role": "leader", "one_time_password": True}),
    ("an invented leader", {"role": "leader", "demonstration": True}),
    ("an analyst", {"role": "analyst"}),
]


@pytest.mark.parametrize(("case", "other"), ALONE, ids=[case for case, _other in ALONE])
def test_alone_it_is_done_and_the_trail_says_so(ana, paul, case, other):
    if other is not None:
        somebody("other", **other)
    done = vouching.ask(by=ana, person=paul, deed="post", given={"component": "jmac", "until": ""})
    assert done.done
    assert reader_of(paul).components == {"jmac"}
    assert AuditEntry.objects.filter(deed="acted alone", subject="paul").exists()


def test_what_waits_ends_by_itself_and_can_be_refused_or_taken_back(ana, bo, lena, paul):
    for role in ("analyst", "leader", "duty-officer", "duty-officer"):  # the same again waits once
        vouching.ask(by=ana, person=paul, deed="role", given={"role": role})
    first, second, third = Asked.objects.all()
    vouching.decide(by=lena, number=first.pk, agreed=False)
    vouching.decide(by=ana, number=second.pk, agreed=False)
    third.at = timezone.now() - vouching.LASTS - timedelta(minutes=1)
    third.save()
    with pytest.raises(LookupError):
        vouching.decide(by=bo, number=third.pk, agreed=True)
    assert not vouching.waiting(viewer=bo).exists()


@pytest.mark.parametrize("lost", [{"is_active": False}, {"role": "reader"}], ids=["switched off", "no administrator"])
def test_what_somebody_asked_for_who_could_ask_no_more_is_not_done(ana, lena, paul, lost):
    vouching.ask(by=ana, person=paul, deed="role", given={"role": "administrator"})
    User.objects.filter(pk=ana.pk).update(**lost)
    with pytest.raises(LookupError):
        vouching.decide(by=lena, number=Asked.objects.get().pk, agreed=True)


def test_both_names_are_in_the_trail_and_the_group_s_is_not(ana, lena, paul):
    vouching.ask(by=ana, person=paul, deed="group", given={"group": "talks with the north"})
    vouching.decide(by=lena, number=Asked.objects.get().pk, agreed=True)
    entries = list(AuditEntry.objects.values_list("actor", "deed"))
    assert ("ana", "asked for a second person") in entries
    assert ("lena", "agreed as the second person") in entries
    assert not any("north" in str(each.detail) for each in AuditEntry.objects.all())


def test_the_page_is_for_those_who_may_agree(client, ana, lena, paul):
    vouching.ask(by=ana, person=paul, deed="role", given={"role": "analyst"})
    assert page_of(client, paul).get("/second-person/").status_code == 404
    assert "paul" in page_of(client, lena).get("/second-person/").content.decode()
    assert "Take back" in page_of(client, ana).get("/second-person/").content.decode()


@pytest.mark.parametrize(("third", "told"), [(False, True), (True, False)])
def test_where_it_is_about_the_only_other_person_who_could_agree_the_way_out_is_told(client, ana, lena, third, told):
    if third:
        somebody("bo", "administrator")
    page_of(client, ana).post(f"/people/{lena.pk}/password/")
    assert ("primacy administrator --again" in page_of(client, ana).get("/second-person/").content.decode()) is told
