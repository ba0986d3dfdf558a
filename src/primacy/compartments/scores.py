"""A judged score: the one thing that leaves a compartment, given by a person, coarse, without any name.

Nothing but the score, its rubric, the country and the month is said; the type of source is "judged score".
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from primacy.framework import Framework

KIND, MEASURE, SOURCE = "rubric", "score", "judged score"
SCORES = (0, 1, 2, 3)


def rubrics(framework: Framework) -> Iterator[tuple[str, str, str]]:
    """(category, benchmark, indicator) of every rubric that an indicator reads, each once, in the framework's order."""
    seen = set()
    for benchmark in framework.benchmarks.values():
        for name, indicator in benchmark.indicators.items():
            category = indicator.where.get("category") if indicator.kind == KIND else None
            if isinstance(category, str) and category not in seen:
                seen.add(category)
                yield category, benchmark.id, name


def judged_score(*, category: str, score: int, month: date, country: str) -> dict[str, Any]:
    """The data point: of a whole month and of the whole country."""
    first = month.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return {
        "kind": KIND, "item": f"{SOURCE} {category}", "date": first, "until": last, "area": country, "level": 0,
        "category": category, "measure": MEASURE, "value": float(score), "unit": "points", "source": SOURCE,
        "origin": SOURCE, "confidentiality": 2,
    }  # fmt: skip
