"""Nobody but whoever stands at the terminal becomes the administrator, and nobody is there by default."""

import re
from datetime import timedelta

import pytest
import yaml
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from primacy.access import demonstration, entering, rights, services
from primacy.access.demonstration import Invented
from primacy.access.models import AuditEntry, Token, User
from primacy.access.posts import Post
from primacy.access.sign_ins import SetUp
from primacy.exercise.services.inventing import PEOPLE, invent_people

pytestmark = pytest.mark.django_db
GOOD = "correct-horse-battery"
FORM = {"name": "head", "new": GOOD, "again": GOOD}
HERE = {"host": "localhost"}


@pytest.fixture
def client():
    """A browser on the machine of the site."""
    return Client(headers=HERE)


def page(code):
    return reverse("access:set-up", args=[code])


def test_the_code_of_the_terminal_makes_one_administrator_and_then_opens_nothing(client):
    code = services.offer_set_up()
    assert client.get(page(code)).status_code == 200
    assert client.post(page(code), FORM).status_code == 302
    assert [(each.username, each.role) for each in User.objects.all()] == [("head", "administrator")]
    assert client.get("/people/").url == reverse("access:factors")
    for again in (Client(headers=HERE).get(page(code)), Client(headers=HERE).post(page(code), {**FORM, "name": "eve"})):
        assert again.status_code == 404
    assert User.objects.count() == 1
    assert code not in str(list(AuditEntry.objects.values())) + str(list(SetUp.objects.values()))


FROM_ELSEWHERE = [
    ("another machine", {"REMOTE_ADDR": "10.1.2.3"}),
    ("a proxy", {"HTTP_X_FORWARDED_FOR": "10.1.2.3"}),
    ("a proxy that hides the visitor", {"HTTP_X_FORWARDED_PROTO": "https"}),
    ("a proxy of the standard", {"HTTP_FORWARDED": "for=10.1.2.3"}),
    ("a proxy of old", {"HTTP_VIA": "1.1 somewhere"}),
    ("the name of the site", {"HTTP_HOST": "primacy.example"}),
    ("a name made to point here", {"HTTP_HOST": "rebound.example"}),
]


@pytest.mark.parametrize(("what", "asked"), FROM_ELSEWHERE, ids=[each[0] for each in FROM_ELSEWHERE])
def test_with_the_code_but_not_on_this_machine_there_is_no_such_page(client, settings, what, asked):
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "primacy.example", "rebound.example"]
    code = services.offer_set_up()
    assert client.get(page(code), **asked).status_code == 404
    assert client.post(page(code), FORM, **asked).status_code == 404
    assert not User.objects.exists()


@pytest.mark.parametrize("change", ["wrong", "old", "replaced", "somebody was faster"])
def test_a_code_that_is_wrong_old_or_replaced_opens_nothing(client, change):
    code = services.offer_set_up()
    if change == "wrong":
        code = code[:-1] + ("A" if code[-1] != "A" else "B")
    elif change == "old":
        offer = SetUp.objects.get()
        offer.expires = timezone.now() - timedelta(seconds=1)
        offer.save()
    elif change == "replaced":
        services.offer_set_up()
    else:
        services.create_first_administrator("first", GOOD)
    assert client.post(page(code), FORM).status_code == 404
    assert not User.objects.filter(username="head").exists()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"new": "short", "again": "short"}, "too short"),
        ({"again": GOOD + "1"}, "differ"),
        ({"name": "a b"}, "Letters"),
    ],
    ids=["a short password", "two that differ", "a name with a blank"],
)
def test_a_slip_in_the_form_does_not_use_the_code_up(client, given, told):
    code = services.offer_set_up()
    assert told in client.post(page(code), {**FORM, **given}).content.decode()
    assert client.post(page(code), FORM).status_code == 302


def test_once_there_is_an_administrator_only_a_wish_at_the_terminal_offers_another(client):
    services.create_first_administrator("first", GOOD)
    with pytest.raises(ValueError, match="already"):
        services.offer_set_up()
    code = services.offer_set_up(again=True)
    assert client.post(page(code), FORM).status_code == 302
    assert User.objects.filter(role="administrator").count() == 2
    assert AuditEntry.objects.filter(deed="added a person", detail__again=True).exists()


# ---- the people of an exercise


@pytest.fixture
def exercise(instance_folder):
    (instance_folder / "exercise.yaml").write_text("seed: 1\n")
    return instance_folder


def test_an_exercise_has_one_invented_person_for_each_role_that_does_not_administer(exercise):
    invent_people()
    invent_people()
    made = {each.role: each for each in demonstration.people()}
    assert set(made) == set(rights.table().roles) - {"administrator"}
    assert all(Post.objects.filter(person=each).exists() for each in made.values())
    assert not any(each.has_usable_password() for each in made.values())


def test_its_sign_in_page_lets_everybody_be_one_of_them_without_a_second_factor(client, exercise):
    invent_people()
    name = next(name for name, each in yaml.safe_load(PEOPLE.read_text()).items() if each["role"] == "leader")
    assert name in client.get("/sign-in/").content.decode()
    client.post(reverse("access:demonstrate"), {"name": name})
    assert client.get("/rights/").status_code == 200
    assert AuditEntry.objects.get(deed="signed in").detail == {"how": "demonstration"}


def test_a_real_instance_has_none_and_lets_none_in_that_were_copied_into_it(client, exercise):
    invent_people()
    (exercise / "exercise.yaml").unlink()
    assert demonstration.people() == []
    assert "lena-leader" not in client.get("/sign-in/").content.decode()
    assert client.post(reverse("access:demonstrate"), {"name": "lena-leader"}).status_code == 404
    with pytest.raises(ValueError, match="exercises"):
        invent_people()


def test_whoever_was_made_by_an_administrator_is_nobody_for_this_way_in(client, exercise, people):
    for name in ("a-leader", "a-administrator", "", "nobody"):
        assert client.post(reverse("access:demonstrate"), {"name": name}).status_code == 404
    with pytest.raises(ValueError, match="administer"):
        demonstration.invent([Invented("eve", "administrator", ())])


def test_one_of_them_whose_role_was_changed_or_who_got_a_password_opens_no_more_than_before(client, exercise):
    invent_people()
    admin = services.create_first_administrator("head", GOOD)
    lena, ruben = (User.objects.get(username=name) for name in ("lena-leader", "ruben-reader"))
    services.change_role(by=admin, person=lena, role="administrator")
    assert client.post(reverse("access:demonstrate"), {"name": "lena-leader"}).status_code == 404
    password = services.reset_password(by=admin, person=ruben)
    client.post(reverse("access:sign-in"), {"name": "ruben-reader", "password": password})
    assert "_auth_user_id" not in client.session


# ---- their tokens: with no password to give again, the click of the sign-in is asked for again after a while


@pytest.fixture
def lena(client, exercise):
    invent_people()
    client.post(reverse("access:demonstrate"), {"name": "lena-leader", "next": reverse("access:tokens")})
    return User.objects.get(username="lena-leader")


def new_token(client) -> str:
    page = client.post(reverse("access:tokens"), {"name": "a try", "days": "7"})
    found = re.search(r"primacy_[\w-]+", page.content.decode())
    return found[0] if found else ""


def of_api(client, secret: str) -> int:
    return client.get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).status_code


def test_one_of_them_makes_a_token_and_a_script_reads_with_it(client, lena):
    assert 'name="password"' not in client.get(reverse("access:tokens")).content.decode()
    secret = new_token(client)
    client.logout()
    assert of_api(client, secret) == 200


def test_after_some_minutes_one_shows_again_who_one_is_by_the_same_click(client, lena):
    session = client.session
    session[entering.PROVED] -= entering.FRESH + 1
    session.save()
    page = client.get(reverse("access:tokens")).content.decode()
    assert "Make a token" not in page
    again = re.search(r'href="(/sign-in/[^"]+)"', page)[1].replace("&amp;", "&")
    assert client.post(reverse("access:tokens"), {"name": "x", "days": "7"}).url == again
    assert not Token.objects.exists()
    door = client.get(again).content.decode()
    assert "lena-leader" in door
    assert "ruben-reader" not in door, "the others are not offered to who sits before an open session"
    asked = {"name": "lena-leader", "next": reverse("access:tokens")}
    assert client.post(reverse("access:demonstrate"), asked).url == reverse("access:tokens")
    assert new_token(client)


@pytest.mark.parametrize("changed", ["copied to a mission", "an administrator now"])
def test_such_a_token_opens_nothing_outside_the_exercise(client, exercise, lena, changed):
    secret = new_token(client)
    client.logout()
    if changed == "copied to a mission":
        (exercise / "exercise.yaml").unlink()
    else:
        User.objects.filter(pk=lena.pk).update(role="administrator")
    assert of_api(client, secret) == 401


def test_after_the_click_nobody_is_led_to_another_site(client, exercise):
    invent_people()
    led = client.post(reverse("access:demonstrate"), {"name": "lena-leader", "next": "https://elsewhere.example/"})
    assert led.url == "/"


def test_whoever_has_a_password_gives_it_however_fresh_the_sign_in(client, people):
    client.force_login(people["leader"])
    people["leader"].set_password(GOOD)
    people["leader"].save()
    client.force_login(people["leader"])
    assert new_token(client) == ""
