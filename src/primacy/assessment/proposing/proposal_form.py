"""A form that changes an entry: what was filled in, what the overlay must say for it, and what is wrong with it."""

from dataclasses import dataclass, field, replace

from primacy.assessment.proposing.proposal_fields import Field, Tree, differing, fields, laid_over
from primacy.framework import Problem


@dataclass
class Form:
    """An entry as somebody filled it in. `tree`: the entry as it will read once all that is signed counts."""

    entry: str
    tree: Tree
    values: dict[str, str]
    retired: bool = False
    because: str = ""
    start: str = ""
    token: str = ""
    new: bool = False
    faults: list[Problem] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)  # faults of the form's own fields
    conflict: list[tuple[Field, str, str]] = field(default_factory=list)

    @property
    def content(self) -> Tree:
        """What the overlay must say; of a new entry all of it."""
        said = differing(self.tree, self.values, retired=self.retired)
        whole = laid_over(self.tree, said) if self.new else said
        return {key: value for key, value in whole.items() if key != "id"}

    def rows(self, group: str) -> list[tuple[int, Field, list[Problem]]]:
        """(number, field as filled in, its faults) of one group."""
        return [
            (number, replace(each, value=self.values.get(each.path, each.value)), self.faults_at(each.path))
            for number, each in enumerate(fields(self.tree))
            if each.group == group
        ]

    def faults_at(self, path: str) -> list[Problem]:
        return [each for each in self.faults if beside(each.field, path)]

    @property
    def groups(self) -> list[tuple[str, list[tuple[int, Field, list[Problem]]]]]:
        return [(group, rows) for group in ("numbers", "times", "words") if (rows := self.rows(group))]

    @property
    def all_rows(self) -> list[tuple[int, Field, list[Problem]]]:
        return [row for _group, rows in self.groups for row in rows]

    @property
    def other_faults(self) -> list[Problem]:
        """Those that stand beside no field."""
        known = [each.path for each in fields(self.tree)]
        return [each for each in self.faults if not any(beside(each.field, path) for path in known)]


def beside(fault: str, path: str) -> bool:
    """Whether a fault is told at a field: it lies in it, or the field lies in what is faulty."""
    return bool(fault) and (f"{path}.".startswith(f"{fault}.") or f"{fault}.".startswith(f"{path}."))
