"""`sequence`: steps were taken, in order, up to the one that is asked for."""

import numpy as np

from primacy.assessment.finding import Phrase
from primacy.assessment.grid import day_number
from primacy.assessment.items import stage_position
from primacy.assessment.reading import Reading
from primacy.assessment.verdict import Call, Verdict

SENTENCE = "{label:label} has reached the step “{step:step}”"


def decide(call: Call) -> Verdict:
    reading, grid = call.reading, call.reading.round.grid.numbers
    dates, truths = _steps(reading, call)
    asked = call.parameters.steps.index(call.parameters.reached)
    due = _due(call)
    p = np.full(call.size, np.nan)
    position = np.full(call.size, -1)
    for point, today in enumerate(grid):
        reached = [step for step, day in dates.items() if day <= today and step in call.parameters.steps]
        if not reached:
            continue
        furthest = max(call.parameters.steps.index(step) for step in reached)
        position[point] = furthest
        sure = truths[call.parameters.steps[furthest]]
        holds = (
            furthest >= asked
            and _in_order(call, dates, today)
            and (due is None or dates[_at(call, dates, asked)] <= due)
        )
        p[point] = sure if holds else 1.0 - sure
    unknown = np.isnan(p)
    covered = reading.covered()
    last = np.clip(reading.round.grid.ends - 1 - reading.round.first_month, 0, len(covered) - 1)
    fails = unknown & covered[last]
    low, high = np.where(unknown, 0.0, p), np.where(unknown & ~fails, 1.0, np.where(unknown, 0.0, p))
    now = call.parameters.steps[position[-1]] if position[-1] >= 0 else ""
    values = {
        "label": call.label,
        "step": now,
        "asked": call.parameters.reached,
        "done": int(position[-1]) + 1,
        "of": asked + 1,
    }
    before = np.concatenate([np.full(12, -1), position[:-12]])
    return Verdict(
        low=low,
        high=high,
        reasons=tuple("missing" if u and not f else "" for u, f in zip(unknown, fails, strict=True)),
        capped=reading.single_source(),
        sentence=Phrase("sequence.at" if now else "sequence.none", values),
        numbers={"steps_done": int(position[-1]) + 1, "steps_asked": asked + 1},
        direction=np.where(position > before, 0.95, np.where(unknown, np.nan, 0.5)),
        change=Phrase("sequence.change", values),
    )


def _steps(reading: Reading, call: Call) -> tuple[dict[str, int], dict[str, float]]:
    """First date of each step and how sure it is. Rows carry the position of the step in its scheme."""
    rows, measure = reading.rows, reading.indicator.measure or "stage"
    names = {stage_position(reading.indicator, step): step for step in call.parameters.steps}
    dates: dict[str, int] = {}
    truths: dict[str, float] = {}
    for number in range(len(rows["date"])):
        step = names.get(int(rows["value"][number])) if rows["measure"][number] == measure else None
        if step is not None and (step not in dates or rows["date"][number] < dates[step]):
            dates[step] = int(rows["date"][number])
        if step is not None:
            truths[step] = max(truths.get(step, 0.0), float(reading.truth[number]))
    return dates, truths


def _in_order(call: Call, dates: dict[str, int], today: int) -> bool:
    """Dates that are known stand in the order of the steps; a step without a date is no breach."""
    if not call.parameters.in_order:
        return True
    known = [dates[step] for step in call.parameters.steps if step in dates and dates[step] <= today]
    return known == sorted(known)


def _at(call: Call, dates: dict[str, int], asked: int) -> str:
    """The step asked for, or the first later one that has a date."""
    return next(step for step in call.parameters.steps[asked:] if step in dates)


def _due(call: Call) -> int | None:
    """`by` names an event of the mission file, `due` (the end of the horizon), or is a date."""
    by, mission = call.parameters.by, call.reading.round.mission
    if by is None:
        return None
    if by in mission.events:
        return day_number(mission.events[by])
    horizon = mission.horizon(call.reading.benchmark.id, call.reading.benchmark.horizon)
    return day_number(horizon[1]) if horizon else None
