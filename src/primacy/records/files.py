"""The folder of attachments: each file under the hash of its bytes, so that no name in it tells anything.

`attachments/3f/3f9c...`, readable by the account of the instance alone, outside of everything that the site serves.
"""

import hashlib
import os
import tempfile
from pathlib import Path

from primacy.places.files.replacing import erase


class Damaged(Exception):
    """A file that is not there, or not what was kept."""


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def path_of(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / digest


def keep_file(folder: Path, data: bytes) -> str:
    """Write it under its hash, all or nothing. The same bytes again change nothing. Returns the hash."""
    digest = digest_of(data)
    path = path_of(folder, digest)
    for each in (folder, path.parent):
        each.mkdir(mode=0o700, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder)  # readable by its owner alone
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
    return digest


def read_file(folder: Path, digest: str) -> bytes:
    """Raises Damaged where it is lost or was changed."""
    try:
        data = path_of(folder, digest).read_bytes()
    except OSError as error:
        raise Damaged(digest) from error
    if digest_of(data) != digest:
        raise Damaged(digest)
    return data


def erase_file(folder: Path, digest: str) -> None:
    erase(path_of(folder, digest))
