"""Changes of the framework on their way: written by one person, in effect only when another one has signed.

A proposal is a file as a planner would write it by hand, in the folder `proposals` of the overlay, with who proposes it
instead of the two signatures. Signed, it becomes a file of the overlay; nothing else knows of it. Pure but for reading.
"""

import hashlib
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from primacy.assessment.checks.checking import check
from primacy.framework import Mission, Problem, load
from primacy.framework.loading import read_folder
from primacy.framework.overlay import FREE, PROPOSALS, SIGNATURE
from primacy.framework.saying import Said
from primacy.framework.yaml_files import compose_yaml, read_yaml

PROPOSED = "proposed"
LATER = "untranslated"  # a short name in another language can follow
STAND_INS = ("planning", "jmac")  # sign a proposal while its other faults are looked for
WHO = re.compile(r"\(([^()]*)\)\s*$")
Tree = dict[str, Any]


@dataclass(frozen=True)
class Proposal:
    """What somebody proposes for one entry. `by` is a role and a name: `analyst (ines)`."""

    entry: str
    by: str
    on: date
    because: str
    start: date | None
    content: Tree

    @property
    def person(self) -> str:
        found = WHO.search(self.by)
        return (found[1] if found else self.by).casefold().strip()

    def signed(self, by: str, on: date, because: str) -> Tree:
        """The two signatures, as they stand in a file of the overlay."""
        said: Tree = {"by": [self.by, by], "on": on, "because": f"{self.because}; {because}"}
        return said | ({"from": self.start} if self.start else {})


def folder(overlay: Path) -> Path:
    return overlay / PROPOSALS


def path_of(overlay: Path, entry: str) -> Path:
    """Where the proposal for an entry lies: one at a time for each entry."""
    return folder(overlay) / f"{entry}.yaml"


def proposals(overlay: Path) -> list[Proposal]:
    """All that wait for a signature, by entry; files that cannot be read are passed over."""
    found = (read_proposal(path) for path in sorted(folder(overlay).glob("*.yaml")))
    return [each for each in found if each is not None]


def read_proposal(path: Path) -> Proposal | None:
    """None where there is none that can be read."""
    try:
        content = read_yaml(path.read_bytes())
        said = content[PROPOSED]
        on, start = said["on"], said.get("from")
        if not isinstance(on, date) or not (start is None or isinstance(start, date)):
            return None
        kept = {key: value for key, value in content.items() if key not in ("id", PROPOSED)}
        return Proposal(str(content["id"]), str(said["by"]), on, str(said["because"]), start, kept)
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError, ValueError):
        return None


def text_of(proposal: Proposal) -> str:
    """The file of a proposal."""
    said: Tree = {"by": proposal.by, "on": proposal.on, "because": proposal.because}
    said |= {"from": proposal.start} if proposal.start else {}
    return dumped({"id": proposal.entry, PROPOSED: said, **proposal.content})


def dumped(content: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(content), sort_keys=False, allow_unicode=True, width=118)


def token(overlay: Path, entry: str) -> str:
    """What the files on an entry are at this moment: a form that was opened on others is out of date."""
    digest = hashlib.sha256()
    for path in [*_files_on(overlay, entry), path_of(overlay, entry)]:
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _files_on(overlay: Path, entry: str) -> list[Path]:
    return [overlay / name for name, content in read_folder(overlay, []).items() if content.get("id") == entry]


def decides(overlay: Path, entry: str, content: Mapping[str, Any]) -> bool:
    """Whether a change needs two people: it decides a status or a warning, or adds an entry."""
    return any(key not in FREE for key in content) or entry not in load(overlay).entries


# ---- the file that a change becomes


class Overlapping(Exception):
    """The change cannot be written beside what the mission wrote on the same entry before."""


def file_for(overlay: Path, entry: str, content: Mapping[str, Any], signature: Tree | None) -> tuple[Path, str]:
    """The file of the overlay that is written, and its whole new text.

    Words go into the file that the mission has on the entry, and leave the rest of it as it is, comments too. A signed
    change gets a file of its own, named after its day; where the mission has words alone on the entry, it joins these.

    Raises   Overlapping where two changes of one entry would be signed on one day.
    """
    own = confirmations_of(overlay, entry)
    there = {path: read_yaml(path.read_bytes()) for path in _files_on(overlay, entry) if path != own}
    unsigned = [path for path, said in there.items() if SIGNATURE not in said]
    if signature is None:
        path = next(iter(unsigned or list(there)[-1:]), overlay / f"{entry}.yaml")
        text = path.read_text("utf-8") if path.is_file() else f"id: {entry}\n"
        for key, value in content.items():
            text = with_field(text, key, value)
        return path, text
    if any(said.get(SIGNATURE, {}).get("on") == signature["on"] for said in there.values() if SIGNATURE in said):
        raise Overlapping
    if unsigned:
        path, text = unsigned[0], unsigned[0].read_text("utf-8")
        if any(key not in FREE and key != "id" and key != "thresholds" for key in there[path]):
            raise Overlapping  # somebody else's change that nobody signed would be signed with it
        merged = {**content}
        if "thresholds" in there[path] and "thresholds" in content:
            raise Overlapping
        for key, value in {SIGNATURE: signature, **merged}.items():
            text = with_field(text, key, value)
        return path, text
    return overlay / f"{entry}-{signature['on'].isoformat()}.yaml", dumped(
        {"id": entry, SIGNATURE: signature, **content}
    )


def with_field(text: str, key: str, value: Any) -> str:
    """A file with one of its fields set, everything else as it was written."""
    added, node = dumped({key: value}), compose_yaml(text)
    lines = text.splitlines(keepends=True)
    keys = node.value if isinstance(node, yaml.MappingNode) else []
    starts = [each.start_mark.line for each, _value in keys]
    for place, (each, _value) in enumerate(keys):
        if each.value == key:
            end = starts[place + 1] if place + 1 < len(starts) else len(lines)
            return "".join([*lines[: starts[place]], added, *lines[end:]])
    return "".join(lines) + ("" if not lines or lines[-1].endswith("\n") else "\n") + added


# ---- who stands for the numbers that the mission left as they were


def confirmations_of(overlay: Path, entry: str) -> Path:
    """Where the confirmations that were given on the page lie: a file of an entry that holds nothing else."""
    return overlay / f"{entry}-confirmed.yaml"


def confirmations(overlay: Path, entry: str) -> Tree:
    """What was said of each threshold that was confirmed on the page."""
    path = confirmations_of(overlay, entry)
    content = read_yaml(path.read_bytes()) if path.is_file() else {}
    return dict(content.get("thresholds", {}))


# ---- what is wrong with it


def faults_of(
    overlay: Path, entry: str, content: Mapping[str, Any], mission: Mission | None, today: date
) -> list[Problem]:
    """The faults that a change would bring, of form and of meaning; those that are there already are not told again.

    Nothing here says what the change would do to any status.
    """
    signature: Tree = {"by": list(STAND_INS), "on": today, "because": "looked at"}
    signed = signature if decides(overlay, entry, content) else None
    return faults_with(overlay, lambda copy: file_for(copy, entry, content, signed), mission, today)


def faults_with(
    overlay: Path, written: Callable[[Path], tuple[Path, str]], mission: Mission | None, today: date
) -> list[Problem]:
    """The faults that one more file would bring, or one that is written anew; tried in a copy of the overlay."""
    before = _known(overlay, mission, today)
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "framework"
        shutil.copytree(overlay, copy) if overlay.is_dir() else copy.mkdir()
        path, text = written(copy)
        path.write_text(text, "utf-8")
        found = (each for each in check(copy, mission, today) if _bare(each) not in before)
        return [each for each in found if each.fault.key != LATER]


_looked_at: dict[tuple[object, ...], frozenset[tuple[str, Said]]] = {}


def _known(overlay: Path, mission: Mission | None, today: date) -> frozenset[tuple[str, Said]]:
    """The faults that are there before the change: looked for once as long as no file changes."""
    files = (
        tuple((path.name, path.read_bytes()) for path in sorted(overlay.rglob("*.yaml"))) if overlay.is_dir() else ()
    )
    key = files, repr(mission), today
    if key not in _looked_at:
        _looked_at.clear()
        _looked_at[key] = frozenset(_bare(each) for each in check(overlay, mission, today))
    return _looked_at[key]


def _bare(problem: Problem) -> tuple[str, Said]:
    return problem.field, problem.fault
