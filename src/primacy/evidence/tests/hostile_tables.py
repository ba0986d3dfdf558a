"""Ways to damage the rows of a table, and its text."""

import csv
import io
from collections.abc import Callable
from random import Random

from primacy.evidence.tests.hostile_words import word

Rows = list[list[str]]
COORDINATES = ("longitude", "latitude", "lon", "lat", "longdec", "latdec", "#geo+lat", "#geo+lon")
MARKS = ",;\t|"
MOST_CELLS = 500_000


def rows_of(text: str) -> tuple[Rows, str]:
    """The rows of a table, remarks too, and the mark that parts its fields."""
    mark = ";" if text.split("\n")[0].count(";") > text.split("\n")[0].count(",") else ","
    return [row for row in csv.reader(io.StringIO(text), delimiter=mark) if row], mark


def text_of(rows: Rows, mark: str) -> str:
    target = io.StringIO()
    csv.writer(target, delimiter=mark, lineterminator="\n").writerows(rows)
    return target.getvalue()


def _place(rows: Rows, random: Random, *, below: bool = False) -> tuple[int, int]:
    """A row and a column; `below` the first row, where there is one."""
    row = random.randrange(min(1, len(rows) - 1) if below else 0, len(rows))
    return row, random.randrange(len(rows[row]) or 1)


def _cell(rows: Rows, random: Random) -> None:
    for _ in range(random.choice((1, 1, 2, 5))):
        row, column = _place(rows, random, below=True)
        rows[row][column : column + 1] = [word(random)]


def _column(rows: Rows, random: Random) -> None:
    _, column = _place(rows, random)
    said = word(random)
    for row in rows[1:]:
        row[column : column + 1] = [said]


def _header_cell(rows: Rows, random: Random) -> None:
    column = random.randrange(len(rows[0]) or 1)
    name = "".join(rows[0][column : column + 1])
    other = random.choice((name.upper(), f" {name}\u200b", name + name, f"\ufeff{name}", name[:-1], word(random)))
    rows[0][column : column + 1] = [other]


def _swap_columns(rows: Rows, random: Random) -> None:
    """Two columns under each other's names; often longitude and latitude."""
    points = [place for place, name in enumerate(rows[0]) if name.lower() in COORDINATES]
    one, other = points[:2] if len(points) > 1 and random.random() < 0.5 else (_place(rows, random)[1] for _ in "ab")
    for row in rows[1:]:
        if max(one, other) < len(row):
            row[one], row[other] = row[other], row[one]


def _at_sea(rows: Rows, random: Random) -> None:
    said = random.choice(("-30", "0", "91", "181", "1e300", "nan", "0.5"))
    for place in [place for place, name in enumerate(rows[0]) if name.lower() in COORDINATES]:
        for row in rows[1:]:
            row[place : place + 1] = [said]


def _reorder(rows: Rows, random: Random) -> None:
    order = list(range(len(rows[0])))
    random.shuffle(order)
    rows[:] = [[row[place] for place in order if place < len(row)] for row in rows]


def _drop_column(rows: Rows, random: Random) -> None:
    _, column = _place(rows, random)
    for row in rows:
        del row[column : column + 1]


def _double_column(rows: Rows, random: Random) -> None:
    _, column = _place(rows, random)
    for row in rows:
        row += row[column : column + 1]


def _more_columns(rows: Rows, random: Random) -> None:
    count = random.choice((1, 20, 1_500, 1_999, 2_500, 100_000))
    same = random.random() < 0.3
    rows[0] += ["" if same else f"c{n}" for n in range(count)]
    del rows[2 + MOST_CELLS // count :]
    for row in rows[1:]:
        row += [""] * count


def _drop_row(rows: Rows, random: Random) -> None:
    del rows[random.choice((0, 0, random.randrange(len(rows))))]


def _only_header(rows: Rows, random: Random) -> None:
    del rows[random.choice((1, 1, 2, 0)) :]


def _repeat_row(rows: Rows, random: Random) -> None:
    row = list(rows[random.choice((0, random.randrange(len(rows))))])
    for _ in range(min(random.choice((1, 1, 3, 500)), MOST_CELLS // (len(row) or 1))):
        rows.insert(random.randrange(len(rows) + 1), list(row))


def _other_width(rows: Rows, random: Random) -> None:
    row = rows[random.randrange(len(rows))]
    if random.random() < 0.5:
        del row[random.randrange(len(row) or 1) :]
    else:
        row += [word(random) for _ in range(random.choice((1, 3, 50)))]


def _blank_rows(rows: Rows, random: Random) -> None:
    for _ in range(min(random.choice((1, 5, 2_000)), MOST_CELLS // (len(rows[0]) or 1))):
        rows.insert(random.randrange(len(rows) + 1), random.choice(([], [""], [""] * len(rows[0]), ["# remark"])))


def _shuffle(rows: Rows, random: Random) -> None:
    random.shuffle(rows)


ROWS: tuple[Callable[[Rows, Random], None], ...] = (
    _cell, _cell, _cell, _cell, _column, _column, _header_cell, _swap_columns, _at_sea, _reorder, _drop_column, _double_column,
    _more_columns, _drop_row, _only_header, _repeat_row, _other_width, _blank_rows, _shuffle,
)  # fmt: skip


# ---- the text


def _unclosed(text: str, random: Random) -> str:
    at = random.randrange(len(text) + 1)
    return f'{text[:at]}"{text[at:]}'


def _insert(text: str, random: Random) -> str:
    at = random.randrange(len(text) + 1)
    return text[:at] + word(random) + text[at:]


def _cut(text: str, random: Random) -> str:
    return text[: random.randrange(len(text) + 1)]


def _other_mark(text: str, random: Random) -> str:
    return text.replace(random.choice(MARKS), random.choice(MARKS), random.choice((1, 3, -1)))


def _line_ends(text: str, random: Random) -> str:
    return text.replace(
        "\n", random.choice(("\r\n", "\r", "\n\n", "\r\r\n", "\u2028", " ", "")), random.choice((1, -1))
    )


def _all_quoted(text: str, random: Random) -> str:
    return "\n".join(random.choice((f'"{line}"', line, f"'{line}'")) for line in text.split("\n"))


def _before(text: str, random: Random) -> str:
    starts = ("sep=;\n", "sep=,\n", "\ufeff\ufeff", "\n" * 50, "Title\n\n", "# coverage: contact; XX; 2024-02-30 to x; complete\n",
              "<?xml version='1.0'?>", "PAR1", "{", "[1,", "%PDF-1.7\n", "# " + "x" * 300_000 + "\n", "# source type: rumour\n")  # fmt: skip
    return random.choice(starts) + text


def _after(text: str, random: Random) -> str:
    return text + random.choice(("\n" * 300, "\x1a", "\0" * 512, "Total,,,\n", ",,,,,\n", text, "# end", " " * 5_000))


TEXTS: tuple[Callable[[str, Random], str], ...] = (
    _unclosed, _insert, _insert, _cut, _other_mark, _line_ends, _all_quoted, _before, _after,
)  # fmt: skip


def damaged_table(text: str, random: Random) -> str:
    """A table with up to three things wrong in its rows, and perhaps in its text."""
    rows, mark = rows_of(text)
    for _ in range(random.choice((0, 1, 1, 1, 2, 3))):
        if rows and rows[0]:
            random.choice(ROWS)(rows, random)
    text = text_of(rows, mark)
    return random.choice(TEXTS)(text, random) if random.random() < 0.3 else text


def damaged_text(text: str, random: Random) -> str:
    return random.choice(TEXTS)(text, random)
