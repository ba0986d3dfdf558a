"""What is given, changed or taken away in the database, past the product, is found by what the audit trail says."""

import json
from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.urls import reverse
from django.utils import timezone, translation

from primacy.access import factors, placing, provider, services, vouching
from primacy.access.grants import holds
from primacy.access.models import AuditEntry, Token, User
from primacy.access.posts import Asked, Delegation, Member, NeedToKnow, Post, Share
from primacy.access.queries import not_as_granted
from primacy.framework.instance import Instance
from primacy.web.doctor import grants as doctor

pytestmark = pytest.mark.django_db
GOOD, FAR = "correct-horse-battery", date(2040, 1, 1)
SECRET = "contact/6f1a7c52-0000-4000-8000-000000000001"


def found():
    return sorted((each.kind.table, each.what) for each in not_as_granted())


@pytest.fixture
def people():
    """Two people who hold one of everything, given by the services."""
    until = timezone.localdate() + timedelta(days=9)
    ana = services.create_first_administrator("ana", GOOD)
    bob, _password = services.add_person(by=ana, username="bob", role="reader", email="bob@mission.example")
    post = placing.give_post(by=ana, person=bob, component="planning", until=until)
    placing.add_member(by=ana, person=bob, group="talks")
    placing.hand_on(by=bob, post=post, to=ana, until=until, because="leave")
    placing.share_record(by=ana, reference=SECRET, subject="contact/x", to=bob, until=until, because="asked")
    services.create_token(person=bob, name="script", days=9)
    factors.add_codes(person=bob, secret=factors.new_secret())
    factors.new_recovery_codes(person=bob)
    User.objects.filter(pk=ana.pk).update(last_login=timezone.now())
    vouching.ask(by=bob, person=bob, deed="role", given={"role": "leader"})
    return {"ana": ana, "bob": bob}


def given(bob):
    """A passkey, an account at the provider, a person: put in as somebody at the database would."""
    User.objects.create(username="eve", role="administrator", password=make_password(GOOD))
    Post.objects.create(person=bob, component="jmac", since=date(2020, 1, 1))
    group = NeedToKnow.objects.get()
    Member.objects.create(person=bob, group=group, since=date(2020, 1, 1))
    Delegation.objects.create(post=Post.objects.first(), to=bob, since=date(2020, 1, 1), until=FAR, because="x")
    Share.objects.create(reference=SECRET, person=bob, by=bob, since=date(2020, 1, 1), until=FAR, because="x")
    Asked.objects.create(deed="role", person=bob, by=bob, given={}, at=timezone.now())
    Token.objects.create(person=bob, name="x", digest="0" * 64, created=timezone.now(), expires=timezone.now())
    Authenticator.objects.create(user=bob, type="webauthn", data={"name": "x", "credential": {}})
    SocialAccount.objects.create(user=bob, provider="x", uid="1", extra_data={})


PUT_IN = [
    "access.Asked", "access.Delegation", "access.Member", "access.Post", "access.Share", "access.Token", "access.User",
    "mfa.Authenticator", "socialaccount.SocialAccount",
]  # fmt: skip


def test_what_is_put_in_by_hand_is_found_whatever_it_is(people):
    assert found() == []
    given(people["bob"])
    assert found() == [(each, "unknown") for each in PUT_IN]


# what is changed in the database, of which table, how
CHANGED = [
    ("a role", User, {"role": "administrator"}),
    ("a switch", User, {"is_active": False}),
    ("a right that the product never gives", User, {"is_superuser": True}),
    ("another", User, {"is_staff": True}),
    ("an address for the sign-in elsewhere", User, {"email": "eve@elsewhere.example"}),
    ("a password", User, {"password": make_password("another-horse-battery")}),
    ("a name", User, {"username": "bobby"}),
    ("the component of a post", Post, {"component": "jmac"}),
    ("the head of a component", Post, {"heads": True}),
    ("a post that has no end any more", Post, {"until": None}),
    ("a membership that was over", Member, {"since": date(2020, 1, 1)}),
    ("for whom a post is handed on", Delegation, {"until": FAR}),
    ("which record is shared", Share, {"reference": SECRET[:-1] + "2"}),
    ("how long", Share, {"until": FAR}),
    ("that it ended", Share, {"ended": timezone.now()}),
    ("when a token ends", Token, {"expires": timezone.now() + timedelta(days=999)}),
    ("what it opens", Token, {"purpose": "calendar"}),
    ("what is asked of a second person", Asked, {"given": {"role": "administrator"}}),
    ("that a second person agreed", Asked, {"agreed": True}),
]


@pytest.mark.parametrize(("shows", "model", "values"), CHANGED, ids=[case[0] for case in CHANGED])
def test_what_is_changed_by_hand_is_found(people, shows, model, values):
    whose = {"username": "bob"} if model is User else {}
    assert model.objects.filter(**whose).update(**values) == 1
    assert found() == [(model._meta.label, "changed")]


def test_a_second_factor_that_is_exchanged_is_found_and_one_that_is_used_is_not(people):
    bob = people["bob"]
    codes = factors.new_recovery_codes(person=bob)
    assert factors.accepts(person=bob, given=codes[0]) == factors.RECOVERY
    assert found() == []
    kept = Authenticator.objects.get(user=bob, type="totp")
    kept.data["secret"] = "of somebody else"
    kept.save()
    assert found() == [("mfa.Authenticator", "changed")]


REMOVED = [Asked, Token, Share, Delegation, Member, Authenticator]


@pytest.mark.parametrize("model", REMOVED, ids=[each.__name__ for each in REMOVED])
def test_what_is_removed_by_hand_is_missed(people, model):
    count, _each = model.objects.all().delete()
    assert found() == [(model._meta.label, "gone")] * count


def test_no_deed_makes_lawful_what_was_changed_by_hand_before(people):
    """A deed says only what it changed itself."""
    ana, bob = people["ana"], people["bob"]
    User.objects.filter(pk=bob.pk).update(role="administrator")
    services.change_password(person=User.objects.get(pk=bob.pk), password="a-longer-horse-battery")
    services.switch(by=ana, person=User.objects.get(pk=bob.pk), on=True)
    assert [(each.what, [str(name) for name in each.fields]) for each in not_as_granted()] == [
        ("changed", ["the role"])
    ]


def test_whatever_the_services_do_leaves_nothing_to_be_found(people):
    ana, bob = people["ana"], people["bob"]
    services.change_role(by=ana, person=bob, role="analyst")
    services.reset_password(by=ana, person=bob)
    services.change_password(person=bob, password="a-longer-horse-battery")
    services.change_email(by=ana, person=bob, email="bob@other.example")
    services.switch(by=ana, person=bob, on=False)
    services.switch(by=ana, person=bob, on=True)
    services.choose_language(person=bob, language="fr")
    for each in (Post.objects.get(), Member.objects.get(), Delegation.objects.get()):
        placing.end(by=ana, given=each, what="bob")
    placing.end_share(by=ana, reference=SECRET, subject="x", number=Share.objects.get().pk, all_of_them=True)
    token, _secret = services.create_token(person=bob, name="second", days=2)
    services.withdraw_token(by=bob, token=token)
    services.create_token(person=ana, name="third", days=2)
    factors.add_codes(person=bob, secret=factors.new_secret())
    factors.remove(person=bob, factor_id=factors.held(bob)[0].id, needed=False)
    factors.add_codes(person=ana, secret=factors.new_secret())
    factors.remove_all(by=ana, person=ana)
    provider.forget(by=ana, person=bob)
    services.end_all_sign_ins(by="somebody at the terminal", deed="locked down")
    assert found() == []
    assert Token.objects.filter(withdrawn=None).count() == 0


def test_an_old_hash_is_renewed_by_a_sign_in_with_an_entry_and_by_nothing_else(client, people, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    bob = people["bob"]
    factors.remove_all(by=people["ana"], person=bob)
    bob.password, bob.one_time_password = PBKDF2PasswordHasher().encode(GOOD, "a" * 22, iterations=10), False
    bob.save()
    services.record("a test", "changed the password", "bob", grants=holds(bob, "password", "one_time_password"))
    assert bob.check_password(GOOD)
    assert "$10$" in User.objects.get(pk=bob.pk).password
    client.post(reverse("access:sign-in"), {"name": "bob", "password": GOOD})
    assert "_auth_user_id" in client.session
    assert "$10$" not in User.objects.get(pk=bob.pk).password
    assert AuditEntry.objects.filter(deed="renewed the hash of a password", subject="bob").count() == 1
    assert found() == []


def test_the_trail_holds_no_address_no_secret_and_no_way_to_a_record(people):
    said = json.dumps(list(AuditEntry.objects.values_list("subject", "detail")))
    for each in (SECRET, SECRET.partition("/")[2], "bob@mission.example", "talks", people["bob"].password):
        assert each not in said


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_doctor_names_what_differs_and_whose_it_is_in_the_reader_s_language(people, tmp_path, language):
    User.objects.filter(username="bob").update(role="administrator")
    Post.objects.create(person=people["ana"], component="jmac", since=date(2020, 1, 1))
    with translation.override(language):
        told = [(each.where, each.what, each.grave) for each in doctor.check(Instance(tmp_path))]
    assert [("(bob)" in where, "(ana)" in where, grave) for where, _what, grave in told] == [
        (True, False, True), (False, True, True),
    ]  # fmt: skip
    if language == "en":
        assert told[0][:2] == (
            f"sign-in {people['bob'].pk} (bob)",
            "something that somebody holds is not as the audit trail says: the role",
        )
    else:
        assert not any(word in what for _where, what, _grave in told for word in ("audit trail", "somebody"))
