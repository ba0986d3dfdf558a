"""The framework and the mission file as others may have them: what decides a finding, without who signed it.

Names become numbers, so that it still shows how many people signed. The political line is the mission's own counsel
and decides nothing; it is left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from primacy.assessment.inputs import Inputs
from primacy.framework import Framework, Mission
from primacy.framework.entries import Threshold
from primacy.framework.mission import PoliticalLine

NAMELESS = ""

UNSAID = "not told here"


def public_part(inputs: Inputs) -> Inputs:
    """The same inputs; the same object where there is nothing to leave out."""
    mission, framework = _mission(inputs.mission), _framework(inputs.framework)
    if mission == inputs.mission and framework is inputs.framework:
        return inputs
    return replace(inputs, mission=mission, framework=framework)


def _mission(mission: Mission) -> Mission:
    return mission.model_copy(update={
        "political_line": PoliticalLine(),
        "agreed_with": "",
        "baselines": [each.model_copy(update={"signed": _numbered(each.signed)}) for each in mission.baselines],
        "changes": [each.model_copy(update={"by": _numbered(each.by)}) for each in mission.changes],
        "set_aside": [each.model_copy(update={"by": NAMELESS}) for each in mission.set_aside],
    })  # fmt: skip


def _numbered(names: Sequence[str]) -> list[str]:
    """As many signers as there were different people."""
    different = dict.fromkeys(name.strip().casefold() for name in names)
    return [str(number) for number, _ in enumerate(different, 1)]


def _framework(framework: Framework) -> Framework:
    changed: dict[str, Any] = {}
    for collection in ("benchmarks", "risks", "trade_offs"):
        entries: Mapping[str, Any] = getattr(framework, collection)
        unnamed = {id: _entry(each) for id, each in entries.items()}
        if unnamed != entries:
            changed[collection] = unnamed
    return replace(framework, changes=(), **changed) if changed else framework


def _entry(entry: Any) -> Any:
    thresholds = {name: _threshold(each) for name, each in getattr(entry, "thresholds", {}).items()}
    same = thresholds == getattr(entry, "thresholds", {})
    return entry if same else entry.model_copy(update={"thresholds": thresholds})


def _threshold(threshold: Threshold) -> Threshold:
    """Confirmed, and when; not by whom, nor in whose words."""
    if threshold.confirmed is None:
        return threshold
    kept = threshold.confirmed.model_copy(update={"by": UNSAID, "because": UNSAID})
    return threshold.model_copy(update={"confirmed": kept})
