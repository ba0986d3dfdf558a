"""CSV lines that no spreadsheet takes for formulae, and the notice that stands above them."""

import csv
import io
import re
from collections.abc import Iterable, Mapping

COMPUTED = re.compile(r"[\t\r\n]|[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@＝＋－＠]")
"""What spreadsheets compute, some of them behind spaces that nobody sees, or written wide as in East Asia."""
BEHIND_A_QUOTE = re.compile(r"([;\t]\s*)(?=[=+\-@＝＋－＠])")  # where a quotation mark before it ends the cell there
OTHER_SEPARATORS = re.compile(r"[;\t]")  # at which a spreadsheet of another country would begin a cell
ARCHIVES = "Archives of the United Nations are inviolable."
"""On everything that is handed out, in one language wherever it comes from: a seized file must say so to anybody."""
FIRST_LINE = f"# {ARCHIVES}\r\n"


def safe_cell(value: object) -> str:
    """A value as the text of one cell: what a spreadsheet would compute gets an apostrophe before it.

    Numbers stay numbers, negative ones too. A mapping is written as `name=value`, joined by semicolons.
    """
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    text = "; ".join(f"{key}={each}" for key, each in value.items()) if isinstance(value, Mapping) else str(value)
    if '"' in text:
        text = BEHIND_A_QUOTE.sub(r"\1'", text)
    return f"'{text}" if COMPUTED.match(text) else text


def as_written(cell: str) -> str:
    """A cell of a table that was exported, without the apostrophe that kept a spreadsheet from computing it."""
    return cell[1:] if cell.startswith("'") and COMPUTED.match(cell[1:]) else cell


def csv_line(values: Iterable[object]) -> str:
    """One line of a CSV file, ended as spreadsheets expect."""
    cells, target = [safe_cell(value) for value in values], io.StringIO()
    if any(map(OTHER_SEPARATORS.search, cells)):
        csv.writer(target, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerow(cells)
    else:
        csv.writer(target, lineterminator="\r\n").writerow(cells)
    return target.getvalue()
