"""The picture of a trend: the series with its two windows, what the rule asks for, and where the level changed."""

from typing import Any

import numpy as np

from primacy.assessment.finding import Chart
from primacy.assessment.rules.grid import Bools, Floats
from primacy.assessment.rules.verdict import Call
from primacy.assessment.trends.changepoints import changepoints
from primacy.assessment.trends.comparing import Compared
from primacy.evidence.store.numbered_days import first_day
from primacy.evidence.store.raster import NEVER_BY_PLACE

CHART_MONTHS = 108
MOST_AREAS = 30  # a page of more small charts tells less than the map does


def _with_incomplete(call: Call, counts: Floats, area: str | None) -> Floats:
    """The counts with what is known of months that no window reads: they are drawn as incomplete."""
    months: Bools = np.zeros(len(counts), dtype=np.bool_)
    partly = call.reading.still_reported(area=area)
    if partly is not None:
        months[partly.left_out_from :] = True
    return np.where(months, call.reading.monthly(area=area), counts)


def _drawn(counts: Floats) -> tuple[float | None, ...]:
    return tuple(None if np.isnan(v) else float(v) for v in counts)


def _by_area(call: Call, start: int) -> tuple[tuple[str, tuple[float | None, ...]], ...]:
    """The same months in each area; none of what is never told by place, and none where there are too many."""
    reading, codes = call.reading, call.reading.round.report_areas
    if call.area is not None or reading.main.kind in NEVER_BY_PLACE or not 1 < len(codes) <= MOST_AREAS:
        return ()
    counts = {code: _with_incomplete(call, reading.counted(area=code), code)[start:] for code in codes}
    if all(np.isnan(each).all() or not np.nansum(each) for each in counts.values()):
        return ()
    return tuple((code, _drawn(each)) for code, each in counts.items())


def chart_of(call: Call, compared: Compared, numbers: dict[str, Any], *, falls: bool) -> Chart:
    """The last nine years of the series, or as many as reach back to the baseline."""
    window, baseline = compared.window(), compared.baseline()
    months = len(compared.counts)
    start = max(0, min(months - CHART_MONTHS, baseline[0] - 6))
    counts = _with_incomplete(call, compared.counts, call.area)
    per_month = numbers["baseline_events"] / numbers["baseline_months"] if numbers["baseline_months"] else float("nan")
    shown = not np.isnan(per_month)
    level = numbers["events"] / numbers["months"]
    effort = compared.effort
    return Chart(
        indicator=call.label,
        unit=call.reading.indicator.unit or "",
        months=tuple(first_day(call.reading.round.first_month + m).isoformat() for m in range(start, months)),
        values=_drawn(counts[start:]),
        baseline=(baseline[0] - start, baseline[1] - start) if shown and baseline[0] >= start else None,
        window=(window[0] - start, window[1] - start),
        baseline_level=per_month if shown else None,
        window_level=None if np.isnan(level) else level,
        window_band=(per_month * numbers["low"], per_month * numbers["high"])
        if shown and not np.isnan(numbers["low"])
        else None,
        needed=per_month * numbers["threshold"] if shown else None,
        incomplete_from=window[1] - start if window[1] < months else None,
        effort=None if effort is None else _drawn(effort[start:]),
        changes=tuple(changepoints(compared.rates()[start : window[1]])),
        areas=_by_area(call, start),
        at_most=falls,
    )
