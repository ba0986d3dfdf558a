"""primacy import: bring files into the instance."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from primacy.evidence.formats import Progress
    from primacy.evidence.importing import Summary

SHOWN = 10


@click.command("import")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "format_", metavar="F", help="The format; guessed, and said, when not given.")
@click.option("--name", metavar="N", help="What the dataset is called; default: its file name.")
@click.option(
    "--known",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"]),
    metavar="DATE",
    help="When the release was published; default: what its data sheet says, else now.",
)
@click.option("--country", metavar="C", help="ISO code or name; default: the mission's country.")
@click.option("--list", "list_", is_flag=True, help="Name the formats and leave.")
def command(
    files: tuple[Path, ...], format_: str | None, name: str | None, known: datetime | None, country: str | None,
    list_: bool,
) -> None:  # fmt: skip
    """Import files, zips and folders: events, boundaries, population, tables filled in by hand.

    Example: primacy import caf_admin2.geojson GED_v23_1.csv.gz --known 2023-06-18
    """
    context = click.get_current_context()
    if list_:
        _list(as_json=context.obj.json)
        return
    if not files:
        raise click.UsageError("Name at least one file, zip or folder; `--list` names the formats.")
    from primacy.evidence.importing import import_files

    summaries = import_files(
        files, instance=context.obj.instance, format=format_, name=name, country=country,
        known=known.replace(tzinfo=UTC) if known else None, progress=_progress(quiet=context.obj.quiet),
    )  # fmt: skip
    for each in summaries:
        if each.new:
            context.obj.audit(
                "loaded a file", each.file, dataset=each.version.id if each.version else "", rows=each.rows
            )
    if context.obj.json:
        click.echo(json.dumps({"imported": [each.as_dict() for each in summaries]}, ensure_ascii=False))
    elif not context.obj.quiet:
        for each in summaries:
            click.echo("\n".join(lines(each)))


def _list(*, as_json: bool) -> None:
    from primacy.evidence.formats import formats

    known = {name: importer.ABOUT for name, importer in formats().items()}
    if as_json:
        click.echo(json.dumps({"formats": known}, ensure_ascii=False))
        return
    width = max(map(len, known))
    for format_name, about in known.items():
        click.echo(f"{format_name:<{width}}  {about}")


def _progress(*, quiet: bool) -> "Progress | None":
    """Tell on the terminal how far it is; nothing in pipes and scripts."""
    if quiet or not sys.stderr.isatty():
        return None

    def told(share: float, what: str) -> None:
        click.echo(f"\r\033[K{share:4.0%}  {what[:100]}" + ("\n" if share >= 1 else ""), nl=False, err=True)

    return told


def lines(summary: "Summary") -> list[str]:
    """What a person reads about one imported file."""
    how = summary.format if summary.format_given else f"{summary.format}, recognised"
    told = [f"{summary.file} ({how})"]
    version = summary.version
    if version:
        period = f", {version.start} to {version.end}" if version.start else ""
        state = "dataset" if summary.new else "unchanged dataset"
        counted = f"{summary.items} items, {summary.rows} rows{period}"
        told.append(f"  {state} {version.id}: {counted}; known {version.known:%Y-%m-%d}")
        places = [
            (summary.by_point, "by their point"), (summary.by_code, "by P-code"),
            (sum(summary.by_name.values()), "by name"), (summary.country_only, "the country only"),
        ]  # fmt: skip
        said = ", ".join(f"{count} {what}" for count, what in places if count)
        told += [f"  places: {said}"] if said else []
    told += _names("matched by name", summary.by_name)
    told += _names("no place found, counted for the country only", summary.not_found)
    if summary.rejected:
        where = f"; all of them in {summary.rejected_file}" if summary.rejected_file else ""
        told.append(f"  {summary.rejected} rejected, first {summary.first_rejected}{where}")
    return [*told, *(f"  {note}" for note in summary.notes)]


def _names(what: str, names: dict[str, int]) -> list[str]:
    if not names:
        return []
    shown = "; ".join(f"{name} ({count})" for name, count in list(names.items())[:SHOWN])
    more = f"; and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return [f"  {what}: {shown}{more}"]
