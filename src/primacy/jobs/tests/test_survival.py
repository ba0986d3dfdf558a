"""Jobs outlive their worker; what recurs is done once when it is due; nothing is done by two."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from primacy.access.models import User
from primacy.assessment.tasks import verify_stored
from primacy.jobs import queries
from primacy.jobs.models import Appointment, Job, Worker
from primacy.jobs.recurring import Recurring
from primacy.jobs.services import appointments, enqueue, stop, working
from primacy.jobs.services.taking_up import SILENT, beat, leave, take_up
from primacy.jobs.services.tidying import JOBS_KEPT, tidy
from primacy.jobs.services.worker import claimed

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return User.objects.create(username="ana", role="analyst")


@pytest.fixture
def job(person):
    """One that a worker has begun."""
    beat("first", host="here")
    made = enqueue(verify_stored, kind="verification", by=person, assessment="3f9c01d2ab44")
    assert claimed("first").pk == DBTaskResult.objects.get().pk
    Job.objects.filter(pk=made.pk).update(state="running", progress=0.6, message="half way")
    return made


def seen(job):
    return queries.job(viewer=job.by, job_id=str(job.pk))


def silent(name):
    Worker.objects.filter(name=name).update(beat=timezone.now() - SILENT - timedelta(seconds=5))


def test_while_its_worker_is_there_a_job_is_left_alone(job):
    assert take_up() == 0
    assert seen(job).state == "running"


def test_a_job_whose_worker_fell_silent_begins_again_and_says_so(job):
    silent("first")
    assert take_up() == 1
    again = seen(job)
    assert (again.state, again.percent, again.again) == ("waiting", 0, True)
    assert claimed("second") is not None


def test_a_worker_that_says_that_it_leaves_is_not_waited_for(job):
    leave("first")
    assert take_up() == 1


def test_a_job_that_lost_two_workers_has_failed_and_says_what_to_do(job):
    leave("first")
    take_up()
    claimed("second")
    take_up()  # nobody ever heard of that worker
    assert seen(job).state == "failed"
    assert "memory" in seen(job).remedy
    assert claimed("third") is None


def test_a_job_that_was_to_stop_when_its_worker_went_has_stopped(job):
    stop(by=job.by, job_id=str(job.pk))
    leave("first")
    take_up()
    assert seen(job).state == "stopped"


def test_a_job_that_had_ended_when_its_worker_went_is_not_done_again(job):
    Job.objects.filter(pk=job.pk).update(state="done", result={"kept": True})
    leave("first")
    take_up()
    assert (seen(job).state, seen(job).result, claimed("second")) == ("done", {"kept": True}, None)


def test_a_worker_that_wakes_up_after_another_took_over_writes_nothing(job):
    reached = []
    with working(str(job.pk)) as running:
        silent("first")
        take_up()
        running.result = {"of": "the old one"}
        running.progress(0.9)
        reached.append("further")
    assert (reached, seen(job).state, seen(job).result) == ([], "waiting", {})


def test_nor_does_one_that_wakes_up_at_its_end(job):
    with working(str(job.pk)) as running:
        silent("first")
        take_up()
        running.result = {"of": "the old one"}
    assert (seen(job).state, seen(job).result) == ("waiting", {})


def test_now_is_the_moment_of_the_first_beginning(job):
    with working(str(job.pk)) as running:
        first = running.started
        leave("first")
        take_up()
    with working(str(job.pk)) as running:
        assert running.started == first


def test_a_job_without_worker_is_told_as_such_and_one_with_is_not(job):
    Job.objects.filter(pk=job.pk).update(touched=timezone.now() - timedelta(minutes=6))
    assert seen(job).state == "running"  # its worker is there, so it is only slow
    leave("first")
    assert seen(job).state == "failed"
    assert "primacy serve" in seen(job).remedy


# ---- what comes again and again

NOON = datetime(2026, 6, 3, 12, 0, tzinfo=UTC)
NEXT = [
    # what it shows                          every                hour   the next time
    ("by the hour, from now on",             timedelta(hours=1),  None,  datetime(2026, 6, 3, 13, 0, tzinfo=UTC)),
    ("later today",                          timedelta(days=1),   18,    datetime(2026, 6, 3, 18, 0, tzinfo=UTC)),
    ("its hour is past, so tomorrow",        timedelta(days=1),   2,     datetime(2026, 6, 4, 2, 0, tzinfo=UTC)),
    ("at this very moment is not after it",  timedelta(days=7),   12,    datetime(2026, 6, 10, 12, 0, tzinfo=UTC)),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "every", "hour", "moment"), NEXT, ids=[each[0] for each in NEXT])
def test_the_next_time(shows, every, hour, moment):
    assert Recurring("x", "X", None, every, hour).next(NOON) == moment


def test_what_is_due_is_queued_once_and_what_was_missed_is_not_made_up_for():
    appointments.keep_appointments()
    Job.objects.all().delete()
    Appointment.objects.all().update(due=timezone.now() - timedelta(days=30))
    assert sorted(appointments.keep_appointments()) == sorted(appointments.recurring())
    assert appointments.keep_appointments() == []
    assert Job.objects.filter(kind="recurring", by=None).count() == len(appointments.recurring())
    assert all(each.due > timezone.now() for each in Appointment.objects.all())


@pytest.mark.parametrize("name", sorted(appointments.recurring()))
def test_everything_that_recurs_can_be_done_twice(name, tmp_path, monkeypatch):
    monkeypatch.setenv("PRIMACY_DATA", str(tmp_path))
    for _ in range(2):
        job = enqueue(appointments.recurring()[name].task, kind="recurring", by=None)
        appointments.recurring()[name].task.func(job_id=str(job.pk))
        job.refresh_from_db()
        assert job.state == "done"


def test_what_ended_long_ago_goes_and_the_rest_stays(job):
    old = Job.objects.create(kind="import", by=job.by, state="done")
    Job.objects.filter(pk=old.pk).update(touched=timezone.now() - JOBS_KEPT - timedelta(days=1))
    Job.objects.filter(pk=job.pk).update(touched=timezone.now() - JOBS_KEPT - timedelta(days=1))
    assert tidy()["jobs"] == 1
    assert Job.objects.get().pk == job.pk


def test_what_a_person_waits_for_is_taken_before_what_comes_by_itself(person):
    """Three pictures, causes and a chore were asked for before: the package is next, and says so."""
    asked = [("pictures", person), ("causes", person), ("recurring", None), ("pictures", person), ("package", person)]
    made = [enqueue(verify_stored, kind=kind, by=by, assessment="3f9c01d2ab44") for kind, by in asked]
    assert [seen(each).ahead for each in made if each.by] == [2, 1, 4, 0]
    order = [Job.objects.get(task=str(claimed("first").pk)).kind for _each in made]
    assert order == ["package", "causes", "pictures", "recurring", "pictures"]


def test_a_job_that_waits_says_how_many_are_before_it_and_one_at_work_counts(job, client):
    """The job of the fixture is at work."""
    waits = [enqueue(verify_stored, kind="package", by=job.by, assessment="3f9c01d2ab44") for _each in range(2)]
    client.force_login(job.by)
    page = client.get(reverse("jobs:job", args=[waits[1].pk])).content.decode()
    assert "Waiting to begin: 2 before it." in page
    assert seen(job).ahead is None
