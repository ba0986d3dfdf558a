"""What the background worker does for assessments."""

from datetime import date, datetime

from django_tasks import task

from primacy.assessment import services
from primacy.framework import FrameworkError
from primacy.jobs.services import working
from primacy.places.errors import BadInput


@task()
def run_assessment(job_id: str, as_of: str | None, known: str | None) -> None:
    """Run and store an assessment; `as_of` an ISO day, `known` an ISO moment."""
    with working(job_id, expected=(FrameworkError, BadInput)) as job:
        stored = services.run_assessment(
            by=job.by,
            as_of=date.fromisoformat(as_of) if as_of else None,
            known=datetime.fromisoformat(known) if known else None,
            progress=job.progress,
        )
        job.result = {"assessment": stored.id}
