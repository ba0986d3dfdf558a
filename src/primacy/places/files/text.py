"""A stream of unpacked bytes as clean text: UTF-8 without a mark, every line ended by \\n, checked while it is read."""

import io

import numpy as np

from primacy.framework.saying import Said, said
from primacy.places.errors import BadInput
from primacy.places.files.contents import disguised
from primacy.places.files.encodings import Decoder
from primacy.places.files.files import HEAD, MOST_BYTES, Guarded

PIECE = 8 * 2**20
MOST_EMPTY_FIELDS = 10_000_000  # of blank lines in one piece: a file of nothing else must not fill the memory


class Text(io.RawIOBase):
    """The bytes of a file as UTF-8, whatever encoding they are in; what is no text is refused with its line.

    `trouble` keeps the message, because readers written in C++ may wrap what is raised inside them.
    """

    def __init__(self, guarded: Guarded) -> None:
        self.guarded = guarded
        self.lines_read = 0
        self.quotation_marks = 0
        self.ends_a_line = True  # whether what was read so far ends with the end of a line
        self.trouble: BadInput | None = None
        self._columns = 1
        start = guarded.read(HEAD)
        if refused := disguised(start, guarded.label):
            raise refused
        self.decoder = Decoder(start)
        self._return = b""  # a carriage return whose line feed may follow
        self.pending = self._text(start[self.decoder.mark :]) if start else b""

    @property
    def note(self) -> Said | None:
        """What a reader should know of the encoding; None where it was not guessed."""
        guessed = self.decoder.guessed
        return said("places/letters-guessed", encoding=guessed) if guessed else None

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        wanted = MOST_BYTES if size is None or size < 0 else size
        pieces = [self.pending] if self.pending else []  # a single piece is handed on without being copied
        have = len(self.pending)
        while have < wanted:
            raw = self.guarded.read(min(wanted - have, PIECE))
            piece = self._text(raw)
            pieces.append(piece)
            have += len(piece)
            if not raw:
                break
        content = b"".join(pieces)
        self.pending = content[wanted:]
        return content[:wanted]

    def push_back(self, content: bytes) -> None:
        self.pending = content + self.pending

    def _text(self, raw: bytes) -> bytes:
        try:
            content = self._return + self.decoder.utf8(raw, final=not raw)
        except UnicodeDecodeError as error:
            raise self._no_text(error) from error
        self._return = b"\r" if raw and content.endswith(b"\r") else b""
        content = content.removesuffix(self._return) if self._return else content
        for end in (b"\r\n", b"\r"):
            content = content.replace(end, b"\n") if b"\r" in content else content
        if b"\0" in content:
            line = self.lines_read + content[: content.index(b"\0")].count(b"\n") + 1
            self.trouble = BadInput(
                said("places/odd-bytes"), said("places/at.line", file=self.guarded.label, line=line),
                said("places/do.check-which"),
            )  # fmt: skip
            raise self.trouble
        ends = _count(content, b"\n")
        self._refuse_blank_lines(content, ends)
        self.lines_read += ends
        self.ends_a_line = content.endswith(b"\n") if content else self.ends_a_line
        self.quotation_marks += _count(content, b'"')
        return content

    def expect(self, columns: int) -> None:
        """Say how many fields a line has, once the first was read: readers keep so many for a blank line too."""
        self._columns = columns
        self._refuse_blank_lines(self.pending, len(self.pending))

    def _refuse_blank_lines(self, content: bytes, ends: int) -> None:
        """`ends`: of lines, at most; where they are few there is nothing to look for."""
        most = MOST_EMPTY_FIELDS // (2 * self._columns)
        if ends > most and content.count(b"\n\n") > most:
            self.trouble = BadInput(
                said("places/many-blank-lines"), self.guarded.label, said("places/do.blank-lines")
            )  # fmt: skip
            raise self.trouble

    def _no_text(self, error: UnicodeDecodeError) -> BadInput:
        before = (
            error.object[: error.start]
            .decode(self.decoder.encoding, "ignore")
            .replace("\r\n", "\n")
            .replace("\r", "\n")
        )
        name = self.decoder.encoding.upper().removesuffix("-LE").removesuffix("-BE").replace("CP", "Windows-")
        self.trouble = BadInput(
            said("places/odd-byte", byte=f"0x{error.object[error.start]:02x}", name=name),
            said("places/at.line", file=self.guarded.label, line=self.lines_read + before.count(chr(10)) + 1),
            said("places/do.save-and-again"),
        )  # fmt: skip
        return self.trouble

    def close(self) -> None:
        self.guarded.close()
        super().close()


def _count(content: bytes, letter: bytes) -> int:
    return int(np.count_nonzero(np.frombuffer(content, dtype=np.uint8) == letter[0]))
