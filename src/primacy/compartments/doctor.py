"""What is wrong with the keys of compartments, for `primacy doctor`. Nothing is opened for it."""

from collections.abc import Iterator

from primacy.compartments import boxes, key_file
from primacy.compartments.custody import Place
from primacy.evidence.doctor import Ailment


def examine(place: Place) -> Iterator[Ailment]:
    here = {each.stem for each in place.boxes.glob(f"*{boxes.ENDING}")} if place.boxes.is_dir() else set()
    try:
        keys = key_file.read(place.keys)
    except key_file.NoKeys:
        if here:
            yield Ailment(
                f"{len(here)} compartments are here and the file of keys is not", str(place.keys),
                "Bring the medium with the keys; without it and its copies nobody opens them again",
            )  # fmt: skip
        return
    if place.keys.stat().st_mode & 0o077:
        yield Ailment("others on this machine can read the file of keys", str(place.keys), "chmod 600")
    for id in sorted(here - set(keys.boxes)):
        yield Ailment("no key opens it", str(boxes.file_of(place.boxes, id)), "Bring a newer copy of the file of keys")
    for id in sorted(set(keys.boxes) - here):
        yield Ailment(
            "a compartment is missing of which there is a key", str(boxes.file_of(place.boxes, id)),
            "Bring it from a backup",
        )  # fmt: skip
