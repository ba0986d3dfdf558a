"""primacy administrator: where an administrator can be made, for the first time or again."""

import json

import click


@click.command()
@click.option("--again", is_flag=True, help="Although there is one: for when nobody of them can come in any more.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Where the site listens.")
def administrator(again: bool, port: int) -> None:
    """Say the address at which an administrator can be made, once, within the hour, on this machine.

    The site must run. An address said before opens nothing any more. With --again those who administer stay what they
    are, until the new one changes it; it is in the audit trail.

    Example: primacy administrator --again
    """
    context = click.get_current_context().obj
    context.need_instance()
    context.start_django()
    from primacy.access.services import offer_set_up

    try:
        code = offer_set_up(again=again)
    except ValueError as error:
        raise click.UsageError(
            "There is an administrator already, who can make others. If none can come in: --again."
        ) from error
    address = f"http://localhost:{port}/set-up/{code}/"
    click.echo(json.dumps({"address": address, "hours": 1}) if context.json else address)
