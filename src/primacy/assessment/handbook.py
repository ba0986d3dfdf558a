"""The framework as text: the list of benchmarks, and one benchmark with its rule and thresholds in plain words."""

from collections.abc import Iterator
from typing import Any

from primacy.assessment.rule_phrases import rule_phrase
from primacy.assessment.sentences import say
from primacy.framework import Framework
from primacy.framework.entries import Threshold
from primacy.framework.overlay import FieldChange


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


def changes(framework: Framework) -> Iterator[str]:
    """What the mission sets otherwise than the standard, a line for each field."""
    for each in framework.changes:
        told = changes_told(each)
        field = f" {each.field}" if each.field else ""
        was = (
            f": {told['standard']} in the standard, {told['mission']} here" if each.field else ": added by the mission"
        )
        yield f"{each.entry}{field}{was} ({_standing_of(each)})"


def _standing_of(change: FieldChange) -> str:
    if change.signature is None:
        return "no effect: not signed by two people" if change.guarded else "counts at once"
    who = f"signed by {' and '.join(change.signature.by)} on {change.signature.on}, because {change.signature.because}"
    return f"{'counts' if change.state == 'in force' else 'will count'} from {change.signature.counts_from}; {who}"


def changes_told(change: FieldChange) -> dict[str, Any]:
    """One change as plain data."""
    signature = change.signature
    return {
        "entry": change.entry, "field": change.field, "standard": change.old, "mission": change.new,
        "state": change.state, "guarded": change.guarded,
        "counts_from": signature.counts_from.isoformat() if signature is not None else None,
        "signed": signature.model_dump(mode="json", by_alias=True) if signature is not None else None,
    }  # fmt: skip


def standing(framework: Framework, threshold: Threshold) -> str:
    """Where a threshold comes from: published, confirmed by the mission, or a default."""
    if framework.is_published(threshold):
        return f"published: {framework.published[threshold.source or ''].source}"
    if threshold.confirmed is not None:
        return f"confirmed by {threshold.confirmed.get('by')} on {threshold.confirmed.get('on')}"
    return "default, to be confirmed by the mission"
