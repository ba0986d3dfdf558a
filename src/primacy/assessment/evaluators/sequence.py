"""`sequence`: steps were taken, in order, up to the one that is asked for."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np

from primacy.assessment.finding import Phrase
from primacy.assessment.indicators.grades import together
from primacy.assessment.indicators.items import origin_of, stage_position
from primacy.assessment.rules.grid import Bools, Floats
from primacy.assessment.rules.verdict import Call, Verdict
from primacy.assessment.told import enough_told
from primacy.assessment.told.doubted import doubt
from primacy.evidence.store.numbered_days import day_number

UNSET = -1
"""A deadline that hangs on an event without a date."""


@dataclass(frozen=True)
class Steps:
    """First day of each step, and by origin how surely it was reached."""

    days: dict[str, int]
    truths: dict[str, dict[str, float]]

    def reached(self, today: int) -> list[str]:
        return [step for step, day in self.days.items() if day <= today]

    def sure(self, steps: Sequence[str]) -> float:
        """That one of these was reached: each origin counts once, by what it tells most surely."""
        by_origin: dict[str, float] = {}
        for step in steps:
            for origin, truth in self.truths.get(step, {}).items():
                by_origin[origin] = max(by_origin.get(origin, 0.0), truth)
        return together(by_origin.values())


def decide(call: Call) -> Verdict:
    asked = call.parameters.steps.index(call.parameters.reached)
    steps, due = _steps(call), _due(call)
    position, p = _along_the_grid(call, steps, asked, due)
    unknown = np.isnan(p)
    fails = _fails(call, unknown, due)
    low, high = _ends(p, fails)
    late = due is not None and due != UNSET and call.reading.round.grid.numbers[-1] > due and position[-1] < asked
    before = np.concatenate([np.full(12, -1), position[:-12]])
    moved = np.where(position > before, 0.95, 0.5)
    lost = np.array([not _in_order(call, steps, int(today)) for today in call.reading.round.grid.numbers], dtype=bool)
    single, told = call.reading.single_source(), _told(call, steps, int(position[-1]), asked, due)
    now = call.parameters.steps[position[-1]] if position[-1] >= 0 else ""
    values = {"label": call.label, "step": now, "asked": call.parameters.reached, "done": int(position[-1]) + 1,
              "of": asked + 1}  # fmt: skip
    return Verdict(
        low=low,
        high=high,
        reasons=tuple("missing" if u and not f else "" for u, f in zip(unknown, fails, strict=True)),
        capped=single,
        sentence=Phrase(told, values),
        numbers={"steps_done": int(position[-1]) + 1, "steps_asked": asked + 1},
        bounds=partial(_bounds, call, steps, due),
        direction=np.where(unknown | lost | _too_late(call, steps, asked, due) | late, np.nan, moved),
        flags=frozenset({"single source"} if single[-1] and not unknown[-1] else ()),
        change=Phrase("sequence.change", values),
        doubt=doubt("grade", low, high, holds=position[-1] >= asked and told == "sequence.at"),
        enough=lambda _veto: _enough(call, steps, int(position[-1]), asked, float(p[-1])),
    )


def _along_the_grid(call: Call, steps: Steps, asked: int, due: int | None) -> tuple[np.ndarray, np.ndarray]:
    """The furthest step at each point, and P(the sequence holds), NaN where nothing is on record."""
    found = [_on(call, steps, asked, due, int(today)) for today in call.reading.round.grid.numbers]
    return np.array([position for position, _p in found]), np.array([p for _position, p in found])


def _on(call: Call, steps: Steps, asked: int, due: int | None, today: int) -> tuple[int, float]:
    """The furthest step on a day, -1 for none, and P(the sequence holds)."""
    reached = steps.reached(today)
    if not reached:
        return -1, math.nan
    position = max(call.parameters.steps.index(step) for step in reached)
    if due == UNSET:
        return position, math.nan
    in_time = due is None or position < asked or _day_of(call, steps, asked) <= due
    holds = position >= asked and in_time and _in_order(call, steps, today)
    told = call.parameters.steps[min(position, asked) : position + 1]  # whoever tells of a later step tells of this one
    sure = steps.sure(told)
    return position, sure if holds else 1.0 - sure


def _enough(call: Call, steps: Steps, position: int, asked: int, p: float) -> tuple[Phrase, ...]:
    """The steps still to be taken; where the one asked for is on record, how sure another report would have to be."""
    if position < 0 and math.isnan(p):
        return ()  # nothing on record: steps may have been taken
    if position >= asked:
        return enough_told.of_report(call.label, [p]) if p >= 0.5 else ()
    missing = list(call.parameters.steps[position + 1 : asked + 1])
    return (Phrase("enough.steps", {"label": call.label, "steps": missing, "count": len(missing)}),)


def _fails(call: Call, unknown: Bools, due: int | None) -> Bools:
    """Where nothing is on record and all that happened would be."""
    never: Bools = unknown & call.reading.covered_now(area=call.area) & (due != UNSET)
    return never


def _ends(p: Floats, fails: Bools) -> tuple[Floats, Floats]:
    unknown = np.isnan(p)
    return np.where(unknown, 0.0, p), np.where(fails, 0.0, np.where(unknown, 1.0, p))


def _bounds(call: Call, steps: Steps, due: int | None, number: float) -> tuple[Floats, Floats]:
    """Over the grid, had so many of the steps been asked for."""
    _position, p = _along_the_grid(call, steps, round(number) - 1, due)
    return _ends(p, _fails(call, np.isnan(p), due))


def _told(call: Call, steps: Steps, position: int, asked: int, due: int | None) -> str:
    """How far it went; where the step asked for was reached and does not count, why not."""
    if position < 0:
        return "sequence.none"
    if position >= asked and _too_late(call, steps, asked, due):
        return "sequence.late"
    in_order = _in_order(call, steps, int(call.reading.round.grid.numbers[-1]))
    return "sequence.at" if position < asked or in_order else "sequence.disorder"


def _steps(call: Call) -> Steps:
    """Rows carry the position of the step in its scheme."""
    reading, rows = call.reading, call.reading.rows
    names = {stage_position(reading.indicator, step): step for step in call.parameters.steps}
    measure = reading.indicator.measure or "stage"
    days: dict[str, int] = {}
    truths: dict[str, dict[str, float]] = {}
    for row in range(len(rows["date"])):
        step = names.get(int(rows["value"][row])) if rows["measure"][row] == measure else None
        if step is None or (call.area is not None and not reading.within(str(rows["area"][row]), call.area)):
            continue
        days[step] = min(days.get(step, int(rows["date"][row])), int(rows["date"][row]))
        by_origin, origin = truths.setdefault(step, {}), origin_of(rows, row)
        by_origin[origin] = max(by_origin.get(origin, 0.0), float(reading.truth[row]))
    return Steps(days, truths)


def _in_order(call: Call, steps: Steps, today: int) -> bool:
    """Dates that are known stand in the order of the steps; a step without a date is no breach. A breach stays one."""
    if not call.parameters.in_order:
        return True
    known = [steps.days[step] for step in call.parameters.steps if steps.days.get(step, today + 1) <= today]
    return known == sorted(known)


def _day_of(call: Call, steps: Steps, asked: int) -> int:
    """The day on which the step asked for, or a later one, was reached."""
    return min(steps.days[step] for step in call.parameters.steps[asked:] if step in steps.days)


def _too_late(call: Call, steps: Steps, asked: int, due: int | None) -> bool:
    """The step was taken after its deadline: it can never hold again, however much moved since."""
    later = [step for step in call.parameters.steps[asked:] if step in steps.days]
    return due is not None and due != UNSET and bool(later) and _day_of(call, steps, asked) > due


def _due(call: Call) -> int | None:
    """`by` names an event of the mission file, `due` (the end of the horizon), or is a date."""
    by, mission = call.parameters.by, call.reading.round.mission
    if by is None:
        return None
    if by in mission.events:
        return day_number(mission.events[by])
    if by == "due":
        horizon = mission.horizon(call.reading.benchmark.id, call.reading.benchmark.term)
        return day_number(horizon[1]) if horizon else UNSET
    try:
        return day_number(date.fromisoformat(by))
    except ValueError:
        return UNSET
