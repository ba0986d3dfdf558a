"""Reads: what happened to a record, from every source that knows, in one order. For those who see its details.

A source is a function `happenings` in a module of this folder: it gets who asks, the record as they see it, what they
may do with it, and where the page begins; it gives its newest `size + 1` that are not after that place.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from django.db.models import Q

from primacy.access.models import User
from primacy.access.posts import Share
from primacy.records import queries
from primacy.records.happenings import Happening, Place, page_of
from primacy.records.models import Waiting
from primacy.records.models.beside import Attachment
from primacy.records.showing import Shown
from primacy.records.telling import sendings

Source = Callable[..., list[Happening]]


@cache
def sources() -> tuple[Source, ...]:
    """Those of this folder, and those below."""
    modules = [import_module(f"{queries.__name__}.{each.name}") for each in iter_modules(queries.__path__)]
    return (_savings, _files, _shares, *(each.happenings for each in modules if hasattr(each, "happenings")))


def timeline(
    *, viewer: User, seen: Shown, before: Place | None = None, size: int = 30
) -> tuple[list[Happening], Place | None]:
    """One page, and where the next begins. Nothing for who sees no details."""
    if not seen.exact:
        return [], None
    may = queries.allowed(viewer=viewer, seen=seen)
    found = [
        one for source in sources()
        for one in source(viewer=viewer, seen=seen, may=may, before=before, size=size)
    ]  # fmt: skip
    return page_of(found, before=before, size=size)


def _savings(*, viewer: User, seen: Shown, may: frozenset[str], before: Place | None, size: int) -> list[Happening]:
    """Versions, and what each sent to the evidence."""
    versions = queries.versions(viewer=viewer, seen=seen)
    found = [
        Happening(each.at, f"version/{each.number:08}", each.deed, each.by.username, "", each.because)
        for each in versions
    ]
    if seen.type.points is None:
        return found
    waiting = set(Waiting.objects.filter(version__in=versions).values_list("version_id", flat=True))
    sent = sendings([queries.saved(each) for each in reversed(versions)], queries.told)
    for each, (_version, rows) in zip(reversed(versions), sent, strict=True):
        if rows:
            what = "waits for the evidence" if each.pk in waiting else "reached the evidence"
            found.append(
                Happening(each.at + timedelta(microseconds=1), f"sent/{each.number:08}", what, more=str(len(rows)))
            )
    return found


def _files(*, viewer: User, seen: Shown, may: frozenset[str], before: Place | None, size: int) -> list[Happening]:
    rows = Attachment.objects.filter(type=seen.type.key, record=seen.id).defer("words")
    return list(_of_files(rows.select_related("by", "gone_by")))


def _of_files(rows: Iterable[Attachment]) -> Iterator[Happening]:
    for each in rows:
        yield Happening(each.at, f"file/{each.pk}", "attached a file", each.by.username, each.title)
        if each.gone_at is not None:
            by = each.gone_by.username if each.gone_by else ""
            yield Happening(each.gone_at, f"off/{each.pk}", "took a file off", by, "", each.gone_because)


def _shares(*, viewer: User, seen: Shown, may: frozenset[str], before: Place | None, size: int) -> list[Happening]:
    """To whom it was shown: for those who may share it themselves."""
    if "share" not in may:
        return []
    rows = Share.objects.filter(Q(reference=seen.reference)).select_related("by", "person")
    return [
        Happening(
            each.at,
            f"share/{each.pk}",
            "shared a record",
            each.by.username,
            each.person.username,
            each.because,
        )
        for each in rows
    ]
