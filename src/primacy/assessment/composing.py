"""A finding put together: sentence, numbers, flags, weakest link, what would change it, areas, history."""

import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from primacy.assessment import statuses as deciding
from primacy.assessment.belief import LIKELY, MET, REASONS, UNLIKELY, Belief
from primacy.assessment.finding import AreaFinding, Chart, Finding, Part, Phrase
from primacy.assessment.grid import REPORTED
from primacy.assessment.judging import Judging, Leaf, Prerequisite
from primacy.assessment.reading import Round
from primacy.assessment.rule_phrases import rule_phrase
from primacy.assessment.signs import Signs
from primacy.assessment.verbs import verbs
from primacy.assessment.verdict import Call, Verdict
from primacy.framework import Framework
from primacy.framework.grammar import FLAGS, Benchmark, FlagCondition

DUE_SOON = timedelta(days=90)
SHOWN_PARTS = 2


def compose(
    framework: Framework, benchmark: Benchmark, round_: Round, judging: Judging, belief: Belief, history: Sequence[str],
    reversal: Signs, around: deciding.Circumstances, after: Sequence[Prerequisite],
) -> Finding:  # fmt: skip
    """The finding of the assessment's day."""
    status = history[-1]
    leaves = (*judging.leaves, *reversal.leaves)
    setter = judging.leaves[int(belief.setter[-1])] if judging.leaves else None
    known = bool(belief.known[-1])
    probability = float(belief.probability[-1]) if known and status not in ("not applicable",) else None
    flags = _flags(framework, benchmark, round_, judging, belief, status, reversal)
    chosen = setter.verdict if setter is not None and known else None
    return Finding(
        benchmark=benchmark.id,
        status=status,
        reason=_reason(belief, around) if status == "insufficient evidence" else None,
        probability=probability,
        lower=_three(float(belief.lower[-1])) if probability is not None else None,
        flags=flags,
        sentence=_sentence(benchmark, round_, judging, belief, status, setter, flags, around, after),
        rule=rule_phrase(benchmark, benchmark.rule),
        numbers=rounded(dict(chosen.numbers)) if chosen is not None else {},
        parts=tuple(_part(leaf) for leaf in leaves),
        weakest=_weakest(judging, setter, known),
        would_change=_would_change(judging, setter, known, flags),
        flips_at=_flips_at(chosen) if status not in ("not applicable", "not yet applicable") else None,
        data_points=round_.selected.items.get(benchmark.id, 0),
        restricted=any(reading.restricted for reading in judging.readings.values()),
        areas=_areas(benchmark, round_, judging),
        history=_history(round_, belief, history),
        charts=_charts(judging),
        collect=tuple({"what": each.what, "kind": each.kind, "how": each.how} for each in benchmark.collect),
    )


# ---- numbers


def rounded(value: Any) -> Any:
    """Numbers with six significant digits, what is not a number as None: as a package writes them."""
    if isinstance(value, dict):
        return {key: rounded(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(each) for each in value]
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, float | np.floating):
        return None if not math.isfinite(value) else float(f"{float(value):.6g}")
    return int(value) if isinstance(value, np.integer) else value


def _three(p: float) -> float:
    return round(p, 3)


def _p(verdict: Verdict) -> float | None:
    low, high = float(verdict.low[-1]), float(verdict.high[-1])
    if high - low < 1e-9 or low >= MET:
        return _three(low)
    return _three(high) if high <= UNLIKELY else None


def _part(leaf: Leaf) -> Part:
    p = _p(leaf.verdict)
    return Part(
        role=leaf.role, indicator=leaf.indicator, evaluator=leaf.verb, probability=p, adequate=p is not None,
        reason=None if p is not None else leaf.verdict.reasons[-1] or "missing", capped=bool(leaf.verdict.capped[-1]),
        numbers=rounded(dict(leaf.verdict.numbers)), sentence=_rounded_phrase(leaf.verdict.sentence),
        label=leaf.verdict.sentence.values.get("label", ""),
    )  # fmt: skip


def _rounded_phrase(phrase: Phrase) -> Phrase:
    def each(value: Any) -> Any:
        if isinstance(value, Phrase):
            return _rounded_phrase(value)
        if isinstance(value, list | tuple):
            return [each(item) for item in value]
        return rounded(value)

    return Phrase(phrase.key, {key: each(value) for key, value in phrase.values.items()})


def _reason(belief: Belief, around: deciding.Circumstances) -> str:
    if around.blocked[-1]:
        return "missing"
    return belief.reason[-1] or "missing"


# ---- sentence


def _sentence(
    benchmark: Benchmark, round_: Round, judging: Judging, belief: Belief, status: str, setter: Leaf | None,
    flags: tuple[str, ...], around: deciding.Circumstances, after: Sequence[Prerequisite],
) -> tuple[Phrase, ...]:  # fmt: skip
    if status == "not applicable":
        return (_not_applicable(benchmark, round_),)
    if status == "not yet applicable":
        return (_not_yet(benchmark, round_, around, after),)
    if status == "insufficient evidence":
        return _insufficient(judging, belief, flags, around, after)
    assert setter is not None  # a decided rule has a leaf that decides it
    said = [_rounded_phrase(each) for each in (setter.verdict.sentence, *setter.verdict.beside)]
    if setter.role == "veto":
        said.insert(0, Phrase("finding.veto"))
    if status == "reversed":
        said.insert(0, Phrase("finding.reversed"))
    said += [] if status == "met" else _held_back(judging, belief, flags)
    if status == "met" and "at risk" in flags:
        said.append(Phrase("finding.at-risk"))
    return tuple(said)


def _held_back(judging: Judging, belief: Belief, flags: tuple[str, ...]) -> list[Phrase]:
    """What else stands in the way of "met": parts without evidence, and what caps the finding."""
    unknown = [leaf for leaf in judging.leaves if leaf.role == "part" and _p(leaf.verdict) is None]
    return _unknown_phrases(unknown, judging) + _caps(belief, flags)


def _caps(belief: Belief, flags: tuple[str, ...]) -> list[Phrase]:
    causes = [flag for flag in ("single source", "effort unknown", "unconfirmed veto") if flag in flags]
    if not causes:
        return []
    capped = bool(belief.capped[-1]) and float(np.nan_to_num(belief.probability[-1])) >= MET
    key = "finding.capped" if capped else "finding.would-be-capped"
    return [Phrase(key, {"causes": [Phrase(f"cap.{cause}") for cause in causes]})]


def _unknown_phrases(unknown: Sequence[Leaf], judging: Judging) -> list[Phrase]:
    """Parts without evidence, by reason, the gravest reason first."""
    said = []
    for reason in reversed(REASONS):
        labels = [_label(leaf, judging) for leaf in unknown if (leaf.verdict.reasons[-1] or "missing") == reason]
        if labels:
            said.append(Phrase(f"finding.{reason.replace(' ', '-')}", {"labels": list(dict.fromkeys(labels))}))
    return said


def _not_applicable(benchmark: Benchmark, round_: Round) -> Phrase:
    aside = next((each for each in round_.mission.set_aside if each.benchmark == benchmark.id), None)
    if aside is None:
        return Phrase("finding.outside-mandate")
    return Phrase("finding.set-aside", {"by": aside.by, "on": aside.on.isoformat(), "because": aside.because})


def _not_yet(
    benchmark: Benchmark, round_: Round, around: deciding.Circumstances, after: Sequence[Prerequisite]
) -> Phrase:
    horizon = round_.mission.horizon(benchmark.id, benchmark.horizon)
    if not around.begun[-1] and horizon is not None:
        return Phrase("finding.not-begun", {"day": horizon[0].isoformat()})
    names = [each.name for each in after if each.known[-1] and not each.met[-1]]
    return Phrase("finding.waits", {"names": [_after(name) for name in names]})


def _after(name: str) -> Phrase:
    return Phrase("after.benchmark" if "." in name else "after.event", {"name": name})


def _insufficient(
    judging: Judging, belief: Belief, flags: tuple[str, ...], around: deciding.Circumstances, after: Sequence[Prerequisite]
) -> tuple[Phrase, ...]:
    if around.blocked[-1]:
        names = [each.name for each in after if not each.known[-1] and not each.met[-1]]
        return (Phrase("finding.blocked", {"names": [_after(name) for name in names]}),)
    unknown = [leaf for leaf in judging.leaves if leaf.role == "part" and _p(leaf.verdict) is None]
    known = [leaf for leaf in judging.leaves if leaf.role == "part" and _p(leaf.verdict) is not None]
    said = _unknown_phrases(unknown, judging)
    for leaf in known[:SHOWN_PARTS]:
        said += [_rounded_phrase(each) for each in (leaf.verdict.sentence, *leaf.verdict.beside)]
    said += _caps(belief, flags) if known else []
    return tuple(said) or (Phrase("finding.missing", {"labels": []}),)


def _label(leaf: Leaf, judging: Judging) -> str:
    return f"{judging.benchmark.id}/{leaf.indicator}"


def _weakest(judging: Judging, setter: Leaf | None, known: bool) -> Phrase | None:
    if known:
        return None if setter is None else Phrase("weakest.part", {"sentence": _rounded_phrase(setter.verdict.sentence)})
    unknown = [leaf for leaf in judging.leaves if leaf.role == "part" and _p(leaf.verdict) is None]
    return Phrase("weakest.unknown", {"labels": [_label(leaf, judging) for leaf in unknown[:1]]}) if unknown else None


def _would_change(judging: Judging, setter: Leaf | None, known: bool, flags: tuple[str, ...]) -> tuple[Phrase, ...]:
    said = []
    if known and setter is not None and setter.verdict.change is not None:
        said.append(_rounded_phrase(setter.verdict.change))
    unknown = [leaf for leaf in judging.leaves if leaf.role == "part" and _p(leaf.verdict) is None]
    if unknown and not known:
        labels = list(dict.fromkeys(_label(leaf, judging) for leaf in unknown))
        said.append(Phrase("change.evidence", {"labels": labels}))
    vetoes = [leaf for leaf in judging.leaves if leaf.role == "veto" and _p(leaf.verdict) is None]
    said += [leaf.verdict.change for leaf in vetoes if leaf.verdict.change is not None]
    said += [Phrase(f"change.{flag.replace(' ', '-')}") for flag in ("single source", "effort unknown") if flag in flags]
    return tuple(_distinct(said))


def _distinct(phrases: Sequence[Phrase]) -> list[Phrase]:
    found: list[Phrase] = []
    for phrase in phrases:
        if phrase not in found:
            found.append(phrase)
    return found


# ---- sensitivity


def _bucket(p: float) -> int:
    return 3 if p >= MET else 2 if p >= LIKELY else 0 if p <= UNLIKELY else 1


def _flips_at(verdict: Verdict | None) -> float | None:
    """The threshold nearest to the one in force at which the part would be judged otherwise, else None."""
    if verdict is None or verdict.curve is None or verdict.threshold is None:
        return None
    threshold, here = verdict.threshold, _bucket(_three(verdict.curve(verdict.threshold)))
    step = max(abs(threshold), 1.0) / 100
    for distance in range(1, 200):
        for candidate in (threshold + distance * step, threshold - distance * step):
            if candidate > 0 and _bucket(_three(verdict.curve(candidate))) != here:
                return float(f"{candidate:.6g}")
    return None


# ---- flags


def _flags(
    framework: Framework, benchmark: Benchmark, round_: Round, judging: Judging, belief: Belief, status: str, reversal: Signs
) -> tuple[str, ...]:
    if status == "not applicable":
        return ()
    found = {flag for leaf in judging.leaves if leaf.role == "part" for flag in leaf.verdict.flags}
    if any(not framework.is_confirmed(each) for each in benchmark.thresholds.values()):
        found.add("threshold unconfirmed")
    if judging.unconfirmed_veto is not None and judging.unconfirmed_veto[-1]:
        found.add("unconfirmed veto")
    if reversal.unconfirmed:
        found.add("unconfirmed sign")
    p = float(np.nan_to_num(belief.probability[-1]))
    if status == "met" and (p < MET or reversal.unconfirmed):
        found.add("at risk")
    found |= _due(benchmark, round_, status)
    found |= {name for name, condition in benchmark.flags.items() if _raised(condition, round_, judging)}
    if any(reading.restricted for reading in judging.readings.values()):
        found.add("partly restricted")
    return tuple(flag for flag in FLAGS if flag in found)


def _due(benchmark: Benchmark, round_: Round, status: str) -> set[str]:
    horizon = round_.mission.horizon(benchmark.id, benchmark.horizon)
    if horizon is None or status in ("met", "not yet applicable"):
        return set()
    end, today = horizon[1], round_.grid.as_of
    if today > end:
        return {"overdue"}
    if today > end - DUE_SOON:
        return {"due"}
    return {"on track"} if status == "progressing" else set()


def _raised(condition: FlagCondition, round_: Round, judging: Judging) -> bool:
    if condition.rule is not None:
        inner = Judging(round_, judging.benchmark, judging.readings, judging.model, judging.prerequisites)
        return bool(np.nan_to_num(inner.judge(condition.rule).probability[-1]) >= MET)
    assert condition.any_silent is not None
    silent = condition.any_silent
    for reading in judging.readings.values():
        if reading.indicator.register_ == silent.register_ and reading.nature == "event":
            wanted = set(round_.expand(silent.register_))
            since = int(round_.grid.numbers[-1]) - silent.for_.days
            column = reading.rows[reading.indicator.by]
            heard = {str(n) for n, day in zip(column, reading.rows["date"], strict=True) if day > since}
            return len(column) > 0 and bool(wanted - heard)
    return False


# ---- areas, history, charts


def _areas(benchmark: Benchmark, round_: Round, judging: Judging) -> tuple[AreaFinding, ...]:
    """The main rule in each area, where it can be told by area."""
    found: list[tuple[tuple[str, ...], Verdict]] = []
    for rule in benchmark.rule.leaves():
        module = verbs().get(rule.head)
        if rule.each is None and module is not None and hasattr(module, "decide_areas") and round_.report_areas:
            call = Call(rule.head, rule.call, judging.readings[rule.call.indicator], judging.readings, judging.model)
            found = module.decide_areas(call)
            break
    if not found:
        parts = [(codes, verdict) for codes, verdict, leaf in judging.areas if judging.leaves[leaf].role == "part"]
        found = parts
    return tuple(
        _area(round_, code, codes, verdict) for codes, verdict in found for code in codes
    )


def _area(round_: Round, code: str, together: tuple[str, ...], verdict: Verdict) -> AreaFinding:
    p = _p(verdict)
    words = ("not met", "no clear change", "progressing", "met")
    numbers = rounded(dict(verdict.numbers))
    if len(together) > 1:
        numbers["together"] = list(together)
    return AreaFinding(
        code, round_.areas.name(code), "insufficient evidence" if p is None else words[_bucket(p)], p, numbers
    )


def _history(round_: Round, belief: Belief, history: Sequence[str]) -> tuple[tuple[str, float | None, str], ...]:
    days: Sequence[date] = round_.grid.days[-REPORTED:]
    values = belief.probability[-REPORTED:]
    return tuple(
        (day.isoformat(), None if math.isnan(p) else float(p), status)
        for day, p, status in zip(days, values, history, strict=True)
    )


def _charts(judging: Judging) -> tuple[Chart, ...]:
    charts = [leaf.verdict.chart for leaf in judging.leaves if leaf.role == "part" and leaf.verdict.chart is not None]
    return tuple(_rounded_chart(chart) for chart in charts)


def _rounded_chart(chart: Chart) -> Chart:
    fields = {name: getattr(chart, name) for name in chart.__dataclass_fields__}
    floats = {name: rounded(value) for name, value in fields.items() if name not in ("indicator", "unit", "months")}
    tuples = {name: tuple(v) if isinstance(v, list) else v for name, v in floats.items()}
    return Chart(indicator=chart.indicator, unit=chart.unit, months=chart.months, **tuples)
