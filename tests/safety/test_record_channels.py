"""Every further door to records, for every type: exports, the interface for scripts, deeds on many, tables brought in,
filters, saved views. What is not for somebody is nowhere, and a forbidden record is answered as a missing one."""

import io
import json
import re
import uuid

import pyarrow.parquet as pq
import pytest
from django.urls import reverse
from openpyxl import load_workbook
from tests.safety.record_house import DAY, VALUES, WORD
from tests.safety.test_records import TYPES, some_of_each

from primacy.access.models import AuditEntry
from primacy.access.readers import reader_of
from primacy.access.record_rights import may
from primacy.access.services import create_token
from primacy.records import queries
from primacy.records.models import Bulk, Sheet
from primacy.records.queries.views import views as views_of

pytestmark = pytest.mark.django_db
COMPONENTS = ("civil-affairs", "planning", "jmac")


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def files(browser, type_: str, query: str = "") -> dict[str, bytes]:
    """The list in every form, and as the interface for scripts tells it."""
    return {ending: body(browser.get(reverse("records:export", args=[type_, ending]) + query)) for ending in ("csv", "xlsx", "parquet")}  # fmt: skip


def rows_of_workbook(content: bytes) -> list[tuple]:
    return list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))


@pytest.mark.parametrize("component", COMPONENTS)
@pytest.mark.parametrize("type_", TYPES)
def test_an_export_holds_what_the_person_sees_and_no_more(house, as_, component, type_) -> None:
    records, person = some_of_each(house, type_), house.person("reader", component)
    reader = reader_of(person)
    seen = {str(each.pk) for each in records if may(reader, "see", each.guarded(type_))}
    exact = {str(each.pk) for each in records if may(reader, "detail", each.guarded(type_))} & seen
    given = files(as_(person), type_)
    parquet = pq.read_table(io.BytesIO(given["parquet"])).to_pylist()
    assert {each["id"] for each in parquet} == seen
    assert {each["id"] for each in parquet if each["details"]} == exact
    hidden = [each for each in parquet if not each["details"]]
    assert all(WORD not in str(each) and each["version"] is None for each in hidden)
    assert all(each.get("day") in (None, DAY.replace(day=1)) for each in hidden), "the Monday of the week"
    for id in {str(each.pk) for each in records}:
        assert (id in given["csv"].decode()) is (id in seen)
        assert (id in str(rows_of_workbook(given["xlsx"]))) is (id in seen)
    assert given["csv"].decode().count(WORD) >= len(exact)
    for ending in ("csv", "parquet"):
        assert b"inviolable" in given[ending]
    entries = AuditEntry.objects.filter(deed="exported records", actor="reader")
    assert [(each.detail["as"], each.detail["rows"]) for each in entries] == [
        ("csv", len(seen)), ("xlsx", len(seen)), ("parquet", len(seen)),
    ]  # fmt: skip


@pytest.mark.parametrize("type_", TYPES)
def test_every_channel_is_the_same_with_and_without_the_hidden_record(house, as_, type_) -> None:
    author, reader = (
        house.person("author", "political-affairs", "jmac"),
        house.person("reader", "planning", "civil-affairs"),
    )
    house.write(author, type_, confidentiality=1)
    token, browser = create_token(person=reader, name="x", days=1)[1], as_(reader)
    scripts = {"Authorization": f"Bearer {token}"}
    queries_ = ["", f"?text={WORD}", "?confidentiality=3", "?own=on", "?sort=confidentiality", "?all=1"]

    def everything() -> list:
        found = [browser.get(reverse("records:export", args=[type_, "csv"]) + each) for each in queries_]
        told = [body(each) for each in found]
        told += [pq.read_table(io.BytesIO(files(browser, type_)["parquet"])).to_pylist()]
        for asked in ("", f"?text={WORD}", "?where=confidentiality%3D3"):
            told.append(browser.get(f"/api/v1/records/{type_}{asked}", headers=scripts).content)
        told.append(browser.get("/api/v1/records", headers=scripts).content)
        browser.post(reverse("records:bulk", args=[type_]), {"action": "archive", "all": "1", "asked": ""})
        made = Bulk.objects.latest("created")
        told.append((made.targets, made.refused))
        return told

    before = everything()
    house.write(author, type_, confidentiality=3)
    house.write(author, type_, confidentiality=1, group=house.group("others"))
    assert everything() == before


@pytest.mark.parametrize("type_", TYPES)
def test_a_script_is_told_of_a_forbidden_record_what_it_is_told_of_a_missing_one(house, client, type_) -> None:
    author, reader = (
        house.person("author", "political-affairs", "jmac"),
        house.person("reader", "planning", "civil-affairs"),
    )
    hidden, missing = house.write(author, type_, confidentiality=3).pk, uuid.uuid4()
    headers = {"Authorization": f"Bearer {create_token(person=reader, name='x', days=1)[1]}"}
    asked = [
        ("get", "", None), ("get", "/versions", None), ("patch", "", {"version": 1, "fields": {"confidentiality": 0}}),
        ("post", "/archive", {"version": 1, "because": "x"}),
        ("patch", "", {"version": 1, "fields": {"nonsense": "x"}}),
    ]  # fmt: skip
    for method, rest, given in asked:
        told = [
            getattr(client, method)(
                f"/api/v1/records/{type_}/{id}{rest}", headers=headers, content_type="application/json",
                **({"data": json.dumps(given)} if given else {}),
            )
            for id in (hidden, missing)
        ]  # fmt: skip
        assert [(each.status_code, each.content) for each in told] == [(404, told[1].content)] * 2, (method, rest)
    for method, rest, given in asked[:4]:
        nothing = getattr(client, method)(
            f"/api/v1/records/gossip/{missing}{rest}", headers=headers, content_type="application/json",
            **({"data": json.dumps(given)} if given else {}),
        )  # fmt: skip
        assert nothing.content == client.get(f"/api/v1/records/{type_}/{missing}", headers=headers).content


@pytest.mark.parametrize("component", COMPONENTS)
@pytest.mark.parametrize("type_", TYPES)
def test_a_script_reads_and_a_deed_on_many_reaches_what_the_table_says(house, as_, component, type_) -> None:
    records, person = some_of_each(house, type_), house.person("reader", component)
    reader, browser = reader_of(person), as_(person)
    rights = {
        str(each.pk): {a for a in ("see", "detail", "write", "archive", "share") if may(reader, a, each.guarded(type_))}
        for each in records
    }
    seen = {id for id, held in rights.items() if "see" in held}
    told = browser.get(f"/api/v1/records/{type_}").json()["records"]
    assert {each["id"] for each in told} == seen
    assert {each["id"] for each in told if each["exact"]} == {id for id in seen if "detail" in rights[id]}
    assert not [each for each in told if not each["exact"] and WORD in json.dumps(each)]
    for action, right in (("archive", "archive"), ("level", "write"), ("tag", "write"), ("share", "share")):
        marked = {"action": action, "id": list(rights), "asked": ""}
        browser.post(reverse("records:bulk", args=[type_]), marked)
        made = Bulk.objects.filter(person=person, action=action).first()
        if made is None:
            assert not seen
            continue
        assert {id for id, _version in made.targets} == {id for id in seen if {"detail", right} <= rights[id]}
        assert {*made.refused} == seen - {id for id, _version in made.targets}


@pytest.mark.parametrize("type_", TYPES)
def test_a_line_of_a_table_that_names_a_hidden_record_reads_like_one_that_names_none(house, as_, type_) -> None:
    author = house.person("author", "political-affairs", "jmac")
    hidden = house.write(author, type_, confidentiality=3).pk
    reader = house.person("reader", "civil-affairs")
    table = f"ID,Confidentiality\r\n{hidden},0\r\n{uuid.uuid4()},0\r\n"
    browser = as_(reader)
    file = io.BytesIO(table.encode())
    file.name = "t.csv"
    page = browser.post(reverse("records:import", args=[type_]), {"file": file})
    assert page.status_code == 302, page.content
    held = Sheet.objects.get()
    browser.post(page.url, {"look": "1", **{f"means-{place}": means for place, means in enumerate(held.means)}})
    held.refresh_from_db()
    first, second = ({**each, "line": 0} for each in held.checked)
    assert first == second
    assert first["what"] == "wrong"
    browser.force_login(house.person("other", "civil-affairs"))
    assert browser.get(page.url).status_code == 404, "a table is its person's alone"


def test_no_filter_finds_a_record_by_what_it_hides(house, as_) -> None:
    """Every field of every type that its reader is not shown, by the value that it has."""
    browser = as_(house.person("reader", "planning"))
    author = house.person("author", "political-affairs", "jmac")
    for type_ in TYPES:
        record = house.write(author, type_, confidentiality=1)
        count = len(browser.get(f"/api/v1/records/{type_}").json()["records"])
        for field in queries.fields_of(house.types[type_]):
            for name in field.filters if not field.open else ():
                value = getattr(record, field.name)
                asked = {True: "yes", False: "no"}.get(value, value) if field.kind == "yes-no" else value
                told = browser.get(f"/api/v1/records/{type_}", {"where": f"{name}={asked}"}).json()["records"]
                assert told == [] or asked in (None, ""), (type_, name, count)


def test_a_related_record_that_is_hidden_narrows_a_list_like_a_missing_one(house, as_) -> None:
    polly, civi = house.person("polly", "political-affairs"), house.person("civi", "civil-affairs")
    actor = house.write(polly, "actor", name="Quiet council", confidentiality=3)
    house.write(civi, "contact", actor=actor, confidentiality=1)
    url, browser = reverse("records:list", args=["contact"]), as_(civi)
    missing, token = uuid.uuid4(), re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    hidden, absent = (
        token.sub("", browser.get(f"{url}?actor={id}").content.decode()).replace(str(id), "")
        for id in (actor.pk, missing)
    )
    assert hidden == absent
    assert "Quiet council" not in hidden
    assert "Nothing that you may see fits." in hidden


def test_a_saved_view_is_offered_to_its_person_and_component_and_shows_each_what_they_may_see(house, as_) -> None:
    civi, lia, plan = (
        house.person("civi", "civil-affairs"), house.person("cara", "civil-affairs"), house.person("plan", "planning"),
    )  # fmt: skip
    house.write(civi, "contact", confidentiality=3, group=house.group("few", civi), subject="the hidden talk")
    url = reverse("records:list", args=["contact"])
    as_(civi).post(
        reverse("records:save-view", args=["contact"]),
        {"name": "Talks", "asked": "text=talk", "component": "civil-affairs"},
    )
    assert "Talks" in as_(lia).get(url + "?all=1").content.decode()
    assert "the hidden talk" not in as_(lia).get(url + "?text=talk&view=1").content.decode()
    assert "Talks" not in as_(plan).get(url + "?all=1").content.decode()
    number = views_of(viewer=civi, type_=house.types["contact"])[0].pk
    for person, answer in ((lia, 404), (plan, 404), (civi, 302)):
        browser = as_(person)
        assert browser.post(reverse("records:view", args=["contact", number]), {"do": "remove"}).status_code == answer
    refused = as_(lia).post(
        reverse("records:save-view", args=["contact"]), {"name": "x", "asked": "", "component": "jmac"}
    )
    assert refused.status_code == 302
    assert not [each for each in views_of(viewer=lia, type_=house.types["contact"]) if each.name == "x"]


def test_cells_of_an_export_are_no_formulae(house, as_) -> None:
    civi = house.person("civi", "civil-affairs")
    house.write(civi, "contact", subject='=HYPERLINK("http://x")', note="+1", present="@sum", confidentiality=1)
    given = files(as_(civi), "contact")
    assert "'=HYPERLINK" in given["csv"].decode()
    cells = [cell for row in load_workbook(io.BytesIO(given["xlsx"])).active.iter_rows() for cell in row if cell.value]
    assert not [each.value for each in cells if each.data_type == "f"]
    assert not [each.value for each in cells if isinstance(each.value, str) and each.value[0] in "=+@"]


def test_whoever_takes_along_one_list_after_the_other_is_stopped(house, as_, monkeypatch) -> None:
    monkeypatch.setattr("primacy.records.pages.exporting.MOST_IN_AN_HOUR", 2)
    browser = as_(house.person("civi", "civil-affairs"))
    url = reverse("records:export", args=["contact", "csv"])
    assert [browser.get(url).status_code for _ in range(3)] == [200, 200, 429]


def test_a_large_export_is_for_its_person_while_they_hold_what_they_held(house, as_, monkeypatch) -> None:
    from primacy.access.posts import Post
    from primacy.jobs.models import Job
    from primacy.records import tasks

    monkeypatch.setattr("primacy.records.pages.exporting.AT_ONCE", 0)
    civi, cara = house.person("civi", "civil-affairs"), house.person("cara", "civil-affairs")
    house.write(civi, "contact", confidentiality=1)
    as_(civi).get(reverse("records:export", args=["contact", "csv"]) + f"?text={WORD}")
    job = Job.objects.get()
    tasks.write_export.func(str(job.pk), "contact", f"text={WORD}", "csv", "en")
    url = reverse("records:exported", args=["contact", job.pk])
    assert WORD.encode() in body(as_(civi).get(url))
    assert as_(cara).get(url).status_code == 404
    Post.objects.create(person=civi, component="jmac", since=DAY)
    assert as_(civi).get(url).status_code == 404


def test_the_samples_of_this_test_hide_a_word_in_every_type(house) -> None:
    assert {key for key, values in VALUES.items() if WORD in str(values)} == set(TYPES)
