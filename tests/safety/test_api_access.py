"""The programming interface opens nothing that the pages would not: every operation, every role, and nobody."""

import json
from datetime import date

import pytest
from django.urls import reverse
from tests.safety.record_house import House

from primacy.access.posts import Post
from primacy.access.rights import table
from primacy.records.queries import record_types
from primacy.web.api import api
from primacy.web.urls import urlpatterns  # noqa: F401 - the doors are put together there

pytestmark = pytest.mark.django_db
OK, CREATED, BEGUN, UNKNOWN, FORBIDDEN, ABSENT, WRONG_METHOD = 200, 201, 202, 401, 403, 404, 405
ROLES = ("reader", "leader", "analyst", "administrator")
READ = (OK, OK, OK, OK)
BY_POST = (ABSENT, ABSENT, OK, ABSENT)  # records ask for a post, which the analyst holds here
SAMPLES = {
    "entry_id": "{entry}", "code": "XX01", "dataset_id": "{dataset}", "form": "{form}", "assessment_id": "latest",
    "benchmark_id": "O2.M2", "number": 1, "before": "{before}", "after": "latest", "job_id": "{job}",
    "record_type": "contact", "uuidstr:record_id": "{record}",
}  # fmt: skip
# operation -> (entry or form of its address, answers to the roles)
OPERATIONS = {
    "me": ("", READ),
    "framework": ("", READ),
    "outputs": ("", READ),
    "benchmarks": ("", READ),
    "benchmark": ("O2.M2", READ),
    "indicators": ("", READ),
    "activities": ("", READ),
    "risks": ("", READ),
    "risk": ("O2.R1", READ),
    "trade_offs": ("", READ),
    "trade_off": ("O1.T1", READ),
    "areas": ("", READ),
    "outlines": ("", READ),
    "area": ("", READ),
    "datasets": ("", READ),
    "dataset": ("", READ),
    "data_points": ("", READ),
    "bulk": ("csv", (FORBIDDEN, FORBIDDEN, OK, OK)),
    "assessments": ("", READ),
    "run": ("", (FORBIDDEN, FORBIDDEN, BEGUN, BEGUN)),
    "assessment": ("", READ),
    "findings": ("", READ),
    "finding": ("", READ),
    "explained": ("O2.M2", READ),
    "charts": ("", READ),
    "chart": ("", READ),
    "picture": ("svg", READ),
    "compared": ("", READ),
    "explain": ("", (FORBIDDEN, FORBIDDEN, BEGUN, BEGUN)),
    "job": ("", (ABSENT, ABSENT, ABSENT, OK)),
    "record_kinds": ("", READ),
    "record_fields": ("", BY_POST),
    "record_list": ("", BY_POST),
    "record_one": ("", BY_POST),
    "record_versions": ("", BY_POST),
    "record_create": ("", (ABSENT, ABSENT, CREATED, ABSENT)),
    "record_review": ("", BY_POST),
    "record_change": ("", BY_POST),
    "record_archive": ("", BY_POST),
}


CONTACT = {"day": "2026-06-03", "area": "XX", "counterpart": "unions", "way": "call", "subject": "the roll"}
BODIES = {
    "record_create": {"fields": CONTACT, "another": True},
    "record_change": {"version": 2, "fields": {"subject": "x"}},
    "record_archive": {"version": 3, "because": "x"},
    "record_review": {"version": 1, "step": "recall", "because": "x"},
}


def operations():
    for router in api._get_bound_routers():
        for path, view in router.path_operations.items():
            for operation in view.operations:
                yield operation.view_func.__name__, path, operation


FOUND = {name: (path, operation) for name, path, operation in operations()}


@pytest.fixture
def samples(mission, people):
    from primacy.evidence.store.store import Store
    from primacy.jobs.models import Job

    job = Job.objects.create(kind="import", by=people["administrator"])
    dataset = Store(mission.folder / "evidence").versions()[0].id
    Post.objects.create(person=people["analyst"], component="political-affairs", heads=True, since=date(2020, 1, 1))
    record = House(record_types()).write(people["analyst"], "contact", area="XX01")
    return {"{record}": str(record.pk), "{dataset}": dataset, "{before}": mission.assessments[0], "{job}": str(job.pk)}


def ask(client, name, samples, headers, *, method=None):
    path, operation = FOUND[name]
    given = {**samples, "{entry}": OPERATIONS[name][0], "{form}": OPERATIONS[name][0]}
    for part, sample in SAMPLES.items():
        path = path.replace("{" + part + "}", str(given.get(sample, sample)))
    asked = getattr(client, (method or operation.methods[0]).lower())
    return asked(f"/api/v1{path}", headers=headers, content_type="application/json", **_body(name, operation, method))


def _body(name, operation, method):
    """In JSON, where there is one."""
    return {"data": json.dumps(BODIES.get(name, {}))} if (method or operation.methods[0]) in ("POST", "PATCH") else {}


def test_every_operation_has_its_row():
    assert set(FOUND) == set(OPERATIONS)


@pytest.mark.parametrize("name", FOUND)
def test_every_operation_names_its_deed(name):
    assert FOUND[name][1].view_func.deed in table().deeds


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_its_answer(client, mission, samples, role):
    got = {name: ask(client, name, samples, mission.headers(role)).status_code for name in OPERATIONS}
    assert got == {name: answers[ROLES.index(role)] for name, (_, answers) in OPERATIONS.items()}


def test_nobody_gets_nothing_and_learns_nothing(client, mission, samples):
    for name in OPERATIONS:
        response = ask(client, name, samples, {})
        assert (response.status_code, set(response.json())) == (UNKNOWN, {"errors"}), name
    assert client.get("/api/v1/openapi.json").status_code == UNKNOWN
    assert client.get("/api/v1/docs").url.startswith("/sign-in/")


def test_another_method_is_refused_in_the_same_form(client, mission, samples):
    response = ask(client, "benchmarks", samples, mission.headers("reader"), method="delete")
    assert (response.status_code, response["Allow"]) == (WRONG_METHOD, "GET")
    assert response.json()["errors"][0]["where"] == "method"


@pytest.mark.parametrize(
    ("language", "said"), [("en", "There is nothing here."), ("fr", "Il n’y a rien ici."), ("ar", "لا يوجد شيء هنا.")]
)
def test_a_refusal_speaks_the_language_asked_for(client, mission, language, said):
    response = client.get(f"/api/v1/datasets/ffffffffffff?language={language}", headers=mission.headers("reader"))
    assert response.json() == {"errors": [{"what": said, "where": "path", "do": response.json()["errors"][0]["do"]}]}
    assert response["Content-Language"] == language


# ---- sessions


def test_a_session_reads(client, people, mission):
    client.force_login(people["reader"])
    assert client.get("/api/v1/me").json()["name"] == "a-reader"
    assert client.get("/api/v1/docs").status_code == OK


def test_a_session_changes_nothing_so_that_no_other_site_can(client, people, mission):
    client.force_login(people["administrator"])
    assert client.post("/api/v1/assessments", "{}", content_type="application/json").status_code == UNKNOWN


def test_a_wrong_token_is_not_helped_by_a_session(client, people, mission):
    client.force_login(people["administrator"])
    assert client.get("/api/v1/me", headers={"Authorization": "Bearer primacy_x"}).status_code == UNKNOWN


# ---- what is told


def test_one_assessment_is_what_the_command_prints(client, mission):
    """The contract that outside scripts rely on, with the flags that only the site knows."""
    from primacy.assessment.told.telling import told

    printed = told(mission.folder / "assessments" / f"{mission.assessments[1]}.zip").assessment_object("fr")
    answered = client.get("/api/v1/assessments/latest?language=fr", headers=mission.headers("analyst")).json()
    for finding in answered["findings"]:
        finding["flags"] = [flag for flag in finding["flags"] if flag != "view due"]
    assert answered == printed


def test_a_job_is_told_to_who_began_it_alone(client, mission):
    begun = client.post(
        "/api/v1/assessments", "{}", content_type="application/json", headers=mission.headers("analyst")
    )
    assert begun["Location"] == reverse("api:job", args=[begun.json()["job"]])
    assert client.get(begun["Location"], headers=mission.headers("analyst")).json()["state"] == "waiting"
    assert client.get(begun["Location"], headers=mission.headers("administrator")).status_code == ABSENT
