"""What the background worker does for records: exports, deeds on many, imports, and what waits for the evidence."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from primacy.jobs.recurring import Recurring
from primacy.jobs.services import working
from primacy.records import queries
from primacy.records.declaring import RecordType
from primacy.records.forms import ListForm
from primacy.records.queries.bulk import bulk as own_bulk
from primacy.records.queries.importing import sheet as own_sheet
from primacy.records.services import bulk as doing
from primacy.records.services import importing, send_waiting
from primacy.records.services.attachments import find_unread, read_words
from primacy.records.services.disposing import sweep
from primacy.records.services.exporting import clear_away, write_file
from primacy.records.services.importing import Progress


@task()
def write_export(job_id: str, type: str, asked: str, ending: str, language: str) -> None:
    """Write a list as a file that its person fetches; `asked` is the question as it stands in the address."""
    with working(job_id) as job, translation.override(language):
        type_ = queries.type_for(job.by, type)
        question = ListForm(QueryDict(asked), type_=type_, viewer=job.by).asked()
        job.result = write_file(
            by=job.by, type_=type_, asked=question, ending=ending, job=job_id, progress=job.progress
        )


@task()
def do_bulk(job_id: str, type: str, bulk: str, given: dict[str, Any] | None) -> None:
    """Do one deed on many records, or (`given` None) undo it."""
    with working(job_id) as job:
        type_ = queries.type_for(job.by, type)
        made = own_bulk(viewer=job.by, type_=type_, id=UUID(bulk))
        job.result = {"type": type, "bulk": bulk}
        if given is None:
            doing.undo(by=job.by, type_=type_, bulk=made, progress=job.progress, job=job_id)
        else:
            doing.do(by=job.by, type_=type_, bulk=made, given=given, progress=job.progress, job=job_id)


@task()
def do_sheet(job_id: str, type: str, sheet: str, chosen: list[int] | str | None, language: str) -> None:
    """Look at the lines of a table (`chosen` None), or import them: some, or "all" that are right."""
    with working(job_id) as job, translation.override(language):
        type_ = queries.type_for(job.by, type, writing=True)
        held = own_sheet(viewer=job.by, type_=type_, id=UUID(sheet))
        job.result = {"type": type, "sheet": sheet}
        work(job.by, type_, held, chosen, job.progress, again=job.again)


def work(
    by: Any, type_: RecordType, held: Any, chosen: list[int] | str | None, progress: Progress, *, again: bool = False
) -> None:
    """The same, whoever waits for it."""
    if chosen is None:
        importing.look(by=by, type_=type_, sheet=held, progress=progress)
    else:
        lines = None if isinstance(chosen, str) else chosen
        importing.import_lines(by=by, type_=type_, sheet=held, chosen=lines, progress=progress, again=again)


@task()
def send_what_waits(job_id: str) -> None:
    """Send to the evidence what could not be sent when it was saved: a full disk, a power cut between two steps."""
    with working(job_id) as job:
        job.result = {"sent": send_waiting()}


@task()
def clear_exports(job_id: str) -> None:
    """Remove files of exports that nobody is given any more, whole or half written."""
    with working(job_id):
        clear_away()


@task()
def read_attachments(job_id: str) -> None:
    """Read the words of every file that waits for it, one after the other."""
    with working(job_id) as job:
        waiting = find_unread()
        for done, each in enumerate(waiting):
            job.progress(done / len(waiting))
            read_words(each)
        job.result = {"read": len(waiting)}


@task()
def sweep_disposals(job_id: str) -> None:
    """Clean what a disposal leaves in evidence and in the file of the database."""
    with working(job_id) as job:
        job.result = {"swept": sweep()}


WORDS = _("Send records that could not be sent to the evidence")
CLEANED = _("Clean up after disposals that were interrupted")
READ = _("Read attachments that nobody read")
CLEARED = _("Remove files of exports that are older than a day")
RECURRING = (
    Recurring("send records", WORDS, send_what_waits, every=timedelta(hours=1)),
    Recurring("sweep disposals", CLEANED, sweep_disposals, every=timedelta(hours=6)),
    Recurring("read attachments", READ, read_attachments, every=timedelta(hours=1)),
    Recurring("clear exports", CLEARED, clear_exports, every=timedelta(hours=1)),
)
