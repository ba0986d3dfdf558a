"""primacy backtest: what would have been said in each month, with the knowledge of that month?"""

import gc
import itertools
import json
import os
from datetime import UTC, date, datetime
from pathlib import Path

import click

DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.option("--from", "first", type=DAY, required=True, help="The first day to judge.")
@click.option("--to", "last", type=DAY, required=True, help="The last day.")
@click.option("--every", default="1m", show_default=True, metavar="STEP", help="1m, 3m, 1y ...")
@click.option(
    "--knowledge",
    default="real",
    show_default=True,
    metavar="K",
    help="real: what was known then. lagged:45d: today's evidence, each data point known 45 days after its date.",
)
@click.option("--event", "events", multiple=True, metavar="NAME=DATE", help="A dated event; default: the mission's.")
@click.option("--only", multiple=True, metavar="BENCHMARK", help="Only these benchmarks; repeatable.")
@click.option("--csv", "csv_file", type=click.Path(path_type=Path, dir_okay=False), help="Also write a table there.")
def backtest(
    first: datetime, last: datetime, every: str, knowledge: str, events: tuple[str, ...], only: tuple[str, ...],
    csv_file: Path | None,
) -> None:  # fmt: skip
    """Judge every month again, and say how steady the statuses are and how soon reversals were called.

    Example: primacy backtest --from 2014-12-31 --to 2022-12-31 --knowledge lagged:45d
    """
    context = click.get_current_context().obj
    gc.set_threshold(1_000_000)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from primacy.assessment.inputs import Inputs, open_inputs
    from primacy.assessment.over_time import backtest_told, backtesting
    from primacy.assessment.over_time.reversals import events_of
    from primacy.framework.mission import day_of

    today = day_of(context.instance, datetime.now(UTC).date())
    asked = backtesting.days(first.date(), last.date(), every)

    def rules(day: date) -> Inputs:
        return open_inputs(context.instance, on=min(day, today))

    now = rules(asked[-1])
    dated = events_of(events, now.mission)
    backtest_told.check_only(only, now.framework)
    store = backtesting.evidence_for(rules, asked, knowledge)
    quiet = context.quiet or context.json
    done = itertools.count(1)

    def tell(month: backtesting.Month) -> None:
        if not quiet:
            click.echo(f"{month.as_of}  {month.seconds:5.1f} s  {next(done)} of {len(asked)}", err=True)

    months = backtesting.replay(rules, store, asked, only=only, tell=tell)
    told = backtest_told.Told(months, knowledge, every, dated)
    if csv_file is not None:
        csv_file.write_text(told.csv(), encoding="utf-8", newline="")
    if context.json:
        click.echo(json.dumps(told.as_tree(), ensure_ascii=False))
        return
    for line in told.lines():
        click.echo(line)
    context.say(f"{len(months)} months, {sum(each.seconds for each in months) / len(months):.1f} s each.")
