"""What is known of each field of a type: what filters, exports, imports and the description for scripts are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["text", "choice", "yes-no", "number", "day", "area", "record", "group", "level"]
FILTERED: frozenset[Kind] = frozenset({"choice", "yes-no", "number", "day", "record", "group", "level"})
"""Kinds that a list is narrowed by; texts are searched, and the area has a filter of its own."""


@dataclass(frozen=True)
class Field:
    """One field of a type as people write it.

    kind      `level` is the confidentiality, `record` points at one of the type `of`, `group` is a need-to-know group
    open      whether everybody who sees the record is shown it, day and area coarsened
    required  whether a new record cannot do without
    choices   word in the present language by the value that is kept
    longest   of a text, in letters
    """

    name: str
    label: str
    help: str
    kind: Kind
    open: bool
    required: bool
    choices: Mapping[str, str] = field(default_factory=dict)
    longest: int | None = None
    of: str = ""

    @property
    def filters(self) -> tuple[str, ...]:
        """The names by which a list is asked for it: two for days, which have a first and a last one."""
        if self.kind not in FILTERED or self.name == "day":
            return ()
        return (f"{self.name}_first", f"{self.name}_last") if self.kind == "day" else (self.name,)


def key_of(value: Any) -> Any:
    """A value as a row keeps it: of another record its key."""
    return getattr(value, "pk", value)
