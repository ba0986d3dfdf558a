"""Keeping the index: a record's terms are written with the record, and the whole index can be made again."""

import secrets
from collections.abc import Callable, Collection, Hashable
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.db.models import CharField, TextField
from django.utils import translation

from primacy.access.rooms import modules_of_rooms
from primacy.framework import Instance
from primacy.framework.languages import languages
from primacy.places.areas import Areas
from primacy.places.at_hand import areas_of
from primacy.records.declaring import OF_THE_PLACE, RecordType
from primacy.records.models import Reach, Searched
from primacy.records.queries import record_types
from primacy.records.queries.search_engines import PARTS, engine
from primacy.records.search_terms import CHANCE, Terms, Texts, number_of, terms_of, week_of

AT_ONCE = 2000
FORGETS = (Searched,)
MoreText = Callable[[Any], str]


def more_texts() -> tuple[MoreText, ...]:
    """What else of a record can be looked for by those with details, the text of its attachments say: every function
    `searchable_text(record)` in the `queries` of a room."""
    rooms = modules_of_rooms("queries")
    return tuple(room.searchable_text for room in rooms if hasattr(room, "searchable_text"))


def index_record(type_: RecordType, record: Any) -> None:
    """Write a record into the index as it is now; to be called in the transaction that changes what it says."""
    old = Searched.objects.select_related("reach").filter(type=type_.key, record=record.pk).first()
    areas = areas_of(Instance.here().places)
    fresh = _row(type_, record, _reach(type_, record), areas)
    if old is not None:
        fresh.number = old.number if week_of(old.number) == week_of(fresh.number) else fresh.number
        if _content(old) == _content(fresh):
            return
        engine().take_out([(old.number, old.reach_id, _terms(old))])
        old.delete()
    while Searched.objects.filter(number=fresh.number).exists():
        fresh.number = _number(type_, record)
    fresh.save(force_insert=True)
    engine().put([(fresh.number, fresh.reach_id, _terms(fresh))])


def index_again(type_: str, record: UUID) -> None:
    """The same of a record of which something beside it changed."""
    found = record_types()[type_].model.objects.filter(pk=record).first()
    if found is not None and found.disposed is None:
        index_record(record_types()[type_], found)


def after_disposal(*, type_: str, record: UUID, whole: bool, said: Collection[str]) -> None:
    """A record that went is found by nobody; one of whose fields the words went is found by what is left."""
    if not whole:
        index_again(type_, record)
        return
    for old in Searched.objects.select_related("reach").filter(type=type_, record=record):
        engine().take_out([(old.number, old.reach_id, _terms(old))])
        old.delete()


def rebuild_index() -> int:
    """Make the index again from the records. Returns how many are in it."""
    with transaction.atomic():
        engine().clear()
        Searched.objects.all().delete()
        Reach.objects.all().delete()
        taken: set[int] = set()
        for each in record_types().values():
            _index_all(each, taken)
        engine().settle()
    return len(taken)


def _index_all(type_: RecordType, taken: set[int]) -> None:
    areas, known = areas_of(Instance.here().places), dict[tuple[Any, ...], Reach]()
    records = type_.model.objects.filter(disposed=None).iterator(AT_ONCE)
    while some := list(islice(records, AT_ONCE)):
        rows = []
        for record in some:
            key = record.confidentiality, record.component, record.group_id, record.released, record.archived is None
            if key not in known:
                known[key] = _reach(type_, record)
            row = _row(type_, record, known[key], areas)
            while row.number in taken:
                row.number = _number(type_, record)
            taken.add(row.number)
            rows.append(row)
        Searched.objects.bulk_create(rows)
        engine().put([(row.number, row.reach_id, _terms(row)) for row in rows])


def _reach(type_: RecordType, record: Any) -> Reach:
    return Reach.objects.get_or_create(
        type=type_.key, confidentiality=record.confidentiality, component=record.component,
        group=record.group_id or 0, released=record.released, archived=record.archived is not None,
    )[0]  # fmt: skip


def _number(type_: RecordType, record: Any) -> int:
    return number_of(record.week if type_.placed else record.created.date(), secrets.randbits(CHANCE))


def _row(type_: RecordType, record: Any, reach: Reach, areas: Areas) -> Searched:
    terms = terms_of(texts_of(type_, record, areas))
    return Searched(
        number=_number(type_, record), type=type_.key, record=record.pk, reach=reach, author_id=record.author_id,
        one_hand=record.one_hand, **{part: " ".join(sorted(getattr(terms, part))) for part in PARTS},
    )  # fmt: skip


def _terms(row: Searched) -> Terms:
    return Terms(**{part: frozenset(getattr(row, part).split(" ")) - {""} for part in PARTS})


def _content(row: Searched) -> tuple[Any, ...]:
    parts = (getattr(row, part) for part in PARTS)
    return row.number, row.reach_id, row.author_id, row.one_hand, *parts


def texts_of(type_: RecordType, record: Any, areas: Areas) -> Texts:
    """What a record says, by who may look for it: choices in every language, places by their codes."""
    said: dict[bool, list[str]] = {True: [], False: []}
    for name in type_.fields:
        column = record._meta.get_field(name)
        if name not in (*OF_THE_PLACE, type_.title, type_.title_open) and isinstance(column, CharField | TextField):
            said[name in type_.open] += _said(record, name)
    said[False] += [text for more in more_texts() if (text := more(record))]
    places = dict[str, tuple[str, ...]]()
    if type_.placed:
        above = _with_above(areas, record.district)
        within = tuple(code for code in _with_above(areas, record.area) if code not in above)
        places = {"open_places": above, "places": within}
    open_names: list[str] = []
    names: list[str] = []
    for title, part in ((type_.title_open, open_names), (type_.title, names)):
        if record._meta.get_field(title).choices:
            said[True] += _said(record, title)  # one of a few words that everybody knows names nothing
        elif part is open_names or title not in type_.open:
            part += _said(record, title)
    return Texts(
        open_names=tuple(open_names), open=tuple(said[True]), names=tuple(names), details=tuple(said[False]), **places
    )


def _said(record: Any, name: str) -> list[str]:
    """A field as people read it: a choice in the words of every language."""
    value = getattr(record, name)
    column = record._meta.get_field(name)
    if not value or not column.choices:
        return [value] if value else []
    return list(_choices(cast("Hashable", type(record)), name, _mission()).get(value, (str(value),)))


def _mission() -> tuple[Path, int]:
    """The mission file and when it changed, for what is kept of it: some choices are its names."""
    mission = Instance.here().mission_file
    return mission, mission.stat().st_mtime_ns if mission.is_file() else 0


@lru_cache(maxsize=200)
def _choices(model: Any, name: str, _mission: tuple[Path, int]) -> dict[str, tuple[str, ...]]:
    """Of each choice its words in all languages."""
    found: dict[str, list[str]] = {}
    for code in languages():
        with translation.override(code):
            for value, text in model._meta.get_field(name).flatchoices:
                found.setdefault(value, []).append(str(text))
    return {value: tuple(dict.fromkeys(texts)) for value, texts in found.items()}


def _with_above(areas: Areas, code: str) -> tuple[str, ...]:
    """An area and those it lies in; the country, which holds everything, left out."""
    found: list[str] = []
    at: str | None = code
    while at and areas.level_of(at):
        found.append(at)
        at = areas.parent(at)
    return tuple(found)
