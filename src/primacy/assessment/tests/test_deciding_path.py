"""The tree of a decision: what each part is worth, which one sets P, what caps, vetoes and waits."""

from collections.abc import Iterator

from primacy.assessment.finding import Phrase, Step
from primacy.assessment.finding_json import as_tree, finding_of
from primacy.assessment.tests.building import Judge

RULE = """
indicators:
  law: {kind: law, measure: stage, aggregate: distinct, pass: {stage: adopted}}
  decree: {kind: document, measure: stage, aggregate: distinct, pass: {stage: approved}}
  fear: {kind: survey, where: {item: q}, measure: share, aggregate: latest}
  trust: {kind: survey, where: {item: t}, measure: share, aggregate: latest}
rule:
  all:
    - exists: {indicator: law}
    - any:
        - believes: {indicator: trust, at_least: 50 %}
        - {exists: {indicator: decree}, after: [polling_day]}
  veto:
    - reaches: {indicator: fear, at_least: 50 %}
"""
LAW = {"kind": "law", "points": ["2026-03-01 L stage=4 grade=A1"]}


def asked(fear: float, trust: float) -> list[dict[str, object]]:
    points = [f"2026-05-01 q share={fear} se=0.02", f"2026-05-01 t share={trust} se=0.02"]
    return [LAW, {"kind": "survey", "points": points}]


def steps(step: Step) -> Iterator[Step]:
    yield step
    for each in step.steps:
        yield from steps(each)


def chosen(step: Step) -> list[str]:
    return [each.what.key for each in steps(step) if each.sets]


def test_each_part_has_its_probability_and_the_one_that_sets_p_is_marked_from_the_top_down(judge: Judge) -> None:
    finding = judge(RULE, asked(fear=0.3, trust=0.45))
    assert finding.path is not None
    assert finding.path.probability == finding.probability
    assert finding.path.lower == finding.lower
    assert chosen(finding.path) == ["path.all", "path.any", "rule.believes"]
    assert [each.probability for each in finding.path.steps] == [0.95, finding.probability, 0.0]


def test_a_veto_that_acts_is_what_sets_p(judge: Judge) -> None:
    finding = judge(RULE, asked(fear=0.6, trust=0.6))
    assert finding.path is not None
    assert chosen(finding.path) == ["path.all", "rule.reaches"]
    assert [each.role for each in finding.path.steps] == ["part", "part", "veto"]


def test_what_waits_says_so_and_sets_nothing(judge: Judge) -> None:
    finding = judge(RULE, asked(fear=0.3, trust=0.6))
    assert finding.path is not None
    waiting = [each for each in steps(finding.path) if each.waits]
    assert [each.what.key for each in waiting] == ["rule.exists"]
    assert not waiting[0].sets


def test_a_cap_stands_where_it_comes_from(judge: Judge) -> None:
    capped = judge(RULE, asked(fear=0.51, trust=0.6))
    free = judge(RULE, asked(fear=0.3, trust=0.6))
    assert capped.path is not None
    assert free.path is not None
    assert (capped.path.capped, free.path.capped) == (True, False)
    assert not any(each.capped for each in capped.path.steps)


def test_every_leaf_leads_to_its_part_and_the_tree_survives_the_package(judge: Judge) -> None:
    finding = judge(RULE, asked(fear=0.3, trust=0.6))
    assert finding.path is not None
    leaves = [each.part for each in steps(finding.path) if each.part is not None]
    assert [finding.parts[place].indicator for place in leaves] == ["law", "trust", "decree", "fear"]
    assert finding_of(as_tree(finding)) == finding


def test_without_evidence_nothing_sets_p(judge: Judge) -> None:
    finding = judge(RULE, [])
    assert finding.path is not None
    assert finding.path.probability is None
    assert not chosen(finding.path)


LACKING = """
indicators:
  decree: {kind: document, measure: stage, aggregate: distinct, pass: {stage: approved}, label: decrees}
  fear: {kind: survey, where: {item: q}, measure: share, aggregate: latest, label: fear}
  trust: {kind: survey, where: {item: t}, measure: share, aggregate: latest, label: trust}
rule:
  all:
    - exists: {indicator: decree}
    - any:
        - believes: {indicator: trust, at_least: 50 %}
        - reaches: {indicator: fear, at_least: 50 %}
"""


def test_what_is_not_known_and_would_decide_nothing_is_not_asked_for(judge: Judge) -> None:
    """The second condition holds by one of its branches: the other one, unknown, is no reason."""
    finding = judge(LACKING, [{"kind": "survey", "points": ["2026-05-01 q share=0.7 se=0.02"]}])
    assert finding.status == "insufficient evidence"
    asked_for = [
        label for each in (*finding.sentence, finding.weakest, *finding.would_change) for label in labels(each)
    ]
    assert {label.partition("/")[2] for label in asked_for} == {"decree"}


def labels(phrase: Phrase | None) -> Iterator[str]:
    for value in phrase.values.values() if phrase else ():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, Phrase):
                yield from labels(each)
            elif phrase and phrase.key.startswith(("finding.", "weakest.unknown", "change.evidence")):
                yield str(each)
