"""What a finding says: its sentence, its weakest link, what would change it."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from primacy.assessment.finding import Phrase
from primacy.assessment.rules import statuses as deciding
from primacy.assessment.rules.belief import LIKELY, MET, REASONS, UNLIKELY, Belief
from primacy.assessment.rules.earlier import Decisive
from primacy.assessment.rules.flagging import CAPS
from primacy.assessment.rules.judging import Judging, Leaf, Prerequisite
from primacy.assessment.rules.lasting import held_so_long, lasting
from primacy.assessment.rules.round import Round
from primacy.assessment.rules.signs import Signs
from primacy.assessment.rules.verdict import Verdict
from primacy.assessment.rules.walked import Walked
from primacy.assessment.told.rule_phrases import after_phrase, rule_phrase
from primacy.framework.entries import Benchmark

SHOWN_PARTS = 2
TRENDS = ("falls", "rises")
MOST_IN_THE_WAY = 3  # conditions of which it is said what would be enough
HOLDS = 0.5  # from here on a veto stands in the way, at least as unconfirmed
SAYS_WHY = {
    "trend.unknown.baseline", "trend.unknown.overlaps", "trend.unknown.changed", "trend.unknown.unset",
    "level.no-register", "areas.unknown",
    "each.none", "verb.unknown", "shift.no-then", "gap.unknown", "questions.several",
}  # fmt: skip
"""Sentences that say by themselves why a part is unknown, better than its reason alone does."""


def sure_of(verdict: Verdict) -> float | None:
    low, high = float(verdict.low[-1]), float(verdict.high[-1])
    if high - low < 1e-9 or low >= MET:
        return round(low, 3)
    return round(high, 3) if high <= UNLIKELY else None


def rounded_phrase(phrase: Phrase) -> Phrase:
    def each(value: Any) -> Any:
        if isinstance(value, Phrase):
            return rounded_phrase(value)
        if isinstance(value, list | tuple):
            return [each(item) for item in value]
        return rounded(value)

    return Phrase(phrase.key, {key: each(value) for key, value in phrase.values.items()})


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


def sentence_of(
    benchmark: Benchmark, round_: Round, judging: Judging, belief: Belief, status: str, decisive: Decisive | None,
    flags: tuple[str, ...], around: deciding.Circumstances, after: Sequence[Prerequisite], reversal: Signs,
) -> tuple[Phrase, ...]:  # fmt: skip
    if status == "not applicable":
        return (_not_applicable(benchmark, round_),)
    if status == "not yet applicable":
        return (_not_yet(benchmark, round_, around, after),)
    if status == "insufficient evidence":
        return _insufficient(judging, belief, flags, around, after)
    assert decisive is not None  # a decided rule has a leaf that decides it
    said = _as_told(decisive)
    if decisive.leaf.role == "veto":
        said.insert(0, Phrase("finding.veto"))
    said += held_so_long(judging.tree, int(belief.setter[-1]))
    if status == "reversed":
        said = [Phrase("finding.reversed"), *_lost(said, belief, reversal)]
    if status == "progressing":
        said += _ground(belief)
    said += [] if status == "met" else _held_back(judging, belief, flags, decisive)
    if status == "met" and reversal.unconfirmed:
        said += [rounded_phrase(leaf.verdict.sentence) for leaf in reversal.leaves]
    if status == "met" and "at risk" in flags and float(belief.probability[-1]) < MET:
        said.append(Phrase("finding.at-risk"))
    return tuple(said)


def _as_told(decisive: Decisive) -> list[Phrase]:
    """What the decisive leaf says, with its month where it is not told of the assessment's day."""
    verdict = decisive.leaf.verdict
    said = [rounded_phrase(each) for each in (verdict.sentence, *verdict.beside)]
    if decisive.day is None:
        return said
    return [Phrase("finding.then", {"day": decisive.day, "sentence": each}) for each in said]


def _ground(belief: Belief) -> list[Phrase]:
    """That it is nearer than a year ago, where this alone makes it progressing: P of the rule would not."""
    if float(belief.probability[-1]) >= LIKELY:
        return []
    return [Phrase("finding.nearer", {"probability": float(belief.direction[-1])})]


def held_by_itself(judging: Judging, belief: Belief) -> Leaf | None:
    """The part that speaks for a finding whose rule holds and which is not called met for a reason that no flag tells:
    coders who agree too little. None where there is none."""
    if not belief.capped[-1] or not float(belief.probability[-1]) >= MET:
        return None
    return next((leaf for leaf in judging.leaves if leaf.role == "part" and _caps_by_itself(leaf.verdict)), None)


def _caps_by_itself(verdict: Verdict) -> bool:
    return bool(verdict.capped[-1]) and not verdict.flags & CAPS


def _lost(said: list[Phrase], belief: Belief, reversal: Signs) -> list[Phrase]:
    """What it was lost by: a sign that a person confirmed, a part that no longer holds, or both."""
    fell = float(belief.probability[-1]) <= UNLIKELY
    confirmed = [leaf for leaf in reversal.leaves if sure_of(leaf.verdict) is not None]
    return [rounded_phrase(leaf.verdict.sentence) for leaf in confirmed] + (said if fell or not confirmed else [])


def _held_back(judging: Judging, belief: Belief, flags: tuple[str, ...], decisive: Decisive) -> list[Phrase]:
    """What else stands in the way of "met": that the figure told is not sure enough, parts without evidence, and what
    caps the finding."""
    unknown, doubt = _lacking(judging), _doubt(belief, decisive.leaf)
    doubted = [] if doubt is None else [Phrase("finding.capped", {"causes": [doubt]})]
    return doubted + _unknown_phrases(unknown, judging) + _caps(judging, belief, flags) + _open_vetoes(judging, flags)


def _doubt(belief: Belief, leaf: Leaf) -> Phrase | None:
    """Why the leaf that is told is not sure enough, where the rule is as sure as this leaf: not where it forbids."""
    verdict, p = leaf.verdict, float(belief.probability[-1])
    speaks = leaf.role == "part" and math.isclose(round(float(verdict.low[-1]), 3), p, abs_tol=1e-9)
    return verdict.doubt if speaks else None


def _open_vetoes(judging: Judging, flags: tuple[str, ...]) -> list[Phrase]:
    """The vetoes that are likelier than not and not yet sure: what they say, and where."""
    if "unconfirmed veto" not in flags:
        return []
    return [
        Phrase("finding.open-veto", {"probability": p, "sentence": said})
        for p, said, _leaves in _vetoes(judging)
        if HOLDS <= p < MET
    ]


def _vetoes(judging: Judging) -> list[tuple[float, Phrase, list[Leaf]]]:
    """Of each veto of which P is known: P, what it says, and its leaves. Of one verb its reading, else its rule."""
    found = []
    for node in judging.tree.nodes():
        for veto in node.vetoes:
            leaves = [judging.leaves[each.leaf] for each in veto.nodes() if each.leaf >= 0]
            p = float(veto.belief.probability[-1])
            if p == p and leaves:
                alone = veto.leaf >= 0
                said = (
                    rounded_phrase(leaves[0].verdict.sentence) if alone else rule_phrase(judging.benchmark, veto.rule)
                )
                found.append((round(p, 3), said, leaves if alone else []))
    return found


def _caps(judging: Judging, belief: Belief, flags: tuple[str, ...]) -> list[Phrase]:
    causes = [flag for flag in ("single source", "effort unknown", "unconfirmed veto") if flag in flags]
    if not causes:
        return []
    capped = bool(belief.capped[-1]) and float(np.nan_to_num(belief.probability[-1])) >= MET
    key = "finding.capped" if capped else "finding.would-be-capped"
    return [Phrase(key, {"causes": [_capped_by(cause, judging) for cause in causes]})]


def _capped_by(cause: str, judging: Judging) -> Phrase:
    """A cap in words, and of what: the condition that is told first may be another one."""
    labels = _capped(cause, judging)
    return Phrase(f"cap.{cause}.of", {"labels": labels}) if labels else Phrase(f"cap.{cause}")


def _capped(cause: str, judging: Judging) -> list[str]:
    leaves = [leaf for leaf in judging.leaves if leaf.role == "part" and cause in leaf.verdict.flags]
    return list(dict.fromkeys(_label(leaf, judging) for leaf in leaves if leaf.verdict.capped[-1]))


def _unknown_phrases(unknown: Sequence[Leaf], judging: Judging) -> list[Phrase]:
    """Parts without evidence, by reason, the gravest reason first."""
    own = [leaf for leaf in unknown if leaf.verdict.sentence.key in SAYS_WHY]
    said = [rounded_phrase(leaf.verdict.sentence) for leaf in own]
    unknown = [leaf for leaf in unknown if leaf.verdict.sentence.key not in SAYS_WHY]
    for reason in reversed(REASONS):
        labels = [_label(leaf, judging) for leaf in unknown if (leaf.verdict.reasons[-1] or "missing") == reason]
        if labels:
            said.append(Phrase(f"finding.{reason.replace(' ', '-')}", {"labels": list(dict.fromkeys(labels))}))
    return said


def _lacking(judging: Judging) -> list[Leaf]:
    """Parts whose evidence is lacking and would decide: those of a combination decided without them are left out."""
    lacking = [leaf for leaf in judging.leaves if leaf.role == "part" and sure_of(leaf.verdict) is None]
    deciding = [judging.leaves[place] for place in _undecided(judging.tree)] if judging.walked else lacking
    return [leaf for leaf in lacking if any(leaf is each for each in deciding)] or lacking


def _undecided(node: Walked) -> Iterator[int]:
    """The places of leaves that are reached through unknown nodes alone."""
    if node.leaf >= 0:
        yield node.leaf
    for each in node.parts:
        if not each.belief.known[-1]:
            yield from _undecided(each)


def _not_applicable(benchmark: Benchmark, round_: Round) -> Phrase:
    aside = next((each for each in round_.mission.set_aside if each.benchmark == benchmark.id), None)
    if aside is None:
        return Phrase("finding.outside-mandate")
    values = {"on": aside.on.isoformat(), "because": aside.because}
    return Phrase("finding.set-aside", {"by": aside.by, **values}) if aside.by else Phrase("finding.decided", values)


def _not_yet(
    benchmark: Benchmark, round_: Round, around: deciding.Circumstances, after: Sequence[Prerequisite]
) -> Phrase:
    horizon = round_.mission.horizon(benchmark.id, benchmark.horizon)
    if not around.begun[-1] and horizon is not None:
        return Phrase("finding.not-begun", {"day": horizon[0].isoformat()})
    names = [each.name for each in after if each.known[-1] and not each.met[-1]]
    return Phrase("finding.waits", {"names": [after_phrase(name) for name in names]})


def _insufficient(
    judging: Judging,
    belief: Belief,
    flags: tuple[str, ...],
    around: deciding.Circumstances,
    after: Sequence[Prerequisite],
) -> tuple[Phrase, ...]:
    if around.blocked[-1]:
        names = [each.name for each in after if not each.known[-1] and not each.met[-1]]
        return (Phrase("finding.blocked", {"names": [after_phrase(name) for name in names]}),)
    unknown = _lacking(judging)
    known = [leaf for leaf in judging.leaves if leaf.role == "part" and sure_of(leaf.verdict) is not None]
    said = _unknown_phrases(unknown, judging)
    for leaf in known[:SHOWN_PARTS]:
        said += [rounded_phrase(each) for each in (leaf.verdict.sentence, *leaf.verdict.beside)]
    vetoes = [leaf for leaf in judging.leaves if leaf.role == "veto" and (sure_of(leaf.verdict) or 0.0) >= HOLDS]
    said += [rounded_phrase(leaf.verdict.sentence) for leaf in vetoes]  # it would stand in the way of "met"
    said += _caps(judging, belief, flags) if known else []
    said += _open_vetoes(judging, flags)
    return tuple(said) or (
        Phrase("finding.missing", {"labels": [f"{judging.benchmark.id}/{id}" for id in judging.readings]}),
    )


def _label(leaf: Leaf, judging: Judging) -> str:
    return f"{judging.benchmark.id}/{leaf.indicator}"


def weakest(judging: Judging, decisive: Decisive | None, known: bool) -> Phrase | None:
    if known:
        return None if decisive is None else Phrase("weakest.part", {"sentence": _as_told(decisive)[0]})
    unknown = _lacking(judging)
    return Phrase("weakest.unknown", {"labels": [_label(leaf, judging) for leaf in unknown[:1]]}) if unknown else None


def would_change(
    judging: Judging, decisive: Decisive | None, known: bool, flags: tuple[str, ...], belief: Belief,
    around: deciding.Circumstances,
) -> tuple[Phrase, ...]:  # fmt: skip
    said = [Phrase("change.veto", {"sentence": told}) for p, told, _leaves in _vetoes(judging) if p >= HOLDS]
    setter = decisive.today if known and decisive is not None else None  # the past cannot be changed any more
    computed = _enough(judging, setter)
    said += [] if setter is None or setter.role != "part" else _change(setter, computed, _label(setter, judging))
    said += computed
    unknown = _lacking(judging)
    if unknown and not known:
        for key, lacks_coverage in (("coverage", True), ("evidence", False)):
            leaves = [leaf for leaf in unknown if _only_coverage_lacks(leaf, judging) is lacks_coverage]
            labels = list(dict.fromkeys(_label(leaf, judging) for leaf in leaves))
            said += [Phrase(f"change.{key}", {"labels": labels})] if labels else []
    vetoes = [leaf for leaf in judging.leaves if leaf.role == "veto" and sure_of(leaf.verdict) is None]
    said += [leaf.verdict.change for leaf in vetoes if leaf.verdict.change is not None]
    if _cap_decides(belief, around):
        caps = [flag for flag in ("single source", "effort unknown") if flag in flags]
        said += [_lifts(cap, judging) for cap in caps]
    return tuple(_distinct(said))


def _lifts(cause: str, judging: Judging) -> Phrase:
    """What would lift a cap, and of what."""
    key, labels = f"change.{cause.replace(' ', '-')}", _capped(cause, judging)
    return Phrase(f"{key}.of", {"labels": labels}) if labels else Phrase(key)


def _change(leaf: Leaf, computed: Sequence[Phrase], label: str) -> list[Phrase]:
    """What has to change in the figure of a leaf; where the figure is as asked already, surer evidence of it."""
    verdict = leaf.verdict
    if verdict.doubt is not None:
        told = any(each.values.get("label") == label for each in computed)
        return [] if told else [Phrase("change.surer", {"label": label})]
    superseded = leaf.verb in TRENDS and any(phrase.key.startswith("enough.trend") for phrase in computed)
    certain = (sure_of(verdict) or 0.0) >= MET and not _caps_by_itself(verdict)
    return [] if verdict.change is None or superseded or certain else [rounded_phrase(verdict.change)]


def _cap_decides(belief: Belief, around: deciding.Circumstances) -> bool:
    """Whether the status would be another without the cap of the day: only then does lifting it change anything."""
    lifted = belief.capped.copy()
    lifted[-1] = False
    return deciding.status_now(replace(belief, capped=lifted), around) != deciding.status_now(belief, around)


def _enough(judging: Judging, setter: Leaf | None) -> list[Phrase]:
    """How much evidence would be enough, for what stands in the way most; of what holds, how much may go."""
    leaves = [leaf for leaf in judging.leaves if leaf.role == "part" and leaf.verdict.enough is not None]
    held_back = [leaf for leaf in leaves if (sure_of(leaf.verdict) or 0.0) < MET]
    vetoes = [leaf for p, _said, own in _vetoes(judging) if p >= HOLDS for leaf in own]
    in_the_way = sorted(held_back, key=lambda leaf: leaf is not setter)[:MOST_IN_THE_WAY]
    chosen = vetoes + (in_the_way or [leaf for leaf in leaves if leaf is setter])
    told = [
        phrase
        for leaf in chosen
        if leaf.verdict.enough is not None
        for phrase in leaf.verdict.enough(leaf.role == "veto")
    ]
    return [rounded_phrase(phrase) for phrase in told] + lasting(judging.tree)


def _only_coverage_lacks(leaf: Leaf, judging: Judging) -> bool:
    """There are data points, but nobody said for which time they are complete."""
    reading = judging.readings.get(leaf.indicator)
    return reading is not None and leaf.verdict.reasons[-1] == "not covered" and reading.has_rows()


def _distinct(phrases: Sequence[Phrase]) -> list[Phrase]:
    found: list[Phrase] = []
    for phrase in phrases:
        if phrase not in found:
            found.append(phrase)
    return found
