"""The geometry of a spark line: a probability over time, with the two cut-offs of the rule."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, EDGE = 320, 64, 6


@dataclass(frozen=True)
class Spark:
    """`paths` are unbroken runs of known points; a gap is where the evidence did not suffice."""

    width: int
    height: int
    paths: tuple[str, ...]
    cutoffs: tuple[float, ...]
    end: tuple[float, float] | None


def draw(probabilities: Sequence[float | None], cutoffs: tuple[float, ...] = (0.25, 0.90)) -> Spark:
    """Probabilities oldest first, None where there is none."""
    step = (WIDTH - 2 * EDGE) / max(1, len(probabilities) - 1)
    points = [None if p is None else (round(EDGE + index * step, 1), _y(p)) for index, p in enumerate(probabilities)]
    known = [point for point in points if point is not None]
    return Spark(WIDTH, HEIGHT, tuple(_runs(points)), tuple(_y(each) for each in cutoffs), known[-1] if known else None)


def _y(probability: float) -> float:
    return round(EDGE + (1 - probability) * (HEIGHT - 2 * EDGE), 1)


def _runs(points: Sequence[tuple[float, float] | None]) -> list[str]:
    runs: list[list[str]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(f"{point[0]:g} {point[1]:g}")
    return ["M" + "L".join(run) for run in runs if len(run) > 1]
