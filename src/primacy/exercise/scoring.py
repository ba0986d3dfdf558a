"""How right the findings are, where the truth is known: when they say met and not met, and how their P is borne out.

Histories are the units of chance: months of one history say much the same, so every interval is of a bootstrap that
draws whole histories (Davison & Hinkley 1997, chapter 3.8), with a seed of its own. Where all is right or all wrong,
every draw is alike and says nothing of chance: there a rate has the interval of Wilson (1927, Journal of the
American Statistical Association 22) with each history as one verdict. Counts are whole numbers and sums run
in a fixed order, so that the same records give the same tables on every machine.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from primacy.exercise.score_records import WRONG_HIGH, WRONG_LOW, PartRecord, Record, confidently_wrong
from primacy.framework.grammar import FLAGS, STATUSES

SURE, UNSURE = 0.90, 0.25  # from which P on it is called met, and up to which not met
BINS = 10
DRAWS, SEED = 1000, 20_001
LEVEL = 0.90
WILSON = 1.6448536269514722  # of the normal distribution beyond which 5 % lie on each side

Floats = NDArray[np.float64]
OfHistory = tuple[str, PartRecord]


@dataclass(frozen=True)
class Rate:
    """So many of so many, with its interval over histories; NaN where there is nothing to count."""

    of: int
    right: int
    low: float
    high: float

    @property
    def share(self) -> float:
        return self.right / self.of if self.of else math.nan


@dataclass(frozen=True)
class Bin:
    """Of the probabilities from `low` up to `high`: how many, what they said on average, and how often it was so."""

    low: float
    high: float
    count: int
    said: float
    so: float


@dataclass(frozen=True)
class Calibration:
    """How far what is said lies from how often it is so: the expected calibration error over tenths, with interval."""

    bins: tuple[Bin, ...]
    error: float
    low: float
    high: float
    count: int


@dataclass(frozen=True)
class Said:
    """One probability, or one verdict, and whether it was so. `history` is what chance draws."""

    history: str
    probability: float
    so: bool


@dataclass(frozen=True)
class Scored:
    """One row of a table: a benchmark, an evaluator, or all. `naive_*`: what the observed numbers would have said."""

    name: str
    count: int  # findings or parts whose truth is known
    true: int
    silent: int  # of these, on which nothing is said
    met: Rate
    not_met: Rate
    naive_met: Rate
    naive_not_met: Rate
    calibration: Calibration


# ---- statuses


def statuses(records: Iterable[Record]) -> dict[str, tuple[int, int]]:
    """By status how many findings had it while the benchmark truly held, and while it did not."""
    found = {status: [0, 0] for status in STATUSES}
    for each in records:
        if each.truth is not None:
            found[each.status][0 if each.truth else 1] += 1
    return {status: (held, not_held) for status, (held, not_held) in found.items()}


def statuses_by(records: Sequence[Record]) -> dict[str, dict[str, tuple[int, int]]]:
    """The same for each benchmark, in the order in which they come."""
    names = dict.fromkeys(each.benchmark for each in records)
    return {name: statuses(each for each in records if each.benchmark == name) for name in names}


def flags(records: Iterable[Record]) -> dict[str, int]:
    """How many findings carry each flag of the list, those that none carries among them."""
    raised = Counter(flag for each in records for flag in each.flags)
    return {flag: raised[flag] for flag in FLAGS}


# ---- tables


def of_findings(records: Sequence[Record], name: str = "all") -> Scored:
    """Findings against the truth. Met is what the status says; not met is not met or reversed."""
    known = [each for each in records if each.truth is not None]
    met = [(r.history, bool(r.truth)) for r in known if r.status == "met"]
    lost = [(r.history, not r.truth) for r in known if r.status in ("not met", "reversed")]
    return Scored(
        name, len(known), sum(bool(r.truth) for r in known), sum(r.probability is None for r in known),
        rate(met), rate(lost), *_naive(known), calibration(_said(known)),
    )  # fmt: skip


def of_parts(parts: Sequence[OfHistory], name: str = "all") -> Scored:
    """Parts against the truth. Met is P of at least 0.90, not met P of at most 0.25."""
    known = [(h, p) for h, p in parts if p.truth is not None]
    said = [(h, p, p.probability) for h, p in known if p.probability is not None]
    met = [(h, bool(p.truth)) for h, p, sure in said if sure >= SURE]
    lost = [(h, not p.truth) for h, p, sure in said if sure <= UNSURE]
    naive_met = [(h, bool(p.truth)) for h, p in known if p.naive is True]
    naive_lost = [(h, not p.truth) for h, p in known if p.naive is False]
    return Scored(
        name, len(known), sum(bool(p.truth) for _, p in known), len(known) - len(said),
        rate(met), rate(lost), rate(naive_met), rate(naive_lost),
        calibration([Said(h, sure, bool(p.truth)) for h, p, sure in said]),
    )  # fmt: skip


def parts_of(records: Iterable[Record]) -> list[OfHistory]:
    """Every part and veto with its history."""
    return [(each.history, part) for each in records for part in each.parts]


def by_benchmark(records: Sequence[Record]) -> list[Scored]:
    """One row for each benchmark."""
    return [of_findings(each, name) for name, each in grouped(records, lambda r: r.benchmark).items()]


def by_scenario(records: Sequence[Record]) -> list[Scored]:
    """One row for each scenario."""
    return [of_findings(each, name) for name, each in grouped(records, lambda r: r.scenario).items()]


def by_evaluator(records: Sequence[Record]) -> list[Scored]:
    """One row for each verb, over the parts and vetoes of all benchmarks."""
    found: dict[str, list[OfHistory]] = {}
    for each in parts_of(records):
        found.setdefault(each[1].evaluator, []).append(each)
    return [of_parts(found[verb], verb) for verb in sorted(found)]


def grouped(records: Sequence[Record], key: Callable[[Record], str]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for each in records:
        found.setdefault(key(each), []).append(each)
    return found


def _said(known: Sequence[Record]) -> list[Said]:
    return [Said(r.history, r.probability, bool(r.truth)) for r in known if r.probability is not None]


def _naive(known: Sequence[Record]) -> tuple[Rate, Rate]:
    met = [(r.history, bool(r.truth)) for r in known if r.naive is True]
    lost = [(r.history, not r.truth) for r in known if r.naive is False]
    return rate(met), rate(lost)


# ---- rates and calibration, with the chance of which histories there were


def rate(verdicts: Sequence[tuple[str, bool]]) -> Rate:
    """How many of the verdicts were right, with the interval over histories."""
    if not verdicts:
        return Rate(0, 0, math.nan, math.nan)
    _, place = np.unique([history for history, _ in verdicts], return_inverse=True)
    right = np.array([each for _, each in verdicts], dtype=np.float64)
    counts = [np.bincount(place, weights=each) for each in (np.ones(len(right)), right)]
    drawn = _drawn(np.stack(counts, axis=1).astype(np.float64))
    low, high = _interval(drawn[:, 1] / drawn[:, 0])
    if low == high:  # every draw is alike: all right, all wrong, or a single history
        low, high = wilson(float(right.mean()), int(place.max()) + 1)
    return Rate(len(verdicts), int(right.sum()), low, high)


def wilson(share: float, of: int) -> tuple[float, float]:
    """The interval of a share of so many independent cases that holds `LEVEL`; never of no width, not even at 0 and 1.

    Source   Wilson (1927)
    """
    spread = WILSON**2 / of
    middle = (share + spread / 2) / (1 + spread)
    half = WILSON * math.sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def calibration(said: Sequence[Said]) -> Calibration:
    """Tenths of P, what was said and how often it was so, and their mean distance weighted by how many there are."""
    if not said:
        return Calibration((), math.nan, math.nan, math.nan, 0)
    names, place = np.unique([each.history for each in said], return_inverse=True)
    sure = np.array([each.probability for each in said])
    so = np.array([each.so for each in said], dtype=np.float64)
    key = place * BINS + np.minimum((sure * BINS + 1e-9).astype(np.int64), BINS - 1)
    # Of each history and tenth the count, the sum of what was said and how often it was so.
    columns = [np.bincount(key, weights=each, minlength=len(names) * BINS) for each in (np.ones(len(said)), sure, so)]
    sums = np.stack(columns, axis=1).astype(np.float64).reshape(len(names), BINS * 3)
    total = sums.sum(axis=0).reshape(BINS, 3)
    low, high = _interval(_errors(_drawn(sums).reshape(-1, BINS, 3)))
    bins = tuple(
        Bin(place / BINS, (place + 1) / BINS, int(count), float(told / count), float(true / count))
        for place, (count, told, true) in enumerate(total.tolist())
        if count
    )
    return Calibration(bins, float(_errors(total[None])[0]), low, high, len(said))


def _errors(sums: Floats) -> Floats:
    """Expected calibration error of each draw. Shape (draws, BINS, 3) -> (draws,)."""
    errors: Floats = np.abs(sums[:, :, 1] - sums[:, :, 2]).sum(axis=1) / sums[:, :, 0].sum(axis=1)
    return errors


def _drawn(sums: Floats) -> Floats:
    """Sums over as many histories as there are, drawn with replacement. Shape (histories, columns) -> (draws, columns).

    Every history has something in it, so that no draw is empty."""
    count = len(sums)
    times = np.random.default_rng(SEED).multinomial(count, np.full(count, 1.0 / count), size=DRAWS)
    # Not through BLAS, whose order of summing differs between machines.
    drawn: Floats = np.einsum("dh,hc->dc", times.astype(np.float64), sums, optimize=False)
    return drawn


def _interval(values: Floats) -> tuple[float, float]:
    edge = (1.0 - LEVEL) / 2
    low, high = np.quantile(values, (edge, 1.0 - edge))
    return float(low), float(high)


# ---- what is confidently wrong


@dataclass(frozen=True)
class Wrong:
    """Something said with confidence that is not so, how often, and where it is first to be seen.

    `indicator` and `evaluator` are empty where it is the finding as a whole. `said`: met (P >= 0.90) or not met
    (P <= 0.10).
    """

    benchmark: str
    indicator: str
    evaluator: str
    said: str
    count: int
    of: int  # how often it was said
    histories: int
    first: tuple[str, int]  # history and month
    probability: float
    numbers: Mapping[str, object]


_Key = tuple[str, str, str, str]
_Case = tuple[Record, float, Mapping[str, object]]


def wrong(records: Sequence[Record]) -> list[Wrong]:
    """What is wrong with confidence, the most frequent first."""
    cases: dict[_Key, list[_Case]] = {}
    said: dict[_Key, int] = {}
    for each in records:
        for indicator, verb, probability, truth, numbers in _statements(each):
            if probability is None or truth is None or WRONG_LOW < probability < WRONG_HIGH:
                continue
            key = (each.benchmark, indicator, verb, "met" if probability >= WRONG_HIGH else "not met")
            said[key] = said.get(key, 0) + 1
            if confidently_wrong(probability, truth):
                cases.setdefault(key, []).append((each, probability, numbers))
    found = [_wrong(key, own, said[key]) for key, own in cases.items()]
    return sorted(found, key=lambda w: (-w.count, w.benchmark, w.indicator, w.evaluator, w.said))


def _statements(each: Record) -> Iterator[tuple[str, str, float | None, bool | None, Mapping[str, object]]]:
    """The finding as a whole, then its parts: indicator, verb, P, truth, numbers."""
    yield "", "", each.probability, each.truth, {}
    for part in each.parts:
        yield part.indicator, part.evaluator, part.probability, part.truth, part.numbers


def _wrong(key: _Key, cases: Sequence[_Case], of: int) -> Wrong:
    first, probability, numbers = min(cases, key=lambda case: (case[0].history, case[0].month))
    histories = len({each.history for each, _, _ in cases})
    return Wrong(*key, len(cases), of, histories, (first.history, first.month), probability, numbers)
