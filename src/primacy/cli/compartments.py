"""primacy compartments: the keys of what must never be ordinary."""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from primacy.cli import LOCKED

OF_THE_INSTANCE = ("set-up", "rotate")  # the others need none, or say that it is locked down
Command = TypeVar("Command", bound=Callable[..., Any])


def passphrase_option(command: Command) -> Command:
    """`--passphrase-file`: for scripts; people are asked."""
    told = "Read the passphrase from the first line of this file instead of asking for it."
    return click.option("--passphrase-file", type=click.Path(path_type=Path, exists=True), help=told)(command)


def typed(file: Path | None, prompt: str, *, twice: bool = False) -> str:
    """The passphrase from a file, or as it is typed."""
    if file is not None:
        return file.read_text("utf-8").split("\n", 1)[0]
    return str(click.prompt(prompt, hide_input=True, confirmation_prompt=twice))


@click.group()
@click.pass_context
def compartments(ctx: click.Context) -> None:
    """Set up, change and look after the keys of compartments."""
    if ctx.invoked_subcommand in OF_THE_INSTANCE and ctx.obj.instance.lock.exists():
        raise click.UsageError(LOCKED)


@compartments.command("recovery-key")
@click.argument("out", type=click.Path(path_type=Path))
@passphrase_option
def recovery_key(out: Path, passphrase_file: Path | None) -> None:
    """At headquarters: make the key that reopens missions. Needs no instance.

    OUT stays at headquarters, in a safe, with its passphrase in another. Only OUT.pub goes to the mission.

    Example: primacy compartments recovery-key headquarters.key
    """
    from primacy.compartments.lock_down import make_recovery_key

    if out.exists():
        raise click.UsageError(f"{out} is there already; a key is never written over.")
    mark = make_recovery_key(out, typed(passphrase_file, "Passphrase of headquarters", twice=True))
    if click.get_current_context().obj.json:
        click.echo(json.dumps({"secret": str(out), "public": f"{out}.pub", "mark": mark}))
        return
    click.echo(f"Secret key in {out}, public key in {out}.pub, mark {mark}.")


@compartments.command("set-up")
@click.option("--recovery", required=True, type=click.Path(path_type=Path, exists=True),
              help="The public key of headquarters.")  # fmt: skip
def set_up(recovery: Path) -> None:
    """At the mission: begin the file of keys, outside the instance folder.

    It lies where PRIMACY_KEYS_FILE says, else beside the instance folder. Compare the mark that it prints with
    headquarters.

    Example: primacy compartments set-up --recovery headquarters.key.pub
    """
    from primacy.compartments import custody, lock_down
    from primacy.compartments.sealing import fingerprint

    context = click.get_current_context().obj
    context.need_instance(whole=False)
    place = _place()
    try:
        public = lock_down.public_key(recovery)
        custody.set_up(place.keys, public)
    except custody.Refused as error:
        raise click.UsageError(f"{place.keys} is there already; keys are never written over.") from error
    except ValueError as error:
        raise click.UsageError(f"{recovery} is no public key of headquarters.") from error
    lock_down.set_up_public(place, public)
    context.audit("set up the keys of compartments", "")
    if context.json:
        click.echo(json.dumps({"keys": str(place.keys), "headquarters": fingerprint(public)}))
        return
    click.echo(f"Keys will be kept in {place.keys}.")
    click.echo(f"Headquarters has the mark {fingerprint(public)}.")


@compartments.command()
@click.argument("name")
@passphrase_option
def rotate(name: str, passphrase_file: Path | None) -> None:
    """Change the key of every compartment that NAME, a member, opens with the passphrase.

    Members keep their passphrases. What an old copy of the keys opened, it still opens in an old copy of the data.

    Example: primacy compartments rotate amina
    """
    context = click.get_current_context().obj
    context.start_django()
    from primacy.compartments.sealing import Unreadable
    from primacy.compartments.services import rotate_all

    passphrase = typed(passphrase_file, f"Passphrase of {name}")
    try:
        count = rotate_all(by=context.actor, name=name, passphrase=passphrase)
    except LookupError as error:
        told = f"{name} is a member of no compartment here, or the file of keys is not here."
        raise click.UsageError(told) from error
    except Unreadable as error:
        raise click.UsageError("It does not open with this passphrase.") from error
    click.echo(
        json.dumps({"changed": count}) if context.json else f"{count} {'key' if count == 1 else 'keys'} changed."
    )


@compartments.command()
def status() -> None:
    """Where the keys lie, who can read the file, and how many compartments it opens.

    Destroys the keys whose last day has passed. Exit code 1 where keys are missing for compartments that are here, or
    others on the machine can read them; and while the instance is locked down, when it says that and no more.

    Example: primacy compartments status --json
    """
    context = click.get_current_context()
    found = _status()
    if context.obj.json:
        click.echo(json.dumps(found))
    else:
        for name, value in found.items():
            click.echo(f"{name}: {value}")
    context.exit(0 if found["whole"] else 1)


def _status() -> dict[str, Any]:
    from primacy.compartments import boxes, custody, key_file

    if click.get_current_context().obj.instance.lock.exists():
        return {"locked down": True, "whole": False}
    place = _place()
    here = {each.stem for each in place.boxes.glob(f"*{boxes.ENDING}")} if place.boxes.is_dir() else set()
    try:
        ended = custody.forget_expired(place.keys, datetime.now(UTC).date())
        keys = set(key_file.read(place.keys).boxes)
    except key_file.NoKeys:
        return {"keys": "not here", "compartments": len(here), "without a key": len(here), "whole": not here}
    private = place.keys.stat().st_mode & 0o077 == 0
    return {
        "keys": str(place.keys), "for the owner alone": private, "compartments": len(here),
        "without a key": len(here - keys), "keys ended now": ended, "whole": private and here <= keys,
    }  # fmt: skip


def _place() -> Any:
    from primacy.compartments.key_file import BadPlace
    from primacy.compartments.places import place_of

    try:
        return place_of(click.get_current_context().obj.instance, os.environ)
    except BadPlace as error:
        raise click.UsageError(str(error)) from error
