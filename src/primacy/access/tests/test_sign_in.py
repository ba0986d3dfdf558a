"""The two steps of signing in, and what holds of a session."""

import time
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as codes
from django.contrib.auth.hashers import get_hasher
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from primacy.access import entering, factors, rights, services, sessions
from primacy.access.models import AuditEntry, User
from primacy.access.sign_ins import Session

pytestmark = pytest.mark.django_db
GOOD = "correct-horse-battery"


def person_of(role, name="bob"):
    person = User(username=name, role=role)
    person.set_password(GOOD)
    person.save()
    return person


def sign_in(client, name="bob", password=GOOD, **more):
    return client.post(reverse("access:sign-in"), {"name": name, "password": password, **more})


def code_now(secret, later=0):
    return codes.format_hotp_value(codes.hotp_value(secret, int(time.time()) // 30 + later))


@pytest.fixture
def coded(client):
    """(a person who signs in with one-time codes, their secret)"""
    person, secret = person_of("analyst"), factors.new_secret()
    factors.add_codes(person=person, secret=secret)
    return person, secret


def deeds():
    return [each.deed for each in AuditEntry.objects.all()]


def is_in(client):
    return "_auth_user_id" in client.session


# ---- the second step


def test_a_password_alone_opens_nothing_where_there_are_codes(client, coded):
    _person, secret = coded
    assert sign_in(client).url == reverse("access:second-step")
    assert not is_in(client)
    assert client.get("/rights/").url.startswith("/sign-in/")
    response = client.post(reverse("access:second-step"), {"code": code_now(secret)})
    assert (response.status_code, response.url) == (302, "/")
    assert AuditEntry.objects.get(deed="signed in").detail == {"how": "password and code"}
    assert client.get("/rights/").status_code == 200


def test_the_way_asked_for_is_kept_over_both_steps_and_leads_to_no_other_site(client, coded):
    _person, secret = coded
    sign_in(client, next="https://evil.example/")
    assert client.post(reverse("access:second-step"), {"code": code_now(secret)}).url == "/"


@pytest.mark.parametrize("later", [-1, 0, 1], ids=["of the half-minute before", "of now", "of the one after"])
def test_a_code_works_once_and_those_before_it_not_at_all(coded, later):
    person, secret = coded
    assert factors.accepts(person=person, given=code_now(secret, later)) == factors.CODES
    for each in range(-1, later + 1):
        assert factors.accepts(person=person, given=code_now(secret, each)) == ""


@pytest.mark.parametrize("given", ["", "0", "abcdef", "１２３４５６", "12345678901234567890", "null", "-1"])
def test_what_is_no_code_is_refused_and_counted(client, coded, given):
    sign_in(client)
    response = client.post(reverse("access:second-step"), {"code": given})
    assert response.status_code == 200
    assert not is_in(client)
    assert deeds().count("sign-in failed") == bool(given)


def test_tries_of_both_steps_are_counted_together(client, coded):
    _person, secret = coded
    sign_in(client, password="wrong")
    sign_in(client)
    for _ in range(services.TRIES_BY_NAME - 1):
        client.post(reverse("access:second-step"), {"code": "000000"})
    assert client.post(reverse("access:second-step"), {"code": code_now(secret)}).status_code == 429
    assert not is_in(client)
    assert sign_in(Client()).status_code == 429


@pytest.mark.parametrize("change", ["time", "password", "switched off"])
def test_the_first_step_is_worth_nothing_after_a_change_or_five_minutes(client, coded, change):
    person, secret = coded
    sign_in(client)
    if change == "time":
        session = client.session
        session[entering.HALF] = {**session[entering.HALF], "at": time.time() - entering.HALF_LASTS - 1}
        session.save()
    elif change == "password":
        services.change_password(person=person, password=GOOD + "1")
    else:
        services.switch(by=person, person=person, on=False)
    response = client.post(reverse("access:second-step"), {"code": code_now(secret)})
    assert response.url == reverse("access:sign-in")
    assert not is_in(client)


def test_a_recovery_code_opens_once_and_the_trail_says_how_many_are_left(client, coded):
    person, _secret = coded
    written = factors.new_recovery_codes(person=person)
    sign_in(client)
    assert client.post(reverse("access:second-step"), {"code": f" {written[2][:4]} {written[2][4:]} "}).url == "/"
    assert AuditEntry.objects.get(deed="used a recovery code").detail == {"left": 9}
    assert factors.accepts(person=person, given=written[2]) == ""
    renewed = factors.new_recovery_codes(person=person)
    assert set(renewed).isdisjoint(written)
    assert factors.accepts(person=person, given=written[3]) == ""


def test_what_codes_are_computed_from_lies_encrypted_in_the_database(coded, settings):
    person, secret = coded
    written = factors.new_recovery_codes(person=person)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert not [each for each in written if each in kept]
    settings.SECRET_KEY = "another"
    assert [each.left for each in factors.held(person)] == [None, 0]
    for each in (code_now(secret), written[0]):
        assert factors.accepts(person=person, given=each) == ""


def test_what_a_phone_keeps_names_neither_mission_nor_person(coded):
    person, secret = coded
    read = get_adapter().build_totp_url(person, secret)
    assert unquote(read).partition("?")[0] == "otpauth://totp/Work"
    assert person.username not in read


def test_an_unknown_name_costs_the_same_work_as_a_wrong_password(client, monkeypatch, coded):
    """Hashing is what takes long: it happens once for everybody, also for whoever has no password."""
    person_of("reader", "eve")
    without = person_of("reader", "ida")
    without.set_unusable_password()
    without.save()
    hashed = []
    hasher = type(get_hasher())
    encode = hasher.encode
    monkeypatch.setattr(hasher, "encode", lambda self, *a, **n: hashed.append(1) or encode(self, *a, **n))
    work = []
    for name in ("nobody", "eve", "ida", "bob"):
        hashed.clear()
        sign_in(client, name, "wrong")
        work.append(len(hashed))
    assert work == [1, 1, 1, 1]


def test_whoever_is_kept_out_by_name_still_comes_in_by_passkey(client, coded, monkeypatch):
    person, _secret = coded
    for _ in range(services.TRIES_BY_NAME):
        sign_in(client, password="wrong")
    assert sign_in(client).status_code == 429
    monkeypatch.setattr(
        factors, "person_of", lambda answer: person
    )  # what a device says: tests/browser/test_sign_in.py
    assert client.post(reverse("access:passkey"), {"answer": '{"id": "x"}'}).url == "/"
    assert is_in(client)


@pytest.mark.parametrize("answer", ["", "x", "[]", "null", "{}", '{"response": 1}', '{"response": {"userHandle": "%"}}',
                                    '{"id": "a", "rawId": "YQ", "type": "public-key", "response": {"userHandle": "MQ",'
                                    '"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA"}}'])  # fmt: skip
def test_what_is_no_answer_of_a_device_is_refused_and_counted(client, answer):
    client.get(reverse("access:passkey"), headers={"accept": "application/json"})
    assert client.post(reverse("access:passkey"), {"answer": answer}).status_code == 200
    assert not is_in(client)
    assert AuditEntry.objects.get().detail["step"] == "passkey"
    client.force_login(person_of("reader"))
    session = client.session
    session[entering.PROVED] = time.time()
    session.save()
    assert client.post(reverse("access:new-passkey"), {"answer": answer}).url == reverse("access:factors")
    assert not Authenticator.objects.exists()


# ---- who must have one


def test_every_role_says_whether_it_needs_one():
    table = rights.table()
    assert {role for role in table.roles if table.needs_second(role)} == {
        "leader", "analyst", "duty-officer", "administrator",
    }  # fmt: skip
    assert table.needs_second("no such role")


@pytest.mark.parametrize("role", rights.table().roles)
def test_whoever_needs_a_second_factor_makes_it_before_seeing_anything(client, role):
    person_of(role)
    sign_in(client)
    if not rights.table().needs_second(role):
        assert client.get("/rights/").status_code == 200
        return
    for path in ("/rights/", "/", "/tokens/", "/api/v1/me", "/sessions/"):
        assert client.get(path).url == reverse("access:factors")
    page = client.get(reverse("access:one-time-codes"))
    secret = "".join(page.context["groups"])
    shown = client.post(reverse("access:one-time-codes"), {"code": code_now(secret)})
    assert len(shown.context["recovery_codes"]) == 10
    assert client.get("/rights/").status_code == 200
    assert deeds() == ["signed in", "added one-time codes", "made recovery codes"]


AWAY, NEAR = {"REMOTE_ADDR": "10.1.2.3"}, {"HTTP_HOST": "localhost"}


def test_it_can_wait_for_once_on_a_machine_that_serves_nobody_else(client):
    person_of("analyst")
    sign_in(client)
    assert b"Later" in client.get(reverse("access:factors"), **NEAR).content
    client.post(reverse("access:later"), **NEAR)
    assert client.get("/rights/").status_code == 200
    assert "put off the second factor" in deeds()
    other = Client()
    sign_in(other)
    assert other.get("/rights/").url == reverse("access:factors")


@pytest.mark.parametrize(
    ("asked", "hosts"), [({**NEAR, **AWAY}, []), ({**NEAR, "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, []), (NEAR, ["primacy.example"])],
    ids=["from another machine", "through a proxy", "on a site that others reach"],
)  # fmt: skip
def test_it_cannot_wait_elsewhere(client, settings, asked, hosts):
    settings.PUBLIC_HOSTS = hosts
    person_of("analyst")
    sign_in(client)
    assert b"Later" not in client.get(reverse("access:factors"), **asked).content
    assert client.post(reverse("access:later"), **asked).status_code == 404
    assert client.get("/rights/").status_code == 302


def test_the_last_factor_of_a_role_that_needs_one_stays(client, coded):
    person, secret = coded
    sign_in(client)
    client.post(reverse("access:second-step"), {"code": code_now(secret)})
    mine = factors.held(person)[0].id
    client.post(reverse("access:remove-factor", args=[mine]), **AWAY)
    assert factors.has_second(person)
    person.role = "reader"
    person.save()
    client.post(reverse("access:remove-factor", args=[mine]), **AWAY)
    assert factors.held(person) == []


def test_nobody_removes_or_uses_what_is_somebody_elses(client, coded):
    person, _secret = coded
    person_of("reader", "eve")
    sign_in(client, "eve")
    assert client.post(reverse("access:remove-factor", args=[factors.held(person)[0].id])).status_code == 404
    assert factors.has_second(person)


def test_after_ten_minutes_a_change_asks_again_who_sits_there(client):
    person_of("reader")
    sign_in(client)
    session = client.session
    session[entering.PROVED] = time.time() - entering.FRESH - 1
    session.save()
    asked = client.get(reverse("access:one-time-codes")).url
    assert parse_qs(urlsplit(asked).query) == {"again": ["yes"], "next": ["/second-factor/"]}
    assert b"Show once more who you are" in client.get(asked).content
    assert sign_in(client, again="yes", next="/second-factor/").url == "/second-factor/"
    assert client.get(reverse("access:one-time-codes")).status_code == 200


# ---- sessions


def test_one_sees_where_one_is_signed_in_and_ends_the_others(client):
    person = person_of("reader")
    sign_in(client)
    phone = Client(headers={"user-agent": "Mozilla/5.0 (Android 14; Mobile) Gecko/133.0 Firefox/133.0"})
    sign_in(phone)
    page = client.get(reverse("access:sessions")).content.decode()
    assert "Firefox, Android" in page
    assert "127.0.0.1" in page
    assert not [each.session_key for each in Session.objects.all() if each.session_key in page]
    other = next(each for each in sessions.sessions(viewer=person, person=person, current=client.session.session_key)
                 if not each.here)  # fmt: skip
    assert client.post(reverse("access:end-session", args=[other.reference])).status_code == 302
    assert phone.get("/rights/").url.startswith("/sign-in/")
    assert client.get("/rights/").status_code == 200
    assert deeds()[-1] == "ended a session"


ENDS = [
    ("a new password", lambda admin, bob: services.change_password(person=bob, password=GOOD + "1")),
    ("a reset of the password", lambda admin, bob: services.reset_password(by=admin, person=bob)),
    ("another role", lambda admin, bob: services.change_role(by=admin, person=bob, role="analyst")),
    ("being switched off", lambda admin, bob: services.switch(by=admin, person=bob, on=False)),
    ("the administrator", lambda admin, bob: sessions.end_sessions(by=admin, person=bob)),
]


@pytest.mark.parametrize(("what", "deed"), ENDS, ids=[each[0] for each in ENDS])
def test_what_ends_every_session_of_a_person_and_of_nobody_else(client, what, deed):
    admin, bob = person_of("administrator", "admin"), person_of("reader")
    sign_in(client)
    mine = Client()
    mine.force_login(admin)
    deed(admin, bob)
    assert client.get("/rights/").url.startswith("/sign-in/")
    assert not Session.objects.filter(person=bob).exists()
    assert mine.get("/rights/").status_code == 200


def test_a_new_password_keeps_the_session_in_which_it_was_chosen(client):
    person_of("reader")
    sign_in(client)
    other = Client()
    sign_in(other)
    client.post(reverse("access:password"), {"old": GOOD, "new": GOOD + "1", "again": GOOD + "1"})
    assert client.get("/rights/").status_code == 200
    assert other.get("/rights/").status_code == 302


def test_the_administrator_sees_and_ends_sessions_and_factors_and_nobody_else_does(client, coded):
    bob, secret = coded
    theirs = Client()
    sign_in(theirs)
    theirs.post(reverse("access:second-step"), {"code": code_now(secret)})
    eve = person_of("reader", "eve")
    assert sessions.sessions(viewer=eve, person=bob, current=None) == []
    client.force_login(person_of("administrator", "admin"))
    page = client.get(reverse("access:sign-ins", args=[bob.pk])).content.decode()
    assert "password and code" in page
    client.post(reverse("access:remove-factors", args=[bob.pk]))
    assert not factors.has_second(bob)
    assert theirs.get("/rights/").status_code == 302
    assert deeds()[-3:] == ["removed all factors", "ended sessions", "acted alone"]


@pytest.mark.parametrize(("idle", "open_"), [(3500, True), (3700, False)])
def test_a_session_ends_after_an_hour_without_a_click(client, idle, open_):
    person_of("reader")
    sign_in(client)
    session = client.session
    session["seen"] = time.time() - idle
    session.save()
    assert (client.get("/rights/").status_code == 200) is open_


def test_however_busy_a_session_ends_twelve_hours_after_the_sign_in(client):
    person_of("reader")
    sign_in(client)
    until = Session.objects.get().expire_date
    assert abs((until - timezone.now()).total_seconds() - 12 * 3600) < 60
    session = client.session
    session["seen"] = time.time() - 300
    session.save()
    client.get("/rights/")
    assert Session.objects.get().expire_date == until


# ---- whose request it is


@pytest.mark.parametrize(
    ("hosts", "direct", "said", "whose"),
    [
        ([], "10.0.0.9", "1.2.3.4", "10.0.0.9"),
        (["a.example"], "127.0.0.1", "1.2.3.4", "1.2.3.4"),
        (["a.example"], "127.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (["a.example"], "10.0.0.9", "1.2.3.4", "10.0.0.9"),
        (["a.example"], "127.0.0.1", "", "127.0.0.1"),
    ],
    ids=["nobody is before us", "our proxy says it", "the visitor lied before it", "not our proxy", "it says nothing"],
)
def test_behind_a_proxy_tries_are_counted_by_the_address_it_saw(rf, settings, hosts, direct, said, whose):
    settings.PUBLIC_HOSTS = hosts
    request = rf.get("/", REMOTE_ADDR=direct, **({"HTTP_X_FORWARDED_FOR": said} if said else {}))
    assert entering.address_of(request) == whose
