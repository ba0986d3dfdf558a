"""Forecasts of fighting: each month those of the next ones, from what their authors found of the months that are over.

They go on with what was, and so err where something breaks: no forecaster knows a scenario.
"""

import numpy as np

from primacy.evidence.store.numbered_days import day_number
from primacy.exercise.luck import luck
from primacy.exercise.observation.sheets import WORDS
from primacy.exercise.observation.tolls import FIGHTING, Tolls, find
from primacy.exercise.observation.watching import Watch
from primacy.exercise.truth import Floats

FORECASTERS = "forecasters"
AHEAD = 3  # months
LATELY, YEAR = 3, 12  # months whose means are weighed alike
LEAST = 0.2  # dead a month that are thought possible in any calm
OFF = 0.25  # error of the logarithm of a forecast one month ahead; it grows with the root of how far it looks
WIDE = (0.25, 2.6)  # bounds, as shares of the mean: most of the draws lie between
SPREAD = 0.6  # standard deviation of the draws, as a share of the mean
DRAWS = 1000
LATEST = 20  # days after the month before, by which it is written down


def foretell(tolls: Tolls, watch: Watch) -> None:
    history, producer, sheet = watch.history, watch.told[FORECASTERS], watch.sheets[FORECASTERS]
    found = find(FORECASTERS, tolls, watch)
    dead: Floats = sum((each.deaths for sides, each in found.items() if sides.category == FIGHTING),
                       np.zeros(history.months))  # fmt: skip
    told = {"kind": "forecast", "category": FIGHTING, "source": producer.name, "confidentiality": "1"}
    words = sheet.say(tuple(told.get(each, "") for each in WORDS))
    for month in range(YEAR - 1, history.months):
        chance = luck(history.seed, "forecast", month)
        made = int(watch.last_days[month]) + 1 + min(LATEST, int(chance.exponential(producer.delay)))
        likely = max(LEAST, _likely(dead[: month + 1]))
        for ahead in range(1, AHEAD + 1):
            mean = float(np.round(likely * np.exp(OFF * ahead**0.5 * chance.standard_normal()), 1))
            _write(watch, words, month, ahead, made, max(LEAST, mean))


def _likely(dead: Floats) -> float:
    return float(dead[-LATELY:].mean() + dead[-YEAR:].mean()) / 2.0


def _write(watch: Watch, words: int, month: int, ahead: int, made: int, mean: float) -> None:
    """`ahead`: months after the one in which it is written, which has begun when the one before is known."""
    history, sheet, about = watch.history, watch.sheets[FORECASTERS], month + 1 + ahead
    sheet.add(words, f"ahead-{ahead}", day_number(history.first_day(about)), made, {"deaths": mean})
    sheet.add_until(day_number(history.last_day(about)), 1)
    seldom = {
        "wave": f"{history.first_day(month + 1):%Y-%m}", "se": f"{SPREAD * mean:.2f}", "n": str(DRAWS),
        "low": f"{WIDE[0] * mean:.1f}", "high": f"{WIDE[1] * mean:.1f}",
    }  # fmt: skip
    for name, text in seldom.items():
        sheet.add_seldom(name, text, [-1])
