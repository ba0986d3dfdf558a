"""primacy lock-down: within seconds nobody opens anything here any more, and only headquarters opens it again."""

import json
import os
from datetime import UTC, datetime

import click


@click.command("lock-down")
def lock_down() -> None:
    """Lock this instance down: destroy the keys of compartments here, sign everybody out, answer nothing.

    It does not ask whether you are sure. Files come first and take no second; the database afterwards. Whoever stands
    at the machine needs no password for it. Then switch the machine off: docs/how-to/lock-down.md.

    Example: primacy lock-down
    """
    context = click.get_current_context().obj
    context.need_instance(whole=False)
    from primacy.compartments import lock_down as locking
    from primacy.compartments.places import other_keys, place_to_lock

    instance = context.instance
    others = other_keys(instance, os.environ)
    locked = locking.lock(place_to_lock(instance, os.environ), instance.lock, others, now=datetime.now(UTC))
    context.say("Locked down: the keys are destroyed, and the site answers nothing.")
    context.start_django(pages=False)
    from primacy.access.services import LOCKED_DOWN, end_all_sign_ins  # and no more: everything read takes time

    end_all_sign_ins(by=context.actor, deed=LOCKED_DOWN)
    if context.json:
        click.echo(json.dumps({"locked": True, "at": locked.at.isoformat(), "headquarters": bool(locked.sealed)}))
        return
    context.say("Everybody is signed out.")
    if not locked.sealed:
        context.say(f"No key of headquarters was set up: remove {instance.lock} by hand to reopen the site.")
