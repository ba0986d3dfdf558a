"""primacy places: what written names of places mean."""

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from primacy.places.areas import Areas

CANDIDATES = 3


@click.group()
def places() -> None:
    """Names of places that somebody has to decide on."""


@places.command()
@click.option(
    "--decide",
    "choices",
    multiple=True,
    metavar="NAME=CODE",
    help="What a name means: a P-code, or none for no area of this country; repeatable.",
)
def review(choices: tuple[str, ...]) -> None:
    """List the names that imports could not place for sure, with the areas that they may mean, and decide on them.

    A decision counts from the next import on, also of the same file.

    Example: primacy places review --decide "Dar Essalam=SD02113"
    """
    from primacy.places.areas import Areas
    from primacy.places.decisions import decide, decisions, waiting

    context = click.get_current_context().obj
    folder = context.instance.places
    areas = Areas.load(folder)
    made = [_choice(each, areas) for each in choices]
    if made:
        decide(folder, made, by=context.actor, at=datetime.now(UTC))
        for written, code in made:
            context.audit("decided what a name means", written, code=code)
    listed = [{"written": each.written, "file": each.file, "candidates": _candidates(each.written, areas)}
              for each in waiting(folder)]  # fmt: skip
    if context.json:
        told = [{"written": e.written, "code": e.code, "by": e.by, "at": e.at} for e in decisions(folder)]
        click.echo(json.dumps({"review": listed, "decided": told}, ensure_ascii=False))
        return
    for written, code in made:
        context.say(f"{written} means {_named(code, areas)}; import the file again to use it.")
    if not listed and not made:
        context.say("No name waits for a decision.")
    for line in listed:
        click.echo(f"{line['written']}  ({line['file']})")
        for each in line["candidates"]:
            click.echo(f"    {each['score']:.2f}  {each['code']:<10} {each['name']}")


def _choice(text: str, areas: "Areas") -> tuple[str, str]:
    """(name, P-code or `none`) of NAME=CODE; a name may hold = itself."""
    from primacy.places.decisions import NONE
    from primacy.places.errors import BadInput
    from primacy.places.names import plain

    written, equals, code = (part.strip() for part in text.rpartition("="))
    if not equals or not plain(written):
        raise BadInput(f"'{text}' does not say what a name means", "", 'Write "NAME=CODE" or "NAME=none"')
    if code.casefold() == NONE:
        return written, NONE
    if code not in areas:
        raise BadInput(f"{code} is no P-code of the boundaries here", "", "`primacy places review` lists candidates")
    return written, code


def _candidates(written: str, areas: "Areas") -> list[dict[str, Any]]:
    return [
        {"code": code, "name": areas.name(code), "level": areas.level_of(code), "score": score}
        for code, score in areas.match_name(written)[:CANDIDATES]
    ]


def _named(code: str, areas: "Areas") -> str:
    return f"{areas.name(code)} ({code})" if code in areas else "no area here"
