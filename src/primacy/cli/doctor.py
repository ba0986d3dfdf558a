"""primacy doctor: is the instance whole, and is it set up as it should be?"""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from primacy.evidence.doctor import Ailment
    from primacy.framework.instance import Instance

WORDS = ("what", "remedy")


@click.command()
@click.option("--quick", is_flag=True, help="Only what is done in a moment: the evidence and the trail are not read.")
def doctor(quick: bool) -> None:
    """Look over the instance: database, keys and who can read them, disk, worker, clock, proxy, people, backup,
    evidence and its checksums, mission file, framework, calibration, audit trail.

    Reads every byte of the evidence and changes nothing. Exit code 1 where something is wrong.

    Example: primacy doctor --json
    """
    context = click.get_current_context()
    instance = context.obj.need_instance(whole=False)
    found = _found(context, quick)
    grave = any(each.grave for each in found)
    saved = _last_backup(instance)
    if context.obj.json:
        told = {
            "whole": not grave,
            "last_backup": saved or None,
            "found": [asdict(each) | {name: str(getattr(each, name)) for name in WORDS} for each in found],
        }
        click.echo(json.dumps(told, ensure_ascii=False))
    else:
        for each in found:
            click.echo(f"{'WRONG' if each.grave else 'note '}  {each.where}: {each.what}. {each.remedy}.")
        context.obj.say(f"Last backup: {saved or 'never'}.")
        context.obj.say("Something is wrong." if grave else "The instance is whole.")
    context.exit(1 if grave else 0)


def _last_backup(instance: "Instance") -> str:
    from primacy.web.doctor.backup import last

    found = last(instance)
    return f"{found:%Y-%m-%d %H:%M} UTC" if found else ""


def _found(context: click.Context, quick: bool) -> "list[Ailment]":
    from primacy.evidence.doctor import Ailment
    from primacy.places.errors import BadInput

    try:
        context.obj.start_django()
    except BadInput as error:  # the settings cannot be read: that comes first, and nothing else can be asked
        return [Ailment(error.what, str(error.where), error.remedy)]
    from primacy.web.doctor import examine

    return examine(context.obj.instance, quick=quick)
