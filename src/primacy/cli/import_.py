"""primacy import: bring files into the instance."""

import json
import sys
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from primacy.evidence.bringing.formats import Progress
    from primacy.evidence.bringing.importing import Summary
    from primacy.evidence.errors import BadInput
    from primacy.framework.saying import Words

SHOWN = 10
FAULTS_SHOWN = 20


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
def command(
    files: tuple[str, ...], format_: str | None, name: str | None, known: datetime | None, country: str | None,
    mapping: str | None, draft: bool, list_: bool,
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
        _draft(files)
        return
    from primacy.evidence.bringing.importing import import_files
    from primacy.evidence.errors import BadInput, Refused

    refused: BadInput | None = None
    try:
        summaries = import_files(
            files, instance=context.obj.instance, format=format_, name=name, country=country,
            known=known.replace(tzinfo=UTC) if known else None, progress=_progress(quiet=context.obj.quiet),
            mapping=Path(mapping) if mapping else None, imported_by=context.obj.actor,
        )  # fmt: skip
    except BadInput as error:
        refused = error
        summaries = list(error.before) if isinstance(error, Refused) else []
    for each in summaries:
        if each.new:
            context.obj.audit(
                "loaded a file", each.file, dataset=each.version.id if each.version else "", rows=each.rows
            )
    _answer(summaries, refused)
    context.exit(2 if refused else 0)


def _answer(summaries: "list[Summary]", refused: "BadInput | None") -> None:
    """What was imported on the output, what was refused with the errors; with --json both in one object."""
    context = click.get_current_context()
    if context.obj.json:
        told: dict[str, object] = {"imported": [each.as_dict() for each in summaries]}
        if refused:
            told["refused"] = refusal(refused)
        click.echo(json.dumps(told, ensure_ascii=False))
    elif not context.obj.quiet:
        for each in summaries:
            click.echo("\n".join(lines(each)))
    if refused:
        click.echo("\n".join([str(refused), *faults_of(refused)]), err=True)


def _draft(files: tuple[str, ...]) -> None:
    """Write a mapping beside each file, or each sheet of a workbook, and say where and what it asks."""
    from primacy.evidence.mapped.drafts import draft_mappings
    from primacy.places.areas import Areas

    context = click.get_current_context()
    areas = Areas.load(context.obj.instance.places)
    drafts = [each for file in files for each in draft_mappings(Path(file), areas)]
    if context.obj.json:
        told = [{"file": each.label, "mapping": str(each.path), "questions": each.questions} for each in drafts]
        click.echo(json.dumps({"drafted": told}, ensure_ascii=False))
        return
    for each in drafts:
        what = "the design of a survey" if each.is_design else "a mapping"
        context.obj.say(f"{each.path}: {what} drafted from {each.label}")
        for question in each.questions:
            context.obj.say(f"  to answer: {question}")
        context.obj.say(f"  read it, correct it, then `{each.command}`")


def _list(*, as_json: bool) -> None:
    from primacy.evidence.bringing.formats import formats

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

    def told(share: float, what: "Words") -> None:
        click.echo(f"\r\033[K{share:4.0%}  {str(what)[:100]}" + ("\n" if share >= 1 else ""), nl=False, err=True)

    return told


def lines(summary: "Summary") -> list[str]:
    """What a person reads about one imported file."""
    how = summary.format if summary.format_given else f"{summary.format}, recognised"
    told = [f"{summary.file} ({how})", *([f"  {summary.why}"] if summary.why else [])]
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


def faults_of(refused: "BadInput") -> list[str]:
    """The first faults of a file that was refused, how many more there are, and where all of them stand."""
    faults = refused.faults
    if not faults or (faults.count == 1 and faults.unit != "file"):
        return []
    told = [f"  {faults.placed(each)}" for each in islice(faults, FAULTS_SHOWN)]
    more = faults.count - len(told)
    path = getattr(refused, "listed_in", None)
    rest = f"and {more} more" if more else ""
    where = f"all of them in {path}" if path else ""
    ending = "; ".join(part for part in (rest, where) if part)
    return [*told, f"  {ending}"] if ending else told


def refusal(refused: "BadInput") -> dict[str, object]:
    """The same as plain data for scripts."""
    faults = refused.faults
    path = getattr(refused, "listed_in", None)
    return {
        "what": str(refused.what), "where": str(refused.where), "remedy": str(refused.remedy),
        "faults": [_fault(each) for each in faults.shown(FAULTS_SHOWN)] if faults else [],
        "faults_in_all": faults.count if faults else 0,
        "faults_file": str(path or ""),
    }  # fmt: skip


def _fault(shown: dict[str, Any]) -> dict[str, object]:
    """With its reason in English, and the key of it, which is the same in all languages."""
    reason = shown["reason"]
    return shown | {"reason": str(reason), "fault": getattr(reason, "key", "")}


def _names(what: str, names: dict[str, int]) -> list[str]:
    if not names:
        return []
    shown = "; ".join(f"{name} ({count})" for name, count in list(names.items())[:SHOWN])
    more = f"; and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return [f"  {what}: {shown}{more}"]
