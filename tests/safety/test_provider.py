"""Signing in by OpenID Connect, against a provider that runs beside: the whole protocol, over HTTP."""

from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import jwt
import oidc_provider_mock
import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialApp
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from primacy.access import factors, services
from primacy.access.models import AuditEntry, User
from primacy.framework import Instance
from primacy.places.errors import BadInput
from primacy.web.openid import FILE, Provider, for_allauth, provider

pytestmark = pytest.mark.django_db
BOB = {"email": "bob@mission.example", "email_verified": True}


@pytest.fixture(scope="module")
def running():
    """The address of a provider in a thread of its own."""
    with oidc_provider_mock.run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def configured(running, settings):
    found = Provider(name="Headquarters", server=running, client="primacy", secret="not-so-secret")
    settings.OPENID, settings.SOCIALACCOUNT_PROVIDERS = found, for_allauth(found)
    return running


@pytest.fixture
def bob():
    return User.objects.create(username="bob", role="reader", email="bob@mission.example")


def come_in(client, running, subject, claims=None, next_="/rights/"):
    """Click the link, say at the provider who one is, and come back; the last answer of our site."""
    requests.put(f"{running}/users/{subject}", json=claims or {}).raise_for_status()
    there = client.get(reverse("openid_connect_login", args=["provider"]) + f"?next={next_}").url
    assert there.startswith(running)
    back = requests.post(there, data={"sub": subject}, allow_redirects=False).headers["Location"]
    parts = urlsplit(back)
    return client.get(f"{parts.path}?{parts.query}")


def test_somebody_whom_the_administrator_made_comes_in_by_a_verified_address(client, configured, bob):
    assert b"Sign in with Headquarters" in client.get("/sign-in/").content
    response = come_in(client, configured, "hq-1", BOB)
    assert (response.status_code, response.url) == (302, "/rights/")
    assert client.get("/rights/").status_code == 200
    assert [each.deed for each in AuditEntry.objects.all()] == ["was recognised by the provider", "signed in"]
    assert SocialAccount.objects.get().extra_data == {}


def test_afterwards_the_provider_s_own_name_counts_and_the_address_no_more(client, configured, bob):
    come_in(client, configured, "hq-1", BOB)
    client.post("/sign-out/")
    assert come_in(client, configured, "hq-1", {"email": "moved@mission.example"}).url == "/rights/"
    client.post("/sign-out/")
    assert come_in(client, configured, "hq-2", BOB).status_code == 403  # the address was given to somebody else


REFUSED = [
    ("nobody here has the address", {"email": "eve@mission.example", "email_verified": True}, {}),
    ("the address is not verified", {"email": "bob@mission.example", "email_verified": False}, {}),
    ("it says nothing of verification", {"email": "bob@mission.example"}, {}),
    ("it says no address", {}, {}),
    ("the person is switched off", BOB, {"is_active": False}),
    ("the person is one of an exercise", BOB, {"demonstration": True}),
]


@pytest.mark.parametrize(("what", "claims", "change"), REFUSED, ids=[each[0] for each in REFUSED])
def test_nobody_else_comes_in_or_is_added_and_all_are_told_the_same(client, configured, bob, what, claims, change):
    for name, value in change.items():
        setattr(bob, name, value)
    bob.save()
    response = come_in(client, configured, "stranger", claims)
    assert response.status_code == 403
    assert b"nobody is known here by that" in response.content
    assert "_auth_user_id" not in client.session
    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 0)
    assert AuditEntry.objects.get().detail["step"] == "provider"


def test_two_people_with_one_address_are_nobody(client, configured, bob):
    User.objects.create(username="bob2", role="analyst", email="BOB@mission.example")
    assert come_in(client, configured, "hq-1", BOB).status_code == 403


def test_the_provider_is_one_step_and_the_second_is_asked_for_here(client, configured, bob):
    bob.role = "analyst"
    bob.save()
    come_in(client, configured, "hq-1", BOB)
    assert client.get("/rights/").url == reverse("access:factors")
    factors.add_codes(person=bob, secret=factors.new_secret())
    client.post("/sign-out/")
    assert come_in(client, configured, "hq-1", BOB).url == reverse("access:second-step")


def test_unless_the_provider_is_known_to_ask_for_one_itself(client, configured, bob, settings):
    settings.OPENID = settings.OPENID.model_copy(update={"asks_second": True})
    bob.role = "analyst"
    bob.save()
    come_in(client, configured, "hq-1", BOB)
    assert client.get("/rights/").status_code == 200


def test_an_answer_to_no_question_of_this_session_is_refused(client, configured, bob):
    """Somebody sends a link that would sign the victim in as somebody else, or plays an answer a second time."""
    back = reverse("openid_connect_callback", args=["provider"])
    assert client.get(f"{back}?code=stolen&state=invented").status_code == 403
    assert client.get(f"{back}?error=access_denied").status_code == 403
    assert client.get(back).status_code == 403
    assert "_auth_user_id" not in client.session


def test_nobody_is_led_to_another_site_by_it(client, configured, bob):
    assert come_in(client, configured, "hq-1", BOB, next_="https://evil.example/").url == "/"


def test_a_provider_that_does_not_answer_is_a_page_that_says_so(client, configured, settings, bob):
    silent = settings.OPENID.model_copy(update={"server": "http://localhost:9"})
    settings.OPENID, settings.SOCIALACCOUNT_PROVIDERS = silent, for_allauth(silent)
    response = client.get(reverse("openid_connect_login", args=["provider"]))
    assert (response.status_code, AuditEntry.objects.count()) == (503, 0), "nobody tried"
    assert b"The other site does not answer" in response.content


def test_one_that_goes_away_before_one_is_back_is_the_same_page(client, configured, settings, bob):
    requests.put(f"{configured}/users/hq-1", json=BOB).raise_for_status()
    there = client.get(reverse("openid_connect_login", args=["provider"])).url
    back = urlsplit(requests.post(there, data={"sub": "hq-1"}, allow_redirects=False).headers["Location"])
    silent = settings.OPENID.model_copy(update={"server": "http://localhost:9"})
    settings.OPENID, settings.SOCIALACCOUNT_PROVIDERS = silent, for_allauth(silent)
    assert client.get(f"{back.path}?{back.query}").status_code == 503
    assert "_auth_user_id" not in client.session


# by how many seconds the clock here is off -> the answer
CLOCKS = [(-7200, 302), (-120, 302), (120, 302), (7200, 403)]


@pytest.mark.parametrize(("seconds", "status"), CLOCKS)
def test_a_clock_that_is_off_lets_people_in_while_the_word_of_the_provider_holds(
    client, configured, bob, monkeypatch, caplog, seconds, status
):
    class Shifted(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(seconds=seconds)

    monkeypatch.setattr(jwt.api_jwt, "datetime", Shifted)
    assert come_in(client, configured, "hq-1", BOB).status_code == status
    assert ("ExpiredSignatureError" in caplog.text) == (status == 403)


def test_a_wrong_secret_is_said_in_the_log_alone(client, settings, bob, caplog):
    with oidc_provider_mock.run_server_in_thread(require_client_registration=True) as server:
        at = f"http://localhost:{server.server_port}"
        back = "http://testserver" + reverse("openid_connect_callback", args=["provider"])
        known = requests.post(f"{at}/oauth2/clients", json={"redirect_uris": [back]}).json()["client_id"]
        found = Provider(name="Headquarters", server=at, client=known, secret="a-word-to-look-for")
        settings.OPENID, settings.SOCIALACCOUNT_PROVIDERS = found, for_allauth(found)
        response = come_in(client, at, "hq-1", BOB)
    assert (response.status_code, b"invalid_client" in response.content) == (403, False)
    assert "was not believed: invalid_client" in caplog.text
    assert "a-word-to-look-for" not in caplog.text + response.content.decode()


# what the provider says -> what whoever keeps the machine reads of it
SAID = [
    ("invalid_client", "invalid_client"),
    ("server_error", "server_error"),
    ("Eve said <b>this</b>", "no answer to a question"),
]


@pytest.mark.parametrize(("said", "logged"), SAID)
def test_the_log_says_the_code_of_a_refusal_and_no_word_of_anybody(client, configured, bob, caplog, said, logged):
    there = client.get(reverse("openid_connect_login", args=["provider"])).url
    state = dict(parse_qsl(urlsplit(there).query))["state"]
    back = reverse("openid_connect_callback", args=["provider"])
    assert client.get(back, {"error": said, "state": state}).status_code == 403
    assert logged in caplog.text
    assert "Eve" not in caplog.text


def test_a_provider_that_somebody_wrote_into_the_database_lets_nobody_in(client, running, settings, bob):
    settings.OPENID, settings.SOCIALACCOUNT_PROVIDERS = None, {}
    SocialApp.objects.create(provider="openid_connect", provider_id="mine", name="x", client_id="x", secret="x",
                             settings={"server_url": running})  # fmt: skip
    assert client.get(reverse("openid_connect_login", args=["mine"])).status_code == 404


def test_a_new_address_ends_the_binding_to_the_one_before(client, configured, bob):
    come_in(client, configured, "hq-1", BOB)
    client.force_login(services.create_first_administrator("admin", "correct-horse-battery"))
    client.post(reverse("access:sign-ins", args=[bob.pk]), {"email": "robert@mission.example"})
    client.post("/sign-out/")
    assert come_in(client, configured, "hq-1", BOB).status_code == 403
    assert come_in(client, configured, "hq-1", {**BOB, "email": "robert@mission.example"}).url == "/rights/"


def test_a_script_of_somebody_without_a_password_works_while_they_come_in(client, configured, bob):
    """The provider tells nobody when it ends an account."""
    bob.set_unusable_password()
    bob.save()
    come_in(client, configured, "hq-1", BOB)
    _token, secret = services.create_token(person=bob, name="table", days=365)

    def answers() -> int:
        return Client().get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).status_code

    assert answers() == 200
    User.objects.filter(pk=bob.pk).update(last_login=timezone.now() - timedelta(days=31))
    assert answers() == 401
    client.post("/sign-out/")
    come_in(client, configured, "hq-1", BOB)
    assert answers() == 200
    client.force_login(services.create_first_administrator("admin", "correct-horse-battery"))
    client.post(reverse("access:sign-ins", args=[bob.pk]), {"email": "robert@mission.example"})
    assert answers() == 401, "whoever came in by the address before is out"


def test_whoever_came_by_the_provider_makes_a_token_only_right_after_a_sign_in(client, configured, bob):
    bob.set_unusable_password()
    bob.save()
    come_in(client, configured, "hq-1", BOB)
    wanted = {"name": "table", "days": "30"}
    session = client.session
    session["proved"] -= 601
    session.save()
    assert client.post("/tokens/", wanted).url.startswith("/sign-in/?again=yes")
    assert not bob.tokens.exists()
    come_in(client, configured, "hq-1", BOB)
    client.post("/tokens/", wanted)
    assert bob.tokens.count() == 1


def test_whoever_has_a_password_here_may_stay_away_for_longer(client, bob):
    bob.set_password("correct-horse-battery")
    bob.last_login = timezone.now() - timedelta(days=100)
    bob.save()
    _token, secret = services.create_token(person=bob, name="table", days=365)
    assert client.get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).status_code == 200


# ---- the file


GOOD = "name: Headquarters\nserver: https://login.example.org\nclient: primacy\nsecret: s\n"


def written(instance, text, mode=0o600):
    file = instance.folder / FILE
    file.write_text(text)
    file.chmod(mode)
    return instance


def test_without_the_file_no_host_is_asked_for_anything(instance_folder, client, settings):
    assert provider(Instance.here(), {}) is None
    assert for_allauth(None) == {}
    assert b"provider" not in client.get("/sign-in/").content


def test_the_file_is_read_and_its_secret_is_never_printed(instance_folder):
    found = provider(written(Instance.here(), GOOD), {})
    assert (found.name, found.server) == ("Headquarters", "https://login.example.org")
    assert "secret" not in repr(found)


FAULTS = [
    ("others can read it", GOOD, 0o640, "chmod 600"),
    ("it speaks in clear", GOOD.replace("https", "http"), 0o600, "https://"),
    ("a word is misspelt", GOOD + "clientt: x\n", 0o600, "clientt"),
    ("a word is missing", GOOD.replace("secret: s\n", ""), 0o600, "secret"),
]


@pytest.mark.parametrize(("what", "text", "mode", "told"), FAULTS, ids=[each[0] for each in FAULTS])
def test_a_file_with_a_fault_stops_the_start_and_says_which(instance_folder, what, text, mode, told):
    with pytest.raises(BadInput, match=told):
        provider(written(Instance.here(), text, mode), {})
