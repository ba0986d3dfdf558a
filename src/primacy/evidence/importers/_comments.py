"""What comment lines above a hand-made table say of its source and coverage."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

from primacy.evidence.datasets import Coverage, SourceType
from primacy.evidence.errors import BadInput, shortened
from primacy.evidence.kinds import KINDS

FORM = "Write: # coverage: KIND; AREA, AREA; 2024-01-01 to 2024-12-31; complete"
LINE = re.compile(r'"?#\s*(producer|source type|licence|citation|official for|coverage)\s*:\s*(.*)', re.IGNORECASE)


@dataclass(frozen=True)
class Comments:
    producer: str = ""
    source_type: SourceType = "producer"
    licence: str = ""
    citation: str = ""
    official_for: tuple[str, ...] = ()
    coverage: tuple[Coverage, ...] = ()


def understood(comments: Sequence[str], label: str) -> Comments:
    """Read the comments; one that is empty or a placeholder in angle brackets says nothing."""
    said: dict[str, list[str]] = {}
    for comment in comments:
        found = LINE.match(comment)
        text = found[2].strip().strip('"').strip(",; \t") if found else ""
        if found and text and not text.startswith("<"):
            said.setdefault(found[1].lower(), []).append(text)
    kind_of_source = said.get("source type", ["producer"])[-1].lower()
    if kind_of_source not in get_args(SourceType):
        raise BadInput(
            f"says source type '{shortened(kind_of_source)}'", label, f"Write one of {', '.join(get_args(SourceType))}"
        )
    official = tuple(each.strip() for text in said.get("official for", ()) for each in text.split(",") if each.strip())
    for kind in official:
        _known(kind, label)
    return Comments(
        producer=said.get("producer", [""])[-1], source_type=kind_of_source,  # type: ignore[arg-type]
        licence=said.get("licence", [""])[-1], citation=said.get("citation", [""])[-1], official_for=official,
        coverage=tuple(_coverage(text, label) for text in said.get("coverage", ())),
    )  # fmt: skip


def _coverage(text: str, label: str) -> Coverage:
    parts = [part.strip() for part in text.split(";")]
    if len(parts) not in (4, 5) or parts[3] not in ("complete", "partial"):
        raise BadInput(f"has a coverage that cannot be read ('{shortened(text)}')", label, FORM)
    days = re.fullmatch(r"(\d{4}-\d{2}-\d{2}) to (\d{4}-\d{2}-\d{2})", parts[2])
    try:
        start, end = (date.fromisoformat(day) for day in days.groups()) if days else (None, None)
    except ValueError:
        start = end = None
    if start is None or end is None or end < start:
        raise BadInput(f"has a coverage with an impossible period ('{shortened(parts[2])}')", label, FORM)
    areas = tuple(each.strip() for each in parts[1].split(",") if each.strip())
    if not areas:
        raise BadInput("has a coverage without areas", label, FORM)
    categories = tuple(each.strip() for each in parts[4].split(",") if each.strip()) if len(parts) == 5 else ()
    return Coverage(
        kind=_known(parts[0], label), categories=categories or None, targets=("*",), actors=("*",), groups=("*",),
        areas=areas, start=start, end=end, complete=parts[3] == "complete",
    )  # fmt: skip


def _known(kind: str, label: str) -> str:
    if kind not in KINDS:
        raise BadInput(f"names the kind '{shortened(kind)}', which is not in the list of kinds", label, FORM)
    return kind
