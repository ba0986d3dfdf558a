"""What the ledger makes: things of one measure, a row each, with their values in each month and who may see them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from primacy.exercise.ledger.entries import COLUMNS
from primacy.exercise.truth import Floats, Thing

Integers = NDArray[np.int64]
AT_ONCE = 500  # things of a measure that are made together


class Dead(NamedTuple):
    """The dead of each event, and the civilians among them, one after another; `begins`: where each month begins."""

    whole: Floats
    civilians: Floats
    begins: Integers

    def monthly(self, dead: Floats) -> Floats:
        """Sums of one of the two by month."""
        sums = np.concatenate([[0.0], np.cumsum(dead)])
        months: Floats = np.diff(sums[np.append(self.begins, len(dead))])
        return months


@dataclass(frozen=True, eq=False)
class Made:
    """Things that differ in their places, items and actors alone.

    Shapes   columns: (n,) texts each; of (n,): of what each row is, counted from 0; values, underlying (n, months)
    """

    kind: str
    measure: str
    columns: Mapping[str, Sequence[str]]
    of: Integers
    values: Floats
    underlying: Floats
    seen: tuple[str, ...]
    confidential: int = 1
    either: tuple[float, float] | None = None  # the two values that it can have, where it is one of two
    once: bool = False  # what has happened stays so
    whole: bool = False  # its values are whole numbers, and are told as such
    dead: Mapping[int, Dead] = field(default_factory=dict)  # of each event, by row, where events kill

    def __len__(self) -> int:
        return len(self.values)

    @cached_property
    def things(self) -> tuple[Thing, ...]:
        names = tuple(self.columns)
        rows = zip(*self.columns.values(), strict=True)
        return tuple(Thing(self.kind, self.measure, **dict(zip(names, row, strict=True))) for row in rows)

    def only(self, rows: Integers, **columns: str) -> "Made":
        """Some of the rows; what is named in `columns` is the same for all of them."""
        kept = {name: [told[row] for row in rows.tolist()] for name, told in self.columns.items()}
        kept |= {name: [told] * len(rows) for name, told in columns.items()}
        return replace(self, columns=kept, of=self.of[rows], values=self.values[rows], underlying=self.underlying[rows])

    def place(self, row: int) -> str:
        """The area or the stratum that a row is about; empty for the whole country."""
        return self.columns["area"][row] or self.columns["stratum"][row]


def columns_of(areas: Sequence[str], **same: str) -> dict[str, Sequence[str]]:
    """The columns of things that differ in their areas alone, in the order of those of entries."""
    return {name: [same.get(name, "")] * len(areas) for name in COLUMNS} | {"area": areas}


Family: TypeAlias = Sequence[Made]
"""All measures of the same things. Row by row of the truth, all of one thing stand together."""


def in_order(family: Family) -> Iterator[tuple[Made, int]]:
    """Every row of a family: thing by thing, and of each its measures as they come."""
    whose = np.concatenate([np.full(len(made), number) for number, made in enumerate(family)])
    rows = np.concatenate([np.arange(len(made)) for made in family])
    for place in np.argsort(np.concatenate([made.of for made in family]), kind="stable").tolist():
        yield family[whose[place]], int(rows[place])
