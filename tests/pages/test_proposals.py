"""Changes of the framework by form: one person proposes, another signs, and the files are those of a planner."""

import re
from html import unescape

import pytest

from primacy.access.models import AuditEntry
from primacy.framework import load
from primacy.framework.loading import read_framework
from primacy.framework.yaml_files import read_yaml

pytestmark = pytest.mark.django_db
ADDRESS = "/framework/O2.M2/propose/"
BAR = {"f:thresholds.fall.value": "30 %"}


@pytest.fixture
def overlay(country, people, instance_folder):
    folder = instance_folder / "framework"
    folder.mkdir()
    return folder


def opened(client, person, address=ADDRESS):
    """The form as it is sent when nothing is typed."""
    client.force_login(person)
    page = client.get(address).content.decode()
    fields = dict(re.findall(r'name="(f:[^"]+|token)" value="([^"]*)"', page))
    fields |= dict(re.findall(r'<textarea[^>]*name="(f:[^"]+)"[^>]*>([^<]*)</textarea>', page))
    return {name: unescape(value) for name, value in fields.items()}


def propose(client, person, because="the Council asks for more", **more):
    return client.post(ADDRESS, {**opened(client, person), "because": because, **more})


def sign(client, person, because="agreed"):
    client.force_login(person)
    page = client.get("/framework/proposals/").content.decode()
    token = re.search(r'name="token" value="(\w+)"', page)
    given = {"because": because, "token": token[1] if token else ""}
    return client.post("/framework/proposals/O2.M2/sign/", given, follow=True).content.decode()


def test_a_proposal_has_no_effect_until_another_person_signs_and_then_counts_from_the_next_round(
    client, people, overlay
):
    assert propose(client, people["analyst"], **BAR).status_code == 302
    assert (overlay / "proposals" / "O2.M2.yaml").is_file()
    assert load(overlay).changes == ()
    assert "Signed by two people" in sign(client, people["leader"])
    (change,) = load(overlay).changes
    assert (change.old, change.new, change.state) == ("20 %", "30 %", "in force")
    assert change.signature.by == ["analyst (a-analyst)", "leader (a-leader)"]
    assert load(overlay, change.signature.on).benchmarks["O2.M2"].thresholds["fall"].value == "20 %"
    assert load(overlay, change.signature.counts_from).benchmarks["O2.M2"].thresholds["fall"].value == "30 %"
    assert not (overlay / "proposals" / "O2.M2.yaml").exists()
    deeds = [each.deed for each in AuditEntry.objects.order_by("number")]
    assert deeds == ["proposed a change of the framework", "signed a change of the framework"]


def test_nobody_signs_an_own_proposal_not_even_after_a_change_of_role(client, people, overlay):
    propose(client, people["analyst"], **BAR)
    assert "another person must sign" in sign(client, people["analyst"])
    people["analyst"].role = "leader"
    people["analyst"].save()
    token = read_token(client, people["administrator"])
    client.force_login(people["analyst"])
    answer = client.post("/framework/proposals/O2.M2/sign/", {"because": "x", "token": token}, follow=True)
    assert "another person must sign" in answer.content.decode()
    assert load(overlay).changes == ()


def read_token(client, person):
    client.force_login(person)
    return re.search(r'name="token" value="(\w+)"', client.get("/framework/proposals/").content.decode())[1]


def test_who_signs_signs_what_was_read(client, people, overlay):
    propose(client, people["analyst"], **BAR)
    token = read_token(client, people["leader"])
    propose(client, people["analyst"], **{"f:thresholds.fall.value": "1 %"})
    client.force_login(people["leader"])
    answer = client.post("/framework/proposals/O2.M2/sign/", {"because": "x", "token": token}, follow=True)
    assert "Read it again" in answer.content.decode()
    assert load(overlay).changes == ()


def test_two_who_write_at_once_see_both_versions_and_nothing_is_overwritten(client, people, overlay):
    mine = opened(client, people["analyst"])
    propose(client, people["administrator"], **BAR)
    client.force_login(people["analyst"])
    answer = client.post(ADDRESS, {**mine, "because": "x", "f:thresholds.fall.value": "10 %"})
    page = answer.content.decode()
    assert answer.status_code == 409
    conflict = page.split('id="conflict"')[1].split("</section>")[0]
    assert "30 %" in conflict
    assert "10 %" in conflict
    assert "30 %" in (overlay / "proposals" / "O2.M2.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("thresholds.fall.value", "lots", "is no number"),
        ("rule.all.0.falls.window", "soon", "is no length of time"),
    ],
)
def test_a_fault_is_told_beside_its_field_and_nothing_is_kept(client, people, overlay, field, typed, told):
    form = opened(client, people["analyst"])
    answer = client.post(ADDRESS, {**form, "because": "x", f"f:{field}": typed})
    page = unescape(answer.content.decode())
    assert answer.status_code == 400
    beside = page.split(f'name="f:{field}"')[1].split("</div>")[0]
    assert told in beside
    assert not (overlay / "proposals").exists()


@pytest.mark.parametrize(("language", "told"), [("fr", "n'est pas un nombre"), ("ar", "ليس رقما")])
def test_a_fault_is_told_in_the_readers_language(client, people, overlay, language, told):
    form = opened(client, people["analyst"])
    client.cookies["django_language"] = language
    page = client.post(ADDRESS, {**form, "because": "x", "f:thresholds.fall.value": "lots"}).content.decode()
    assert told in unescape(page)
    assert "is no number" not in unescape(page)


@pytest.mark.parametrize(("language", "told"), [("en", "is no day"), ("fr", "n'est pas un jour"), ("ar", "ليس يوما")])
def test_a_faulty_file_is_told_in_the_readers_language(client, people, overlay, language, told):
    (overlay / "ours.yaml").write_text(
        "id: O2.M2\nthresholds: {fall: {confirmed: {by: police, on: 2026-02-30, because: x}}}\n", "utf-8"
    )
    client.force_login(people["analyst"])
    client.cookies["django_language"] = language
    client.raise_request_exception = False
    page = unescape(client.get("/framework/").content.decode())
    assert "ours.yaml:2: thresholds.fall.confirmed.on:" in page
    assert told in page


def test_the_live_check_tells_faults_and_nothing_of_statuses(client, people, overlay):
    form = opened(client, people["analyst"])
    part = client.post(ADDRESS, {**form, "f:thresholds.fall.value": "lots"}, headers={"HX-Request": "true"})
    said = unescape(part.content.decode())
    assert "<html" not in said
    assert "is no number" in said
    fine = client.post(ADDRESS, {**form, **BAR}, headers={"HX-Request": "true"}).content.decode()
    assert "finds no fault" in fine
    for word in ("progressing", "no clear change", "reversed", "probability", 'class="mark'):
        assert word not in fine
    assert not (overlay / "proposals").exists()


def test_words_count_at_once_and_leave_the_rest_of_a_planners_file_as_it_is(client, people, overlay):
    by_hand = "# ours\nid: O2.M2\nshort: Ours   # kept\ncollect: []\n"
    (overlay / "own.yaml").write_text(by_hand, "utf-8")
    propose(client, people["analyst"], because="", **{"f:title": "Less violence"})
    text = (overlay / "own.yaml").read_text("utf-8")
    assert text.startswith(by_hand)
    assert read_yaml(text)["title"] == "Less violence"
    assert load(overlay).benchmarks["O2.M2"].title == "Less violence"
    assert AuditEntry.objects.get().deed == "changed words of the framework"


def test_a_signed_change_joins_words_that_the_mission_has_on_the_same_entry(client, people, overlay):
    (overlay / "own.yaml").write_text("id: O2.M2\nshort: Ours\n", "utf-8")
    propose(client, people["analyst"], **BAR)
    sign(client, people["leader"])
    read = read_framework(overlay)
    assert read.problems == ()
    assert read.framework.benchmarks["O2.M2"].thresholds["fall"].value == "30 %"
    assert read.framework.benchmarks["O2.M2"].short == "Ours"


def test_an_entry_is_added_by_copying_another_and_counts_only_when_signed(client, people, overlay):
    form = opened(client, people["analyst"], "/framework/O2.A1/copy/")
    answer = client.post("/framework/O2.A1/copy/", {**form, "f:title": "Another thing to do", "because": "needed"})
    assert answer.status_code == 302
    (file,) = (overlay / "proposals").iterdir()
    assert file.stem not in load().entries
    assert set(load(overlay).entries) == set(load().entries)


def test_a_reason_is_asked_for_and_nothing_is_no_proposal(client, people, overlay):
    assert propose(client, people["analyst"], because="", **BAR).status_code == 400
    assert propose(client, people["analyst"]).status_code == 400
    assert not (overlay / "proposals").exists()


def test_a_proposal_can_be_withdrawn_and_the_trail_keeps_it(client, people, overlay):
    propose(client, people["analyst"], **BAR)
    client.post("/framework/proposals/O2.M2/withdraw/")
    assert not (overlay / "proposals" / "O2.M2.yaml").exists()
    assert AuditEntry.objects.order_by("-number").first().deed == "withdrew a proposal"
