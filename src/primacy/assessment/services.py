"""Writes: an assessment is run, stored as a package and entered into the index; the index is rebuilt from packages."""

import hashlib
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from django.db import transaction

from primacy.access.models import User
from primacy.access.services import record
from primacy.assessment import package
from primacy.assessment.assessing import Assessment, assess
from primacy.assessment.inputs import FULL, Inputs, open_inputs
from primacy.assessment.models import StoredAssessment
from primacy.assessment.rewritten import rewritten
from primacy.assessment.sharing import share
from primacy.framework import FrameworkError, Instance, read_mission

Progress = Callable[[float, str], None]


def run_assessment(
    *, by: User | str, as_of: date | None, known: datetime | None, level: int = FULL, out: Path | None = None,
    progress: Progress | None = None, engine: str = "duckdb",
) -> StoredAssessment:  # fmt: skip
    """Assess this instance, store the package, enter it into the index. Defaults: today, and what is known now.

    Raises FrameworkError where what decides was rewritten since the last assessment: a finding is never judged by a bar
    that was moved without the signatures and the round that this takes.

    `out` receives a package of data points up to `level`; what is stored here holds everything.
    """
    instance = Instance.here()
    moment = datetime.now(UTC)
    day = as_of or moment.date()
    if (last := package.last_of(instance.assessments)) is not None:
        moved = list(rewritten(instance.overlay, read_mission(instance.mission_file), last))
        if moved:
            raise FrameworkError(moved)
    inputs = open_inputs(instance, on=min(day, moment.date()), engine=engine)  # a day to come shows no bar to come
    tell = (lambda share: progress(0.9 * share, "")) if progress is not None else None
    assessment = assess(inputs, as_of=day, known=known or moment, progress=tell)
    stored = store_assessment(inputs, assessment, by=by, at=moment)
    if out is not None:
        hand_out(inputs, assessment, level=level, to=out, by=by)
    return stored


def hand_out(inputs: Inputs, assessment: Assessment, *, level: int, to: Path, by: User | str) -> None:
    """Write the package that may leave the house; the audit trail keeps by its hash which one that was."""
    if level >= FULL:
        shutil.copyfile(Instance.here().assessments / f"{assessment.id}.zip", to)
    else:
        package.write(to, *share(inputs, assessment, level=level))
    with to.open("rb") as file:
        hash = hashlib.file_digest(file, "sha256").hexdigest()
    closed = package.closed_in(inputs, known=assessment.known)
    told = {"not_to_be_passed_on": closed} if closed else {}
    record(by, "handed out a package", assessment.id, {"level": level, "sha256": hash} | told)


def store_assessment(inputs: Inputs, assessment: Assessment, *, by: User | str, at: datetime) -> StoredAssessment:
    """Package first, index second: an index entry never points at nothing."""
    path = Instance.here().assessments / f"{assessment.id}.zip"
    if not path.is_file():
        package.write(path, inputs, assessment)
    with transaction.atomic():
        stored, new = StoredAssessment.objects.update_or_create(
            pk=assessment.id,
            defaults={
                "as_of": assessment.as_of,
                "known": assessment.known,
                "created": at,
                "created_by": by if isinstance(by, str) else by.username,
                "code": assessment.code,
                "framework_hash": assessment.framework,
                "evidence_hash": assessment.evidence,
                "level": inputs.level,
                "counts": dict(Counter(finding.status for finding in assessment.findings)),
            },
        )
        record(by, "ran an assessment", assessment.id, {"as_of": assessment.as_of.isoformat(), "new": new})
    return stored


def rebuild_index(*, by: User | str) -> int:
    """Enter every package of the folder that the index lacks; returns how many."""
    added = 0
    for path in sorted(Instance.here().assessments.glob("*.zip")):
        if StoredAssessment.objects.filter(pk=path.stem).exists():
            continue
        opened = package.read(path)
        at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        store_assessment(opened.inputs, opened.assessment, by=by, at=at)
        added += 1
    return added
