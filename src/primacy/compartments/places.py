"""Where the sealed files, the file of keys and the other keys of an instance lie."""

from collections.abc import Mapping
from pathlib import Path

from primacy.compartments.custody import Place
from primacy.compartments.key_file import BadPlace, keys_file
from primacy.framework.instance import Instance


def place_of(instance: Instance, environment: Mapping[str, str]) -> Place:
    """Raises BadPlace where the keys would lie inside the instance."""
    return Place(instance.compartments, keys_file(instance, environment))


def place_to_lock(instance: Instance, environment: Mapping[str, str]) -> Place:
    """The same for an emergency, which refuses nothing."""
    try:
        return place_of(instance, environment)
    except BadPlace as error:
        return Place(instance.compartments, error.file)


def other_keys(instance: Instance, environment: Mapping[str, str]) -> dict[str, Path]:
    """The other keys of the instance, which a lock-down destroys and headquarters gives back."""
    named = environment.get("PRIMACY_SECRET_KEY_FILE")
    return {"secret": Path(named) if named else instance.keys, "signing": instance.signing_key}
