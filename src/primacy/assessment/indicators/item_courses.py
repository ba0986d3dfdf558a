"""States of many things along the grid, all at once: the last report of each decides until it is too old."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from primacy.assessment.rules.grid import Bools, Floats, Ints

Course = tuple[Floats, Floats, Bools, Ints]
"""Along the grid: P(passes), NaN where unknown; the value last read; staleness; types of source. (g,) or (n, g)."""
Believed = Callable[[tuple[int, ...]], tuple[float, int]]
"""Of voices that say the same, the newest first: how likely it is true, and how many types of source they are."""


@dataclass(frozen=True)
class Reports:
    """Shapes (rows,). `voice` numbers who says so; `holds`: every condition but that of time; `timely`: told of a day
    that the rule asks for."""

    days: Ints
    value: Floats
    holds: Bools
    timely: Bools
    voice: Ints


def courses(groups: Sequence[Ints], said: Reports, grid: Ints, fresh_days: float, believed: Believed) -> Course:
    """The course of each thing from the numbers of its reports in the order of their days. Shapes (n, g).

    The newest report decides, from the day on since which all say the same; those that are fresh and say it make it
    surer.
    """
    flat = np.concatenate([np.zeros(0, dtype=np.int64), *groups])
    starts = np.concatenate([[0], np.cumsum([len(each) for each in groups], dtype=np.int64)])
    shape = len(groups), len(grid)
    passes, value, types = np.full(shape, np.nan), np.full(shape, np.nan), np.zeros(shape, dtype=np.int64)
    last, fresh = _standing(said.days[flat], starts, grid, fresh_days)
    spoken = last >= starts[:-1, None]
    stale = spoken & (fresh > last)
    told = spoken & ~stale
    if not told.any():
        return passes, value, stale, types
    newest = last[told]
    value[told] = said.value[flat[newest]]
    since = _beginnings(said.holds[flat], starts)
    holds = (said.holds[flat] & _stood(said.holds[flat], said.timely[flat], starts))[newest]
    firsts = np.maximum(fresh[told], since[newest])
    alone = np.repeat(_one_voice(said.voice[flat], starts), shape[1]).reshape(shape)[told]
    firsts = np.where(alone, newest, firsts)  # it does not matter how many of its reports are fresh
    runs, which = np.unique(firsts * len(flat) + newest, return_inverse=True)  # many points between two reports
    voices = said.voice[flat].tolist()
    known: dict[tuple[int, ...], tuple[float, int]] = {}
    found = np.empty((len(runs), 2))
    for place, (first, at) in enumerate(zip((runs // len(flat)).tolist(), (runs % len(flat)).tolist(), strict=True)):
        key = tuple(dict.fromkeys(reversed(voices[first : at + 1])))
        if key not in known:
            known[key] = believed(key)
        found[place] = known[key]
    p, kinds = found[which].T
    passes[told], types[told] = np.where(holds, p, 1.0 - p), kinds.astype(np.int64)
    return passes, value, stale, types


def _standing(days: Ints, starts: Ints, grid: Ints, fresh_days: float) -> tuple[Ints, Ints]:
    """Of each thing at each point, the place of its last report, and of its first that is fresh. Shapes (n, g).

    The days of one thing after those of another make one rising line, in which all are looked up at once.
    """
    count = len(starts) - 1
    oldest = int(min(days.min(initial=grid[0]), grid[0])) - 1
    span = int(max(days.max(initial=grid[-1]), grid[-1])) - oldest + 2
    own = np.repeat(np.arange(count), np.diff(starts))
    line, beginnings = own * span + (days - oldest), np.arange(count)[:, None] * span
    last = np.searchsorted(line, beginnings + (grid - oldest), side="right") - 1
    aged = np.maximum(np.ceil(grid - min(fresh_days, span)), oldest).astype(np.int64)
    return last, np.searchsorted(line, beginnings + (aged - oldest), side="left")


def _beginnings(holds: Bools, starts: Ints) -> Ints:
    """For each report the place where the run of equal ones begins that it stands in."""
    places = np.arange(len(holds))
    changes = np.ones(len(holds), dtype=bool)
    changes[1:] = holds[1:] != holds[:-1]
    changes[starts[:-1][np.diff(starts) > 0]] = True
    return np.maximum.accumulate(np.where(changes, places, 0))


def _stood(holds: Bools, timely: Bools, starts: Ints) -> Bools:
    """For each report whether the last one until then that is timely held: what was reported later and taken back again
    changes nothing of it."""
    latest = np.maximum.accumulate(np.where(timely, np.arange(len(holds)), -1))
    own = np.repeat(starts[:-1], np.diff(starts))
    return (latest >= own) & holds[latest]


def _one_voice(voice: Ints, starts: Ints) -> Bools:
    """Whether all reports on a thing are of one voice. Shape (n,)."""
    differs = np.zeros(len(voice) + 1, dtype=np.int64)
    differs[1:-1] = voice[1:] != voice[:-1]
    differs[starts[:-1]] = 0  # where another thing begins
    total = np.concatenate([[0], np.cumsum(differs)])
    found: Bools = total[starts[1:]] == total[starts[:-1]]
    return found


def surest(several: Course) -> Course:
    """Of several things that may pass for one, shapes (m, g), the surest at each point; unknown where none passes and
    one that is too old might."""
    passes, value, stale, types = several
    chosen = np.argmax(np.nan_to_num(passes, nan=-1.0), axis=0), np.arange(passes.shape[1])
    fails = ~(passes[chosen] >= 0.5)
    old = np.logical_or.reduce(stale, axis=0) & fails
    return np.where(old, np.nan, passes[chosen]), value[chosen], old, types[chosen]
