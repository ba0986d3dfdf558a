"""primacy records: what people wrote down, on its way to the evidence."""

import json

import click


@click.group()
def records() -> None:
    """Look after the records that people write on the site."""


@records.command()
def send() -> None:
    """Send to the evidence whatever of the records it lacks.

    Records reach the evidence by themselves when they are saved. This is for what could not be sent then (a full disk),
    and for an evidence store that was lost: it is built again as it was, row by row. Nothing is there twice.

    Example: primacy records send
    """
    context = click.get_current_context()
    context.obj.need_instance()
    context.obj.start_django(pages=False)
    from primacy.records.services import send_all

    rows = send_all()
    context.obj.audit("sent records to the evidence", "", rows=rows)
    click.echo(json.dumps({"rows": rows}) if context.obj.json else f"{rows} data points sent.")


@records.command()
def index() -> None:
    """Make the index in which records are looked for again.

    The index is kept with every saving. This is for a database that was restored without it, after places were loaded
    or renamed, and after an update that reads words otherwise.

    Example: primacy records index
    """
    context = click.get_current_context()
    context.obj.need_instance()
    context.obj.start_django()
    from primacy.records.services.indexing import rebuild_index

    count = rebuild_index()
    context.obj.audit("made the index of records again", "", records=count)
    click.echo(json.dumps({"records": count}) if context.obj.json else f"{count} records in the index.")


@records.command()
def sweep() -> None:
    """Clean up after disposals: evidence, and freed places of the database's file.

    The background worker does so after each disposal. This is for one that was interrupted, or where no worker runs.

    Example: primacy records sweep
    """
    context = click.get_current_context()
    context.obj.need_instance()
    context.obj.start_django()
    from primacy.records.services.disposing import sweep as clean

    swept = clean()
    click.echo(json.dumps({"swept": swept}) if context.obj.json else f"Cleaned up after {swept} disposals.")
