"""The front page as plain data: where each benchmark stands, what changed, what is at risk, what to decide next.

Everything that the page counts is counted here from the marks that it draws, so the two cannot differ.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from primacy.assessment.finding import Finding, Phrase, SignalFinding, Watch
from primacy.assessment.rules.expected_wrong import Wrong, expected_wrong
from primacy.assessment.views import VIEW_DUE
from primacy.framework import Framework, Mission
from primacy.framework.entries import Benchmark, Output
from primacy.framework.grammar import STATUSES

HORIZONS = ("short", "medium", "long")
RISKS = ("at risk", "unconfirmed sign", "unconfirmed veto", "overdue", "silent counterpart", "trust diverges")
JUDGED_RISKS = ("unconfirmed veto", "overdue")  # they say something only where the evidence let the rule judge
OWN_DECISIONS = ("reversed", "unconfirmed sign", "overdue", "due")
UNMET = ("progressing", "no clear change", "not met")
NOT_COUNTED = ("not applicable", "not yet applicable")
AT_MOST = 5


class Change(Protocol):
    """One benchmark whose status differs from the assessment before."""

    @property
    def benchmark(self) -> str: ...
    @property
    def before(self) -> str | None: ...
    @property
    def after(self) -> str: ...
    @property
    def cause(self) -> str: ...
    @property
    def sentence(self) -> Phrase: ...


@dataclass(frozen=True)
class Mark:
    benchmark: Benchmark
    status: str
    changed: bool
    differs: bool  # the leadership sees it otherwise


@dataclass(frozen=True)
class Term:
    """One cell of the matrix: core benchmarks are named, the others are marks alone."""

    horizon: str
    named: tuple[Mark, ...]
    others: tuple[Mark, ...]


@dataclass(frozen=True)
class Row:
    output: Output
    terms: tuple[Term, ...]

    @property
    def bare(self) -> bool:
        """Whether it holds no mark, as where the page is narrowed."""
        return not any(term.named or term.others for term in self.terms)


@dataclass(frozen=True)
class Headline:
    """What the first sentence says. Without an assessment of an earlier day, `since` is None and the counts speak."""

    since: str | None
    fell: tuple[str, ...]  # benchmarks, core ones first
    achieved: tuple[str, ...]
    moved: int


@dataclass(frozen=True)
class Risk:
    finding: Finding
    flags: tuple[str, ...]


@dataclass(frozen=True)
class Warned:
    """A risk of the framework and the signs of it that show."""

    risk: str
    state: str
    signs: tuple[SignalFinding, ...]


@dataclass(frozen=True)
class Decision:
    """`reason` is a status or flag of one finding, `alarm` where of signs only alarms of series were heard, `trade-off`
    with its `watch`, or `own views` (with the `benchmarks` on which the reader's own is due), `views`, `thresholds` or
    `collect` of `count` findings."""

    reason: str
    finding: Finding | None = None
    count: int = 0
    watch: Watch | None = None
    benchmarks: tuple[str, ...] = ()

    @property
    def single(self) -> bool:
        return self.finding is not None or self.watch is not None


@dataclass(frozen=True)
class Overview:
    rows: tuple[Row, ...]
    counts: Mapping[str, int]
    applicable: int  # those shown whose rule can be asked now: counts are told as parts of these
    unconfirmed: int
    headline: Headline
    changes: tuple[Change, ...]
    warned: tuple[Warned, ...]
    risks: tuple[Risk, ...]
    decisions: tuple[Decision, ...]
    wrong: Mapping[str, Wrong]
    owed: tuple[str, ...] = ()  # benchmarks on which the reader's own view is due
    restricted: bool = False  # whether some of it rests on evidence that not everybody may see; never how much

    @property
    def marks(self) -> tuple[Mark, ...]:
        return tuple(m for row in self.rows for term in row.terms for m in (*term.named, *term.others))


def overview(
    findings: Sequence[Finding], changes: Sequence[Change], framework: Framework, mission: Mission, *,
    since: str | None = None, watches: Sequence[Watch] = (),
) -> Overview:  # fmt: skip
    """`since` is the ISO day of the assessment that `changes` compares with, None for the first one. Of `changes` those
    of status count."""
    known = {each.benchmark: each for each in findings if each.benchmark in framework.benchmarks}
    core = set(mission.core)
    changes = [each for each in changes if each.before != each.after]
    changed = {each.benchmark for each in changes}
    ranked = sorted(changes, key=lambda each: (_weight(each), each.benchmark not in core))
    rows = tuple(_row(output, framework, known, changed, core) for output in framework.outputs)
    marks = [m for row in rows for term in row.terms for m in (*term.named, *term.others)]
    counts = Counter(mark.status for mark in marks)
    ordered = sorted(known.values(), key=lambda each: each.benchmark not in core)
    return Overview(
        rows=rows,
        counts={status: counts[status] for status in (*STATUSES, *((VIEW_DUE,) if counts[VIEW_DUE] else ()))},
        applicable=sum(mark.status not in (*NOT_COUNTED, VIEW_DUE) for mark in marks),
        unconfirmed=_unconfirmed(ordered),
        headline=_headline(ranked, since),
        changes=tuple(ranked),
        warned=warned(watches, framework),
        risks=_risks(ordered),
        decisions=_decisions(ordered, [each for each in watches if each.entry in framework.trade_offs]),
        wrong=expected_wrong(known.values()),
        owed=_owed(ordered),
        restricted=any(each.restricted for each in known.values()),
    )


def _row(output: Output, framework: Framework, known: Mapping[str, Finding], changed: set[str], core: set[str]) -> Row:
    terms = []
    for horizon in HORIZONS:
        marks = [
            Mark(each, known[each.id].status, each.id in changed, "leadership differs" in known[each.id].flags)
            for each in framework.of_output(output.id, horizon)
            if each.id in known
        ]
        # Where the mission named no core benchmarks, the first of each cell stands for it.
        named = [m for m in marks if m.benchmark.id in core] if core else marks[:1]
        terms.append(Term(horizon, tuple(named), tuple(m for m in marks if m not in named)))
    return Row(output, tuple(terms))


def _headline(changes: Sequence[Change], since: str | None) -> Headline:
    fell = tuple(each.benchmark for each in changes if _fell(each))
    achieved = tuple(each.benchmark for each in changes if each.after == "met" and each.before != "met")
    return Headline(since, fell, achieved, len(changes) - len(fell) - len(achieved))


def _fell(change: Change) -> bool:
    """Lost, as far as anybody can tell: what can no longer be judged has not fallen."""
    return change.after == "reversed" or (change.before == "met" and change.after in UNMET)


def _weight(change: Change) -> int:
    """What was lost first, then what fell back, then what was achieved, then the rest."""
    return 0 if change.after == "reversed" else 1 if _fell(change) else 2 if change.after == "met" else 3


def warned(watches: Sequence[Watch], framework: Framework) -> tuple[Warned, ...]:
    """Risks of which a sign shows or may show, those with the most signs first."""
    found = [
        Warned(each.entry, each.state, tuple(s for s in each.signals if s.state == each.state))
        for each in watches
        if each.entry in framework.risks and each.state in ("seen", "possible")
    ]
    return tuple(sorted(found, key=lambda each: (each.state != "seen", -len(each.signs))))


def _risks(findings: Sequence[Finding]) -> tuple[Risk, ...]:
    risks = [
        Risk(each, tuple(flag for flag in RISKS if flag in each.flags and _speaks(flag, each))) for each in findings
    ]
    return tuple(sorted((risk for risk in risks if risk.flags), key=lambda risk: RISKS.index(risk.flags[0])))


def _speaks(flag: str, finding: Finding) -> bool:
    return flag not in JUDGED_RISKS or finding.status in UNMET


def _asks(reason: str, finding: Finding) -> bool:
    """Whether a finding asks for a decision for this reason; dates ask nothing of what cannot be judged."""
    if finding.status == reason:
        return True
    return reason in finding.flags and (finding.status in UNMET or reason == "unconfirmed sign")


def _told(reason: str, finding: Finding) -> str:
    """An alarm of a series is nothing that a person could confirm: somebody must look first and report."""
    kinds = {part.evaluator for part in finding.parts if part.role == "sign"}
    return "alarm" if reason == "unconfirmed sign" and kinds == {"alarm"} else reason


def _decisions(findings: Sequence[Finding], choices: Sequence[Watch]) -> tuple[Decision, ...]:
    """Findings that ask for a decision, gravest first; trade-offs that are due; then views of the leadership that are
    due, thresholds to confirm and evidence to collect."""
    first: dict[str, Decision] = {}
    for reason in OWN_DECISIONS:
        for each in findings:
            if _asks(reason, each):
                first.setdefault(each.benchmark, Decision(_told(reason, each), each))
    thresholds = _unconfirmed(findings)
    missing = sum(each.status == "insufficient evidence" for each in findings)
    general = _views(findings)
    general += [Decision("thresholds", count=thresholds)] if thresholds else []
    general += [Decision("collect", count=missing)] if missing else []
    due = [Decision("trade-off", watch=each) for each in choices if each.state == "seen"]
    grave = [each for each in first.values() if each.reason in ("reversed", "unconfirmed sign", "alarm")]
    return (*grave, *due, *(each for each in first.values() if each not in grave), *general)


def _owed(findings: Iterable[Finding]) -> tuple[str, ...]:
    """On which the reader's own view is due: what only waits for such a view is not flagged."""
    return tuple(each.benchmark for each in findings if each.status == VIEW_DUE and VIEW_DUE in each.flags)


def _views(findings: Sequence[Finding]) -> list[Decision]:
    """Those of the reader; else those that the leadership has not given yet."""
    if own := _owed(findings):
        return [Decision("own views", count=len(own), benchmarks=own)]
    due = sum(VIEW_DUE in each.flags for each in findings)
    return [Decision("views", count=due)] if due else []


def _unconfirmed(findings: Sequence[Finding]) -> int:
    """Findings that count and rest on a number that nobody confirmed."""
    return sum("threshold unconfirmed" in each.flags and each.status not in NOT_COUNTED for each in findings)
