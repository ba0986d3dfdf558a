"""What decides and was rewritten since the last assessment: what is written today cannot claim an earlier day.

The package of an assessment holds the framework and the mission file by which it judged. What counts on its day must be
what it judged by; all else was written later, and counts from the round after that, or was never signed.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from primacy.assessment.packages.package import JudgedBy
from primacy.framework import Framework, Mission, Problem, load
from primacy.framework.entries import Benchmark
from primacy.framework.instance import MISSION
from primacy.framework.loading import read_framework
from primacy.framework.mission import COUNTERPARTS
from primacy.framework.overlay import FREE
from primacy.framework.saying import Said, said

DECIDE = ("benchmarks", "risks", "trade_offs")  # collections of entries by which something is judged
Tree = Mapping[str, Any]


def rewritten(overlay: Path, mission: Mission | None, last: JudgedBy) -> Iterator[Problem]:
    """Every threshold, rule, sign, baseline, list, norm and decision that is not what the last assessment judged by."""
    read = read_framework(overlay, last.day).framework
    yield from entries_rewritten(read, last)
    if mission is not None:
        yield from lists_rewritten(mission, last)
        yield from baselines_rewritten(mission, read, last)
        yield from asides_rewritten(mission, last)


# ---- the framework


def entries_rewritten(framework: Framework, last: JudgedBy) -> Iterator[Problem]:
    """`framework`: as it is said to have been in force on the day of the last assessment."""
    now, then = _decides(framework.as_dict()), _decides(last.framework)
    same_standard = last.standard == load().hash
    signed = {each.entry: each for each in framework.changes if each.guarded and each.state == "in force"}
    for id in sorted({*now, *then}):
        if now.get(id) == then.get(id) or not (same_standard or id in signed):
            continue
        if id in signed:
            change = signed[id]
            assert change.signature is not None
            fault = said("counts-too-early", day=change.signature.counts_from, assessment=_told(last))
            yield Problem(change.file, "changed.on", fault, said("do.day-of-writing"))
        else:
            fault = said("judged-otherwise", assessment=_told(last))
            yield Problem(f"{id}.yaml", _differs(now, then, id), fault, said("do.put-file-back"))


def _decides(tree: Tree) -> dict[str, Tree]:
    """Of each entry the fields that decide; who confirmed a threshold does not."""
    return {each["id"]: _guarded(each) for name in DECIDE for each in tree.get(name, ())}


def _guarded(entry: Tree) -> Tree:
    kept = {key: value for key, value in entry.items() if key not in FREE}
    thresholds = entry.get("thresholds", {})
    unconfirmed = {
        name: {key: value for key, value in each.items() if key != "confirmed"} for name, each in thresholds.items()
    }
    return {**kept, "thresholds": unconfirmed}


def _differs(now: Mapping[str, Tree], then: Mapping[str, Tree], id: str) -> str:
    """The first field that differs; none where the whole entry is new or gone."""
    if id not in now or id not in then:
        return ""
    return next(key for key in sorted({*now[id], *then[id]}) if now[id].get(key) != then[id].get(key))


# ---- the mission file


def lists_rewritten(mission: Mission, last: JudgedBy) -> Iterator[Problem]:
    """Registers and norms. To write what an earlier signed change had set as the list itself is no change."""
    before, claimed = last.mission, mission.in_force(last.day)
    for name in sorted({COUNTERPARTS, *before.registers}):
        then = before.written(name)
        same = set(mission.written(name)) in (set(then), set(before.names(name)))
        if then and not (same and set(claimed.names(name)) == set(before.names(name))):
            field = name if name == COUNTERPARTS else f"registers.{name}"
            yield _of_list(field, said("other-list", name=name, assessment=_told(last)), "register", name)
    for name, then_norm in before.norms.items():
        same = mission.norms.get(name) in (then_norm, before.norm(name))
        if not (same and claimed.norm(name) == before.norm(name)):
            yield _of_list(f"norms.{name}", said("other-norm", name=name, assessment=_told(last)), "norm", name)


def _of_list(field: str, fault: Said, kind: str, name: str) -> Problem:
    written = f"`{{{kind}: {name}, to: ..., by: [one, another], on: 2026-01-31, because: ...}}`"
    return Problem(MISSION, field, fault, said("do.put-list-back", form=written))


def baselines_rewritten(mission: Mission, framework: Framework, last: JudgedBy) -> Iterator[Problem]:
    """Where another period decides than the one with which the last assessment compared."""
    claimed = mission.in_force(last.day)
    told: set[str] = set()
    for id in (each.id for each in framework.measured):
        now, then = claimed.baselines_for(id), last.mission.baselines_for(id)
        if not then or (now and (now[0].from_, now[0].to) == (then[0].from_, then[0].to)) or then[0].name in told:
            continue
        told.add(then[0].name)
        fault = said(
            "other-baseline", assessment=_told(last), id=id, name=then[0].name, begins=then[0].from_, to=then[0].to
        )
        yield Problem(MISSION, "baselines", fault, said("do.put-baseline-back"))


def asides_rewritten(mission: Mission, last: JudgedBy) -> Iterator[Problem]:
    """Decisions that claim a day on which the last assessment still judged the benchmark."""
    then = {each.benchmark for each in last.mission.in_force(last.day).set_aside}
    for place, each in enumerate(mission.set_aside):
        if each.counts and each.on < last.day and each.benchmark not in then:
            fault = said("aside-rewritten", name=each.benchmark, day=each.on, assessment=_told(last))
            yield Problem(MISSION, f"set_aside.{place}.on", fault, said("do.day-of-decision-now"))


def narrowed(mission: Mission, framework: Framework, last: JudgedBy) -> Iterator[Problem]:
    """Benchmarks of the last assessment that the mandate or the horizons of the mission file now leave out.

    A new resolution or an agreed timetable may do that, so these are warnings; nobody should overlook them.
    """
    asked: Mapping[str, Callable[[Mission, Benchmark], bool]] = {
        "mandate.paragraphs": lambda of, benchmark: of.mandate.asks_for(benchmark),
        "horizons": lambda of, benchmark: _begun(of, benchmark, last.as_of),
    }
    for field, holds in asked.items():
        gone = [
            each.id for each in framework.benchmarks.values() if holds(last.mission, each) and not holds(mission, each)
        ]
        if gone:
            fault = said("narrowed", names=gone, assessment=_told(last), field=field)
            yield Problem(MISSION, field.partition(".")[0], fault, said("do.narrowed"))


def _begun(mission: Mission, benchmark: Benchmark, on: date) -> bool:
    horizon = mission.horizon(benchmark.id, benchmark.horizon)
    return horizon is None or horizon[0] <= on


def _told(last: JudgedBy) -> Said:
    return said("assessment", day=str(last.as_of), known=f"{last.known:%Y-%m-%d}")
