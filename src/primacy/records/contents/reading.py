"""The words of a kept file, for the search: within limits, and never a reason to fail."""

import io
from collections.abc import Iterator

MOST_LETTERS, MOST_PAGES, MOST_CELLS = 1_000_000, 500, 200_000


def words_of(data: bytes, kind: str) -> str:
    """Its text; empty for pictures. Errors of the libraries are the caller's: it runs this apart."""
    parts, length = [], 0
    for part in {"pdf": _pdf, "word": _word, "excel": _excel, "text": _plain, "csv": _plain}.get(kind, _none)(data):
        parts.append(part)
        length += len(part) + 1
        if length > MOST_LETTERS:
            break
    return "\n".join(parts)[:MOST_LETTERS]


def _none(_data: bytes) -> Iterator[str]:
    yield from ()


def _plain(data: bytes) -> Iterator[str]:
    yield data.decode(errors="replace")


def _pdf(data: bytes) -> Iterator[str]:
    from pypdf import PdfReader

    for page in PdfReader(io.BytesIO(data)).pages[:MOST_PAGES]:
        yield page.extract_text()


def _word(data: bytes) -> Iterator[str]:
    from docx import Document

    document = Document(io.BytesIO(data))
    for part in document.iter_inner_content():
        if hasattr(part, "rows"):
            for row in part.rows:
                yield " ".join(cell.text for cell in row.cells)
        else:
            yield part.text


def _excel(data: bytes) -> Iterator[str]:
    from openpyxl import load_workbook

    left = MOST_CELLS
    for sheet in load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets:
        for row in sheet.iter_rows(values_only=True):
            left -= len(row)
            if left < 0:
                return
            if text := " ".join(str(cell) for cell in row if cell is not None):
                yield text
