"""A stream lent to a reader that asks for bytes in threads of its own, and taken back before anything else happens.

pyarrow reads ahead in threads written in C++. One that still asks for bytes when the interpreter ends brings the whole
process down, so whoever stops reading waits until the reader has let go of the stream.
"""

import io
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager

LONGEST = 60.0  # seconds until a reader is given up; it lets go within milliseconds
QUIET = 0.5  # seconds after which one that asks for nothing more has come to its end, though something still names it


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
    weakref.finalize(hand[0], let_go.set).atexit = False
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
        let_go.wait(QUIET)
        if failed and wanted:
            raise failed[0]
