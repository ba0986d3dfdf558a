"""A finding in one paragraph: what it is, how surely, what it rests on, where it flips, and what would change it."""

from collections.abc import Iterator

from primacy.assessment.finding import Finding, Phrase
from primacy.assessment.rules.belief import LIKELY, MET

BESIDE = ("trend.beside", "trend.peak", "trend.effort.more", "trend.effort.less")
WOULD_CHANGE = 2  # of what would change it, the first that were computed


def paragraph(finding: Finding) -> tuple[Phrase, ...]:
    """From the numbers of the finding and nothing beyond them; of one that is told in words alone, its sentence."""
    if finding.carried or finding.path is None:
        return finding.sentence
    return (
        *_status(finding),
        *finding.sentence,
        *_beside(finding),
        *_conditions(finding),
        *_areas(finding),
        *_turns(finding),
    )


def _status(finding: Finding) -> Iterator[Phrase]:
    p, lower = finding.probability, finding.lower
    if p is None:
        yield Phrase("short.unknown", {"status": finding.status, "reason": finding.reason or "missing"})
    elif lower is None or lower == p:
        yield Phrase("short.status", {"status": finding.status, "probability": p})
    else:
        yield Phrase("short.status.bound", {"status": finding.status, "probability": p, "lower": lower})
    if finding.status == "progressing" and p is not None and p >= LIKELY:
        yield Phrase("short.ground")  # the other ground stands in the sentence


def _beside(finding: Finding) -> Iterator[Phrase]:
    """Of every condition, also where another or a veto decides: that another baseline says something else, what a
    baseline at a peak gives for nothing, and what changed monitoring leaves open."""
    said = set(map(str, finding.sentence))
    for part in (each for each in finding.parts if each.role in ("part", "veto")):
        told = [each for each in part.beside if each.key in BESIDE and str(each) not in said]
        for phrase in (part.sentence, *told) if told else ():
            if str(phrase) not in said:
                said.add(str(phrase))
                yield phrase


def _conditions(finding: Finding) -> Iterator[Phrase]:
    """How many conditions were looked at, how many of them hold, and on how many nothing can be said."""
    parts = [each for each in finding.parts if each.role == "part"]
    if len(parts) > 1:
        holding = sum((each.probability or 0.0) >= MET for each in parts)
        unknown = sum(each.probability is None for each in parts)
        yield Phrase("short.conditions", {"count": len(parts), "holding": holding, "unknown": unknown})
    key = "short.evidence.compared" if finding.other_sources else "short.evidence"
    yield Phrase(key, {"count": finding.data_points})


def _areas(finding: Finding) -> Iterator[Phrase]:
    judged = [each for each in finding.areas if each.probability is not None]
    if judged:
        good = sum(each.status in ("met", "progressing") for each in judged)
        bad = sum(each.status == "not met" for each in judged)
        values = {"count": len(finding.areas), "good": good, "bad": bad, "judged": len(judged)}
        labels = list(finding.areas_of)
        yield Phrase("short.areas.of", {**values, "labels": labels}) if labels else Phrase("short.areas", values)


def _turns(finding: Finding) -> Iterator[Phrase]:
    yield from finding.flips[:1]
    computed = [each for each in finding.would_change if each.key.startswith("enough.")]
    yield from computed[:WOULD_CHANGE]
