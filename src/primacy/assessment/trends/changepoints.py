"""Where the level of a series changed, for pictures: no status rests on it.

Counts are read as logarithms, centred and scaled by how much neighbouring months differ; the segmentation minimises
squares around the mean of each segment plus a penalty for each change, exactly. Monthly counts cluster and remember the
month before, so the penalty is far above that of independent noise: a line is drawn where people would draw one.

Source   Killick, Fearnhead & Eckley (2012), Journal of the American Statistical Association 107: PELT.
"""

import numpy as np

from primacy.assessment.trends.simulation import Floats

SHORTEST = 6
"""Months of the shortest segment."""
PENALTY = 8.0
"""In units of log(n) times the noise's variance. Of nine years without a change one history of thirty shows one in the
typical regime of the fixed test simulator and one of four in the severe; a fall by seven tenths is seen in two of three
typical ones."""
DIGITS = 7
LEAST_NOISE = 0.25
"""Standard deviation of a logarithm below which no series is taken to be exact."""


def changepoints(rates: Floats) -> list[int]:
    """The months from which on the level is another (first months of segments but the first), in order.

    Shapes   rates (m,)
    Missing  NaN is a month not covered: it is passed over
    """
    covered = np.flatnonzero(~np.isnan(rates))
    if len(covered) < 2 * SHORTEST:
        return []
    scaled = robust_scaled(np.log(rates[covered] + 0.5))
    starts = segment(scaled, PENALTY * float(np.log(len(scaled))), SHORTEST)
    return [int(covered[start]) for start in starts]


def robust_scaled(values: Floats) -> Floats:
    """Centred at the median, in units of the noise: the median distance of neighbours, as of a normal variable."""
    apart = float(np.median(np.abs(np.diff(values)))) * 1.4826 / float(np.sqrt(2.0))
    scaled: Floats = np.round((values - np.median(values)) / max(apart, LEAST_NOISE), DIGITS)
    return scaled


def segment(values: Floats, penalty: float, shortest: int = 1) -> list[int]:
    """First places of all segments but the first, of the partition with the least squares and penalties.

    A start that is already worse than the best by more than the penalty can never be the last one again, and is
    dropped: exact, and of linear cost where changes are many.
    """
    size = len(values)
    sums, squares = (np.concatenate([[0.0], np.cumsum(each)]) for each in (values, values**2))

    def cost(starts: np.ndarray[tuple[int], np.dtype[np.int64]], end: int) -> Floats:
        total = sums[end] - sums[starts]
        found: Floats = squares[end] - squares[starts] - total**2 / (end - starts)
        return found

    best = np.full(size + 1, np.inf)
    best[0] = -penalty
    last = np.zeros(size + 1, dtype=np.int64)
    dropped: dict[int, int] = {0: size + 1}  # start -> the first end at which it is no more looked at
    for end in range(shortest, size + 1):
        starts = np.array([start for start, until in dropped.items() if end < until], dtype=np.int64)
        totals = best[starts] + cost(starts, end)
        chosen = int(np.argmin(totals))
        best[end], last[end] = totals[chosen] + penalty, starts[chosen]
        # A worse start is out as soon as a segment from here may stand in its place.
        for start in starts[totals > best[end] + 1e-9].tolist():
            dropped[start] = min(dropped[start], end + shortest)
        if end - shortest + 1 >= shortest:
            dropped[end - shortest + 1] = size + 1
    found = []
    place = size
    while last[place] > 0:
        place = int(last[place])
        found.append(place)
    return found[::-1]
