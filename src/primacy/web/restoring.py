"""A backup brought back, into a place where there is nothing yet."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from primacy.framework.instance import MISSION, Instance
from primacy.places.errors import BadInput
from primacy.web.backing_up import DATABASE, FOLDER, Contents, apart, read_backup
from primacy.web.database_copy import bring_back, copy_name, is_empty

UNPACKED = ".restoring"


def restore(file: Path, passphrase: str, instance: Instance, environment: Mapping[str, str]) -> Contents:
    """Read, check, unpack beside the folder, and move into it only what is whole.

    The folder may hold what no backup holds (keys, the address of the database) and nothing else.

    Raises   BadInput, and then nothing has changed.
    """
    _refuse_if_taken(instance, environment)
    beside = instance.folder.with_name(instance.folder.name + UNPACKED)
    shutil.rmtree(beside, ignore_errors=True)  # of one that was cut off: it is moved as a whole or not at all
    beside.mkdir(mode=0o700, parents=True)
    try:
        contents = read_backup(file, passphrase, beside)
        expected = copy_name(instance, environment)
        if contents.database != expected or not (beside / FOLDER / MISSION).is_file():
            raise BadInput(
                f"it holds {contents.database}, and here is the place of {expected}", str(file),
                "Restore it where the same kind of database is: docs/how-to/back-up.md",
            )  # fmt: skip
        instance.folder.mkdir(mode=0o700, exist_ok=True)
        bring_back(instance, environment, beside / DATABASE / contents.database)
        for each in sorted((beside / FOLDER).iterdir(), key=lambda path: path.name == MISSION):
            each.rename(instance.folder / each.name)  # the mission file last: without it there is no instance
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return contents


def _refuse_if_taken(instance: Instance, environment: Mapping[str, str]) -> None:
    if instance.folder.is_symlink() or (instance.folder.exists() and not instance.folder.is_dir()):
        raise BadInput("this is no folder", str(instance.folder), "Name another place with --data")
    here = set(instance.folder.iterdir()) if instance.folder.is_dir() else set()
    if here - set(apart(instance)):
        remedy = "Name an empty place with --data; to replace this one, move it away first"
        raise BadInput("there is something here, and nothing is ever written over", str(instance.folder), remedy)
    if not is_empty(instance, environment):
        raise BadInput("the database has tables already", "database", "Name an empty one in database.url")


def missing_keys(instance: Instance, environment: Mapping[str, str]) -> list[Path]:
    """Keys of the site that are not here: copies of them belong here before somebody signs in."""
    named = environment.get("PRIMACY_SECRET_KEY_FILE")
    return [each for each in (Path(named) if named else instance.keys, instance.signing_key) if not each.is_file()]
