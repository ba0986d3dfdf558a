"""A long stream sealed under a passphrase, piece by piece: nothing of it is ever whole in memory or unsealed on a disk.

    PRIMACYB | length of the head | head: the key of this stream under the passphrase | pieces
    a piece: 1 for the last one, else 0 | length | sealed

Each piece is sealed to its number and to whether it is the last: one that is changed, moved, missing or cut off is
found before a byte of it is used.
"""

from types import TracebackType
from typing import IO, Self

from pydantic import ValidationError

from primacy.compartments.sealing import COST, Unreadable, Wrapped, new_key, seal, unseal, unwrap, wrap

MAGIC = b"PRIMACYB"
PURPOSE = "primacy backup"
PIECE = 1 << 20  # bytes
LENGTH = 4  # bytes of a number
LARGEST_HEAD = 4096


class Sealing:
    """What is written to it goes sealed into `into`; `close` seals the last piece, without which nothing opens."""

    def __init__(self, into: IO[bytes], passphrase: str) -> None:
        self._into, self._key, self._number, self._held = into, new_key(), 0, bytearray()
        head = wrap(passphrase, self._key, PURPOSE).model_dump_json().encode()
        into.write(MAGIC + len(head).to_bytes(LENGTH) + head)

    def write(self, plain: bytes) -> int:
        self._held += plain
        while len(self._held) > PIECE:
            self._put(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]
        return len(plain)

    def close(self) -> None:
        self._put(bytes(self._held), last=True)

    def _put(self, plain: bytes, *, last: bool) -> None:
        sealed = seal(self._key, plain, _context(self._number, last=last))
        self._into.write(bytes([last]) + len(sealed).to_bytes(LENGTH) + sealed)
        self._number += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.close()


class Unsealing:
    """Reads what `Sealing` wrote. Raises Unreadable: another passphrase, or not what was written."""

    def __init__(self, stream: IO[bytes], passphrase: str) -> None:
        self._stream, self._number, self._held, self._ended = stream, 0, bytearray(), False
        if self._exactly(len(MAGIC)) != MAGIC:
            raise Unreadable
        self._key = unwrap(passphrase, _head(self._exactly(self._long(LARGEST_HEAD))), PURPOSE)

    def read(self, size: int) -> bytes:
        while len(self._held) < size and not self._ended:
            self._held += self._next()
        given = bytes(self._held[:size])
        del self._held[:size]  # a bytearray forgets its beginning without moving the rest
        return given

    def finish(self) -> None:
        """Read to the end: whoever stops before does not know that the stream is whole."""
        while not self._ended:
            self._next()
        if self._stream.read(1):
            raise Unreadable

    def _next(self) -> bytes:
        last = self._exactly(1) == b"\1"
        plain = unseal(self._key, self._exactly(self._long(2 * PIECE)), _context(self._number, last=last))
        self._number, self._ended = self._number + 1, last
        return plain

    def _long(self, most: int) -> int:
        length = int.from_bytes(self._exactly(LENGTH))
        if length > most:
            raise Unreadable
        return length

    def _exactly(self, size: int) -> bytes:
        found = self._stream.read(size)
        if len(found) != size:
            raise Unreadable
        return found


def _head(written: bytes) -> Wrapped:
    """A head that asks for more work than ours was not written here; it would stop the machine."""
    try:
        wrapped = Wrapped.model_validate_json(written)
    except ValidationError as error:
        raise Unreadable from error
    asked = wrapped.cost
    if asked.memory > COST.memory or asked.iterations > COST.iterations or asked.lanes > COST.lanes:
        raise Unreadable
    return wrapped


def _context(number: int, *, last: bool) -> str:
    return f"{PURPOSE} {number} {'last' if last else 'more'}"
