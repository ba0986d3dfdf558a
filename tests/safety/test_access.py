"""Every page and everybody: who sees it, who is refused, and how.

A new route fails here until it has its row: method, and the answer to each role.
"""

import uuid
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

OK, MOVED, FORBIDDEN, ABSENT, WRONG_METHOD = 200, 302, 403, 404, 405
SAMPLES = {
    "output_id": "O2", "chapter": "O2", "benchmark_id": "O2.M2", "risk_id": "O1.R1", "trade_off_id": "O1.T1", "entry_id": "O2.M2", "dataset_id": "{dataset}", "kind": "incident", "sign_id": "repealed", "item_id": "{item}", "person_id": "{person}", "job_id": "{job}",
    "token_id": "{token}",
    "held_id": "{held}", "mapping_id": "{mapping}", "area_code": "OST",
    "assessment_id": "3f9c01d2ab44", "role": "leader",
    "meeting_id": "{meeting}", "flash_id": "{flash}", "reference": "none", "factor_id": 1, "code": "none", "provider_id": "provider",
    "box": "{box}", "entry": "0a1b", "person": "0a1b", "proposal": "0a1b",
    "record_type": "contact", "record_id": "{record}", "number": 1, "what": "post",
    "view_id": 1, "bulk_id": "{record}", "sheet_id": "{record}", "ending": "csv",
    "attachment_id": uuid.UUID(int=2), "relation_id": uuid.UUID(int=3), "disposal_id": uuid.UUID(int=4),
    "comment_id": "{comment}", "task_id": "{task}", "batch_id": "{batch}", "notice_id": "{notice}", "secret": "primacy_none",
}  # fmt: skip
BAD = {
    "output_id": "O9",
    "chapter": "O9",
    "benchmark_id": "O9.X9",
    "risk_id": "O1.T1",
    "trade_off_id": "O1.R1",
    "entry_id": "O9.A9",
    "dataset_id": "ffffffffffff",
    "kind": "gossip",
    "sign_id": "none",
    "item_id": 999_999,
    "person_id": 999_999,
    "job_id": str(uuid.UUID(int=1)),
    "record_type": "gossip",
    "record_id": uuid.UUID(int=1),
    "attachment_id": uuid.UUID(int=1),
    "relation_id": uuid.UUID(int=1),
    "disposal_id": uuid.UUID(int=1),
    "number": 999_999,
    "what": "nothing",
    "comment_id": uuid.UUID(int=1),
    "task_id": uuid.UUID(int=1),
    "batch_id": uuid.UUID(int=1),
    "notice_id": uuid.UUID(int=1),
    "secret": "primacy_never",
    "token_id": 999_999,
    "held_id": str(uuid.UUID(int=1)),
    "mapping_id": 999_999,
    "area_code": "ZZZ9",
    "assessment_id": "ffffffffffff",
    "role": "nobody",
    "meeting_id": "ffffffffffff",
    "flash_id": 999_999,
    "view_id": 999_999,
    "bulk_id": uuid.UUID(int=1),
    "sheet_id": uuid.UUID(int=1),
    "ending": "gossip",
    "box": "0" * 32,
    "entry": "none",
    "person": "none",
    "proposal": "none",
    "reference": "none",
    "factor_id": 999_999,
    "code": "none",
    "provider_id": "none",
}
OPEN = {
    "access:sign-in", "access:sign-out", "access:language", "access:second-step", "access:passkey", "access:demonstrate",
    "access:set-up", "openid_connect_login", "openid_connect_callback", "work:feed",
}  # fmt: skip
# route -> (method, reader, leader, analyst, administrator)
ROUTES = {
    "assessment:front": ("get", OK, OK, OK, OK),
    "assessment:meetings": ("both", OK, OK, OK, OK),
    "assessment:meeting": ("get", OK, OK, OK, OK),
    "assessment:flashes": ("both", OK, OK, OK, OK),
    "assessment:withdraw-flash": ("post", FORBIDDEN, FORBIDDEN, FORBIDDEN, MOVED),
    "assessment:changes": ("both", OK, OK, OK, OK),
    "assessment:risks": ("get", OK, OK, OK, OK),
    "assessment:collect": ("get", OK, OK, OK, OK),
    "assessment:gaps": ("get", OK, OK, OK, OK),
    "assessment:output": ("get", OK, OK, OK, OK),
    "assessment:benchmark": ("get", OK, OK, OK, OK),
    "assessment:map": ("get", OK, OK, OK, OK),
    "assessment:area-outlines": ("get", OK, OK, OK, OK),
    "assessment:risk": ("get", OK, OK, OK, OK),
    "assessment:trade-off": ("get", OK, OK, OK, OK),
    "assessment:evidence": ("get", OK, OK, OK, OK),
    "assessment:evidence-csv": ("get", FORBIDDEN, FORBIDDEN, OK, OK),
    "assessment:area": ("get", OK, OK, OK, OK),
    "assessment:handbook": ("get", OK, OK, OK, OK),
    "assessment:whole-handbook": ("get", OK, OK, OK, OK),
    "assessment:chapter": ("get", OK, OK, OK, OK),
    "assessment:assessments": ("both", OK, OK, OK, OK),
    "assessment:compare": ("both", OK, OK, OK, OK),
    "assessment:stored": ("get", OK, OK, OK, OK),
    "assessment:sign-off": ("post", ABSENT, ABSENT, ABSENT, ABSENT),
    "assessment:verify": ("both", FORBIDDEN, FORBIDDEN, OK, OK),
    "assessment:verified": ("get", FORBIDDEN, FORBIDDEN, ABSENT, ABSENT),
    "assessment:verify-stored": ("post", FORBIDDEN, FORBIDDEN, MOVED, MOVED),
    "assessment:write-package": ("post", FORBIDDEN, FORBIDDEN, ABSENT, ABSENT),
    "assessment:package-ready": ("get", FORBIDDEN, FORBIDDEN, ABSENT, ABSENT),
    "assessment:package-zip": ("get", FORBIDDEN, FORBIDDEN, ABSENT, ABSENT),
    "assessment:back-test": ("both", FORBIDDEN, FORBIDDEN, OK, OK),
    "assessment:back-test-shown": ("get", FORBIDDEN, FORBIDDEN, ABSENT, ABSENT),
    "assessment:proposals": ("get", OK, OK, OK, OK),
    "assessment:propose": ("both", FORBIDDEN, FORBIDDEN, OK, OK),
    "assessment:copy": ("both", FORBIDDEN, FORBIDDEN, OK, OK),
    "assessment:confirm-thresholds": ("both", FORBIDDEN, OK, OK, OK),
    "assessment:sign-proposal": ("post", FORBIDDEN, ABSENT, ABSENT, ABSENT),
    "assessment:withdraw-proposal": ("post", FORBIDDEN, FORBIDDEN, ABSENT, ABSENT),
    "assessment:help": ("get", OK, OK, OK, OK),
    "assessment:tour": ("get", OK, OK, OK, OK),
    "assessment:view": ("post", ABSENT, OK, ABSENT, ABSENT),
    "assessment:signs": ("get", OK, OK, OK, OK),
    "assessment:report-sign": ("post", FORBIDDEN, FORBIDDEN, OK, OK),
    "assessment:confirm-sign": ("post", ABSENT, OK, ABSENT, ABSENT),
    "assessment:key": ("get", OK, OK, OK, OK),
    "assessment:scores": ("both", FORBIDDEN, FORBIDDEN, OK, OK),
    "assessment:score": ("get", FORBIDDEN, FORBIDDEN, OK, OK),
    "assessment:give-score": ("post", FORBIDDEN, FORBIDDEN, OK, OK),
    "evidence:datasets": ("get", OK, OK, OK, OK),
    "evidence:load": ("both", FORBIDDEN, FORBIDDEN, OK, OK),
    "evidence:held": ("both", FORBIDDEN, FORBIDDEN, ABSENT, OK),
    "evidence:imported": ("get", FORBIDDEN, FORBIDDEN, ABSENT, MOVED),
    "evidence:remove-mapping": ("post", FORBIDDEN, FORBIDDEN, ABSENT, MOVED),
    "evidence:points": ("get", OK, OK, OK, OK),
    "evidence:points-csv": ("get", FORBIDDEN, FORBIDDEN, OK, OK),
    "evidence:points-parquet": ("get", FORBIDDEN, FORBIDDEN, OK, OK),
    "evidence:template": ("get", FORBIDDEN, FORBIDDEN, OK, OK),
    "evidence:dataset": ("get", OK, OK, OK, OK),
    "evidence:official": ("post", FORBIDDEN, FORBIDDEN, OK, OK),
    "evidence:withdraw": ("post", FORBIDDEN, FORBIDDEN, OK, OK),
    "evidence:rejected": ("get", FORBIDDEN, FORBIDDEN, ABSENT, ABSENT),
    "places:places": ("get", OK, OK, OK, OK),
    "places:review": ("both", FORBIDDEN, FORBIDDEN, OK, OK),
    "web:search": ("get", OK, OK, OK, OK),
    "web:suggest": ("get", OK, OK, OK, OK),
    "framework:browse": ("get", OK, OK, OK, OK),
    "framework:thresholds": ("get", OK, OK, OK, OK),
    "framework:changes": ("get", OK, OK, OK, OK),
    "framework:entry": ("get", OK, OK, OK, OK),
    # Comments and tasks of records: tests/safety/test_work.py. These are of a finding, and of nothing.
    "work:comment": ("post", ABSENT, ABSENT, ABSENT, ABSENT),
    "work:names": ("get", ABSENT, ABSENT, ABSENT, ABSENT),
    "work:change-comment": ("both", ABSENT, ABSENT, ABSENT, OK),
    "work:remove-comment": ("post", ABSENT, ABSENT, ABSENT, MOVED),
    "work:wordings": ("get", ABSENT, OK, OK, OK),
    "work:tasks": ("get", OK, OK, OK, OK),
    "work:new-task": ("both", ABSENT, OK, OK, OK),
    "work:several-tasks": ("post", ABSENT, ABSENT, ABSENT, ABSENT),
    "work:task": ("get", ABSENT, ABSENT, ABSENT, OK),
    "work:change-task": ("both", ABSENT, ABSENT, ABSENT, OK),
    "work:move-task": ("post", ABSENT, ABSENT, ABSENT, OK),
    "work:undo": ("post", ABSENT, ABSENT, ABSENT, MOVED),
    "work:notices": ("both", OK, OK, OK, OK),
    "work:notice": ("post", ABSENT, ABSENT, ABSENT, MOVED),
    "work:wishes": ("both", OK, OK, OK, OK),
    "work:calendar": ("get", OK, OK, OK, OK),
    "work:elsewhere": ("both", OK, OK, OK, OK),
    "work:withdraw-calendar": ("post", MOVED, MOVED, MOVED, MOVED),
    "work:feed": ("get", ABSENT, ABSENT, ABSENT, ABSENT),
    "web:design": ("get", OK, OK, OK, OK),
    "web:set-up": ("get", ABSENT, ABSENT, ABSENT, OK),
    "jobs:jobs": ("get", OK, OK, OK, OK),
    "jobs:job": ("get", ABSENT, ABSENT, ABSENT, OK),
    "jobs:stop": ("post", ABSENT, ABSENT, ABSENT, MOVED),
    "access:sign-in": ("both", MOVED, MOVED, MOVED, MOVED),
    "access:second-step": ("both", MOVED, MOVED, MOVED, MOVED),
    "access:passkey": ("both", MOVED, MOVED, MOVED, MOVED),
    "access:demonstrate": ("post", ABSENT, ABSENT, ABSENT, ABSENT),
    "access:set-up": ("both", ABSENT, ABSENT, ABSENT, ABSENT),
    "openid_connect_login": ("get", ABSENT, ABSENT, ABSENT, ABSENT),
    "openid_connect_callback": ("get", ABSENT, ABSENT, ABSENT, ABSENT),
    "access:factors": ("get", OK, OK, OK, OK),
    "access:one-time-codes": ("both", MOVED, MOVED, MOVED, MOVED),
    "access:new-passkey": ("both", MOVED, MOVED, MOVED, MOVED),
    "access:recovery-codes": ("post", MOVED, MOVED, MOVED, MOVED),
    "access:remove-factor": ("post", ABSENT, ABSENT, ABSENT, ABSENT),
    "access:later": ("post", ABSENT, ABSENT, ABSENT, ABSENT),
    "access:sessions": ("get", OK, OK, OK, OK),
    "access:end-others": ("post", MOVED, MOVED, MOVED, MOVED),
    "access:end-session": ("post", ABSENT, ABSENT, ABSENT, ABSENT),
    "access:sign-ins": ("both", ABSENT, ABSENT, ABSENT, OK),
    "access:end-sign-ins": ("post", ABSENT, ABSENT, ABSENT, MOVED),
    "access:end-sign-in": ("post", ABSENT, ABSENT, ABSENT, ABSENT),
    "access:remove-factors": ("post", ABSENT, ABSENT, ABSENT, MOVED),
    "access:sign-out": ("post", MOVED, MOVED, MOVED, MOVED),
    "access:language": ("post", MOVED, MOVED, MOVED, MOVED),
    "access:password": ("both", OK, OK, OK, OK),
    "access:tokens": ("both", OK, OK, OK, OK),
    "access:withdraw-token": ("post", ABSENT, ABSENT, ABSENT, MOVED),
    "api:openapi-view": ("get", OK, OK, OK, OK),
    "access:people": ("both", ABSENT, ABSENT, ABSENT, OK),
    "access:change-role": ("post", ABSENT, ABSENT, ABSENT, MOVED),
    "access:switch": ("post", ABSENT, ABSENT, ABSENT, MOVED),
    "access:reset-password": ("post", ABSENT, ABSENT, ABSENT, OK),
    "access:placed": ("both", ABSENT, ABSENT, ABSENT, OK),
    "access:end-right": ("post", ABSENT, ABSENT, ABSENT, ABSENT),
    "access:second-person": ("get", ABSENT, OK, ABSENT, OK),
    "access:vouch": ("post", ABSENT, ABSENT, ABSENT, ABSENT),
    "access:own-rights": ("both", OK, OK, OK, OK),
    # Records ask for a post, which none of these people holds: tests/safety/test_records.py asks as those who do.
    "records:rooms": ("get", OK, OK, OK, OK),
    "records:list": ("get", ABSENT, ABSENT, ABSENT, ABSENT),
    "records:new": ("both", ABSENT, ABSENT, ABSENT, ABSENT),
    "records:draft": ("post", ABSENT, ABSENT, ABSENT, ABSENT),
    "records:record": ("get", ABSENT, ABSENT, ABSENT, ABSENT),
    "records:change": ("both", ABSENT, ABSENT, ABSENT, ABSENT),
    "records:history": ("get", ABSENT, ABSENT, ABSENT, ABSENT),
    "records:restore": ("post", ABSENT, ABSENT, ABSENT, ABSENT),
    "records:archive": ("post", ABSENT, ABSENT, ABSENT, ABSENT),
    "records:review": ("post", ABSENT, ABSENT, ABSENT, ABSENT),
    "records:who": ("both", ABSENT, ABSENT, ABSENT, ABSENT),
    "records:end-share": ("post", ABSENT, ABSENT, ABSENT, ABSENT),
    "records:save-view": ("post", ABSENT, ABSENT, ABSENT, ABSENT),
    "records:view": ("post", ABSENT, ABSENT, ABSENT, ABSENT),
    "records:export": ("get", ABSENT, ABSENT, ABSENT, ABSENT),
    "records:exported": ("get", ABSENT, ABSENT, ABSENT, ABSENT),
    "records:bulk": ("post", ABSENT, ABSENT, ABSENT, ABSENT),
    "records:bulk-one": ("both", ABSENT, ABSENT, ABSENT, ABSENT),
    "records:bulk-undo": ("post", ABSENT, ABSENT, ABSENT, ABSENT),
    "records:import": ("both", ABSENT, ABSENT, ABSENT, ABSENT),
    "records:sheet": ("both", ABSENT, ABSENT, ABSENT, ABSENT),
    "records:rejected": ("get", ABSENT, ABSENT, ABSENT, ABSENT),
    "records:template": ("get", ABSENT, ABSENT, ABSENT, ABSENT),
    # Compartments ask for membership, which none of these people has: tests/safety/test_compartments.py.
    "compartments:list": ("get", OK, OK, OK, OK),
    "compartments:key": ("both", OK, OK, OK, OK),
    "compartments:new": ("both", ABSENT, ABSENT, ABSENT, ABSENT),
    "compartments:close": ("post", MOVED, MOVED, MOVED, MOVED),
    "compartments:inside": ("get", ABSENT, ABSENT, ABSENT, ABSENT),
    "compartments:open": ("post", ABSENT, ABSENT, ABSENT, ABSENT),
    "compartments:write": ("both", ABSENT, ABSENT, ABSENT, ABSENT),
    "compartments:members": ("both", ABSENT, ABSENT, ABSENT, ABSENT),
    "compartments:decide": ("post", ABSENT, ABSENT, ABSENT, ABSENT),
    "compartments:erase": ("both", ABSENT, ABSENT, ABSENT, ABSENT),
    "compartments:score": ("both", ABSENT, ABSENT, ABSENT, ABSENT),
    "compartments:entry": ("get", ABSENT, ABSENT, ABSENT, ABSENT),
    "compartments:change": ("both", ABSENT, ABSENT, ABSENT, ABSENT),
    "compartments:lock-down": ("both", ABSENT, OK, ABSENT, OK),
    "records:tags": ("both", FORBIDDEN, FORBIDDEN, OK, OK),
    "records:retention": ("get", OK, OK, OK, OK),
    "records:decide-disposal": ("post", ABSENT, ABSENT, ABSENT, ABSENT),
    "records:timeline": ("get", ABSENT, ABSENT, ABSENT, ABSENT),
    "records:attach": ("post", ABSENT, ABSENT, ABSENT, ABSENT),
    "records:attachment": ("get", ABSENT, ABSENT, ABSENT, ABSENT),
    "records:take-off": ("post", ABSENT, ABSENT, ABSENT, ABSENT),
    "records:tag": ("post", ABSENT, ABSENT, ABSENT, ABSENT),
    "records:relations": ("get", ABSENT, ABSENT, ABSENT, ABSENT),
    "records:relate": ("both", ABSENT, ABSENT, ABSENT, ABSENT),
    "records:end-relation": ("post", ABSENT, ABSENT, ABSENT, ABSENT),
    "records:dispose": ("both", ABSENT, ABSENT, ABSENT, ABSENT),
    "records:hold": ("post", ABSENT, ABSENT, ABSENT, ABSENT),
}
ROLES = ("reader", "leader", "analyst", "administrator")
CASES = [(route, role, ROUTES[route][0], ROUTES[route][1 + n]) for route in ROUTES for n, role in enumerate(ROLES)]


def routes(patterns: list[URLPattern | URLResolver] | None = None, space: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every named route with the names of what its address holds."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns, f"{each.namespace}:" if each.namespace else space)
        else:
            yield f"{space}{each.name}", list(each.pattern.converters)


HOLDS = {name: parts for name, parts in routes() if name == "api:openapi-view" or not name.startswith("api:")}
"""Without what scripts ask for, which has a table of its own (`test_api_access.py`)."""


@pytest.fixture
def samples(country, people, dataset, monkeypatch, house, sealed):
    from primacy.access.services import create_token
    from primacy.assessment.models import CodedItem, Flash
    from primacy.assessment.packages.signing import key_of
    from primacy.framework import Instance, read_mission
    from primacy.jobs.models import Job

    job = Job.objects.create(kind="import", by=people["administrator"])
    item = CodedItem.objects.create(category="rubric/consent/national", item="cabinet", area="OST", day="2026-06-01",
                                    confidentiality=1)  # fmt: skip
    token, _secret = create_token(person=people["administrator"], name="table", days=7)
    key_of(Instance.here().signing_key)
    from datetime import date

    from shapely.geometry import box

    from primacy.evidence.models import OwnMapping
    from primacy.evidence.services import hold_file, save_mapping
    from primacy.places.areas import Area
    from primacy.places.editions import write_editions

    Instance.here().places.mkdir()
    only = Area("OST", 0, "", {"en": "Ostara"}, geometry=box(0, 0, 1, 1))
    write_editions(Instance.here().places, {(0, date.min): {"OST": only}})

    held = hold_file(by=people["administrator"], instance=Instance.here(), name="a.csv", size=1, chunks=[b"a,b"])
    save_mapping(by=people["administrator"], name="mine", text="mapping: mine")
    meeting = country.keep_meeting(read_mission(Instance.here().mission_file))
    flash = Flash(text="The road is open.", by="a-duty-officer", at=meeting.at)
    flash.save()
    contact = house.write(house.person("author", "political-affairs"), "contact")
    asked = some_work(people["administrator"])
    country.tell_news(meeting.at, flash.text, id=flash.pk)
    known = {"{held}": str(held.pk), "{mapping}": OwnMapping.objects.get().pk, "{meeting}": meeting.pk, "{flash}": flash.pk,
             "{item}": item.pk, "{dataset}": dataset.id, "{person}": people["reader"].pk, "{job}": str(job.pk),
             "{token}": token.pk, "{record}": contact.pk, "{box}": sealed.make(), **asked}  # fmt: skip
    return {name: known.get(sample, sample) for name, sample in SAMPLES.items()}


def some_work(person) -> dict:
    """A comment on a finding, a task that was moved on, and a notice, all of one person."""
    from primacy.work.models import Notice
    from primacy.work.queries.subjects import subject
    from primacy.work.services import comments, notices, tasks

    about = subject(viewer=person, reference="benchmark/O2.M2")
    comment = comments.add_comment(by=person, about=about, text="Look at the north.")
    values = {"action": "ask", "note": "", "owner": person, "component": "", "due": None}
    task = tasks.give_task(by=person, about=None, values=values)
    batch, _count = tasks.move_on(by=person, ids=[task.pk], state="doing")
    notices.tell(people=[person], what="due", about=f"task/{task.pk}")
    notice = Notice.objects.get(person=person)
    return {"{comment}": comment.pk, "{task}": task.pk, "{batch}": batch, "{notice}": notice.pk}


def address(route: str, values: dict) -> str:
    return reverse(route, kwargs={name: values[name] for name in HOLDS[route]})


def ask(client, method: str, route: str, values: dict):
    return getattr(client, "post" if method == "post" else "get")(address(route, values))


def test_every_route_has_its_row():
    assert set(HOLDS) == set(ROUTES)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_its_answer_to_what_only_reads(client, people, samples, role):
    client.force_login(people[role])
    asked = {route: answer for route, each, method, answer in CASES if each == role and method == "get"}
    assert {route: ask(client, "get", route, samples).status_code for route in asked} == asked


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_its_answer_to_what_changes_something(people, samples, role):
    """What one changed in the database is undone before the next is asked, so that each finds everything there."""
    asked = {route: (method, answer) for route, each, method, answer in CASES if each == role and method != "get"}
    answers = {route: undone(people[role], method, route, samples) for route, (method, _answer) in asked.items()}
    assert answers == {route: answer for route, (_method, answer) in asked.items()}


def undone(person, method: str, route: str, values: dict) -> int:
    """What somebody who has just signed in is answered, in a transaction that is rolled back."""
    from django.db import transaction
    from django.test import Client

    with transaction.atomic():
        client = Client()
        client.force_login(person)
        answer = ask(client, method, route, values).status_code
        transaction.set_rollback(True)
    person.refresh_from_db()
    return answer


def test_whoever_is_not_signed_in_is_led_to_the_sign_in(client, samples):
    answers = {route: ask(client, ROUTES[route][0], route, samples) for route in ROUTES if route not in OPEN}
    led = {
        route: each.status_code == MOVED and each.url.startswith("/sign-in/?next=/") for route, each in answers.items()
    }
    assert led == dict.fromkeys(led, True)


def test_a_bad_id_is_answered_as_a_missing_page(client, people, samples):
    client.force_login(people["administrator"])
    answers = {route: ask(client, ROUTES[route][0], route, BAD).status_code for route in ROUTES if HOLDS[route]}
    assert answers == dict.fromkeys(answers, ABSENT)


def test_a_wrong_method_is_refused(client, people, samples):
    client.force_login(people["administrator"])
    wrong = {"get": "post", "post": "get", "both": "delete"}
    answers = {route: getattr(client, wrong[ROUTES[route][0]])(address(route, samples)).status_code for route in ROUTES}
    assert answers == dict.fromkeys(answers, WRONG_METHOD)


@pytest.mark.parametrize("role", ["reader", "analyst"])
def test_a_hidden_page_and_a_missing_one_cannot_be_told_apart(client, people, samples, role):
    client.force_login(people[role])
    hidden, missing = client.get("/people/"), client.get("/no-such-page/")
    strip = lambda response, path: response.content.decode().replace(path, "")  # noqa: E731
    token = __import__("re").compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    assert hidden.status_code == missing.status_code == ABSENT
    assert token.sub("", strip(hidden, "/people/")) == token.sub("", strip(missing, "/no-such-page/"))


def test_a_reader_may_look_at_the_list_but_not_run_an_assessment(client, people, samples):
    client.force_login(people["reader"])
    assert client.post("/assessments/", {}).status_code == FORBIDDEN
    assert b"<form" not in client.get("/assessments/").content.split(b"<main")[1]


def test_a_page_offers_no_link_that_it_would_refuse(client, people, samples):
    client.force_login(people["reader"])
    for page in (
        "/",
        "/evidence/",
        "/benchmarks/O2.M2/",
        "/benchmarks/O2.M2/evidence/",
        f"/evidence/{samples['dataset_id']}/",
    ):
        content = client.get(page).content.decode()
        for refused in ("/evidence/load/", "evidence.csv", "/withdraw/", "/people/", "/templates/"):
            assert refused not in content, (page, refused)
