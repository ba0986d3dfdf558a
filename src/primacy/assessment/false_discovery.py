"""Which of many areas stand out, when so many are looked at that some would by chance.

With a posterior for each area the share of wrong ones among those named can be held: areas are named from the surest
down for as long as the mean of what their probabilities leave open is within the rate.

Source   Mueller, Parmigiani & Rice (2007), Bayesian Statistics 8 (posterior expected false discovery rate);
         Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B 57, for what it controls.
"""

from collections.abc import Sequence

RATE = 0.10


def discoveries(probabilities: Sequence[float], rate: float = RATE) -> list[int]:
    """Places of the largest set of which at most `rate` is expected to be wrong, in the order given; NaN is never one.

    Raises   ValueError if the rate is not between 0 and 1
    """
    if not 0 < rate < 1:
        raise ValueError(f"a rate of false discoveries lies between 0 and 1, not {rate}")
    known = [place for place, p in enumerate(probabilities) if p == p]
    surest_first = sorted(known, key=lambda place: (-probabilities[place], place))
    named, left_open = 0, 0.0
    for count, place in enumerate(surest_first, 1):
        left_open += 1.0 - probabilities[place]
        if left_open / count <= rate + 1e-9:
            named = count
    return sorted(surest_first[:named])
