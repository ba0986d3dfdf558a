"""What findings lack, and what to collect first."""

from typing import Any

import pytest

from primacy.assessment.finding import Finding, Part, Phrase
from primacy.assessment.told.wanting import suffering, wanted
from primacy.framework import load

FRAMEWORK = load()
SAID = Phrase("x")
Lacking = tuple[tuple[str, str | None], ...]


def finding(id: str, status: str, parts: Lacking, role: str = "part") -> Finding:
    nothing: dict[str, Any] = {}
    told = tuple(
        Part(role, name, "falls", None if why else 0.5, not why, why, False, {}, SAID) for name, why in parts
    )  # fmt: skip
    collect = tuple(each.model_dump() for each in FRAMEWORK.benchmarks[id].collect)
    return Finding(id, status, None, None, None, (), (SAID,), SAID, nothing, told, None, (), None, 0, False, (),
                   collect=collect)  # fmt: skip


LOST = "insufficient evidence"
CASES = [
    # what it shows                              id       status      parts                             lacks
    ("a condition that could not be judged", "O3.S4", LOST, (("core-officials", "stale"),), {"presence"}),
    ("one computed from others lacks what those read", "O3.S4", LOST, (("means-stated", "missing"),), {"control"}),
    ("a condition that is known lacks nothing", "O3.S4", "not met", (("core-officials", None),), None),
    ("what does not apply waits for nothing", "O3.S4", "not applicable", (("core-officials", "stale"),), None),
    ("undecided by what it waits for", "O3.S4", LOST, (("core-officials", None),), {"presence"}),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "id", "status", "parts", "kinds"), CASES, ids=[case[0] for case in CASES])
def test_what_a_finding_lacks(shows: str, id: str, status: str, parts: Lacking, kinds: set[str] | None) -> None:
    found = suffering([finding(id, status, parts)], FRAMEWORK)
    assert [each.kinds for each in found] == ([] if kinds is None else [kinds])


def test_a_sign_that_cannot_be_judged_leaves_the_status_as_it_is() -> None:
    assert suffering([finding("O3.S4", "met", (("core-officials", "thin"),), role="sign")], FRAMEWORK) == []


def test_what_decides_most_findings_by_itself_stands_first() -> None:
    found = wanted(
        [
            finding("O3.S4", LOST, (("core-officials", "missing"), ("localities-with-state", "missing"))),
            finding("O4.S5", LOST, (("feels-safe-by-part", "missing"),)),
            finding("O3.S2", LOST, (("people-informed", "missing"),)),
            finding("O5.S4", "met", (("fair-tone", "thin"),)),
        ],
        FRAMEWORK,
    )
    first = found[0]
    assert (first.kind, first.decides, first.helps, first.by_then) == ("survey", 2, 0, 2)
    assert {ask.benchmark for ask in first.asks} == {"O4.S5", "O3.S2"}
    told = {each.kind: each for each in found}
    assert (told["presence"].decides, told["presence"].helps) == (0, 1)
    assert told["presence"].asks[0].places == (0,)
    assert [each.by_then for each in found[:3]] == [2, 2, 3]  # the first of two that are needed decides nothing yet
    assert [each.kind for each in found if each.surer == ("O5.S4",)] != []


def test_every_kind_that_a_benchmark_reads_can_be_asked_for() -> None:
    """Whatever lacks everything names what to collect, in words of the framework or at least by its kind."""
    nothing = [
        finding(id, LOST, tuple((name, "missing") for name in each.indicators))
        for id, each in FRAMEWORK.benchmarks.items()
    ]
    found = wanted(nothing, FRAMEWORK)
    assert {ask.benchmark for each in found for ask in each.asks} == set(FRAMEWORK.benchmarks)
    in_words = {ask.benchmark for each in found for ask in each.asks if ask.places}
    assert in_words == set(FRAMEWORK.benchmarks)
