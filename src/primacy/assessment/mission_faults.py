"""Faults of meaning in the mission file: what has no effect, and names of what is not there."""

import re
from collections.abc import Iterator

from primacy.assessment.naming import use_one_of
from primacy.framework import Framework, Mission, Problem
from primacy.framework.entries import Measured
from primacy.framework.mission import COUNTERPARTS

FILE = "mission.yaml"
SHOW = "`primacy framework show` lists all"


def mission_faults(mission: Mission, framework: Framework) -> Iterator[Problem]:
    """Every fault of meaning of a mission file beside the framework that it speaks of."""
    for place, baseline in enumerate(mission.baselines):
        if not baseline.counts:
            what = f"the baseline {baseline.name} does not count: it needs two signatures and a reason"
            yield Problem(FILE, f"baselines.{place}", what, "two people who agree fill in `signed`, and `because` why")
    named = {
        "core": mission.core,
        "set_aside": [each.benchmark for each in mission.set_aside],
        "horizons": [name for name in mission.horizons if name not in ("short", "medium", "long")],
        "mandate.paragraphs": [id for each in mission.mandate.paragraphs for id in each.benchmarks if "." in id],
    }
    retired = {each.entry for each in framework.changes if each.field == "retired"}
    for field, ids in named.items():
        for id in ids:
            if id not in framework.benchmarks and id not in retired:
                yield Problem(FILE, field, f"{id} is no benchmark", use_one_of(list(framework.benchmarks), id, SHOW))
    yield from _unsigned(mission)
    wanted = {each for entry in framework.measured for each in _mission_lists(entry)}
    for name in (*mission.registers, *(each.name for each in mission.changes if each.register_ is not None)):
        if f"mission.{name}" not in wanted:
            read = sorted(each.removeprefix("mission.") for each in wanted)
            remedy = f"{use_one_of(read, name)}, or take it out"
            yield Problem(FILE, f"registers.{name}", "no benchmark reads this list", remedy)


def _unsigned(mission: Mission) -> Iterator[Problem]:
    """Changes of registers and norms that have no effect."""
    for place, change in enumerate(mission.changes):
        if not change.counts:
            what = f"the change of {change.name} has no effect: it needs two people who sign it and a reason"
            yield Problem(
                FILE, f"changes.{place}", what, "two different people who agree fill in `by`, and `because` why"
            )


def unguarded(mission: Mission, before: Mission, judged: str) -> Iterator[Problem]:
    """Registers and norms that were rewritten since an assessment, without a change that two people signed.

    To write what an earlier signed change had set as the list itself is no change.
    """
    lists = {COUNTERPARTS, *before.registers}
    for name in sorted(lists):
        now, then = mission.written(name), before.written(name)
        if then and set(now) not in (set(then), set(before.names(name))):
            field = name if name == COUNTERPARTS else f"registers.{name}"
            yield _rewritten(field, f"{name} is not the list that the assessment of {judged} read", "register", name)
    for name, then_norm in before.norms.items():
        if mission.norms.get(name) not in (then_norm, before.norm(name)):
            what = f"{name} is not the norm that the assessment of {judged} read"
            yield _rewritten(f"norms.{name}", what, "norm", name)


def _rewritten(field: str, what: str, kind: str, name: str) -> Problem:
    written = f"`{{{kind}: {name}, to: ..., by: [one, another], on: 2026-01-31, because: ...}}`"
    remedy = f"put back what stood there, and let two people who agree write the change under `changes`: {written}"
    return Problem(FILE, field, f"{what}, and nobody signed the change", remedy)


def _mission_lists(entry: Measured) -> Iterator[str]:
    """Every `mission.NAME` that an entry reads."""
    text = entry.model_dump_json(by_alias=True)
    yield from (f"mission.{name}" for name in re.findall(r"mission\.([a-z_]+)", text))
