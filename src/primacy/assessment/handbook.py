"""The framework as text: the list of benchmarks, and one benchmark with its rule and thresholds in plain words."""

from collections.abc import Iterator

from primacy.assessment.rule_phrases import rule_phrase
from primacy.assessment.sentences import say
from primacy.framework import Framework
from primacy.framework.entries import Threshold


def contents(framework: Framework, language: str) -> Iterator[str]:
    """Outputs with their benchmarks, one line each."""
    for output in framework.outputs:
        yield f"{output.id}  {framework.text(output.id, 'title', language)[0]}"
        for benchmark in framework.of_output(output.id):
            changed = "  (changed by this mission)" if benchmark.id in framework.changed else ""
            title = framework.text(benchmark.id, "title", language)[0]
            yield f"  {benchmark.id:<6} {benchmark.horizon:<6} {title}{changed}"


def entry(framework: Framework, id: str, language: str) -> Iterator[str]:
    """One benchmark in full."""
    benchmark = framework.benchmarks[id]
    yield f"{id}  {framework.text(id, 'title', language)[0]}"
    yield framework.text(id, "question", language)[0]
    yield f"Horizon: {benchmark.horizon}; lead: {benchmark.lead}; with: {', '.join(benchmark.with_) or '-'}"
    yield f"Rule: {say(rule_phrase(benchmark, benchmark.rule), language, framework=framework)}."
    yield "Thresholds:"
    for name, threshold in benchmark.thresholds.items():
        yield f"  {name}: {threshold.value} ({threshold.unit}), {standing(framework, threshold)}"
    yield "Lost when:"
    for reversal in benchmark.reversal:
        if reversal.sign is not None:
            yield f"  {framework.text(id, f'signs.{reversal.sign.id}', language)[0]}"
        else:
            yield f"  the alarm on {framework.text(id, f'labels.{reversal.alarm.indicator}', language)[0]} goes off"  # type: ignore[union-attr]
    yield f"Would mislead: {benchmark.misleads.strip()}"
    yield "Collect, cheapest first:"
    for each in benchmark.collect:
        yield f"  {each.what} (kind {each.kind}): {each.how}"


def standing(framework: Framework, threshold: Threshold) -> str:
    """Where a threshold comes from: published, confirmed by the mission, or a default."""
    if framework.is_published(threshold):
        return f"published: {framework.published[threshold.source or ''].source}"
    if threshold.confirmed is not None:
        return f"confirmed by {threshold.confirmed.get('by')} on {threshold.confirmed.get('on')}"
    return "default, to be confirmed by the mission"
