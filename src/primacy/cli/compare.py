"""primacy compare: what changed between two assessments, and why."""

import json

import click


@click.command()
@click.argument("before")
@click.argument("after")
def compare(before: str, after: str) -> None:
    """Show every benchmark whose status or probability differs, with what each cause contributed.

    BEFORE and AFTER are ids of assessments, or packages. Both are computed again with one thing changed at a time; the
    contributions of all causes add up to the change.

    Example: primacy compare 3f9c01d2ab44 8a77be10c2d9
    """
    context = click.get_current_context().obj
    from primacy.assessment.over_time.changes_listed import as_tree, lines
    from primacy.assessment.over_time.comparison import compared, path_of

    first, second = (path_of(each, context.instance) for each in (before, after))
    found = compared(first, second, context.instance)
    if context.json:
        click.echo(json.dumps(as_tree(found), ensure_ascii=False))
        return
    for line in lines(found):
        click.echo(line)
    if not any(each.of_status for each in found):
        context.say("No status differs.")
