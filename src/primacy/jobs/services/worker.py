"""The worker: takes one job after the other from the queue, tells that it is there, and looks for what was left."""

import logging
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, close_old_connections, connections
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from primacy.framework.instance import Instance
from primacy.jobs.services.appointments import keep_appointments
from primacy.jobs.services.taking_up import beat, leave, take_up

logger = logging.getLogger(__name__)
EVERY = 10.0  # seconds between two signs of life, and between two looks for what was left or is due
PAUSE = 1.0  # seconds before an empty queue is looked at again


def work(name: str, *, until_empty: bool = False, parent: int | None = None) -> int:
    """Do jobs until told to end, or until the instance is locked down; with `until_empty` until there is none; with
    `parent` until that process is gone.

    Returns how many were done.
    """
    queue = _queue_worker(name)
    queue.configure_signals()
    looked, done = float("-inf"), 0
    with _heard(name):
        while queue.running and (parent is None or os.getppid() == parent) and not Instance.here().lock.exists():
            close_old_connections()
            try:
                if time.monotonic() - looked >= EVERY:
                    looked = time.monotonic()
                    take_up()
                    keep_appointments()
                task = claimed(name)
            except DatabaseError:  # the server restarts, or a backup holds the file: it comes back
                logger.exception("the queue cannot be read")
                time.sleep(EVERY)
                continue
            if task is not None:
                queue.run_task(task)
                done += 1
            elif until_empty:
                break
            else:
                time.sleep(PAUSE)
    return done


def claimed(name: str) -> DBTaskResult | None:
    """The next of the queue, now this worker's alone; None where nothing waits.

    Two workers never get the same one: PostgreSQL passes over a row that another holds, SQLite lets one writer in.
    """
    ready = DBTaskResult.objects.ready()
    if not ready.exists():  # without this, an idle worker would lock a file of SQLite every second
        return None
    with exclusive_transaction():
        task = ready.get_locked()
        if task is not None:
            task.claim(name)
    return task


def _queue_worker(name: str) -> QueueWorker:
    return QueueWorker(
        queue_names=["*"], excluded_queue_names=[], interval=PAUSE, batch=False, backend_name="default",
        startup_delay=False, max_tasks=None, worker_id=name,
    )  # fmt: skip


@contextmanager
def _heard(name: str) -> Iterator[None]:
    """Tell the database that this worker is there, also while a job takes hours; and at the end that it is not."""
    ended, host = threading.Event(), socket.gethostname()
    beat(name, host=host)

    def tell() -> None:
        while not ended.wait(EVERY):
            try:
                beat(name, host=host)
            except DatabaseError:
                logger.exception("a worker cannot tell that it is there")
            finally:
                connections.close_all()

    teller = threading.Thread(target=tell, daemon=True, name="tells that the worker is there")
    teller.start()
    try:
        yield
    finally:
        ended.set()
        teller.join(timeout=5)
        leave(name)
