"""primacy restore: an instance out of a backup."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from primacy.cli.compartments import passphrase_option, typed

if TYPE_CHECKING:
    from primacy.cli import Context


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--check", is_flag=True, help="Only read the backup to its end and compare every checksum.")
@passphrase_option
def restore(file: Path, check: bool, passphrase_file: Path | None) -> None:
    """Bring a backup back into an empty place; what is there is never written over.

    The folder may already hold keys and the address of the database (docs/how-to/back-up.md). Everybody is signed out,
    and tokens for scripts end. `primacy doctor` looks over what came back.

    Example: primacy restore primacy-2026-06-30-120000.backup --data restored
    """
    context = click.get_current_context().obj
    from primacy.web.backing_up import read_backup
    from primacy.web.restoring import missing_keys
    from primacy.web.restoring import restore as bring_back

    passphrase = typed(passphrase_file, "Passphrase of the backup")
    instance = context.instance
    contents = read_backup(file, passphrase) if check else bring_back(file, passphrase, instance, os.environ)
    missing = [] if check else missing_keys(instance, os.environ)
    if not check:
        _begin_anew(context, file)
    if context.json:
        click.echo(json.dumps({"made": contents.made.isoformat(), "files": len(contents.files), "restored": not check}))
        return
    context.say(f"{len(contents.files)} files of {contents.made:%Y-%m-%d %H:%M} UTC, every checksum right.")
    if check:
        return
    context.say(f"The instance is in {instance.folder}. Everybody is signed out.")
    for each in missing:
        context.say(f"Missing: {each}. Put your copy there before anybody signs in, or another one takes its place.")
    context.say("It is as it was then: switch off again who left since, end their posts, let go what was let go.")
    context.say("Now: primacy doctor")


def _begin_anew(context: "Context", file: Path) -> None:
    """Tables of the program's version; nobody signed in; the search knows what is there; the trail tells of it."""
    context.start_django()
    from primacy.access.services import end_all_sign_ins
    from primacy.records.services.indexing import rebuild_index
    from primacy.web.migrating import bring_up_to_date

    bring_up_to_date()
    rebuild_index()
    end_all_sign_ins(by=context.actor, deed="restored a backup", subject=file.name)
