"""Of so many met, so many are wrong: what the probabilities leave open."""

from typing import Any

import pytest

from primacy.assessment.finding import Finding, Phrase
from primacy.assessment.rules.expected_wrong import Wrong, expected_wrong


def finding(status: str, probability: float | None) -> Finding:
    nothing: dict[str, Any] = {}
    return Finding(
        "O2.M2", status, None, probability, None, (), (), Phrase("x"), nothing, (), None, (), None, 0, False, ()
    )  # fmt: skip


CASES = [
    # what it shows                              findings                                      met              not met
    ("seventeen met, one of them wrong",         [("met", 0.94)] * 17,                         Wrong(17, 1.02), Wrong(0, 0.0)),
    ("one that only holds leaves more open",     [("met", 0.98), ("met", 0.6)],                Wrong(2, 0.42),  Wrong(0, 0.0)),
    ("what is not met or lost may be met",       [("not met", 0.2), ("reversed", 0.1)],        Wrong(0, 0.0),   Wrong(2, 0.3)),
    ("what claims nothing cannot be wrong",      [("progressing", 0.8), ("no clear change", 0.5)], Wrong(0, 0.0), Wrong(0, 0.0)),
    ("without a probability it is not counted",  [("met", None), ("met", 0.9)],                Wrong(1, 0.1),   Wrong(0, 0.0)),
]  # fmt: skip


@pytest.mark.parametrize(("shows", "given", "met", "not_met"), CASES, ids=[case[0] for case in CASES])
def test_expected_wrong(shows: str, given: list[tuple[str, float | None]], met: Wrong, not_met: Wrong) -> None:
    found = expected_wrong([finding(*each) for each in given])
    assert found == {"met": met, "not met": not_met}
