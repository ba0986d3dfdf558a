"""Which targets are reached and which are missed, read from the tables of the page itself."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

NUMBER = re.compile(r"(?<![\w.])\d[\d,]*\.?\d*(?:e-?\d+)?")
ORACLE, WITHIN = "oracle", 0.05
FOUND = "a fall by 60 % found, above 90 %"


@dataclass(frozen=True)
class Aim:
    """One row of a table that has a target: what, where, the target, our figures, and whether they reach it."""

    what: str
    where: str
    target: str
    figures: tuple[float, ...]
    reached: bool


def told(sections: Mapping[str, str]) -> str:
    """One line for each aim of the page: how often it is reached, and where it is missed with which figures."""
    aims: dict[tuple[str, str, str], list[Aim]] = {}
    for name, text in sections.items():
        for aim in aims_of(text):
            aims.setdefault((name, aim.what, aim.target), []).append(aim)
    lines = ["| table | what | target | reached | missed, with our figures |", "| --- | --- | --- | --- | --- |"]
    for (name, what, target), each in aims.items():
        missed = [f"{aim.where} ({_each(aim.figures)})".strip() for aim in each if not aim.reached]
        lines.append(f"| {name} | {what} | {target} | {len(each) - len(missed)} of {len(each)} | {'; '.join(missed)} |")
    return "\n".join(lines)


def aims_of(text: str) -> Iterator[Aim]:
    """The rows with a target that is a number in every table of a section."""
    for title, table in re.findall(r"(?:^###? (.*)\n+(?:[^|#].*\n+)*)?((?:^\|.*\n?)+)", text, re.MULTILINE):
        head, _, *rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in table.splitlines()]
        for row in rows:
            for column, name in enumerate(head):
                if name.startswith("target") and _numbers(row[column]):
                    yield _aim(title.split(",")[0].split(":")[0], head, row, column)
            if ORACLE in head and FOUND in row:
                yield _beside_the_oracle(head, row)


def _aim(title: str, head: Sequence[str], row: Sequence[str], column: int) -> Aim:
    target = row[column]
    named = head[column].removeprefix("target").strip()
    place = head.index(named) if named in head else max(_ours(head, column), default=column - 1)
    figures = _numbers(row[place])
    if "seeds" not in head[place]:
        figures = figures[:1]
    what, where = _words(title, head, row, head[place])
    bound = _numbers(target)[0]
    if target.startswith("within"):  # what was said, and what was seen
        said, seen = _numbers(row[place])[:2]
        return Aim(what, where, target, (said, seen), reached=abs(said - seen) <= bound)
    if not figures:
        return Aim(what, where, target, figures, reached=row[place] == "none named")
    reached = min(figures) >= bound if target.startswith("at least") else max(figures) <= bound
    return Aim(what, where, target, figures, reached)


def _beside_the_oracle(head: Sequence[str], row: Sequence[str]) -> Aim:
    """Power within so many points of who knows the parameters of the simulator."""
    ours = _numbers(row[max(_ours(head, len(head)))])
    best = _numbers(row[head.index(ORACLE)])[0]
    reached = min(ours) >= best - WITHIN
    return Aim(FOUND, f"{row[0]}: the oracle {best:g}", "at most five points less than the oracle", ours, reached)


def _ours(head: Sequence[str], before: int) -> list[int]:
    return [place for place, name in enumerate(head[:before]) if "ours" in name]


def _words(title: str, head: Sequence[str], row: Sequence[str], figure: str) -> tuple[str, str]:
    """What is measured, and where; a table without a column for what says it in its title and the head of a column."""
    if "what" in head:
        return row[head.index("what")], next((row[head.index(each)] for each in ("data", "regime") if each in head), "")
    return f"{title}: {figure}", row[0]


def _numbers(cell: str) -> tuple[float, ...]:
    return tuple(float(each.replace(",", "")) for each in NUMBER.findall(cell))


def _each(figures: Sequence[float]) -> str:
    return " / ".join(f"{figure:g}" for figure in figures)
