"""primacy doctor: is the instance whole?"""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from primacy.evidence.doctor import Ailment
    from primacy.framework.instance import Instance


@click.command()
def doctor() -> None:
    """Look over the instance: evidence and its checksums, mission file, framework, calibration, keys, audit trail.

    Reads every byte of the evidence and changes nothing. Exit code 1 where something is wrong.

    Example: primacy doctor --json
    """
    context = click.get_current_context()
    instance = context.obj.instance
    if not instance.folder.is_dir():
        raise click.UsageError(f"There is no instance in {instance.folder}. `primacy init` makes one.")
    found = [*_evidence(instance), *_inputs(instance), *_key(instance), *_compartments(instance), *_trail(context)]
    grave = any(each.grave for each in found)
    if context.obj.json:
        click.echo(json.dumps({"whole": not grave, "found": [asdict(each) for each in found]}, ensure_ascii=False))
    else:
        for each in found:
            click.echo(f"{'WRONG' if each.grave else 'note '}  {each.where}: {each.what}. {each.remedy}.")
        context.obj.say("Something is wrong." if grave else "The instance is whole.")
    context.exit(1 if grave else 0)


def _evidence(instance: "Instance") -> "list[Ailment]":
    from primacy.evidence.doctor import examine

    return examine(instance.evidence)


def _inputs(instance: "Instance") -> "Iterator[Ailment]":
    """What else an assessment needs."""
    from primacy.assessment.inputs import open_inputs
    from primacy.assessment.package import last_of
    from primacy.assessment.rewritten import rewritten
    from primacy.evidence.doctor import Ailment
    from primacy.framework import read_mission
    from primacy.framework.problems import FrameworkError
    from primacy.places.errors import BadInput

    try:
        open_inputs(instance)
        if (last := last_of(instance.assessments)) is not None:
            for each in rewritten(instance.overlay, read_mission(instance.mission_file), last):
                yield Ailment(f"{each.field} {each.what}", each.file, each.remedy[:1].upper() + each.remedy[1:])
    except FrameworkError as error:
        yield Ailment(str(error).splitlines()[0], str(instance.overlay), "`primacy framework check` names every fault")
    except BadInput as error:
        yield Ailment(error.what, error.where, error.remedy)


def _key(instance: "Instance") -> "Iterator[Ailment]":
    """The key that signs packages: whole, and for its owner alone."""
    from primacy.assessment.ed25519 import BadKey
    from primacy.assessment.signing import public_of
    from primacy.evidence.doctor import Ailment

    file = instance.signing_key
    try:
        public_of(file)
    except BadKey as error:
        yield Ailment(str(error), str(file), "Others know you by the key that they were given")
    if file.is_file() and file.stat().st_mode & 0o077:
        yield Ailment(
            "others on this machine can read the key that signs", str(file), "chmod 600, and think of a new key"
        )


def _compartments(instance: "Instance") -> "Iterator[Ailment]":
    from primacy.compartments.doctor import examine
    from primacy.compartments.key_file import BadPlace
    from primacy.compartments.places import place_of
    from primacy.evidence.doctor import Ailment

    try:
        yield from examine(place_of(instance, os.environ))
    except BadPlace as error:
        yield Ailment("the keys of compartments lie in the instance", str(error.file), "Name another place")


def _trail(context: click.Context) -> "Iterator[Ailment]":
    from primacy.evidence.doctor import Ailment

    database = context.obj.instance.database
    if not database.is_file():
        yield Ailment("there is no database yet", str(database), "`primacy serve` makes it", grave=False)
        return
    context.obj.start_django()
    from primacy.access import chain, queries

    for each in chain.verify(queries.chain_of_entries()).breaks:
        yield Ailment(f"the audit trail is broken: {each}", "audit trail", "Compare it with a backup, and say so")
