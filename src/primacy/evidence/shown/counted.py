"""Data sets as those see them who see no details: counted without what is left out of their view."""

from collections.abc import Mapping, Sequence

from primacy.evidence.store.confidentiality import Extent
from primacy.evidence.store.datasets import DatasetVersion
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
    return [_with(each, found.get(each.id, Extent())) if each.id in protected else each for each in versions]


def _with(version: DatasetVersion, extent: Extent) -> DatasetVersion:
    start, end = extent.start, extent.end
    if start and end:
        start, end = coarseness(KNOWN_TO_EXIST, details=False).days(start, end)
    return version.model_copy(update={
        "rows": extent.rows, "items": extent.items, "start": start, "end": end, "rejected": 0, "notes": (),
    })  # fmt: skip
