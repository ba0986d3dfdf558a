"""The kinds of files that may be attached, from `kinds.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from primacy.framework.yaml_files import read_yaml


@dataclass(frozen=True)
class Kind:
    """A row of `kinds.yaml`."""

    key: str
    media: str
    endings: tuple[str, ...]
    says: frozenset[str]
    largest: int
    apart: bool = False

    @property
    def ending(self) -> str:
        return self.endings[0]


@cache
def kinds() -> Mapping[str, Kind]:
    rows = read_yaml((Path(__file__).parent / "kinds.yaml").read_bytes())
    return {
        key: Kind(**{**row, "key": key, "endings": tuple(row["endings"]), "says": frozenset(row["says"])})
        for key, row in rows.items()
    }


def largest() -> int:
    """Bytes of the largest file of any kind."""
    return max(each.largest for each in kinds().values())


class Unfit(Exception):
    """A file that may not be kept. `why` is a word of the catalogue in `pages/attachments.py`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
