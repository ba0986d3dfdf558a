"""The seal of a version: what the audit trail keeps of it, so that words changed behind the trail's back are found."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from primacy.access.models import AuditEntry
from primacy.records.declaring import RecordType
from primacy.records.models import Version
from primacy.records.models.retained import Disposal
from primacy.records.queries import record_types
from primacy.records.review import PUBLISHED
from primacy.records.telling import name_of

AT_ONCE = 2000
OF_THE_RECORD = ("confidentiality", "group", "component")


def seal(version: Version) -> str:
    """Of all that a version says and of who did what. Its record's id, which is drawn by chance and stands in no trail,
    keeps the words from being guessed by trying."""
    said = [
        version.type, str(version.record), version.number, version.at, version.by_id, version.deed, version.because,
        version.archived, version.state, version.facts,
    ]  # fmt: skip
    text = json.dumps(said, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def broken_seals() -> Iterator[Version]:
    """Versions that are not what the trail says was saved, or of which it says nothing; those of records whose words
    went by a lawful disposal are left out."""
    redacted = set(Disposal.objects.filter(agreed=True).values_list("type", "record"))
    sealed = {(name, number): kept for name, number, kept in _sealed()}
    for each in Version.objects.iterator():
        kept = sealed.get((name_of(each.type, str(each.record)), each.number))
        if (each.type, each.record) not in redacted and kept != seal(each):
            yield each


def changed_rows() -> Iterator[tuple[str, Any]]:
    """(type, record) of rows that are not what their newest version says, of rows that are gone, and of records of
    which the trail knows a version that is there no more."""
    saved = {name: number for name, number, _kept in _sealed()}  # the last version of each
    gone = set(Disposal.objects.filter(agreed=True, field="").values_list("type", "record"))
    for key, type_ in record_types().items():
        rows = type_.model.objects.filter(disposed=None).order_by("pk").iterator()
        while some := list(islice(rows, AT_ONCE)):
            versions = Version.objects.filter(type=key, record__in=[row.pk for row in some]).order_by("number")
            history: dict[Any, list[Version]] = {}
            for each in versions:
                history.setdefault(each.record, []).append(each)
            for row in some:
                last = saved.get(name_of(key, str(row.pk)), 0)
                if not _as_saved(row, type_, history.get(row.pk, []), last):
                    yield key, row.pk
        there = type_.model.objects.values("pk")
        left = Version.objects.filter(type=key).exclude(record__in=there).order_by().values_list("record", flat=True)
        yield from ((key, each) for each in left.distinct() if (key, each) not in gone)


def _as_saved(row: Any, type_: RecordType, versions: Sequence[Version], last: int) -> bool:
    """Whether a row is what its newest version says, and that is the one that the trail saw last."""
    if not versions or versions[-1].number < last:
        return False
    newest, published = versions[-1], any(each.state == PUBLISHED for each in versions)
    return (
        _said(newest.facts) == _said(facts_of_row(row, type_))
        and (row.version, row.state, row.archived is not None) == (newest.number, newest.state, newest.archived)
        and (published or not row.released)
    )


def _sealed() -> Iterator[tuple[str, int, str]]:
    """(name of the record in the trail, number of the version, its seal) of all that was saved, in its order."""
    entries = AuditEntry.objects.filter(detail__has_key="seal").order_by("number")
    for subject, detail in entries.values_list("subject", "detail").iterator():
        yield subject, detail["version"], detail["seal"]


def _said(facts: Mapping[str, Any]) -> str:
    return json.dumps(facts, cls=DjangoJSONEncoder, sort_keys=True)


def facts_of_row(record: Any, type_: RecordType) -> dict[str, Any]:
    """Every field of a record by its name, as its version keeps it."""
    names = [*type_.fields, *OF_THE_RECORD, *(("week", "district", "level") if type_.placed else ())]
    return {name: record._meta.get_field(name).value_from_object(record) for name in names}
