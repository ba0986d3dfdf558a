"""primacy audit: is the trail of what was done and looked at still whole?"""

import json

import click


@click.group()
def audit() -> None:
    """Check the audit trail."""


@audit.command()
def verify() -> None:
    """Check that no entry of the trail was changed or taken out.

    Note the last hash elsewhere: a tail that was cut off shows only against it.

    Example: primacy audit verify --json
    """
    context = click.get_current_context()
    context.obj.need_instance(whole=False)
    context.obj.start_django(pages=False)
    from primacy.access import chain, queries

    verdict = chain.verify(queries.chain_of_entries())
    if context.obj.json:
        content = {"entries": verdict.entries, "last": verdict.last, "sound": verdict.sound, "breaks": verdict.breaks}
        click.echo(json.dumps(content))
    else:
        for each in verdict.breaks:
            click.echo(f"broken: {each}")
        click.echo(f"{verdict.entries} entries, last {verdict.last}: {'whole' if verdict.sound else 'NOT WHOLE'}")
    context.exit(0 if verdict.sound else 1)
