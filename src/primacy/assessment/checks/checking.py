"""All faults at once, of form and of meaning, each with the file and line where it can be mended."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from primacy.assessment.checks.faults import faults
from primacy.assessment.checks.indicator_faults import list_faults
from primacy.assessment.checks.mission_faults import mission_faults
from primacy.assessment.checks.naming import fault_of, use_one_of
from primacy.assessment.checks.placing import line_of, placed
from primacy.assessment.checks.rewritten import rewritten
from primacy.assessment.checks.signers import signature_faults
from primacy.assessment.packages.package import JudgedBy
from primacy.framework import Framework, Mission, Problem
from primacy.framework.entries import Measured
from primacy.framework.instance import MISSION
from primacy.framework.languages import codes
from primacy.framework.loading import Read, read_framework
from primacy.framework.mission_mending import read_mended
from primacy.framework.overlay import SIGN, of_signature
from primacy.framework.own_texts import text_faults
from primacy.framework.reading_numbers import asked_of
from primacy.framework.saying import said
from primacy.places.areas import Areas


def check(overlay: Path | None = None, mission: Mission | None = None, today: date | None = None) -> list[Problem]:
    """Every fault of the standard with the overlay laid over it, of form and of meaning; empty where there is none.

    `mission`: whose events rules may name too, and in whose languages the mission's own entries are asked for. `today`:
    after which nobody can have confirmed anything yet.
    """
    read = read_framework(overlay, unsigned=True)
    bridged = [(f"{id}.yaml", field) for id, field in read.mended]
    events = mission.events if mission is not None else {}
    languages = mission.languages if mission is not None else codes()
    texts = text_faults(read.framework, overlay, languages) if overlay is not None else ()
    unsigned = _without_effect(read.framework, {each.file for each in read.problems if of_signature(each)})
    signed = (*_confirmed_ahead(read.framework, today), *signature_faults(read.framework, today), *unsigned)
    lists = () if mission is None else list_faults(read.framework, mission)
    meaning = [
        each
        for each in (*faults(read.framework, events), *_unread(read), *lists, *signed, *texts)
        if not any(each.file == file and f"{each.field}.".startswith(f"{field}.") for file, field in bridged)
    ]
    found = [*read.problems, *meaning]
    told = (_as_written(each, read) for each in found if not _echoes(each, found, read.framework))
    return list(dict.fromkeys(placed(each, overlay) for each in told))


def _echoes(problem: Problem, found: Collection[Problem], framework: Framework) -> bool:
    """Whether a fault of an indicator is that of the entry from which the indicator is taken, told there already."""
    entry = framework.entries.get(problem.file.removesuffix(".yaml"))
    part, _, rest = problem.field.partition(".")
    if not isinstance(entry, Measured) or part != "indicators":
        return False
    id, _, field = rest.partition(".")
    if id not in entry.indicators or entry.indicators[id].from_ is None:
        return False
    owner, _, name = str(entry.indicators[id].from_).partition("/")
    files = {f"{owner}.yaml", *(each.file for each in framework.changes if each.entry == owner)}
    return any(
        (each.file in files, each.field, each.fault) == (True, f"indicators.{name}.{field}".rstrip("."), problem.fault)
        for each in found
    )


def _as_written(problem: Problem, read: Read) -> Problem:
    """A fault of a file that names no entry, told of that file and by what stands there for an id."""
    for each in read.unnamed:
        file = each.file if problem.file == f"{each.id}.yaml" else problem.file
        fault, do = (told.renamed(each.id, each.written or "ID") for told in (problem.fault, problem.do))
        problem = replace(problem, file=file, fault=fault, do=do)
    return problem


def _unread(read: Read) -> Iterator[Problem]:
    """Thresholds with which nothing is compared, where every rule of their entry could be read.

    Those of the standard may be left over where the mission wrote another rule.
    """
    bridged = {id for id, field in read.mended if field.partition(".")[0] != "thresholds"}
    changed = {(each.entry, *each.field.split(".")[:2]) for each in read.framework.changes}
    rewritten = {id for id, field, *_rest in changed if field != "thresholds" and (id, "") not in changed}
    for entry in read.framework.measured:
        for name, indicators in asked_of(entry).items():
            left_over = entry.id in rewritten and (entry.id, "thresholds", name) not in changed
            if not indicators and not left_over and entry.id not in bridged:
                others = [each for each, read_by in asked_of(entry).items() if read_by]
                do = said("do.out-or-name", use=use_one_of(others, name)) if others else said("do.out")
                yield fault_of(entry, f"thresholds.{name}", said("threshold-unread"), do)


def _confirmed_ahead(framework: Framework, today: date | None) -> Iterator[Problem]:
    """Confirmations of a day that has not come: they have no effect before it. That of a signature is told there."""
    if today is None:
        return
    signed = {(each.entry, each.signature.on) for each in framework.changes if each.signature is not None}
    for entry in framework.measured:
        for name, threshold in entry.thresholds.items():
            day = threshold.confirmed.on if threshold.confirmed is not None else today
            if day > today and (entry.id, day) not in signed:
                fault = said("confirmed-ahead", day=day)
                yield fault_of(entry, f"thresholds.{name}.confirmed.on", fault, said("do.day-of-confirmation"))


def _without_effect(framework: Framework, told: Collection[str]) -> Iterator[Problem]:
    """Changes that the mission wrote and nobody signed. `told`: files of whose signature the fault is told already."""
    for change in framework.changes:
        if change.state == "unsigned" and change.file not in told:
            do = said("do.sign-file", form=SIGN, file=change.file)
            yield Problem(change.file, change.field, said("unsigned"), do)


def check_all(
    overlay: Path, mission_file: Path | None, last: JudgedBy | None = None, places: Path | None = None,
    today: date | None = None,
) -> list[Problem]:  # fmt: skip
    """Every fault of the framework, and of the mission file beside it where there is one.

    `last`: by what the last assessment judged, which tells what was rewritten since. `places`: the folder of areas, in
    which those of the mission file are looked up.
    """
    mission, of_form = (None, []) if mission_file is None else read_mended(mission_file)
    of_file = list(of_form)
    if mission is not None:
        areas = Areas.load(places) if places is not None else None
        of_file += mission_faults(mission, read_framework(overlay).framework, areas, today)
    since = _since(overlay, None if of_form else mission, last)
    of_mission = [each for each in since if each.file == MISSION]
    of_framework = [placed(each, overlay) for each in since if each.file != MISSION]
    placed_there = _placed_in(mission_file, [*of_file, *of_mission]) if mission_file is not None else ()
    return [*check(overlay, mission, today), *of_framework, *placed_there]


def _since(overlay: Path, mission: Mission | None, last: JudgedBy | None) -> list[Problem]:
    return [] if last is None else list(rewritten(overlay, mission, last))


def _placed_in(file: Path, problems: Collection[Problem] | Iterator[Problem]) -> Iterator[Problem]:
    for each in problems:
        yield replace(each, line=line_of(file, each.field)) if each.field else each
