"""primacy import: bring files into the instance."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from primacy.framework.languages import codes

if TYPE_CHECKING:
    from primacy.evidence.bringing.formats import Progress
    from primacy.evidence.bringing.importing import Summary
    from primacy.evidence.errors import BadInput
    from primacy.framework.saying import Words


@click.command("import")
@click.argument("files", nargs=-1, type=click.Path())
@click.option("--format", "format_", metavar="F", help="The format; guessed, and said, when not given.")
@click.option("--name", metavar="N", help="What the dataset is called; default: its file name.")
@click.option(
    "--known",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"]),
    metavar="DATE",
    help="When the release was published; default: what its data sheet says, else now.",
)
@click.option("--country", metavar="C", help="ISO code or name; default: the mission's country.")
@click.option(
    "--mapping", type=click.Path(), metavar="FILE", help="A YAML file that says how columns become data points."
)
@click.option(
    "--draft-mapping",
    "draft",
    is_flag=True,
    help="Look at the files and write beside each a mapping, or the design of a survey, to correct.",
)
@click.option("--list", "list_", is_flag=True, help="Name the formats and leave.")
@click.option("--language", type=click.Choice(codes()), default="en", show_default=True)
def command(
    files: tuple[str, ...], format_: str | None, name: str | None, known: datetime | None, country: str | None,
    mapping: str | None, draft: bool, list_: bool, language: str,
) -> None:  # fmt: skip
    """Import files, zips and folders: events, boundaries, population, workbooks, tables filled in by hand.

    Any other table comes in by a mapping: --draft-mapping writes one beside the file (FILE.mapping.yaml, or
    NAME.design.yaml for the answers of a survey), to be read and corrected, and says where.

    Example: primacy import caf_admin2.geojson GED_v23_1.csv.gz --known 2023-06-18
    """
    context = click.get_current_context()
    if list_:
        _list(as_json=context.obj.json)
        return
    if not files or not all(files):
        raise click.UsageError("Name at least one file, zip or folder; `--list` names the formats.")
    if draft:
        _draft(files, language)
        return
    from primacy.evidence.bringing.importing import import_files
    from primacy.evidence.errors import BadInput, Refused
    from primacy.framework.mission import known_from

    refused: BadInput | None = None
    try:
        summaries = import_files(
            files, instance=context.obj.instance, format=format_, name=name, country=country,
            known=known.replace(tzinfo=UTC) if known else None, progress=_progress(language, quiet=context.obj.quiet),
            mapping=Path(mapping) if mapping else None, imported_by=context.obj.actor,
            now=known_from(context.obj.instance, datetime.now(UTC)),
        )  # fmt: skip
    except BadInput as error:
        refused = error
        summaries = list(error.before) if isinstance(error, Refused) else []
    for each in summaries:
        if each.new:
            context.obj.audit(
                "loaded a file", each.file, dataset=each.version.id if each.version else "", rows=each.rows
            )
    _answer(summaries, refused, language)
    context.exit(2 if refused else 0)


def _answer(summaries: "list[Summary]", refused: "BadInput | None", language: str) -> None:
    """What was imported on the output, what was refused with the errors; with --json both in one object."""
    from primacy.evidence.bringing.summary_told import lines, refusal, refused_lines

    context = click.get_current_context()
    if context.obj.json:
        told: dict[str, object] = {"imported": [each.as_dict(language) for each in summaries]}
        if refused:
            told["refused"] = refusal(refused, language)
        click.echo(json.dumps(told, ensure_ascii=False))
    elif not context.obj.quiet:
        for each in summaries:
            click.echo("\n".join(lines(each, language)))
    if refused:
        click.echo("\n".join(refused_lines(refused, language)), err=True)


def _draft(files: tuple[str, ...], language: str) -> None:
    """Write a mapping beside each file, or each sheet of a workbook, and say where and what it asks."""
    from primacy.evidence.bringing.summary_told import draft_lines
    from primacy.evidence.mapped.drafts import draft_mappings
    from primacy.places.areas import Areas

    context = click.get_current_context()
    areas = Areas.load(context.obj.instance.places)
    drafts = [each for file in files for each in draft_mappings(Path(file), areas, language)]
    if context.obj.json:
        told = [{"file": each.label, "mapping": str(each.path), "questions": each.questions} for each in drafts]
        click.echo(json.dumps({"drafted": told}, ensure_ascii=False))
        return
    for each in drafts:
        context.obj.say("\n".join(draft_lines(each, language)))


def _list(*, as_json: bool) -> None:
    from primacy.evidence.bringing.formats import formats

    known = {name: importer.ABOUT for name, importer in formats().items()}
    if as_json:
        click.echo(json.dumps({"formats": known}, ensure_ascii=False))
        return
    width = max(map(len, known))
    for format_name, about in known.items():
        click.echo(f"{format_name:<{width}}  {about}")


def _progress(language: str, *, quiet: bool) -> "Progress | None":
    """Tell on the terminal how far it is; nothing in pipes and scripts."""
    if quiet or not sys.stderr.isatty():
        return None
    from primacy.framework.saying import told as in_words

    def told(share: float, what: "Words") -> None:
        line = f"\r\033[K{share:4.0%}  {in_words(what, language)[:100]}"
        click.echo(line + ("\n" if share >= 1 else ""), nl=False, err=True)

    return told
