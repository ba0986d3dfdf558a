"""Files from outside: plain, gzip, zip or a folder, opened without trusting what they say of themselves."""

import codecs
import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, cast

from primacy.places.errors import BadInput, shortened

HEAD = 256 * 1024
MOST_BYTES = 16 * 2**30  # unpacked; the largest public event files are under 2 GiB
MOST_RATIO = 100  # text packs to a tenth, seldom to a fiftieth: beyond this it is made to fill the disk
RATIO_FROM = 64 * 2**20
MOST_MEMBERS = 10_000
NOT_DATA = {"readme", "license", "licence", "sha256sums", "checksums", "manifest"}


@dataclass(frozen=True)
class Source:
    """One file to read, wherever it lies. `member` is its name inside a zip."""

    path: Path
    member: str = ""

    @property
    def label(self) -> str:
        """What a message calls it."""
        return f"{self.path.name}/{self.member}" if self.member else self.path.name

    @property
    def name(self) -> str:
        """Its own file name without `.gz`: what tells formats and releases apart."""
        name = PurePosixPath(self.member).name if self.member else self.path.name
        return name[:-3] if name.lower().endswith(".gz") else name

    @property
    def packed(self) -> bool:
        return bool(self.member) or _is_gzip(self.path)

    def open(self) -> "Guarded":
        """The unpacked bytes; reading them raises BadInput for anything broken or endless."""
        try:
            if self.member:
                archive = zipfile.ZipFile(self.path)
                info = archive.getinfo(self.member)
                return Guarded(archive.open(self.member), self.label, info.compress_size, whole=info.file_size)
            size = self.path.stat().st_size
            raw = self.path.open("rb")
            if _is_gzip(self.path):
                unpacked = cast(IO[bytes], gzip.GzipFile(fileobj=raw))
                return Guarded(unpacked, self.label, size, whole=size, place=raw.tell)
            return Guarded(raw, self.label, 0, whole=size)
        except UNREADABLE as error:
            raise broken(self.label, error) from error

    def head(self) -> bytes:
        """The first quarter of a mebibyte, unpacked."""
        with self.open() as stream:
            return stream.read(HEAD)

    def bytes(self, most: int = 2**30) -> bytes:
        """All of it, for formats that cannot be read piece by piece."""
        with self.open() as stream:
            content = stream.read(most + 1)
        if len(content) > most:
            raise BadInput(f"is larger than {most // 2**20} MiB unpacked", self.label, "Split it or simplify it")
        return content

    def hash(self) -> str:
        """SHA-256 of the file as it was brought, so that anybody can check it with ordinary tools."""
        with self.path.open("rb") as stream:
            return "sha256:" + hashlib.file_digest(stream, "sha256").hexdigest()


UNREADABLE = (
    EOFError, OSError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError, KeyError,
)  # fmt: skip


def _is_gzip(path: Path) -> bool:
    """By its name, or by its first two bytes where the name does not say."""
    if path.name.lower().endswith(".gz"):
        return True
    with path.open("rb") as stream:
        return stream.read(2) == b"\x1f\x8b"


def broken(label: str, error: Exception) -> BadInput:
    """The one message for a file that the operating system or the archive refuses."""
    if isinstance(error, FileNotFoundError):
        return BadInput("there is no such file", label, "Check the path")
    if isinstance(error, PermissionError):
        return BadInput("may not be read by this user", label, "Change its permissions or copy it")
    if isinstance(error, RuntimeError) and "password" in str(error).lower():
        return BadInput("is protected by a password", label, "Unpack it first and import the files inside")
    if isinstance(error, EOFError):
        return BadInput("ends too early: the file was cut off", label, "Download or copy it again")
    return BadInput(f"cannot be unpacked ({shortened(error)})", label, "Download or copy it again")


class Guarded(io.RawIOBase):
    """A stream of unpacked bytes that stops at broken, cut off or exploding content.

    `trouble` keeps the message, because readers written in C++ may wrap what is raised inside them.
    """

    def __init__(
        self, stream: IO[bytes], label: str, packed_bytes: int, *, whole: int, place: Callable[[], int] | None = None
    ) -> None:
        self.stream, self.label, self.packed_bytes, self.whole = stream, label, packed_bytes, whole
        self.count = 0
        self._place = place or (lambda: self.count)
        self.trouble: BadInput | None = None

    @property
    def share(self) -> float:
        """How much of the file was read, 0 to 1."""
        return min(1.0, self._place() / self.whole) if self.whole and not self.stream.closed else 1.0

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        pieces: list[bytes] = []
        wanted = MOST_BYTES if size is None or size < 0 else size
        while wanted > 0:
            piece = self._piece(min(wanted, 8 * 2**20))
            if not piece:
                break
            pieces.append(piece)
            wanted -= len(piece)
        return b"".join(pieces)

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        piece = self.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)

    def _piece(self, size: int) -> bytes:
        try:
            piece = self.stream.read(size)
        except UNREADABLE as error:
            self.trouble = broken(self.label, error)
            raise self.trouble from error
        self.count += len(piece)
        ratio = self.count / self.packed_bytes if self.packed_bytes else 0
        if self.count > MOST_BYTES or (self.count > RATIO_FROM and ratio > MOST_RATIO):
            self.trouble = BadInput(
                f"unpacks to more than {self.count // 2**20} MiB, far more than such data need", self.label,
                "Unpack it yourself, look at it, and import the files inside",
            )  # fmt: skip
            raise self.trouble
        return piece

    def close(self) -> None:
        self.stream.close()
        super().close()


class Text(io.RawIOBase):
    """The same stream as UTF-8 text without a byte order mark, checked while it is read.

    UTF-16 with its mark is turned into UTF-8. Anything else that is not UTF-8 is refused with its line.
    """

    def __init__(self, guarded: Guarded) -> None:
        self.guarded = guarded
        self.lines_read = 0
        self.quotation_marks = 0
        self.ends_a_line = True  # whether what was read so far ends with the end of a line
        self.trouble: BadInput | None = None
        start = guarded.read(4)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            self.decoder = codecs.getincrementaldecoder("utf-16")()
            self.pending = self._text(start)
        else:
            self.decoder = codecs.getincrementaldecoder("utf-8")()
            self.pending = self._text(start.removeprefix(codecs.BOM_UTF8))

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        wanted = MOST_BYTES if size is None or size < 0 else size
        pieces = [self.pending]
        have = len(self.pending)
        while have < wanted:
            raw = self.guarded.read(min(wanted - have, 4 * 2**20))
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
            text = self.decoder.decode(raw, final=not raw)
        except UnicodeDecodeError as error:
            line = self.lines_read + error.object[: error.start].count(b"\n") + 1
            self.trouble = BadInput(
                f"holds a byte (0x{error.object[error.start]:02x}) that is not UTF-8 text",
                f"{self.guarded.label}, line {line}", "Save the file as CSV UTF-8 and import it again",
            )  # fmt: skip
            raise self.trouble from error
        content = text.encode("utf-8", "replace")
        if b"\0" in content:
            line = self.lines_read + content[: content.index(b"\0")].count(b"\n") + 1
            self.trouble = BadInput(
                "holds bytes that no text has", f"{self.guarded.label}, line {line}",
                "Check that this is the file you meant",
            )  # fmt: skip
            raise self.trouble
        self.lines_read += content.count(b"\n")
        self.ends_a_line = content.endswith(b"\n") if content else self.ends_a_line
        self.quotation_marks += content.count(b'"')
        return content

    def close(self) -> None:
        self.guarded.close()
        super().close()


def sources(path: Path) -> Iterator[Source]:
    """Every file that could hold data under `path`: the file itself, or the members of a zip or folder, in order."""
    if path.is_dir():
        for each in sorted(path.rglob("*")):
            if each.is_file() and not each.is_symlink() and _could_hold_data(each.relative_to(path).as_posix()):
                yield from sources(each)
        return
    if not path.exists():
        raise BadInput("there is no such file or folder", str(path), "Check the path")
    if not path.is_file():
        raise BadInput("is neither a file nor a folder", str(path), "Give a file, a zip or a folder")
    if path.stat().st_size == 0:
        raise BadInput("is empty", path.name, "Download or copy it again")
    if path.suffix.lower() == ".zip":
        yield from _members(path)
        return
    yield Source(path)


def _members(path: Path) -> Iterator[Source]:
    try:
        with zipfile.ZipFile(path) as archive:
            listed = archive.infolist()
    except UNREADABLE as error:
        raise broken(path.name, error) from error
    if len(listed) > MOST_MEMBERS:
        raise BadInput(f"holds more than {MOST_MEMBERS} files", path.name, "Unpack it and import the files that matter")
    for member in listed:
        parts = PurePosixPath(member.filename.replace("\\", "/")).parts
        if member.filename.startswith(("/", "\\")) or ".." in parts or ":" in (parts[0] if parts else ""):
            raise BadInput(
                f"holds a file that would be written outside its folder ({shortened(member.filename)})", path.name,
                "Do not use this archive; ask for it again from its source",
            )  # fmt: skip
    found = False
    for member in sorted(listed, key=lambda each: each.filename):
        if not member.is_dir() and member.file_size and _could_hold_data(member.filename):
            found = True
            yield Source(path, member.filename)
    if not found:
        raise BadInput("holds no file with data", path.name, "Check that this is the archive you meant")


def _could_hold_data(name: str) -> bool:
    parts = PurePosixPath(name).parts
    hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
    return not hidden and parts[-1].split(".")[0].lower() not in NOT_DATA
