"""The open questions of a drafted mapping as fields of a form: what is asked, what may be answered, and the answers put
in their places."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from primacy.evidence.kinds import KINDS
from primacy.evidence.mapping import QUESTION
from primacy.evidence.mapping_files import known_categories

ASKED = re.compile(rf'(?P<key>"(?:[^"\\]|\\.)*"|[\w-]+): (?P<ask>{QUESTION})(?=[\s,}}\]]|$)')
FORMS = ("day-month-year", "month-day-year", "year-month-day", "month", "quarter", "year", "serial")
OF_COLUMNS = ("column", "code", "date", "item", "until")


@dataclass(frozen=True)
class Asked:
    """One question. `place` counts the questions of the text from 0; `key` is the field of the mapping, `about` the
    text of the table that is asked about where the field is one; `choices` are what may be answered, None: anything."""

    place: int
    key: str
    about: str
    why: str
    choices: tuple[str, ...] | None


def questions(text: str, columns: Sequence[str] = ()) -> list[Asked]:
    """Every question that the text of a mapping still asks, in order."""
    found: list[Asked] = []
    lines = text.split("\n")
    kind = re.search(r"(?m)^kind: ([\w-]+)", text)
    for number, line in enumerate(lines):
        if line.lstrip().startswith("#"):
            continue
        for match in ASKED.finditer(line):
            key, about = _key(match["key"], lines[:number], line)
            why = lines[number - 1].strip().removeprefix("#").strip() if _remark(lines, number) else ""
            found.append(Asked(len(found), key, about, why, _choices(key, kind[1] if kind else "", columns)))
    return found


def _remark(lines: Sequence[str], number: int) -> bool:
    return number > 0 and lines[number - 1].lstrip().startswith("#")


def _key(written: str, above: Sequence[str], line: str) -> tuple[str, str]:
    """(field, text of the table): inside `values` the field is that of the table around it."""
    if not written.startswith('"'):
        return written, ""
    depth = len(line) - len(line.lstrip())
    for each in reversed(above):
        indent, name = len(each) - len(each.lstrip()), each.strip().lstrip("- ").rstrip(":")
        if each.strip() and not each.lstrip().startswith("#") and indent < depth and name != "values":
            return name, json.loads(written)
    return "", json.loads(written)


def _choices(key: str, kind: str, columns: Sequence[str]) -> tuple[str, ...] | None:
    if key == "kind":
        return tuple(KINDS)
    if key == "forms":
        return FORMS
    if key == "decimal":
        return (".", ",")
    if key == "measure":
        return tuple(KINDS[kind].measures) if kind in KINDS else tuple(sorted({m for k in KINDS.values() for m in k.measures}))
    if key == "category":
        return tuple(sorted(set(known_categories().values())))
    return tuple(columns) if key in OF_COLUMNS else None


def answered(text: str, answers: Mapping[int, str]) -> str:
    """The text with answers in the place of questions; an empty one leaves its question."""
    place = -1

    def put(match: re.Match[str]) -> str:
        nonlocal place
        place += 1
        answer = answers.get(place, "").strip()
        return f"{match['key']}: {json.dumps(answer, ensure_ascii=False)}" if answer else match[0]

    lines = [line if line.lstrip().startswith("#") else ASKED.sub(put, line) for line in text.split("\n")]
    return "\n".join(lines)
