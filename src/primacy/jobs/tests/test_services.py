from datetime import timedelta

import pytest
from django.utils import timezone, translation

from primacy.access.models import User
from primacy.framework.problems import FrameworkError, Problem
from primacy.framework.saying import said
from primacy.jobs import queries
from primacy.jobs.models import Job
from primacy.jobs.services import enqueue, stop, working

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return User.objects.create(username="ana", role="analyst")


@pytest.fixture
def job(person):
    return Job.objects.create(kind="import", by=person)


class Recorded:
    """Stands in for a task of the backend."""

    def __init__(self):
        self.calls = []

    def using(self, *, priority):
        return self

    def enqueue(self, **arguments):
        self.calls.append(arguments)


def test_a_job_is_queued_with_its_own_id_and_its_arguments(person):
    task = Recorded()
    job = enqueue(task, kind="assessment", by=person, as_of="2026-06-30")
    assert task.calls == [{"job_id": str(job.pk), "as_of": "2026-06-30"}]
    assert job.state == "waiting"


def test_a_job_that_ends_well_hands_on_its_result(job):
    with working(str(job.pk)) as running:
        running.progress(0.5, "half")
        assert queries.job(viewer=job.by, job_id=str(job.pk)).percent == 50
        running.result = {"dataset": "abc"}
    shown = queries.job(viewer=job.by, job_id=str(job.pk))
    assert (shown.state, shown.percent, shown.result) == ("done", 100, {"dataset": "abc"})


@pytest.mark.parametrize(("language", "says"), [("en", "rows read: 30"), ("fr", "lignes lues"), ("ar", "الصفوف")])
def test_what_goes_on_is_told_in_the_language_of_whoever_looks_and_is_gone_with_the_end(job, language, says):
    with working(str(job.pk)) as running, translation.override(language):
        running.progress(0.5, said("evidence/rows-read", rows=30))
        assert says in queries.job(viewer=job.by, job_id=str(job.pk)).message
    assert queries.job(viewer=job.by, job_id=str(job.pk)).message == ""


def test_an_expected_error_is_told_in_its_own_words(job):
    with working(str(job.pk), expected=(KeyError,)):
        raise KeyError("line 3 has no date")
    shown = queries.job(viewer=job.by, job_id=str(job.pk))
    assert shown.state == "failed"
    assert "line 3 has no date" in shown.message
    assert shown.remedy


def test_a_fault_of_the_framework_is_told_in_the_language_of_whoever_looks(job):
    with working(str(job.pk), expected=(FrameworkError,)):
        raise FrameworkError([Problem("mission.yaml", "languages", said("empty"), said("do.fill-in"), 4)])
    told = {}
    for language in ("en", "fr", "ar"):
        with translation.override(language):
            told[language] = queries.job(viewer=job.by, job_id=str(job.pk)).message
    assert told["en"] == "mission.yaml:4: languages: is empty. Fill it in."
    assert len(set(told.values())) == 3
    assert "فارغ" in told["ar"]


def test_an_unexpected_error_tells_nothing_of_its_inside(job, caplog):
    with working(str(job.pk)):
        raise RuntimeError("secret inside")
    shown = queries.job(viewer=job.by, job_id=str(job.pk))
    assert (shown.state, shown.message) == ("failed", "")
    assert "secret inside" not in shown.remedy
    assert "RuntimeError" in caplog.text  # the place and the kind, for whoever mends it; words may be of a record
    assert "secret inside" not in caplog.text


@pytest.mark.parametrize(
    ("state", "minutes", "seen"),
    [("waiting", 1, "waiting"), ("waiting", 6, "failed"), ("running", 4, "running"), ("running", 6, "failed"),
     ("done", 600, "done")],
    ids=["just queued", "nobody took it", "at work", "without any worker", "done stays done"],
)  # fmt: skip
def test_a_job_that_nobody_works_on_is_shown_as_failed_with_a_remedy(job, state, minutes, seen):
    Job.objects.filter(pk=job.pk).update(state=state, touched=timezone.now() - timedelta(minutes=minutes))
    shown = queries.job(viewer=job.by, job_id=str(job.pk))
    assert shown.state == seen
    assert bool(shown.remedy) == (seen == "failed")


def test_nobody_sees_the_jobs_of_others(job):
    other = User.objects.create(username="eve", role="administrator")
    assert queries.job(viewer=other, job_id=str(job.pk)) is None
    assert queries.job(viewer=other, job_id="no id at all") is None


def test_one_that_runs_ends_when_it_next_tells_its_progress_and_keeps_what_was_finished(job):
    reached = []
    with working(str(job.pk)) as running:
        running.progress(0.1)
        running.result = {"assessment": "abc"}
        assert stop(by=job.by, job_id=str(job.pk))
        running.progress(0.2)
        reached.append("further")
    shown = queries.job(viewer=job.by, job_id=str(job.pk))
    assert (reached, shown.state, shown.result, shown.remedy) == ([], "stopped", {"assessment": "abc"}, "")


def test_one_that_waits_is_taken_out_of_the_queue(person):
    from django_tasks_db.models import DBTaskResult

    from primacy.assessment.tasks import verify_stored

    job = enqueue(verify_stored, kind="verification", by=person, assessment="3f9c01d2ab44")
    assert DBTaskResult.objects.count() == 1
    assert stop(by=person, job_id=str(job.pk))
    assert DBTaskResult.objects.count() == 0
    assert queries.job(viewer=person, job_id=str(job.pk)).state == "stopped"


@pytest.mark.parametrize("state", ["done", "failed", "stopped"])
def test_what_has_ended_is_not_stopped_again(job, state):
    Job.objects.filter(pk=job.pk).update(state=state)
    assert not stop(by=job.by, job_id=str(job.pk))


def test_nobody_stops_the_jobs_of_others(job):
    other = User.objects.create(username="eve", role="administrator")
    assert not stop(by=other, job_id=str(job.pk))
    assert queries.job(viewer=job.by, job_id=str(job.pk)).goes_on
