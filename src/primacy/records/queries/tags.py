"""Reads: the tags of a record, and which tags a person may be offered. A tag is never read below details."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from primacy.access.models import User
from primacy.access.readers import reader_of
from primacy.access.record_filter import reach
from primacy.access.record_rights import Reader, reads_at_all
from primacy.places.names import plain
from primacy.records import queries
from primacy.records.declaring import RecordType
from primacy.records.happenings import Happening, Place
from primacy.records.models.beside import Tag, Tagged
from primacy.records.queries.relations import in_full
from primacy.records.showing import Shown

OFFERED = 200


def folded(name: str) -> str:
    """Tags that differ in case, accents or signs are one."""
    return plain(name)[:60]


def tags(*, seen: Shown) -> list[Tag]:
    """The tags of a record; none for who sees no details."""
    if not seen.exact:
        return []
    return list(Tag.objects.filter(on__type=seen.type.key, on__record=seen.id))


def offered(*, viewer: User) -> QuerySet[Tag]:
    """The mission's vocabulary, and tags that stand on a record whose details this person sees."""
    reader, found = reader_of(viewer), Q(own=True)
    others = Tagged.objects.filter(tag__own=False).values_list("type", flat=True).order_by().distinct()
    for key in others:
        type_ = queries.record_types().get(key)
        if type_ is None or not reads_at_all(reader, key):
            continue
        on = Tagged.objects.filter(tag=OuterRef("pk"), type=key)
        found |= Q(Exists(on.filter(Exists(in_full(reader, type_).filter(pk=OuterRef("record"))))))
    return Tag.objects.filter(found)


def tagged(reader: Reader, type_: RecordType, name: str) -> Q:
    """The records with a tag, among those whose details a person sees: to narrow a list of any kind by."""
    on = Tagged.objects.filter(tag__folded=folded(name), type=type_.key, record=OuterRef("pk"))
    return reach(reader, "detail", type_.key) & Q(Exists(on))


def happenings(*, viewer: User, seen: Shown, may: frozenset[str], before: Place | None, size: int) -> list[Happening]:
    """Tags in the timeline."""
    rows = Tagged.objects.filter(type=seen.type.key, record=seen.id).select_related("tag", "by").order_by("-at")
    if before is not None:
        rows = rows.filter(at__lte=before.at)
    return [
        Happening(each.at, f"tag/{each.pk}", "tagged", each.by.username, each.tag.name) for each in rows[: size + 1]
    ]
