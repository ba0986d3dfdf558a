"""The key that signs sessions: made once, kept where only its owner can read it."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from primacy.framework.instance import Instance


def secret_key(instance: Instance, environment: Mapping[str, str]) -> str:
    """The key in PRIMACY_SECRET_KEY_FILE or in the instance folder, made there on first need.

    Where there is no instance yet, a key for this process alone: nothing it signs outlives it.
    """
    named = environment.get("PRIMACY_SECRET_KEY_FILE")
    file = Path(named) if named else instance.keys
    if file.is_file():
        return file.read_text().strip()
    if not file.parent.is_dir():
        return secrets.token_urlsafe(64)
    return _make(file)


def _make(file: Path) -> str:
    key = secrets.token_urlsafe(64)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process of the same start was faster
        return file.read_text().strip()
    with os.fdopen(descriptor, "w") as handle:
        handle.write(key)
    return key
