"""What comment lines above a hand-made table say of its source and coverage."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar, get_args

from primacy.evidence.errors import BadInput
from primacy.evidence.kinds import KINDS
from primacy.evidence.store.datasets import Coverage
from primacy.evidence.store.official import topic_of
from primacy.framework.grammar import SourceType
from primacy.framework.saying import Said, said
from primacy.places.files.faults import Fault, Faults
from primacy.places.files.headers import Comment

LINE = re.compile(
    r'"?#\s*(producer|source type|licence|citation|official for|no persons|coverage)\s*:\s*(.*)', re.IGNORECASE
)

Declared = Mapping[str, Sequence[tuple[int, str]]]
Meant = TypeVar("Meant")


@dataclass(frozen=True)
class Comments:
    """What was understood; what was not is in the `faults` of the table."""

    producer: str = ""
    source_type: SourceType = "producer"
    licence: str = ""
    citation: str = ""
    official_for: tuple[str, ...] = ()
    no_persons: tuple[str, ...] = ()  # columns of which somebody says that they name groups alone
    coverage: tuple[tuple[int, Coverage], ...] = ()  # each with its line


class Unclear(Exception):
    """A declaration that cannot be understood: field, value, and why."""

    def __init__(self, field: str, value: str, reason: Said) -> None:
        super().__init__(field, value, reason)
        self.field, self.value, self.reason = field, value, reason


def understood(comments: Sequence[Comment], faults: Faults) -> Comments:
    """Read the comments; one that is empty or a placeholder in angle brackets says nothing."""
    said: dict[str, list[tuple[int, str]]] = {}
    for comment in comments:
        found = LINE.match(comment.text)
        text = found[2].strip().strip('"').strip(",;| \t") if found else ""
        if found and text and not text.startswith("<"):
            said.setdefault(found[1].lower(), []).append((comment.line, text))

    return Comments(
        producer=_last(said, "producer"), licence=_last(said, "licence"), citation=_last(said, "citation"),
        source_type=next((kind for _, kind in reversed(_clear(said, "source type", _source_type, faults))), "producer"),
        official_for=tuple(kind for _, kinds in _clear(said, "official for", _kinds, faults) for kind in kinds),
        no_persons=tuple(each.strip() for _, text in said.get("no persons", ()) for each in text.split(",")),
        coverage=tuple(_clear(said, "coverage", _coverage, faults)),
    )  # fmt: skip


def _clear(said: Declared, key: str, read: Callable[[str], Meant], faults: Faults) -> list[tuple[int, Meant]]:
    """What the comments of a key mean, each with its line; one that is unclear is a fault."""
    clear: list[tuple[int, Meant]] = []
    for line, text in said.get(key, ()):
        try:
            clear.append((line, read(text)))
        except Unclear as error:
            faults.add(Fault(line, error.reason, error.field, error.value))
    return clear


def _last(said: Declared, key: str) -> str:
    return said[key][-1][1] if key in said else ""


def _source_type(text: str) -> SourceType:
    for known in get_args(SourceType):
        if text.lower() == known:
            return known  # type: ignore[no-any-return]
    raise Unclear("source type", text, said("evidence/source-type", names=get_args(SourceType)))


def _kinds(text: str) -> list[str]:
    try:
        return [topic_of(each) for each in text.split(",") if each.strip()]
    except BadInput as error:
        raise Unclear("official for", text, said("evidence/kind-not-listed", column="official for")) from error


def _coverage(text: str) -> Coverage:
    parts = [part.strip() for part in text.split(";")]
    if len(parts) not in (4, 5) or parts[3] not in ("complete", "partial"):
        raise Unclear("coverage", text, said("evidence/coverage-unread"))
    days = re.fullmatch(r"(\d{4}-\d{2}-\d{2}) to (\d{4}-\d{2}-\d{2})", parts[2])
    try:
        start, end = (date.fromisoformat(day) for day in days.groups()) if days else (None, None)
    except ValueError:
        start = end = None
    if start is None or end is None or end < start:
        raise Unclear("coverage", parts[2], said("evidence/coverage-period"))
    areas = tuple(each.strip() for each in parts[1].split(",") if each.strip())
    if not areas:
        raise Unclear("coverage", text, said("evidence/coverage-areas"))
    categories = tuple(each.strip() for each in parts[4].split(",") if each.strip()) if len(parts) == 5 else ()
    return Coverage(
        kind=_known(parts[0], "coverage"), categories=categories or None, targets=("*",), actors=("*",), groups=("*",),
        areas=areas, start=start, end=end, complete=parts[3] == "complete",
    )  # fmt: skip


def _known(kind: str, field: str) -> str:
    if kind not in KINDS:
        raise Unclear(field, kind, said("evidence/kind-not-listed", column=field))
    return kind
