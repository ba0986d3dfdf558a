"""primacy assess: the finding on every benchmark, for planners and scripts."""

import gc
import json
import os
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from primacy.framework.languages import codes

MOMENTS = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"])


@click.command()
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day to judge; default: today.")
@click.option("--known", type=MOMENTS, help="Use only what was known then; default: now.")
@click.option("--out", type=click.Path(path_type=Path), help="Also write the package to this file.")
@click.option(
    "--level",
    type=click.IntRange(0, 3),
    default=3,
    show_default=True,
    help="Show and write no more than may be told with data points up to this confidentiality.",
)
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    help="What reads the evidence.",
)
@click.option("--language", type=click.Choice(codes()), default="en", show_default=True)
def assess(
    as_of: datetime | None, known: datetime | None, out: Path | None, level: int, engine: str, language: str
) -> None:  # fmt: skip
    """Compute and store the finding on every benchmark.

    Example: primacy assess --as-of 2022-12-31 --json
    """
    context = click.get_current_context().obj
    gc.disable()  # a short process: looking for garbage would cost a tenth of its time and free nothing
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read with NumPy: nothing here is worth a thread's start
    context.start_django(pages=False)
    from primacy.assessment import services
    from primacy.assessment.inputs import FULL
    from primacy.assessment.told.telling import newest_package, set_aside, table, told
    from primacy.cli.framework import today
    from primacy.framework import load
    from primacy.framework.translations import SOURCE, unreviewed

    moment = known.replace(tzinfo=UTC) if known else None
    day: date | None = as_of.date() if as_of else None
    with TemporaryDirectory() as scratch:
        shown = out or (Path(scratch) / "shared.zip" if level < FULL else None)
        stored = services.run_assessment(
            by=context.actor, as_of=day, known=moment, level=level, out=shown, engine=engine
        )
        package = told(shown if shown is not None else newest_package(context.instance, stored.id))
    in_force = load(context.instance.overlay, min(date.fromisoformat(package.head["as_of"]), today()))
    for name in package.head.get("not_to_be_passed_on", ()) if out is not None else ():
        warning = f"{out} holds rows of {name}, whose licence forbids to pass them on: keep it in the mission."
        click.echo(warning, err=True)  # with --quiet and --json too: it is what would be done wrong with the file
    if context.json:
        object_ = {**package.assessment_object(language), "set_aside": set_aside(in_force, language)}
        if language != SOURCE:
            object_ |= {"reviewed": not unreviewed(in_force, language)}
        click.echo(json.dumps(object_, ensure_ascii=False))
        return
    click.echo("\n".join(table(package, language, in_force)))
    if out is not None:
        context.say(f"The package is in {out}.")
