"""What would have been said of the Central African Republic in each month from 2008 to 2022.

    python bench/case.py

The replay behind `docs/case-car.md`, with its mission file and its data: 169 months, each judged with what was known
45 days after its date. It draws `docs/images/case-car.svg` and counts the months by status. A run takes ten minutes.
"""

import csv
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from possible import HERE, PRIMACY, REFERENCE

PAGE, PICTURE = HERE / "docs" / "case-car.md", HERE / "docs" / "images" / "case-car.svg"
SHOWN = ("O2.S1", "O2.M2", "O2.L1")
FROM, TO = "2008-12-31", "2022-12-31"
HAPPENED = [
    ("2013-03-24", "Bangui falls"),
    ("2014-09-15", "MINUSCA"),
    ("2017-05-13", "Bangassou"),
    ("2019-02-06", "Khartoum"),
    ("2020-12-17", "CPC"),
]
COLOURS = {"not met": "#b3452c", "insufficient evidence": "#d9d4c7", "met": "#2f7d4f", "progressing": "#8fbf9f"}
OTHER = "#8a8f98"
LEFT, TOP, MONTH, ROW = 60, 40, 4, 30
Row = dict[str, str]


def table() -> str:
    """The picture, and how many months each benchmark stood where."""
    if not REFERENCE.is_dir():
        return "Not measured here: the real data are not at hand."
    with tempfile.TemporaryDirectory() as folder:
        return told(_replayed(Path(folder)))


def told(text: str) -> str:
    """From the CSV of the replay: writes the picture, returns the table."""
    rows = list(csv.DictReader(text.splitlines()))
    PICTURE.write_text(picture(rows), encoding="utf-8")
    lines = ["| benchmark | " + " | ".join(("not met", "insufficient evidence", "other")) + " | not met in |"]
    lines.append("|---|---|---|---|---|")
    for id in SHOWN:
        own = [row for row in rows if row["benchmark"] == id]
        no, unknown = (sum(row["status"] == status for row in own) for status in ("not met", "insufficient evidence"))
        lines.append(f"| {id} | {no} | {unknown} | {len(own) - no - unknown} | {'; '.join(_spans(own))} |")
    return "\n".join([*lines, "", "![Statuses by month](images/case-car.svg)"])


def _spans(rows: Iterable[Row]) -> list[str]:
    """The runs of months that were not met, `2013-02 to 2014-09`."""
    runs = [list(run) for no, run in groupby(rows, key=lambda row: row["status"] == "not met") if no]
    return [" to ".join(dict.fromkeys((run[0]["as_of"][:7], run[-1]["as_of"][:7]))) for run in runs]


def picture(rows: Sequence[Row]) -> str:
    """An SVG: a band for each benchmark, a column for each month, a line for what happened."""
    months = sorted({row["as_of"] for row in rows})
    width, height = LEFT + MONTH * len(months) + 20, TOP + ROW * len(SHOWN) + 46
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" font-family="sans-serif"'
        ' font-size="11">',
        "<title>Status of three benchmarks in each month, Central African Republic, 2008 to 2022</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for band, id in enumerate(SHOWN):
        up = TOP + ROW * band
        parts.append(f'<text x="{LEFT - 8}" y="{up + 16}" text-anchor="end">{id}</text>')
        own = [row["status"] for row in rows if row["benchmark"] == id]
        place = 0
        for status, run in groupby(own):
            length = len(list(run))
            parts.append(
                f'<rect x="{LEFT + MONTH * place}" y="{up}" width="{MONTH * length}" height="{ROW - 8}"'
                f' fill="{COLOURS.get(status, OTHER)}"><title>{status}</title></rect>'
            )
            place += length
    parts += [_year(months, year, height) for year in range(2009, 2023)]
    parts += [_event(months, day, name, place, height) for place, (day, name) in enumerate(HAPPENED)]
    parts += _legend(height)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _across(months: Sequence[str], day: str) -> int:
    return LEFT + MONTH * sum(month < day for month in months)


def _year(months: Sequence[str], year: int, height: int) -> str:
    return f'<text x="{_across(months, f"{year}-01-01")}" y="{height - 32}">{year}</text>'


def _event(months: Sequence[str], day: str, name: str, place: int, height: int) -> str:
    x, y = _across(months, day), 14 + 14 * (place % 2)
    return (
        f'<path d="M{x} {y + 3}V{height - 46}" stroke="#222"/><text x="{x}" y="{y}" text-anchor="middle">{name}</text>'
    )


def _legend(height: int) -> list[str]:
    return [
        f'<rect x="{LEFT + 160 * place}" y="{height - 20}" width="12" height="12" fill="{COLOURS[status]}"/>'
        f'<text x="{LEFT + 160 * place + 18}" y="{height - 10}">{status}</text>'
        for place, status in enumerate(("not met", "insufficient evidence"))
    ]


def _replayed(folder: Path) -> str:
    """The commands of the page up to its first assessment, then the replay; its CSV."""
    text = PAGE.read_text(encoding="utf-8")
    found = os.environ | {"FILES": str(REFERENCE), "PRIMACY_DATA": str(folder), "PRIMACY": PRIMACY}

    def run(line: str) -> None:
        command = ["bash", "-c", line.replace("primacy ", '"$PRIMACY" ', 1)]
        subprocess.run(command, check=True, env=found, stdout=sys.stderr)

    run("primacy init --country CAF")
    (folder / "mission.yaml").write_text(re.findall(r"```yaml [^\n]+\n(.*?)```", text, re.DOTALL)[0], encoding="utf-8")
    run(re.findall(r"^\$ (primacy import .*)$", text, re.MULTILINE)[0])
    only = " ".join(f"--only {id}" for id in SHOWN)
    kept = folder / "replay.csv"
    run(f"primacy backtest --from {FROM} --to {TO} --every 1m --knowledge lagged:45d {only} --csv {kept}")
    return kept.read_text(encoding="utf-8")


if __name__ == "__main__":
    print(table())
