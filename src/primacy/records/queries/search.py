"""Looking for records: what a person sees of them, best first. What is hidden is not asked for, so it changes nothing.

The index says which records may answer; `visible` decides once more, as for every list. Counts, order and suggestions
are made of what it lets through.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from django.db.models import Q

from primacy.access.models import User
from primacy.access.readers import reader_of
from primacy.access.record_rights import Guarded, Reader, may, reads_at_all, writes_at_all
from primacy.framework import Instance
from primacy.places.areas import all_names
from primacy.places.at_hand import areas_of, changed
from primacy.places.names import likeness, plain
from primacy.places.sounds import Sounding, arabic
from primacy.records.declaring import RecordType
from primacy.records.models import Reach, Searched
from primacy.records.queries import record_types, shown, visible
from primacy.records.queries.search_engines import PARTS, Engine, Reaches, engine, words_in
from primacy.records.search_terms import Asked, answers, asked, week_of
from primacy.records.showing import Shown

MOST = 500  # found of one type; what is beyond is told as "more than"
MOST_LISTED = 5000  # of a list that narrows by other things too
MOST_OWN = 2000  # of one's own records and shared ones that the table does not give, looked through one by one
NOBODY = -1
MOST_ALIKE, LEAST_ALIKE, SUGGESTED = 200, 0.75, 3


@dataclass(frozen=True)
class Found:
    """Records of one type that answer a query, by their numbers in the index, the best first."""

    type: RecordType
    numbers: tuple[int, ...]

    @property
    def more(self) -> bool:
        """Whether there may be more than were counted."""
        return len(self.numbers) >= MOST


def asked_of(query: str) -> Asked:
    """A query with the places that it names."""
    folder = Instance.here().places
    return asked(query, _places(folder, changed(folder)))


@lru_cache(maxsize=2)
def _places(folder: Path, _changed: Any) -> Mapping[str, tuple[str, ...]]:
    """From the plain name of a place, in any language, to the codes of areas so called; the country, which is
    everywhere, left out."""
    areas, found = areas_of(folder), dict[str, list[str]]()
    for level in areas.levels:
        for code in areas.level(level) if level else ():
            area = areas.area(code)
            for name in {plain(each) for each in all_names(area)} if area else ():
                found.setdefault(name, []).append(code)
    return {name: tuple(codes) for name, codes in found.items()}


def found(*, viewer: User, query: str) -> list[Found]:
    """What answers a query, of every type of which this person may read any."""
    reader, wanted = reader_of(viewer), asked_of(query)
    every = list(Reach.objects.filter(archived=False)) if wanted.words else []
    own = _own(reader, wanted, every) if every else []
    listed = []
    for key, type_ in record_types().items():
        if reads_at_all(reader, key):
            numbers = _numbers(wanted, reaches(reader, key, every), [each for each in own if each.type == key])
            listed.append(Found(type_, numbers))
    return listed


def matching(reader: Reader, type_: RecordType, query: str, *, archived: bool = False) -> list[Any]:
    """The ids of the records of one type that answer a query, for a list that narrows by more than words."""
    wanted = asked_of(query)
    every = list(Reach.objects.filter(type=type_.key, archived=archived))
    numbers = _numbers(wanted, reaches(reader, type_.key, every), _own(reader, wanted, every), most=MOST_LISTED)
    return list(Searched.objects.filter(number__in=numbers).values_list("record", flat=True))


def reaches(reader: Reader, type_: str, every: Sequence[Reach]) -> Reaches:
    """The reaches of a type whose records the table of rights and the groups open to this person."""
    whole, open_ = [], []
    for each in every:
        if each.type == type_:
            group = each.group or None
            guarded = Guarded(
                type_, "", each.confidentiality, each.component, NOBODY, one_hand=False, released=each.released,
                group=group,
            )  # fmt: skip
            if may(reader, "detail", guarded):
                whole.append(each.pk)
            elif may(reader, "see", guarded):
                open_.append(each.pk)
    return Reaches(tuple(open_), tuple(whole))


def _numbers(wanted: Asked, of: Reaches, own: Sequence[Searched], *, most: int = MOST) -> tuple[int, ...]:
    """What names a record before what is said in it; each newest first."""
    if not wanted.words:
        return ()
    index = engine()
    named = {*_naming(index, wanted, of, most)}
    named |= {each.number for each in own if answers(wanted.terms, _terms(each, "open_names", "names"))}
    if len(named) >= most:
        return tuple(sorted(named, reverse=True)[:most])
    said = {*index.numbers(wanted.terms, of, names=False, most=most), *(each.number for each in own)} - named
    return (*sorted(named, reverse=True), *sorted(said, reverse=True))[:most]


def _naming(index: Engine, wanted: Asked, of: Reaches, most: int) -> list[int]:
    """What names records. Where several words as they are written name enough of them, those that sound so are not
    asked for: of common words that takes thrice as long, and nobody reads so far."""
    if len(wanted.words) > 1:
        sure = index.numbers(wanted.sure, of, names=True, most=most)
        if len(sure) >= most:
            return sure
    return index.numbers(wanted.terms, of, names=True, most=most)


def _own(reader: Reader, wanted: Asked, every: Sequence[Reach]) -> list[Searched]:
    """Records of these reaches that answer and that this person sees in full for having written them, or because they
    were shared, and not by the table of rights."""
    written = [key for key in record_types() if writes_at_all(reader, key)]
    shared = [each.partition("/")[2] for each in reader.shared]
    mine = Q(author=reader.person, one_hand=True, type__in=written)
    opened = {number for key in record_types() for number in reaches(reader, key, every).whole}
    others = [each.pk for each in every if each.pk not in opened]
    rows = Searched.objects.filter(mine | Q(record__in=shared), reach__in=others).order_by("-number")
    return [
        each for each in rows[:MOST_OWN]
        if (each.author_id == reader.person or f"{each.type}/{each.record}" in reader.shared)
        and answers(wanted.terms, _terms(each, *PARTS))
    ]  # fmt: skip


def _terms(row: Searched, *parts: str) -> frozenset[str]:
    return frozenset(term for part in parts for term in getattr(row, part).split(" "))


def shown_of(*, viewer: User, type_: RecordType, numbers: Sequence[int]) -> list[Shown]:
    """Records that were found, as this person sees them, in the order of their numbers; of one week by the day that the
    person is shown."""
    named = dict(Searched.objects.filter(number__in=numbers).values_list("record", "number"))
    rows = visible(reader_of(viewer), type_, archived=None).filter(pk__in=named)  # so that they are read by their ids
    by_number = {named[row.pk]: shown(type_, row) for row in rows if row.archived is None}
    weeks = groupby((number for number in numbers if number in by_number), key=week_of)
    return [
        seen for _week, some in weeks
        for seen in sorted((by_number[each] for each in some), key=lambda seen: seen.day or date.min, reverse=True)
    ]  # fmt: skip


# ---- what was meant


def alike(*, viewer: User, query: str) -> list[str]:
    """Words of names that this person sees and that are spelt nearly as one of the query, the likest first."""
    reader, wanted, every = reader_of(viewer), asked_of(query), list(Reach.objects.filter(archived=False))
    best: dict[str, float] = {}
    for word, terms in zip(wanted.words, wanted.near, strict=True):
        near = terms[len(wanted.terms[wanted.words.index(word)]) :]
        for key in record_types():
            of = reaches(reader, key, every)
            numbers = engine().alike(word, near, of, most=MOST_ALIKE)
            for row in Searched.objects.filter(number__in=numbers):
                names = row.open_names if row.reach_id in of.open else f"{row.open_names} {row.names}"
                for other in words_in(names):
                    best[other] = max(best.get(other, 0.0), _alike(word, other))
    likest = sorted(best.items(), key=lambda each: (-each[1], each[0]))
    return [word for word, score in likest if score >= LEAST_ALIKE and word not in wanted.words][:SUGGESTED]


def _alike(word: str, other: str) -> float:
    return max(likeness(word, other), float(Sounding([other], arabic=arabic(other)).likeness(word)[0]))
