"""The file of keys. It lies outside the instance folder, is named by PRIMACY_KEYS_FILE, and holds no key that opens
anything by itself: the key of a compartment is sealed to each member and to headquarters, the key of a member is under
a passphrase that is kept nowhere, the keys of persons are sealed under the key of the compartment.

What is taken out of it is destroyed: the file before is overwritten. Whether a disk really forgets is for the disk to
say (docs/how-to/compartments.md).
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from pathlib import Path

from pydantic import BaseModel, Field

from primacy.compartments.sealing import Wrapped
from primacy.framework.instance import Instance
from primacy.places.files.replacing import one_writer

VARIABLE = "PRIMACY_KEYS_FILE"


class NoKeys(Exception):
    """The file of keys is not there: the medium is taken out, or nothing was set up."""


class BadPlace(Exception):
    """The keys would lie beside what they open, at `file`."""

    def __init__(self, file: Path) -> None:
        super().__init__(f"{file} lies in the instance folder; name another place in {VARIABLE}")
        self.file = file


class Holder(BaseModel):
    """Somebody's own key pair."""

    public: str
    private: Wrapped
    since: datetime


class ErasableKey(BaseModel):
    """The key of a person, or of an entry that expires; sealed under the key of the compartment."""

    sealed: str
    until: date | None = None


class Generation(BaseModel):
    """One key of a compartment, sealed to members by person (empty while locked down) and to headquarters."""

    seals: dict[int, str]
    recovery: str
    keys: dict[str, ErasableKey] = Field(default_factory=dict)


class Keys(BaseModel):
    """The whole file. `boxes`: id of a compartment -> number of a generation -> that generation."""

    recovery: str
    holders: dict[int, Holder] = Field(default_factory=dict)
    boxes: dict[str, dict[int, Generation]] = Field(default_factory=dict)

    def generations(self) -> Iterator[Generation]:
        """Those of all compartments."""
        for each in self.boxes.values():
            yield from each.values()

    def held_by(self, person: int) -> list[str]:
        return [id for id, each in self.boxes.items() if any(person in one.seals for one in each.values())]


def purpose_of(box: str, number: int) -> str:
    """What one key of a compartment is sealed for, to members and to headquarters: it opens as nothing else."""
    return f"primacy key of {box} {number}"


def keys_file(instance: Instance, environment: Mapping[str, str]) -> Path:
    """Where the keys lie: as the environment says, else beside the instance folder, never inside it.

    Raises   BadPlace.
    """
    named = environment.get(VARIABLE)
    file = Path(named).absolute() if named else instance.folder.with_name(instance.folder.name + ".keys")
    if instance.folder.resolve() in file.resolve().parents:
        raise BadPlace(file)
    return file


def read(file: Path) -> Keys:
    """Raises NoKeys."""
    try:
        return Keys.model_validate_json(file.read_bytes())
    except FileNotFoundError as error:
        raise NoKeys(str(file)) from error


@contextmanager
def changing(file: Path) -> Iterator[Keys]:
    """The keys, to be changed by nobody else meanwhile; kept where nothing is raised. Raises NoKeys."""
    with alone(file):
        keys = read(file)
        yield keys
        write(file, keys)


def alone(file: Path) -> AbstractContextManager[None]:
    """Nobody else changes the file of keys meanwhile. Raises NoKeys where its medium is taken out."""
    if not file.parent.is_dir():
        raise NoKeys(str(file.parent))
    return one_writer(file.with_name(file.name + ".lock"))


def write(file: Path, keys: Keys) -> None:
    """Replaced as a whole, for its owner alone; what the file said before is overwritten."""
    replace(file, keys.model_dump_json().encode())


def replace(file: Path, content: bytes) -> None:
    new = file.with_name(file.name + ".new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    if not file.exists():
        new.replace(file)
        return
    with file.open("r+b") as old:
        size = os.fstat(old.fileno()).st_size
        new.replace(file)
        old.write(bytes(size))
        old.flush()
        os.fsync(old.fileno())
