"""The tables of scoring in Markdown, in the form of docs/benchmarks.md."""

import math
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from primacy.exercise import scoring
from primacy.exercise.losses import Courses, Noticing, noticing
from primacy.exercise.score_records import Record
from primacy.exercise.scoring import Calibration, Rate, Scored, Wrong
from primacy.framework.grammar import STATUSES
from primacy.framework.yaml_files import read_yaml

WORST = 20  # how many of what is confidently wrong are told
MOST_APART = 3  # months between findings from which it is told how soon a loss is noticed
FEWEST = 30  # cases below which a rate is measured against no target
MET, NOT_MET = "at least 0.90", "at least 0.75"
NOT_BELOW = "at least 1"
NONE = "-"


def told(records: Sequence[Record], courses: Courses) -> str:
    """Every table; findings whose truth does not arise (not asked for yet, nothing of it in the world) are left out.

    `courses`: for each history and benchmark whether it truly held, month by month, for the delay of what is noticed.
    """
    findings, parts = scoring.of_findings(records), scoring.of_parts(scoring.parts_of(records))
    sections = [
        _opening(records), _summary(findings, parts),
        "### Statuses against the truth", _statuses(records),
        "### Flags raised", _flags(records),
        "### Losses noticed", how_soon(records, courses),
        "### Calibration: what was said and how often it was so", _bins(findings.calibration, parts.calibration),
        "### By evaluator, over parts and vetoes", scored_table("evaluator", scoring.by_evaluator(records)),
        "### By scenario", scored_table("scenario", scoring.by_scenario(records)),
        "### By benchmark", scored_table("benchmark", scoring.by_benchmark(records)),
        "### Targets, one by one", one_by_one(scoring.by_scenario(records), scoring.by_benchmark(records)),
        "### Statuses by benchmark, truly so / not so", _statuses_by(records),
        "### Confidently wrong", wrong_table(scoring.wrong(records)),
    ]  # fmt: skip
    return "\n\n".join(sections)


def _opening(records: Sequence[Record]) -> str:
    histories, known = {each.history for each in records}, sum(each.truth is not None for each in records)
    return (
        f"{len(histories):,} histories, {len(records):,} findings, {known:,} of them on a benchmark of which it is"
        f" known whether it truly holds. Intervals hold {scoring.LEVEL:.0%} of {scoring.DRAWS:,} draws of whole"
        " histories; where every draw is alike (all right, all wrong) they are those of Wilson over histories. Naive:"
        " the observed numbers against their thresholds, and nothing else."
    )


# ---- the tables


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown; a bar in a cell would end it."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "/") for cell in line) + " |" for line in lines)


def _summary(findings: Scored, parts: Scored) -> str:
    rows = []
    for name, each in (("findings", findings), ("parts", parts)):
        rows += [
            _right(f"{name}: right when met is said", each.met, each.naive_met, MET),
            _right(f"{name}: right when not met is said", each.not_met, each.naive_not_met, NOT_MET),
            _found(f"{name}: of what truly holds, said to be met", each.true, each.met, each.naive_met),
            _found(
                f"{name}: of what truly does not, said not to be met", each.count - each.true, each.not_met,
                each.naive_not_met,
            ),
            [
                f"{name}: calibration error", f"{each.calibration.count:,}", number(each.calibration.error),
                interval(each.calibration.low, each.calibration.high), NONE, "",
            ],
            [f"{name}: nothing said", f"{each.count:,}", number(_share(each.silent, each.count)), NONE, NONE, ""],
        ]  # fmt: skip
    return table(["what", "cases", "ours", "interval", "naive", "target"], rows)


def _right(what: str, ours: Rate, naive: Rate, target: str) -> list[str]:
    beside = f"{number(naive.share)} of {naive.of:,}"
    return [what, f"{ours.of:,}", number(ours.share), interval(ours.low, ours.high), beside, target]


def _found(what: str, there: int, ours: Rate, naive: Rate) -> list[str]:
    """How much of what is so is said at all: being right is easy for whoever seldom says anything."""
    return [what, f"{there:,}", number(_share(ours.right, there)), NONE, number(_share(naive.right, there)), ""]


def _statuses(records: Sequence[Record]) -> str:
    rows = [
        [status, f"{held:,}", f"{not_held:,}", number(_share(held, held + not_held))]
        for status, (held, not_held) in scoring.statuses(records).items()
        if held + not_held
    ]
    return table(["status", "truly so", "not so", "share truly so"], rows)


def _flags(records: Sequence[Record]) -> str:
    raised = scoring.flags(records)
    rows = [[flag, f"{count:,}", number(_share(count, len(records)))] for flag, count in raised.items()]
    return table(["flag", "findings", "share"], rows)


def _statuses_by(records: Sequence[Record]) -> str:
    found = scoring.statuses_by(records)
    used = [s for s in STATUSES if any(sum(each[s]) for each in found.values())]
    rows = [
        [name, *(f"{each[s][0]:,} / {each[s][1]:,}" if sum(each[s]) else NONE for s in used)]
        for name, each in found.items()
    ]
    return table(["benchmark", *used], rows)


def how_soon(records: Sequence[Record], courses: Courses) -> str:
    """When losses were said to be lost; only a sentence where findings lie too far apart to tell."""
    months = sorted({each.month for each in records})
    apart = max((later - month for month, later in pairwise(months)), default=0)
    if apart > MOST_APART:
        return (
            f"These findings lie {apart} months apart: when a loss is noticed depends on the day that is looked at, and"
            " is measured month by month elsewhere."
        )
    return _noticing(noticing(records, courses))


def _noticing(found: Noticing) -> str:
    rows = [
        [f"lost, and said to be not met or reversed within {n} months", f"{each.of:,}", number(each.share),
         interval(each.low, each.high)]
        for n, each in found.within.items()
    ]  # fmt: skip
    rows += [
        [f"the same, or flagged at risk, within {n} months", f"{each.of:,}", number(each.share),
         interval(each.low, each.high)]
        for n, each in found.warned_within.items()
    ]  # fmt: skip
    median = "never" if found.median is None else f"{found.median:g}"
    false = NONE if found.false_a_year is None else f"{found.false_a_year:.3f}"
    rows += [
        ["months until half of them are said to be lost", f"{found.told:,}", median if found.told else NONE, NONE],
        ["false losses, for each year met and held", f"{found.held_years:,.0f} years", false, NONE],
    ]
    opening = (
        f"{found.losses:,} times a benchmark that had truly held for three months or more was lost;"
        f" {found.told:,} of them had been called met. Of these:"
    )
    return opening + "\n\n" + table(["what", "cases", "ours", "interval"], rows)


def _bins(findings: Calibration, parts: Calibration) -> str:
    rows = []
    of_parts = {each.low: each for each in parts.bins}
    of_findings = {each.low: each for each in findings.bins}
    for low in sorted({*of_parts, *of_findings}):
        row = [f"{low:.1f}-{low + 1 / scoring.BINS:.1f}"]
        for each in (of_findings.get(low), of_parts.get(low)):
            row += [NONE] * 3 if each is None else [f"{each.count:,}", number(each.said), number(each.so)]
        rows.append(row)
    head = ["P", "findings", "said on average", "truly so", "parts", "said on average", "truly so"]
    return table(head, rows)


def scored_table(what: str, scored: Sequence[Scored]) -> str:
    """One row for each benchmark, evaluator or scenario."""
    rows = [
        [
            each.name, f"{each.count:,}", number(_share(each.true, each.count)),
            number(_share(each.silent, each.count)), *_said(each.met), number(each.naive_met.share),
            *_said(each.not_met), number(each.naive_not_met.share), number(each.calibration.error),
            interval(each.calibration.low, each.calibration.high),
        ]
        for each in scored
    ]  # fmt: skip
    head = [
        what, "cases", "truly so", "nothing said", "met", "right", "interval", "naive right", "not met", "right",
        "interval", "naive right", "calibration error", "interval",
    ]  # fmt: skip
    return table(head, rows)


def one_by_one(scenarios: Sequence[Scored], benchmarks: Sequence[Scored]) -> str:
    """The same targets for each scenario and benchmark of which enough is said, so that what many get right does not
    hide what few get wrong. Ours falls below naive where the upper end of our interval does."""
    rows = []
    for kind, scored in (("scenario", scenarios), ("benchmark", benchmarks)):
        for each in scored:
            for word, ours, naive, target in (
                ("met", each.met, each.naive_met, MET), ("not met", each.not_met, each.naive_not_met, NOT_MET),
            ):  # fmt: skip
                if ours.of < FEWEST:
                    continue
                rows.append([f"each {kind}: right when {word} is said", each.name, f"{ours.of:,}",
                             number(ours.share), interval(ours.low, ours.high), target])  # fmt: skip
                if naive.of >= FEWEST and naive.share > 0:
                    rows.append([f"each {kind}: our upper end by naive when {word} is said", each.name, f"{ours.of:,}",
                                 number(ours.high / naive.share), NONE, NOT_BELOW])  # fmt: skip
    few = f"Of scenarios and benchmarks of which it is said at least {FEWEST} times."
    return f"{few}\n\n" + table(["what", "data", "cases", "ours", "interval", "target"], rows)


def _said(each: Rate) -> list[str]:
    return [f"{each.of:,}", number(each.share), interval(each.low, each.high)]


WHOLE = "the whole"


@cache
def reasons() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """By benchmark and part why it is wrong, where somebody looked: `of` (near, late, unseen, rule, chance) and
    `because`."""
    found: Mapping[str, Mapping[str, Mapping[str, str]]] = read_yaml(
        Path(__file__).with_name("wrong_because.yaml").read_bytes()
    )
    return found


def wrong_table(wrong: Sequence[Wrong], most: int = WORST) -> str:
    """What was said with P of at least 0.90 and is not so, or of at most 0.10 and is so; the most frequent first, with
    the reason as far as cases of it were looked into."""
    if not wrong:
        return "Nothing."
    rows = [
        [
            each.benchmark, _part(each), each.said, f"{each.count:,} of {each.of:,}", f"{each.histories:,}",
            f"{each.first[0]}, month {each.first[1]}", f"{each.probability:.3f}", _because(each),
        ]
        for each in wrong[:most]
    ]  # fmt: skip
    rest = f"\n\nAnd {len(wrong) - most:,} more." if len(wrong) > most else ""
    head = ["benchmark", "part", "said", "wrong", "histories", "first in", "P there", "why"]
    return table(head, rows) + rest


def _part(each: Wrong) -> str:
    return f"{each.evaluator} {each.indicator}" if each.indicator else WHOLE


def _because(each: Wrong) -> str:
    told = reasons().get(each.benchmark, {}).get(_part(each))
    return NONE if told is None else f"{told['of']}: {told['because']}"


# ---- figures


def number(value: float) -> str:
    return NONE if math.isnan(value) else f"{value:.3f}"


def interval(low: float, high: float) -> str:
    return NONE if math.isnan(low) else f"{low:.3f} to {high:.3f}"


def _share(part: int, whole: int) -> float:
    return part / whole if whole else math.nan
