"""The open questions of a drafted mapping as fields of a form: what is asked, what may be answered, and the answers put
in their places."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from primacy.evidence.kinds import KINDS
from primacy.evidence.mapped.mapping import QUESTION
from primacy.evidence.mapped.mapping_files import known_categories
from primacy.places.names import plain

ASKED = re.compile(rf'(?P<key>"(?:[^"\\]|\\.)*"|[\w-]+): (?P<ask>{QUESTION})(?=[\s,}}\]]|$)')
FORMS = ("day-month-year", "month-day-year", "year-month-day", "month", "quarter", "year", "serial")
COLUMN = "column: "  # before an answer that names a column where it could also be something else
DAY = "day"  # the column of the day, where its forms are known
OF_COLUMNS = ("column", "code", "date", DAY, "item", "record", "until")


@dataclass(frozen=True)
class Asked:
    """One question.

    place     counts the questions of the text from 0
    key       the field of the mapping; `about` a text of the table, where it is asked what that means
    choices   what may be answered, None: anything; `columns` those that may be named instead
    """

    place: int
    key: str
    about: str
    why: str
    choices: tuple[str, ...] | None
    columns: tuple[str, ...] = ()


def questions(text: str, columns: Sequence[str] = (), categories: Sequence[str] = ()) -> list[Asked]:
    """Every question that the text of a mapping still asks, in order; `categories` are those that rules read."""
    found: list[Asked] = []
    lines = text.split("\n")
    kind = re.search(r"(?m)^kind: ([\w-]+)", text)
    for number, line in enumerate(lines):
        if line.lstrip().startswith("#"):
            continue
        for match in ASKED.finditer(line):
            key, about = _key(match["key"], lines[:number], line)
            key = DAY if key == "column" and line.startswith("date:") else key
            why = lines[number - 1].strip().removeprefix("#").strip() if _remark(lines, number) else ""
            named = tuple(columns) if key == "category" and not about else ()
            found.append(
                Asked(len(found), key, about, why, _choices(key, kind[1] if kind else "", columns, categories), named)
            )
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
        if not each.strip() or each.lstrip().startswith("#") or indent >= depth:
            continue
        if name != "values":
            return name, json.loads(written)
        depth = indent
    return "", json.loads(written)


def _choices(key: str, kind: str, columns: Sequence[str], categories: Sequence[str]) -> tuple[str, ...] | None:
    if key == "kind":
        return tuple(KINDS)
    if key == "forms":
        return FORMS
    if key == "decimal":
        return (".", ",")
    if key == "measure":
        among = [KINDS[kind]] if kind in KINDS else list(KINDS.values())
        return tuple(dict.fromkeys(measure for each in among for measure in each.measures))
    if key == "category":
        of_incidents = known_categories().values() if kind == "incident" else ()
        return tuple(sorted({*of_incidents, *categories}))
    return tuple(columns) if key in OF_COLUMNS else None


def answered(text: str, answers: Mapping[int, str], texts: Mapping[str, Sequence[str]] | None = None) -> str:
    """The text with answers in the place of questions; an empty one leaves its question.

    texts   column -> what stands in it: where a column is said to sort events, each of its texts is asked about next
    """
    place = -1
    asked = {each.place: each for each in questions(text, list(texts or {}))}

    def put(match: re.Match[str]) -> str:
        nonlocal place
        place += 1
        answer, question = answers.get(place, "").strip(), asked.get(place)
        if not answer:
            return match[0]
        if question is not None and question.key == "category" and not question.about:
            return f"{match['key']}: {_category(answer, texts or {})}"
        return f"{match['key']}: {_quoted(answer)}"

    lines = [line if line.lstrip().startswith("#") else ASKED.sub(put, line) for line in text.split("\n")]
    return "\n".join(lines)


ENTERED = re.compile(r'^entered: \{column: (?P<name>"(?:[^"\\]|\\.)*")', re.MULTILINE)


def entered_of(text: str) -> str:
    """The column of a draft that says from when on a line was known; empty without one."""
    found = ENTERED.search(text)
    return json.loads(found["name"]) if found else ""


def with_entered(text: str, fresh: Sequence[str]) -> str:
    """The text of a mapping with these lines on the column that says from when on a line was known, in the place of
    those that it has; none take it out."""
    blocks = _blocks(text.split("\n"))
    kept = [block for block in blocks if not _begins(block, "entered")]
    after = next((place for place, block in enumerate(kept, 1) if _begins(block, "until")), 0) or next(
        (place for place, block in enumerate(kept, 1) if _begins(block, "date")), len(kept)
    )
    return "\n".join(line for block in (*kept[:after], list(fresh), *kept[after:]) for line in block)


def _blocks(lines: Sequence[str]) -> list[list[str]]:
    """Each field with the remarks above it and all that stands below it further in."""
    found: list[list[str]] = [[]]
    for line in lines:
        field = line[:1] not in ("", " ", "#", "-")
        if found[-1] and any(each[:1] not in ("", " ", "#") for each in found[-1]) and (field or line[:1] == "#"):
            found.append([])
        found[-1].append(line)
    return found


def _begins(block: Sequence[str], field: str) -> bool:
    return any(line.startswith(f"{field}:") for line in block)


def _category(answer: str, texts: Mapping[str, Sequence[str]]) -> str:
    """One category of all lines, or a column whose texts are to be translated."""
    column = answer.removeprefix(COLUMN)
    if not answer.startswith(COLUMN) or column not in texts:
        return f"{{always: {_quoted(answer)}}}"
    known = known_categories()
    lines = [
        f"    {_quoted(each)}: {_quoted(known[plain(each)]) if plain(each) in known else QUESTION}"
        for each in texts[column]
    ]
    return "\n".join([f"\n  column: {_quoted(column)}", "  other: refuse", "  values:", *lines]).replace(" \n", "\n")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
