"""Releases of one source belong together: the versions of each lineage under one name, the newest first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from primacy.evidence.datasets import DatasetVersion


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


def named_series(versions: Iterable[DatasetVersion]) -> Mapping[str, str]:
    """Lineage -> the name of its newest version in force."""
    return {each.lineage: each.newest.name for each in series(versions) if each.versions}
