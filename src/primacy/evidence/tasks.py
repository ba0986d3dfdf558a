"""What the background worker does for data sets."""

from datetime import date
from pathlib import Path

from django_tasks import task

from primacy.evidence import services
from primacy.evidence.errors import BadInput
from primacy.framework.instance import Instance
from primacy.jobs.services import working


@task()
def load_file(job_id: str, path: str, name: str, format: str, known: str | None) -> None:
    """Read one received file into the store; `known` an ISO day."""
    file = Path(path)
    try:
        with working(job_id, expected=(BadInput,)) as job:
            summaries = services.load_file(
                by=job.by, instance=Instance.here(), path=file, name=name, format=format,
                known=date.fromisoformat(known) if known else None, progress=job.progress,
            )  # fmt: skip
            job.result = {"dataset": _dataset_of(summaries)}
    finally:
        services.discard_file(file)


def _dataset_of(summaries: list[object]) -> str:
    """The id of the data set to show, when the file gave exactly one."""
    found = [version.id for each in summaries if (version := getattr(each, "version", None)) is not None]
    return found[0] if len(found) == 1 else ""
