"""What the background worker does for data sets."""

from datetime import date
from pathlib import Path
from typing import Any

from django_tasks import task

from primacy.evidence import services
from primacy.evidence.bringing.remedies import parted, remedies
from primacy.evidence.bringing.summary import Summary
from primacy.evidence.errors import BadInput, Refused
from primacy.evidence.shown.on_pages import for_pages, on_page
from primacy.evidence.store.store import Store
from primacy.evidence.store.superseded import replaced_by
from primacy.framework.instance import Instance
from primacy.framework.saying import plain, said
from primacy.jobs.services import working

FAULTS_SHOWN = 50
TOLD = 20  # files of an archive


@task()
def load_file(
    job_id: str, path: str, name: str, format: str, known: str | None, mapping: str = "", held: str = ""
) -> None:
    """Read one received file into the store; `known` an ISO day, `mapping` the text of one.

    `held` is the file's record where it waits on the site: it stays there while something is left to correct.
    """
    file, keep = Path(path), bool(held)
    try:
        with working(job_id, expected=(BadInput,)) as job:
            instance = Instance.here()
            try:
                summaries = services.load_file(
                    by=job.by, instance=instance, path=file, name=name, format=format, mapping=mapping,
                    known=date.fromisoformat(known) if known else None, progress=job.progress,
                    corrected=services.corrected_cells(held),
                )  # fmt: skip
            except BadInput as error:
                job.result = _faults_of(error) | ({"held": held} if held else {})
                raise for_pages(error) from error
            told = [
                said("evidence/file-why", file=each.file, why=on_page(each.why)).plain()
                for each in summaries
                if each.why
            ]
            dataset, rejected = _dataset_of(summaries), sum(each.rejected for each in summaries)
            job.result = {"dataset": dataset, "told": told[:TOLD]}
            keep = bool(held) and services.end_import(
                instance=instance, held_id=held, dataset=dataset, rejected=rejected
            )
            if held:
                done = [imported(each, Store(instance.evidence)) for each in summaries[:TOLD]]
                job.result |= {"job": job_id, "imported": done, "held": held if keep else ""}
    finally:
        if not keep:
            services.discard_file(file)


def imported(summary: Summary, store: Store) -> dict[str, Any]:
    """What the page after an import tells of one file, as plain data."""
    version = summary.version
    replaced = replaced_by(store, version) if version is not None and summary.new else {}
    return {
        "file": summary.file, "format": summary.format, "new": summary.new, "rows": summary.rows,
        "items": summary.items, "rejected": summary.rejected,
        "notes": [plain(on_page(each)) for each in summary.notes[:TOLD]],
        "dataset": version.id if version else "", "name": version.name if version else summary.file,
        "by_name": dict(list(summary.by_name.items())[:TOLD]),
        "not_found": dict(list(summary.not_found.items())[:TOLD]),
        "kinds": sorted({each.kind for each in version.coverage}) if version else [],
        "replaced": [[id, store.version(id).name, rows] for id, rows in replaced.items()],
        "listed": bool(version and store.rejected(version.id)),
    }  # fmt: skip


def _faults_of(error: BadInput) -> dict[str, Any]:
    """What the page of the job shows of a file that was refused."""
    faults = error.faults
    if not faults:
        return {}
    shown = [each | {"reason": plain(on_page(parted(each["reason"])[0]))} for each in faults.shown(FAULTS_SHOWN)]
    do = [plain(each) for each in remedies(faults, faults.unit, error.remedy, as_told=on_page)]
    listed_in = error.listed_in if isinstance(error, Refused) else None
    return {
        "faults": shown, "faults_in_all": faults.count, "more": faults.count - len(shown), "remedies": do,
        "listed_in": listed_in.stem if listed_in else "",
    }  # fmt: skip


def _dataset_of(summaries: list[Summary]) -> str:
    """The id of the data set to show, when the file gave exactly one."""
    found = [each.version.id for each in summaries if each.version is not None]
    return found[0] if len(found) == 1 else ""
