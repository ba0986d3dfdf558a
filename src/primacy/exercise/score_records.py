"""What is scored: a finding beside the truth, as plain data that one process writes and another one counts."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from primacy.exercise.naive import naive, naive_leaf
from primacy.exercise.true_rules import TrueLeaf
from primacy.framework.entries import Benchmark

Tree = dict[str, Any]
WRONG_HIGH, WRONG_LOW = 0.90, 0.10
PAIRED = ("part", "veto")  # signs and directions have no truth of their own


@dataclass(frozen=True, slots=True)
class PartRecord:
    """One part of a rule: what was said of it, whether it was so, and what its numbers alone would have said.

    `numbers` are kept where it is confidently wrong, for whoever studies why; of millions of others they are not.
    """

    role: str
    indicator: str
    evaluator: str
    probability: float | None
    truth: bool | None
    naive: bool | None
    numbers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
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
    parts = tuple(_part(part, leaf, said) for part, leaf, said in zip(told, leaves, alone, strict=True))
    return Record(
        history, scenario, month, benchmark.id, finding["status"], finding["probability"], tuple(finding["flags"]),
        truth, naive(benchmark, alone), parts,
    )  # fmt: skip


def _part(told: Mapping[str, Any], leaf: TrueLeaf, said: bool | None) -> PartRecord:
    sure = told["probability"]
    numbers = told["numbers"] if confidently_wrong(sure, leaf.truth) else {}
    return PartRecord(leaf.role, leaf.indicator, leaf.evaluator, sure, leaf.truth, said, numbers)


def confidently_wrong(probability: float | None, truth: bool | None) -> bool:
    """Whether it was said with P of at least 0.90 and is not so, or of at most 0.10 and is so."""
    if probability is None or truth is None:
        return False
    return probability <= WRONG_LOW if truth else probability >= WRONG_HIGH


def as_plain(each: Record) -> Tree:
    """A record for a line of JSON."""
    return asdict(each)


def record_of(tree: Mapping[str, Any]) -> Record:
    """The way back from `as_plain`."""
    parts = tuple(PartRecord(**part) for part in tree["parts"])
    return Record(**{**tree, "flags": tuple(tree["flags"]), "parts": parts})
