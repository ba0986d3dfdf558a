"""Two real files side by side: the one that the method was made with, and one that nobody tuned for.

    python bench/real.py

Monthly series of first-level areas and countries in the UCDP GED files of the shared data, by kind of violence: the
Central African Republic, on which the method was tried while it was made, and Bangladesh and Myanmar, which were not
looked at. False findings are those in worlds fitted to six years of each series in which nothing changes. What was said
of a fall by a fifth (a year against the year before, every half year) is laid beside what can be known: whether the
year after still had a fifth fewer events. That is another question, so the two need not be equal; but the more was
said, the oftener it must hold. Alarms are those of the whole series with a budget of 0.2 a year; the peer calls a month
that is more than two standard deviations above the three years before. Falls that each rule finds, forwards and read
backwards, and how many of them hold stand in the table "trend".
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from trends import worlds
from trends.peers import PEERS, YEAR
from trends.persistence import FEWEST_BEFORE, STEP, Held, held
from trends.real_series import RealSeries, real_series

from primacy.assessment.trends.calibration import calibrate
from primacy.assessment.trends.cusum import alarms, onsets
from primacy.assessment.trends.simulation import Floats
from primacy.assessment.trends.trend import TrendModel, Windows, posterior
from primacy.assessment.trends.trend_features import Bools

WORLDS = 60
AT_THE_END = Windows(np.array([worlds.FITTED_MONTHS]), YEAR)
SAID = ((0.0, 0.1), (0.1, 0.5), (0.5, 0.75), (0.75, 0.9), (0.9, 1.0))
OURS, DEVIATIONS = "ours", "two standard deviations"
TRIPLE, BUDGET = 3 * YEAR, 0.2
Row = Sequence[str]


def table() -> str:
    """Four tables and what they show; takes about a minute."""
    series = real_series()
    if not series:
        return "The shared data are not here: no real series."
    model = calibrate()
    files = {name: [each for each in series if each.file == name] for name in dict.fromkeys(s.file for s in series)}
    false = {name: _false_findings(model, own) for name, own in files.items()}
    lasting = {name: held(model, [each.counts for each in own]) for name, own in files.items()}
    heard = _alarms_heard(files)
    return "\n\n".join(
        [
            _false_table(false),
            _said_table({name: _said(model, own) for name, own in files.items()}),
            _alarm_table(heard),
            _shown(false, lasting, heard),
        ]
    )


def _written(title: str, head: Row, rows: Sequence[Row]) -> str:
    return f"### {title}\n\n" + "\n".join(
        "| " + " | ".join(line) + " |" for line in [head, ("---",) * len(head), *rows]
    )


# False findings


def _false_findings(model: TrendModel, series: Sequence[RealSeries]) -> dict[str, float]:
    """By rule, the share of worlds without change in which it finds a fall."""
    random = np.random.default_rng(301)
    fitted = np.concatenate([each for one in series for each in worlds.null_worlds(random, one.counts, WORLDS)])
    ours = posterior(model, fitted, AT_THE_END).at_most(0.8)[:, 0] > 0.9
    return {OURS: float(ours.mean()), **{name: float(peer(fitted).mean()) for name, peer in PEERS.items()}}


def _false_table(false: dict[str, dict[str, float]]) -> str:
    rules = [OURS, *PEERS]
    rows = [
        ("false: a fall found where nothing changed", name, *(f"{each[rule]:.3f}" for rule in rules), "at most 0.05")
        for name, each in false.items()
    ]
    title = "Worlds without change, fitted to the series of each file"
    return _written(title, ("what", "data", *rules, "target"), rows)


# What was said, and what still held


def _said(model: TrendModel, series: Sequence[RealSeries]) -> tuple[Floats, Bools]:
    """P(fell by a fifth) at each window that is asked, and whether the year after still had a fifth fewer events."""
    said, holds = [], []
    for each in series:
        counts = each.counts
        ends = np.arange(3 * YEAR, counts.shape[0] - YEAR + 1, STEP)
        before = np.array([counts[end - 2 * YEAR : end - YEAR].sum() for end in ends])
        later = np.array([counts[end : end + YEAR].sum() for end in ends])
        asked = before >= FEWEST_BEFORE
        said.append(posterior(model, counts[None, :], Windows(ends, YEAR)).at_most(0.8)[0][asked])
        holds.append((later <= 0.8 * before)[asked])
    return np.concatenate(said), np.concatenate(holds)


def _said_table(judged: dict[str, tuple[Floats, Bools]]) -> str:
    rows = []
    for low, high in SAID:
        row = [f"{low:g} to {high:g}"]
        for said, holds in judged.values():
            inside = (said >= low) & ((said < high) | (high == 1.0))
            row.append(f"{holds[inside].mean():.2f} of {inside.sum():,}" if inside.any() else "never said")
        rows.append(row)
    return _written(
        "What was said of a fall, and how often the year after was still a fifth lower", ("said", *judged), rows
    )


# Alarms


@dataclass(frozen=True)
class Heard:
    """Alarms of one rule: how many, how many a year and series, and the share after which it became worse."""

    alarms: int
    a_year: float
    right: float


def _heard(counts: Floats, begun: Bools) -> Heard:
    """Counts and beginnings of alarms (s, m): became worse is half as much again as in the three years before."""
    called = begun[:, TRIPLE:-YEAR]
    series, month = np.nonzero(called)
    ends = month + TRIPLE + 1
    after = np.array([counts[s, e : e + YEAR].sum() for s, e in zip(series, ends, strict=True)])
    usual = np.array([counts[s, e - TRIPLE - 1 : e - 1].sum() / 3 for s, e in zip(series, ends, strict=True)])
    return Heard(int(called.sum()), called.sum() * YEAR / called.size, float((after >= 1.5 * usual).mean()))


def _alarms_heard(files: dict[str, list[RealSeries]]) -> dict[tuple[str, str], Heard]:
    found = {}
    for name, own in files.items():
        counts = np.stack([each.counts for each in own])
        found[name, OURS] = _heard(counts, onsets(alarms(counts, BUDGET)))
        found[name, DEVIATIONS] = _heard(counts, _two_deviations(counts))
    return found


def _alarm_table(heard: dict[tuple[str, str], Heard]) -> str:
    rows = [(*key, f"{each.a_year:.2f}", f"{each.alarms:,}", f"{each.right:.2f}") for key, each in heard.items()]
    head = ("series", "rule", "alarms a year", "alarms", "the year after at least half as much again as usual")
    return _written("Alarms, a year and series, and what came after them", head, rows)


def _two_deviations(counts: Floats) -> Bools:
    """Months that stand out of the three years before, of which the month before did not."""
    raised = np.zeros(counts.shape, dtype=np.bool_)
    for month in range(TRIPLE, counts.shape[1]):
        before = counts[:, month - TRIPLE : month]
        raised[:, month] = counts[:, month] > before.mean(axis=1) + 2.0 * before.std(axis=1)
    return onsets(raised)


# What it shows


def _shown(
    false: dict[str, dict[str, float]], lasting: dict[str, dict[str, Held]], heard: dict[tuple[str, str], Heard]
) -> str:
    """In words: how the file that nobody tuned for compares with the other, and which peers do better where."""
    (known, tuned), (fresh, other) = false.items()
    told = [
        f"On {fresh} a fall is found in {other[OURS]:.1%} of worlds without change, on {known} in {tuned[OURS]:.1%}.",
        "Peers find one there in " + ", ".join(f"{other[name]:.0%} ({name})" for name in PEERS) + ".",
    ]
    for name, found in lasting.items():
        ours, *rest = found.items()
        told.append(f"Of the falls found on {name}, {ours[1].share} still hold a year later.")
        better = [
            f"{rule} ({each.share})" for rule, each in rest if each.held * ours[1].found > ours[1].held * each.found
        ]
        more = [f"{rule} {each.found}" for rule, each in rest if each.found > ours[1].found]
        told.append(f"More do of those of these peers: {', '.join(better)}." if better else "No peer here does better.")
        if more:
            told.append(f"Peers find more falls there: {', '.join(more)}.")
        mine, theirs = heard[name, OURS], heard[name, DEVIATIONS]
        verdict = "better" if mine.right > theirs.right else "worse"
        told.append(
            f"Alarms there are followed by a worse year in {mine.right:.2f} of cases, those of the peer in "
            f"{theirs.right:.2f}: ours do {verdict}, and come {theirs.a_year / mine.a_year:.0f} times more seldom."
        )
    return " ".join(told)


if __name__ == "__main__":
    print(table())
