"""Reads: how far records are on their way, and whom they wait for."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from primacy.access.models import User
from primacy.access.posts import Post
from primacy.access.readers import holding, reader_of
from primacy.access.record_filter import reach
from primacy.access.record_rights import Guarded, Reader, may, reads_at_all, writes_at_all
from primacy.records.declaring import RecordType
from primacy.records.models import Version
from primacy.records.queries import record_types, visible
from primacy.records.review import CHECKED, FORWARD, PUBLISHED, RETURNED, STEPS, WRITTEN, Step
from primacy.records.showing import Shown

NOBODY = -1
LATELY = 50  # versions among which the last words and what was said of them are looked for


@dataclass(frozen=True)
class Way:
    """How far the words of a record are: who wrote, checked and published them, and what may be done next.

    done     the versions that took them there, in their order
    steps    what this person may do
    own      whether somebody else must, because this person saved it last
    before   whether earlier words were published, and count until these are
    """

    done: Sequence[Version]
    steps: Sequence[Step]
    own: bool
    before: bool

    @property
    def last(self) -> Version | None:
        return self.done[-1] if self.done else None


def way(*, viewer: User, seen: Shown) -> Way | None:
    """For those who see the details of a record."""
    if not seen.exact:
        return None
    record, reader = seen.record, reader_of(viewer)
    lately = list(
        Version.objects.filter(type=seen.type.key, record=record.pk).select_related("by").order_by("-number")[:LATELY]
    )
    able = [] if record.archived else [
        each for each in STEPS if each.before == record.state and may(reader, each.right, record.guarded(seen.type.key))
    ]  # fmt: skip
    own = record.saved_by_id == viewer.pk
    steps = [each for each in able if not (own and each.after in FORWARD)]
    return Way(_of_these_words(lately), steps, own and len(steps) < len(able), _counts_before(lately))


def _of_these_words(lately: Sequence[Version]) -> list[Version]:
    """From the saving of what stands there now, newest of each state."""
    found: dict[str, Version] = {}
    for each in lately:
        found.setdefault(each.state, each)
        if each.state == WRITTEN:
            break
    return sorted(found.values(), key=lambda each: each.number)


def _counts_before(lately: Sequence[Version]) -> bool:
    """Whether the state before these words was published, so that it counts still."""
    decided = (each.state for each in lately if each.state not in (WRITTEN, RETURNED, CHECKED))
    return next(decided, None) == PUBLISHED and bool(lately) and lately[0].state != PUBLISHED


def awaits(reader: Reader, type_: str) -> Q:
    """The records of a type that wait for this person: to be checked, to be published, or to be mended."""
    others = ~Q(saved_by=reader.person)
    return (
        (Q(state=WRITTEN) & others & reach(reader, "check", type_))
        | (Q(state=CHECKED) & others & reach(reader, "publish", type_))
        | (~others & Q(state=RETURNED) & reach(reader, "write", type_))
    )


def waiting(*, viewer: User) -> list[tuple[RecordType, int]]:
    """How many records of each type wait for this person; types of which none does are left out."""
    reader = reader_of(viewer)
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
