"""primacy verify: is a package what it says?"""

import json
from dataclasses import asdict
from pathlib import Path

import click

SHOWN = 50


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def verify(file: Path) -> None:
    """Compute a package's assessment again from what lies in it and compare every field.

    Example: primacy verify assessment.zip
    """
    context = click.get_current_context()
    from primacy.assessment import package

    try:
        found = package.verify(file)
    except package.NotAPackage as error:
        raise click.UsageError(str(error)) from error
    if context.obj.json:
        click.echo(json.dumps({"same": not found, "differences": [asdict(each) for each in found]}, ensure_ascii=False))
    elif not found:
        context.obj.say(f"{file.name}: every field was computed again and is the same.")
    else:
        click.echo(f"{file.name}: {len(found)} fields differ.")
        for each in found[:SHOWN]:
            click.echo(f"  {each.field}: stored {each.stored!r}, computed {each.computed!r}")
    context.exit(1 if found else 0)
