"""primacy calibrate: what a history looks like where nothing changed is learnt again, from the mission's own."""

import json
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
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

    Reads the monthly events that rules count, by report area, as known now. Short histories change little. The next
    assessment uses it; assessments that are stored keep the calibration they were made with.

    Example: primacy calibrate
    """
    context = click.get_current_context().obj
    from primacy.assessment.inputs import write_model
    from primacy.assessment.trends.prior import SHIPPED

    before = _prior_now(context, damaged_will_do=standard)
    learnt = None if standard else _learnt(context, level)
    after = SHIPPED if learnt is None else learnt.prior
    with _bar(context) as bar:
        write_model(
            context.instance.calibration,
            simulations=simulations,
            progress=lambda share: bar.update(int(100 * share) - bar.pos) if bar is not None else None,
            prior=after,
        )
    context.audit("calibrated the trends", "standard" if standard else f"own history, level {level}", **after.as_dict())
    _tell(context, before, after, learnt)


def _prior_now(context: "Context", *, damaged_will_do: bool) -> "Prior | None":
    """The prior in use; None where none can be read and a new one is made whatever it was."""
    from primacy.assessment.inputs import NotCalibrated, read_model

    try:
        return read_model(context.instance.calibration).prior
    except NotCalibrated:
        if damaged_will_do:
            return None
        raise


def _learnt(context: "Context", level: int) -> "Learnt":
    from primacy.assessment.inputs import open_inputs
    from primacy.assessment.trends.own_history import own_series
    from primacy.assessment.trends.prior_learning import learn

    context.say("Reading the history ...")
    now = datetime.now(UTC)
    inputs = replace(open_inputs(context.instance), level=level)
    return learn(own_series(inputs, as_of=now.date(), known=now))


def _bar(context: "Context") -> AbstractContextManager[Any]:
    """A bar for people, and none for scripts."""
    if context.quiet or context.json:
        return nullcontext()
    return click.progressbar(length=100, label="Calibrating the trend posterior", show_eta=True)


def _tell(context: "Context", before: "Prior | None", after: "Prior", learnt: "Learnt | None") -> None:
    from primacy.assessment.trends.prior import SHIPPED

    is_, shipped = after.as_dict(), SHIPPED.as_dict()
    was = before.as_dict() if before is not None else None
    if context.json:
        rests_on = {"series": learnt.series, "years": learnt.years} if learnt is not None else None
        told = {"prior": is_, "before": was, "shipped": shipped, "learnt_from": rests_on}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    if learnt is None:
        context.say("The shipped prior is in use again.")
    elif learnt.series == 0:
        context.say("No series has three years with an event a month or more: the shipped prior is used.")
    else:
        context.say(f"Learnt from {learnt.series} series with {learnt.years} years of an event a month or more.")
    for name, meaning in HABITS.items():
        before_it = f"{was[name]:g} -> " if was is not None else ""
        context.say(f"  {meaning}: {before_it}{is_[name]:g} (shipped {shipped[name]:g})")
    context.say("A stored assessment keeps the calibration that it was made with; the next one uses this.")
