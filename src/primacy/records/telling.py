"""From the versions of records to the data points of the evidence store. Pure; the same versions give the same rows.

Only what was published counts (`review.py`). A version tells only what is new: rows where the data points of its record
differ from those before, a withdrawal where there are none any more, nothing where they are the same. So what was sent
bit by bit and what is sent again from the beginning is the same, row by row.

What could point at a person is taken out here, before it reaches the store: of a record of a need-to-know group, of one
whose source is protected, and of one that was disposed of, the place is told by district, the day by week, the type of
source not at all, and what has a name of its own neither.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from functools import cache
from types import UnionType
from typing import Any, get_args, get_type_hints

from primacy.evidence.store.reading import WITHDRAWN
from primacy.places.coarseness import DISTRICT_AND_WEEK
from primacy.records.review import PUBLISHED, RECALLED

Row = dict[str, Any]
PROTECTING = ("source_protected", "coarse", "use_forbidden")


@dataclass(frozen=True)
class Told:
    """One data point as `evidence.py` of a room says it. Place, day, confidentiality and record are added here.

    source, origin   what kind of source, and which sources are one: never a person
    item, area, level   of what has a name and a place of its own in evidence, such as an institution; else the record's
    """

    kind: str
    measure: str
    value: float
    unit: str = ""
    category: str = ""
    actor: str = ""
    target: str = ""
    group: str = ""
    grade: str = ""
    source: str = ""
    origin: str = ""
    item: str = ""
    area: str = ""
    level: int = 0


@dataclass(frozen=True)
class Saved:
    """One version of a record, as the table of versions has it."""

    type: str
    record: str
    number: int
    known: datetime
    archived: bool
    state: str
    facts: Mapping[str, Any]


def name_of(type_: str, record: str) -> str:
    """The record as data points and the trail call it: always the same, and no way back to its address."""
    return f"{type_}/{hashlib.sha256(record.encode()).hexdigest()[:20]}"


def facts_of(kind: type, facts: Mapping[str, Any]) -> Any:
    """The dataclass of a type from the facts of a version; a field that an old version lacks has its default."""
    hints = _hints(kind)
    given = {each.name: _value(hints[each.name], facts[each.name]) for each in fields(kind) if each.name in facts}
    return kind(**given)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _value(hint: Any, value: Any) -> Any:
    kinds = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    return date.fromisoformat(value) if date in kinds and isinstance(value, str) else value


Points = Callable[[Saved], Sequence[Told]]


def content(version: Saved, told: Sequence[Told]) -> list[Row]:
    """The data points of one version without their revision and time; none for an archived one and for one whose
    originator forbids the use."""
    facts = version.facts
    if version.archived or facts.get("use_forbidden"):
        return []
    protected = facts.get("group") is not None or bool(facts.get("source_protected") or facts.get("coarse"))
    day = date.fromisoformat(facts["day"])
    first, last = DISTRICT_AND_WEEK.days(day, day) if protected else (day, day)
    level = min(facts["level"], DISTRICT_AND_WEEK.level) if protected else facts["level"]
    name, area = name_of(version.type, version.record), facts["district"] if protected else facts["area"]
    return [
        {
            **{field.name: getattr(each, field.name) for field in fields(Told)},
            **({"source": "", "origin": ""} if protected else {}),
            **({} if each.item else {"item": name, "area": area, "level": level}),
            "record": name, "date": first, "until": last, "confidentiality": facts["confidentiality"],
        }
        for each in told if not (protected and each.item)
    ]  # fmt: skip


class Counting:
    """Which words of a record count, version by version: those published last, as protected as any version since."""

    def __init__(self) -> None:
        self._facts: Mapping[str, Any] | None = None

    def after(self, version: Saved) -> Saved | None:
        """What counts once this version is there; None for nothing."""
        if version.state == PUBLISHED:
            self._facts = version.facts
        elif version.state == RECALLED:
            self._facts = None
        elif self._facts is not None:
            self._facts = protected(self._facts, version.facts)
        return None if self._facts is None else replace(version, facts=self._facts)


def protected(published: Mapping[str, Any], newest: Mapping[str, Any]) -> dict[str, Any]:
    """What was published, as closed as the stricter of the two asks: a source that asks for protection has it at once,
    and what is opened wider waits until it is published."""
    group = newest.get("group")
    return {
        **published,
        "confidentiality": max(published["confidentiality"], newest["confidentiality"]),
        "group": published.get("group") if group is None else group,
        **{name: True for name in PROTECTING if published.get(name) or newest.get(name)},
    }


def sent(before: Sequence[Row], now: Sequence[Row], version: Saved) -> list[Row]:
    """What a version sends, given the data points of the version before it and its own."""
    if list(before) == list(now):
        return []
    if not now:
        kept = ("kind", "item", "date", "until", "area", "level", "confidentiality", "record")
        now = [{**{name: before[0][name] for name in kept}, "measure": WITHDRAWN, "value": 1.0}]
    return [{**row, "known": version.known, "revision": version.number} for row in now]


def sendings(versions: Iterable[Saved], points: Points) -> Iterator[tuple[Saved, list[Row]]]:
    """Each version with what it sends; the versions of a record in their order, all from the first."""
    before: dict[tuple[str, str], list[Row]] = {}
    counting: dict[tuple[str, str], Counting] = {}
    for version in versions:
        key = version.type, version.record
        counts = counting.setdefault(key, Counting()).after(version)
        now = content(counts, points(counts)) if counts is not None else []
        yield version, sent(before.get(key, []), now, version)
        before[key] = now


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
