"""primacy work: the background worker alone, where it does not run beside the site."""

import json
import secrets

import click


@click.command()
@click.option("--until-empty", is_flag=True, help="End when nothing waits any more.")
@click.option("--name", default="", hidden=True, help="What the worker is called; by chance where nothing is said.")
@click.option("--after", default="", hidden=True, help="The worker that is gone, whose jobs are taken up at once.")
@click.option("--parent", default=None, hidden=True, type=int, help="End when this process is gone.")
def work(until_empty: bool, name: str, after: str, parent: int | None) -> None:
    """Do what waits in the background: imports, assessments, packages, and what comes again and again.

    `primacy serve` starts a worker by itself. Start more where work waits long: no two ever take the same job. What a
    worker leaves when it is killed is begun again by another one within a minute.

    Example: primacy work --until-empty
    """
    context = click.get_current_context().obj
    context.need_instance()
    context.start_django()
    from primacy.jobs.services.taking_up import leave
    from primacy.jobs.services.worker import work as work_off

    if after:
        leave(after)
    done = work_off(name or secrets.token_hex(8), until_empty=until_empty, parent=parent)
    if context.json:
        click.echo(json.dumps({"jobs": done}))
    else:
        context.say(f"{done} jobs were done.")
