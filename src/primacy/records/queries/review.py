"""Reads: how far records are on their way, and whom they wait for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q
from django.utils import timezone

from primacy.access.models import User
from primacy.access.once import once
from primacy.access.posts import Post
from primacy.access.readers import holding, reader_of
from primacy.access.record_filter import reach
from primacy.access.record_rights import Guarded, Reader, may, reads_at_all, writes_at_all
from primacy.records.declaring import RecordType
from primacy.records.models import Version
from primacy.records.queries import record_types, visible
from primacy.records.review import (
    CHECKED,
    FORWARD,
    PUBLISHED,
    REASONED,
    RECALLED,
    RETURNED,
    STEPS,
    TAKES_BACK,
    TAKES_TO,
    WRITING,
    WRITTEN,
    Step,
)
from primacy.records.showing import Shown

NOBODY = -1
LATELY = 50  # versions among which the last words and what was said of them are looked for


@dataclass(frozen=True)
class Way:
    """How far the words of a record are: who wrote, checked and published them, and what may be done next.

    reached  by stage (written, checked, published) the version that took these words there
    last     the newest version that sent the record back or recalled it, with its reason
    steps    what this person may do
    own      whether somebody else must, because this person wrote in it
    before   whether earlier words were published, and count until these are
    """

    reached: Mapping[str, Version]
    last: Version | None
    steps: Sequence[Step]
    own: bool
    before: bool


def way(*, viewer: User, seen: Shown) -> Way | None:
    """For those who see the details of a record."""
    if not seen.exact:
        return None
    record, reader = seen.record, reader_of(viewer)
    versions = Version.objects.filter(type=seen.type.key, record=record.pk).select_related("by").defer("facts")
    lately = versions.order_by("-number")[:LATELY]
    able = [] if record.archived else [
        each for each in STEPS if each.before == record.state and may(reader, each.right, record.guarded(seen.type.key))
        and (each.name != "recall" or record.released)
    ]  # fmt: skip
    own = any(each.after in FORWARD for each in able) and wrote_in(viewer, seen.type, record)
    steps = [each for each in able if not (own and each.after in FORWARD)]
    last = next((each for each in lately if each.deed in REASONED), None)
    return Way(_reached(lately), last, steps, own, before=record.released and record.state != PUBLISHED)


def wrote_in(person: User, type_: RecordType, record: Any) -> bool:
    """Whether somebody saved any of the words that are not published yet."""
    versions = Version.objects.filter(type=type_.key, record=record.pk)
    published = versions.filter(state=PUBLISHED).aggregate(last=Max("number"))["last"] or 0
    return versions.filter(by=person, deed__in=WRITING, number__gt=published).exists()


def _reached(lately: Iterable[Version]) -> dict[str, Version]:
    """By stage the version that took the present words there, of the newest ones. A step back undoes those before."""
    found: dict[str, Version] = {}
    undone = False
    for each in lately:
        if each.deed in WRITING:
            return {WRITTEN: each, **found}
        undone = undone or each.deed in TAKES_BACK
        if not undone and each.deed in TAKES_TO:
            found.setdefault(TAKES_TO[each.deed], each)
    return found


def awaits(reader: Reader, type_: str) -> Q:
    """The records of a type that wait for this person: to be checked, to be published, or to be mended."""
    others = ~Q(saved_by=reader.person)
    return (
        (Q(state__in=(WRITTEN, RECALLED)) & others & reach(reader, "check", type_))
        | (Q(state=CHECKED) & others & reach(reader, "publish", type_))
        | (~others & Q(state=RETURNED) & reach(reader, "write", type_))
    )


def waiting(*, viewer: User) -> list[tuple[RecordType, int]]:
    """How many records of each type wait for this person; types of which none does are left out."""
    return once(("waiting records", viewer.pk), lambda: _waiting(reader_of(viewer)))


def _waiting(reader: Reader) -> list[tuple[RecordType, int]]:
    able = [each for each in record_types().values() if reads_at_all(reader, each.key)]
    counts = [(each, visible(reader, each).filter(awaits(reader, each.key)).count()) for each in able]
    return [each for each in counts if each[1]]


def headless() -> list[str]:
    """Components whose people write records that nobody may publish: none of them is headed, nor one that could."""
    held = Post.objects.filter(holding(timezone.localdate()), person__is_active=True)
    heads = frozenset(held.filter(heads=True).values_list("component", flat=True))
    head = Reader(NOBODY, heads, heads=heads)
    return [
        each for each in sorted(set(held.values_list("component", flat=True)))
        if any(
            writes_at_all(Reader(NOBODY, frozenset([each])), key)
            and not may(head, "publish", Guarded(key, "", 1, each, 0, one_hand=False, released=False))
            for key in record_types()
        )
    ]  # fmt: skip
