"""Indicators of several questions: each is judged by itself and the weakest decides, or the reading is left open."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from primacy.assessment.finding import Phrase
from primacy.assessment.indicators.estimate import asked_now, items_of
from primacy.assessment.rules.belief import UNLIKELY
from primacy.assessment.rules.grid import Bools, Floats, Ints
from primacy.assessment.rules.verdict import Call, Verdict

UNSAID = ("missing", "stale")  # a question that is no longer asked, or was not asked yet, does not count


def decide(call: Call, verb: Callable[[Call], Verdict]) -> Verdict:
    """The verdict of a verb; where the indicator asks for the weakest of several questions, that of the weakest."""
    reading = call.reading
    if reading.nature != "estimate" or reading.question is not None:
        return verb(call)
    if reading.indicator.aggregate == "weakest":
        names = items_of(reading)
        if len(names) > 1:
            return weakest(names, [verb(_about(call, name)) for name in names], call.label)
    verdict: Verdict = verb(call)
    if reading.indicator.aggregate == "latest" and verdict.reason and len(names := asked_now(reading)) > 1:
        return replace(verdict, sentence=Phrase("questions.several", {"label": call.label, "items": names}))
    return verdict


def _about(call: Call, name: str) -> Call:
    return replace(call, reading=replace(call.reading, question=name))


def weakest(names: Sequence[str], verdicts: Sequence[Verdict], label: str) -> Verdict:
    """At each point the question on which the rule is least likely to hold, of those that are asked."""
    low, high = np.array([each.low for each in verdicts]), np.array([each.high for each in verdicts])
    silent = np.array([[reason in UNSAID for reason in each.reasons] for each in verdicts])
    counts = ~silent | silent.all(axis=0)
    lowest, highest = np.where(counts, low, 2.0), np.where(counts, high, 2.0)
    # One that surely fails decides, whatever is not known of the others.
    decides = np.argmin(np.where(highest.min(axis=0) <= UNLIKELY, highest, lowest), axis=0)
    points, last = np.arange(low.shape[1]), verdicts[int(decides[-1])]
    asked = [each for each, counted in zip(verdicts, counts[:, -1], strict=True) if counted]
    values = {"label": label, "item": names[int(decides[-1])], "of": len(asked), "sentence": last.sentence}
    return replace(
        last,  # and so what would be enough for it
        low=lowest.min(axis=0),
        high=highest.min(axis=0),
        reasons=tuple(verdicts[which].reasons[point] for point, which in enumerate(decides)),
        capped=np.array([each.capped for each in verdicts])[decides, points],
        direction=_direction(verdicts, decides),
        sentence=Phrase("questions.weakest", values) if len(asked) > 1 else last.sentence,
        numbers={**last.numbers, "questions": len(asked), "question": names[int(decides[-1])]},
        bounds=_lowest(verdicts, counts),
    )


def _direction(verdicts: Sequence[Verdict], decides: Ints) -> Floats | None:
    known = [each.direction for each in verdicts if each.direction is not None]
    if len(known) < len(verdicts):
        return None
    picked: Floats = np.array(known)[decides, np.arange(len(decides))]
    return picked


def _lowest(verdicts: Sequence[Verdict], counts: Bools) -> Callable[[float], tuple[Floats, Floats]] | None:
    """The same over the number that they share."""
    each = [verdict.bounds for verdict in verdicts if verdict.bounds is not None]
    if len(each) < len(verdicts):
        return None

    def bounds(number: float) -> tuple[Floats, Floats]:
        low, high = (np.array(ends) for ends in zip(*(bound(number) for bound in each), strict=True))
        return np.where(counts, low, 2.0).min(axis=0), np.where(counts, high, 2.0).min(axis=0)

    return bounds
