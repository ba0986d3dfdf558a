"""Reads: the files of a record, for those who see its details."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import QuerySet

from primacy.framework import Instance
from primacy.records.contents.kinds import kinds
from primacy.records.files import Damaged, read_file
from primacy.records.models import Version
from primacy.records.models.beside import Attachment
from primacy.records.showing import Shown


def attachments(*, seen: Shown) -> list[Attachment]:
    """The files that the record has now, oldest first; none for who sees no details."""
    if not seen.exact:
        return []
    return list(_of(seen).filter(gone=None).defer("words").select_related("by"))


def _of(seen: Shown) -> QuerySet[Attachment]:
    return Attachment.objects.filter(type=seen.type.key, record=seen.id)


def attachment(*, seen: Shown, id: UUID) -> Attachment:
    """One of them. Raises LookupError for none, and for who sees no details."""
    found = next((each for each in attachments(seen=seen) if each.pk == id), None)
    if found is None:
        raise LookupError(id)
    return found


def by_version(*, seen: Shown, versions: Iterable[Version]) -> Mapping[int, list[Attachment]]:
    """Version -> what hung on the record during it, also what was taken off since, of which nothing is told."""
    every = list(_of(seen).defer("words")) if seen.exact else []
    return {
        each.number: [
            one for one in every if one.since <= each.number and (one.gone is None or each.number <= one.gone)
        ]
        for each in versions
    }


def content(found: Attachment) -> tuple[bytes, str, str]:
    """(bytes, media type, name under which it is handed out: it says nothing). Raises Damaged."""
    kind = kinds()[found.kind]
    return read_file(Instance.here().attachments, found.digest), kind.media, f"{found.digest[:12]}.{kind.ending}"


def searchable_text(*, type_: str, record: UUID) -> str:
    """The words of the files of a record, to be indexed among what only those are answered from who see its details.

    Left out are files whose words speak of what must not be kept here.
    """
    found = Attachment.objects.filter(type=type_, record=record, gone=None, read="done")
    return "\n".join(found.values_list("words", flat=True))


__all__ = ["Damaged", "attachment", "attachments", "by_version", "content", "searchable_text"]
