"""`scored`: coders who read the same scheme give it so many points; their disagreement is the error.

Scores are whole points, so that the true mean over n items moves in steps of 1/n: it is asked whether it lies above
half a step below the threshold. Two coders who agree on just what is asked for say that it is reached.

A single coder is capped. A row of a category that ends in `/adjudicated` settles its item.
"""

import math

import numpy as np

from primacy.assessment import shares
from primacy.assessment.finding import Phrase
from primacy.assessment.grid import Floats, Ints
from primacy.assessment.reading import Reading
from primacy.assessment.verdict import Call, Verdict

DISAGREEMENT = 0.5  # points between coders, where it cannot be seen because there is only one, or one item
SETTLED_BY = "/adjudicated"


def decide(call: Call) -> Verdict:
    threshold, reading = call.number(call.parameters.at_least), call.reading
    mean, error, coders, step = _scores(reading, call.area)
    unknown = np.isnan(mean)
    p = np.where(unknown, np.nan, shares.normal_at_least(np.nan_to_num(mean) + step / 2, error, threshold))
    alone = coders < 2
    then = np.concatenate([np.full(12, np.nan), mean[:-12]])
    values = {
        "label": call.label,
        "value": float(mean[-1]),
        "threshold": threshold,
        "coders": int(coders[-1]),
        "reason": reading.why_without_state(),
    }
    return Verdict(
        low=np.where(unknown, 0.0, p),
        high=np.where(unknown, 1.0, p),
        reasons=tuple(call.reading.why_without_state() if u else "" for u in unknown),
        capped=alone,
        sentence=Phrase("score.unknown" if unknown[-1] else "score.mean", values),
        numbers={"value": float(mean[-1]), "threshold": threshold, "se": float(error[-1]), "coders": int(coders[-1])},
        direction=np.where(
            np.isnan(mean - then), np.nan, shares.normal_at_least(np.nan_to_num(mean - then), error * math.sqrt(2), 0.0)
        ),
        flags=frozenset({"single source"} if alone[-1] and not unknown[-1] else ()),
        curve=None
        if unknown[-1]
        else lambda t: float(shares.normal_at_least(mean[-1:] + step[-1:] / 2, error[-1:], t)[0]),
        threshold=threshold,
        change=Phrase("score.change", values),
        level=None if unknown[-1] else float(mean[-1]),
    )


def _scores(reading: Reading, area: str | None) -> tuple[Floats, Floats, Ints, Floats]:
    """Mean over items of the mean over coders, its error, the number of coders, and the step of the true mean."""
    rows, grid = reading.rows, reading.round.grid.numbers
    keep = [n for n in range(len(rows["date"])) if area is None or reading.within(rows["area"][n], area)]
    keep.sort(key=lambda n: rows["date"][n])
    mean, error, step = (np.full(len(grid), np.nan) for _ in range(3))
    coders = np.zeros(len(grid), dtype=np.int64)
    for point, today in enumerate(grid):
        latest: dict[str, dict[str, float]] = {}
        for n in keep:
            if today - reading.fresh_days <= rows["date"][n] <= today:
                settled = str(rows["category"][n]).endswith(SETTLED_BY)
                scores = latest.setdefault(str(rows["item"][n]), {})
                if settled:
                    scores.clear()
                scores[SETTLED_BY if settled else str(rows["source"][n])] = float(rows["value"][n])
        if latest:
            mean[point], error[point], coders[point] = _combined(list(latest.values()))
            step[point] = 1.0 / len(latest)
    return mean, error, coders, step


def _combined(items: list[dict[str, float]]) -> tuple[float, float, int]:
    scores = [list(each.values()) for each in items]
    means = [sum(each) / len(each) for each in scores]
    spreads = [
        sum((v - m) ** 2 for v in each) / (len(each) - 1)
        for each, m in zip(scores, means, strict=True)
        if len(each) > 1
    ]
    variance = sum(spreads) / len(spreads) if spreads else DISAGREEMENT**2
    smallest = min(len(each) for each in scores)
    settled = all(SETTLED_BY in each for each in items)
    least = (DISAGREEMENT / 2) ** 2 / len(items)  # where nobody disagrees, as if one of the items were doubtful
    noise = max(variance, least) / (smallest * len(items))
    return sum(means) / len(means), math.sqrt(noise), 2 if settled else smallest
