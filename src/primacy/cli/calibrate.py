"""primacy calibrate: what a history looks like where nothing changed is learnt again, from the mission's own."""

import json
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from primacy.cli.init import SIMULATIONS

if TYPE_CHECKING:
    from primacy.assessment.trends.prior import Prior
    from primacy.assessment.trends.prior_learning import Learnt
    from primacy.cli import Context

HABITS = {
    "size": "clustering (size of the negative binomial; small is clustered)",
    "memory": "memory from one month to the next, at most",
    "disturbance": "short-lived swings (standard deviation of logs), at most",
    "wandering": "drift, jumps and crises of the level, times the shipped",
    "silent": "share of months that went unrecorded, at most",
}
LEVELS = ("Unclassified", "Internal", "Confidential", "Strictly Confidential")


@click.command()
@click.option("--standard", is_flag=True, help="Go back to the shipped prior.")
@click.option(
    "--level",
    type=click.IntRange(0, 3),
    default=0,
    show_default=True,
    help="Learn from data points up to this confidentiality: the learnt numbers travel in every package.",
)
@click.option("--simulations", default=SIMULATIONS, hidden=True, type=int)
def calibrate(standard: bool, level: int, simulations: int) -> None:
    """Learn from this mission's own history how much its series move by themselves, and calibrate the trends with it.

    Reads the monthly events that rules count, by report area, as known now, up to the confidentiality that --level
    names, and says how many were left out. Short histories change little; where none is long enough, everything stays
    as it is. The next assessment uses it; assessments that are stored keep the calibration they were made with.

    Example: primacy calibrate --level 1
    """
    context = click.get_current_context().obj
    from primacy.assessment.inputs import write_model
    from primacy.assessment.trends.prior import SHIPPED

    before = _prior_now(context, damaged_will_do=standard)
    read = None if standard else _read(context, level)
    if read is not None and read.learnt.series == 0:
        _tell_nothing_learnt(context, before, read)
        return
    after = SHIPPED if read is None else read.learnt.prior
    with _bar(context) as bar:
        write_model(
            context.instance.calibration,
            simulations=simulations,
            progress=lambda share: bar.update(int(100 * share) - bar.pos) if bar is not None else None,
            prior=after,
        )
    context.audit("calibrated the trends", "standard" if standard else f"own history, level {level}", **after.as_dict())
    _tell(context, before, after, read)


@dataclass(frozen=True)
class _Read:
    """What was read up to a level, and what it taught. `events`: by confidentiality, those left out among them."""

    level: int
    events: Mapping[int, int]
    learnt: "Learnt"

    @property
    def left_out(self) -> dict[int, int]:
        return {level: count for level, count in sorted(self.events.items()) if level > self.level and count}

    @property
    def taken(self) -> int:
        return sum(count for level, count in self.events.items() if level <= self.level)

    def as_dict(self) -> dict[str, Any]:
        return {"level": self.level, "events": self.taken, "left_out": {str(n): c for n, c in self.left_out.items()}}


def _prior_now(context: "Context", *, damaged_will_do: bool) -> "Prior | None":
    """The prior in use; None where none can be read and a new one is made whatever it was."""
    from primacy.assessment.inputs import NotCalibrated, read_model

    try:
        return read_model(context.instance.calibration).prior
    except NotCalibrated:
        if damaged_will_do:
            return None
        raise


def _read(context: "Context", level: int) -> _Read:
    from primacy.assessment.inputs import open_inputs
    from primacy.assessment.trends.own_history import events_by_level, own_series
    from primacy.assessment.trends.prior import SHIPPED
    from primacy.assessment.trends.prior_learning import Learnt, learn

    now = datetime.now(UTC)
    inputs = replace(open_inputs(context.instance), level=level)
    read = _Read(level, events_by_level(inputs, as_of=now.date(), known=now), Learnt(SHIPPED, 0, 0))
    for line in _lines_read(read):
        context.say(line)
    if not read.taken:
        return read
    return replace(read, learnt=learn(own_series(inputs, as_of=now.date(), known=now)))


def _lines_read(read: _Read) -> Iterator[str]:
    """What is read at this level, and what is not: told before it takes its time."""
    yield f"Read at level {read.level} (up to {LEVELS[read.level]}): {_number(read.taken)} that rules count."
    if read.left_out:
        parts = (f"{count:,} {LEVELS[level]}" for level, count in read.left_out.items())
        yield f"Left out as more confidential: {', '.join(parts)}."


def _number(events: int) -> str:
    return "1 event" if events == 1 else f"{events:,} events"


def _tell_nothing_learnt(context: "Context", before: "Prior | None", read: _Read) -> None:
    """Nothing was long enough to learn from, so nothing was changed; and what to do."""
    from primacy.assessment.trends.prior import SHIPPED

    if context.json:
        is_ = before.as_dict() if before is not None else SHIPPED.as_dict()
        click.echo(json.dumps(_as_dict(is_, is_, read), ensure_ascii=False))
        return
    if read.taken:
        context.say("Nothing learnt: no series of them has three years with an event a month or more.")
    else:
        context.say("Nothing learnt.")
    in_use = "the shipped prior" if before == SHIPPED else "the prior learnt before"
    context.say(f"Nothing was calibrated again: {in_use} stays in use.")
    if read.left_out:
        context.say(
            f"To learn from more: `primacy calibrate --level {min(read.left_out)}`. The learnt numbers travel in every"
            " package, those handed out included; they say how events scatter, and of no event where or when."
        )
    elif before != SHIPPED:
        context.say("`primacy calibrate --standard` goes back to the shipped prior.")


def _as_dict(is_: dict[str, float], was: dict[str, float] | None, read: _Read | None) -> dict[str, Any]:
    from primacy.assessment.trends.prior import SHIPPED

    rests_on = {"series": read.learnt.series, "years": read.learnt.years} if read is not None else None
    told = {"prior": is_, "before": was, "shipped": SHIPPED.as_dict(), "learnt_from": rests_on}
    return told if read is None else {**told, "read": read.as_dict()}


def _bar(context: "Context") -> AbstractContextManager[Any]:
    """A bar for people, and none for scripts."""
    if context.quiet or context.json:
        return nullcontext()
    return click.progressbar(length=100, label="Calibrating the trend posterior", show_eta=True)


def _tell(context: "Context", before: "Prior | None", after: "Prior", read: _Read | None) -> None:
    from primacy.assessment.trends.prior import SHIPPED

    is_, shipped = after.as_dict(), SHIPPED.as_dict()
    was = before.as_dict() if before is not None else None
    if context.json:
        click.echo(json.dumps(_as_dict(is_, was, read), ensure_ascii=False))
        return
    if read is None:
        context.say("The shipped prior is in use again.")
    else:
        learnt = read.learnt
        context.say(f"Learnt from {learnt.series} series with {learnt.years} years of an event a month or more.")
    for name, meaning in HABITS.items():
        before_it = f"{was[name]:g} -> " if was is not None else ""
        context.say(f"  {meaning}: {before_it}{is_[name]:g} (shipped {shipped[name]:g})")
    context.say("A stored assessment keeps the calibration that it was made with; the next one uses this.")
