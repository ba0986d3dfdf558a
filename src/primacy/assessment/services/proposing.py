"""Writes: changes of the framework by form, into the same files that a planner writes by hand."""

from collections.abc import Collection
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any

from primacy.access.models import User
from primacy.access.services import record
from primacy.assessment.proposing import proposals
from primacy.assessment.proposing.proposals import Proposal
from primacy.framework import FrameworkError, Instance, Mission, Problem, load, read_mission
from primacy.framework.entries import Measured
from primacy.framework.overlay import next_round
from primacy.framework.queries import today
from primacy.places.files.replacing import one_writer, replace

Tree = dict[str, Any]


class Outdated(Exception):
    """Somebody changed the entry since the form was opened."""


class SamePerson(Exception):
    """Whoever proposes a change cannot sign it as the second one."""


def mission_here() -> Mission | None:
    instance = Instance.here()
    return read_mission(instance.mission_file) if instance.exists else None


def signer(person: User) -> str:
    """How somebody signs: by role, and who of them."""
    return f"{person.role} ({person.username})"


def propose(
    *, by: User, entry: str, content: Tree, because: str, start: date | None, opened_on: str
) -> Proposal | None:  # fmt: skip
    """Keep a change: as a proposal where it decides a status, in force at once where it is words alone (None then).

    Raises   Outdated where the entry changed since `opened_on`, FrameworkError with the faults that it would bring.
    """
    overlay = Instance.here().overlay
    with _alone(overlay):
        if proposals.token(overlay, entry) != opened_on:
            raise Outdated
        _without_faults(overlay, entry, content)
        if not proposals.decides(overlay, entry, content):
            path, text = proposals.file_for(overlay, entry, content, None)
            _write(path, text)
            record(by, "changed words of the framework", entry, {"fields": sorted(content)})
            return None
        made = Proposal(entry, signer(by), today(), because, start, content)
        _write(proposals.path_of(overlay, entry), proposals.text_of(made))
        record(by, "proposed a change of the framework", entry, {"fields": sorted(content), "because": because})
    return made


def sign(*, by: User, entry: str, because: str, opened_on: str) -> date:
    """Sign what another person proposed; returns the day from which it counts, never before the next round.

    Raises   LookupError where nothing is proposed, Outdated, SamePerson, FrameworkError, proposals.Overlapping.
    """
    overlay = Instance.here().overlay
    with _alone(overlay):
        path, proposal = _proposed(overlay, entry)
        if proposals.token(overlay, entry) != opened_on:
            raise Outdated
        if proposal.person == by.username.casefold():
            raise SamePerson
        _without_faults(overlay, entry, proposal.content)
        signature = proposal.signed(signer(by), today(), because)
        target, text = proposals.file_for(overlay, entry, proposal.content, signature)
        _write(target, text)
        path.unlink()
        counts = max(proposal.start or date.min, next_round(today()))
        said = {"because": because, "proposed_by": proposal.by, "counts_from": counts.isoformat()}
        record(by, "signed a change of the framework", entry, said)
    return counts


def withdraw(*, by: User, entry: str) -> None:
    """Take a proposal back, one's own or another's; the trail keeps that it was there. Raises LookupError."""
    overlay = Instance.here().overlay
    with _alone(overlay):
        path, proposal = _proposed(overlay, entry)
        path.unlink()
        record(by, "withdrew a proposal", entry, {"proposed_by": proposal.by, "because": proposal.because})


def confirm(*, by: User, entry: str, names: Collection[str], because: str, opened_on: str) -> None:
    """Let these thresholds of an entry stand as confirmed on the page, and take back all others that were so.

    It counts at once: whoever stands for a number moves no bar. What is published, or was confirmed in a file or by the
    two who signed it, is left alone.
    Raises   LookupError for no such entry or threshold, ValueError without a reason or without anything to do,
             Outdated, FrameworkError.
    """
    overlay, why = Instance.here().overlay, because.strip()
    with _alone(overlay):
        if proposals.token(overlay, entry) != opened_on:
            raise Outdated
        found, kept = load(overlay, today()), proposals.confirmations(overlay, entry)
        measured = found.entries.get(entry)
        if not isinstance(measured, Measured) or not set(names) <= set(measured.thresholds):
            raise LookupError(entry)
        may = {name for name, each in measured.thresholds.items() if not found.is_confirmed(each)}
        new, back = sorted(may & set(names)), sorted(set(kept) - set(names))
        if not why or not (new or back):
            raise ValueError("a threshold and a reason are needed")
        said = {"confirmed": {"by": signer(by), "on": today(), "because": why}}
        content = {name: each for name, each in kept.items() if name not in back} | dict.fromkeys(new, said)
        text = proposals.dumped({"id": entry, "thresholds": content})
        faults = proposals.faults_with(
            overlay, lambda copy: (proposals.confirmations_of(copy, entry), text), mission_here(), today()
        )
        if faults:
            raise FrameworkError(faults)
        path = proposals.confirmations_of(overlay, entry)
        if content:
            _write(path, text)
        else:
            path.unlink()
        record(by, "confirmed thresholds", entry, {"confirmed": new, "taken back": back, "because": why})


def _proposed(overlay: Path, entry: str) -> tuple[Path, Proposal]:
    path = proposals.path_of(overlay, entry)
    proposal = proposals.read_proposal(path)
    if proposal is None:
        raise LookupError(entry)
    return path, proposal


def _without_faults(overlay: Path, entry: str, content: Tree) -> None:
    found: list[Problem] = proposals.faults_of(overlay, entry, content, mission_here(), today())
    if found:
        raise FrameworkError(found)


def _write(path: Path, text: str) -> None:
    replace(path, lambda fresh: fresh.write_text(text, "utf-8"))


def _alone(overlay: Path) -> AbstractContextManager[None]:
    overlay.mkdir(parents=True, exist_ok=True, mode=0o700)
    return one_writer(overlay / ".writing")
