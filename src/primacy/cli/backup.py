"""primacy backup: everything of an instance but its keys, in one file under a passphrase."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import click

from primacy.cli.compartments import passphrase_option, typed


@click.command()
@click.argument("place", type=click.Path(path_type=Path), metavar="FILE_OR_FOLDER")
@passphrase_option
def backup(place: Path, passphrase_file: Path | None) -> None:
    """Write the whole instance into one sealed file, while the site is open.

    A folder gets a file that is named by day and hour. In it: the database as of one moment, the evidence, the files of
    records, assessments, the mission file, and compartments as they are sealed. Not in it: any key;
    docs/how-to/back-up.md says which to copy by hand. The file is read once more before this says that it is done.

    Example: primacy backup backups/
    """
    context = click.get_current_context().obj
    instance = context.need_instance()
    from primacy.web.backing_up import back_up, place_for, refuse_short

    now = datetime.now(UTC)
    file = place_for(place, instance, now)
    passphrase = typed(passphrase_file, "Passphrase of the backup", twice=True)
    refuse_short(passphrase)
    context.audit("made a backup", file.name)  # before, so that the backup itself knows of it
    contents = back_up(instance, os.environ, file, passphrase, now)
    size = file.stat().st_size
    if context.json:
        click.echo(json.dumps({"file": str(file), "bytes": size, "files": len(contents.files)}))
        return
    context.say(f"{len(contents.files)} files, {size / 1_000_000:.1f} MB, read again and whole: {file}")
    context.say("No key is in it. Without its passphrase nobody opens it, you neither.")
