"""Two stored assessments compared, and what was found kept: packages never change, so it is computed once."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from primacy import __version__
from primacy.assessment.finding import Finding
from primacy.assessment.over_time.attributing import Contribution
from primacy.assessment.over_time.changes import Change, compare, listed
from primacy.assessment.over_time.changes_listed import as_tree
from primacy.assessment.over_time.replaying import Side
from primacy.assessment.packages import package
from primacy.assessment.told.telling import newest_package
from primacy.evidence.errors import BadInput
from primacy.evidence.store.store import Store
from primacy.framework import Instance
from primacy.places.files.replacing import replace

Findings = Callable[[Path], Sequence[Finding]]


def path_of(named: str, instance: Instance) -> Path:
    """The package of a stored assessment by its id, or a package by its path."""
    path = Path(named)
    return path if path.suffix == ".zip" and path.is_file() else newest_package(instance, named)


def compared(
    before: Path, after: Path, instance: Instance, *, progress: Callable[[float], None] | None = None
) -> list[Change]:
    """Every change with its contributions. Raises BadInput for packages that cannot be read or are not of one country.

    What two assessments of this instance give is kept beside them.
    """
    found = kept(before, after, instance)
    if found is not None:
        return found
    sides = [_opened(each, instance) for each in (before, after)]
    countries = [side.inputs.mission.country for side in sides]
    if countries[0] != countries[1]:
        raise BadInput(
            f"one assessment is of {countries[0]}, the other of {countries[1]}", "", "Name two of one country"
        )
    found = compare(*sides, progress=progress)
    if before.parent == after.parent == instance.assessments:
        _keep(_file(before, after, instance), found)
    return found


def _opened(path: Path, instance: Instance) -> Side:
    """The assessment of a package, with the evidence of the instance beside it."""
    try:
        found = package.read(path)
    except package.NotAPackage as error:
        raise BadInput(str(error), str(path), "") from error
    return Side(found.inputs, found.assessment, Store(instance.evidence))


# ---- kept


def kept(before: Path, after: Path, instance: Instance, read: Findings = package.findings_of) -> list[Change] | None:
    """What was found before by this version of the code; None where it was never asked. `read`: the findings of a
    package, for who has read them already."""
    try:
        content = json.loads(_file(before, after, instance).read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    if content.get("code") != __version__:
        return None
    old, new = read(before), read(after)
    told = {each["benchmark"]: each for each in (*content["changes"], *content["moved"])}
    return [_with_contributions(each, told[each.benchmark]) for each in listed(old, new) if each.benchmark in told]


def unexplained(before: Sequence[Finding], after: Sequence[Finding]) -> list[Change]:
    """The changes of status without their causes, for pages that do not wait for these."""
    return [each for each in listed(before, after) if each.of_status]


def _with_contributions(change: Change, told: dict[str, Any]) -> Change:
    parts = tuple(Contribution(**each) for each in told["contributions"])
    return change.explained(parts, told["not_replayed"])


def _file(before: Path, after: Path, instance: Instance) -> Path:
    return instance.comparisons / f"{before.stem}-{after.stem}.json"


def _keep(path: Path, found: Sequence[Change]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    text = json.dumps({"code": __version__, **as_tree(found)}, ensure_ascii=False)
    replace(path, lambda fresh: fresh.write_text(text, "utf-8"))
