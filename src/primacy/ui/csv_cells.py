"""CSV lines that no spreadsheet takes for formulae, and the notice that stands above them."""

import csv
import io
from collections.abc import Iterable, Mapping

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
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
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) or text.startswith(FORMULA_STARTS) else text


def csv_line(values: Iterable[object]) -> str:
    """One line of a CSV file, ended as spreadsheets expect."""
    target = io.StringIO()
    csv.writer(target, lineterminator="\r\n").writerow([safe_cell(value) for value in values])
    return target.getvalue()
