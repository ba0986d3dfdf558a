"""The first lines of a CSV: comments, a spreadsheet's own line about the separator, and the names of the columns."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from primacy.framework.saying import Said, said
from primacy.places.errors import BadInput, listed
from primacy.places.files.files import HEAD
from primacy.places.files.headings import at

MOST_COLUMNS = 2_000
DELIMITERS = ",;\t|"
TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # unseen marks of the direction of writing
DELIMITER_SAID = re.compile(r'"?sep=([,;\t|])"?\s*', re.IGNORECASE)


@dataclass(frozen=True)
class Comment:
    """A remark above the columns: what stands after the #, and where."""

    line: int
    text: str


MANY_COLUMNS = 1_000  # in a line without an end: then it is a table, and no other file


@dataclass(frozen=True)
class Header:
    """Columns, how they are parted, comment lines above, lines used up: the last of them names the columns."""

    columns: tuple[str, ...]
    delimiter: str
    comments: tuple[Comment, ...]
    lines: int


def header(head: bytes, label: str) -> Header:
    """Read the header from the first bytes of a file (already UTF-8). Raises BadInput if there is none.

    Lines that begin with # above it are comments; a line `sep=;` says the separator.
    """
    if b"\n" not in head and len(head) >= HEAD:
        parted = max(head.count(mark.encode()) for mark in DELIMITERS)
        if parted > MANY_COLUMNS:
            what = said("places/more-columns", count=parted, most=HEAD // 1024)
            raise BadInput(what, label, said("places/do.line-ends"))
        raise BadInput(said("places/no-line-end", most=HEAD // 1024), label, said("places/do.check-csv"))
    text = head.decode("utf-8", "ignore")
    comments: list[Comment] = []
    stated = ""
    used = position = 0
    for line in io.StringIO(text, newline="\n"):
        delimiter = DELIMITER_SAID.fullmatch(line)
        stated = delimiter[1] if delimiter else stated
        if line.strip() and not delimiter and not line.lstrip('" \ufeff').startswith("#"):
            break
        used += 1
        position += len(line)
        if line.strip() and not delimiter:
            comments.append(Comment(used, line.strip().strip('",; \t')))
    else:
        raise BadInput(said("places/no-header"), label, said("places/do.names-first"))
    delimiter_used, names, lines = _columns(text[position:], stated, label, used + 1)
    return Header(names, delimiter_used, tuple(comments), used + lines)


def header_at(head: bytes, label: str, first: int, last: int) -> Header:
    """The header in the lines `first` to `last` (from 1), wherever they stand; remarks above them are kept."""
    lines = head.decode("utf-8", "ignore").split("\n")
    if not 1 <= first <= last < len(lines):
        raise BadInput(said("places/no-header-line", line=last), label, said("places/do.header-lines"))
    delimiter = max(DELIMITERS, key=lambda mark: len(_record(lines[last - 1], mark)[0]))
    rows = [[text.strip() for text in _record(line, delimiter)[0]] for line in lines[first - 1 : last]]
    names = at(rows, 0, len(rows) - 1).names
    above = [(place, line.strip()) for place, line in enumerate(lines[: first - 1], 1)]
    comments = tuple(Comment(place, text.strip('",; \t')) for place, text in above if text.lstrip('" ').startswith("#"))
    columns = tuple(name or f"column {place}" for place, name in enumerate(names, 1))
    return Header(columns, delimiter, comments, last)


def known_by(head: bytes, label: str, needed: tuple[str, ...], what: Said) -> Said | None:
    """Why a file is `what`: its first line has the columns `needed`. None if it has not."""
    try:
        columns = header(head, label).columns
    except BadInput:
        return None
    return by_its_columns(needed, what) if set(needed) <= set(columns) else None


def by_its_columns(names: Sequence[str], what: Said) -> Said:
    """Why a file is `what`: these are the columns of such."""
    return said("places/columns-of", names=listed(names, 4), what=what)


def _columns(text: str, stated: str, label: str, first: int) -> tuple[str, tuple[str, ...], int]:
    """(delimiter, columns, lines they take up): the delimiter is the one that parts most columns, unless it is said."""
    records = [(mark, *_record(text, mark)) for mark in stated or DELIMITERS]
    delimiter, names, lines = max(records, key=lambda each: len(each[1]))
    if not names:
        raise BadInput(
            said("places/no-first-line"), said("places/at.line", file=label, line=first), said("places/do.save-again")
        )
    if lines > 1 and "".join(islice(io.StringIO(text, newline="\n"), lines)).count('"') % 2:
        raise BadInput(
            said("places/header-quotation"), said("places/at.line", file=label, line=first),
            said("places/do.close-quotation"),
        )  # fmt: skip
    if len(names) > MOST_COLUMNS:
        remedy = said("places/do.fewer-columns", most=MOST_COLUMNS)
        raise BadInput(said("places/many-columns", count=len(names)), label, remedy)
    seen = (TURNING.sub("", name) for name in names)
    columns = tuple(name.strip(" \t\n\ufeff\u200b\xa0") or f"column {place}" for place, name in enumerate(seen, 1))
    return delimiter, columns, lines


def _record(text: str, delimiter: str) -> tuple[list[str], int]:
    """The first record and the lines that it takes up; nothing where it is none with this delimiter."""
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter)
    try:
        return next(reader), reader.line_num
    except (csv.Error, StopIteration):
        return [], 0
