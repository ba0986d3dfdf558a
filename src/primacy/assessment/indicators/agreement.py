"""How far coders agree: weighted kappa over the items that two of them scored.

Source   Cohen, "Weighted kappa", Psychological Bulletin 70 (1968), with the squared distance as weight, as Fleiss and
         Cohen, Educational and Psychological Measurement 33 (1973). Several pairs of coders are pooled as by De Vries
         and others, Field Methods 20 (2008): what all pairs disagree over what they would disagree by chance.
Bias     Where almost all items have the same score, chance alone explains that coders agree: kappa is then low although
         they differ rarely. Items on which they differ should be adjudicated.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np


def weighted_kappa(items: Sequence[Mapping[str, float]]) -> float | None:
    """Kappa over items, each with its score by coder. 1: always the same score, 0: as by chance.

    None where nothing can be said: no item has two coders, or all of them gave one and the same score.
    """
    observed = expected = 0.0
    for one, other in combinations(sorted({coder for scores in items for coder in scores}), 2):
        pairs = [(scores[one], scores[other]) for scores in items if one in scores and other in scores]
        if pairs:
            x, y = np.array(pairs, dtype=np.float64).T
            observed += float(((x - y) ** 2).sum())
            # The mean squared distance of two independent draws, one from each coder's own scores.
            expected += len(pairs) * float(x.var() + y.var() + (x.mean() - y.mean()) ** 2)
    return None if expected == 0 else 1.0 - observed / expected
