"""How sure are several graded reports together? Reports that share an origin count once.

Ten newspapers that copy one agency are one report. Reports are put into clusters by their origin, each cluster speaks
once, with the grade of the one who was there, and clusters are independent. How often reports of a grade are right is
learnt from reports that were confirmed or refuted, and shrunk towards the table of `grades` where few were.

Where nobody recorded whom a report comes from, it may repeat what was said already. It is then read as a mixture: with
the probability of an echo it says what some earlier report said, whatever is true, else what its grade makes likely.
How often reports are echoes is learnt from those whose origin is known, and from how much settled claims agree; what
stays open is averaged over.

Source   Pearl (1988), Probabilistic Reasoning in Intelligent Systems, ch. 2, on why repeated evidence must not count
         twice; Blackwell & MacQueen (1973), Annals of Statistics 1, for the urn in which new draws repeat old ones.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from primacy.assessment.indicators.grades import probability

STRENGTH = 12.0
"""Reports that the table of grades is worth beside those that were confirmed or refuted."""
SUREST = 0.98
"""No grade is surer than this, however often it was right: the next report may be the first that is wrong."""
ECHOES = tuple((step + 0.5) / 10 for step in range(10))
ECHO_PRIOR = (2.0, 2.0)
DIGITS = 9


@dataclass(frozen=True)
class Report:
    """One report on a claim.

    says     whether it says that the claim is true
    grade    A-F and 1-6, as `B2`; empty where nobody graded it
    source   who reports
    origin   from whom it comes, its own source where it was there; None where nobody recorded it
    """

    says: bool
    grade: str = ""
    source: str = ""
    origin: str | None = None


@dataclass(frozen=True)
class Cluster:
    """What one origin says, and the grade of its own report; `grade` None where only others tell what it said."""

    says: bool
    grade: str | None


@dataclass(frozen=True)
class Learnt:
    """By grade how many reports were right and wrong (None: origins known by others alone); how many claims were true
    and false; how many reports were echoes and how many were not; and for each rate of `ECHOES` the log likelihood of
    what reports of unknown origin said."""

    right: Mapping[str | None, tuple[int, int]] = field(default_factory=dict)
    claims: tuple[int, int] = (0, 0)
    echoes: tuple[int, int] = (0, 0)
    agreeing: tuple[float, ...] = (0.0,) * len(ECHOES)

    def accuracy(self, grade: str | None) -> float:
        """How often such a report is right: the mean of a Beta posterior around the table of grades."""
        right, wrong = self.right.get(grade, (0, 0))
        expected = min(max(probability(grade or ""), 1.0 - SUREST), SUREST)
        found = (STRENGTH * expected + right) / (STRENGTH + right + wrong)
        return min(max(found, 1.0 - SUREST), SUREST)

    @property
    def prior(self) -> float:
        """How often claims are true before any report: one half where none was settled."""
        true, false = self.claims
        return (STRENGTH / 2 + true) / (STRENGTH + true + false)

    def echo_rates(self) -> list[tuple[float, float]]:
        """(rate, weight): how often a report of unknown origin may be an echo, weights summing to 1."""
        first, second = (prior + seen for prior, seen in zip(ECHO_PRIOR, self.echoes, strict=True))
        heights = [
            (first - 1) * math.log(rate) + (second - 1) * math.log(1 - rate) + agreeing
            for rate, agreeing in zip(ECHOES, self.agreeing, strict=True)
        ]
        weights = [math.exp(height - max(heights)) for height in heights]
        return [(rate, weight / sum(weights)) for rate, weight in zip(ECHOES, weights, strict=True)]


def clusters(reports: Iterable[Report]) -> list[Cluster]:
    """What each known origin says: in its own report, else as most tell it; nothing where they tell it both ways."""
    by_origin: dict[str, list[Report]] = {}
    for each in reports:
        if each.origin is not None:
            by_origin.setdefault(each.origin, []).append(each)
    found = []
    for origin in sorted(by_origin):
        own = [each for each in by_origin[origin] if each.source == origin]
        told = own or by_origin[origin]
        saying = sum(1 if each.says else -1 for each in told)
        if saying:
            grades = sorted(each.grade for each in own if each.says is (saying > 0))
            found.append(Cluster(saying > 0, grades[0] if own else None))
    return found


def fuse(reports: Sequence[Report], learnt: Learnt | None = None, *, prior: float | None = None) -> float:
    """P(the claim is true), given reports on it. The order of the reports is irrelevant, and so is how often an origin
    is repeated.

    prior   before any report; as learnt where it is not given
    Raises  ValueError if the prior is not between 0 and 1
    """
    known = learnt or Learnt()
    start = known.prior if prior is None else prior
    if not 0 < start < 1:
        raise ValueError(f"a probability before any report lies between 0 and 1, not {start}")
    spoken = clusters(reports)
    odds = math.log(start / (1.0 - start))
    for each in sorted(spoken, key=lambda cluster: (cluster.says, cluster.grade or "")):
        odds += _weight(each.says, known.accuracy(each.grade))
    unknown = [each for each in reports if each.origin is None]
    if not unknown:
        return round(_chance(odds), DIGITS)
    return round(_with_unknown(odds, spoken, unknown, known), DIGITS)


def _weight(says: bool, accuracy: float) -> float:
    log_odds = math.log(accuracy / (1.0 - accuracy))
    return log_odds if says else -log_odds


def _chance(log_odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-min(max(log_odds, -40.0), 40.0)))


def _with_unknown(odds: float, spoken: Sequence[Cluster], unknown: Sequence[Report], learnt: Learnt) -> float:
    """P(the claim is true), over all rates of echoes; `odds` are those after what the known origins say."""
    true = false = 0.0
    for rate, share in learnt.echo_rates():
        if_true, if_false = _likely(rate, spoken, unknown, learnt)
        true += share * if_true * _chance(odds)
        false += share * if_false * _chance(-odds)
    return true / (true + false)


def _likely(rate: float, spoken: Sequence[Cluster], unknown: Sequence[Report], learnt: Learnt) -> tuple[float, float]:
    """How likely it is that reports of unknown origin say what they say: if the claim is true, and if it is false.

    The grade of an echo is that of who repeats it and says nothing of what happened: it is as right as reports are on
    the whole. The surest are heard first; equals in both orders, so that a claim and its contrary are read alike.
    """
    accuracies = {each.grade: learnt.accuracy(each.grade) for each in unknown}
    whole = sum(accuracies[each.grade] for each in unknown) / len(unknown)
    believed = {grade: (1.0 - rate) * accuracy + rate * whole for grade, accuracy in accuracies.items()}
    orders = [
        sorted(unknown, key=lambda each: (-abs(accuracies[each.grade] - 0.5), each.grade, each.says is first))
        for first in (False, True)
    ]
    if_true, if_false = zip(*(_heard(rate, spoken, each, believed) for each in orders), strict=True)
    return sum(if_true) / 2.0, sum(if_false) / 2.0


def _heard(
    rate: float, spoken: Sequence[Cluster], unknown: Sequence[Report], believed: Mapping[str, float]
) -> tuple[float, float]:
    """The same in one order: each report repeats one that was heard before, or says its own."""
    said = [sum(each.says is saying for each in spoken) for saying in (False, True)]
    if_true = if_false = 1.0
    for each in unknown:
        accuracy = believed[each.grade]
        repeated = rate * said[each.says] / sum(said) if sum(said) else 0.0
        own = 1.0 - rate if sum(said) else 1.0
        if_true *= repeated + own * (accuracy if each.says else 1.0 - accuracy)
        if_false *= repeated + own * (1.0 - accuracy if each.says else accuracy)
        said[each.says] += 1
    return if_true, if_false


def learn(settled: Iterable[tuple[Sequence[Report], bool]]) -> Learnt:
    """What reports on claims that were confirmed (True) or refuted (False) teach: each origin once, by its grade."""
    known = list(settled)
    right: dict[str | None, tuple[int, int]] = {}
    claims, echoes = [0, 0], [0, 0]
    for reports, truth in known:
        claims[not truth] += 1
        for each in clusters(reports):
            good, bad = right.get(each.grade, (0, 0))
            right[each.grade] = (good + 1, bad) if each.says is truth else (good, bad + 1)
        told = [each for each in reports if each.origin is not None]
        first = len({each.origin for each in told})
        echoes[0] += len(told) - first
        echoes[1] += first
    learnt = Learnt(right, (claims[0], claims[1]), (echoes[0], echoes[1]))
    return replace(learnt, agreeing=_agreeing(known, learnt))


def _agreeing(settled: Sequence[tuple[Sequence[Report], bool]], learnt: Learnt) -> tuple[float, ...]:
    """For each rate of echoes the log likelihood of what reports of unknown origin said: echoes agree with one another
    more than the truth alone would make them."""
    totals = [0.0] * len(ECHOES)
    for reports, truth in settled:
        unknown = [each for each in reports if each.origin is None]
        if unknown:
            spoken = clusters(reports)
            for place, rate in enumerate(ECHOES):
                if_true, if_false = _likely(rate, spoken, unknown, learnt)
                totals[place] += math.log(if_true if truth else if_false)
    return tuple(round(total, DIGITS) for total in totals)
