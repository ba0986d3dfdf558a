"""primacy explain: one finding in full."""

import json

import click


@click.command()
@click.argument("benchmark")
@click.option("--assessment", metavar="A", help="An assessment's id; default: the newest.")
@click.option("--language", type=click.Choice(["en", "fr", "ar"]), default="en", show_default=True)
def explain(benchmark: str, assessment: str | None, language: str) -> None:
    """Show one finding with its rule, its parts, what holds it back and what would change it.

    Example: primacy explain O2.M2
    """
    context = click.get_current_context().obj
    from primacy.assessment.telling import explanation, newest_package, told

    told_ = told(newest_package(context.instance, assessment))
    if context.json:
        click.echo(json.dumps(told_.finding_object(benchmark, language), ensure_ascii=False))
        return
    click.echo("\n".join(explanation(told_, benchmark, language)))
