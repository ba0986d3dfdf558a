"""The items of a register as they truly stand: which ought to exist in each month, and which pass."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from primacy.evidence.kinds import KINDS
from primacy.exercise.true_things import Look
from primacy.exercise.truth import Floats
from primacy.framework.values import comparison

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class TrueItems:
    """Shapes (items, months). `there`: some state of it exists; `value` NaN before."""

    names: tuple[str, ...]
    areas: tuple[str, ...]
    expected: Bools
    passes: Bools
    there: Bools
    value: Floats

    def only(self, keep: Sequence[bool]) -> "TrueItems":
        chosen = np.array(keep, dtype=bool)
        return TrueItems(
            tuple(name for name, k in zip(self.names, keep, strict=True) if k),
            tuple(area for area, k in zip(self.areas, keep, strict=True) if k),
            self.expected[chosen], self.passes[chosen], self.there[chosen], self.value[chosen],
        )  # fmt: skip

    def among(self, whole: "TrueItems") -> "TrueItems":
        """Of these only what passes in the other register, month by month."""
        passing = {name: whole.expected[row] & whole.passes[row] for row, name in enumerate(whole.names)}
        months = self.expected.shape[1]
        inside = np.array([passing.get(name, np.zeros(months, dtype=bool)) for name in self.names], dtype=bool)
        expected = self.expected & inside.reshape(self.expected.shape)
        return TrueItems(self.names, self.areas, expected, self.passes, self.there, self.value)

    def share(self, looked: NDArray[np.int64] | None = None) -> Floats:
        """Of those expected in each month how many pass, NaN where none is expected.

        `looked`: for each month the one whose states count; -1 for none. The denominator stays that of the month
        itself.
        """
        expected = self.expected.sum(axis=0)
        if looked is None:
            passing, there = self.passes, np.ones(len(expected), dtype=bool)
        else:
            # A register of which nothing was there yet says nothing of how it stood.
            there = (looked >= 0) & (self.expected & self.there[:, looked]).any(axis=0)
            passing = self.passes[:, looked]
        count = (self.expected & passing).sum(axis=0)
        whole = np.where(there & (expected > 0), expected, np.nan)
        return np.asarray(count / whole, dtype=np.float64)


def items(look: Look) -> TrueItems | None:
    """The items of an indicator, in its area; None where the world has no such thing.

    An expected item of which no state exists does not pass: the law that nobody drafted is not in force.
    """
    key, memory = ("items", look.entry.id, look.id, look.only, look.question), look.world.memory
    if key not in memory:
        memory[key] = _everywhere(look)
    found: TrueItems | None = memory[key]
    if found is None or look.area is None:
        return found
    return found.only([look.area in look.world.line(code) for code in found.areas])


def _everywhere(look: Look) -> TrueItems | None:
    rows = look.rows()
    names = _names(look, rows)
    if not rows or names is None:
        return None
    by_name, own = by_item(look, rows), by_item(look, look.expected_rows())
    shape = (len(names), look.world.months)
    judge = _events if look.counts else _states
    judged = [judge(look, by_name.get(name, [])) for name in names]
    passes, value = (np.array([each[place] for each in judged]).reshape(shape) for place in (0, 1))
    there = ~np.isnan(value)
    if look.indicator.register_ is None:
        expected = there
    elif look.indicator.register_ in KINDS:
        expected = np.array([(look.values(own.get(n, [])) > 0).any(axis=0) for n in names], dtype=bool).reshape(shape)
    else:
        expected = np.ones(shape, dtype=bool)
    areas = tuple(_area(look, name, by_name.get(name) or own.get(name) or []) for name in names)
    return TrueItems(tuple(names), areas, expected, passes.astype(bool), there, value)


def _names(look: Look, rows: Sequence[int]) -> list[str] | None:
    """The items that ought to exist, sorted; without a register all that there are. None: nobody says."""
    register = look.indicator.register_
    if register == "areas":
        return list(look.world.report_areas)
    if register is not None and register.startswith("mission."):
        return look.world.mission.names(register) if look.world.mission.states(register) else None
    if register is not None:
        return sorted(by_item(look, look.expected_rows())) or None
    return sorted(by_item(look, rows))


def by_item(look: Look, rows: Sequence[int]) -> dict[str, list[int]]:
    """Rows by the item that they are about. By area: the report area, where those are the register."""
    by = look.indicator.by
    found: dict[str, list[int]] = {}
    for row in rows:
        name: str | None = str(getattr(look.thing(row), by))
        if by == "area" and look.indicator.register_ == "areas":
            name = look.world.areas.ancestor(str(name), look.world.mission.report_level)
        if name:
            found.setdefault(name, []).append(row)
    return found


def _area(look: Look, name: str, rows: Sequence[int]) -> str:
    if look.indicator.by == "area":
        return name
    return look.thing(rows[-1]).area if rows else ""


# ---- what passes


def _states(look: Look, rows: Sequence[int]) -> tuple[Bools, Floats]:
    """Whether any of the states of an item passes, and the mean of their values."""
    months = look.world.months
    if not rows:
        return np.zeros(months, dtype=bool), np.full(months, np.nan)
    passes: Bools = np.logical_or.reduce([_passes(look, row) for row in rows], axis=0)
    values = look.values(rows)
    there = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        value = np.where(there, values, 0.0).sum(axis=0) / np.where(there.any(axis=0), there.sum(axis=0), np.nan)
    return passes, value


def _passes(look: Look, row: int) -> Bools:
    """Where one state passes: its value, stage and group, and reached by the day on which it was due."""
    asked, value = look.indicator.pass_, look.world.truth.values[row]
    holds: Bools = ~np.isnan(value)
    if "value" in asked:
        test = comparison(asked["value"])
        right = look.number(test.right)
        holds = holds & np.array([test.holds(each, right) for each in np.round(value, 9).tolist()], dtype=bool)
    if "stage" in asked:
        holds = holds & (np.nan_to_num(value) >= stage(look, str(asked["stage"])))
    if "group" in asked:
        holds = holds & (set(str(asked["group"]).split(";")) <= set(look.thing(row).group.split(";")))
    if "date" in asked:
        sign = comparison(asked["date"])
        due = _due(look, look.thing(row).item)
        began = _beginnings(holds)
        in_time = np.array([sign.holds(b, d) for b, d in zip(began.tolist(), due.tolist(), strict=True)], dtype=bool)
        holds = holds & (in_time | np.isnan(due))
    return holds


def _beginnings(holds: Bools) -> Floats:
    """For each month the one in which it began to hold, as it does."""
    months = np.arange(len(holds))
    begins = holds & ~np.concatenate([[False], holds[:-1]])
    return np.maximum.accumulate(np.where(begins, months, -1)).astype(np.float64)


def _due(look: Look, item: str) -> Floats:
    """The month by which an item is due: its own, else the end of the horizon; NaN where nobody says."""
    truth, entry = look.world.truth, look.entry
    horizon = look.world.mission.horizon(entry.id, entry.term)
    otherwise = np.nan if horizon is None else float(truth.month_of(horizon[1]))
    due = np.full(truth.months, np.nan)
    for row in look.rows("due"):
        if look.thing(row).item == item:
            due = np.where(np.isnan(due), truth.values[row], due)
    return np.where(np.isnan(due), otherwise, due)


def stage(look: Look, name: str) -> int:
    """Where a stage stands in the scheme of what is read, from 1.

    Raises   ValueError naming it where the scheme has no such stage.
    """
    kind = look.kind
    category = look.indicator.where.get("category", "")
    found = None if kind is None else kind.stage(look.measure or "stage", name, str(category))
    if found is None:
        raise ValueError(f"{look.entry.id}/{look.id}: the stage {name} is none of its kind")
    return found


def _events(look: Look, rows: Sequence[int]) -> tuple[Bools, Floats]:
    """Whether there were as many events as are asked for, in the window or ever; and how many."""
    happened = np.nan_to_num(look.values(rows)).sum(axis=0) if rows else np.zeros(look.world.months)
    total = np.concatenate([[0.0], np.cumsum(happened)])
    ends = np.arange(1, look.world.months + 1)
    window = look.indicator.window
    starts = np.zeros(len(ends), dtype=np.int64) if window is None else np.maximum(ends - window.months, 0)
    value = total[ends] - total[starts]
    test = comparison(look.indicator.pass_.get("events", ">= 1"))
    right = look.number(test.right)
    return np.array([test.holds(each, right) for each in value.tolist()], dtype=bool), value
