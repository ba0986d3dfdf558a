"""A default is confirmed on a page by one person with a reason, counts at once, and can be taken back."""

import re

import pytest

from primacy.access.models import AuditEntry
from primacy.framework import load
from primacy.framework.loading import read_framework
from primacy.framework.queries import today

pytestmark = pytest.mark.django_db
ADDRESS = "/framework/O2.M2/confirm/"


@pytest.fixture
def overlay(country, people, instance_folder):
    folder = instance_folder / "framework"
    folder.mkdir()
    return folder


def token(client):
    return re.search(r'name="token" value="(\w+)"', client.get(ADDRESS).content.decode())[1]


def confirm(client, person, *names, because="agreed in the leadership team", **more):
    client.force_login(person)
    given = {"threshold": list(names), "because": because, "token": token(client)}
    return client.post(ADDRESS, given | more, follow=True)


def confirmed(overlay):
    framework = load(overlay, today())
    listed = framework.benchmarks["O2.M2"].thresholds.items()
    return {name: each.confirmed for name, each in listed if each.confirmed is not None}


def test_one_person_confirms_what_was_ticked_and_it_counts_at_once(client, people, overlay):
    page = confirm(client, people["leader"], "fall")
    assert page.status_code == 200
    assert "It counts at once" in page.content.decode()
    (said,) = confirmed(overlay).values()
    assert (said.by, said.because, said.on) == ("leader (a-leader)", "agreed in the leadership team", today())
    assert not read_framework(overlay, today()).problems
    deed = AuditEntry.objects.get(deed="confirmed thresholds")
    assert deed.detail == {"confirmed": ["fall"], "taken back": [], "because": "agreed in the leadership team"}


def test_a_tick_that_is_taken_away_takes_it_back(client, people, overlay):
    confirm(client, people["leader"], "fall")
    confirm(client, people["analyst"], because="the standard was reviewed since")
    assert confirmed(overlay) == {}
    assert not list(overlay.glob("*.yaml"))


def test_what_else_was_confirmed_stays_as_it_was_said(client, people, overlay):
    names = [name for name, each in load(overlay).benchmarks["O2.M2"].thresholds.items() if each.confirmed is None][:2]
    confirm(client, people["leader"], names[0])
    confirm(client, people["analyst"], *names, because="another reason")
    assert {name: each.because for name, each in confirmed(overlay).items()} == {
        names[0]: "agreed in the leadership team", names[1]: "another reason",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("case", "names", "because", "more", "told"),
    [
        ("no reason", ["fall"], " ", {}, "Say why"),
        ("nothing ticked", [], "because", {}, "Nothing was ticked"),
        ("an old page", ["fall"], "because", {"token": "0" * 16}, "Somebody changed this entry"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_written(client, people, overlay, case, names, because, more, told):
    page = confirm(client, people["leader"], *names, because=because, **more)
    assert (page.status_code, told in page.content.decode()) == (400, True), case
    assert confirmed(overlay) == {}


def test_no_such_threshold_and_no_such_entry_are_not_there(client, people, overlay):
    assert confirm(client, people["leader"], "height").status_code == 404
    assert client.get("/framework/O1.A1/confirm/").status_code == 404, "an activity has no numbers"


def test_who_reads_is_told_that_it_is_not_allowed(client, people, overlay):
    client.force_login(people["reader"])
    assert client.get(ADDRESS).status_code == 403
    assert "/confirm/" not in client.get("/framework/thresholds/").content.decode()


def test_a_number_that_two_people_set_is_confirmed_by_them(client, people, overlay):
    (overlay / "bar.yaml").write_text(
        "id: O2.M2\nchanged: {by: [planning, jmac], on: 2024-01-10, because: as the Council asked}\n"
        "thresholds: {fall: {value: 30 %}}\n"
    )
    said = confirmed(overlay)["fall"]
    assert (said.by, said.because) == ("planning, jmac", "as the Council asked")
    assert confirm(client, people["leader"], "fall").status_code == 400, "it stands already"


def test_a_change_can_be_proposed_and_signed_after_a_confirmation(client, people, overlay):
    confirm(client, people["leader"], "fall")
    client.force_login(people["analyst"])
    page = client.get("/framework/O2.M2/propose/").content.decode()
    sent = {"token": re.search(r'name="token" value="(\w+)"', page)[1], "because": "the Council asks for more"}
    client.post("/framework/O2.M2/propose/", sent | {"f:thresholds.fall.value": "30 %"})
    client.force_login(people["leader"])
    page = client.get("/framework/proposals/").content.decode()
    sent = {"token": re.search(r'name="token" value="(\w+)"', page)[1], "because": "agreed"}
    assert "Signed by two people" in client.post("/framework/proposals/O2.M2/sign/", sent, follow=True).content.decode()
    after = load(overlay).benchmarks["O2.M2"].thresholds["fall"]
    assert (after.value, after.confirmed is not None) == ("30 %", True)


# ---- the list of all numbers

LOOKED_FOR = [  # address, entries that are shown, and one that is not
    ("?q=O2.M2", {"O2.M2"}, "O1.M1"),
    ("?output=O5", {"O5.M1"}, "O2.M2"),
    ("?standing=published", set(), "O2.M2"),
    ("?standing=default&q=O2.M2", {"O2.M2"}, "O1.M1"),
    ("?standing=confirmed", set(), "O2.M2"),
]


@pytest.mark.parametrize(("query", "there", "away"), LOOKED_FOR)
def test_the_list_is_narrowed(client, people, overlay, query, there, away):
    client.force_login(people["reader"])
    page = client.get(f"/framework/thresholds/{query}").content.decode()
    found = set(re.findall(r'<section class="card" id="([^"]+)"', page))
    assert there <= found
    assert away not in found


def test_a_list_of_nothing_says_so(client, people, overlay):
    client.force_login(people["reader"])
    assert "No number of any rule is like that" in client.get("/framework/thresholds/?q=zzzz").content.decode()
