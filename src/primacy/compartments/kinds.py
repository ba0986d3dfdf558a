"""Classes of compartments and kinds of entries, read once from `kinds.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from primacy.framework.yaml_files import read_yaml

TABLE = Path(__file__).with_name("kinds.yaml")


@dataclass(frozen=True)
class Kind:
    """`fields`: name -> whether it must be filled. `expires`: days after which it is erased; 0 for never."""

    key: str
    fields: Mapping[str, bool]
    person: bool
    expires: int


@dataclass(frozen=True)
class Class:
    key: str
    begin: frozenset[str]
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    classes: Mapping[str, Class]
    kinds: Mapping[str, Kind]
    choices: Mapping[str, tuple[str, ...]]
    never_labelled: frozenset[str]

    def may_begin(self, components: frozenset[str]) -> list[str]:
        """The classes of which people of these components may begin a compartment."""
        return [key for key, each in self.classes.items() if each.begin & components]


@lru_cache(maxsize=1)
def table() -> Table:
    content = read_yaml(TABLE.read_bytes())
    kinds = {
        key: Kind(
            key, {name.rstrip("!"): name.endswith("!") for name in each["fields"]}, each.get("person", False),
            each.get("expires", 0),
        )
        for key, each in content["kinds"].items()
    }  # fmt: skip
    classes = {
        key: Class(key, frozenset(each["begin"]), tuple(each["kinds"])) for key, each in content["classes"].items()
    }
    choices = {name: tuple(each) for name, each in content["choices"].items()}
    return Table(classes, kinds, choices, frozenset(content["never_labelled"]))
