"""primacy datasets: what is in the evidence store, and how to take a dataset back or out."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from primacy.framework.languages import codes
from primacy.framework.saying import isolated

if TYPE_CHECKING:
    from primacy.evidence import Store
    from primacy.evidence.store.datasets import DatasetVersion
    from primacy.evidence.store.superseded import Taken

FIELD_WIDTH = 18


def _store() -> "Store":
    from primacy.evidence import Store

    return Store(click.get_current_context().obj.instance.evidence)


def _found(dataset_id: str) -> "DatasetVersion":
    return _store().version(dataset_id)


@click.group(invoke_without_command=True)
@click.option("--language", type=click.Choice(codes()), default="en", show_default=True)
@click.pass_context
def command(context: click.Context, language: str) -> None:
    """List the dataset versions, oldest knowledge first.

    Example: primacy datasets show 7ba4500d9858
    """
    if context.invoked_subcommand is not None:
        return
    from primacy.evidence.shown.datasets_told import NONE_YET, line
    from primacy.evidence.store.superseded import superseded

    versions = _store().versions()
    taken = superseded(_store(), known=datetime.now(UTC))
    if context.obj.json:
        content = [each.as_told(language) | _as_data(taken.get(each.id, [])) for each in versions]
        click.echo(json.dumps({"datasets": content}, ensure_ascii=False))
        return
    if not versions:
        click.echo(NONE_YET.told(language))
    for each in versions:
        click.echo(line(each, taken.get(each.id, []), language))


def _as_data(taken: "list[Taken]") -> dict[str, object]:
    return {"replaced": [{"by": each.later.id, "name": each.later.name, "rows": each.rows} for each in taken]}


@command.command()
@click.argument("dataset_id", metavar="ID")
@click.option("--language", type=click.Choice(codes()), help="Default: that of `datasets`.")
@click.pass_context
def show(context: click.Context, dataset_id: str, language: str | None) -> None:
    """Everything known of one version: source, licence, hash, coverage, what was rejected."""
    from primacy.evidence.shown.datasets_told import everything, field_word
    from primacy.evidence.store.superseded import superseded

    language = language or (context.parent.params["language"] if context.parent else "en")
    version = _found(dataset_id)
    taken = superseded(_store(), known=datetime.now(UTC), lineages=[version.lineage]).get(version.id, [])
    if context.obj.json:
        click.echo(json.dumps(version.as_told(language) | _as_data(taken), ensure_ascii=False))
        return
    lines = list(everything(version, taken, language))
    if path := _store().rejected(version.id):
        lines.append((field_word("rejected_in", language), str(path)))
    width = max(FIELD_WIDTH, *(len(field) for field, _ in lines))
    for field, text in lines:
        click.echo(f"{field:<{width}} {isolated(text, language)}")


@command.command()
@click.argument("dataset_id", metavar="ID")
@click.option("--because", required=True, metavar="REASON", help="Why it must not be used any more.")
def withdraw(dataset_id: str, because: str) -> None:
    """Stop using a version from now on. What was known until today stays as it was."""
    from primacy.evidence.store.superseded import counting_again, superseded

    version = _found(dataset_id)
    context = click.get_current_context()
    before = superseded(_store(), known=datetime.now(UTC), lineages=[version.lineage])
    _store().withdraw(version.id, at=datetime.now(UTC), because=because, by=context.obj.actor)
    again = counting_again(before, superseded(_store(), known=datetime.now(UTC), lineages=[version.lineage]))
    again.pop(version.id, None)
    context.obj.audit("withdrew a data set", version.id, because=because)
    if context.obj.json:
        click.echo(json.dumps(_store().version(version.id).as_told(), ensure_ascii=False))
    elif not context.obj.quiet:
        click.echo(f"{version.name} ({version.id}) does not count from now on: {because}")
        for older, rows in again.items():
            click.echo(f"  {rows} rows of {_found(older).name} ({older}), whose place it had taken, count again")


@command.command()
@click.argument("dataset_id", metavar="ID")
@click.option("--for", "topic", required=True, metavar="TOPIC", help="A kind, or incident/violence/one-sided.")
@click.option("--end", "ends", is_flag=True, help="It is no longer the official source for this.")
@click.option("--because", default="", metavar="REASON", help="Why.")
def official(dataset_id: str, topic: str, ends: bool, because: str) -> None:
    """Name the source that is read on a topic where several tell of it; the others are shown beside it.

    It holds for all releases of the source, from now on: what was assessed until today stays as it was.

    Example: primacy datasets official 7ba4500d9858 --for incident/violence/one-sided
    """
    from primacy.evidence.store.naming import mark_official
    from primacy.evidence.store.official import compared, never_whole

    context = click.get_current_context()
    version = mark_official(_store(), dataset_id, topic, by=context.obj.actor, because=because, ends=ends)
    mark = version.marks[-1]
    deed = "ended a data set's being official" if ends else "named a data set official"
    context.obj.audit(deed, version.id, topic=mark.topic, because=mark.because)
    others = compared(version, _store().versions(known=datetime.now(UTC)), mark.topic)
    if context.obj.json:
        content = version.as_told() | {"compared": [each.id for each in others]}
        click.echo(json.dumps(content, ensure_ascii=False))
    elif not context.obj.quiet:
        state = "is no longer" if ends else "is from now on"
        click.echo(f"{version.name} ({version.id}) {state} the official source for {mark.topic}")
        if not ends and never_whole(_store().versions(), version.lineage, mark.topic):
            click.echo("  it claims to be complete in no month: where another source is, that one goes on being read")
        for each in others:
            click.echo(f"  for comparison: {each.name} ({each.id})")


@command.command()
@click.argument("dataset_id", metavar="ID")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="A .csv or .parquet file; default: CSV on the screen.",
)
@click.option("--coarsened", is_flag=True, help="Places and days as coarse as for those who may not see details.")
def export(dataset_id: str, out: Path | None, coarsened: bool) -> None:
    """Write the rows of one version as CSV (which `primacy import` takes back) or Parquet."""
    from primacy.evidence.store.exporting import csv_text, write
    from primacy.places.areas import Areas

    version = _found(dataset_id)
    context = click.get_current_context()
    coarse = Areas.load(context.obj.instance.places) if coarsened else None
    if out is None:
        for piece in csv_text(_store(), version, coarse):
            click.echo(piece, nl=False)
        return
    if not out.parent.is_dir():
        raise click.UsageError(f"There is no folder {out.parent}: make it first, or name another.")
    write(_store(), version, out, coarse)
    if context.obj.json:
        click.echo(json.dumps({"dataset": version.id, "file": str(out), "rows": version.rows}))
    elif not context.obj.quiet:
        click.echo(f"{version.rows} rows of {version.name} ({version.id}) in {out}")
        if version.closed:
            click.echo("Its licence forbids to pass these rows on: keep them in the mission.")


@command.command("compact")
def compact() -> None:
    """Put small files of the store together, and bring an older store to the newest layout.

    Nothing that counts changes. What readers may still have open is removed by the first
    import after an hour.
    """
    done = _store().compact()
    context = click.get_current_context()
    context.obj.audit("compacted the store", "evidence", files=done.files_after)
    if context.obj.json:
        click.echo(json.dumps(asdict(done)))
    else:
        context.obj.say(
            f"{done.files_before} files of rows before, {done.files_after} now; {done.cubes_made} sums made"
        )


@command.command("erase")
@click.argument("dataset_ids", metavar="[ID]...", nargs=-1)
@click.option(
    "--withdrawn-before", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="All that were withdrawn before."
)
@click.option("--because", required=True, metavar="REASON", help="Why the rows must not be kept.")
def erase(dataset_ids: tuple[str, ...], withdrawn_before: datetime | None, because: str) -> None:
    """Take the rows of withdrawn versions out of the store for good: when the time for which they may be kept is over.

    Assessments of the time when they counted can then be read, and not be computed again.

    Example: primacy datasets erase --withdrawn-before 2020-01-01 --because "kept for five years"
    """
    store = _store()
    ids = [store.version(each).id for each in dataset_ids]
    if withdrawn_before is not None:
        limit = withdrawn_before.replace(tzinfo=UTC)
        ids += [each.id for each in store.versions() if each.withdrawn and each.withdrawn < limit and not each.erased]
    if not ids:
        raise click.UsageError("Nothing to erase: name a dataset that was withdrawn, or --withdrawn-before a day.")
    context = click.get_current_context()
    store.erase(ids, at=datetime.now(UTC), because=because, by=context.obj.actor)
    for each in ids:
        context.obj.audit("erased a data set", each, because=because)
    if context.obj.json:
        click.echo(json.dumps({"erased": ids}))
    else:
        context.obj.say(f"The rows of {', '.join(ids)} are gone: {because}")
