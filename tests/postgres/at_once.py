"""Many people at the same moment, and workers that are killed: one process of its own for each database, on the
instance of PRIMACY_DATA. It prints what happened; the tests read it."""

import json
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

PROCESSES, THREADS = 2, 4
BEFORE = 0.3  # seconds until all are ready
PATIENCE = 120  # seconds, on a busy machine
APART = multiprocessing.get_context("fork")
ENTRIES = 12
SMALL = 6
PEOPLE = ("ana", "bo")
FACTS = {
    "day": date(2026, 6, 3), "area": "OST", "counterpart": "unions", "actor": None, "way": "meeting",
    "asked_by_counterpart": False, "sitting": "", "subject": "first", "present": "", "note": "", "promised": "",
    "confidentiality": 1, "group": None, "state": "published", "released": True,
}  # fmt: skip


def prepare() -> dict[str, Any]:
    """The people and the record that they will fight over."""
    from primacy.access.models import User
    from primacy.access.posts import Post
    from primacy.records import queries, services

    for name in PEOPLE:
        person = User.objects.create(username=name, role="administrator")
        Post.objects.create(person=person, component="political-affairs", since=date(2020, 1, 1))
    services.create(by=User.objects.get(username="ana"), type_=queries.record_types()["contact"], values=FACTS)
    return told()


def told() -> dict[str, Any]:
    """What the instance holds."""
    from django.db import connection

    from primacy.access import chain
    from primacy.access.models import User
    from primacy.access.queries import chain_of_entries
    from primacy.actors.models import Contact
    from primacy.evidence.store.store import Store
    from primacy.framework import Instance
    from primacy.records.models import Version, Waiting

    verdict, record = chain.verify(chain_of_entries()), Contact.objects.get()
    return {
        "vendor": connection.vendor, "breaks": verdict.breaks, "entries": verdict.entries, "version": record.version,
        "versions": Version.objects.count(), "note": record.note, "subject": record.subject,
        "waiting": Waiting.objects.count(), "sets": len(Store(Instance.here().evidence).versions()),
        "administrators": User.objects.filter(role="administrator").count(),
    }  # fmt: skip


def queue() -> None:
    """A job that is still at work when its worker is killed, and some small ones."""
    from tests.postgres.slow import slow

    from primacy.jobs.services import enqueue
    from primacy.jobs.tasks import tidy_up

    enqueue(slow, kind="slow", by=None)
    for _ in range(SMALL):
        enqueue(tidy_up, kind="small", by=None)


def jobs() -> list[dict[str, Any]]:
    """What became of each job, and by which workers."""
    from django_tasks_db.models import DBTaskResult

    from primacy.jobs.models import Job

    return [
        {
            "kind": each.kind, "state": each.state, "attempt": each.attempt, "result": each.result,
            "workers": DBTaskResult.objects.get(pk=each.task).worker_ids,
        }
        for each in Job.objects.exclude(kind="recurring")
    ]  # fmt: skip


def enter(mark: str) -> str:
    """Fill the audit trail."""
    from primacy.access.services import record

    for number in range(ENTRIES):
        record(mark, "signed in", str(number))
    return "entered"


def save_once(mark: str) -> str:
    """Change the record as it was at the start, whatever others do."""
    from primacy.records import services

    try:
        services.change(**_the_record(mark), version=1, values={"subject": mark})
    except services.Collision:
        return "collided"
    return "saved"


def save_until_kept(mark: str) -> str:
    """Add one's own words to what is there, and again where somebody was faster."""
    from primacy.records import services
    from primacy.records.models import Record  # noqa: F401 - the tables must be loaded

    asked = _the_record(mark)
    while True:
        now = asked["type_"].model.objects.get(pk=asked["id"])
        try:
            services.change(**asked, version=now.version, values={"note": f"{now.note} {mark}"})
        except services.Collision:
            continue
        return "saved"


def demote(mark: str) -> str:
    """Each of two administrators takes the role from the other."""
    from primacy.access.models import User
    from primacy.access.services import change_role

    by, other = PEOPLE if int(mark[-1]) % 2 else reversed(PEOPLE)
    try:
        change_role(by=User.objects.get(username=by), person=User.objects.get(username=other), role="reader")
    except ValueError:
        return "refused"
    return "changed"


def first_administrator(mark: str) -> str:
    """Be the first one, where there is none."""
    from primacy.access.services import create_first_administrator

    try:
        create_first_administrator(mark, "a-long-password-of-tests")
    except ValueError:
        return "refused"
    return "made"


def open_item(mark: str) -> str:
    """The same item to be scored, opened by all."""
    from primacy.assessment.models import CodedItem

    what = {"category": "x", "item": "y", "area": "OST", "day": date(2026, 1, 1)}
    return f"item {CodedItem.objects.get_or_create(**what, defaults={'confidentiality': 1})[0].pk}"


def _the_record(mark: str) -> dict[str, Any]:
    from primacy.access.models import User
    from primacy.records import queries

    type_ = queries.record_types()["contact"]
    ana = User.objects.get(username="ana")
    return {"by": ana, "type_": type_, "id": type_.model.objects.get().pk}


DEEDS: tuple[Callable[[str], str], ...] = (
    first_administrator, enter, save_once, save_until_kept, open_item, demote,
)  # fmt: skip


def together(deed: Callable[[str], str], moment: float) -> list[str]:
    """What each thread of this process said when all did the deed at that moment."""
    from django.db import connections

    def one(number: int) -> str:
        time.sleep(max(0.0, moment - time.time()))
        try:
            return deed(f"{os.getpid()}.{number}")
        except Exception as error:  # what went wrong is what the test wants to read
            return f"{type(error).__name__}: {error}"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(THREADS)))


def crowd() -> dict[str, list[str]]:
    """What everybody said, by deed."""
    found = {}
    with APART.Pool(PROCESSES) as pool:
        for deed in DEEDS:
            moment = time.time() + BEFORE
            said = pool.starmap(together, [(deed, moment)] * PROCESSES, chunksize=1)
            found[deed.__name__] = [each for answers in said for each in answers]
    return found


def killed() -> list[str]:
    """A worker is killed in the midst of a job, and two others come; what was running when it was killed."""
    from django.db import connections

    from primacy.jobs.models import Job
    from primacy.jobs.services.taking_up import leave
    from primacy.jobs.services.worker import work

    first = APART.Process(target=work, args=("first",))
    first.start()
    until = time.monotonic() + PATIENCE
    while not (running := list(Job.objects.filter(state="running", progress__gt=0).values_list("kind", flat=True))):
        if time.monotonic() > until:
            raise TimeoutError("no worker began")
        time.sleep(0.1)
    os.kill(first.pid or 0, signal.SIGKILL)
    first.join()
    leave("first")
    connections.close_all()
    others = [APART.Process(target=work, args=(name,), kwargs={"until_empty": True}) for name in ("second", "third")]
    for each in others:
        each.start()
    for each in others:
        each.join(PATIENCE)
    return running


def everything() -> dict[str, Any]:
    from django.db import connections

    before = prepare()
    connections.close_all()  # what is forked must not share them
    said = crowd()
    after = told()
    queue()
    connections.close_all()
    return {"before": before, "said": said, "after": after, "running": killed(), "jobs": jobs()}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "primacy.web.settings")
    import django

    django.setup()
    sys.stdout.write(json.dumps(everything()))
