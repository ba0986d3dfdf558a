"""The seal of a version: what the audit trail keeps of it, so that words changed behind the trail's back are found."""

import hashlib
import json
from collections.abc import Iterator

from django.core.serializers.json import DjangoJSONEncoder

from primacy.access.models import AuditEntry
from primacy.records.models import Version
from primacy.records.models.retained import Disposal
from primacy.records.telling import name_of


def seal(version: Version) -> str:
    """Of all that a version says and of who did what. Its record's id, which is drawn by chance and stands in no trail,
    keeps the words from being guessed by trying."""
    said = [
        version.type, str(version.record), version.number, version.by_id, version.deed, version.because,
        version.archived, version.state, version.facts,
    ]  # fmt: skip
    text = json.dumps(said, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def broken_seals() -> Iterator[Version]:
    """Versions that are not what the trail says was saved, or of which it says nothing; those of records whose words
    went by a lawful disposal are left out."""
    redacted = set(Disposal.objects.filter(agreed=True).values_list("type", "record"))
    sealed = {
        (entry.subject, entry.detail["version"]): entry.detail["seal"]
        for entry in AuditEntry.objects.filter(detail__has_key="seal").iterator()
    }
    for each in Version.objects.iterator():
        kept = sealed.get((name_of(each.type, str(each.record)), each.number))
        if (each.type, each.record) not in redacted and kept != seal(each):
            yield each
