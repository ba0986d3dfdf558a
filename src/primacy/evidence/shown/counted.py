"""Data sets as those see them who see no details: counted without what is left out of their view."""

from collections.abc import Iterator, Mapping, Sequence

from primacy.evidence.store.confidentiality import Extent
from primacy.evidence.store.datasets import Coverage, DatasetVersion
from primacy.evidence.store.numbered_days import last_day, month_index
from primacy.evidence.store.store import Store
from primacy.places.coarseness import KNOWN_TO_EXIST, coarseness


def as_counted(store: Store, versions: Sequence[DatasetVersion], highest: Mapping[str, int]) -> list[DatasetVersion]:
    """Versions with the numbers of the rows that everybody may know of, their days by the week; what was rejected and
    what notes tell may be of the others. A version without protected rows is as it is.

    highest   of each version the highest confidentiality of its rows
    """
    mixed = [each for each in versions if highest.get(each.id, 0) > 0]
    found = store.extents(mixed, level=KNOWN_TO_EXIST) if mixed else {}
    protected = {each.id for each in mixed}
    return [
        _with(each, found.get(each.id, Extent()), secret=highest[each.id] > KNOWN_TO_EXIST) if each.id in protected
        else each
        for each in versions
    ]  # fmt: skip


def _with(version: DatasetVersion, extent: Extent, *, secret: bool) -> DatasetVersion:
    start, end = extent.start, extent.end
    if start and end:
        start, end = coarseness(KNOWN_TO_EXIST, details=False).days(start, end)
    coverage = tuple(_covered(version.coverage, extent)) if secret else version.coverage
    return version.model_copy(update={
        "rows": extent.rows, "items": extent.items, "start": start, "end": end, "rejected": 0, "notes": (),
        "coverage": coverage,
    })  # fmt: skip


def _covered(coverage: Sequence[Coverage], extent: Extent) -> Iterator[Coverage]:
    """What a source declares to be complete, and of what else it covers the months of the rows that are told: others
    tell when something was that is left out."""
    for each in coverage:
        if each.complete:
            yield each
        elif extent.start and extent.end:
            first, last = extent.start.replace(day=1), last_day(month_index(extent.end))
            if each.start <= last and first <= each.end:
                yield each.model_copy(update={"start": max(each.start, first), "end": min(each.end, last)})
