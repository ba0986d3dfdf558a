"""Abuse stories of the programming interface: what a hostile insider or a thief of a token would try."""

import json
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pytest
from django.utils import timezone

from primacy.access import services
from primacy.access.models import AuditEntry, Token
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.store import Store

pytestmark = pytest.mark.django_db
GOOD = "correct-horse-battery"
POINTS = "/api/v1/data-points"


def get(client, mission, role, address):
    return client.get(address, headers=mission.headers(role))


def points(client, mission, role, query=""):
    response = get(client, mission, role, f"{POINTS}?limit=1000{query}")
    assert response.status_code == 200, response.content
    return response.json()["points"]


# ---- tokens


def test_a_token_is_shown_once_and_only_its_digest_is_kept(client, people):
    people["analyst"].set_password(GOOD)
    people["analyst"].save()
    client.force_login(people["analyst"])
    page = client.post("/tokens/", {"name": "table", "days": "30", "password": GOOD}).content.decode()
    token = Token.objects.get(name="table")
    secret = page.split('class="password" dir="ltr">')[1].split("<")[0]
    assert secret.startswith("primacy_")
    assert secret not in client.get("/tokens/").content.decode()
    assert secret not in json.dumps(list(Token.objects.filter(pk=token.pk).values()), default=str)
    assert secret not in json.dumps(list(AuditEntry.objects.values()), default=str)
    assert client.get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).json()["token"] == "table"


def test_whoever_finds_an_open_screen_cannot_make_a_token_without_the_password(client, people):
    client.force_login(people["administrator"])
    for _ in range(services.TRIES_BY_NAME):
        client.post("/tokens/", {"name": "mine", "days": "365", "password": "guess"})
    assert client.post("/tokens/", {"name": "mine", "days": "365", "password": "guess"}).status_code == 429
    assert not Token.objects.exists()


def test_nobody_withdraws_or_sees_the_tokens_of_others(client, people):
    token, _secret = services.create_token(person=people["analyst"], name="of the analyst", days=7)
    client.force_login(people["administrator"])
    assert client.post(f"/tokens/{token.pk}/withdraw/").status_code == 404
    assert "of the analyst" not in client.get("/tokens/").content.decode()


ENDS = [
    ("it was withdrawn", lambda person, token: services.withdraw_token(by=person, token=token)),
    ("its time is over", lambda _person, token: Token.objects.filter(pk=token.pk).update(expires=timezone.now())),
    ("its person was switched off", lambda person, _token: services.switch(by=person, person=person, on=False)),
    ("its person has a new password", lambda person, _token: services.change_password(person=person, password=GOOD)),
    ("an administrator reset the password", lambda person, _token: services.reset_password(by=person, person=person)),
]


@pytest.mark.parametrize(("why", "end"), ENDS, ids=[each[0] for each in ENDS])
def test_a_token_opens_nothing_any_more_once(client, people, why, end):
    person = people["analyst"]
    token, secret = services.create_token(person=person, name="x", days=7)
    headers = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/v1/me", headers=headers).status_code == 200
    end(person, token)
    assert client.get("/api/v1/me", headers=headers).status_code == 401


def test_a_token_may_do_what_its_person_may_do_now(client, people, mission):
    services.change_role(by=people["administrator"], person=people["analyst"], role="reader")
    assert get(client, mission, "analyst", f"{POINTS}.csv").status_code == 403
    assert "evidence.export" not in get(client, mission, "analyst", "/api/v1/me").json()["deeds"]


@pytest.mark.parametrize(
    "header",
    ["Bearer ", "bearer x", "Basic YTpi", "Bearer primacy_x\x00y", "Bearer " + "x" * 5000, "Bearer é", "'; --"],
)
def test_a_header_that_is_no_token_is_nobody(client, people, header):
    response = client.get("/api/v1/me", headers={"Authorization": header})
    assert (response.status_code, set(response.json())) == (401, {"errors"})


def test_tokens_do_not_open_pages(client, mission):
    for page in ("/", "/people/", "/tokens/", "/evidence/"):
        assert get(client, mission, "administrator", page).url.startswith("/sign-in/")


# ---- what is hidden stays hidden


def test_a_reader_sees_confidential_rows_by_district_and_week_without_names(client, mission):
    told = json.dumps(points(client, mission, "reader"))
    for secret in ("whisper", "assistant", "talk-1", "militia", "XX010101", "2026-05-13"):
        assert secret not in told
    assert "whisper" in json.dumps(points(client, mission, "analyst"))


PROBES = [
    # what is known of the hidden row, as a filter
    "&item=talk-1", "&source=assistant", "&actor=militia", "&first=2026-05-13&last=2026-05-13&dataset={talks}",
    "&dataset={talks}", "&series={lineage}",
]  # fmt: skip


@pytest.mark.parametrize("probe", PROBES)
def test_a_filter_never_finds_a_row_by_what_the_row_hides(client, mission, probe):
    version = next(each for each in Store(mission.folder / "evidence").versions() if each.source_type == "expert")
    query = probe.format(talks=version.id, lineage=version.lineage)
    assert points(client, mission, "reader", query) == []
    assert points(client, mission, "analyst", query) != []


def test_a_week_is_found_by_all_of_its_days_alike(client, mission):
    asked = [f"&first=2026-05-{day}&last=2026-05-{day}&area=XX0101" for day in range(11, 18)]
    answers = [points(client, mission, "reader", query) for query in asked]
    assert all(each == answers[0] for each in answers)
    assert answers[0]


def test_the_moment_of_knowledge_is_for_those_who_see_details(client, mission):
    assert get(client, mission, "reader", f"{POINTS}?known=2026-06-01").status_code == 403
    assert get(client, mission, "analyst", f"{POINTS}?known=2026-06-01").status_code == 200


def test_no_answer_tells_who_owes_a_view_how_the_benchmark_stands(client, mission):
    """The same addresses that tell a reader; only with `view due` in place of the verdict."""
    at = "/api/v1/assessments/latest"
    shown = get(client, mission, "reader", f"{at}/findings/O2.M2").json()
    told = [f"{at}/findings/O2.M2", f"{at}/findings", at, f"{at}/explanations/O2.M2", f"{at}/findings/O2.M2/charts",
            "/api/v1/assessments", f"/api/v1/comparisons/{mission.assessments[0]}/latest"]  # fmt: skip
    assert shown["status"] not in ("view due", "insufficient evidence")
    for address in told:
        assert shown["sentence"] not in get(client, mission, "leader", address).content.decode(), address
    veiled = get(client, mission, "leader", f"{at}/findings/O2.M2").json()
    assert (veiled["status"], veiled["probability"], veiled["parts"], veiled["numbers"]) == ("view due", None, [], {})
    compared = get(client, mission, "leader", f"/api/v1/comparisons/{mission.assessments[0]}/latest").json()
    assert "O2.M2" not in {each["benchmark"] for each in compared["changes"] + compared["moved"]}
    levels = get(client, mission, "leader", f"{at}/findings/O2.M2/charts").json()
    assert all(not each["levels"] and each["baseline"] is None for each in levels)


def test_what_is_forbidden_and_what_is_missing_cannot_be_told_apart(client, mission, people):
    from primacy.jobs.models import Job

    others = Job.objects.create(kind="import", by=people["administrator"])
    forbidden = get(client, mission, "reader", f"/api/v1/jobs/{others.pk}")
    missing = get(client, mission, "reader", "/api/v1/jobs/0b7b9d4e-2f57-4c5e-9a55-4d4b3e0f9f11")
    assert (
        (forbidden.status_code, forbidden.content) == (missing.status_code, missing.content) == (404, missing.content)
    )


# ---- hostile questions


@pytest.mark.parametrize(
    "id", ["../../secret.key", "..%2f..%2fsecret.key", "%00", "' OR 1=1 --", "latest.zip", "*", "8" * 5000, "é" * 12]
)
@pytest.mark.parametrize(
    "address", ["/api/v1/assessments/{}", "/api/v1/datasets/{}", "/api/v1/areas/{}", "/api/v1/jobs/{}",
                "/api/v1/comparisons/latest/{}", "/api/v1/framework/benchmarks/{}"]
)  # fmt: skip
def test_an_id_that_is_a_path_or_a_query_finds_nothing(client, mission, address, id):
    response = get(client, mission, "administrator", address.format(id))
    assert response.status_code in (404, 422)
    assert set(response.json()) == {"errors"}


HOSTILE = ["' OR 1=1 --", "x' UNION SELECT 1", "\x00", "%", "_", '"; DROP TABLE rows', "\ud800", "𝕏" * 100, "{0}", "$$"]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["kind", "category", "area", "source", "item", "dataset", "group", "cursor"])
def test_a_filter_is_a_text_whatever_is_written_in_it(client, mission, name, text):
    response = client.get(POINTS, {name: text.encode(errors="surrogatepass")}, headers=mission.headers("analyst"))
    assert response.status_code in (200, 422)
    assert response.status_code == 422 or response.json()["points"] == []


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=1001", "limit=-1", "limit=1e9", "limit=x", "sort=value", "kind=a&knd=b"]
)
def test_a_page_is_never_larger_than_a_thousand_and_no_parameter_is_passed_over(client, mission, query):
    assert get(client, mission, "analyst", f"{POINTS}?{query}").status_code == 422


def test_nothing_of_a_question_comes_back_as_a_header(client, mission):
    response = get(client, mission, "analyst", f"{POINTS}.csv?language=en%0d%0aSet-Cookie:%20a=b")
    assert response.status_code == 422
    assert "Set-Cookie" not in response


def test_who_asks_without_end_must_wait(client, mission, monkeypatch):
    from primacy.ui.throttling import PerPerson

    monkeypatch.undo()  # the pace is limited again
    monkeypatch.setenv("PRIMACY_DATA", str(mission.folder))
    monkeypatch.setattr(PerPerson, "num_requests", 3, raising=False)
    throttle = PerPerson("3/m", "test")
    from django.http import HttpRequest

    request = HttpRequest()
    request.user = type("Somebody", (), {"pk": -1})()
    assert [throttle.allow_request(request) for _ in range(4)] == [True, True, True, False]


# ---- cursors


def follow(client, mission, role, query, *, between=lambda: None):
    """All rows page by page; `between` happens after the first page."""
    address, rows, pages = f"{POINTS}?limit=20{query}", [], 0
    while address:
        answered = get(client, mission, role, address).json()
        rows += answered["points"]
        address = f"{POINTS}?limit=20{query}&cursor={answered['next']}" if answered["next"] else None
        pages += 1
        if pages == 1:
            between()
    return rows


@pytest.mark.parametrize("role", ["reader", "analyst"])
def test_page_by_page_every_row_comes_exactly_once(client, own_mission, role):
    whole = points(client, own_mission, role, "&kind=incident&first=2024-01-01")
    assert follow(client, own_mission, role, "&kind=incident&first=2024-01-01") == whole
    assert len(whole) > 60


def test_what_is_imported_meanwhile_changes_nothing_for_who_has_begun(client, own_mission):
    query = "&kind=incident&first=2024-01-01"
    whole = points(client, own_mission, "analyst", query)

    def more():
        row = {"kind": "incident", "item": "late", "date": date(2026, 6, 1), "until": date(2026, 6, 1), "area": "XX",
               "level": 0, "measure": "events", "value": 1.0}  # fmt: skip
        old, now = datetime(2026, 6, 2, tzinfo=UTC), datetime.now(UTC)
        version = DatasetVersion(name="Late", lineage="late", format="csv", known=old, imported=now + timedelta(0, 1))
        Store(own_mission.folder / "evidence").add([pa.RecordBatch.from_pylist([row])], version)

    assert follow(client, own_mission, "analyst", query, between=more) == whole


def test_a_cursor_works_for_its_own_question_and_its_own_rights_alone(client, mission):
    cursor = get(client, mission, "analyst", f"{POINTS}?limit=5&kind=incident").json()["next"]
    assert get(client, mission, "analyst", f"{POINTS}?limit=5&kind=incident&cursor={cursor}").status_code == 200
    for role, query in (("reader", "kind=incident"), ("analyst", "kind=control"), ("analyst", "")):
        assert get(client, mission, role, f"{POINTS}?limit=5&{query}&cursor={cursor}").status_code == 422
    assert get(client, mission, "analyst", f"{POINTS}?limit=5&kind=incident&cursor={cursor[:-2]}xx").status_code == 422


# ---- files


def test_cells_are_no_formulae_and_all_forms_hold_the_same_rows(client, own_mission):
    import io

    import pyarrow.parquet as pq

    row = {"kind": "incident", "item": "=HYPERLINK(1)", "date": date(2026, 6, 1), "until": date(2026, 6, 1), "area": "XX",
           "level": 0, "measure": "events", "value": 1.0, "note": "@SUM(1)"}  # fmt: skip
    now = datetime.now(UTC) - timedelta(0, 1)
    version = DatasetVersion(name="Nasty", lineage="nasty", format="csv", known=now, imported=now)
    Store(own_mission.folder / "evidence").add([pa.RecordBatch.from_pylist([row])], version)
    files = {
        form: b"".join(get(client, own_mission, "analyst", f"{POINTS}.{form}?series=nasty").streaming_content)
        for form in ("csv", "jsonl", "parquet")
    }
    assert b"'=HYPERLINK" in files["csv"]
    assert b"inviolable" in files["csv"]
    assert [json.loads(line)["note"] for line in files["jsonl"].splitlines()] == ["@SUM(1)"]
    assert pq.read_table(io.BytesIO(files["parquet"])).column("item").to_pylist() == ["=HYPERLINK(1)"]


# ---- the trail


def test_who_looked_at_evidence_by_which_token_is_in_the_trail_without_what_was_typed(client, mission):
    points(client, mission, "analyst", "&source=a-name-somebody-typed")
    entry = AuditEntry.objects.filter(deed="looked at evidence").last()
    assert entry.actor == "a-analyst"
    assert entry.detail == {
        "filters": ["source"],
        "kind": "",
        "token": Token.objects.get(person__username="a-analyst").pk,
    }
    b"".join(get(client, mission, "analyst", f"{POINTS}.csv").streaming_content)
    assert AuditEntry.objects.filter(deed="exported evidence", actor="a-analyst").exists()
