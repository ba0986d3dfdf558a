"""primacy reopen: headquarters opens a locked instance again, in three steps, and its key never leaves headquarters."""

import os
from pathlib import Path

import click

from primacy.cli.compartments import passphrase_option, typed
from primacy.framework.instance import Instance


@click.group()
def reopen() -> None:
    """Open an instance that was locked down: the mission asks, headquarters answers, the mission applies."""


def _locked() -> Instance:
    instance: Instance = click.get_current_context().obj.instance
    if not instance.lock.is_file():
        raise click.UsageError("This instance is not locked down.")
    return instance


@reopen.command()
@click.argument("out", type=click.Path(path_type=Path))
def ask(out: Path) -> None:
    """At the mission: write the request for headquarters. It holds nothing secret.

    Example: primacy reopen ask request.json
    """
    from primacy.compartments import lock_down
    from primacy.compartments.key_file import NoKeys
    from primacy.compartments.places import place_of

    instance = _locked()
    if not lock_down.read_lock(instance.lock).sealed:
        raise click.UsageError(f"No key of headquarters was set up: remove {instance.lock} by hand to reopen the site.")
    try:
        out.write_bytes(lock_down.ask(place_of(instance, os.environ), instance.lock))
    except NoKeys as error:
        raise click.UsageError(f"The file of keys is not here: {error}. Bring it first.") from error
    click.get_current_context().obj.say(f"Send {out} to headquarters.")


@reopen.command()
@click.argument("request", type=click.Path(path_type=Path, exists=True))
@click.option("--recovery-key", required=True, type=click.Path(path_type=Path, exists=True), help="Your secret key.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Where to write the answer.")
@passphrase_option
def answer(request: Path, recovery_key: Path, out: Path, passphrase_file: Path | None) -> None:
    """At headquarters: answer a request. Needs no instance.

    It shows to whom compartments will open. Compare each mark by telephone with the person before you send the answer,
    and send it by a protected way: until it is applied, it is secret.

    Example: primacy reopen answer request.json --recovery-key headquarters.key --out answer.json
    """
    from primacy.compartments import lock_down
    from primacy.compartments.key_file import replace
    from primacy.compartments.sealing import Unreadable

    content = request.read_bytes()
    try:
        private = lock_down.recovery_key(recovery_key, typed(passphrase_file, "Passphrase of headquarters"))
        replace(out, lock_down.answer(content, private))
    except Unreadable as error:
        raise click.UsageError("The passphrase is wrong, or the request is for another key.") from error
    for box, person, mark in lock_down.named(content):
        click.echo(f"compartment {box[:8]}: person {person}, mark {mark}")
    click.get_current_context().obj.say(f"The answer is in {out}.")


@reopen.command()
@click.argument("content", metavar="ANSWER", type=click.Path(path_type=Path, exists=True))
def apply(content: Path) -> None:
    """At the mission: open again with the answer of headquarters, then remove the answer.

    Example: primacy reopen apply answer.json
    """
    from primacy.compartments import lock_down
    from primacy.compartments.key_file import NoKeys
    from primacy.compartments.places import other_keys, place_of
    from primacy.compartments.sealing import Unreadable

    instance, context = _locked(), click.get_current_context().obj
    others = other_keys(instance, os.environ)
    try:
        lock_down.apply(place_of(instance, os.environ), instance.lock, others, content.read_bytes())
    except Unreadable as error:
        raise click.UsageError("This answer is not to the last lock-down of this instance.") from error
    except NoKeys as error:
        raise click.UsageError(f"The file of keys is not here: {error}. Bring it first.") from error
    context.audit("reopened", "")
    context.say(f"Reopened. Restart `primacy serve`, and remove {content}.")
