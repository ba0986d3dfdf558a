"""What is scored: a finding beside the truth, as plain data that one process writes and another one counts."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from primacy.exercise.naive import naive, naive_leaf
from primacy.exercise.true_rules import TrueLeaf
from primacy.framework.entries import Benchmark

Tree = dict[str, Any]
PAIRED = ("part", "veto")  # signs and directions have no truth of their own


@dataclass(frozen=True)
class PartRecord:
    """One part of a rule: what was said of it, whether it was so, and what its numbers alone would have said."""

    role: str
    indicator: str
    evaluator: str
    probability: float | None
    truth: bool | None
    naive: bool | None
    numbers: Mapping[str, Any]


@dataclass(frozen=True)
class Record:
    """One finding in one history at the end of one month, which is counted from the first of the world."""

    history: str
    scenario: str
    month: int
    benchmark: str
    status: str
    probability: float | None
    flags: tuple[str, ...]
    truth: bool | None
    naive: bool | None
    parts: tuple[PartRecord, ...]


def record(
    finding: Mapping[str, Any], benchmark: Benchmark, truth: bool | None, leaves: Sequence[TrueLeaf], *,
    history: str, scenario: str, month: int,
) -> Record:  # fmt: skip
    """A finding as plain data (`assessment.finding_json.as_tree`, or the form for outside scripts) beside the truth.

    Raises   ValueError where the parts of the finding are not the leaves of the rule, in their order.
    """
    told = [part for part in finding["parts"] if part["role"] in PAIRED]
    named = [(part["role"], part["indicator"], part["evaluator"]) for part in told]
    asked = [(leaf.role, leaf.indicator, leaf.evaluator) for leaf in leaves]
    if named != asked:
        raise ValueError(f"{benchmark.id}: the parts of the finding are {named}, the leaves of the rule {asked}")
    alone = naive_leaf(benchmark, [part["numbers"] for part in told])
    parts = tuple(
        PartRecord(leaf.role, leaf.indicator, leaf.evaluator, part["probability"], leaf.truth, said, part["numbers"])
        for part, leaf, said in zip(told, leaves, alone, strict=True)
    )
    return Record(
        history, scenario, month, benchmark.id, finding["status"], finding["probability"], tuple(finding["flags"]),
        truth, naive(benchmark, alone), parts,
    )  # fmt: skip


def as_plain(each: Record) -> Tree:
    """A record for a line of JSON."""
    return asdict(each)


def record_of(tree: Mapping[str, Any]) -> Record:
    """The way back from `as_plain`."""
    parts = tuple(PartRecord(**part) for part in tree["parts"])
    return Record(**{**tree, "flags": tuple(tree["flags"]), "parts": parts})
