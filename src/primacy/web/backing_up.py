"""A backup: one file under a passphrase that holds an instance, and holds none of its keys.

In it lies a tar: the database as of one moment, then the folder, then the list of all of it with checksums. The
database comes first: what a record has told the evidence twice is there once, what it never told is sent again. When
it is written it is read once more, as whoever restores it will.
"""

import hashlib
import io
import os
import tarfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO

from pydantic import BaseModel

from primacy import __version__
from primacy.compartments.pieces import Sealing, Unsealing
from primacy.compartments.sealing import Unreadable
from primacy.evidence.store.manifest import FILE as MANIFEST
from primacy.framework.instance import Instance
from primacy.places.errors import BadInput
from primacy.places.files.replacing import erase
from primacy.web.database_copy import copy_database, copy_name
from primacy.web.doctor.backup import MARK
from primacy.web.mail import mail_settings
from primacy.web.openid import FILE as SIGN_IN

ENDING = ".backup"
LIST = "backup.json"
DATABASE, FOLDER = "database", "folder"
SCRATCH = ".backup-"
SHORTEST = 20  # letters: whoever steals the file may try as fast as machines can
BLOCK = 1 << 20
NO_CONTENT = (".lock", "-wal", "-shm", "-journal")


class Contents(BaseModel):
    """What a backup says of itself. `files`: the SHA-256 of each by its name in it."""

    made: datetime
    program: str
    database: str
    files: dict[str, str]


def apart(instance: Instance) -> list[Path]:
    """What is no part of a backup: keys, addresses and passwords. They are copied by hand, to other hands."""
    own = [instance.keys, instance.signing_key, instance.database_address, instance.folder / SIGN_IN]
    mail = mail_settings(instance)
    return own + ([instance.folder / mail.password_file] if mail and mail.password_file else [])


def place_for(asked: Path, instance: Instance, now: datetime) -> Path:
    """The file to write: the one asked for, or one named by the moment in the folder asked for.

    Raises   BadInput where something is there, or where it would lie in what it is to save.
    """
    file = asked / f"primacy-{now:%Y-%m-%d-%H%M%S}{ENDING}" if asked.is_dir() else asked
    if file.exists():
        raise BadInput("there is a file already, and a backup is never written over", str(file), "Name another one")
    if not file.parent.is_dir():
        raise BadInput("there is no such folder", str(file.parent), "Make it, or name another one")
    if instance.folder.resolve() in file.resolve().parents:
        remedy = "Name a place on another disk"
        raise BadInput("a backup in the instance folder is lost with it", str(file), remedy)
    return file


def back_up(instance: Instance, environment: Mapping[str, str], file: Path, passphrase: str, now: datetime) -> Contents:
    """Write the backup and read it once more; what cannot be finished leaves nothing.

    Raises   BadInput.
    """
    refuse_short(passphrase)
    part = file.with_name(file.name + ".part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            with Sealing(stream, passphrase) as sealing:
                _write(instance, environment, sealing, now)
            stream.flush()
            os.fsync(stream.fileno())
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)  # to be read from the disk itself
        contents = read_backup(part, passphrase)
        part.replace(file)
    except FileExistsError as error:
        raise BadInput("another backup is being written here", str(part), "Wait for it, or remove it") from error
    except OSError as error:
        part.unlink(missing_ok=True)
        raise BadInput(
            f"it cannot be written: {error.strerror}", str(file), "Make room, or take another disk"
        ) from error
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    (instance.folder / MARK).touch()
    return contents


def refuse_short(passphrase: str) -> None:
    if len("".join(passphrase.split())) < SHORTEST:
        raise BadInput("the passphrase is too short", "passphrase", "Twenty letters or more: six words of chance")


def read_backup(file: Path, passphrase: str, into: Path | None = None) -> Contents:
    """Read a backup to its end, compare every file with its checksum, and unpack it where it is said where.

    Raises   BadInput with another passphrase, and for a file that is not whole.
    """
    found: dict[str, str] = {}
    contents = None
    try:
        with file.open("rb") as stream:
            unsealing = Unsealing(stream, passphrase)
            with tarfile.open(fileobj=unsealing, mode="r|", bufsize=BLOCK) as tar:  # type: ignore[call-overload]
                for member in tar:
                    source = tar.extractfile(member)
                    assert source is not None  # `_add` writes nothing but files
                    if member.name == LIST:
                        contents = Contents.model_validate_json(source.read())
                    else:
                        found[member.name] = _unpack(source, _inside(into, member.name))
            unsealing.finish()
    except Unreadable as error:
        remedy = "Type the passphrase again; if it is right, the file is damaged: take another backup"
        raise BadInput("it does not open with this passphrase, or it is not whole", str(file), remedy) from error
    except (tarfile.TarError, ValueError, AssertionError) as error:
        raise BadInput("this is no backup, or a damaged one", str(file), "Take another backup") from error
    if contents is None or contents.files != found:
        raise BadInput("the files in it are not those that it lists", str(file), "Take another backup")
    return contents


def _write(instance: Instance, environment: Mapping[str, str], into: Sealing, now: datetime) -> None:
    name = copy_name(instance, environment)
    for left in instance.folder.glob(f"{SCRATCH}*"):  # of one that was killed
        erase(left)
    copy = instance.folder / f"{SCRATCH}{name}"
    copy.touch(mode=0o600)
    digests: dict[str, str] = {}
    with tarfile.open(fileobj=into, mode="w|", bufsize=BLOCK) as tar:  # type: ignore[call-overload]
        try:
            copy_database(instance, environment, copy)
            digests[f"{DATABASE}/{name}"] = _add(tar, f"{DATABASE}/{name}", copy)
        finally:
            erase(copy)
        for path in _kept(instance):
            inside = f"{FOLDER}/{path.relative_to(instance.folder).as_posix()}"
            try:
                digests[inside] = _add(tar, inside, path)
            except FileNotFoundError:  # erased since it was listed
                continue
        told = Contents(made=now.astimezone(UTC), program=__version__, database=name, files=digests)
        plain = told.model_dump_json().encode()
        head = tarfile.TarInfo(LIST)
        head.size = len(plain)
        tar.addfile(head, io.BytesIO(plain))


def _kept(instance: Instance) -> Iterator[Path]:
    """Files of the folder, the list of the evidence before what it lists: a file may outlive its place in the list.

    Raises   BadInput for a link: what it leads to would be missing.
    """
    left_out = {*apart(instance), instance.folder / MARK, instance.database}
    files = []
    for root, folders, names in os.walk(instance.folder):
        for each in (Path(root) / name for name in (*folders, *names)):
            if each.is_symlink():
                raise BadInput("a link leads out of the instance folder", str(each), "Bring what it leads to here")
        files += [Path(root) / name for name in names]
    for path in sorted(files, key=lambda each: (each.name != MANIFEST, each)):
        if path not in left_out and not path.name.startswith(".") and not path.name.endswith(NO_CONTENT):
            yield path


class _Hashed:
    """A file, and the checksum of what was read of it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self.digest = stream, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        found = self._stream.read(size)
        self.digest.update(found)
        return found


def _add(tar: tarfile.TarFile, name: str, path: Path) -> str:
    with path.open("rb") as stream:
        head = tarfile.TarInfo(name)
        head.size = os.fstat(stream.fileno()).st_size
        hashed = _Hashed(stream)
        tar.addfile(head, hashed)  # type: ignore[arg-type]
    return hashed.digest.hexdigest()


def _inside(into: Path | None, name: str) -> Path | None:
    """Raises ValueError for a name that leads elsewhere: whoever gives a backup and its passphrase may mean harm."""
    parts = PurePosixPath(name).parts
    if ".." in parts or parts[0] not in (DATABASE, FOLDER):
        raise ValueError(name)
    return into / name if into else None


def _unpack(source: IO[bytes], target: Path | None) -> str:
    """The checksum; the file itself is written only where it is said where."""
    hashed = _Hashed(source)
    if target is None:
        while hashed.read(BLOCK):
            pass
        return hashed.digest.hexdigest()
    _private(target.parent)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        while block := hashed.read(BLOCK):
            stream.write(block)
    return hashed.digest.hexdigest()


def _private(folder: Path) -> None:
    """Each folder on the way that is not there, for its owner alone."""
    if not folder.is_dir():
        _private(folder.parent)
        folder.mkdir(mode=0o700)
