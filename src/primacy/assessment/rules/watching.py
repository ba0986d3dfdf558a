"""Risks and trade-offs: which warning signs show on the assessment's day, and which choices are due."""

from collections.abc import Mapping
from datetime import date

from primacy.assessment.finding import Finding, Phrase, SignalFinding, Watch
from primacy.assessment.indicators.reading import Reading
from primacy.assessment.rules.belief import LIKELY, UNLIKELY, Belief
from primacy.assessment.rules.judging import Judging, prerequisite
from primacy.assessment.rules.round import Round
from primacy.assessment.rules.signs import report_on
from primacy.assessment.told.wording import rounded_phrase
from primacy.assessment.trends.trend import TrendModel
from primacy.framework.entries import Near, Signal, Standing, Watched

ORDER = ("seen", "possible", "not seen", "unknown")
REPORTED = {"confirmed": "seen", "two": "seen", "one": "possible", "none": "unknown"}


def watch(
    entry: Watched, round_: Round, model: TrendModel, readings: Mapping[str, Reading], findings: Mapping[str, Finding]
) -> Watch:
    """Each signal of a risk or trade-off, and the state that the strongest of them gives it."""
    if not any(_applies(findings.get(id)) for id in entry.benchmarks):
        return Watch(entry.id, "not applicable", ())
    signals = tuple(_signal(entry, each, round_, model, readings, findings) for each in entry.signals)
    return Watch(entry.id, min((each.state for each in signals), key=ORDER.index), signals)


def _applies(finding: Finding | None) -> bool:
    return finding is not None and finding.status != "not applicable"


def _signal(
    entry: Watched, signal: Signal, round_: Round, model: TrendModel, readings: Mapping[str, Reading],
    findings: Mapping[str, Finding],
) -> SignalFinding:  # fmt: skip
    if signal.finding is not None:
        return _standing(signal.id, signal.finding, findings)
    if signal.near is not None:
        return _near(signal.id, signal.near, round_)
    if signal.report is not None:
        report = report_on(signal.report, round_)
        return SignalFinding(signal.id, REPORTED[report], None, Phrase(f"signal.report.{report}"))
    assert signal.rule is not None
    names = dict.fromkeys(name for node in signal.rule.nodes() for name in node.after)
    judging = Judging(round_, entry, readings, model, {name: prerequisite(name, round_) for name in names})
    return _judged(signal.id, judging.judge(signal.rule), judging)


def _judged(id: str, belief: Belief, judging: Judging) -> SignalFinding:
    """By the cut-offs of findings: likely is enough for a warning, which costs less than a miss."""
    leaf = judging.leaves[int(belief.setter[-1])]
    sentence = rounded_phrase(leaf.verdict.sentence)
    if belief.absent[-1]:
        return SignalFinding(id, "not seen", None, Phrase("signal.not-yet"))
    if not belief.known[-1]:
        return SignalFinding(id, "unknown", None, sentence, reason=belief.reason[-1] or "missing")
    p = float(belief.probability[-1])
    state = "seen" if p >= LIKELY else "not seen" if p <= UNLIKELY else "possible"
    return SignalFinding(id, state, p, sentence)


def _standing(id: str, asked: Standing, findings: Mapping[str, Finding]) -> SignalFinding:
    finding = findings[asked.benchmark]
    values = {"benchmark": asked.benchmark, "status": finding.status}
    flags = [flag for flag in asked.flags if flag in finding.flags]
    if flags:
        return SignalFinding(id, "seen", None, Phrase("signal.flag", {"benchmark": asked.benchmark, "flag": flags[0]}))
    if finding.status in asked.status:
        state = "seen"
    else:
        state = "unknown" if finding.status == "insufficient evidence" else "not seen"
    return SignalFinding(id, state, None, Phrase("signal.finding", values))


def _near(id: str, near: Near, round_: Round) -> SignalFinding:
    day = _day(near.event, round_)
    if day is None:
        return SignalFinding(id, "unknown", None, Phrase("signal.near.unset", {"event": near.event}))
    left = (day - round_.grid.as_of).days
    values = {"event": near.event, "day": day.isoformat(), "days": left}
    if left < 0:
        return SignalFinding(id, "not seen", None, Phrase("signal.near.past", values))
    return SignalFinding(id, "seen" if left <= near.within.days else "not seen", None, Phrase("signal.near", values))


def _day(name: str, round_: Round) -> date | None:
    mandate = round_.mission.mandate
    dates = {"renewal": mandate.renewal, "end_of_transition": mandate.end_of_transition}
    return dates.get(name) or round_.mission.events.get(name)
