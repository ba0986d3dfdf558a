"""Faults of meaning in the mission file: what has no effect, and names of what is not there."""

import re
from collections.abc import Iterator

from primacy.assessment.naming import use_one_of
from primacy.framework import Framework, Mission, Problem
from primacy.framework.entries import Measured

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
    wanted = {each for entry in framework.measured for each in _mission_lists(entry)}
    for name in mission.registers:
        if f"mission.{name}" not in wanted:
            read = sorted(each.removeprefix("mission.") for each in wanted)
            remedy = f"{use_one_of(read, name)}, or take it out"
            yield Problem(FILE, f"registers.{name}", "no benchmark reads this list", remedy)


def _mission_lists(entry: Measured) -> Iterator[str]:
    """Every `mission.NAME` that an entry reads."""
    text = entry.model_dump_json(by_alias=True)
    yield from (f"mission.{name}" for name in re.findall(r"mission\.([a-z_]+)", text))
