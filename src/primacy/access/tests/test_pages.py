import pytest
from django.urls import reverse

from primacy.access import services
from primacy.access.models import AuditEntry, User

pytestmark = pytest.mark.django_db
GOOD = "correct-horse-battery"


@pytest.fixture
def administrator():
    return services.create_first_administrator("admin", GOOD)


def sign_in(client, name, password, **more):
    return client.post(reverse("access:sign-in"), {"name": name, "password": password, **more})


def test_the_right_password_leads_on_and_is_written_down(client, administrator):
    response = sign_in(client, "admin", GOOD, next="/people/")
    assert (response.status_code, response.url) == (302, "/people/")
    assert AuditEntry.objects.filter(deed="signed in", actor="admin").exists()


def test_a_wrong_password_is_told_and_counted(client, administrator):
    response = sign_in(client, "admin", "wrong")
    assert response.status_code == 200
    assert "do not belong together" in response.content.decode()
    assert AuditEntry.objects.filter(deed="sign-in failed").count() == 1


def test_after_five_failures_even_the_right_password_waits(client, administrator):
    for _ in range(services.TRIES_BY_NAME):
        sign_in(client, "admin", "wrong")
    response = sign_in(client, "admin", GOOD)
    assert response.status_code == 429
    assert "_auth_user_id" not in client.session


def test_somebody_switched_off_is_out_at_the_next_click(client, administrator):
    person, _password = services.add_person(by=administrator, username="bob", role="reader")
    services.change_password(person=person, password=GOOD)
    sign_in(client, "bob", GOOD)
    services.switch(by=administrator, person=person, on=False)
    assert client.get(reverse("access:password")).status_code == 302


def test_a_one_time_password_must_be_changed_before_anything_else(client, administrator):
    _person, password = services.add_person(by=administrator, username="bob", role="analyst")
    sign_in(client, "bob", password)
    assert client.get("/framework/").url == reverse("access:password")
    response = client.post(reverse("access:password"), {"old": password, "new": GOOD, "again": GOOD})
    assert response.status_code == 302
    assert not User.objects.get(username="bob").one_time_password
    assert client.get(reverse("access:password")).status_code == 200


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"old": "wrong", "new": GOOD + "1", "again": GOOD + "1"}, "not your password"),
        ({"old": GOOD, "new": "short", "again": "short"}, "too short"),
        ({"old": GOOD, "new": GOOD + "1", "again": GOOD + "2"}, "differ"),
    ],
    ids=["the old one is asked for", "a short one is refused", "both new ones must agree"],
)
def test_a_password_is_changed_only_with_care(client, administrator, given, told):
    client.force_login(administrator)
    assert told in client.post(reverse("access:password"), given).content.decode()


def test_an_administrator_adds_somebody_and_sees_the_password_once(client, administrator):
    client.force_login(administrator)
    response = client.post(reverse("access:people"), {"username": "eve", "role": "analyst", "language": "ar"})
    person = User.objects.get(username="eve")
    assert (person.role, person.language, person.one_time_password) == ("analyst", "ar", True)
    assert 'class="password"' in response.content.decode()
    assert 'class="password"' not in client.get(reverse("access:people")).content.decode()


def test_a_name_that_exists_is_refused_in_any_case(client, administrator):
    client.force_login(administrator)
    response = client.post(reverse("access:people"), {"username": "ADMIN", "role": "reader", "language": "en"})
    assert "already" in response.content.decode()


def test_the_language_is_chosen_by_a_form_and_remembered(client, administrator):
    client.force_login(administrator)
    response = client.post(reverse("access:language"), {"language": "ar", "next": "/people/"})
    assert response.url == "/people/"
    assert User.objects.get(username="admin").language == "ar"
    assert 'dir="rtl"' in client.get(reverse("access:people")).content.decode()


def test_a_language_that_the_site_does_not_speak_changes_nothing(client, administrator):
    client.force_login(administrator)
    client.post(reverse("access:language"), {"language": "tlh"})
    assert User.objects.get(username="admin").language == "en"


def test_pages_of_people_who_signed_in_are_kept_by_no_cache(client, administrator):
    client.force_login(administrator)
    assert "no-store" in client.get(reverse("access:people"))["Cache-Control"]
