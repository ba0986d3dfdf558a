"""Writes about places: what names mean. Each decision leaves an entry in the audit trail."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from primacy.access.models import User
from primacy.access.services import record
from primacy.places.decisions import decide


def decide_names(*, by: User, folder: Path, choices: Sequence[tuple[str, str]]) -> None:
    """Remember what written names mean: (name, P-code or `none`)."""
    decide(folder, choices, by=by.username, at=datetime.now(UTC))
    for written, code in choices:
        record(by, "decided what a name means", written, {"code": code})
