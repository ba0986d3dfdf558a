"""A stream lent to a reader that asks for bytes in threads of its own, and taken back before anything else happens.

pyarrow reads ahead in threads written in C++. One that still asks for bytes when the interpreter ends brings the whole
process down, so whoever stops reading waits until the reader has let go of the stream, and the process waits at its end
for those that had not.
"""

import atexit
import gc
import io
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager

LONGEST = 60.0  # seconds until a reader is given up; it lets go within milliseconds
QUIET = 0.5  # seconds after which one that asks for nothing more has come to its end, though something still names it
AT_THE_END = 10.0  # seconds that the end of the process waits for all of them together
LAST_WORDS = 0.1  # seconds in which the threads of one that let go of the stream let go of its bytes too
_reading: dict[threading.Event, weakref.ref[io.RawIOBase]] = {}  # of readers that were not seen to let go


class Lent(io.RawIOBase):
    """What the reader holds in place of the stream. What goes wrong is kept, and ends the bytes."""

    def __init__(
        self, stream: io.RawIOBase, stopped: threading.Event, failed: list[BaseException], asking: threading.Lock
    ) -> None:
        self._stream, self._stopped, self._failed, self._asking = stream, stopped, failed, asking

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        with self._asking:
            if self._stopped.is_set() or self._failed:
                return b""
            try:
                return self._stream.read(-1 if size is None else size) or b""
            except BaseException as error:
                # Its traceback must not hold this object, or the reader would never seem to let go.
                below = error.__traceback__.tb_next if error.__traceback__ else None
                self._failed.append(error.with_traceback(below))
                return b""


@contextmanager
def lent(stream: io.RawIOBase) -> Iterator[list[Lent]]:
    """A list of the one thing to hand over: take it out with `pop`, so that only the reader holds it.

    At the end nobody reads from the stream any more; the reader itself must be out of reach by then. Raises what went
    wrong while the stream was read, whatever the reader made of it.
    """
    stopped, let_go, asking = threading.Event(), threading.Event(), threading.Lock()
    failed: list[BaseException] = []
    hand = [Lent(stream, stopped, failed, asking)]
    _reading[let_go] = weakref.ref(hand[0], lambda _stream: let_go.set())
    wanted = True
    try:
        yield hand
    except GeneratorExit:  # nobody wants more of it
        wanted = False
        raise
    finally:
        hand.clear()
        stopped.set()
        if asking.acquire(timeout=LONGEST):  # whoever reads at this moment comes to its end, and gets nothing more
            asking.release()
        if let_go.wait(QUIET):
            del _reading[let_go]
        if failed and wanted:
            raise failed[0]


@atexit.register
def _end_in_order() -> None:
    if not _reading:
        return
    gc.collect()  # what went wrong names the places where it did, and they name the reader
    until = time.monotonic() + AT_THE_END
    for each in _reading:
        each.wait(max(0.0, until - time.monotonic()))
    time.sleep(LAST_WORDS)
