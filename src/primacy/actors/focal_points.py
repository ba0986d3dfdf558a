"""The mission's map of partners, as evidence has it: institutions that ought to have a focal point. Never a person."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from primacy.evidence.bringing.entered import OF_RECORDS
from primacy.evidence.errors import BadInput
from primacy.evidence.store.store import Store
from primacy.framework import Instance
from primacy.framework.mission import day_of

KIND, MAP = "focal-point", "focal-point/partner-map"


@dataclass(frozen=True)
class Partner:
    """One line of the map: the institution, its category, and where it is."""

    item: str
    category: str
    area: str
    level: int

    @property
    def key(self) -> str:
        """As a record keeps it: whole, so that what it tells stays what the map said then."""
        return f"{self.category}|{self.area}|{self.level}|{self.item}"


def partner(key: str) -> Partner | None:
    """The line that a record keeps; None for no such one."""
    parts = key.split("|", 3)
    if len(parts) < 4 or not parts[0].startswith(f"{MAP}/") or not parts[2].isdecimal() or not parts[3]:
        return None
    return Partner(parts[3], parts[0], parts[1], int(parts[2]))


def mapped() -> tuple[Partner, ...]:
    """The institutions expected today, by name; none where the mission has no map, or its evidence cannot be read."""
    folder = Instance.here().evidence
    try:
        versions = Store(folder).versions()
        told = [each.id for each in versions if any(one.kind == KIND for one in each.coverage)]
        own = tuple(each.id for each in versions if each.id in told and not each.lineage.startswith(f"{OF_RECORDS}/"))
        return _expected(str(folder), own, day_of(Instance.here(), datetime.now(UTC).date())) if own else ()
    except (BadInput, OSError):
        return ()


@lru_cache(maxsize=4)
def _expected(folder: str, _versions: tuple[str, ...], day: date) -> tuple[Partner, ...]:
    """Looked up again when the map changes and on another day; other evidence comes by the minute."""
    store, now = Store(Path(folder)), datetime.now(UTC)
    rows = store.rows(as_of=day, known=now)
    rows = rows.filter((rows.kind == KIND) & (rows.measure == "expected") & rows.category.startswith(f"{MAP}/"))
    asked = rows.select("item", "category", "area", "level", "date", "value").order_by("date")
    newest = {(row["category"], row["item"]): row for row in store.fetch(asked).to_pylist()}
    found = [
        Partner(row["item"], row["category"], row["area"], row["level"]) for row in newest.values() if row["value"]
    ]
    return tuple(sorted(found, key=lambda each: (each.item, each.category)))
