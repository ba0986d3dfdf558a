"""Writes: stored packages are verified and handed out."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from primacy.access.models import User
from primacy.access.services import record
from primacy.assessment.inputs import FULL
from primacy.assessment.packages import package
from primacy.assessment.packages.signing import public_of
from primacy.assessment.services import hand_out
from primacy.framework import Instance

SHOWN = 30
KEPT_FOR = 24 * 3600  # seconds
Progress = Callable[[float], None]
Tree = dict[str, Any]


def outgoing() -> Path:
    """The folder of packages that wait to be downloaded; only the owner of the instance may look into it."""
    folder = Instance.here().folder / "outgoing"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def write_package(*, by: User, assessment_id: str, level: int, name: str) -> Path:
    """The package of a stored assessment, whole or of data points up to `level`, ready to be downloaded.

    Raises   LookupError where there is none. What was written a day ago and more is removed.
    """
    stored = Instance.here().package(assessment_id)
    if not stored.is_file():
        raise LookupError(assessment_id)
    for old in outgoing().glob("*.zip"):
        if time.time() - old.stat().st_mtime > KEPT_FOR:
            old.unlink(missing_ok=True)
    opened, path = package.read(stored), outgoing() / f"{name}.zip"
    hand_out(opened.inputs, opened.assessment, level=min(level, FULL), to=path, by=by)
    return path


def verify_package(*, by: User, path: Path, name: str, progress: Progress | None = None) -> Tree:
    """A package computed again, as plain data for a page: what differs, who signed it.

    Raises NotAPackage. The trail keeps that it was looked at, and what came of it.
    """
    found, own = package.verify(path, progress=progress), public_of(Instance.here().signing_key)
    seal = found.seal
    told: Tree = {
        "name": name,
        "same": not found.differences,
        "differing": len(found.differences),
        "differences": [
            {"field": each.field, "stored": str(each.stored), "computed": str(each.computed)}
            for each in found.differences[:SHOWN]
        ],
        "carried": list(found.carried),
        "page": found.page.state,
        "own_texts": found.page.own,
        "seal": seal.state,
        "by": seal.by,
        "fingerprint": seal.fingerprint,
        "own_key": own is not None and seal.key == own,
        "why": seal.why,
    }
    record(by, "verified a package", name, {"same": told["same"], "signature": seal.state})
    return told
