"""Files from outside: plain, gzip, zip, workbook or a folder, opened without trusting what they say of themselves."""

import errno
import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import IO, cast

from primacy.framework.saying import Said, said
from primacy.places.errors import BadInput, printable, shortened
from primacy.places.files.contents import WORKBOOKS, ZIP, is_archive, is_workbook
from primacy.places.files.encodings import as_utf8
from primacy.places.files.faults import Faults
from primacy.places.files.sheets import SheetText
from primacy.places.files.workbooks import book

HEAD = 256 * 1024
MOST_BYTES = 16 * 2**30  # unpacked; the largest public event files are under 2 GiB
MOST_RATIO = 100  # text packs to a tenth, seldom to a fiftieth: beyond this it is made to fill the disk
RATIO_FROM = 64 * 2**20
MOST_MEMBERS = 10_000
ENCRYPTED = 0x1  # a bit of a member's flags
NOT_DATA = {"readme", "license", "licence", "sha256sums", "checksums", "manifest"}


@dataclass(frozen=True)
class Source:
    """One file to read, wherever it lies. `member` is its name inside a zip, `sheet` a sheet of a workbook.

    heading   first and last row of the sheet (from 1) that name its columns, where somebody says so
    hidden    whether the workbook hides the sheet
    """

    path: Path
    member: str = ""
    sheet: str = ""
    heading: tuple[int, int] = (0, 0)
    hidden: bool = False

    @property
    def label(self) -> str:
        """What a message calls it."""
        return printable("/".join(part for part in (self.path.name, self.member, self.sheet) if part))

    @property
    def name(self) -> str:
        """Its own file name without `.gz`: what tells formats and releases apart."""
        name = PurePosixPath(self.member).name if self.member else self.path.name
        if self.sheet:
            return f"{PurePosixPath(name).stem} {self.sheet}.csv"
        return name[:-3] if name.lower().endswith(".gz") else name

    @property
    def packed(self) -> bool:
        return bool(self.member) or _is_gzip(self.path)

    def open(self) -> "Guarded":
        """The unpacked bytes; reading them raises BadInput for anything broken or endless."""
        try:
            if self.sheet:
                return _sheet(self)
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

    def start(self) -> bytes:
        """The first quarter of a mebibyte, unpacked, byte for byte."""
        with self.open() as stream:
            return stream.read(HEAD)

    def head(self) -> bytes:
        """The same as UTF-8 without a mark, where it is text; what tells formats apart."""
        return as_utf8(self.start())

    def bytes(self, most: int = 2**30) -> bytes:
        """All of it, for formats that cannot be read piece by piece."""
        with self.open() as stream:
            content = stream.read(most + 1)
        if len(content) > most:
            raise BadInput(
                said("places/too-large-unpacked", most=most // 2**20), self.label, said("places/do.simplify-or-split")
            )
        return content

    def hash(self) -> str:
        """SHA-256 of the file as it was brought, so that anybody can check it with ordinary tools."""
        with self.path.open("rb") as stream:
            return "sha256:" + hashlib.file_digest(stream, "sha256").hexdigest()

    def id(self) -> str:
        """Twelve hexadecimal digits for what was brought and, of an archive, which of its files."""
        inside = f"{self.member}/{self.sheet}" if self.sheet else self.member
        return hashlib.sha256(f"{self.hash()}/{inside}".encode()).hexdigest()[:12]


UNREADABLE = (
    EOFError, OSError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError, KeyError,
)  # fmt: skip


def _sheet(source: Source) -> "Guarded":
    """A sheet as CSV text."""
    text = SheetText(book(source.path, source.member), source.sheet, heading=source.heading)
    stream = Guarded(cast(IO[bytes], text), source.label, 0, whole=0)
    stream.faults, stream.notes = text.faults, lambda: text.notes
    return stream


def _is_gzip(path: Path) -> bool:
    """By its name, or by its first two bytes where the name does not say."""
    if path.name.lower().endswith(".gz"):
        return True
    with path.open("rb") as stream:
        return stream.read(2) == b"\x1f\x8b"


def broken(label: str, error: Exception) -> BadInput:
    """The one message for a file that the operating system or the archive refuses."""
    if isinstance(error, FileNotFoundError):
        return BadInput(said("places/no-file"), label, said("places/do.check-path"))
    if isinstance(error, PermissionError):
        return BadInput(said("places/no-permission"), label, said("places/do.permissions"))
    if isinstance(error, NotImplementedError):
        return BadInput(said("places/odd-packing"), label, said("places/do.unpack-first"))
    if isinstance(error, OSError) and error.errno in (errno.ENAMETOOLONG, errno.ELOOP, errno.ENOTDIR):
        return BadInput(said("places/no-path", error=error.strerror), label, said("places/do.check-path"))
    if isinstance(error, EOFError):
        return BadInput(said("places/cut-off"), label, said("places/do.again"))
    return BadInput(said("places/not-unpacked", error=shortened(error)), label, said("places/do.again"))


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
        self.faults = Faults()  # of what did not become text: cells of a sheet
        self.notes: Callable[[], list[Said]] = list

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
                said("places/unpacks-to-much", most=self.count // 2 ** 20), self.label,
                said("places/do.unpack-yourself"),
            )  # fmt: skip
            raise self.trouble
        return piece

    def close(self) -> None:
        self.stream.close()
        super().close()


def beside(source: Source, name: str) -> Source | None:
    """Another file of the same folder or archive, by its name; also packed by gzip. None where there is none."""
    for each in (name, f"{name}.gz"):
        if not source.member:
            path = source.path.with_name(each)
            if path.is_file() and path.stat().st_size:
                return Source(path)
            continue
        member = PurePosixPath(source.member).with_name(each).as_posix()
        try:
            with zipfile.ZipFile(source.path) as archive:
                if member in archive.namelist():
                    return Source(source.path, member)
        except UNREADABLE as error:
            raise broken(source.label, error) from error
    return None


def sources(path: Path) -> Iterator[Source]:
    """All that could hold data under `path`, in order: the file, members of a zip or folder, sheets of a workbook."""
    try:
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise _absent(path) from error
    except (OSError, ValueError) as error:
        raise broken(shortened(path), error) from error
    if path.is_dir():
        for each in sorted(path.rglob("*")):
            if each.is_file() and not each.is_symlink() and _could_hold_data(each.relative_to(path).as_posix()):
                yield from sources(each)
    elif not path.is_file():
        raise BadInput(said("places/neither-file-nor-folder"), str(path), said("places/do.give-file"))
    elif not size:
        raise BadInput(said("places/file-empty"), path.name, said("places/do.again"))
    else:
        yield from _archived(path)


def _absent(path: Path) -> BadInput:
    if path.is_symlink():
        return BadInput(said("places/broken-link"), str(path), said("places/do.file-itself"))
    return BadInput(said("places/no-file-or-folder"), shortened(path, 200), said("places/do.check-path"))


def _archived(path: Path) -> Iterator[Source]:
    """The members of a zip, whatever it is called; any other file as it is."""
    try:
        with path.open("rb") as stream:
            start = stream.read(4)
        named = path.suffix.lower() == ".zip"
        if not start.startswith(ZIP):
            if named:
                raise BadInput(said("places/no-zip"), path.name, said("places/do.own-ending"))
            yield Source(path)
            return
        with zipfile.ZipFile(path) as archive:
            listed = archive.infolist()
    except UNREADABLE as error:
        raise broken(path.name, error) from error
    names = [each.filename for each in listed]
    if is_archive(start, names):
        yield from _members(path, listed)
    elif is_workbook(names):
        yield from _sheets(Source(path))
    else:
        yield Source(path)


def _sheets(source: Source) -> Iterator[Source]:
    """The sheets of a workbook in their order, hidden ones too."""
    for each in book(source.path, source.member).sheets():
        yield replace(source, sheet=each.name, hidden=each.hidden)


def _members(path: Path, listed: list[zipfile.ZipInfo]) -> Iterator[Source]:
    if len(listed) > MOST_MEMBERS:
        raise BadInput(said("places/many-files", most=MOST_MEMBERS), path.name, said("places/do.files-that-matter"))
    for member in listed:
        parts = PurePosixPath(member.filename.replace("\\", "/")).parts
        if member.filename.startswith(("/", "\\")) or ".." in parts or ":" in (parts[0] if parts else ""):
            raise BadInput(
                said("places/outside-its-folder", name=shortened(member.filename)), path.name,
                said("places/do.not-this-archive"),
            )  # fmt: skip
    wanted = [
        each for each in sorted(listed, key=lambda each: each.filename)
        if each.file_size and _could_hold_data(each.filename) and not each.is_dir()
    ]  # fmt: skip
    if not wanted:
        raise BadInput(said("places/no-member"), path.name, said("places/do.check-archive"))
    if any(each.flag_bits & ENCRYPTED for each in wanted):
        raise BadInput(said("places/password"), path.name, said("places/do.unpack-first"))
    for each in wanted:
        if each.filename.lower().endswith(WORKBOOKS):
            yield from _sheets(Source(path, each.filename))
        else:
            yield Source(path, each.filename)


def _could_hold_data(name: str) -> bool:
    parts = PurePosixPath(name).parts  # none of a name that is empty or a point
    hidden = not parts or any(part.startswith((".", "__MACOSX")) for part in parts)
    return not hidden and parts[-1].split(".")[0].lower() not in NOT_DATA
