"""Who may see or change a record: the decision itself, from the one table, without a database.

`may` decides on one record; `record_filter` says the same as the filter of a query. Both read the table through
`grants`, and a test holds them equal over every combination.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from primacy.access.rights import TABLE
from primacy.framework.yaml_files import read_yaml

ACTIONS = ("see", "detail", "write", "archive", "share", "check", "publish")
EARLY = "early"
OF_THE_AUTHOR = ("see", "detail", "write", "archive")  # while nobody else has written in the record
OF_WHOM_IT_IS_SHARED_WITH = ("see", "detail")
NEVER = -1
LEVELS = (0, 1, 2, 3)


@dataclass(frozen=True)
class Reader:
    """Somebody who asks, as of a day.

    components   of the posts held, one's own and those handed on for a time
    groups       need-to-know groups, by number
    shared       records shared with this person, as `type/id`
    heads        the components of posts that head them
    """

    person: int
    components: frozenset[str] = frozenset()
    groups: frozenset[int] = frozenset()
    shared: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Guarded:
    """What the decision must know of a record.

    one_hand   nobody but its author has written in it
    released   it was published, and not recalled; before and after, it is its own component's
    """

    type: str
    id: str
    confidentiality: int
    component: str
    author: int
    one_hand: bool
    released: bool
    group: int | None = None

    @property
    def reference(self) -> str:
        return f"{self.type}/{self.id}"


@dataclass(frozen=True)
class Grant:
    """What one component gives: records up to a confidentiality, of all components or (`component`) of its own.

    early   also of others' that are not released
    """

    by: str
    level: int
    component: str | None = None
    early: bool = False


@dataclass(frozen=True)
class Reason:
    """Why somebody may: `because` is table, group, author or shared; `by` the component that gives it."""

    because: str
    by: str = ""


@lru_cache(maxsize=1)
def record_table() -> Mapping[str, Mapping[str, Mapping[str, tuple[int, int]]]]:
    """type -> action -> component -> (highest confidentiality of all records, of its own component's).

    Raises   ValueError where the table names an action that there is not, or a level beyond the scale.
    """
    found: dict[str, dict[str, dict[str, tuple[int, int]]]] = {}
    for type_, actions in read_yaml(TABLE.read_bytes())["records"].items():
        if set(actions) != {*ACTIONS, EARLY}:
            raise ValueError(f"{TABLE.name}: the actions of {type_} are not {', '.join((*ACTIONS, EARLY))}")
        found[type_] = {action: {name: _levels(level) for name, level in actions[action].items()} for action in ACTIONS}
    return found


@lru_cache(maxsize=1)
def early_table() -> Mapping[str, frozenset[str]]:
    """type -> the components to which records of others are open, as far as the table goes, before they are published.

    Raises   ValueError where one is named that sees no record of the type anyhow.
    """
    found = {type_: frozenset(row[EARLY]) for type_, row in read_yaml(TABLE.read_bytes())["records"].items()}
    for type_, names in found.items():
        if not names <= set(record_table()[type_]["see"]):
            raise ValueError(f"{TABLE.name}: {EARLY} of {type_} names a component that sees none")
    return found


def _levels(written: int | Mapping[str, int]) -> tuple[int, int]:
    both = (written, written) if isinstance(written, int) else (written["all"], written["own"])
    if both[1] < both[0] or not {*both} <= {NEVER, *LEVELS}:
        raise ValueError(f"{TABLE.name}: {written} is no level, or less of one's own records than of others'")
    return both


def grants(reader: Reader, type_: str, action: str) -> Iterator[Grant]:
    """What a person's posts give, by the table; nothing for a type or component that it does not name."""
    row = record_table().get(type_, {}).get(action, {})
    held = reader.heads if action == "publish" else reader.components
    for name in sorted(held & set(row)):
        everybodys, own = row[name]
        if everybodys > NEVER:
            yield Grant(name, everybodys, early=name in early_table()[type_])
        if own > everybodys:
            yield Grant(name, own, component=name)


def highest(reader: Reader, type_: str, action: str) -> tuple[int, int]:
    """The highest confidentiality by the table, of all records and of those of one's own component; NEVER for none."""
    given = list(grants(reader, type_, action))
    everybodys = max((each.level for each in given if each.component is None), default=NEVER)
    return everybodys, max((each.level for each in given), default=NEVER)


def writes_at_all(reader: Reader, type_: str) -> bool:
    """Whether this person may begin a record of the type: its author may then give it any confidentiality."""
    return any(True for _ in grants(reader, type_, "write"))


def reads_at_all(reader: Reader, type_: str) -> bool:
    """Whether there is a list of the type for this person at all, be it empty."""
    shared = any(each.startswith(f"{type_}/") for each in reader.shared)
    return shared or any(True for _ in grants(reader, type_, "see")) or writes_at_all(reader, type_)


def why(reader: Reader, action: str, record: Guarded) -> Reason | None:
    """Why this person may; None if not."""
    own = record.author == reader.person and record.one_hand
    if own and action in OF_THE_AUTHOR and writes_at_all(reader, record.type):
        return Reason("author")
    if action in OF_WHOM_IT_IS_SHARED_WITH and record.reference in reader.shared:
        return Reason("shared")
    if record.group is not None and record.group not in reader.groups:
        return None
    for each in grants(reader, record.type, action):
        known = record.released or each.early or each.by == record.component
        if known and record.confidentiality <= each.level and each.component in (None, record.component):
            return Reason("table" if record.group is None else "group", each.by)
    return None


def may(reader: Reader, action: str, record: Guarded) -> bool:
    """Whether this person may do this with this record."""
    return why(reader, action, record) is not None
