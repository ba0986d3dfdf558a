"""A task that is still at work when its worker is killed, and is quick when it is begun again."""

import time

from django_tasks import task

from primacy.jobs.services import working

PATIENCE = 300  # seconds


@task()
def slow(job_id: str) -> None:
    with working(job_id) as job:
        until = time.monotonic() + PATIENCE * (job.job.attempt == 0)
        while time.monotonic() < until:
            job.progress(0.5)
            time.sleep(0.2)
        job.result = {"attempt": job.job.attempt}
