"""The chain of the audit trail: each entry carries the hash of the one before it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

FIRST = "0" * 64


@dataclass(frozen=True)
class Link:
    """What an entry of the trail says; `at` in UTC."""

    number: int
    at: datetime
    actor: str
    deed: str
    subject: str
    detail: dict[str, Any]
    previous: str
    hash: str = ""

    def computed(self) -> str:
        """SHA-256 over every field and the hash before, as canonical JSON."""
        content = [
            self.number, self.at.astimezone(UTC).isoformat(timespec="microseconds"), self.actor, self.deed,
            self.subject, self.detail, self.previous,
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Verdict:
    """How many entries were read, the last hash to note down elsewhere, and every break of the chain."""

    entries: int
    last: str
    breaks: tuple[str, ...]

    @property
    def sound(self) -> bool:
        return not self.breaks


def verify(links: Iterable[Link]) -> Verdict:
    """Read the chain from its first entry. A removed tail shows only against a last hash kept elsewhere."""
    previous, number, breaks = FIRST, 0, []
    for link in links:
        if link.number != number + 1:
            breaks.append(f"entries {number + 1} to {link.number - 1} are missing")
        elif link.previous != previous:
            breaks.append(f"entry {link.number} does not follow from entry {number}")
        if link.hash != link.computed():
            breaks.append(f"entry {link.number} was changed after it was written")
        previous, number = link.hash, link.number
    return Verdict(number, previous, tuple(breaks))
