"""The seal of a version: what the audit trail keeps of it, so that words changed behind the trail's back are found."""

import hashlib
import json
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Exists, OuterRef

from primacy.access.models import AuditEntry
from primacy.records.declaring import RecordType
from primacy.records.models import Version
from primacy.records.models.retained import Disposal
from primacy.records.queries import record_types
from primacy.records.review import PUBLISHED, WRITING
from primacy.records.telling import name_of

AT_ONCE = 2000
OF_THE_RECORD = ("confidentiality", "group", "later", "component")


def seal(version: Version) -> str:
    """Of all that a version says and of who did what. Its record's id, which is drawn by chance and stands in no trail,
    keeps the words from being guessed by trying."""
    said = [
        version.type, str(version.record), version.number, version.at, version.known, version.by_id, version.deed,
        version.because, version.archived, version.state, version.facts,
    ]  # fmt: skip
    text = json.dumps(said, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass
class Found:
    """What is not as the trail says it was saved.

    lacking   how many versions there are of which the trail says nothing, as where it was emptied
    versions  those that are not what was saved; of records whose words went by a lawful disposal none
    gone      names in the trail of records of which there is nothing left, and no lawful disposal says why
    rows      (type, record) that are not what their newest version says, that are gone, that lack a version of which
              the trail knows, or that say of themselves that they were disposed of where no disposal was agreed to
    """

    lacking: int = 0
    versions: list[Version] = field(default_factory=list)
    rows: list[tuple[str, Any]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


def lacking() -> int:
    """How many versions there are of which the trail says nothing: it cannot be emptied without that being seen."""
    sealed = set(_sealed())
    there = Version.objects.order_by().values_list("type", "record", "number").iterator(AT_ONCE)
    return sum((name_of(type_, str(record)), number) not in sealed for type_, record, number in there)


def compare() -> Found:
    """Every version with its seal, and every row with its newest version; each is read once."""
    found, sealed, gone = Found(), _sealed(), Disposal.objects.filter(agreed=True)
    redacted = set(gone.values_list("type", "record"))
    disposed = set(gone.filter(field="").values_list("type", "record"))
    numbers: dict[str, set[int]] = {}
    for name, number in sealed:
        numbers.setdefault(name, set()).add(number)
    versions = Version.objects.order_by("type", "record", "number").iterator(AT_ONCE)
    histories = (list(some) for _record, some in groupby(versions, key=lambda each: (each.type, each.record)))
    while some := list(islice(histories, AT_ONCE)):
        rows = _rows_of(some)
        for history in some:
            of = history[0].type, history[0].record
            name = name_of(of[0], str(of[1]))
            kept = [sealed.get((name, each.number)) for each in history]
            found.lacking += kept.count(None)
            if of not in redacted:
                pairs = zip(history, kept, strict=True)
                found.versions += [each for each, said in pairs if said is not None and said != seal(each)]
            row, type_ = rows.get(of), record_types()[of[0]]
            if row is None and of not in disposed:
                found.rows.append(of)
            whole = numbers.pop(name, set()) <= {each.number for each in history}
            if row is not None and not (whole and _stands(row, of in disposed, type_, history)):
                found.rows.append(of)
    found.gone = sorted(set(numbers) - {name_of(type_, str(record)) for type_, record in disposed})
    found.rows += _without_versions(disposed)
    return found


def _rows_of(histories: Sequence[Sequence[Version]]) -> dict[tuple[str, Any], Any]:
    found: dict[tuple[str, Any], Any] = {}
    for key, type_ in record_types().items():
        ids = [each[0].record for each in histories if each[0].type == key]
        found |= {(key, pk): row for pk, row in type_.model.objects.in_bulk(ids).items()}
    return found


def _without_versions(disposed: Container[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    for key, type_ in record_types().items():
        versions = Version.objects.filter(type=key, record=OuterRef("pk"))
        for pk in type_.model.objects.filter(~Exists(versions)).values_list("pk", flat=True):
            if (key, pk) not in disposed:
                yield key, pk


def _stands(row: Any, disposed: bool, type_: RecordType, history: Sequence[Version]) -> bool:
    """Whether a row is gone where that was agreed to, or else what its newest version says."""
    return row.disposed is not None if disposed else row.disposed is None and _as_saved(row, type_, history)


def _as_saved(row: Any, type_: RecordType, versions: Sequence[Version]) -> bool:
    """Whether a row is what its newest version says, and of whom its first one is."""
    newest, published = versions[-1], any(each.state == PUBLISHED for each in versions)
    hands = {each.by_id for each in versions if each.deed in WRITING}
    return (
        row.author_id == versions[0].by_id
        and (len(hands) == 1 or not row.one_hand)
        and _said(newest.facts) == _said(facts_of_row(row, type_))
        and (row.version, row.state, row.archived is not None) == (newest.number, newest.state, newest.archived)
        and (published or not row.released)
    )


def _sealed() -> dict[tuple[str, int], str]:
    """Of all that was saved, by the name of the record in the trail and the number of the version, its seal."""
    entries = AuditEntry.objects.filter(detail__has_key="seal").order_by("number")
    return {
        (subject, detail["version"]): detail["seal"]
        for subject, detail in entries.values_list("subject", "detail").iterator()
    }


def _said(facts: Mapping[str, Any]) -> str:
    return json.dumps(facts, cls=DjangoJSONEncoder, sort_keys=True)


def facts_of_row(record: Any, type_: RecordType) -> dict[str, Any]:
    """Every field of a record by its name, as its version keeps it."""
    names = [*type_.fields, *OF_THE_RECORD, *(("week", "district", "level") if type_.placed else ())]
    return {name: record._meta.get_field(name).value_from_object(record) for name in names}
