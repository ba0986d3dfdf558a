"""The mission's own changes to the framework: what each file changes, who signed it, and from which day it counts.

What decides a status or a warning is guarded: thresholds, indicators, rules, signs, entries added or retired. Such a
change needs two people and a reason, and counts from the next round on, so that nobody moves the bar while looking at
the result. Words, who leads and what to collect count at once.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from pydantic import Field, ValidationError, field_validator

from primacy.framework.grammar import Part
from primacy.framework.names import people
from primacy.framework.problems import Problem, problems_of
from primacy.framework.saying import Unfit, said
from primacy.framework.values import day_named

FREE = {
    "title", "short", "question", "about", "lead", "with", "consulted", "misleads", "collect", "beside", "answers",
    "benchmarks", "options", "assumptions", "evidence",
}  # fmt: skip
SIGNATURE = "changed"
PROPOSALS = "proposals"
"""The folder in the overlay of changes that one person wrote and nobody else signed yet: read by no assessment."""
SIGN = "`changed: {by: [one, another], on: 2026-01-31, because: ...}`"
REMEDIES = {  # of faults of a signature, by its field
    "by": said("do.sign-by"),
    "on": said("do.sign-on"),
    "because": said("do.sign-because"),
    "from": said("do.sign-from"),
}
ROUND_MONTHS = 3  # a round begins with a quarter, unless the change says from which day it counts
SHOWN_ROUNDS = 2
Tree = dict[str, Any]
State = Literal["in force", "pending", "unsigned"]


class Signature(Part):
    """Who agreed to a guarded change, when, why, and from which day it counts."""

    by: list[str]
    on: date
    because: str = Field(min_length=1)
    from_: date | None = Field(default=None, alias="from")

    @field_validator("by")
    @classmethod
    def _two_people(cls, names: list[str]) -> list[str]:
        if not signed_by_two(names):
            raise Unfit(said("two-people"))
        return names

    @property
    def counts_from(self) -> date:
        """The day named, but never one before the round after the signature."""
        return max(self.from_ or date.min, next_round(self.on))


def signed_by_two(names: Iterable[str]) -> bool:
    """Whether two different people are among the names."""
    return people(names) >= 2


def next_round(day: date) -> date:
    """The first day of the quarter after a day."""
    return _later(date(day.year, (day.month - 1) // ROUND_MONTHS * ROUND_MONTHS + 1, 1), 1)


def _later(start: date, rounds: int) -> date:
    month = start.year * 12 + start.month - 1 + rounds * ROUND_MONTHS
    return date(month // 12, month % 12 + 1, 1)


@dataclass(frozen=True)
class FieldChange:
    """One field that the mission sets otherwise than the standard. `state`: without signatures it has no effect."""

    file: str
    entry: str
    field: str
    old: Any
    new: Any
    guarded: bool
    signature: Signature | None
    state: State

    def shown_beside(self, day: date) -> bool:
        """Whether the old value still stands beside the new one: for two rounds after a guarded change."""
        if self.signature is None or self.state != "in force":
            return False
        start = self.signature.counts_from
        return start <= day < _later(start.replace(day=1), SHOWN_ROUNDS) + timedelta(days=start.day - 1)


def written(value: Any) -> str:
    """A value of a file on one line, as a planner would write it."""
    if isinstance(value, dict):
        return ", ".join(f"{key}: {written(each)}" for key, each in value.items())
    if isinstance(value, list):
        return "; ".join(written(each) for each in value)
    return "–" if value is None else str(value)


def laid_over(
    standard: Mapping[str, Tree],
    files: Mapping[str, Tree],
    on: date | None,
    problems: list[Problem],
    *,
    unsigned: bool = False,
) -> tuple[dict[str, Tree], tuple[FieldChange, ...]]:
    """The trees in force on a day (None: as if every signed change counted already), and every change.

    `unsigned`: lay over what nobody signed too, to look for its faults.
    """
    trees, changes = dict(standard), []
    for file, content in files.items():
        id = content["id"]
        below = trees.get(id)
        signature = _signature(file, content, problems)
        free, guarded = _split(content, below, on)
        for part, asked in ((free, False), (guarded, True)):
            if not part:
                continue
            state = _state(asked, signature, on)
            merged = merged_with(trees.get(id, {"id": id}), part)
            fields = [("", None, "added")] if below is None else _fields(trees[id], merged)
            changes += [FieldChange(file, id, field, old, new, asked, signature, state) for field, old, new in fields]
            if state == "in force" or unsigned:
                trees[id] = _agreed(merged, content, signature) if asked and signature is not None else merged
    return trees, tuple(changes)


def _agreed(tree: Tree, content: Tree, signature: Signature) -> Tree:
    """The tree with each number that a file sets as confirmed by the two who signed, where it names nobody itself."""
    given = content.get("thresholds")
    if not isinstance(given, dict):
        return tree
    said = {"by": ", ".join(signature.by), "on": signature.on, "because": signature.because}
    set_here = {name for name, each in given.items() if isinstance(each, dict) and "value" in each}
    kept = {
        name: {**each, "confirmed": said} if name in set_here and "confirmed" not in given[name] else each
        for name, each in tree["thresholds"].items()
    }
    return {**tree, "thresholds": kept}


def only_confirms(content: Tree) -> bool:
    """Whether a file says of one entry who stands for its numbers, and nothing else."""
    thresholds = content.get("thresholds")
    listed = list(thresholds.values()) if isinstance(thresholds, dict) else []
    return set(content) == {"id", "thresholds"} and all(
        isinstance(each, dict) and set(each) == {"confirmed"} for each in listed
    )


def _state(guarded: bool, signature: Signature | None, on: date | None) -> State:
    if not guarded:
        return "in force"
    if signature is None:
        return "unsigned"
    return "in force" if on is None or signature.counts_from <= on else "pending"


def _signature(file: str, content: Tree, problems: list[Problem]) -> Signature | None:
    if SIGNATURE not in content:
        return None
    try:
        return Signature.model_validate(content[SIGNATURE])
    except ValidationError as error:
        for each in problems_of(file, error):
            do = REMEDIES.get(each.field.partition(".")[0], said("do.sign", form=SIGN))
            problems.append(Problem(file, f"{SIGNATURE}.{each.field}".rstrip("."), each.fault, do))
        return None


def of_signature(problem: Problem) -> bool:
    """Whether a fault is one of who signed a change, when and why."""
    return problem.field.partition(".")[0] == SIGNATURE


def _split(content: Tree, below: Tree | None, on: date | None) -> tuple[Tree, Tree]:
    """The free and the guarded fields of a file; of an entry that the standard lacks, all of it is guarded.

    A confirmation is free, and counts from its day on.
    """
    given = {key: value for key, value in content.items() if key not in ("id", SIGNATURE)}
    if below is None:
        return {}, given
    free = {key: value for key, value in given.items() if key in FREE}
    guarded = {key: value for key, value in given.items() if key not in FREE}
    thresholds = guarded.get("thresholds")
    if isinstance(thresholds, dict):
        confirmed = {
            name: {"confirmed": each["confirmed"]}
            for name, each in thresholds.items()
            if isinstance(each, dict)
            and "confirmed" in each
            and not _ahead(each["confirmed"], on)
            and not _of_another_number(each["confirmed"], name, below)
        }
        rest = {
            name: {key: value for key, value in each.items() if key != "confirmed"} if isinstance(each, dict) else each
            for name, each in thresholds.items()
        }
        free |= {"thresholds": confirmed} if confirmed else {}
        guarded["thresholds"] = {name: each for name, each in rest.items() if each}
    return free, guarded


def _of_another_number(confirmed: Any, name: str, below: Tree) -> bool:
    """Whether two people set the number anew after the day of a confirmation, which was of another number then."""
    listed = below.get("thresholds")
    standing = listed.get(name) if isinstance(listed, dict) else None
    said = standing.get("confirmed") if isinstance(standing, dict) else None
    set_on = said.get("on") if isinstance(said, dict) else None
    day = _day_of(confirmed)
    return isinstance(set_on, date) and day is not None and day < set_on


def _ahead(confirmed: Any, on: date | None) -> bool:
    """Whether the day of a confirmation has not come."""
    day = _day_of(confirmed)
    return on is not None and day is not None and day > on


def _day_of(confirmed: Any) -> date | None:
    day = confirmed.get("on") if isinstance(confirmed, dict) else None
    day = day_named(day) if isinstance(day, str) else day
    return day if isinstance(day, date) else None


def merged_with(below: Tree, above: Tree) -> Tree:
    """`above` laid over `below` by field; rules and lists are replaced whole."""
    result = dict(below)
    for key, value in above.items():
        both_mappings = isinstance(value, dict) and isinstance(result.get(key), dict)
        result[key] = merged_with(result[key], value) if both_mappings and key != "rule" else value
    return result


def _fields(old: Any, new: Any, field: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Every field that differs, as (path, old, new); rules and lists as a whole."""
    if isinstance(old, dict) and isinstance(new, dict) and field != "rule":
        for key in (key for key in new if old.get(key) != new[key]):
            yield from _fields(old.get(key), new[key], f"{field}.{key}" if field else str(key))
    elif old != new:
        yield field, old, new
