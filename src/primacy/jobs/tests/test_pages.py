import pytest
from django.urls import reverse

from primacy.access.models import User
from primacy.jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(client):
    person = User.objects.create(username="ana", role="analyst")
    client.force_login(person)
    return Job.objects.create(kind="assessment", by=person)


def seen(client, job, **headers):
    return client.get(reverse("jobs:job", args=[job.pk]), headers=headers).content.decode()


def test_a_job_that_goes_on_refreshes_itself_with_and_without_javascript(client, job):
    page = seen(client, job)
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert 'hx-trigger="every 2s"' in page


def test_htmx_gets_the_part_alone(client, job):
    part = seen(client, job, hx_request="true")
    assert "<html" not in part
    assert 'id="job"' in part


def test_a_job_that_is_done_stops_refreshing_and_leads_to_its_result(client, job):
    Job.objects.filter(pk=job.pk).update(state="done", result={"assessment": "3f9c01d2ab44"})
    page = seen(client, job)
    assert "/?assessment=3f9c01d2ab44" in page
    assert "http-equiv" not in page
    assert "every 2s" not in page
