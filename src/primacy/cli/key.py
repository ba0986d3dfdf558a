"""primacy key: the public key with which others check what this instance signed."""

import json
from pathlib import Path

import click


@click.command()
@click.option("--out", type=click.Path(path_type=Path), help="Also write it to this file, to be given to others.")
def key(out: Path | None) -> None:
    """Show the public key of this instance and its fingerprint.

    Give the file to whoever gets your packages, and tell the fingerprint by another way, such as the telephone. The
    secret half stays in the instance folder, in `signing.key`; keep a copy of it as safe as the instance itself.

    Example: primacy key --out mission.pem
    """
    context = click.get_current_context().obj
    context.need_instance(whole=False)
    from primacy.assessment.packages.ed25519 import BadKey
    from primacy.assessment.packages.signing import ALGORITHM, fingerprint, key_of, to_pem

    try:
        public = key_of(context.instance.signing_key).public
    except BadKey as error:
        raise click.UsageError(str(error)) from error
    if out is not None:
        out.write_text(to_pem(public), "ascii")
    if context.json:
        click.echo(json.dumps({"algorithm": ALGORITHM, "key": public, "fingerprint": fingerprint(public)}))
        return
    click.echo(to_pem(public).rstrip())
    click.echo(f"Fingerprint: {fingerprint(public)}")
