"""What an indicator itself asks for before its value counts: so much of the country, and so many sources of each type.

`areas: 30 %` of an indicator: from that share of the report areas something must be known, whole months of its
window (events and effort), or an item or estimate that is not too old. `sources: {survey: 1, expert: 1}`: so many
series of data sets of each type must speak of it. Where that is not so, nothing is said: the evidence
does not cover it, or is thin.
"""

from dataclasses import replace

import numpy as np

from primacy.assessment.finding import Phrase
from primacy.assessment.indicators.reading import Reading
from primacy.assessment.rules.grid import Bools, Floats
from primacy.assessment.rules.verdict import Call, Verdict
from primacy.framework.values import number


def adequate(call: Call, verdict: Verdict) -> Verdict:
    """The verdict where its indicator is told by as much as it asks for; elsewhere nothing is known."""
    indicator, read = call.reading.indicator, _read(call)
    if indicator.areas is not None and call.area is None:
        asked, told = number(indicator.areas), np.min([_share_of_areas(each) for each in read], axis=0)
        values = {"label": call.label, "value": float(told[-1]), "threshold": asked}
        verdict = _left_open(verdict, told < asked - 1e-9, "not covered", Phrase("adequacy.areas", values))
    if indicator.sources:
        types, wanted = list(indicator.sources), np.array(list(indicator.sources.values()))
        few = np.min([each.source_counts(types) for each in read], axis=0) < wanted[:, None]
        values = {
            "label": call.label,
            "types": [name for name, lacking in zip(types, few[:, -1], strict=True) if lacking],
        }
        verdict = _left_open(verdict, few.any(axis=0), "thin", Phrase("adequacy.sources", values))
    return verdict


def _read(call: Call) -> list[Reading]:
    """The indicator itself, or those that it is made of."""
    of = call.reading.indicator.of
    if not call.reading.derived or of is None:
        return [call.reading]
    return [call.others[id] for id in ([of] if isinstance(of, str) else of)]


def _left_open(verdict: Verdict, where: Bools, reason: str, sentence: Phrase) -> Verdict:
    if not where.any():
        return verdict
    return replace(
        verdict,
        low=np.where(where, 0.0, verdict.low),
        high=np.where(where, 1.0, verdict.high),
        reasons=tuple(reason if open_ else each for open_, each in zip(where, verdict.reasons, strict=True)),
        sentence=sentence if where[-1] else verdict.sentence,
        bounds=None,
        enough=None,
    )


def _share_of_areas(reading: Reading) -> Floats:
    """The share of the report areas from which something is known, at each point."""
    areas = reading.round.report_areas
    if not areas:
        return np.zeros(len(reading.round.grid))
    if reading.nature in ("event", "effort"):
        return np.mean([reading.window_covered(area=area) for area in areas], axis=0)  # type: ignore[no-any-return]
    numbers = reading.round.grid.numbers
    told = np.zeros((len(areas), len(numbers)), dtype=bool)
    of_area = [reading.round.area_of(code) for code in reading.rows["area"].tolist()]
    for day, area in zip(reading.rows["date"].tolist(), of_area, strict=True):
        if area in areas:
            told[areas.index(area)] |= (numbers >= day) & (numbers < day + reading.fresh_days)
    share: Floats = told.mean(axis=0)
    return share
