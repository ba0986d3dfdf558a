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

    Findings that a shared package carries by their status alone are named as not re-computable.

    Example: primacy verify assessment.zip
    """
    context = click.get_current_context()
    from primacy.assessment import package

    try:
        found = package.verify(file)
    except package.NotAPackage as error:
        raise click.UsageError(str(error)) from error
    if context.obj.json:
        differences = [asdict(each) for each in found.differences]
        content = {"same": not differences, "differences": differences, "carried": list(found.carried)}
        click.echo(json.dumps(content, ensure_ascii=False))
    elif found.differences:
        click.echo(f"{file.name}: {len(found.differences)} fields differ.")
        for each in found.differences[:SHOWN]:
            click.echo(f"  {each.field}: stored {each.stored!r}, computed {each.computed!r}")
    else:
        context.obj.say(f"{file.name}: every field was computed again and is the same.")
    if found.carried:
        context.obj.say(f"Not re-computable here, partly restricted: {', '.join(found.carried)}.")
    context.exit(1 if found.differences else 0)
