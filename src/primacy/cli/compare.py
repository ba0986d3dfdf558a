"""primacy compare: what changed between two assessments, and why."""

import json

import click


@click.command()
@click.argument("before")
@click.argument("after")
def compare(before: str, after: str) -> None:
    """Show every benchmark whose status differs, with the cause.

    BEFORE and AFTER are ids of assessments. Example: primacy compare 3f9c01d2ab44 8a77be10c2d9
    """
    context = click.get_current_context().obj
    from primacy.assessment.changes import changes
    from primacy.assessment.telling import compared, newest_package

    found = changes(*(compared(newest_package(context.instance, each)) for each in (before, after)))
    if context.json:
        listed = [{"benchmark": c.benchmark, "before": c.before, "after": c.after, "cause": c.cause} for c in found]
        click.echo(json.dumps({"changes": listed}, ensure_ascii=False))
        return
    for each in found:
        click.echo(f"{each.benchmark:<6} {each.before} -> {each.after} ({each.cause})")
    if not found:
        context.say("No status differs.")
