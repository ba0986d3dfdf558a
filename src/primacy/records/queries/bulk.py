"""A deed on many records as its person sees it: on how many it may be done, on which not, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from primacy.access.models import User
from primacy.access.readers import reader_of
from primacy.records import queries
from primacy.records.declaring import RecordType
from primacy.records.models import Bulk
from primacy.records.showing import Shown

NAMED = 20  # records named on the page of each kind


@dataclass(frozen=True)
class About:
    """Some of the records on which it may be done, on which it may not, and of those left alone, as the person sees
    them now; what is no longer seen is counted by nobody."""

    targets: list[Shown]
    refused: list[Shown]
    failed: list[Shown]


def bulk(*, viewer: User, type_: RecordType, id: UUID) -> Bulk:
    """One's own deed. Raises LookupError for every other."""
    found = Bulk.objects.filter(pk=id, person=viewer, type=type_.key).first()
    if found is None:
        raise LookupError(id)
    return found


def seen_of(*, viewer: User, type_: RecordType, bulk: Bulk) -> About:
    return About(
        _some(viewer, type_, [id for id, _version in bulk.targets]), _some(viewer, type_, bulk.refused),
        _some(viewer, type_, bulk.failed),
    )  # fmt: skip


def _some(viewer: User, type_: RecordType, ids: Sequence[str]) -> list[Shown]:
    found = queries.visible(reader_of(viewer), type_, archived=None).filter(pk__in=[UUID(id) for id in ids[:NAMED]])
    return [queries.shown(type_, each) for each in found.order_by(type_.title_open, "pk")]
