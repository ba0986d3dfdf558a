"""primacy template: a table to fill in by hand."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click


@click.command()
@click.argument("kind")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write there, not to the screen."
)
def command(kind: str, out: Path | None) -> None:
    """Write a CSV for evidence of one KIND, with a line for each benchmark that still lacks it.

    Fill in dates and values, then `primacy import` takes it back. An unknown KIND lists those that exist.

    Example: primacy template contact --out contacts.csv
    """
    context = click.get_current_context()
    from primacy.evidence import Store
    from primacy.evidence.bringing.template import examples, template
    from primacy.framework import load

    instance = context.obj.instance
    known = datetime.now(UTC)
    store = Store(instance.evidence)
    rows = store.rows(as_of=known.date(), known=known)
    pairs = store.fetch(rows.filter(rows.kind == kind).select("measure", "category").distinct()).to_pylist()
    present = {(pair["measure"], pair["category"]) for pair in pairs}
    framework = load(instance.overlay if instance.overlay.is_dir() else None)
    text = template(kind, examples(framework, kind, present))
    if out:
        out.write_text(text, "utf-8-sig")  # the mark tells spreadsheets that it is UTF-8
    if context.obj.json:
        click.echo(json.dumps({"kind": kind, "file": str(out) if out else None, "text": text}, ensure_ascii=False))
    elif not out:
        click.echo(text, nl=False)
    elif not context.obj.quiet:
        click.echo(f"{out}: fill in dates and values, then `primacy import {out}`")
