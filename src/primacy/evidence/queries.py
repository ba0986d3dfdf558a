"""Reads of data points for a viewer: as coarse as the viewer's rights ask for, whatever is asked."""

from collections import OrderedDict
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from threading import local
from typing import Any

import pyarrow as pa
from django.core.exceptions import ValidationError

from primacy.access.models import User
from primacy.access.requiring import may
from primacy.evidence.bringing.entered import OF_RECORDS
from primacy.evidence.models import HeldFile, OwnMapping
from primacy.evidence.shown.as_shown import as_shown
from primacy.evidence.shown.counted import as_counted
from primacy.evidence.shown.exploring import (
    AtHand,
    Explored,
    Place,
    Question,
    with_counted,
)
from primacy.evidence.shown.points_at_hand import store_at
from primacy.evidence.store.datasets import DatasetVersion
from primacy.evidence.store.manifest import FILE
from primacy.evidence.store.series import named_series
from primacy.evidence.store.store import Store
from primacy.framework.instance import Instance
from primacy.framework.queries import today
from primacy.places.areas import Areas
from primacy.places.at_hand import areas_of
from primacy.places.coarseness import KNOWN_TO_EXIST, coarseness

__all__ = [
    "HeldFile",
    "OwnMapping",
    "categories",
    "explored",
    "handed_out",
    "held_file",
    "held_files",
    "own_mapping",
    "own_mappings",
    "told_apart",
]
MOST_AT_HAND = 300_000  # rows that are held in memory for the next question
MOST_VIEWS = 3  # of one thread
MOST_HANDED_OUT = 1_000_000  # rows of one file
NEED_TO_KNOW = 1
_thread = local()


def known_until() -> datetime:
    """Up to when pages read what is known: this moment; in an exercise, which has no clock, the last at which anything
    became known."""
    instance, now = Instance.here(), datetime.now(UTC)
    if not instance.is_exercise:
        return now
    return max((each.known_last or each.known for each in store_at(instance.evidence).versions()), default=now)


def read_until(moment: datetime | None = None) -> datetime:
    """Up to when what is known counts in what pages show and assessments read: now, or until a moment; in an exercise
    that was played on past the day of the clock all there is. What people take back counts from the clock's moment on.
    """
    now = moment or datetime.now(UTC)
    return max(now, known_until()) if Instance.here().is_exercise else now


def versions_for(viewer: User, store: Store) -> list[DatasetVersion]:
    """Every version of which this person may know, oldest knowledge first.

    A version of records tells by its days when somebody wrote one: it is for those who may see them line by line. So is
    one of which every row is Confidential or more, as a list of contacts: that there is such a list is told by it. Of
    others with protected rows it is told how many there are without those that are left out.
    """
    if may(viewer, "evidence.detail"):
        return store.versions()
    of_all = [each for each in store.versions() if not each.lineage.startswith(f"{OF_RECORDS}/")]
    there = [each for each in of_all if each.erased is None]  # of what was erased nobody knows how protected it was
    levels = store.confidentiality(there)
    told = [each for each in there if levels.get(each.id, (0, 0))[0] <= KNOWN_TO_EXIST]
    return as_counted(store, told, {id: highest for id, (_lowest, highest) in levels.items()})


def explored(
    *, viewer: User, question: Question, by: str, place: Place | None = None, known_on: date | None = None
) -> Explored:
    """One page of data points and the sums of all that were asked for, with `by` beside month and area.

    known_on   as the mission knew it at the end of a day. Raises LookupError for whoever may see no evidence.
    """
    at_hand = _seen_by(viewer, known_on)
    rows, after = at_hand.page(question, place)
    return Explored(at_hand, rows, after, at_hand.sums(question, by=by))


def handed_out(*, viewer: User, question: Question, known_on: date | None = None) -> pa.Table:
    """All rows that were asked for, newest first, for who may take evidence out: the same rows as the page shows.

    Raises LookupError for everybody else, and where there are more than one file may hold.
    """
    if not may(viewer, "evidence.export"):
        raise LookupError("evidence")
    at_hand = _seen_by(viewer, known_on)
    found = at_hand.found(question)
    listed = found.drop("counted").order_by(found.date.desc(), "kind", "area", "item", "measure", "group")
    table = at_hand.store.fetch(listed.limit(MOST_HANDED_OUT + 1))
    if table.num_rows > MOST_HANDED_OUT:
        raise LookupError("too many rows")
    return table


def categories(*, viewer: User, kind: str) -> list[str]:
    """The categories that the shown data points of a kind have; none without a kind."""
    if not kind or not may(viewer, "evidence.read"):
        return []
    at_hand = _at_hand(Instance.here(), None, details=may(viewer, "evidence.detail"))
    return at_hand.categories(kind)


def told_apart(viewer: User) -> Mapping[str, str]:
    """Lineage -> name of the sources that this person can tell apart: some of their data points are shown with it."""
    details = may(viewer, "evidence.detail")
    names = named_series(versions_for(viewer, store_at(Instance.here().evidence)))
    if details or not may(viewer, "evidence.read"):
        return names
    told = set(_at_hand(Instance.here(), None, details=details).told_series)
    return {lineage: name for lineage, name in names.items() if lineage in told}


def _seen_by(viewer: User, known_on: date | None) -> AtHand:
    if not may(viewer, "evidence.read"):
        raise LookupError("evidence")
    return _at_hand(Instance.here(), known_on, details=may(viewer, "evidence.detail"))


def _at_hand(instance: Instance, known_on: date | None, *, details: bool) -> AtHand:
    """Kept by thread until the store or the places change: engines are not shared among threads."""
    kept: OrderedDict[Any, AtHand] = _thread.__dict__.setdefault("kept", OrderedDict())
    now, areas = read_until(), areas_of(instance.places)
    manifest = instance.evidence / FILE
    state = (stat.st_ino, stat.st_mtime_ns, stat.st_size) if manifest.is_file() and (stat := manifest.stat()) else None
    asked = _moment(known_on, now, details=details) if known_on else None
    day = today()
    key = instance.folder, state, id(areas), day, asked, details
    if key in kept:
        found = kept[key]
        found.store.rows(as_of=found.as_of, known=found.known)  # refuses files that are no longer what was written
        kept.move_to_end(key)
        return found
    kept[key] = found = _read(instance, areas, day, asked or now, details=details)
    while len(kept) > MOST_VIEWS:
        kept.popitem(last=False)
    return found


def _moment(day: date, now: datetime, *, details: bool) -> datetime:
    """The end of a day; of its whole week for who may not see when a confidential row was written down."""
    if day >= now.date():
        return now
    _first, last = coarseness(NEED_TO_KNOW, details=details).days(day, day)
    return min(now, datetime.combine(last + timedelta(days=1), time(), UTC))


def _read(instance: Instance, areas: Areas, as_of: date, known: datetime, *, details: bool) -> AtHand:
    store = Store(instance.evidence)
    versions = store.versions(known=known)
    rows = with_counted(store.rows(as_of=as_of, known=known))
    few = sum(each.rows for each in versions) <= MOST_AT_HAND
    shown = store.engine.view(as_shown(store, rows, areas, versions, details=details), few=few)
    silent = versions
    if not details and versions:
        highest = store.highest_confidentiality(known=known)
        silent = [each for each in versions if highest.get(each.id, 0) <= 2]
    return AtHand(store, shown, areas, versions, silent, as_of, known)


# ---- what a person left on the way to a data set


def held_files(*, viewer: User) -> list[HeldFile]:
    """The viewer's own files that wait for their import, newest first; nobody sees those of others."""
    return list(HeldFile.objects.filter(by=viewer)) if may(viewer, "evidence.load") else []


def held_file(*, viewer: User, held_id: str) -> HeldFile | None:
    """One of the viewer's own held files; None for those of others as for what does not exist."""
    if not may(viewer, "evidence.load"):
        return None
    try:
        return HeldFile.objects.filter(by=viewer, pk=held_id).first()
    except ValidationError:
        return None


def own_mappings(*, viewer: User) -> list[OwnMapping]:
    return list(OwnMapping.objects.filter(by=viewer)) if may(viewer, "evidence.load") else []


def own_mapping(*, viewer: User, name: str) -> OwnMapping | None:
    return next((each for each in own_mappings(viewer=viewer) if each.name == name), None)
