"""On which ground a finding is progressing: the rule is likely to hold, or it is nearer than a year ago."""

import pytest

from primacy.assessment.finding import Phrase
from primacy.assessment.tests.building import Judge
from primacy.assessment.told.explaining import paragraph
from primacy.assessment.told.sentences import say
from primacy.framework.languages import codes

LEVEL = """
indicators: {a: {kind: figure, measure: share, aggregate: latest}}
rule: {reaches: {indicator: a, at_least: 80 %}}
"""
NEARER = ["2025-06-01 L1 share=0.3 se=0.01", "2026-06-01 L1 share=0.6 se=0.01"]
LIKELY = ["2025-06-01 L1 share=0.83 se=0.04", "2026-06-01 L1 share=0.83 se=0.04"]
CASES = [
    # what it shows                          the level        by being nearer   by being likely
    ("far from it, and nearer than before",  NEARER,          True,             False),
    ("likely, and where it was before",      LIKELY,          False,            True),
]  # fmt: skip
SAID = ("It counts as progressing because it is nearer to what is asked for than 12 months ago (very likely).",
        "It counts as progressing because the rule is likely to hold.")  # fmt: skip


def grounds(phrases: tuple[Phrase, ...], language: str = "en") -> list[str]:
    return [say(each, language) for each in phrases if each.key in ("finding.nearer", "short.ground")]


@pytest.mark.parametrize(("shows", "points", "nearer", "likely"), CASES, ids=[case[0] for case in CASES])
def test_the_paragraph_says_on_which_ground(
    judge: Judge, shows: str, points: list[str], nearer: bool, likely: bool
) -> None:
    finding = judge(LEVEL, [{"kind": "figure", "covers": "2015-01-01 to 2026-06-30", "points": points}])
    assert finding.status == "progressing"
    assert grounds(paragraph(finding)) == [text for text, so in zip(SAID, (nearer, likely), strict=True) if so]
    assert grounds(finding.sentence) == ([SAID[0]] if nearer else [])


def test_what_is_not_progressing_gives_no_ground(judge: Judge) -> None:
    points = ["2025-06-01 L1 share=0.3 se=0.01", "2026-06-01 L1 share=0.3 se=0.01"]
    finding = judge(LEVEL, [{"kind": "figure", "covers": "2015-01-01 to 2026-06-30", "points": points}])
    assert finding.status == "not met"
    assert grounds(paragraph(finding)) == []


@pytest.mark.parametrize("language", codes()[1:])
def test_the_ground_is_said_in_each_language(judge: Judge, language: str) -> None:
    finding = judge(LEVEL, [{"kind": "figure", "covers": "2015-01-01 to 2026-06-30", "points": NEARER}])
    (said,) = grounds(finding.sentence, language)
    assert "12" in said
