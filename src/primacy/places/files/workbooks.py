"""Workbooks of spreadsheets (.xlsx, .xlsm): their sheets, opened without trusting what they say of themselves.

Only what a cell shows is read: of a formula its stored result. Links, macros, pictures and remarks are not touched.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from primacy.framework.saying import said
from primacy.places.errors import BadInput, shortened
from primacy.places.files.headings import Merge

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

MOST_UNPACKED = 2 * 2**30
MOST_OF_ONE = 1 * 2**30  # a sheet, or the table of texts, which is held in memory
MOST_RATIO = 200  # markup packs better than tables: a sheet of equal cells to a hundredth
RATIO_FROM = 64 * 2**20
MOST_MERGES = 100_000
MOST_SHEETS = 500
PIECE = 2**20
FORBIDDEN = tuple(
    mark.encode(encoding) for mark in ("<!DOCTYPE", "<!ENTITY") for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)
# Every repetition is bounded, so that no markup makes the search slow.
MERGED = re.compile(
    rb'<(?:\w{1,20}:)?mergeCell\s[^<>]{0,200}?ref="\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})"'
)
NO_RESULT = re.compile(rb"(?:</f>|<f\b[^<>]{0,200}/>)\s{0,9}(?:<v\s{0,9}/>|<v>\s{0,9}</v>)?\s{0,9}</c>")
LONGEST_MATCH = 512
REMEDY = said("places/do.resave-workbook")


@dataclass(frozen=True)
class Sheet:
    name: str
    hidden: bool


@dataclass
class Scan:
    """What the markup of a sheet says beside its cells."""

    merges: list[Merge] = field(default_factory=list)
    formulas_without_result: int = 0


@dataclass(frozen=True)
class Book:
    workbook: "Workbook"
    archive: zipfile.ZipFile
    label: str

    def sheets(self) -> list[Sheet]:
        return [Sheet(each.title, each.sheet_state != "visible") for each in self.workbook.worksheets]

    def rows(self, name: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a sheet as cells of openpyxl, without regard to the size that it claims."""
        sheet = self._sheet(name)
        sheet.reset_dimensions()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                yield from sheet.iter_rows()
            except BadInput:
                raise
            except Exception as error:
                raise unreadable(f"{self.label}/{name}", error) from error

    def scan(self, name: str) -> Scan:
        return _scanned(self.archive, self._sheet(name)._worksheet_path, f"{self.label}/{name}")

    def _sheet(self, name: str) -> Any:
        found = [each for each in self.workbook.worksheets if each.title == name]
        if not found:
            names = tuple(shortened(each.name, 40) for each in self.sheets())
            raise BadInput(
                said("places/no-sheet", name=shortened(name, 40)), self.label, said("places/do.its-sheets", names=names)
            )
        return found[0]


def book(path: Path, member: str = "") -> Book:
    """The workbook in a file, or in a member of an archive. Raises BadInput for what is broken, endless or hostile."""
    stat = path.stat()
    return _book(path, member, (stat.st_ino, stat.st_mtime_ns, stat.st_size))


@lru_cache(2)  # a file is asked for once for each of its sheets
def _book(path: Path, member: str, state: tuple[int, int, int]) -> Book:
    import openpyxl  # takes its time, and most imports have no workbook

    label = f"{path.name}/{member}" if member else path.name
    content = _bytes(path, member, label)
    try:
        archive = zipfile.ZipFile(content)
        _refuse_bombs(archive, label)
        _refuse_entities(archive, label)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what is not read anyway
            workbook = openpyxl.load_workbook(content, read_only=True, data_only=True, keep_links=False)
    except BadInput:
        raise
    except Exception as error:
        raise unreadable(label, error) from error
    if len(workbook.worksheets) > MOST_SHEETS:
        remedy = said("places/do.sheets-own-book")
        raise BadInput(said("places/many-sheets", most=MOST_SHEETS), label, remedy)
    return Book(workbook, archive, label)


def _bytes(path: Path, member: str, label: str) -> IO[bytes]:
    if not member:
        return path.open("rb")
    try:
        with zipfile.ZipFile(path) as outer:
            info = outer.getinfo(member)
            if info.file_size > MOST_OF_ONE:
                raise BadInput(
                    said("places/too-large", most=MOST_OF_ONE // 2**20), label, said("places/do.import-alone")
                )
            return io.BytesIO(outer.read(member))
    except BadInput:
        raise
    except Exception as error:
        raise unreadable(label, error) from error


def unreadable(label: str, error: Exception) -> BadInput:
    return BadInput(said("places/no-workbook", error=shortened(error, 120)), label, REMEDY)


def _refuse_bombs(archive: zipfile.ZipFile, label: str) -> None:
    listed = archive.infolist()
    whole = sum(each.file_size for each in listed)
    bomb = next(
        (
            each for each in listed
            if each.file_size > MOST_OF_ONE
            or (each.file_size > RATIO_FROM and each.file_size > MOST_RATIO * max(each.compress_size, 1))
        ),
        None,
    )  # fmt: skip
    if bomb or whole > MOST_UNPACKED:
        size = bomb.file_size if bomb else whole
        raise BadInput(
            said("places/unpacks-to", size=size // 2 ** 20), label,
            said("places/do.sheet-as-csv"),
        )  # fmt: skip


def _refuse_entities(archive: zipfile.ZipFile, label: str) -> None:
    """Markup that declares entities can grow without end or name other files; no spreadsheet writes any."""
    for info in archive.infolist():
        if not info.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        if any(mark in piece for piece in _pieces(archive, info.filename) for mark in FORBIDDEN):
            what = said("places/declares-entities", name=shortened(info.filename))
            raise BadInput(what, label, said("places/do.not-this-file"))


def _scanned(archive: zipfile.ZipFile, member: str, label: str) -> Scan:
    from openpyxl.utils import column_index_from_string

    def cell(letters: bytes, row: bytes) -> tuple[int, int]:
        return int(row) - 1, column_index_from_string(letters.decode()) - 1

    scan = Scan()
    seen: set[Merge] = set()
    read = counted = 0  # bytes of the member so far, and up to where formulas were counted
    for piece in _pieces(archive, member):
        read = max(read, len(piece)) if not read else read + len(piece) - LONGEST_MATCH
        for found in NO_RESULT.finditer(piece):
            start = read - len(piece) + found.start()
            scan.formulas_without_result += start >= counted
            counted = max(counted, read - len(piece) + found.end())
        for left, top, right, bottom in MERGED.findall(piece):
            seen.add(Merge(*cell(left, top), *cell(right, bottom)))
        if len(seen) > MOST_MERGES:
            remedy = said("places/do.sheet-csv")
            raise BadInput(said("places/many-merges", most=MOST_MERGES), label, remedy)
    scan.merges = sorted(seen, key=lambda each: (each.top, each.left))
    return scan


def _pieces(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    """The content of a member in pieces that overlap, so that nothing short is cut in two."""
    with archive.open(member) as stream:
        before = b""
        while piece := stream.read(PIECE):
            yield before + piece
            before = (before + piece)[-LONGEST_MATCH:]
