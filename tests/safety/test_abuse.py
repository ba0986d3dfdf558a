"""Abuse stories: what somebody with bad intentions would try at the site, and what must come of it."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from primacy.access import services
from primacy.access.models import AuditEntry, User
from primacy.evidence.services import safe_name

pytestmark = pytest.mark.django_db
GOOD = "correct-horse-battery"


@pytest.fixture(autouse=True)
def _fast_hashes(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def analyst(client, people):
    client.force_login(people["analyst"])
    return client


class Queued:
    """Stands in for the queue: remembers what would run."""

    def __init__(self):
        self.calls = []

    def enqueue(self, **arguments):
        self.calls.append(arguments)


@pytest.fixture
def queue(monkeypatch):
    queued = Queued()
    monkeypatch.setattr("primacy.evidence.tasks.load_file", queued)
    return queued


# ---- what is written in a note stays text


def test_a_script_in_a_note_of_the_evidence_is_shown_as_text(analyst, country):
    page = analyst.get("/benchmarks/O2.M2/evidence/").content.decode()
    assert "&lt;script&gt;alert(" in page
    assert "<script>alert(" not in page


def test_markup_in_the_name_of_a_data_set_is_shown_as_text(analyst, country, dataset):
    for address in ("/evidence/", f"/evidence/{dataset.id}/"):
        page = analyst.get(address).content.decode()
        assert "&lt;b&gt;June&lt;/b&gt;" in page
        assert "<b>June" not in page


def test_a_formula_in_a_note_is_no_formula_in_the_exported_file(analyst, country):
    response = analyst.get("/benchmarks/O2.M2/evidence.csv")
    text = b"".join(response.streaming_content).decode()
    assert "'=HYPERLINK" in text
    assert not re.search(r"(^|,)\"?[=@]", text, re.MULTILINE)
    assert "attachment" in response["Content-Disposition"]


def test_pages_run_no_script_and_no_style_of_their_own(analyst, country):
    for address in (
        "/",
        "/benchmarks/O2.M2/",
        "/benchmarks/O2.M2/evidence/",
        "/framework/",
        "/assessments/",
        "/evidence/load/",
    ):
        response = analyst.get(address)
        page = response.content.decode()
        assert not re.search(r"<[^>]+\sstyle=|<style|<[^>]+\son\w+=|javascript:", page), address
        assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page)), address
        policy = response["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "script-src 'self'" in policy
        assert "style-src 'self'" in policy


# ---- files


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("/absolute/events.csv", "events.csv"),
        (".hidden", "hidden"),
        ("a\x00b.csv", "a_b.csv"),
        ("..", "upload"),
        ("événements 2026.csv", "événements 2026.csv"),
        ("x" * 500 + ".csv", "x" * 88 + ".csv"),
    ],
    ids=["climbs up", "climbs up in Windows", "absolute", "hidden", "null byte", "nothing but dots",
         "accents stay", "too long"],
)  # fmt: skip
def test_the_name_of_an_uploaded_file_names_nothing_but_a_file(given, kept):
    assert safe_name(given) == kept


def test_an_uploaded_file_stays_inside_the_instance_whatever_it_is_called(analyst, country, instance_folder, queue):
    file = SimpleUploadedFile("../../../evil.csv", b"kind,date\n")
    file.name = "../../../evil.csv"
    response = analyst.post("/evidence/load/", {"file": file})
    assert response.status_code == 302
    assert [path.name for path in (instance_folder / "inbox").glob("*/*")] == ["evil.csv"]
    assert list(instance_folder.parent.rglob("evil*")) == list((instance_folder / "inbox").glob("*/evil.csv"))
    assert not queue.calls


def test_a_file_larger_than_the_limit_is_refused_before_it_is_kept(analyst, country, instance_folder, queue, settings):
    settings.UPLOAD_LIMIT = 10
    response = analyst.post("/evidence/load/", {"file": SimpleUploadedFile("big.csv", b"x" * 11)})
    assert "too large" in response.content.decode()
    assert not queue.calls
    assert not (instance_folder / "inbox").exists()


@pytest.mark.parametrize("dataset_id", ["..%2f..%2fetc", "../../secret.key", "' OR 1=1 --", "%00"])
def test_an_id_that_is_a_path_or_a_query_is_a_missing_page(analyst, country, dataset_id):
    assert analyst.get(f"/evidence/{dataset_id}/").status_code == 404


# ---- forms and addresses


def test_a_form_from_another_site_changes_nothing(people, country):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(people["administrator"])
    for address in ("/people/", "/assessments/", "/evidence/load/", "/sign-out/", "/language/"):
        assert strict.post(address, {"username": "eve"}).status_code == 403
    assert not User.objects.filter(username="eve").exists()


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_to_another_site(client, target):
    services.create_first_administrator("admin", GOOD)
    response = client.post(reverse("access:sign-in"), {"name": "admin", "password": GOOD, "next": target})
    assert response.url == "/"
    assert client.post(reverse("access:language"), {"language": "fr", "next": target}).url == "/"
    assert client.get(f"/sign-in/?next={target}").url == "/"


def test_a_session_planted_before_the_sign_in_is_worth_nothing_after_it(client):
    services.create_first_administrator("admin", GOOD)
    client.get("/sign-in/")
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    client.cookies["primacy_session"] = before
    client.post(reverse("access:sign-in"), {"name": "admin", "password": GOOD})
    assert client.cookies["primacy_session"].value != before
    stranger = Client()
    stranger.cookies["primacy_session"] = before
    assert stranger.get("/framework/").status_code == 302


def test_a_wrong_name_a_wrong_password_and_a_switched_off_person_are_answered_alike(client):
    administrator = services.create_first_administrator("admin", GOOD)
    person, password = services.add_person(by=administrator, username="bob", role="reader")
    services.switch(by=administrator, person=person, on=False)
    pages = []
    for name, given in (("nobody", "x"), ("admin", "x"), ("bob", password)):
        response = client.post(reverse("access:sign-in"), {"name": name, "password": given})
        page = re.sub(r'value="[^"]*"', "", response.content.decode())
        pages.append((response.status_code, page))
    assert len(set(pages)) == 1


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(client):
    services.create_first_administrator("admin", GOOD)
    response = client.post(reverse("access:sign-in"), {"name": "admin", "password": GOOD})
    for name in ("primacy_session", "csrftoken", "django_language"):
        if name in response.cookies:
            assert response.cookies[name]["httponly"]
            assert response.cookies[name]["samesite"] == "Lax"


def test_no_error_page_tells_how_it_is_built(people, country, monkeypatch, client):
    client.force_login(people["reader"])
    client.raise_request_exception = False

    def fail(**_named):
        raise RuntimeError("secret inside")

    monkeypatch.setattr(country, "findings", fail)
    response = client.get("/")
    assert response.status_code == 500
    assert b"secret inside" not in response.content
    assert b"Traceback" not in response.content


# ---- what is looked at is written down


def test_every_look_at_evidence_and_every_export_is_in_the_trail(analyst, country):
    analyst.get("/benchmarks/O2.M2/evidence/?page=2")
    b"".join(analyst.get("/benchmarks/O2.M2/evidence.csv").streaming_content)
    entries = [(e.actor, e.deed, e.subject) for e in AuditEntry.objects.all()]
    assert entries == [
        ("a-analyst", "looked at evidence", "3f9c01d2ab44 O2.M2"),
        ("a-analyst", "exported evidence", "3f9c01d2ab44 O2.M2"),
    ]  # fmt: skip


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999", "1;DROP"])
def test_a_page_number_that_is_none_is_a_missing_page(analyst, country, page):
    assert analyst.get("/benchmarks/O2.M2/evidence/", {"page": page}).status_code == 404


def test_a_withdrawal_needs_a_reason_and_is_written_down(analyst, country, dataset):
    address = f"/evidence/{dataset.id}/withdraw/"
    assert analyst.post(address, {"because": "  "}).status_code == 200
    assert not AuditEntry.objects.exists()
    assert analyst.post(address, {"because": "published in error"}).status_code == 302
    assert AuditEntry.objects.get().deed == "withdrew a data set"
    assert "published in error" in analyst.get(f"/evidence/{dataset.id}/").content.decode()


def test_an_unreadable_mission_file_is_told_with_its_faults_and_to_nobody_outside(
    client, people, country, instance_folder
):
    (instance_folder / "mission.yaml").write_text("country: OST\nmandat: {}\n")
    assert client.get("/").status_code == 302
    client.force_login(people["reader"])
    response = client.get("/")
    assert response.status_code == 500
    assert "mandat" in response.content.decode()


def test_a_file_of_rejected_lines_is_exported_without_formulae(analyst, country, dataset, instance_folder):
    folder = instance_folder / "evidence" / "rejected"
    folder.mkdir(exist_ok=True)
    (folder / f"{dataset.id}.csv").write_text(
        io.StringIO("line,reason,cells\n3,no date,=cmd|' /C calc'!A0\n").getvalue()
    )
    text = b"".join(analyst.get(f"/evidence/{dataset.id}/rejected.csv").streaming_content).decode()
    assert "'=cmd" in text
