"""What the background worker does for assessments."""

from datetime import date, datetime, timedelta
from pathlib import Path

from django.utils.translation import gettext_lazy as _
from django_tasks import task

from primacy.assessment import services
from primacy.assessment.inputs import FULL
from primacy.assessment.packages.package import NotAPackage
from primacy.assessment.services import handing_out, looking_back
from primacy.evidence.queries import read_until
from primacy.evidence.services import discard_file
from primacy.framework import FrameworkError, Instance
from primacy.jobs.recurring import Recurring
from primacy.jobs.services import enqueue, working
from primacy.places.errors import BadInput


@task()
def run_assessment(job_id: str, as_of: str | None, known: str | None, purpose: str = "", scope: int = FULL) -> None:
    """Run and store an assessment; `as_of` an ISO day, `known` an ISO moment. One that is stopped before it is stored
    leaves nothing; stopped later, while causes are looked for, it stays without them. Without `known` it counts what
    was known when it was first begun, so that one that is begun again after an interruption is the same."""
    stored = None
    with working(job_id, expected=(FrameworkError, BadInput)) as job:
        stored = services.run_assessment(
            by=job.by,
            as_of=date.fromisoformat(as_of) if as_of else None,
            known=datetime.fromisoformat(known) if known else read_until(job.started),
            progress=lambda share, message: job.progress(0.7 * share, message), purpose=purpose, scope=scope,
        )  # fmt: skip
        job.result = {"assessment": stored.id}
        services.explain_changes(by=job.by, assessment_id=stored.id, progress=lambda s: job.progress(0.7 + 0.3 * s))
    if stored is not None:
        enqueue(draw_pictures, kind="pictures", by=job.by, assessment=stored.id)


@task()
def draw_pictures(job_id: str, assessment: str) -> None:
    """Draw the pictures of an assessment in every language, so that no reader waits for them."""
    with working(job_id, expected=(FrameworkError, BadInput)) as job:
        services.draw_pictures(assessment_id=assessment, progress=job.progress)
        job.result = {"assessment": assessment}


@task()
def draw_what_waits(job_id: str) -> None:
    """Draw the newest assessment where that was not done yet: one that a command or the exercise stored."""
    with working(job_id, expected=(FrameworkError, BadInput)) as job:
        services.draw_newest(progress=job.progress)


@task()
def explain_what_waits(job_id: str) -> None:
    """Find the causes of the newest changes where that was not done: of an assessment that a command stored."""
    with working(job_id, expected=(FrameworkError, BadInput)) as job:
        services.explain_newest(progress=lambda share: job.progress(share))


@task()
def explain_changes(job_id: str, assessment: str, before: str = "") -> None:
    """Find the causes of what changed since another assessment, or since the one before."""
    with working(job_id, expected=(FrameworkError, BadInput)) as job:
        services.explain_changes(
            by=job.by, assessment_id=assessment, before_id=before, progress=lambda share: job.progress(share)
        )
        job.result = {"assessment": assessment, "before": before}


@task()
def verify_stored(job_id: str, assessment: str) -> None:
    """Compute a stored assessment again."""
    with working(job_id, expected=(NotAPackage,)) as job:
        path = Instance.here().package(assessment)
        job.result = handing_out.verify_package(
            by=job.by, path=path, name=path.name, progress=lambda share: job.progress(share)
        )


@task()
def verify_file(job_id: str, path: str) -> None:
    """Compute a package that somebody sent here, and forget the file."""
    file = Path(path)
    try:
        with working(job_id, expected=(NotAPackage,)) as job:
            job.result = handing_out.verify_package(
                by=job.by, path=file, name=file.name, progress=lambda share: job.progress(share)
            )
    finally:
        discard_file(file)


@task()
def write_package(job_id: str, assessment: str, level: int) -> None:
    """Write the package of an assessment for its download."""
    with working(job_id, expected=(NotAPackage,)) as job:
        job.progress(0.05)
        path = handing_out.write_package(by=job.by, assessment_id=assessment, level=level, name=job_id)
        job.result = {"assessment": assessment, "level": level, "size": path.stat().st_size}


@task()
def back_test(job_id: str, first: str, last: str, every: str, knowledge: str, only: list[str]) -> None:
    """Judge each month of some years with its own knowledge."""
    with working(job_id, expected=(FrameworkError, BadInput)) as job:
        job.result = looking_back.back_test(
            by=job.by, first=date.fromisoformat(first), last=date.fromisoformat(last), every=every,
            knowledge=knowledge, only=only, progress=job.progress,
        )  # fmt: skip


RECURRING = (
    Recurring(
        "draw pictures", _("Draw the charts of an assessment that a command stored"), draw_what_waits,
        every=timedelta(minutes=10),
    ),
    Recurring(
        "find causes", _("Find the causes of what changed in an assessment that a command stored"), explain_what_waits,
        every=timedelta(minutes=10),
    ),
)  # fmt: skip
