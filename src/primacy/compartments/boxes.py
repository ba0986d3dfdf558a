"""The sealed file of a compartment: the whole content as one piece, padded, under the key of its generation.

A thief of the folder sees how many compartments there are, when each was last written, how large each is to the next
power of two, and how often its key was changed. Names, number of entries and lengths are inside.
"""

from pathlib import Path

from primacy.compartments.content import Content
from primacy.compartments.key_file import replace
from primacy.compartments.sealing import Unreadable, padded, seal, unpadded, unseal
from primacy.places.files.replacing import flush

MAGIC = b"PRIMACY1"
ENDING = ".sealed"


def file_of(folder: Path, id: str) -> Path:
    return folder / f"{id}{ENDING}"


def generation_of(folder: Path, id: str) -> int:
    """Raises LookupError where there is no such compartment."""
    try:
        with file_of(folder, id).open("rb") as handle:
            head = handle.read(len(MAGIC) + 4)
    except FileNotFoundError as error:
        raise LookupError(id) from error
    return int.from_bytes(head[len(MAGIC) :])


def load(folder: Path, id: str, generation: int, key: bytes) -> Content:
    """Raises LookupError where there is no such compartment, Unreadable with another key."""
    try:
        whole = file_of(folder, id).read_bytes()
    except FileNotFoundError as error:
        raise LookupError(id) from error
    begin = len(MAGIC) + 4
    if whole[: len(MAGIC)] != MAGIC or int.from_bytes(whole[len(MAGIC) : begin]) != generation:
        raise Unreadable
    return Content.model_validate_json(unpadded(unseal(key, whole[begin:], _context(id, generation))))


def store(folder: Path, id: str, generation: int, key: bytes, content: Content) -> None:
    """Replace the file as a whole; nothing is ever written unsealed, not even for a moment."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    sealed = seal(key, padded(content.model_dump_json().encode()), _context(id, generation))
    replace(file_of(folder, id), MAGIC + generation.to_bytes(4) + sealed)
    flush(folder)  # the new name survives a loss of power as well


def _context(id: str, generation: int) -> str:
    return f"primacy compartment {id} {generation}"
