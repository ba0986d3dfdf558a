"""Reads: how far records are on their way, and whom they wait for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.utils import timezone

from primacy.access.models import User
from primacy.access.once import once
from primacy.access.posts import Post
from primacy.access.readers import holding, reader_of
from primacy.access.record_filter import reach
from primacy.access.record_rights import Guarded, Reader, may, reads_at_all, writes_at_all
from primacy.records.declaring import RecordType
from primacy.records.models import Version
from primacy.records.queries import record_types, said, visible
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
    UNDONE,
    WRITING,
    WRITTEN,
    Step,
)
from primacy.records.showing import Shown


class Spelt(Value):
    """A word of the program that stands in the question itself, not beside it: only then does SQLite see that an index
    of what is not published holds all that is asked for."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return f"'{self.value}'", []


NOT_PUBLISHED = ~Q(state=Spelt(PUBLISHED))
NOBODY = -1
LATELY = 50  # versions among which the last words and what was said of them are looked for


@dataclass(frozen=True)
class Way:
    """How far the words of a record are: who wrote, checked and published them, and what may be done next.

    reached  by stage (written, checked, published) the version that took these words there
    last     the newest version that sent the record back or recalled it, with its reason
    steps    what this person may do
    own      why somebody else must: this person `wrote` in it, or `checked` it; empty where neither
    before   whether earlier words were published, and count until these are
    later    protections that were lifted and are so once these are published: (what they are called, what they will be)
    """

    reached: Mapping[str, Version]
    last: Version | None
    steps: Sequence[Step]
    own: str
    before: bool
    later: Sequence[tuple[Any, Any]]


def way(*, viewer: User, seen: Shown) -> Way | None:
    """For those who see the details of a record."""
    if not seen.exact:
        return None
    record, reader = seen.record, reader_of(viewer)
    versions = Version.objects.filter(type=seen.type.key, record=record.pk).select_related("by").defer("facts")
    lately = list(_standing(versions.order_by("-number")[:LATELY]))
    able = [] if record.archived else [
        each for each in STEPS if each.before == record.state and may(reader, each.right, record.guarded(seen.type.key))
        and (each.name != "recall" or record.released)
    ]  # fmt: skip
    forward = next((each.after for each in able if each.after in FORWARD), "")
    own = hand_in(viewer, seen.type, record, forward) if forward else ""
    steps = [each for each in able if not (own and each.after in FORWARD)]
    last = next((each for each in lately if each.deed in REASONED), None)
    later = [
        (column.verbose_name, said(reader, seen.type, name, record.later)) for name in record.later
        for column in [record._meta.get_field(name)]
    ]  # fmt: skip
    before = record.released and record.state != PUBLISHED
    return Way(_reached(lately), last, steps, own, before=before, later=later)


def hand_in(person: User, type_: RecordType, record: Any, after: str) -> str:
    """Why somebody leaves a step to `after` to others: they `wrote` some of what is not published yet, or it was they
    who `checked` it, so that two others see all that counts. Empty where neither."""
    if _of(person.pk, type_).filter(record=record.pk).exists():
        return "wrote"
    checked = after == PUBLISHED and _checks(person.pk, type_).filter(record=record.pk).exists()
    return "checked" if checked else ""


def hand(person: int, type_: RecordType, after: str) -> Q:
    """The same as the filter of a query of records."""
    own = Q(wrote(person, type_))
    return own | Q(Exists(_checks(person, type_).filter(record=OuterRef("pk")))) if after == PUBLISHED else own


def wrote(person: int, type_: RecordType) -> Exists:
    """The records of whose unpublished words somebody saved any."""
    return Exists(_of(person, type_).filter(record=OuterRef("pk")))


def _of(person: int, type_: RecordType) -> QuerySet[Version]:
    """By a sum, which no index holds: a database goes through the versions of the record, not all of the person."""
    return unpublished(type_).alias(whose=F("by_id") + 0).filter(whose=person)


def _checks(person: int, type_: RecordType) -> QuerySet[Version]:
    """The checks by somebody that still stand: nobody wrote, checked anew or took it back since."""
    later = Version.objects.filter(
        type=type_.key, record=OuterRef("record"), number__gt=OuterRef("number"),
        deed__in=(*WRITING, *TAKES_BACK, *TAKES_TO),
    )  # fmt: skip
    checks = [deed for deed, after in TAKES_TO.items() if after == CHECKED]
    return Version.objects.filter(~Exists(later), type=type_.key, deed__in=checks, by_id=person)


def unpublished(type_: RecordType) -> QuerySet[Version]:
    """The versions that put words into a record which nobody published since, or which were recalled; those that were
    undone put none into it."""
    same = Version.objects.filter(type=type_.key, record=OuterRef("record"))
    recalled = same.filter(state=RECALLED, number__gt=OuterRef("number"))
    published = same.filter(~Exists(recalled), state=PUBLISHED, number__gte=OuterRef("number"))
    undone = same.filter(deed=UNDONE, number=OuterRef("number") + 1)
    return Version.objects.filter(~Exists(published), ~Exists(undone), type=type_.key, deed__in=WRITING)


def _standing(lately: Iterable[Version]) -> Iterator[Version]:
    """Newest first, without what was undone and its undoing."""
    undoes = -1
    for each in lately:
        if each.deed == UNDONE:
            undoes = each.number - 1
        elif each.number != undoes:
            yield each


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


def awaits(reader: Reader, type_: RecordType) -> Q:
    """The records of a type that wait for this person: to be checked or published, where they wrote nothing of it, or
    to be mended, where they did."""
    own, key = Q(wrote(reader.person, type_)), type_.key
    return NOT_PUBLISHED & (
        (Q(state__in=(WRITTEN, RECALLED)) & ~own & reach(reader, "check", key))
        | (Q(state=CHECKED) & ~hand(reader.person, type_, PUBLISHED) & reach(reader, "publish", key))
        | (Q(state=RETURNED) & own & reach(reader, "write", key))
    )


def sent_back(type_: RecordType) -> Iterator[tuple[Any, User]]:
    """Records of a type that were sent back, each with everybody who wrote in it what is to be mended."""
    records = type_.model.objects.filter(NOT_PUBLISHED, state=RETURNED, disposed=None).in_bulk()
    told = set[tuple[Any, int]]()
    for each in unpublished(type_).filter(record__in=records).select_related("by"):
        if (each.record, each.by_id) not in told:
            told.add((each.record, each.by_id))
            yield records[each.record], each.by


def waiting(*, viewer: User) -> list[tuple[RecordType, int]]:
    """How many records of each type wait for this person; types of which none does are left out."""
    return once(("waiting records", viewer.pk), lambda: _waiting(reader_of(viewer)))


def _waiting(reader: Reader) -> list[tuple[RecordType, int]]:
    able = [each for each in record_types().values() if reads_at_all(reader, each.key)]
    counts = [(each, _count(*question)) for each in able if (question := _how_many(reader, each.key))]
    return [each for each in counts if each[1]]


@lru_cache(maxsize=512)
def _how_many(reader: Reader, key: str) -> tuple[str, tuple[Any, ...]] | None:
    """The question how many wait, as the database is asked it; None where none ever do. To put it together takes ten
    times as long as to answer it, and every page asks it; it holds no answer, and of the reader all that it rests on.
    """
    type_ = record_types()[key]
    found = visible(reader, type_).filter(awaits(reader, type_)).order_by().values("pk")
    try:
        return found.query.sql_with_params()
    except EmptyResultSet:
        return None


def _count(question: str, given: tuple[Any, ...]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({question}) AS waiting", given)
        return int(cursor.fetchone()[0])


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
