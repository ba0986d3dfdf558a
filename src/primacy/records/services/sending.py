"""What versions of records tell, on its way to the evidence: those that wait, or all that the store lacks.

One process of the machine sends at a time. A version that was sent before it was crossed off is known by its record and
revision, and is not sent twice.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from primacy.evidence.bringing.entered import OF_RECORDS, keep_entered
from primacy.evidence.store.store import Store
from primacy.framework import Instance
from primacy.places.files.replacing import one_writer
from primacy.records import queries
from primacy.records.models import Version, Waiting
from primacy.records.telling import Row, sendings

AT_ONCE = 20_000  # versions of one data set


def send_waiting() -> int:
    """Send what waits, in one data set for each type. Returns how many versions went."""
    instance, count = Instance.here(), 0
    with alone(instance):
        while waiting := list(Waiting.objects.select_related("version").order_by("pk")[:AT_ONCE]):
            for key in dict.fromkeys(each.version.type for each in waiting):
                versions = [each.version for each in waiting if each.version.type == key]
                keep(instance, key, list(_told_by(key, versions)), since=min(each.known for each in versions))
            _cross_off(waiting)
            count += len(waiting)
    return count


def send_all() -> int:
    """Send every version that the store lacks, however it came to lack it. Returns how many rows were sent."""
    instance, count = Instance.here(), 0
    with alone(instance):
        for key, type_ in queries.record_types().items():
            if type_.points is None:
                continue
            history = Version.objects.filter(type=key).order_by("record", "number").iterator()
            rows = [row for _version, rows in sendings(map(queries.saved, history), queries.told) for row in rows]
            count += keep(instance, key, rows)
        _cross_off(list(Waiting.objects.all()))
    return count


def _told_by(type_: str, versions: Sequence[Version]) -> Iterator[Row]:
    """What versions send, each given all that came before it of its record."""
    asked = {(str(each.record), each.number) for each in versions}
    history = Version.objects.filter(type=type_, record__in={each.record for each in versions})
    for version, rows in sendings(map(queries.saved, history.order_by("record", "number")), queries.told):
        if (version.record, version.number) in asked:
            yield from rows


def keep(instance: Instance, key: str, rows: list[Row], *, since: datetime | None = None) -> int:
    """Add rows that the store lacks, and put many small data sets together. Nobody is named as who entered them: an
    author may be hidden."""
    store, lineage = Store(instance.evidence), f"{OF_RECORDS}/{key}"
    there = _there(store, lineage, since)
    lacking = [row for row in rows if (row["record"], row["revision"]) not in there]
    if lacking:
        at = min(row["known"] for row in lacking)
        keep_entered(
            store, lacking, name=f"Records: {key}", lineage=lineage, by="", at=at, source_type="monitor"
        )  # fmt: skip
        store.consolidate()
    return len(lacking)


def _there(store: Store, lineage: str, since: datetime | None) -> set[tuple[str, int]]:
    """(record, revision) of everything that the store has of a lineage, or of what it learnt from a moment on;
    withdrawn data sets left out."""
    found: set[tuple[str, int]] = set()
    for each in store.versions():
        late = since is None or max(each.known, each.known_last or each.known) >= since
        if late and each.lineage == lineage and each.withdrawn is None:
            for batch in store.content(each.id):
                records, revisions = (batch.column(name).to_pylist() for name in ("record", "revision"))
                found |= set(zip(records, revisions, strict=True))
    return found


def _cross_off(waiting: Iterable[Waiting]) -> None:
    numbers = [each.pk for each in waiting]
    Waiting.objects.filter(pk__in=numbers).delete()


def alone(instance: Instance) -> AbstractContextManager[None]:
    """Two processes that look and then add would add twice."""
    return one_writer(instance.folder / "sending.lock")
