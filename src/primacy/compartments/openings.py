"""Keys of open compartments: in memory alone, shared by the processes of one site, never on a disk.

The memory is anonymous and made before the site makes its processes, so all of them see it and nobody else does. What
lies in it is sealed with a secret that only the browser of whoever opened has: the memory alone opens nothing, nor does
a session that somebody read in the database. A thread wakes every second, drops what has lasted too long, and drops
everything once the instance is locked down.
"""

import hashlib
import json
import mmap
import multiprocessing
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from primacy.compartments.custody import Opening
from primacy.compartments.sealing import Unreadable, raw, seal, text, unseal

MINUTES = 20
COOKIE = "primacy_opening"
SLOTS, SIZE = 256, 512
HEAD = struct.Struct("16sdH")  # id, last moment, length of what follows
WAKES = 1.0  # seconds

_memory = mmap.mmap(-1, SLOTS * SIZE)
_taking_turns = multiprocessing.Lock()
_watching = threading.Event()


class Full(Exception):
    """So many compartments are open at once that something is wrong."""


def put(secret: bytes, opening: Opening, *, until: float) -> None:
    """Keep an opening until a moment (seconds since 1970). Raises Full."""
    content = {
        "box": opening.box, "generation": opening.generation, "key": text(opening.key), "person": opening.person,
        "name": opening.name,
    }  # fmt: skip
    sealed = seal(_key(secret), json.dumps(content).encode(), "opening")
    with _alone():
        place = next((at for at, id, last, _length in _slots() if id == _id(secret) or last < time.time()), None)
        if place is None or len(sealed) > SIZE - HEAD.size:
            raise Full
        _memory[place : place + SIZE] = bytes(SIZE)
        _memory[place : place + HEAD.size] = HEAD.pack(_id(secret), until, len(sealed))
        _memory[place + HEAD.size : place + HEAD.size + len(sealed)] = sealed


def get(secret: bytes) -> tuple[Opening, float] | None:
    """(the opening, until when) where the secret is that of one that still lasts."""
    for place, id, last, length in _slots():
        if id == _id(secret) and last >= time.time():
            try:
                begin = place + HEAD.size
                told = json.loads(unseal(_key(secret), _memory[begin : begin + length], "opening"))
            except Unreadable:
                return None
            return Opening(told["box"], told["generation"], raw(told["key"]), told["person"], told["name"]), last
    return None


def drop(secret: bytes) -> None:
    _wipe(lambda id, _last: id == _id(secret))


def drop_all() -> None:
    _wipe(lambda _id, last: last > 0)


def drop_past() -> None:
    _wipe(lambda _id, last: 0 < last < time.time())


def watch(locked: Callable[[], bool]) -> None:
    """Begin to watch, once in each process; `locked` says whether the instance is locked down."""
    if not _watching.is_set():
        _watching.set()
        threading.Thread(target=_watch, args=(locked,), daemon=True, name="openings").start()


def _watch(locked: Callable[[], bool]) -> None:
    while True:
        drop_all() if locked() else drop_past()
        time.sleep(WAKES)


def _wipe(which: Callable[[bytes, float], bool]) -> None:
    with _alone():
        for place, id, last, _length in _slots():
            if which(id, last):
                _memory[place : place + SIZE] = bytes(SIZE)


def _slots() -> Iterator[tuple[int, bytes, float, int]]:
    for place in range(0, SLOTS * SIZE, SIZE):
        id, last, length = HEAD.unpack(_memory[place : place + HEAD.size])
        yield place, id, last, length


@contextmanager
def _alone() -> Iterator[None]:
    """A process that was killed while it held the lock keeps nobody waiting for long."""
    taken = _taking_turns.acquire(timeout=2)
    try:
        yield
    finally:
        if taken:
            _taking_turns.release()


def _id(secret: bytes) -> bytes:
    return hashlib.sha256(b"primacy opening id" + secret).digest()[:16]


def _key(secret: bytes) -> bytes:
    return hashlib.sha256(b"primacy opening key" + secret).digest()
