"""The flags that stand beside a status."""

from datetime import timedelta

import numpy as np

from primacy.assessment.rules.belief import MET, Belief
from primacy.assessment.rules.judging import Judging
from primacy.assessment.rules.round import Round
from primacy.assessment.rules.signs import Signs
from primacy.framework import Framework
from primacy.framework.entries import Benchmark, FlagCondition
from primacy.framework.grammar import FLAGS

EVEN = 0.5
DUE_SOON = timedelta(days=90)
CAPS = {"single source", "effort unknown"}
OPEN = ("progressing", "no clear change", "not met")
FALLEN = ("not met", "reversed", "not yet applicable")


def flags_of(
    framework: Framework,
    benchmark: Benchmark,
    round_: Round,
    judging: Judging,
    belief: Belief,
    status: str,
    reversal: Signs,
    projected: float | None,
) -> tuple[str, ...]:
    if status == "not applicable":
        return ()
    known = [leaf for leaf in judging.leaves if leaf.role == "part" and not leaf.verdict.reasons[-1]]
    found = {flag for leaf in known for flag in leaf.verdict.flags}
    if any(not framework.is_confirmed(each) for each in benchmark.thresholds.values()):
        found.add("threshold unconfirmed")
    if judging.unconfirmed_veto is not None and judging.unconfirmed_veto[-1]:
        found.add("unconfirmed veto")
    if reversal.unconfirmed:
        found.add("unconfirmed sign")
    p = float(np.nan_to_num(belief.probability[-1]))
    if p >= MET and not belief.capped[-1]:
        found -= CAPS  # of alternatives on which the finding does not rest
    if status == "met" and (p < MET or reversal.unconfirmed or reversal.confirmed[-1]):
        found.add("at risk")  # a confirmed sign reverses only what stood for three months
    found |= _due(benchmark, round_, status)
    found |= {name for name, condition in benchmark.flags.items() if _raised(condition, round_, judging)}
    found -= _gainsaid(found, status, p if projected is None else projected)
    if any(reading.restricted for reading in judging.readings.values()):
        found.add("partly restricted")
    if round_.hindsight:
        found.add("with hindsight")
    return tuple(flag for flag in FLAGS if flag in found)


def _due(benchmark: Benchmark, round_: Round, status: str) -> set[str]:
    horizon = round_.mission.horizon(benchmark.id, benchmark.horizon)
    if horizon is None or status in ("met", "not yet applicable"):
        return set()
    end, today = horizon[1], round_.grid.as_of
    if today > end:
        return {"overdue"}
    if today > end - DUE_SOON:
        return {"due"}
    return {"on track"} if status == "progressing" else set()


def _gainsaid(found: set[str], status: str, likely: float) -> set[str]:
    """Flags of what lies ahead that the finding itself gainsays, whatever raised them, rules of a benchmark included.

    `likely`: the projection, or P where nothing projects it. Nothing is on track that is settled, due, at risk or
    unlikely to be met; nothing is at risk that does not stand.
    """
    gone = set()
    if status not in OPEN or likely < EVEN or found & {"at risk", "due", "overdue"}:
        gone.add("on track")
    if status in FALLEN:
        gone.add("at risk")
    if status == "met":
        gone |= {"due", "overdue"}
    return gone


def _raised(condition: FlagCondition, round_: Round, judging: Judging) -> bool:
    if condition.rule is not None:
        inner = Judging(round_, judging.benchmark, judging.readings, judging.model, judging.prerequisites)
        return bool(np.nan_to_num(inner.judge(condition.rule).probability[-1]) >= MET)
    assert condition.any_silent is not None
    silent = condition.any_silent
    for reading in judging.readings.values():
        if reading.indicator.register_ == silent.register_ and reading.nature == "event":
            wanted = set(round_.expand(silent.register_))
            since = int(round_.grid.numbers[-1]) - silent.for_.days
            column = reading.rows[reading.indicator.by]
            heard = {str(n) for n, day in zip(column, reading.rows["date"], strict=True) if day > since}
            known = len(column) > 0 or bool(reading.covered_now()[-1])
            return known and bool(wanted - heard)
    return False
