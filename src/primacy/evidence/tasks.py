"""What the background worker does for data sets."""

from datetime import date
from pathlib import Path
from typing import Any

from django_tasks import task

from primacy.evidence import services
from primacy.evidence.errors import BadInput, Refused
from primacy.evidence.importing import Summary
from primacy.framework.instance import Instance
from primacy.jobs.services import working

FAULTS_SHOWN = 50
TOLD = 20  # files of an archive


@task()
def load_file(job_id: str, path: str, name: str, format: str, known: str | None) -> None:
    """Read one received file into the store; `known` an ISO day."""
    file = Path(path)
    try:
        with working(job_id, expected=(BadInput,)) as job:
            try:
                summaries = services.load_file(
                    by=job.by, instance=Instance.here(), path=file, name=name, format=format,
                    known=date.fromisoformat(known) if known else None, progress=job.progress,
                )  # fmt: skip
            except BadInput as error:
                job.result = _faults_of(error)
                raise
            told = [f"{each.file}: {each.why}" for each in summaries if each.why]
            job.result = {"dataset": _dataset_of(summaries), "told": told[:TOLD]}
    finally:
        services.discard_file(file)


def _faults_of(error: BadInput) -> dict[str, Any]:
    """What the page of the job shows of a file that was refused."""
    faults = error.faults
    if not faults:
        return {}
    shown = faults.shown(FAULTS_SHOWN)
    listed_in = error.listed_in if isinstance(error, Refused) else None
    return {
        "faults": shown, "faults_in_all": faults.count, "more": faults.count - len(shown),
        "listed_in": listed_in.stem if listed_in else "",
    }  # fmt: skip


def _dataset_of(summaries: list[Summary]) -> str:
    """The id of the data set to show, when the file gave exactly one."""
    found = [each.version.id for each in summaries if each.version is not None]
    return found[0] if len(found) == 1 else ""
