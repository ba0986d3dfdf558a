"""primacy explain: one finding in full."""

import json

import click

from primacy.cli.framework import today
from primacy.framework.languages import codes


@click.command()
@click.argument("id")
@click.option("--assessment", metavar="A", help="An assessment's id; default: the newest.")
@click.option("--evidence", default=5, show_default=True, help="How many of the newest data points to show.")
@click.option("--language", type=click.Choice(codes()), default="en", show_default=True)
def explain(id: str, assessment: str | None, evidence: int, language: str) -> None:
    """Show one finding with its rule, its parts, what holds it back and what would change it; or a risk or a choice
    with its signs.

    Example: primacy explain O2.M2
    """
    context = click.get_current_context().obj
    from primacy.assessment.packages.behind import behind
    from primacy.assessment.told.changes_document import changes_of
    from primacy.assessment.told.changes_told import change_trees
    from primacy.assessment.told.handbook_lines import reviewing
    from primacy.assessment.told.telling import (
        aside_told,
        explanation,
        newest_package,
        row_told,
        rows_told,
        set_aside,
        told,
        watch_told,
    )
    from primacy.evidence.shown.datasets_told import and_more, beside_told
    from primacy.evidence.store.store import Store
    from primacy.framework import load
    from primacy.framework.loading import to_come
    from primacy.framework.translations import SOURCE, unreviewed

    path, store = newest_package(context.instance, assessment), Store(context.instance.evidence)
    package, in_force = told(path), load(context.instance.overlay, today())
    asked = [*package.framework.entries, *in_force.retired]
    id = next((each for each in asked if each.casefold() == id.casefold()), id)
    changes = changes_of(in_force, id, language, to_come(context.instance.overlay))
    aside = next((each for each in set_aside(in_force, language) if each["benchmark"] == id), None)
    if aside is not None and id not in package.framework.entries:
        if context.json:
            click.echo(json.dumps({"assessment": package.when(), **aside}, ensure_ascii=False))
        else:
            click.echo("\n".join([*reviewing(in_force, language, id), *aside_told(aside, language), *changes]))
        return
    object_ = {**package.object_of(id, language), "changes": change_trees(in_force, id)}
    if language != SOURCE:
        object_ |= {"reviewed": not unreviewed(in_force, language, id)}
    found = behind(path, store, id, page=1, size=max(evidence, 1))
    rows = rows_told(found, store, package, language) if evidence > 0 else []
    beside = {"compared": found.compared, "effort": found.effort}
    if context.json:
        click.echo(
            json.dumps(
                {"assessment": package.when(), **object_, "evidence": rows, "beside": beside}, ensure_ascii=False
            )
        )
        return
    watched = any(each.entry == id for each in package.watches)
    told_ = watch_told(package, id, language) if watched else explanation(package, id, language)
    click.echo("\n".join([*reviewing(in_force, language, id), *told_, *changes]))
    for row in rows:
        click.echo(f"  {row_told(row, language)}")
    if found.deciding > len(rows):
        context.say(and_more(len(rows), found.deciding, language))
    for line in beside_told(**beside, language=language):
        context.say(line)
