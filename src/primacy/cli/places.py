"""primacy places: what written names of places mean, and what changed from one edition of boundaries to the next."""

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import click

from primacy.framework.languages import codes
from primacy.framework.saying import isolated

if TYPE_CHECKING:
    from primacy.places.areas import Areas
    from primacy.places.overlap import Change

CANDIDATES = 3


@click.group()
def places() -> None:
    """Names of places to decide on, and changes of boundaries."""


@places.command()
@click.option(
    "--decide",
    "choices",
    multiple=True,
    metavar="NAME=CODE",
    help="What a name means: a P-code, or none for no area of this country; repeatable.",
)
@click.option("--language", type=click.Choice(codes()), default="en", show_default=True)
def review(choices: tuple[str, ...], language: str) -> None:
    """List the names that imports could not place for sure, with the areas that they may mean, and decide on them.

    A decision counts from the next import on, also of the same file.

    Example: primacy places review --decide "Dar Essalam=SD02113"
    """
    from primacy.places.areas import Areas
    from primacy.places.decisions import decide, decisions, waiting
    from primacy.places.reviewing import NONE_WAITS, choice, decision_told

    context = click.get_current_context().obj
    folder = context.instance.places
    areas = Areas.load(folder)
    made = [choice(each, areas) for each in choices]
    if made:
        decide(folder, made, by=context.actor, at=datetime.now(UTC))
        for written, code in made:
            context.audit("decided what a name means", written, code=code)
    listed = [(each, _candidates(each.written, areas, language)) for each in waiting(folder)]
    if context.json:
        told = [{"written": e.written, "code": e.code, "by": e.by, "at": e.at} for e in decisions(folder)]
        open_ = [{"written": each.written, "file": each.file, "candidates": likely} for each, likely in listed]
        click.echo(json.dumps({"review": open_, "decided": told}, ensure_ascii=False))
        return
    for written, code in made:
        context.say(decision_told(written, code, areas, language))
    if not listed and not made:
        context.say(NONE_WAITS.told(language))
    for each, likely in listed:
        click.echo(f"{isolated(each.written, language)}  ({isolated(each.file, language)})")
        for one in likely:
            click.echo(f"    {one['score']:.2f}  {one['code']:<10} {isolated(one['name'], language)}")


def _candidates(written: str, areas: "Areas", language: str) -> list[dict[str, Any]]:
    return [
        {"code": code, "name": areas.name(code, language), "level": areas.level_of(code), "score": score}
        for code, score in areas.candidates(written)[:CANDIDATES]
    ]


@places.command()
@click.option("--level", type=click.IntRange(0, 4), help="Only this level.")
def changes(level: int | None) -> None:
    """What became of areas from one edition of boundaries to the next: by code, name and overlap of outlines.

    Example: primacy places changes --level 2 --json
    """
    from primacy.places.editions import read_editions
    from primacy.places.overlap import changes as compared

    context = click.get_current_context().obj
    editions = read_editions(context.instance.places)
    pairs = [
        (one, other)
        for one, other in zip(sorted(editions), sorted(editions)[1:], strict=False)
        if one[0] == other[0] and level in (None, one[0])
    ]
    told = [(one, other, compared(editions[one], editions[other])) for one, other in pairs]
    if context.json:
        listed = [{"level": one[0], "from": _day(one[1]), "to": _day(other[1]), "changes": [_plain(e) for e in found]}
                  for one, other, found in told]  # fmt: skip
        click.echo(json.dumps({"editions": listed}, ensure_ascii=False))
        return
    if not told:
        context.say("There is one edition of each level, so nothing to compare.")
    for one, other, found in told:
        click.echo(f"Level {one[0]}, {_day(one[1]) or 'undated'} to {_day(other[1])}: {len(found)} changes")
        for each in found:
            click.echo(f"  {each.kind:<8} {each.code:<10} {each.name}{_what(each)}")


def _day(day: date) -> str:
    """The first day of an edition; empty where its file does not say it."""
    return "" if day == date.min else day.isoformat()


def _plain(change: "Change") -> dict[str, Any]:
    return {**vars(change), "to": [{"code": code, "share": share} for code, share in change.to]}


def _what(change: "Change") -> str:
    """From what to what, or who holds the land now."""
    if change.before or change.after:
        return f": {change.before or 'nothing'} -> {change.after or 'nothing'}"
    held = ", ".join(f"{code} ({share:.0%})" for code, share in change.to)
    return f": {held}" if held else ""
