"""primacy verify: is a package what it says, and who says so?"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from primacy.assessment.packages.package import Verified
    from primacy.assessment.packages.seal import Seal

SHOWN = 50
KNOWN = {
    "given": "It is the key that you gave.",
    "other": "It is NOT the key that you gave.",
    "own": "It is the key of this instance.",
    "unknown": "The key is not known here: ask the mission by another way whether it is theirs.",
}


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--key",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The public key that it must be signed with, as `primacy key --out` wrote it.",
)
def verify(file: Path, key: Path | None) -> None:
    """Compute a package's assessment again from what lies in it and compare every field; check its signature.

    Findings that a shared package carries by their status alone are named as not re-computable. A name in a signature
    is only what the signer says: compare the fingerprint, or give the key that you had by another way.

    Example: primacy verify assessment.zip --key mission.pem
    """
    context = click.get_current_context()
    from primacy.assessment.packages import package
    from primacy.assessment.packages.ed25519 import BadKey
    from primacy.assessment.packages.signing import from_pem, public_of

    try:
        asked = from_pem(key.read_text("ascii", errors="replace")) if key else None
        own = public_of(context.obj.instance.signing_key)
    except BadKey as error:
        raise click.UsageError(f"{key.name if key else 'signing.key'}: {error}") from error
    try:
        found = package.verify(file)
    except package.NotAPackage as error:
        raise click.UsageError(str(error)) from error
    known = _known(found.seal, own, asked)
    fails = found.seal.state == "broken" or (asked is not None and (found.seal.state, known) != ("sound", "given"))
    if context.obj.json:
        click.echo(json.dumps(_object(found, known, fails), ensure_ascii=False))
    else:
        _tell(context, file, found)
        for line in _page(found):
            click.echo(line)
        for line in _signature(found.seal, known):
            (click.echo if fails else context.obj.say)(line)
    context.exit(1 if found.differences or fails else 0)


def _object(found: "Verified", known: str, fails: bool) -> dict[str, object]:
    seal = found.seal
    signature = {"state": seal.state, "by": seal.by, "key": seal.key, "fingerprint": seal.fingerprint, "why": seal.why}
    return {
        "same": not found.differences,
        "differences": [asdict(each) for each in found.differences],
        "carried": list(found.carried),
        "page": {"state": found.page.state, "own_texts": found.page.own},
        "signature": {**signature, "known": known if seal.state == "sound" else None, "accepted": not fails},
    }


def _tell(context: click.Context, file: Path, found: "Verified") -> None:
    if found.differences:
        click.echo(f"{file.name}: {len(found.differences)} fields differ.")
        for each in found.differences[:SHOWN]:
            click.echo(f"  {each.field}: stored {each.stored!r}, computed {each.computed!r}")
    else:
        context.obj.say(f"{file.name}: every field was computed again and is the same.")
    if found.carried:
        context.obj.say(f"Not re-computable here, partly restricted: {', '.join(found.carried)}.")


def _page(found: "Verified") -> Iterator[str]:
    """What of the page for people was not computed again."""
    if found.page.state == "other code":
        yield "The page inside (index.html) was written by another version: it was NOT compared with the findings."
    if found.page.own:
        yield f"The page inside has texts of the mission's own on {found.page.own} entries, which nothing computes."


def _known(seal: "Seal", own: str | None, asked: str | None) -> str:
    """Whose key it is, as far as can be said here."""
    if asked is not None:
        return "given" if seal.key == asked else "other"
    return "own" if own is not None and seal.key == own else "unknown"


def _signature(seal: "Seal", known: str) -> Iterator[str]:
    if seal.state == "unsigned":
        yield "Not signed: nobody says that it is theirs."
    elif seal.state == "broken":
        yield f"SIGNATURE BROKEN: {seal.why}."
    else:
        yield f"Signed with the key {seal.fingerprint}; the signer gives the name “{seal.by}”."
        yield KNOWN[known]
