"""Stored assessments: compared, signed off, computed again, handed out, and run so that a stopped one leaves nothing."""

import io
import json
import re
import zipfile
from html import unescape

import pytest
from django.urls import reverse

from primacy.access.models import AuditEntry
from primacy.assessment import services
from primacy.assessment.models import LeadershipView, SignOff, StoredAssessment
from primacy.jobs.models import Job
from primacy.jobs.services import Stopped

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_once(settings):
    """Jobs are done where they are asked for."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def read(client, people, two):
    def page(role, path, **given):
        client.force_login(people[role])
        answer = client.post(path, given, follow=True) if given else client.get(path)
        return unescape(answer.content.decode())

    return page


def comparison(two, first=None, second=None):
    return f"{reverse('assessment:compare')}?before={first or two.before}&after={second or two.after}"


def test_any_two_are_compared_with_causes_that_add_up_under_one_address(read, two):
    forwards = read("reader", comparison(two))
    assert "Violence on civilians" in forwards
    assert "the passing of time" in forwards
    assert "No status differs." in read("reader", comparison(two, two.after, two.after))
    backwards = read("reader", comparison(two, two.after, two.before))
    points = [re.findall(r"([+−])([\d.]+) points of 100", page) for page in (forwards, backwards)]
    turned = {"+": "−", "−": "+"}
    assert [(turned[sign], size) for sign, size in points[0]] == points[1]


def test_what_a_leader_is_asked_about_is_in_no_comparison_before_it_is_answered(read, two):
    assert "Violence on civilians" not in read("leader", comparison(two)).split("</form>", 3)[-1]


def test_an_unknown_assessment_is_not_compared(client, people, two):
    client.force_login(people["reader"])
    assert client.get(comparison(two, "ffffffffffff")).status_code == 404


def test_an_assessment_is_signed_off_only_after_ones_own_views_and_once(read, two, people):
    address = reverse("assessment:sign-off", args=[two.after])
    assert "come first" in read("leader", address, sign="1")
    assert not SignOff.objects.exists()
    for id in (two.before, two.after):
        services.give_view(by=people["leader"], assessment_id=id, benchmark_id="O2.M2", status="met", reason="seen")
    assert "is signed off" in read("leader", address, sign="1")
    assert "before" in read("leader", address, sign="1")
    assert address not in read("leader", reverse("assessment:stored", args=[two.after])), "what is done is not offered"
    assert SignOff.objects.count() == 1
    assert LeadershipView.objects.count() == 2
    page = read("reader", reverse("assessment:stored", args=[two.after]))
    assert "signed" in page.split("classification")[1].split("</div>")[0]
    assert "not signed" not in page
    assert AuditEntry.objects.filter(deed="signed an assessment off").count() == 1


def test_a_stored_one_is_computed_again_and_told_in_words(read, two, at_once):
    read("analyst", reverse("assessment:verify-stored", args=[two.after]), go="1")
    job = Job.objects.get()
    assert job.state == "done"
    page = read("analyst", reverse("assessment:verified", args=[job.pk]))
    assert "The package is what it says" in page
    assert "It is not signed" in page


def test_a_package_from_elsewhere_that_was_changed_is_told_so_and_is_forgotten(client, people, two, at_once):
    changed = io.BytesIO()
    source = two.folder / "assessments" / f"{two.after}.zip"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            told = re.sub(r'"status":"[a-z ]+"', '"status":"reversed"', text, count=1)
            new.writestr(name, told if name == "findings.json" else text)
    client.force_login(people["analyst"])
    changed.name = "theirs.zip"
    changed.seek(0)
    client.post("/assessments/verify/", {"file": changed})
    job = Job.objects.get()
    assert (job.state, job.message) == ("done", "")
    page = unescape(client.get(reverse("assessment:verified", args=[job.pk])).content.decode())
    assert "The package is not what it says" in page
    assert list((two.folder / "inbox").iterdir()) == []


def test_what_is_no_package_is_told_in_its_own_words(client, people, two, at_once):
    client.force_login(people["analyst"])
    file = io.BytesIO(b"no zip")
    file.name = "x.zip"
    client.post("/assessments/verify/", {"file": file})
    job = Job.objects.get()
    assert job.state == "failed"
    assert "is not a package" in job.message


def test_a_package_for_sharing_goes_to_who_asked_for_it_and_each_download_is_on_record(client, people, two, at_once):
    client.force_login(people["analyst"])
    client.post(reverse("assessment:write-package", args=[two.after]), {"level": "1"})
    job = Job.objects.get()
    answer = client.get(reverse("assessment:package-zip", args=[job.pk]))
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        head = json.loads(archive.read("package.json"))
    assert (head["kind"], head["level"]) == ("shared", 1)
    assert AuditEntry.objects.filter(deed="downloaded a package").count() == 1
    client.force_login(people["administrator"])
    assert client.get(reverse("assessment:package-zip", args=[job.pk])).status_code == 404


def test_one_that_is_stopped_before_it_is_stored_leaves_nothing(two, people, monkeypatch):
    monkeypatch.setattr(services, "open_inputs", lambda *_args, **_named: two.inputs)
    monkeypatch.setattr(services, "rewritten", lambda *_args: [])  # its framework is smaller than the one in force
    stored = set(StoredAssessment.objects.values_list("pk", flat=True))
    files = set((two.folder / "assessments").iterdir())

    def stop(share, _message):
        if share >= 0.95:
            raise Stopped

    with pytest.raises(Stopped):
        services.run_assessment(by=people["analyst"], as_of=None, known=None, progress=stop)
    assert set(StoredAssessment.objects.values_list("pk", flat=True)) == stored
    assert set((two.folder / "assessments").iterdir()) == files


def test_one_of_part_of_the_evidence_is_never_shown_as_the_newest(two, people):
    from django.utils import timezone

    from primacy.assessment import queries

    newest = StoredAssessment.objects.get(pk=two.after)
    newest.level, newest.created = 1, timezone.now()
    newest.save()
    assert queries.latest(viewer=people["reader"]).pk == two.before
    assert queries.before_it(newest) is None
