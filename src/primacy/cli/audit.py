"""primacy audit: is the trail of what was done and looked at still whole?"""

import json

import click


@click.group()
def audit() -> None:
    """Check the audit trail."""


@audit.command()
def verify() -> None:
    """Check that no entry of the trail was changed or taken out, and that it has one for every version of a record and
    for all that people hold.

    Note the last hash elsewhere: a tail of looks and sign-ins that was cut off shows only against it.

    Example: primacy audit verify --json
    """
    context = click.get_current_context()
    context.obj.need_instance(whole=False)
    context.obj.start_django()
    from primacy.access import chain, queries
    from primacy.records.queries.sealing import lacking

    verdict, without = chain.verify(queries.chain_of_entries()), lacking()
    other = sum(1 for _each in queries.not_as_granted())
    breaks = [
        *verdict.breaks,
        *([f"it lacks entries for {without} versions of records"] if without else []),
        *([f"{other} things that people hold are not as it says: primacy doctor names them"] if other else []),
    ]
    if context.obj.json:
        content = {"entries": verdict.entries, "last": verdict.last, "sound": not breaks, "breaks": breaks}
        click.echo(json.dumps({**content, "versions_without_entry": without, "grants_not_as_told": other}))
    else:
        for each in breaks:
            click.echo(f"broken: {each}")
        click.echo(f"{verdict.entries} entries, last {verdict.last}: {'NOT WHOLE' if breaks else 'whole'}")
    context.exit(1 if breaks else 0)
