"""Many people at the same moment: run in processes of its own by `test_collisions.py`, on the instance of PRIMACY_DATA.

prepare         the people and the record that they will fight over; then as `told`
told            prints what is there
queue           a slow job and some small ones; then as `jobs`
jobs            prints what became of each job, and by which workers
DEED MOMENT     some threads do DEED when the clock shows MOMENT; prints what came of it
"""

import json
import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

THREADS = 4
ENTRIES = 12
SMALL = 6
PEOPLE = ("ana", "bo")
FACTS = {
    "day": date(2026, 6, 3), "area": "OST", "counterpart": "unions", "actor": None, "way": "meeting",
    "asked_by_counterpart": False, "sitting": "", "subject": "first", "present": "", "note": "", "promised": "",
    "confidentiality": 1, "group": None,
}  # fmt: skip


def prepare() -> dict[str, Any]:
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
    from primacy.evidence.store import Store
    from primacy.framework import Instance
    from primacy.records.models import Version, Waiting

    verdict, record = chain.verify(chain_of_entries()), Contact.objects.get()
    return {
        "vendor": connection.vendor, "breaks": verdict.breaks, "entries": verdict.entries, "version": record.version,
        "versions": Version.objects.count(), "note": record.note, "subject": record.subject,
        "waiting": Waiting.objects.count(), "sets": len(Store(Instance.here().evidence).versions()),
        "administrators": User.objects.filter(role="administrator").count(),
    }  # fmt: skip


def queue() -> list[dict[str, Any]]:
    from primacy.jobs.services import enqueue
    from primacy.jobs.tasks import tidy_up
    from tests.postgres.slow import slow

    enqueue(slow, kind="slow", by=None)
    for _ in range(SMALL):
        enqueue(tidy_up, kind="small", by=None)
    return jobs()


def jobs() -> list[dict[str, Any]]:
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


LOOKS: dict[str, Callable[[], Any]] = {each.__name__: each for each in (prepare, told, queue, jobs)}
DEEDS: dict[str, Callable[[str], str]] = {
    each.__name__: each for each in (enter, save_once, save_until_kept, demote, first_administrator, open_item)
}


def together(deed: Callable[[str], str], moment: float) -> list[str]:
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


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "primacy.web.settings")
    import django

    django.setup()
    if sys.argv[1] in LOOKS:
        sys.stdout.write(json.dumps(LOOKS[sys.argv[1]]()))
    else:
        found = {}
        for place, name in enumerate(sys.argv[1].split(",")):  # a second for each
            found[name] = together(DEEDS[name], float(sys.argv[2]) + place)
        sys.stdout.write(json.dumps(found))
