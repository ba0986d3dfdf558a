"""A sign that what was achieved is lost counts after two independent origins and a person's confirmation, not before."""

from datetime import timedelta

import pytest
from django.utils import timezone

from primacy.access.models import AuditEntry, User
from primacy.assessment import queries, services
from primacy.evidence.store.store import Store
from primacy.framework import load
from primacy.framework.instance import Instance

pytestmark = pytest.mark.django_db
BENCHMARK = next(id for id, each in load().benchmarks.items() if any(r.sign is not None for r in each.reversal))
SIGN = next(r.sign.id for r in load().benchmarks[BENCHMARK].reversal if r.sign is not None)
ITEM = f"{BENCHMARK}/{SIGN}"
PAGE = f"/benchmarks/{BENCHMARK}/signs/"


@pytest.fixture
def day():
    return timezone.localdate() - timedelta(days=3)


def report(person, day, origin="radio", level=1):
    return services.report_sign(
        by=person, benchmark_id=BENCHMARK, item=ITEM, origin=origin, day=day, confidentiality=level
    )


def points():
    store = Store(Instance.here().evidence)
    rows = store.rows(as_of=timezone.localdate(), known=timezone.now())
    return sorted((row["item"], row["measure"], row["origin"] or "") for row in store.fetch(rows).to_pylist())


def test_reports_and_a_confirmation_become_data_points_that_the_engine_reads(client, instance_folder, people, day):
    for role, origin in (("analyst", "radio"), ("administrator", "court")):
        client.force_login(people[role])
        answer = client.post(f"{PAGE}{SIGN}/report/", {"origin": origin, "day": day.isoformat(), "confidentiality": 1})
        assert answer.status_code == 302
    client.force_login(people["leader"])
    assert "Confirm the sign" in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}{SIGN}/confirm/", {"because": "Both are sure."}).status_code == 302
    assert points() == [(ITEM, "confirmed", ""), (ITEM, "seen", "court"), (ITEM, "seen", "radio")]
    (sign,) = [each for each in queries.signs(viewer=people["analyst"], benchmark_id=BENCHMARK) if each.item == ITEM]
    assert (sign.confirmed, sign.origins) == (timezone.localdate(), {"radio", "court"})
    deeds = list(AuditEntry.objects.order_by("number").values_list("deed", "actor"))
    reported = [("reported a sign", "a-analyst"), ("reported a sign", "a-administrator")]
    assert deeds == [*reported, ("confirmed a sign", "a-leader")]
    assert AuditEntry.objects.last().detail["because"] == "Both are sure."


REFUSED = [
    # what it shows                                        origins                because
    ("nobody saw it",                                      [],                    "Sure."),
    ("one origin saw it",                                  ["radio"],             "Sure."),
    ("one origin saw it twice",                            ["radio", "radio"],    "Sure."),
    ("one origin saw it, written in two ways",             ["radio", "Radio "],   "Sure."),
    ("two saw it and no reason is given",                  ["radio", "court"],    " "),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "origins", "because"), REFUSED, ids=[each[0] for each in REFUSED])
def test_it_is_not_confirmed_where(instance_folder, people, day, shows, origins, because):
    for number, (role, origin) in enumerate(zip(("analyst", "administrator"), origins, strict=False)):
        report(people[role], day - timedelta(days=number), origin)
    with pytest.raises(ValueError):
        services.confirm_sign(by=people["leader"], benchmark_id=BENCHMARK, item=ITEM, because=because)
    assert not [each for each in points() if each[1] == "confirmed"]


def test_who_entered_every_report_does_not_confirm_them(instance_folder, people, day):
    """Somebody who was an analyst yesterday and leads today."""
    report(people["analyst"], day, "radio")
    people["analyst"].role = "leader"
    with pytest.raises(ValueError):
        services.confirm_sign(by=people["analyst"], benchmark_id=BENCHMARK, item=ITEM, because="Sure.")


def test_reports_of_more_than_a_year_ago_do_not_count(instance_folder, people, day):
    report(people["analyst"], day)
    with pytest.raises(ValueError):
        report(people["analyst"], day - timedelta(days=365), "court")


def test_who_may_not_see_details_sees_no_origin_of_a_confidential_report(client, instance_folder, people, day):
    for role, origin in (("analyst", "radio"), ("administrator", "guard-of-the-gate")):
        report(people[role], day, origin, level=3 if origin.startswith("guard") else 1)
    for role, sees in (("reader", False), ("leader", False), ("analyst", True)):
        client.force_login(people[role])
        page = client.get(PAGE).content.decode()
        assert ("guard-of-the-gate" in page) is sees
        assert "seen by 2 origins" in page
    services.confirm_sign(by=people["leader"], benchmark_id=BENCHMARK, item=ITEM, because="Sure.")
    store = Store(Instance.here().evidence)
    rows = store.rows(as_of=timezone.localdate(), known=timezone.now())
    kept = store.fetch(rows.filter(rows.measure == "confirmed")).to_pylist()
    assert [(row["confidentiality"], row["note"], row["source"]) for row in kept] == [(3, "", "")]


def test_what_one_person_writes_under_two_labels_is_of_one_origin(client, instance_folder, people, day, monkeypatch):
    report(people["analyst"], day, "radio")
    client.force_login(people["analyst"])
    words = {"origin": "court", "day": day.isoformat(), "confidentiality": 1}
    page = client.post(f"{PAGE}{SIGN}/report/", words, follow=True).content.decode()
    assert "What one person writes counts as one origin" in page
    assert points() == [(ITEM, "seen", "radio")]


def test_two_labels_of_one_person_that_were_kept_before_are_not_confirmed(client, instance_folder, people, day):
    for origin in ("radio", "court"):
        said = {"date": day, "until": day, "measure": "seen", "origin": origin, "confidentiality": 1}
        services._keep_sign(people["analyst"], ITEM, said)
    client.force_login(people["leader"])
    page = client.get(PAGE).content.decode()
    assert "seen by 1 origin<" in page
    assert "One person wrote reports under several labels" in page
    assert "a-analyst" not in page
    with pytest.raises(ValueError):
        services.confirm_sign(by=people["leader"], benchmark_id=BENCHMARK, item=ITEM, because="Sure.")


def test_in_an_exercise_the_year_ends_on_its_own_day(client, instance_folder, people, monkeypatch):
    its_day = timezone.localdate() - timedelta(days=900)
    file = Instance.here().mission_file
    file.write_text(f"{file.read_text('utf-8')}\npractice_day: {its_day}\n", "utf-8")
    Instance.here().exercise_file.write_text("seed: 1\n", "utf-8")
    client.force_login(people["analyst"])
    for day, says in ((its_day + timedelta(days=1), "This day is still to come."), (its_day, "The report is kept.")):
        words = {"origin": "radio", "day": day.isoformat(), "confidentiality": 1}
        assert says in client.post(f"{PAGE}{SIGN}/report/", words, follow=True).content.decode()
    (sign,) = [each for each in queries.signs(viewer=people["analyst"], benchmark_id=BENCHMARK) if each.item == ITEM]
    assert [each.day for each in sign.reports] == [its_day]


NAMES = ["Jean-Pierre Nzapayeke", "Mr Exemple", "Zeld Quorn", "zeld@example.org", "+236 70 12 34 56"]


@pytest.mark.parametrize("name", NAMES)
def test_an_origin_that_reads_as_a_person_is_kept_nowhere(client, instance_folder, people, day, name):
    client.force_login(people["analyst"])
    answer = client.post(f"{PAGE}{SIGN}/report/", {"origin": name, "day": day.isoformat(), "confidentiality": 1})
    assert "This reads as the name of a person" in answer.content.decode()
    with pytest.raises(ValueError):
        report(people["analyst"], day, name)
    assert points() == []


@pytest.mark.parametrize("label", ["radio", "office in the north", "human rights office", "Force"])
def test_an_origin_that_is_a_label_is_kept(instance_folder, people, day, label):
    report(people["analyst"], day, label)
    assert points() == [(ITEM, "seen", label)]


def test_a_sign_that_the_framework_does_not_name_does_not_exist(client, instance_folder, people, day):
    client.force_login(people["analyst"])
    assert client.get("/benchmarks/O9.X1/signs/").status_code == 404
    words = {"origin": "radio", "day": day.isoformat(), "confidentiality": 1}
    assert client.post(f"{PAGE}none/report/", words).status_code == 404
    assert User.objects.count() == len(people)
