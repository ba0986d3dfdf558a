"""Releases of one source belong together: the versions of each lineage under one name, the newest first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from primacy.evidence.store.datasets import DatasetVersion


@dataclass(frozen=True)
class Series:
    """All versions of one lineage. `newest` is in force, unless all were withdrawn."""

    lineage: str
    newest: DatasetVersion
    versions: tuple[DatasetVersion, ...]  # in force, newest first
    withdrawn: tuple[DatasetVersion, ...]

    @property
    def start(self) -> date | None:
        return min((each.start for each in self._counted if each.start), default=None)

    @property
    def end(self) -> date | None:
        return max((each.end for each in self._counted if each.end), default=None)

    @property
    def told(self) -> date:
        """The day of its newest knowledge."""
        return max(max(each.known, each.known_last or each.known) for each in self._counted).date()

    @property
    def rejected(self) -> int:
        return self.newest.rejected

    @property
    def _counted(self) -> tuple[DatasetVersion, ...]:
        return self.versions or self.withdrawn


def series(versions: Iterable[DatasetVersion]) -> list[Series]:
    """By lineage, that which was known last first; those of which nothing is in force behind all others."""
    grouped: dict[str, list[DatasetVersion]] = {}
    for each in sorted(versions, key=lambda each: (each.known, each.imported, each.id), reverse=True):
        grouped.setdefault(each.lineage, []).append(each)
    found = [_together(lineage, each) for lineage, each in grouped.items()]
    return sorted(found, key=lambda each: not each.versions)


def _together(lineage: str, versions: Sequence[DatasetVersion]) -> Series:
    in_force = tuple(each for each in versions if each.withdrawn is None)
    withdrawn = tuple(each for each in versions if each.withdrawn is not None)
    return Series(lineage, (in_force or withdrawn)[0], in_force, withdrawn)


@dataclass(frozen=True)
class Freshness:
    """How old the newest knowledge of a series is, beside how often it comes. Days; None where it came once.

    `late`: nothing came for more than twice the usual time between two releases.
    """

    age: int
    usual: int | None

    @property
    def late(self) -> bool:
        return self.usual is not None and self.age > 2 * max(self.usual, 1)


def freshness_of(one: Series, today: date) -> Freshness:
    days = sorted({each.known.date() for each in one.versions})
    gaps = sorted((later - earlier).days for earlier, later in pairwise(days))
    return Freshness(max(0, (today - one.told).days), gaps[len(gaps) // 2] if len(gaps) > 1 else None)


def named_series(versions: Iterable[DatasetVersion]) -> Mapping[str, str]:
    """Lineage -> the name of its newest version in force."""
    return {each.lineage: each.newest.name for each in series(versions) if each.versions}
