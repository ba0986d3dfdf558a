"""Plain text and tables as text: in one encoding, and with nothing that is no text."""

import csv
import io
import re
import unicodedata

from primacy.records.contents.kinds import Unfit
from primacy.ui.csv_cells import safe_cell

ENCODINGS = ("utf-8-sig", "utf-16", "cp1252")
NUMBER = re.compile(r"\s*[+-]?[\d.,\s%]*\d[\d.,\s%]*(?:[eE][+-]?\d+)?\s*")
MARKUP = re.compile(r"\s*<(?:!doctype|html|svg|script|\?xml|\?php)", re.IGNORECASE)
MOST_LINES = 1_000_000


def clean_text(data: bytes, *, table: bool) -> tuple[bytes, frozenset[str]]:
    """The same in UTF-8. Raises Unfit for bytes that are no text, for markup, and for a table with formulae."""
    text = _decoded(data)
    if MARKUP.match(text):
        raise Unfit("unknown")
    if table:
        _refuse_formulae(text)
    return text.encode(), frozenset()


def _decoded(data: bytes) -> str:
    for name in ENCODINGS:
        if name == "utf-16" and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if any(unicodedata.category(each) == "Cc" and each not in "\t\r\n\f" for each in text):
            break
        return text
    raise Unfit("unknown")


def _refuse_formulae(text: str) -> None:
    """A cell that a spreadsheet would compute when the file is opened."""
    for separator in (",", ";", "\t"):
        try:
            for line in csv.reader(io.StringIO(text), delimiter=separator):
                if any(safe_cell(cell) != cell and not NUMBER.fullmatch(cell) and cell != "-" for cell in line):
                    raise Unfit("formula")
        except csv.Error as error:
            raise Unfit("damaged") from error
