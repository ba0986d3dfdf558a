"""The leadership says how it sees a core benchmark before it is shown what was computed, and nothing of it is lost."""

import json
import re
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.utils import timezone
from django.utils.html import escape

from primacy.access.models import AuditEntry, Unchangeable, User
from primacy.assessment import queries, services
from primacy.assessment.assessing import assess
from primacy.assessment.inputs import FULL, Inputs
from primacy.assessment.models import LeadershipView, StoredAssessment
from primacy.assessment.packages import package
from primacy.assessment.tests import building
from primacy.assessment.views import View
from primacy.framework import load
from primacy.framework.instance import Instance

pytestmark = pytest.mark.django_db
CORE = "O2.M2"
AS_OF, KNOWN = date(2026, 6, 30), datetime(2026, 7, 1, tzinfo=UTC)
LISTED = date(2024, 6, 30)  # as which it stands in the list: a day that has come, whenever the tests are run
MISSION = {
    "country": "XX",
    "mandate": {"resolution": "1 (2020)", "start": "2020-01-01"},
    "horizons": {term: ["2020-01-01", "2030-01-01"] for term in ("short", "medium", "long")},
    "baselines": [{"name": "before", "from": "2021-01-01", "to": "2021-12-31", "signed": ["a", "b"], "because": "c"}],
    "core": [CORE, "O1.S1"],
}
TOLD = {"span": "2018-01-01 to 2026-06-30", "targets": ["*"], "actors": ["*"], "groups": ["*"]}
FALL = [
    "2018-01..2023-12 events=24,27,21 area=XX01 target=civilians category=violence/one-sided",
    "2018-01..2023-12 events=6,8,7 area=XX02 target=institutions category=violence/damage",
    "2024-01..2026-06 events=7,6,8 area=XX01 target=civilians category=violence/one-sided",
    "2024-01..2026-06 events=1,2,2 area=XX02 target=institutions category=violence/damage",
]
EVIDENCE = [
    {"kind": "incident", "data": "events", "covers": TOLD, "monthly": FALL},
    {"kind": "incident", "data": "reports", "source_type": "monitor", "covers": TOLD, "monthly": FALL},
]


@pytest.fixture(scope="module")
def made(model, tmp_path_factory):
    """One package on the real benchmarks, and the finding in it on a core benchmark."""
    folder = tmp_path_factory.mktemp("made")
    inputs = Inputs(load(), building.mission(**MISSION), building.store(EVIDENCE), building.country(), model)
    assessment = assess(inputs, as_of=AS_OF, known=KNOWN)
    package.write(folder / "made.zip", inputs, assessment)
    return folder / "made.zip", assessment, inputs


@pytest.fixture
def stored(made, tmp_path, monkeypatch):
    path, assessment, _inputs = made
    folder = tmp_path / "instance"
    (folder / "assessments").mkdir(parents=True)
    (folder / "mission.yaml").write_text(json.dumps(MISSION), encoding="utf-8")
    monkeypatch.setenv("PRIMACY_DATA", str(folder))
    shutil.copy(path, folder / "assessments" / f"{assessment.id}.zip")
    return keep(assessment.id, LISTED)


def keep(id, as_of, *, ago=0):
    now = timezone.now() - timedelta(days=ago)
    return StoredAssessment.objects.create(
        id=id, as_of=as_of, known=KNOWN, created=now, created_by="planner", code="0", framework_hash="", level=3,
        evidence_hash="", counts={"progressing": 3},
    )  # fmt: skip


@pytest.fixture
def leader(db):
    return User.objects.create(username="srsg", role="leader")


@pytest.fixture
def reader(db):
    return User.objects.create(username="desk", role="reader")


def computed(made):
    return next(each for each in made[1].findings if each.benchmark == CORE)


def give(client, **words):
    return client.post(f"/benchmarks/{CORE}/view/", words, follow=True)


PAGES = ("/", "/changes/", "/risks/", "/collect/", f"/benchmarks/{CORE}/", "/assessments/", "/risks/O2.R1/",
         f"/benchmarks/{CORE}/evidence/", "/evidence/gaps/")  # fmt: skip


def verdicts(made):
    """What would give the status away: its sentence, its numbers, its bounds."""
    from primacy.assessment.told.sentences import say_all

    finding = computed(made)
    sentence = escape(say_all(finding.sentence[:1], framework=load())).replace(
        " %", "\u00a0%"
    )  # as pages keep it whole
    return [sentence, f"{round(finding.probability * 100)} in 100"]


def test_the_finding_of_this_test_has_a_verdict_to_hide(made):
    assert computed(made).status in ("met", "progressing", "not met", "no clear change")
    assert computed(made).probability is not None
    assert computed(made).charts


# ---- before


@pytest.mark.parametrize("page", PAGES)
def test_no_page_tells_who_owes_a_view_how_the_benchmark_stands(client, leader, reader, stored, made, page):
    client.force_login(reader)
    shown = client.get(page).content.decode()
    client.force_login(leader)
    veiled = client.get(page).content.decode()
    assert [said for said in verdicts(made) if said in veiled] == []
    links = re.compile(rf'<a href="/benchmarks/{CORE}/[^"]*" data-status="([^"]+)"')
    assert set(links.findall(veiled)) <= {"view due"}
    if page == "/":
        assert links.findall(shown) == [computed(made).status]
    if page == f"/benchmarks/{CORE}/":
        assert verdicts(made)[0] in shown
        assert "Your view comes first" in veiled
        assert "status-view-due" in veiled
        charts = [part.split("</figure")[0] for part in shown.split("<figure")[1:]]
        bare = [part.split("</figure")[0] for part in veiled.split("<figure")[1:]]
        assert any("baseline" in each for each in charts)
        assert len(bare) == len(charts) - 1  # the picture of the last three years is a verdict too
        assert not any("baseline" in each or "asked for" in each for each in bare)


def test_the_counts_of_the_list_do_not_tell_either(leader, reader, stored):
    (seen,) = queries.assessments(viewer=leader)
    assert seen.counts["view due"] == len(queries.asking(viewer=leader, assessment_id=stored.id).hidden)
    assert queries.assessments(viewer=reader)[0].counts == {"progressing": 3}


def test_what_waits_for_a_hidden_benchmark_is_hidden_with_it(leader, stored, monkeypatch):
    needs = {id: set() for id in load().benchmarks} | {"O2.L1": {CORE}, "O2.L2": {"O2.L1"}}
    monkeypatch.setattr("primacy.framework.in_force.Framework.prerequisites", lambda _self: needs)
    found = {each.benchmark: each for each in queries.findings(viewer=leader, assessment_id=stored.id)}
    assert [found[id].status for id in (CORE, "O2.L1", "O2.L2")] == ["view due"] * 3


@pytest.fixture
def four_core(stored):
    """Four core benchmarks: others wait for one of them, and signals of choices ask how they stand."""
    core = [CORE, "O1.S1", "O2.S1", "O4.S1"]
    Instance.here().mission_file.write_text(json.dumps({**MISSION, "core": core}), encoding="utf-8")
    return stored


def test_every_page_counts_the_same_views_and_each_of_them_can_be_given(client, leader, four_core):
    asking = queries.asking(viewer=leader, assessment_id=four_core.id)
    assert len(asking.owed) >= 3
    assert "O2.M1" in asking.waits
    client.force_login(leader)
    owed, waiting = len(asking.owed), len(asking.hidden)
    for page in ("/", "/risks/"):
        assert f"Give your view on {owed} core benchmarks" in client.get(page).content.decode()
    assert f"You owe {owed} views first" in client.get(f"/assessments/{four_core.id}/").content.decode()
    said = f"{waiting} are left out here until your views are given, which are due on {owed} of them"
    assert said in client.get("/").content.decode()
    assert said in client.get("/changes/").content.decode()
    for id in asking.hidden:
        page = client.get(f"/benchmarks/{id}/").content.decode()
        assert (f'action="/benchmarks/{id}/view/"' in page) is (id in asking.owed), id
        for other in asking.waits.get(id, ()):
            assert f'<a class="title" href="/benchmarks/{other}/">Give your view' in page
        assert "No probability can be computed" not in page


def test_no_view_is_due_or_kept_on_what_only_waits_for_one(leader, four_core):
    found = {each.benchmark: each for each in queries.findings(viewer=leader, assessment_id=four_core.id)}
    assert (found["O2.S1"].flags, found["O2.M1"].flags) == (("view due",), ())
    with pytest.raises(ValueError, match="comes first"):
        services.give_view(by=leader, assessment_id=four_core.id, benchmark_id="O2.M1", status="met", reason="So.")
    services.give_view(by=leader, assessment_id=four_core.id, benchmark_id="O2.S1", status="met", reason="So.")
    assert "O2.M1" not in queries.asking(viewer=leader, assessment_id=four_core.id).hidden


def test_a_choice_is_told_alike_on_every_page(client, leader, reader, four_core):
    """O4.T1 is due where O4.S1 is met or makes progress: who owes a view on that one may not learn it by the choice,
    and is not told that the choice is not due either."""
    client.force_login(leader)
    pages = [client.get(each).content.decode() for each in ("/risks/", "/outputs/O4/", "/benchmarks/O2.M2/")]
    told = [re.search(r'/trade-offs/O4\.T1/">.*?<span class="tag[^>]*>([^<]+)<', each, re.DOTALL) for each in pages]
    told.append(
        re.search(r"Why now <span class=\"tag[^>]*>([^<]+)<", client.get("/trade-offs/O4.T1/").content.decode())
    )
    assert [each and each[1] for each in told] == ["your view first"] * 4


def test_everybody_else_sees_the_status_and_that_the_view_is_due(reader, leader, stored, made):
    found = queries.finding(viewer=reader, assessment_id=stored.id, benchmark_id=CORE)
    assert (found.status, "view due" in found.flags) == (computed(made).status, True)


def test_where_nobody_is_to_give_a_view_none_is_due(reader, stored):
    assert "view due" not in queries.finding(viewer=reader, assessment_id=stored.id, benchmark_id=CORE).flags


def test_other_benchmarks_are_shown_at_once(leader, stored):
    found = queries.findings(viewer=leader, assessment_id=stored.id)
    assert {each.status for each in found if each.benchmark == "O2.S1"} != {"view due"}


def test_what_many_read_at_once_hides_what_is_hidden_from_any_of_them(leader, reader, stored):
    """The terminal of an exercise, which a team and its leadership read together."""
    asked = partial(queries.asked_of_anybody, assessment_id=stored.id)
    assert asked() == queries.asking(viewer=leader, assessment_id=stored.id).hidden
    assert CORE in asked()
    second = User.objects.create(username="deputy", role="leader")
    services.give_view(by=leader, assessment_id=stored.id, benchmark_id=CORE, status="met", reason="Calm.")
    assert CORE in asked(), "the deputy owes one still"
    services.give_view(by=second, assessment_id=stored.id, benchmark_id=CORE, status="met", reason="Calm.")
    assert CORE not in asked()


def test_where_nobody_gives_views_nothing_is_hidden_from_all(reader, stored):
    assert queries.asked_of_anybody(assessment_id=stored.id) == frozenset()


# ---- giving one


def test_a_view_opens_the_status_and_stands_beside_it(client, leader, reader, stored, made):
    client.force_login(leader)
    page = give(client, status="reversed", reason="The north was quiet for other reasons.").content.decode()
    assert verdicts(made)[0] in page
    client.force_login(reader)
    page = client.get(f"/benchmarks/{CORE}/").content.decode()
    assert "The north was quiet for other reasons." in page
    assert "given before the status was shown" in page
    assert "leadership differs" in page
    assert ", the leadership differs" in client.get("/").content.decode()
    assert leader.username not in page
    found = queries.finding(viewer=reader, assessment_id=stored.id, benchmark_id=CORE)
    assert (found.status, found.probability) == (computed(made).status, computed(made).probability)
    assert ("leadership differs" in found.flags, "view due" in found.flags) == (True, False)


def test_it_is_signed_and_in_the_trail_with_the_hash_of_what_was_seen(leader, stored, made):
    given = services.give_view(by=leader, assessment_id=stored.id, benchmark_id=CORE, status="met", reason="Calm.")
    kept = LeadershipView.objects.get()
    assert given.sound
    assert (kept.by, kept.role, kept.blind, kept.computed) == ("srsg", "leader", True, computed(made).status)
    again = services.give_view(by=leader, assessment_id=stored.id, benchmark_id=CORE, status="met", reason="Calm.")
    assert (again.blind, again.seen != given.seen) == (False, True)
    entries = AuditEntry.objects.filter(deed="gave a view")
    assert [entry.detail["signature"] for entry in entries.order_by("number")] == [given.signature, again.signature]


@pytest.mark.parametrize(
    "change", [{"status": "met"}, {"by": "x"}, {"reason": "y"}, {"at": KNOWN}, {"seen": "0"}, {"blind": False}]
)
def test_a_view_that_somebody_changed_is_no_longer_sound(leader, stored, change):
    given = services.give_view(by=leader, assessment_id=stored.id, benchmark_id=CORE, status="not met", reason="No.")
    assert View.from_dict(given.as_dict()) == given
    assert not replace(given, **change).sound


def test_a_revised_view_leaves_the_old_one_in_its_place(client, leader, reader, stored, made):
    client.force_login(leader)
    give(client, status="reversed", reason="First thought.")
    page = give(client, status=computed(made).status, reason="Second thought.").content.decode()
    assert "First thought." in page
    assert "revised since" in page
    found = queries.finding(viewer=reader, assessment_id=stored.id, benchmark_id=CORE)
    assert "leadership differs" not in found.flags
    (old, new) = LeadershipView.objects.all()
    old.reason = "Never said"
    for deed in (old.save, old.delete, new.delete):
        with pytest.raises(Unchangeable):
            deed()


def test_passing_needs_a_reason_and_opens_the_status(client, leader, reader, stored, made):
    client.force_login(leader)
    assert "Your view comes first" in give(client, passed="1", reason="").content.decode()
    page = give(client, passed="1", reason="I was abroad.").content.decode()
    assert verdicts(made)[0] in page
    assert "Passed without a view" in page
    found = queries.finding(viewer=reader, assessment_id=stored.id, benchmark_id=CORE)
    assert "view due" in found.flags  # nobody has said yet how it stands


REFUSED = [
    ("no reason", {"status": "met", "reason": " "}),
    ("no status", {"status": "", "reason": "Because."}),
    ("a status that is not one of opinion", {"status": "not applicable", "reason": "Because."}),
]


@pytest.mark.parametrize(("shows", "words"), REFUSED, ids=[each[0] for each in REFUSED])
def test_what_is_no_view_is_not_kept(client, leader, stored, shows, words):
    client.force_login(leader)
    assert "Your view comes first" in give(client, **words).content.decode()
    assert not LeadershipView.objects.exists()


def test_a_full_package_that_is_handed_out_carries_them_and_is_signed(leader, stored, made, tmp_path):
    given = services.give_view(by=leader, assessment_id=stored.id, benchmark_id=CORE, status="not met", reason="No.")
    _path, assessment, inputs = made
    services.hand_out(inputs, replace(assessment, as_of=LISTED), level=FULL, to=tmp_path / "full.zip", by=leader)
    opened = package.read(tmp_path / "full.zip")
    assert (opened.views, opened.seal.state) == ((given,), "sound")
    assert "No." in package.part_of(tmp_path / "full.zip", "index.html")


SEES_WHO = [("reader", False), ("analyst", False), ("leader", True), ("administrator", True)]


@pytest.mark.parametrize(("role", "named"), SEES_WHO)
def test_who_gave_a_view_is_told_to_those_who_give_them_and_to_those_who_look_after_people(
    client, leader, stored, role, named
):
    services.give_view(by=leader, assessment_id=stored.id, benchmark_id=CORE, status="reversed", reason="So.")
    other = User.objects.create(username="another", role=role)
    if role == "leader":
        services.give_view(by=other, assessment_id=stored.id, benchmark_id=CORE, status="met", reason="Calm.")
    client.force_login(other)
    page = client.get(f"/benchmarks/{CORE}/").content.decode()
    assert "So." in page
    assert (leader.username in page) is named


# ---- until when


def test_after_the_day_by_which_to_answer_the_status_is_shown(leader, stored):
    StoredAssessment.objects.filter(pk=stored.pk).delete()
    keep(stored.id, LISTED, ago=15)
    assert queries.asking(viewer=leader, assessment_id=stored.id) == queries.Asking()
    assert "view due" in queries.finding(viewer=leader, assessment_id=stored.id, benchmark_id=CORE).flags


def test_a_view_stands_for_all_assessments_of_its_month(leader, stored, tmp_path):
    services.give_view(by=leader, assessment_id=stored.id, benchmark_id=CORE, status="not met", reason="No.")
    folder = Instance.here().assessments
    shutil.copy(folder / f"{stored.id}.zip", folder / "ffffffffffff.zip")
    keep("ffffffffffff", date(2024, 6, 12))
    assert CORE not in queries.asking(viewer=leader, assessment_id="ffffffffffff").owed
    StoredAssessment.objects.filter(pk="ffffffffffff").delete()
    keep("ffffffffffff", date(2024, 7, 2))
    assert CORE in queries.asking(viewer=leader, assessment_id="ffffffffffff").owed


def test_the_month_before_stays_hidden_until_a_view_is_given_and_what_is_older_is_open(leader, stored):
    folder = Instance.here().assessments
    shutil.copy(folder / f"{stored.id}.zip", folder / "ffffffffffff.zip")
    newer = keep("ffffffffffff", date(2024, 7, 2))
    assert CORE in queries.asking(viewer=leader, assessment_id=stored.id).owed  # it would tell much of today
    services.give_view(by=leader, assessment_id=newer.id, benchmark_id=CORE, status="not met", reason="No.")
    assert CORE not in queries.asking(viewer=leader, assessment_id=stored.id).owed
    keep("eeeeeeeeeeee", date(2024, 8, 1))
    assert queries.asking(viewer=leader, assessment_id=stored.id) == queries.Asking()


def test_an_assessment_of_a_day_to_come_opens_nothing(leader, stored):
    keep("ffffffffffff", timezone.localdate() + timedelta(days=62))
    assert CORE in queries.asking(viewer=leader, assessment_id=stored.id).owed


# ---- the share


def test_only_the_share_of_differences_is_told_and_not_of_few(client, leader, reader, stored):
    client.force_login(reader)
    services.give_view(by=leader, assessment_id=stored.id, benchmark_id=CORE, status="not met", reason="No.")
    assert queries.share(viewer=reader).differing is None
    for number in range(10):
        other = User.objects.create(username=f"deputy-{number}", role="leader")
        status = "reversed" if number < 3 else queries.judged(
            viewer=other, assessment_id=stored.id, benchmark_id=CORE
        )[1].status  # fmt: skip
        services.give_view(by=other, assessment_id=stored.id, benchmark_id=CORE, status=status, reason="So.")
    told = queries.share(viewer=reader)
    assert (told.given, round(told.differing, 2)) == (11, 0.36)
    page = client.get("/assessments/").content.decode()
    assert "36 % differ" in page
    assert "deputy" not in page
