"""Several reports on one claim: how often what is said is so, beside rules that count echoes as evidence.

    python bench/fusion.py

Claims and reports are those of `primacy.assessment.indicators.report_simulation`: the rate of echoes is hidden and
differs from world to world. All rules learn how often each grade is right from the same 500 settled claims of their
world. Naive Bayes and Dempster-Shafer take every report for itself.
"""

import math
import time
from collections.abc import Callable, Sequence

import numpy as np

from primacy.assessment.indicators.fusion import Learnt, Report, fuse, learn
from primacy.assessment.indicators.report_simulation import Claim, draw_claims, draw_world

ECHO_RATES = (0.4, 0.55, 0.7)
MISSING = (0.0, 0.3, 1.0)
WORLDS, SETTLED, CLAIMS = 10, 500, 1000
SURE = 0.95
Rule = Callable[[Sequence[Report], Learnt], float]
Judged = tuple[np.ndarray, np.ndarray]


def each_for_itself(settled: Sequence[Claim]) -> Learnt:
    """How often the reports of each grade were right, echoes and all."""
    alone = [([Report(each.says, each.grade, str(n), str(n)) for n, each in enumerate(told)], truth)
             for told, truth in settled]  # fmt: skip
    return learn(alone)


def naive_bayes(reports: Sequence[Report], learnt: Learnt) -> float:
    """Every report is independent evidence."""
    odds = math.log(learnt.prior / (1.0 - learnt.prior))
    for each in reports:
        accuracy = learnt.accuracy(each.grade)
        odds += math.log(accuracy / (1.0 - accuracy)) * (1 if each.says else -1)
    return 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, odds))))


def dempster_shafer(reports: Sequence[Report], learnt: Learnt) -> float:
    """Dempster's rule over simple support functions (Shafer 1976), read as a probability by halving what is open."""
    true = false = 0.0
    for each in reports:
        support = max(0.0, 2.0 * learnt.accuracy(each.grade) - 1.0)
        yes, no = (support, 0.0) if each.says else (0.0, support)
        agreed = 1.0 - true * no - false * yes
        true = (true * (1.0 - no) + (1.0 - true - false) * yes) / agreed
        false = (false * (1.0 - yes) + (1.0 - true - false) * no) / agreed if agreed else 0.5
    return true + (1.0 - true - false) / 2.0


def calibration_error(said: np.ndarray, true: np.ndarray) -> float:
    """Mean distance between what was said and how often it was so, over tenths (expected calibration error)."""
    tenths = np.minimum((said * 10).astype(int), 9)
    return sum(abs(float(said[tenths == t].sum() - true[tenths == t].sum())) for t in range(10)) / said.size


def right_when_sure(said: np.ndarray, true: np.ndarray) -> tuple[float, float]:
    """(share right, share of claims) where more than 95 % is claimed, of the claim or of its contrary."""
    sure = np.maximum(said, 1.0 - said) > SURE
    return float((true == (said > 0.5))[sure].mean()), float(sure.mean())


def judged(rate: float, missing: float, seed: int = 1) -> dict[str, Judged]:
    """What each rule says of all claims of several worlds, and what was so."""
    random = np.random.default_rng([seed, int(100 * rate), int(100 * missing)])
    said: dict[str, list[float]] = {"ours": [], "naive Bayes": [], "Dempster-Shafer": []}
    true: list[bool] = []
    for _ in range(WORLDS):
        world = draw_world(random, rate)
        settled, fresh = (draw_claims(random, world, n, missing=missing) for n in (SETTLED, CLAIMS))
        by_origin, by_report = learn(settled), each_for_itself(settled)
        for reports, truth in fresh:
            said["ours"].append(fuse(reports, by_origin))
            said["naive Bayes"].append(naive_bayes(reports, by_report))
            said["Dempster-Shafer"].append(dempster_shafer(reports, by_report))
            true.append(truth)
    return {name: (np.array(each), np.array(true)) for name, each in said.items()}


def table() -> str:
    """One row for each figure, rate of echoes and share of reports without provenance."""
    head = ("what", "data", "naive Bayes", "Dempster-Shafer", "ours", "target")
    rows = [head, ("---",) * len(head)]
    named = (*head[2:4], "ours")
    for missing in MISSING:
        for rate in ECHO_RATES:
            found = judged(rate, missing)
            data = f"{100 * rate:.0f} % echoes, origin of {100 * missing:.0f} % unknown, {WORLDS * CLAIMS:,} claims"
            errors = [f"{calibration_error(*found[name]):.3f}" for name in named]
            rights = ["{:.3f} ({:.0%} of claims)".format(*right_when_sure(*found[name])) for name in named]
            rows.append(("calibration error", data, *errors, "" if missing else "at most 0.02"))
            rows.append(("right above 95 %", data, *rights, "" if missing else "at least 0.97"))
    rows.append(("microseconds a claim", "4 reports", *_speed(), ""))
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _speed() -> list[str]:
    random = np.random.default_rng(3)
    claims = draw_claims(random, draw_world(random, 0.5), 2000)
    rules: tuple[Rule, ...] = (naive_bayes, dempster_shafer, fuse)
    taken = []
    for rule in rules:
        start = time.perf_counter()
        for reports, _ in claims:
            rule(reports, Learnt())
        taken.append(f"{(time.perf_counter() - start) / len(claims) * 1e6:.0f}")
    return taken


if __name__ == "__main__":
    print(table())
