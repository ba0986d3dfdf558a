"""Work in two steps at once: while one batch is used, the next is made ready in a thread of its own."""

import queue
import threading
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")
STEPS = 2  # batches that wait at most: memory stays bounded by them


@contextmanager
def ahead(items: Iterable[T]) -> Iterator[Iterator[T]]:
    """The same items in the same order. What is raised while they are made is raised where they are used."""
    waiting: queue.Queue[tuple[T | None, BaseException | None]] = queue.Queue(STEPS)
    stopped = threading.Event()

    def put(item: T | None, error: BaseException | None) -> bool:
        while not stopped.is_set():
            try:
                waiting.put((item, error), timeout=0.1)
                return True
            except queue.Full:
                continue
        return False

    def work() -> None:
        try:
            if all(put(item, None) for item in items):
                put(None, _Done())
        except BaseException as error:  # it is raised again in the thread that asks
            put(None, error)
        finally:
            if isinstance(items, Generator):
                items.close()  # what it opened is closed here and now, not whenever it is forgotten

    def given() -> Iterator[T]:
        while True:
            item, error = waiting.get()
            if isinstance(error, _Done):
                return
            if error is not None:
                raise error
            yield item  # type: ignore[misc]

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    try:
        yield given()
    finally:
        stopped.set()
        worker.join()


class _Done(Exception):
    """No item follows."""
