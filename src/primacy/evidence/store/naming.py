"""Naming a source the official one on a topic, and taking that back: what a page and a command do alike."""

from datetime import UTC, datetime

from primacy.evidence.store.datasets import DatasetVersion, Mark
from primacy.evidence.store.official import require_told, topic_of
from primacy.evidence.store.store import Store


def mark_official(
    store: Store, dataset_id: str, topic: str, *, by: str, because: str = "", ends: bool = False
) -> DatasetVersion:
    """The version with its mark. Raises BadInput for what is no topic, of which the source tells nothing, or which it
    has already."""
    found = store.version(dataset_id)
    mark = Mark(topic=topic_of(topic), at=datetime.now(UTC), by=by, ends=ends, because=because.strip())
    if not ends:
        require_told(mark.topic, store.categories(found.id, mark.topic.partition("/")[0]), found.name)
    return store.mark_official(found.id, mark)


def topics_told(store: Store, version: DatasetVersion) -> list[str]:
    """Every topic on which a version can be official: its kinds, their categories, and the groups of these."""
    found: dict[str, None] = {}
    for kind in sorted({each.kind for each in version.coverage}):
        bare = [each.removeprefix(f"{kind}/") for each in store.categories(version.id, kind)]
        if bare:
            found[kind] = None
        for path in sorted({"/".join(each.split("/")[: n + 1]) for each in bare for n in range(each.count("/") + 1)}):
            if path:
                found[f"{kind}/{path}"] = None
    return list(found)
