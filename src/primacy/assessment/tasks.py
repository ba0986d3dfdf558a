"""What the background worker does for assessments."""

from datetime import date, datetime

from django_tasks import task

from primacy.assessment import services
from primacy.framework import FrameworkError
from primacy.jobs.services import enqueue, working
from primacy.places.errors import BadInput


@task()
def run_assessment(job_id: str, as_of: str | None, known: str | None) -> None:
    """Run and store an assessment; `as_of` an ISO day, `known` an ISO moment. A job of its own draws the pictures."""
    stored = None
    with working(job_id, expected=(FrameworkError, BadInput)) as job:
        stored = services.run_assessment(
            by=job.by,
            as_of=date.fromisoformat(as_of) if as_of else None,
            known=datetime.fromisoformat(known) if known else None,
            progress=lambda share, message: job.progress(0.7 * share, message),
        )
        services.explain_changes(by=job.by, assessment_id=stored.id, progress=lambda s: job.progress(0.7 + 0.3 * s))
        job.result = {"assessment": stored.id}
    if stored is not None:
        enqueue(draw_pictures, kind="pictures", by=job.by, assessment=stored.id)


@task()
def draw_pictures(job_id: str, assessment: str) -> None:
    """Draw the pictures of an assessment in every language, so that no reader waits for them."""
    with working(job_id, expected=(FrameworkError, BadInput)) as job:
        services.draw_pictures(by=job.by, assessment_id=assessment, progress=job.progress)
        job.result = {"assessment": assessment}


@task()
def explain_changes(job_id: str, assessment: str) -> None:
    """Find the causes of what changed since the assessment before."""
    with working(job_id, expected=(FrameworkError, BadInput)) as job:
        services.explain_changes(by=job.by, assessment_id=assessment, progress=job.progress)
        job.result = {"assessment": assessment}
